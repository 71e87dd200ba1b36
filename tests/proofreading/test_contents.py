"""The agenda against its papers: what is missing, what is misplaced, what is numbered twice."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.documents import listed
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


BULLETED = """Northshire Police and Crime Panel
Contents
Agenda ..... 2
Item 3: Minutes of the meeting before ..... 3
Item 5: Complaints of the year ..... 4
Item 6: Custody visiting ..... 5
\fAgenda
• 1. Apologies
• 2. Declarations of interest
• 3. Minutes of the meeting before (report attached)
• 4. Proposed precept (report attached)
• 5. Complaints of the year (report attached)
• 6. Custody visiting (report attached)
\fItem 3: Minutes of the meeting before
It was agreed.
\fItem 5: Complaints of the year
There were few.
\fItem 6: Custody visiting
It went well.
"""


def test_of_an_agenda_and_a_list_of_contents_the_agenda_promises() -> None:
    (finding,) = run(Proof([listed(text_document(BULLETED))]), CHECKS)
    assert finding.place.quotation == "4 Proposed precept (report attached)"
    assert finding.confidence == Confidence.LIKELY


TITLED = """Agenda

1. Apologies
2. Minutes of the last meeting (attached)
3. External audit plan (attached)
4. Risk register (attached)
5. Half-year report (attached)

Minutes of the meeting

It was agreed.

External audit plan

It says what will be done.

Half-year report

Rates were high.
"""


def test_where_papers_say_no_number_their_titles_tell_which_is_missing() -> None:
    (finding,) = found(TITLED)
    assert finding.place.quotation == "4 Risk register (attached)"
    assert finding.confidence == Confidence.POSSIBLE
    assert found(TITLED.replace("Apologies", "Our people")) == []


REPORTED = "\fSPEED CAMERAS\nREPORT OF THE CHIEF EXECUTIVE\n\nThey are few.\n"


@pytest.mark.parametrize(
    ("agenda", "quoted"),
    [
        (AGENDA, ["SPEED CAMERAS"]),
        (AGENDA.replace("4 Roads policing, a verbal update", "4 Speed cameras"), []),
        (AGENDA.replace("5 Complaints", "5 COMPLAINTS\nREPORT OF THE CLERK\n\nComplaints"), []),
    ],
)
def test_a_report_that_the_agenda_does_not_have_is_found(agenda: str, quoted: list[str]) -> None:
    papers = PAPERS + (REPORTED if agenda.count("REPORT OF") == 0 else "")
    findings = found(agenda + papers, "paper-without-item")
    assert [finding.place.quotation for finding in findings] == quoted


DUE = """\fAGENDA ITEM 6
WORK PROGRAMME

Forward Work Programme 2020/21

Meeting Date Item
%s 2020 • %s
• Complaints of the year
June 2020 • Annual report
"""


@pytest.mark.parametrize(
    ("meeting", "item", "quoted"),
    [
        ("February", "Custody visiting – report of the visitors", True),
        ("5 February", "Custody visiting", True),
        ("February", "Proposed precept – report of the task group", False),
        ("March", "Custody visiting", False),
        ("26 February", "Custody visiting", False),
        ("February", "Any other business", False),
    ],
)
def test_an_item_due_at_this_meeting_that_is_not_there_is_found(
    meeting: str, item: str, quoted: bool
) -> None:
    document = text_document(AGENDA + PAPERS + DUE % (meeting, item))
    findings = run(Proof([document], as_at=dt.date(2020, 2, 5)), ["item-without-paper"])
    due = [f.place.quotation for f in findings if "programme" in f.reason]
    assert due == ([item] if quoted else [])


def test_the_meeting_is_of_the_day_at_the_head_that_the_programme_has() -> None:
    text = "Northshire Panel\nPapers for 5 February 2020\n\n" + AGENDA + PAPERS
    findings = found(text + DUE % ("5 February", "Custody visiting; Complaints of the year"))
    assert [f.place.quotation for f in findings] == ["Custody visiting"]


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
