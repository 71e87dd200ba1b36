"""States by the key that explains them: in tables, at the ends of headings and of parts."""

from __future__ import annotations

import pytest

from peelian.intake.text import read_text
from peelian.proofreading import every  # noqa: F401
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof


def told(check: str, text: str) -> list[str]:
    """Return the reasons of a check's findings."""
    proof = Proof([read_text("log.txt", text.encode())])
    return [finding.reason for finding in run(proof, only=[check])]


WORDS = "Colours: OPEN = still to do; SHUT = done and seen; HELD = waiting on others.\n"
LETTERS = "Marks:  D done    O open, not yet due    L late\n\nThe log follows in full.\n"
LOG = """
No     What                               Who   {state:8}  News
-----  ---------------------------------  ----  --------  -----------------
19/2   Body-worn video dip sample          BL   {first:8}  60 clips seen.
20/4   Write on file quality               OT   {second:8}  {news}
20/5   Publish the custody plan            BL   {third:8}  Out on 5 May.
21/1   Chart of searches by town           BL   {first:8}  Given to members.
"""


def log(state: str, states: tuple[str, str, str], news: str) -> str:
    """Return a log of actions with a column of states and one of news."""
    first, second, third = states
    return LOG.format(state=state, first=first, second=second, third=third, news=news)


@pytest.mark.parametrize(
    ("key", "states", "news", "expected"),
    [
        (WORDS, ("SHUT", "SHUT", "SHUT"), "BL is still drafting.", 1),
        (WORDS, ("SHUT", "OPEN", "SHUT"), "BL is still drafting.", 0),
        (WORDS, ("SHUT", "OPEN", "SHUT"), "Printed and posted to all.", 1),
        (WORDS, ("SHUT", "HELD", "SHUT"), "A reply is awaited.", 0),
        (LETTERS, ("D", "D", "D"), "It is with OT for signature.", 1),
        (LETTERS, ("D", "O", "D"), "It is with OT for signature.", 0),
        (LETTERS, ("D", "L", "D"), "Came a week before the due day.", 1),
        ("", ("SHUT", "SHUT", "SHUT"), "BL is still drafting.", 0),  # nothing says what SHUT is
    ],
)
def test_what_is_told_is_held_to_the_state_as_the_key_explains_it(
    key: str, states: tuple[str, str, str], news: str, expected: int
) -> None:
    assert len(told("status-contradicts", key + log("State", states, news))) == expected


@pytest.mark.parametrize(
    ("key", "states", "is_told"),
    [
        (WORDS, ("SHUT", "LIVE", "OPEN"), True),
        (WORDS, ("SHUT", "HELD", "OPEN"), False),
        (LETTERS, ("D", "X", "O"), True),
        ("", ("SHUT", "LIVE", "OPEN"), False),  # nothing is explained
    ],
)
def test_a_state_that_the_key_does_not_have_is_told(
    key: str, states: tuple[str, str, str], is_told: bool
) -> None:
    found = [
        r for r in told("status-wording", key + log("Mark", states, "Sent.")) if "none of" in r
    ]
    assert bool(found) is is_told


HEADED = """Each aim has a colour. GREEN: the standard is met. AMBER: near it. RED: far from it.

1. Emergency calls                         GREEN
   •  {first}

2. Other calls                             RED
   •  The average wait was 4 minutes.

3. Letters                                 {third}
   •  Nine were written.

4. Visits                                  GREEN
   •  Six were made.

5. Forums                                  GREEN
   •  Two were held.
"""


def test_what_stands_under_a_heading_is_held_to_the_state_at_its_end() -> None:
    missed = HEADED.format(first="The standard was missed in each month.", third="AMBER")
    assert told("status-contradicts", missed) == [
        "The status is “on track”, but the update says “The standard was missed”."
    ]
    assert not told("status-contradicts", HEADED.format(first="All were taken.", third="AMBER"))


def test_a_colour_at_the_end_of_a_heading_that_is_not_explained_is_told() -> None:
    assert any(
        "ON TRACK" in r for r in told("status-wording", HEADED.format(first="-", third="ON TRACK"))
    )
    assert not told("status-wording", HEADED.format(first="All.", third="AMBER"))


ENDED = """Each measure ends in a rating:

• GREEN: as good as is expected
• AMBER: short of it
• RED: far short of it

1 Adviser
• Nobody waits; the service met every standard that was set it. {first}

2 Visits
• 40 were made. GREEN

3 Fraud
• The bank answers. {third}

4 Knives
• Three bins are emptied each week. GREEN
"""


def test_a_state_at_the_end_of_a_part_is_of_the_whole_part() -> None:
    red = told("status-contradicts", ENDED.format(first="RED", third="AMBER"))
    assert len(red) == 1
    assert not told("status-contradicts", ENDED.format(first="GREEN", third="AMBER"))
    strange = told("status-wording", ENDED.format(first="GREEN", third="SATISFACTORY"))
    assert any("SATISFACTORY" in reason for reason in strange)
