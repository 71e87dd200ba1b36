"""Agenda and contents pages, the papers behind them, and work programmes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Bookmark
from peelian.recognition.contents import contents, item_number, papers
from peelian.recognition.programme import month_of, programmes
from tests.recognition.documents import table_document, text_document

AGENDA = """NORTHSHIRE POLICE AND CRIME PANEL
Monday 3 February 2020 at 10.30 am

AGENDA

1 Apologies for absence

2 Declarations of interest

3 Minutes of the meeting held on 4 November 2019 1 - 8

4 Proposed precept 2020/21 9 - 30
To receive the report of the Commissioner.

5 Update on roads policing
A verbal update.

6 Any other urgent business
"""
STACKED = """Agenda

Items
No. Item

1.

Apologies

2.

Budget report
(Pages 5 - 20)

3.

Forward plan
21 - 22
"""
LEADERS = """Contents

Foreword by the Commissioner ........ 2
Our plan for victims ................ 4
2. Money ............................ 11
"""
BARE = """AGENDA
1. Welcome
2. Minutes 3
3. Performance report, quarter 4 7
4. Draft plan for 2021 19
"""
YEARLY = """Agenda and minutes

Items
No. Item

39/20

APOLOGIES

Minutes:

There were none.

40/20

BUDGET MONITORING pdf icon PDF 180 KB

41/20

QUESTIONS
"""
TITLES = """Contents

Foreword 4
Section one
How we govern 5
Reviewing the precept 10
The law 42
"""
SPACED = """A G E N D A

1. Apologies -
2. Proposed precept for the year to
come (Pages 3 - 12)
3. Any other business that the Chair thinks urgent
Membership:
Councillor A (Chair)
"""
OUTLINE = (
    "\tAgenda\n\t5 Minutes of before\n\t06 item 7 Annex on roads\n\t8 Report (Oct - Dec 2020)\n\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            AGENDA,
            [
                ("1", "Apologies for absence", None, False),
                ("2", "Declarations of interest", None, False),
                ("3", "Minutes of the meeting held on 4 November 2019", 1, True),
                ("4", "Proposed precept 2020/21", 9, True),
                ("5", "Update on roads policing", None, False),
                ("6", "Any other urgent business", None, False),
            ],
        ),
        (
            STACKED,
            [
                ("1", "Apologies", None, False),
                ("2", "Budget report", 5, True),
                ("3", "Forward plan", 21, True),
            ],
        ),
        (
            LEADERS,
            [
                ("", "Foreword by the Commissioner", 2, True),
                ("", "Our plan for victims", 4, True),
                ("2", "Money", 11, True),
            ],
        ),
        (
            BARE,
            [
                ("1", "Welcome", None, False),
                ("2", "Minutes", 3, True),
                ("3", "Performance report, quarter 4", 7, True),
                ("4", "Draft plan for 2021", 19, True),
            ],
        ),
        (
            OUTLINE,
            [
                ("5", "Minutes of before", None, True),
                ("7", "06 item 7 Annex on roads", None, True),
                ("8", "Report (Oct - Dec 2020)", None, True),
            ],
        ),
        (
            YEARLY,
            [
                ("39/20", "APOLOGIES", None, False),
                ("40/20", "BUDGET MONITORING", None, True),
                ("41/20", "QUESTIONS", None, False),
            ],
        ),
        (
            TITLES,
            [
                ("", "Foreword", 4, True),
                ("", "How we govern", 5, True),
                ("", "Reviewing the precept", 10, True),
                ("", "The law", 42, True),
            ],
        ),
        (
            SPACED,
            [
                ("1", "Apologies", None, False),
                ("2", "Proposed precept for the year to come", 3, True),
                ("3", "Any other business that the Chair thinks urgent", None, False),
            ],
        ),
    ],
    ids=["agenda", "stacked", "leaders", "bare pages", "outline", "yearly", "titles", "spaced"],
)
def test_an_agenda_gives_its_items(text: str, expected: list[tuple[object, ...]]) -> None:
    found = contents(text_document(text))
    assert [(e.number, e.title, e.page, e.promises_paper) for e in found] == expected


def test_an_agenda_in_a_table_gives_its_items() -> None:
    document = table_document(
        "Agenda",
        ["No.", "Item", "Pages"],
        ["1", "Apologies", ""],
        ["2", "Budget report", "5 - 20"],
        ["3", "Forward plan", "21"],
    )
    assert [(e.number, e.title, e.page) for e in contents(document)] == [
        ("1", "Apologies", None),
        ("2", "Budget report", 5),
        ("3", "Forward plan", 21),
    ]


def test_bookmarks_serve_where_there_is_no_agenda() -> None:
    marks = tuple(Bookmark(1, f"{n} Report {'abc'[n - 1]}", n * 3) for n in (1, 2, 3))
    found = contents(replace(text_document("Some words."), bookmarks=marks))
    assert [(e.number, e.title, e.page) for e in found] == [
        ("1", "Report a", 3),
        ("2", "Report b", 6),
        ("3", "Report c", 9),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. The Panel is asked to note.\n\n2. It met.\n\n3. It ended.\n",
        "Agenda\n\nThe agenda was long.\n",
        "Contents\n\n12 officers were seen.\n\n14 cars were stopped.\n",
    ],
)
def test_without_an_agenda_there_are_no_items(text: str) -> None:
    assert contents(text_document(text)) == []


PAPERS = """Agenda Item 4

Northshire Police and Crime Panel – 3 February 2020

PROPOSED PRECEPT
FOR 2020/21

1. Members are asked to note.
\fText of it.
Agenda Item 4
\fAppendix 1 - Detail of the budget
\fAGENDA ITEM: 5.0
Update on roads policing
\fNORTHSHIRE POLICE AND CRIME PANEL
3 FEBRUARY 2020

WORK PROGRAMME

Summary
"""


def test_papers_are_told_by_their_headings() -> None:
    found = papers(text_document(PAPERS))
    assert [(p.number, p.title, p.origin.page) for p in found] == [
        ("4", "PROPOSED PRECEPT FOR 2020/21", 1),
        ("4", "Appendix 1 - Detail of the budget", 3),
        ("5.0", "Update on roads policing", 4),
        ("", "WORK PROGRAMME", 5),
    ]


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        (
            "ITEM 8(B)\n\nMeeting: Panel\nDATE: 1 February 2018\nTitle: Precept of the year\n",
            "8B",
            "Precept of the year",
        ),
        ("Agenda No. 3\n\nNorthshire Board\n\nSubject:\nCustody visits\n", "3", "Custody visits"),
        ("Item 5 – Roads policing\n", "5", "Roads policing"),
    ],
)
def test_a_paper_says_its_item_and_title_in_many_ways(text: str, number: str, title: str) -> None:
    (paper,) = papers(text_document(text))
    assert (paper.number, paper.title) == (number, title)


def test_a_mention_of_an_item_or_appendix_is_no_paper() -> None:
    text = "As said under agenda item 4, it rose.\nSee\nAppendix 2 – Figures\nitem 3\n"
    assert papers(text_document(text)) == []


@pytest.mark.parametrize(
    ("printed", "number"), [("5.0", "5"), ("06", "6"), ("7A.", "7a"), ("10", "10")]
)
def test_ways_to_print_a_number_are_one(printed: str, number: str) -> None:
    assert item_number(printed) == number


PROGRAMME = """Northshire Panel - Forward Work Programme 2020/21

Meeting Date Item
3 February 2020 • Proposed precept – report of the
task group
• Plan monitoring report

June 2020 • Annual report
Potential items • Burglary – how it is dealt with (agreed 4.11.2019)

Page 12
Background Papers
"""


def test_a_flattened_programme_gives_its_items_by_meeting() -> None:
    (programme,) = programmes(text_document(PROGRAMME))
    assert programme.title == "Northshire Panel - Forward Work Programme 2020/21"
    assert [(i.meeting, i.month, i.title) for i in programme.items] == [
        ("3 February 2020", dt.date(2020, 2, 1), "Proposed precept – report of the task group"),
        ("3 February 2020", dt.date(2020, 2, 1), "Plan monitoring report"),
        ("June 2020", dt.date(2020, 6, 1), "Annual report"),
        ("", None, "Burglary – how it is dealt with (agreed 4.11.2019)"),
    ]
    assert [i.note for i in programme.items][-1] == "agreed 4.11.2019"


STACKED_PROGRAMME = """Forward Plan

6 February 2020
Plan monitoring report
Precept for the year and
what it pays for

2 April 2020
Review of complaints
Roads: the work of the partnership
"""


def test_below_a_meeting_on_its_own_line_a_capital_begins_an_item() -> None:
    (programme,) = programmes(text_document(STACKED_PROGRAMME))
    assert [i.title for i in programme.items] == [
        "Plan monitoring report",
        "Precept for the year and what it pays for",
        "Review of complaints",
        "Roads: the work of the partnership",
    ]


def test_a_programme_in_a_table_gives_its_items_by_meeting() -> None:
    document = table_document(
        "Panel Work Programme",
        ["Date of meeting", "Topic", "Lead"],
        ["11 June 2020", "Annual report", "Chair"],
        ["", "• Complaints\n• Roads", ""],
        ["September 2020", "Budget", ""],
        ["To be scheduled", "Fraud", ""],
    )
    (programme,) = programmes(document)
    assert [(i.meeting, i.title) for i in programme.items] == [
        ("11 June 2020", "Annual report"),
        ("11 June 2020", "Complaints"),
        ("11 June 2020", "Roads"),
        ("September 2020", "Budget"),
        ("", "Fraud"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The diversity work programme seeks change.\nJuly 2019 was warm.\nMay 2020 was not.\n",
        "Work programme\n\nIt is agreed each year.\n",
    ],
)
def test_prose_about_a_programme_is_none(text: str) -> None:
    assert programmes(text_document(text)) == []


@pytest.mark.parametrize(
    ("printed", "month"), [("Sept 2020", 9), ("12/10/2020", 10), ("3 May 2020", 5)]
)
def test_a_meeting_has_its_month(printed: str, month: int) -> None:
    assert month_of(printed) == dt.date(2020, month, 1)


@given(st.text(alphabet="Agend\n\t 1234.-–()ITEMJune20appix\f", max_size=400))
def test_no_text_can_break_it(text: str) -> None:
    document = text_document("AGENDA\n" + text + "\nWork Programme\n" + text)
    contents(document)
    papers(document)
    programmes(document)


@pytest.mark.parametrize(
    "piece", ["1 ", "1\n", ". ", "Agenda\n", "\t", "June 2020\n", "Appendix 1 "]
)
def test_long_repetition_is_read_in_bounded_time(piece: str) -> None:
    document = text_document("AGENDA\nWork Programme\n" + piece * 1500)
    assert isinstance([*contents(document), *papers(document), *programmes(document)], list)


def test_a_list_of_contents_ends_where_its_chapters_begin() -> None:
    listed = "CONTENTS\n\n1  Foreword   2\n2  Money      4\n3  Roads      6\n\n"
    told = "1. FOREWORD\n\n" + "This is told.\n" * 12 + "\n3. ROADS\n\n4. RAIL\n"
    assert [e.number for e in contents(text_document(listed + told))] == ["1", "2", "3"]
