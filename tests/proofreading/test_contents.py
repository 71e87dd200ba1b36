"""The agenda against its papers: what is missing, what is misplaced, what is numbered twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.proofreading import contents  # noqa: F401 - declares the checks
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof
from tests.recognition.documents import text_document

CHECKS = ["item-without-paper", "paper-without-item"]
AGENDA = """AGENDA

1 Apologies for absence
2 Minutes of the meeting before 2 - 3
3 Proposed precept 4 - 5
4 Roads policing, a verbal update
5 Complaints of the year 6 - 8
6 Any other business

"""
PAPERS = """\fMinutes
It was agreed.
\f
\fAGENDA ITEM 3
PROPOSED PRECEPT
\f
\fAGENDA ITEM 5
COMPLAINTS OF THE YEAR
"""


def found(text: str, *checks: str) -> list[Finding]:
    return run(Proof([text_document(text)]), checks or CHECKS)


def test_an_agenda_with_all_its_papers_has_no_finding() -> None:
    assert found(AGENDA + PAPERS) == []


def test_a_promised_paper_that_does_not_follow_is_found() -> None:
    agenda = AGENDA.replace("6 Any", "6 Custody visiting scheme 9 - 12\n7 Any")
    (finding,) = found(agenda + PAPERS)
    assert finding.check == "item-without-paper"
    assert finding.place.quotation == "6 Custody visiting scheme"
    assert finding.confidence == Confidence.LIKELY


@pytest.mark.parametrize(
    "item",
    [
        "6 Custody visiting scheme, to follow",
        "6 Public participation (report of the clerk attached)",
        "6 Custody visiting scheme, a presentation",
    ],
)
def test_an_item_that_promises_nothing_needs_no_paper(item: str) -> None:
    assert found(AGENDA.replace("6 Any", f"{item}\n7 Any") + PAPERS) == []


def test_an_agenda_alone_is_not_held_against_papers() -> None:
    assert found(AGENDA) == []
    assert found(PAPERS) == []


def test_a_paper_whose_heading_is_its_title_is_there() -> None:
    papers = PAPERS.replace("AGENDA ITEM 5\n", "")
    assert found(AGENDA + papers + "\fAGENDA ITEM 4\nROADS POLICING\n", "item-without-paper") == []


def test_a_paper_for_an_item_that_is_not_there_is_found() -> None:
    (finding,) = found(AGENDA + PAPERS + "\fAGENDA ITEM 9\nCUSTODY VISITING\n")
    assert finding.check == "paper-without-item"
    assert (finding.place.quotation, finding.place.origin.page) == ("CUSTODY VISITING", 7)


def test_a_part_of_an_item_is_not_without_item() -> None:
    assert found(AGENDA + PAPERS + "\fAGENDA ITEM 5b\nMORE\n\fAGENDA ITEM 5.0\nMORE\n") == []


PAGED = """AGENDA

1 Welcome
2 Roads 2
3 Rivers 3
4 Rails %s
5 Routes 5
\fAGENDA ITEM 2
Roads
\fAGENDA ITEM 3
Rivers
\fAGENDA ITEM 4
Rails
\fAGENDA ITEM 5
Routes
"""


@pytest.mark.parametrize(("page", "findings"), [("4", []), ("14", ["4 Rails"])])
def test_a_page_that_does_not_fit_is_found(page: str, findings: list[str]) -> None:
    assert [f.place.quotation for f in found(PAGED % page)] == findings


def test_pages_that_all_count_from_elsewhere_fit() -> None:
    assert found((PAGED % "4").replace("AGENDA\n", "Cover\n\f\fAGENDA\n", 1)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("5 Complaints", "6 Complaints", "missing"), ("5 Complaints", "4 Complaints", "Two items")],
)
def test_a_number_left_out_or_given_twice_is_found(before: str, after: str, said: str) -> None:
    findings = found(AGENDA.replace(before, after), "item-without-paper")
    assert any(said in finding.reason for finding in findings)


@given(st.text(alphabet="AGENDITM\n\t 1234.-–\f", max_size=300))
def test_no_text_can_break_it(text: str) -> None:
    assert isinstance(found("AGENDA\n" + text + PAPERS), list)
