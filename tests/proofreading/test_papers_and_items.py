"""Papers and items of packs as several offices set them out: what lacks the other is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.documents import listed
from peelian.proofreading import contents, lettered_papers  # noqa: F401 - declares the checks
from peelian.proofreading.findings import run
from peelian.proofreading.proof import Proof
from tests.recognition.documents import text_document

CHECKS = ["item-without-paper", "paper-without-item"]


def told(text: str) -> list[tuple[str, str]]:
    found = run(Proof([listed(text_document(text))]), CHECKS)
    return [(finding.check, finding.place.quotation) for finding in found]


SUPPLEMENT = """NORTHSHIRE POLICE AND CRIME PANEL
Supplementary pack for the meeting on 22 November 2016

CONTENTS                                     Page

Item 6   Victims' services: briefing         3
Item 7   Budget monitoring                   5
Item 8   Custody visiting                    6
Item 9   Letters to the Chair                7

                                             1
NOTES OF THE VISIT

1. Members saw the control room.

ITEM 6

VICTIMS' SERVICES: BRIEFING

1. The service began in April.

ITEM 7

BUDGET MONITORING

1. The forecast is an overspend.

ITEM 8

CUSTODY VISITING

1. Visits went well.

ITEM 9

LETTERS TO THE CHAIR

1. There were none.
"""
PROGRAMME = """AGENDA

1    Apologies
2    Minutes of 1 March 2024                    Attached
3    Serious violence: position statement       Attached
4    Work programme                             Attached

Item 2

MINUTES

None were absent.

Item 3

SERIOUS VIOLENCE: POSITION STATEMENT

It has fallen.

Item 4

WORK PROGRAMME

Meeting             Item
8 July 2024         Serious violence: position statement
24 September 2024   Estates strategy

The Panel is asked to agree it.
"""
LETTERED = """AGENDA

1. Welcome and apologies
2. Notes of the last meeting (Paper A)
3. Workforce (Paper B)
4. Estates - Paper C
5. Any other business

PAPER A

Notes of the last meeting

All was agreed.

PAPER B: Workforce

Posts were filled.

Paper C

Estates

Nothing was sold.
"""
COLUMNS = """AGENDA

                                     Paper   Page
1.  Apologies
2.  Minutes                          A       3
3.  Audit plan                       B       7
4.  Risk register                    C       9

PAPER A

Minutes

PAPER B

Audit plan

PAPER C

Risk register
"""
CHAPTERS = """Annual report

Contents

Foreword by the Commissioner ..... 2
Our year at a glance ..... 3
Money and people ..... 5
Victims and witnesses ..... 7
Looking ahead ..... 9

Foreword

I am glad to tell of the year.

The year at a glance

Much was done.

Money and People

Posts were filled.

Victims and witnesses

They were helped.

Looking ahead

There is more to do.
"""


@pytest.mark.parametrize("text", [SUPPLEMENT, PROGRAMME, LETTERED, COLUMNS, CHAPTERS])
def test_where_every_item_has_its_paper_nothing_is_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "lost", "check", "quoted"),
    [
        (SUPPLEMENT, "ITEM 7\n\nBUDGET MONITORING\n", "item-without-paper", "7 Budget monitoring"),
        (
            SUPPLEMENT,
            "Item 8   Custody visiting                    6\n",
            "paper-without-item",
            "CUS",
        ),
        (
            PROGRAMME,
            "Item 3\n\nSERIOUS VIOLENCE: POSITION STATEMENT\n",
            "item-without-paper",
            "3 S",
        ),
        (LETTERED, "PAPER B: Workforce\n", "item-without-paper", "3. Workforce (Paper B)"),
        (LETTERED, " - Paper C", "paper-without-item", "Paper C"),
        (COLUMNS, "PAPER B\n", "item-without-paper", "3. Audit plan"),
        (COLUMNS, "B       7", "paper-without-item", "PAPER B"),
        (CHAPTERS, "Money and People\n", "item-without-paper", "Money and people"),
    ],
)
def test_an_item_or_paper_on_its_own_is_told(text: str, lost: str, check: str, quoted: str) -> None:
    assert lost in text
    found = told(text.replace(lost, ""))
    assert [(kind, words[: len(quoted)]) for kind, words in found] == [(check, quoted)]


DUE = """BOARD MEETING, 12 June 2025

AGENDA

1. Apologies
2. Consultation on the 2025/26 precept
3. Work programme

ITEM 3

WORK PROGRAMME

Meeting             Item
12 June 2025        {due}
11 September 2025   Estates strategy

The Board is asked to agree it.
"""


@pytest.mark.parametrize(
    ("due", "is_told"),
    [("Precept", False), ("2025/26 precept", False), ("Road safety", True), ("Estates", True)],
)
def test_what_is_due_may_be_a_part_of_an_items_title(due: str, is_told: bool) -> None:
    found = [words for _check, words in told(DUE.format(due=due)) if words == due]
    assert bool(found) is is_told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3. Workforce (Paper B)", "3. Workforce (Paper B, to follow)"),
        ("Paper B)", "a paper by the Chief Constable)"),
        ("All was agreed.", "Paper D of the last meeting was agreed."),
        ("All was agreed.", "Paper D is to be written."),
    ],
)
def test_a_paper_that_is_only_spoken_of_is_none(before: str, after: str) -> None:
    text = LETTERED.replace(before, after).replace("PAPER B: Workforce", "Workforce")
    assert [check for check, _words in told(text) if check == "paper-without-item"] == []


@given(st.text(alphabet="ITEMPaper Contents 123AB.\n", max_size=200))
def test_no_text_can_break_them(text: str) -> None:
    assert isinstance(told(LETTERED + text), list)


LABELLED = """NORTHSHIRE REVIEWS SUB-PANEL

Business
1   Apologies
2   Notes of the last meeting
3   How reviews are done (report A)
4   What was learned (report B)
5   A policy on letters (report C)

Item 3 - report A
HOW REVIEWS ARE DONE

It is told.

Item 4 - report B
WHAT WAS LEARNED

It is told.

Report D
GIFTS

It is told.
"""


def test_reports_may_have_letters_beside_the_numbers_of_their_items() -> None:
    assert told(LABELLED) == [
        ("item-without-paper", "5 A policy on letters (report C)"),
        ("paper-without-item", "Report D"),
    ]
    whole = LABELLED.replace("Report D\nGIFTS", "Item 5 - report C\nA POLICY ON LETTERS")
    assert told(whole) == []


@pytest.mark.parametrize(
    "head", ["Item {n}{gap}page {p}", "Agenda Item {n}{gap}Page {p}", "EITEM {n}"]
)
def test_the_head_of_a_paper_may_say_its_page_and_be_welsh(head: str) -> None:
    text = "NORTHSHIRE PANEL\n\nAGENDA\n\n1  Apologies\n2  Roads report  2\n3  Calls report  3\n\n"
    for n, title in ((2, "ROADS REPORT"), (3, "CALLS REPORT"), (7, "GIFTS")):
        text += head.format(n=n, p=n, gap=" " * 30) + f"\n\n{title}\n\nIt is told.\n\n"
    assert [kind for kind, _text in told(text)] == ["paper-without-item"]
