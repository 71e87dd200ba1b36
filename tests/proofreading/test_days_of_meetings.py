"""The day of this meeting and of the next, said in two places of one pack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.proofreading import days_of_meetings  # noqa: F401 - declares the rules
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof
from tests.recognition.documents import text_document

PACK = """NORTHSHIRE POLICE AND CRIME PANEL

Thursday 18 April 2019

AGENDA

1. Apologies
2. Minutes of 17 January 2019
3. Complaints
4. Date of next meeting: 18 July 2019

ITEM 2

MINUTES OF 17 JANUARY 2019

1. Apologies
There were none.

2. Next meeting: 18 April 2019

ITEM 3

COMPLAINTS

{head}

1. There were few.

{text}
"""


def told(text: str = "", head: str = "") -> list[str]:
    made = PACK.format(text=text, head=head)
    found = run(Proof([text_document(made)]), ["disagreeing-dates"])
    return [finding.reason for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "The next meeting will be on 25 July 2019.",
        "The next meeting of the Panel will be held at 10 am on 25 July 2019.",
        "It was agreed on 4 April 2019. The next meeting of the Sub-Committee is on 25 July 2019.",
        "Next meeting: 25 July 2019",
        "Date and time of next meeting\n25 July 2019",
        "5. Date of the next meeting – 25 July 2019",
        "To note the date of the next meeting: 25 July 2019",
    ],
)
def test_the_next_meeting_is_on_one_day(text: str) -> None:
    assert told(text) == ["The next meeting is on “25 July 2019” here, on “18 July 2019” there."]
    assert told(text.replace("25 July", "18 July")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The next meeting of the Estates Board is on 25 July 2019.",
        "The Ethics Committee’s next meeting is on 25 July 2019.",
        "He will tell the trust at its next meeting on 25 July 2019.",
        "The next meeting was on 28 March 2019.",
        "The next meeting after that is in the autumn, on 17 October 2019.",
    ],
)
def test_another_meeting_is_on_another_day(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("head", "is_told"),
    [
        ("Date of meeting: 19 April 2019", True),
        ("Meeting date    Friday 19 April 2019", True),
        ("Panel meeting, 11 April 2019", True),
        ("Date of meeting: 18 April 2019", False),
        ("Date: 4 April 2019", False),  # of writing
        ("Date of last meeting: 19 March 2019", False),
        ("Board meeting: 3 December 2018", False),  # too far off to be this one
        ("The panel meeting on 19 April 2019 was told of it and agreed.", False),
    ],
)
def test_a_paper_is_for_the_day_of_its_agenda(head: str, is_told: bool) -> None:
    assert bool(told(head=head)) is is_told


@given(st.text(alphabet="Next meeting: 0123/July 2019\n", max_size=120))
def test_no_text_can_break_it(text: str) -> None:
    assert isinstance(told(text, text), list)
