"""Days of meetings and of resolutions that one document gives twice, and differently."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.proofreading import meeting_dates  # noqa: F401 - declares the check
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof
from tests.recognition.documents import text_document

PACK = """NORTHSHIRE ASSURANCE BOARD

AGENDA

1 Apologies
2 Minutes of the meeting of 6 March 2023
3 Budget
4 Date of next meeting: 11 September 2023

AGENDA ITEM 2

MINUTES OF THE MEETING HELD ON 6 MARCH 2023

BUDGET FOR 2023/24
It was resolved that the budget for 2023/24 be agreed.

WORK PROGRAMME

Meeting             Items
12 June 2023        Budget
11 September 2023   Plan monitoring report

AGENDA ITEM 3
"""


def found(text: str) -> list[Finding]:
    return run(Proof([text_document(text)], as_at=dt.date(2023, 6, 12)), ["disagreeing-dates"])


def test_days_that_agree_are_no_finding() -> None:
    assert found(PACK) == []


@pytest.mark.parametrize(
    ("before", "after", "quoted", "other"),
    [
        ("ON 6 MARCH", "ON 9 MARCH", "Minutes of the meeting of 6 March", "9 MARCH"),
        ("ON 6 MARCH 2023", "\n\n9 MARCH 2023", "Minutes of the meeting of 6 March", "9 MARCH"),
        ("11 September 2023   ", "18 September 2023   ", "11 September", "18 September"),
        ("BUDGET FOR 2023/24", "BUDGET FOR 2022/23", "BUDGET FOR 2022/23", "2023/24"),
    ],
)
def test_days_that_differ_are_found(before: str, after: str, quoted: str, other: str) -> None:
    (finding,) = found(PACK.replace(before, after))
    assert quoted in finding.place.quotation
    assert other in finding.others[0].quotation


@pytest.mark.parametrize(
    "listed",
    [
        "Dates of future meetings\n14 September 2023\n4 December 2023",
        "Future meetings: 12 June 2023, 14 September 2023 and 4 December 2023",
    ],
)
def test_each_of_a_list_of_meetings_is_held_against_the_programme(listed: str) -> None:
    (finding,) = found(f"{PACK}\n{listed}\n")
    assert "14 September 2023" in finding.place.quotation
    assert found(PACK + "\n" + listed.replace("14 Sept", "11 Sept")) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("AGENDA ITEM 3", "The next meeting of the Estates Group is on 20 September 2023."),
        ("AGENDA ITEM 3", "A group met; its next meeting is on 20 September 2023."),
        ("AGENDA ITEM 3", "The next meeting was on 12 June 2023."),
        ("be agreed.", "be agreed, as was that of 2022/23."),
        (
            "BUDGET FOR 2023/24\nIt was resolved that the budget for 2023/24",
            "ANNUAL REPORT ON BUDGETS 2023/24\nThe rules for budgets, agreed in 2013,",
        ),
        ("2 Minutes of the meeting of 6 March 2023", "2 Minutes of the last meeting"),
    ],
)
def test_what_is_of_something_else_is_no_finding(before: str, after: str) -> None:
    assert found(PACK.replace(before, after)) == []


@given(st.text(alphabet="MINUTESnext meeting 0123 MAY2/\n", max_size=200))
def test_no_text_can_break_it(text: str) -> None:
    assert isinstance(found(PACK + text), list)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("SINCE THE LAST FORUM (20 June 2023)", True),
        ("At its previous meeting, held on Tuesday 20 June 2023, it asked why.", True),
        ("SINCE THE LAST FORUM (13 June 2023)", False),
        ("The last meeting of the Estates Group was on 20 June 2023.", False),
        ("The last meeting was on 3 March 2022.", False),
    ],
)
def test_the_last_meeting_is_held_against_its_minutes(text: str, is_told: bool) -> None:
    before = text_document(
        "NORTHSHIRE FORUM\nNotes of the forum held on 13 June 2023\n\n1. Roads\n"
    )
    proof = Proof([text_document(f"NORTHSHIRE FORUM\n\n{text}\n")], [before])
    assert bool(run(proof, ["disagreeing-dates"])) is is_told


@pytest.mark.parametrize(
    ("day", "is_told"), [("29 November", True), ("6 December", False), ("31 January", False)]
)
def test_the_next_meeting_may_be_in_another_month_of_the_programme(day: str, is_told: bool) -> None:
    text = (
        "NORTHSHIRE PANEL\n4 October 2024\n\nAGENDA\n\n1 Apologies\n2 Budget\n3 Work programme\n"
        f"\nThe next meeting is on {day} 2024.\n\nAGENDA ITEM 3\n\nWORK PROGRAMME\n\n"
        "Meeting             Items\n4 October 2024      Budget\n6 December 2024     Draft plan\n"
        "14 March 2025       Estates\n"
    )
    told = run(Proof([text_document(text)]), ["disagreeing-dates"])
    assert bool(told) is is_told
