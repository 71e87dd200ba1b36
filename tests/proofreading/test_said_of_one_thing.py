"""One thing said in two ways: the day of a meeting or of what happens, a vote, an action's number,
a point of a list, a term that is explained."""

from __future__ import annotations

import datetime as dt

import pytest

from peelian.intake.text import read_text
from peelian.proofreading import every  # noqa: F401
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof

DAY = dt.date(2031, 6, 30)


def reasons(check: str, text: str, earlier: str = "") -> list[str]:
    """Return why the findings of a check are told of a text."""
    before = [read_text("before.txt", earlier.encode())] if earlier else []
    proof = Proof([read_text("now.txt", text.encode())], before, DAY)
    return [finding.reason for finding in run(proof, only=[check])]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("10. FAB 23, Tues 15/07/31, 09:30.\n\nDates\n\nFAB 23 of 22/07/31 is in the hall.", True),
        ("10. FAB 23, Tues 15/07/31, 09:30.\n\nDates\n\nFAB 24 of 22/07/31 is in the hall.", False),
        ("Next is Board 7, 15 July 2031.\n\nThe papers for 16 July 2031 (Board 7) follow.", True),
        ("Next is Board 7, 15 July 2031.\n\nThe papers for 15 July 2031 (Board 7) follow.", False),
    ],
)
def test_a_numbered_meeting_is_on_one_day(text: str, is_told: bool) -> None:
    assert bool(reasons("disagreeing-dates", text)) is is_told


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        ("The rape suite at Wend opened on 8 May 2031.", True),
        ("The rape suite at Wend opened on 1 May 2031.", False),
        ("The rape suite at Holm opened on 8 May 2031.", False),  # another
        ("The rape suite at Wend opened in May 2031.", False),  # says no day
    ],
)
def test_what_happens_once_happens_on_one_day(other: str, is_told: bool) -> None:
    text = f"The rape suite at Wend opened on 1 May 2031.\n\n2. Health\n\n{other}\n"
    assert bool(reasons("disagreeing-dates", text)) is is_told


@pytest.mark.parametrize(
    ("votes", "result", "is_told"),
    [
        ("For: Bright, Cole. Against: Councillor Dean.", "It was carried without dissent.", True),
        ("For: Bright, Cole. Against: none.", "It was carried without dissent.", False),
        ("For: Bright, Cole. Against: Councillor Dean.", "It was carried.", False),
        ("There were 9 votes for and 4 against.", "The motion was lost.", True),
        ("There were 9 votes for and 4 against.", "The motion was carried.", False),
        ("There were 4 votes for and 9 against.", "The motion was therefore carried.", True),
    ],
)
def test_the_result_of_a_vote_is_held_to_the_votes(votes: str, result: str, is_told: bool) -> None:
    assert bool(reasons("contradiction", f"{votes}\n\n{result}\n")) is is_told


NOTES = """2.4 BL to send RC the script that the robot uses. (Action 22/1)
2.5 OT to get pay figures from two forces nearby. (Action 22/3)
2.6 IS will share the exit interviews. (Action {second})

{after}
"""


@pytest.mark.parametrize(
    ("second", "after", "check", "is_told"),
    [
        ("22/3", "", "duplicate-reference", True),
        ("22/4", "", "duplicate-reference", False),
        (
            "22/4",
            "As Action 22/4 (robot script) shows, it can be done.",
            "misdirected-reference",
            True,
        ),
        (
            "22/4",
            "As Action 22/1 (robot script) shows, it can be done.",
            "misdirected-reference",
            False,
        ),
    ],
)
def test_an_action_has_one_number_and_goes_by_it(
    second: str, after: str, check: str, is_told: bool
) -> None:
    assert bool(reasons(check, NOTES.format(second=second, after=after))) is is_told


POINTS = """(i)    Training. Every officer had the course.

(ii)   Orders. Eighteen were granted.

(iii)  Advocates. Two were added.

(iv)   Oversight. It goes to the board.

({fifth})    Leaflets. One is in the post, and what it cost stands at ({at}).
"""


def test_points_by_small_roman_numbers_are_counted() -> None:
    assert not reasons("broken-reference", POINTS.format(fifth="v", at="ii"))
    assert reasons("broken-reference", POINTS.format(fifth="v", at="ix"))
    assert not reasons("duplicate-reference", POINTS.format(fifth="v", at="ii"))
    assert reasons("duplicate-reference", POINTS.format(fifth="iv", at="ii"))


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("In this paper “novice” means a new driver. Novices pay more.", []),
        ("In this paper “novice” means a new driver. It tells of drivers.", ["novice"]),
        (
            "Glossary\n\nOutturn - what was spent by the end of a year\n"
            "Settlement tier - the share that depends on population\n\n"
            "The outturn was within the budget.\n",
            ["Settlement tier"],
        ),
    ],
)
def test_a_term_that_is_explained_is_used(text: str, unused: list[str]) -> None:
    assert reasons("unused-definition", text) == [
        f"“{term}” is explained here and used nowhere." for term in unused
    ]


MINUTES = """WEND POLICE AND CRIME PANEL

Minutes of the meeting of 12 March 2031

Present: Councillors A Bright, C Cole and D Dean

1 HATE CRIME
The Clerk would send members a map of reporting centres.

2 CYCLES
It was agreed that the Chief Executive would write to the universities.
"""
TRACKER = """WEND POLICE AND CRIME PANEL

Meeting of 14 May 2031

Minute   What                               Mark   Latest word
------   --------------------------------   ----   ---------------------
1        Map                                D      Members had it.
{number}        Days for marking                   D      Both were glad to help.

The report of the Commissioner tells of burglary.

Burglary fell in the spring.

Fraud rose in the spring.

The Panel will hear of both again.
"""


def test_a_row_of_a_tracker_answers_the_minute_whose_number_it_has() -> None:
    assert not reasons("lost-undertaking", TRACKER.format(number=2), MINUTES)
    assert len(reasons("lost-undertaking", TRACKER.format(number=9), MINUTES)) == 1


def test_the_minutes_that_are_approved_are_those_of_the_day_they_say() -> None:
    text = "The minutes of the meeting held on {} were approved and signed.\n"
    assert reasons("disagreeing-dates", text.format("13 March 2031"), MINUTES)
    assert not reasons("disagreeing-dates", text.format("12 March 2031"), MINUTES)


CARDS = """HA/23/24  Vetting trajectory
          IF   due 19 May 31   DONE
          Tabled, see 2.1.

HA/23/26  Survey questions to be reworded
          JT   due 29 May 31   OPEN
          {news}

HA/23/{third}  Victim dashboard
          HQ   due 30 Nov 31   OPEN
          See HA/23/26.
"""


@pytest.mark.parametrize(
    ("check", "news", "third", "count"),
    [
        ("stale-future", "Two of the three are found.", 28, 1),  # open still, though it was due
        ("duplicate-reference", "Two of the three are found.", 28, 0),
        ("duplicate-reference", "Two of the three are found.", 26, 1),
        ("status-contradicts", "All went out, nothing left for us to do.", 28, 1),
        ("status-contradicts", "Two of the three are found.", 28, 0),
        ("circular-reference", "See HA/23/28.", 28, 1),
        ("circular-reference", "Two of the three are found.", 28, 0),
    ],
)
def test_a_log_of_cards_is_read_as_a_log(check: str, news: str, third: int, count: int) -> None:
    assert len(reasons(check, CARDS.format(news=news, third=third))) == count


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("It was 7.9% in the year. The target is 8% or better. SA: target achieved at last.", True),
        (
            "It was 8.1% in the year. The target is 8% or better. SA: target achieved at last.",
            False,
        ),
        ("It was 7.9% in the year. The target is 8% or better. SA: target missed again.", False),
        ("Queue 212 in May. Was 260 in March, so down 58.", True),
        ("Queue 212 in May. Was 260 in March, so down 48.", False),
        ("Of 118 parishes 97 have a name and 31 have none yet.", True),
        ("Of 128 parishes 97 have a name and 31 have none yet.", False),
        ("Of 120 decided 46 were upheld, 51 were not, and 28 had been withdrawn.", True),
        ("Of 125 decided 46 were upheld, 51 were not, and 28 had been withdrawn.", False),
    ],
)
def test_values_are_held_to_what_is_said_of_them(text: str, is_told: bool) -> None:
    assert bool(reasons("contradiction", text)) is is_told
