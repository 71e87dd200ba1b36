"""What a table says is recognised however a text lays the table out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from peelian.intake.document import Document
from peelian.intake.text import read_text
from peelian.recognition.glossary import glossaries
from peelian.recognition.minutes import minutes
from peelian.recognition.plan import plans
from peelian.recognition.programme import programmes

Rows = Sequence[Sequence[str]]
PLAN = (
    ("Ref", "Commitment", "Lead", "Progress", "Reports to", "State"),
    ("1.1", "Sell two stations", "Head of Estates", "Both were sold.", "Estates Board", "Done"),
    ("1.2", "Answer 101 sooner", "Head of Contact", "See 2.1.", "Contact Board", "On track"),
    ("2.1", "Train sergeants", "Head of People", "Half are.", "People Board", "On track"),
    ("2.2", "Publish what we spend", "Treasurer", "It is.", "Audit Committee", "Done"),
)
ACTIONS = (
    ("No.", "Action", "Owner", "By when", "Status"),
    ("12", "Write to the four councils", "Clerk", "June 2031", "Open"),
    ("13", "Send members the list of stations", "Chief Executive", "July 2031", "Closed"),
    ("14", "Arrange a visit to the control room", "Clerk", "July 2031", "Open"),
)
PROGRAMME = (
    ("Meeting", "Item", "Lead"),
    ("8 July 2031", "Annual report", "Commissioner"),
    ("9 September 2031", "Budget outlook", "Treasurer"),
    ("2 December 2031", "Draft precept", "Commissioner"),
)
BODIES = (
    ("Board", "Purpose", "Meets"),
    ("Estates Board", "Buildings and land", "Quarterly"),
    ("Contact Board", "The control room", "Monthly"),
    ("Audit Committee", "Risk and accounts", "Every two months"),
)


def columns(rows: Rows) -> str:
    widths = [max(len(row[n]) for row in rows) + 3 for n in range(len(rows[0]))]
    return "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def between(mark: str) -> Callable[[Rows], str]:
    return lambda rows: "\n".join(mark.join(row) for row in rows)


def records(rows: Rows) -> str:
    return "\n\n".join(
        "\n".join(f"{label}: {said}" for label, said in zip(rows[0], row, strict=True))
        for row in rows[1:]
    )


WAYS = pytest.mark.parametrize(
    "way",
    [columns, between("  "), between(" | "), between("\t"), between(" / "), records],
    ids=["columns", "gaps", "strokes", "tabulators", "slashes", "records"],
)


def document(title: str, table: str) -> Document:
    text = f"OFFICE OF THE COMMISSIONER\n\nPaper of 12 June 2031\n\n{title}\n\n{table}\n\n"
    return read_text("paper.txt", f"{text}It is asked that this paper be noted.\n".encode())


@WAYS
def test_a_plan(way: Callable[[Rows], str]) -> None:
    (plan,) = plans(document("Delivery plan", way(PLAN)))
    found = [(c.reference, c.text, a) for c in plan.commitments for a in c.activities]
    # Where a column says which bodies watch, that of the leads names none.
    assert [(n, t, a.update, a.oversight, a.state) for n, t, a in found] == [
        (row[0], row[1], row[3], (row[4],), row[5]) for row in PLAN[1:]
    ]


@WAYS
def test_a_log_of_actions(way: Callable[[Rows], str]) -> None:
    (log,) = minutes(document("ACTION LOG", way(ACTIONS)))
    assert [(u.text, u.owner) for u in log.undertakings] == [(r[1], r[2]) for r in ACTIONS[1:]]


@WAYS
def test_a_work_programme(way: Callable[[Rows], str]) -> None:
    (programme,) = programmes(document("WORK PROGRAMME 2031/32", way(PROGRAMME)))
    found = [(item.meeting, item.title) for item in programme.items]
    assert found == [row[:2] for row in PROGRAMME[1:]]


@WAYS
def test_bodies_with_how_often_they_meet(way: Callable[[Rows], str]) -> None:
    (found,) = glossaries(document("Boards that watch the plan", way(BODIES)))
    assert [(m.name, m.meets) for m in found.mechanisms] == [(r[0], r[2]) for r in BODIES[1:]]


def test_an_update_is_found_at_its_own_line() -> None:
    (plan,) = plans(document("Delivery plan", records(PLAN)))
    first = plan.activities[0]
    places = [at.line for at in (first.origin, first.told_at, first.state_at) if at]
    assert [line - (places[0] or 0) for line in places if line] == [0, 3, 5]


def test_an_item_that_wraps_in_its_cell_is_one_item() -> None:
    table = """Meeting             Item
8 July 2031         Annual report of the Commissioner
                    on the year before and on the
                    year to come
9 September 2031    Budget outlook
                    Precept: timetable
                    Visits to custody
"""
    (found,) = programmes(document("Work programme", table))
    assert [item.title for item in found.items] == [
        "Annual report of the Commissioner on the year before and on the year to come",
        "Budget outlook",
        "Precept: timetable",
        "Visits to custody",
    ]
