"""Dates that cannot be, and dates that differ where the same thing is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Bookmark
from peelian.proofreading import disagreeing_dates  # noqa: F401 - declares the check
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof
from tests.recognition.documents import text_document


def found(text: str, *bookmarks: Bookmark) -> list[Finding]:
    document = replace(text_document(text), bookmarks=bookmarks)
    return run(Proof([document]), ["disagreeing-dates"])


@pytest.mark.parametrize(
    ("text", "quoted", "confidence"),
    [
        ("It closes on 31 November.", "31 November", Confidence.CERTAIN),
        ("held 30th February 2020", "30th February 2020", Confidence.CERTAIN),
        ("held on 29 February 2019", "29 February 2019", Confidence.CERTAIN),
        ("by 31/04/2020 at noon", "31/04/2020", Confidence.CERTAIN),
        ("Last seen: 31 June", "31 June", Confidence.LIKELY),
        ("Wednesday 6 February 2020", "Wednesday 6 February 2020", Confidence.CERTAIN),
        ("on 5 February 2020 (Monday)", "5 February 2020 (Monday)", Confidence.CERTAIN),
        ("Thurs 6th Mar 2024 at ten", "Thurs 6th Mar 2024", Confidence.CERTAIN),
        ("from 1 April 2020 to 31 March 2020", "1 April 2020 to 31 March 2020", Confidence.LIKELY),
        ("between May 2020 and May 2019", "May 2020 and May 2019", Confidence.LIKELY),
        ("the plan of 2021-2017 says", "2021-2017", Confidence.LIKELY),
    ],
)
def test_a_date_that_cannot_be_is_found(text: str, quoted: str, confidence: Confidence) -> None:
    (finding,) = found(text)
    assert (finding.place.quotation, finding.confidence) == (quoted, confidence)


@pytest.mark.parametrize(
    "text",
    [
        "on 29 February 2020 and on 29 February, on 31 December",
        "Wednesday, 5 February 2020 at 11am",
        "Weds 5 Feb 2020; Wed. 5th Feb 2020; on 5 February 2020 (a Wednesday)",
        "On Monday 6 February, of a year that nothing tells, they met.",
        "Sat 3 of them in May",
        "from 1 April 2019 to 31 March 2020, in 2016-2021",
        "Figures for December 2019 compared to November 2018; a change (Dec 2019 - Dec 2018).",
        "it rose from 31 June to July; 31 may do; 45 March 2020",
        "Mar 31 Apr 31 May 30",
        "version 31.04.20.1, phone 0300 31 31",
    ],
)
def test_a_date_that_can_be_is_no_finding(text: str) -> None:
    assert [f.place.quotation for f in found(text)] == (["31 June"] if "31 June" in text else [])


BOARD = "Northshire Police Board\nThursday 2 February 2023\n\n{text}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It opens on Monday 13 March.", []),
        ("It opened on Friday 4 November.", []),  # of the year before
        ("It opens on Monday 14 March.", []),  # it would in 2022
        ("It opens on Monday 16 March.", ["16 March 2023 is a Thursday."]),
        ("It opens on Sunday 31 February.", []),  # told as a day that there is not
    ],
)
def test_a_weekday_without_a_year_is_held_against_the_years_about(
    text: str, told: list[str]
) -> None:
    reasons = [f.reason for f in found(BOARD.format(text=text)) if " is a " in f.reason]
    assert reasons == told


PACK = """Agenda

1 Apologies
2 Plan Monitoring Report (Oct - Dec %s) 2
3 Budget 3
\fAGENDA ITEM 2

PLAN MONITORING REPORT (OCT - DEC 2019)
\fAGENDA ITEM 3

BUDGET
"""


def test_a_period_that_differs_between_contents_and_heading_is_found() -> None:
    (finding,) = found(PACK % "2020")
    assert finding.place.quotation == "Plan Monitoring Report (Oct - Dec 2020)"
    assert finding.others[0].quotation == "PLAN MONITORING REPORT (OCT - DEC 2019)"


def test_the_same_period_in_both_is_no_finding() -> None:
    assert found(PACK % "2019") == []


def test_a_bookmark_that_differs_from_its_heading_is_found() -> None:
    (finding,) = found(PACK % "2019", Bookmark(1, "Plan Monitoring Report Dec 2018", 2))
    assert finding.place.origin.page == 2


def page_heads(*dates: str) -> str:
    return "\f".join(f"Northshire Panel – {day}\nSome text of this page.\n" for day in dates)


def test_the_head_of_a_page_with_another_date_than_the_others_is_found() -> None:
    (finding,) = found(page_heads("5 February 2020", "5 February 2019", "5 February 2020"))
    assert (finding.place.origin.page, finding.place.quotation) == (
        2,
        "Northshire Panel – 5 February 2019",
    )


def test_of_two_heads_the_same_day_of_another_year_is_found() -> None:
    assert len(found(page_heads("5 January 2020", "5 January 2019"))) == 1


@pytest.mark.parametrize(
    "dates", [["5 February 2020"] * 3, ["1 May 2020", "2 June 2020"], ["1 May 2020"]]
)
def test_heads_that_agree_or_are_too_few_are_no_finding(dates: list[str]) -> None:
    assert found(page_heads(*dates)) == []


@given(st.text(alphabet="Monday 3012/.-–toFebruary9\n", max_size=300))
def test_no_text_can_break_it(text: str) -> None:
    assert isinstance(found(text), list)


@pytest.mark.parametrize(
    "piece", ["31 ", "2020-", "Monday ", "1 May 2020 to ", "Panel 1 May 2020\n"]
)
def test_long_repetition_is_read_in_bounded_time(piece: str) -> None:
    assert isinstance(found(piece * 1500), list)
