"""The delivery plan as blocks: every activity once, in the plan's order, as it stood on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.blocks import Heading, Table, text
from peelian.promises.extract import plan_extract
from peelian.record.scope import PUBLIC
from tests.makers import make

pytestmark = pytest.mark.django_db

DAY = dt.date(2020, 2, 5)


@pytest.fixture
def plan(db: None) -> Any:
    return make("plan", reference="2016", title="The plan")


def commitment(plan: Any, printed: str, element: str = "policing", **values: Any) -> Any:
    objective = plan.children.first() or make("objective", parent=plan)
    return make(
        "commitment",
        parent=objective,
        reference=f"2016-{printed}",
        printed_reference=printed,
        element=element,
        **values,
    )


def activity(parent: Any, printed: str, **values: Any) -> Any:
    made = {"reference": f"2016-{printed}", "printed_reference": printed, "title": "Do it"}
    return make("activity", parent=parent, **made | values)


def headings(blocks: Any) -> list[tuple[int, str]]:
    return [(b.level, b.full) for b in blocks if isinstance(b, Heading)]


def test_halves_commitments_and_activities_stand_in_the_order_of_the_plan(plan: Any) -> None:
    for printed, element in (("B.1", "commissioner"), ("1.10", "policing"), ("1.9", "policing")):
        parent = commitment(plan, printed, element, title=f"Commitment {printed}")
        for n in (10, 9):
            activity(parent, f"{printed}.{n}")
    blocks = plan_extract(plan, PUBLIC, until=DAY)
    assert headings(blocks)[1:] == [
        (3, "Policing element"),
        (4, "1.9 Commitment 1.9"),
        (4, "1.10 Commitment 1.10"),
        (3, "Commissioner’s commitments"),
        (4, "B.1 Commitment B.1"),
    ]
    table: Any = next(b for b in blocks if isinstance(b, Table))
    assert [row[0][0].text for row in table.rows] == ["1.9.9", "1.9.10"]


def test_a_row_tells_words_status_update_and_oversight(plan: Any) -> None:
    one = activity(commitment(plan, "1.1"), "1.1.1", oversight_as_printed="A board; Another")
    make("update", parent=one, as_at="2019-12-31", progress="at_risk", text="Late. See 1.1")
    table: Any = next(b for b in plan_extract(plan, PUBLIC, until=DAY) if isinstance(b, Table))
    assert text(table).splitlines()[2].split("\t") == [
        "1.1.1",
        "Do it",
        "At risk",
        "Late. See 1.1 (As at 31 December 2019.)",
        "A board; Another",
    ]
    (link,) = (run for run in table.rows[0][3] if run.href)
    assert (link.text, link.href) == ("1.1", "#commitment-2016-1.1")


def test_a_row_without_update_or_oversight_says_so(plan: Any) -> None:
    activity(commitment(plan, "1.1"), "1.1.1", progress="on_hold")
    table: Any = next(b for b in plan_extract(plan, PUBLIC, until=DAY) if isinstance(b, Table))
    assert text(table).splitlines()[2].split("\t")[2:] == ["On hold", "–", "None named"]


def test_a_reference_to_what_the_extract_leaves_out_is_plain(plan: Any) -> None:
    told = activity(commitment(plan, "1.1"), "1.1.1")
    activity(commitment(plan, "1.2"), "1.2.1")
    make("update", parent=told, as_at="2020-01-31", text="Refer to 1.2.1")
    whole = plan_extract(plan, PUBLIC, until=DAY)
    short = plan_extract(plan, PUBLIC, until=DAY, since=dt.date(2020, 1, 1))

    def leads(blocks: Any) -> list[str]:
        tables: Any = (b for b in blocks if isinstance(b, Table))
        return [r.href for t in tables for row in t.rows for cell in row for r in cell if r.href]

    assert leads(whole) == ["#commitment-2016-1.2"]
    assert leads(short) == []


def test_a_commitment_without_a_number_is_known_by_its_words(plan: Any) -> None:
    objective = make("objective", parent=plan)
    parent = make("commitment", parent=objective, title="Be kind", element="policing")
    activity(parent, "1.1.1")
    table: Any = next(b for b in plan_extract(plan, PUBLIC, until=DAY) if isinstance(b, Table))
    assert table.caption == "Activities under commitment Be kind"


def test_a_commitment_without_activities_stands_in_the_whole_plan_and_not_in_a_short_one(
    plan: Any,
) -> None:
    commitment(plan, "1.1", title="Be kind")
    whole = plan_extract(plan, PUBLIC, until=DAY)
    assert headings(whole)[-1] == (4, "1.1 Be kind")
    assert text(whole[-1]) == "No activity under it has been published."
    assert headings(plan_extract(plan, PUBLIC, until=DAY, since=dt.date(2020, 1, 1))) == []


def test_an_empty_plan_is_an_introduction_alone(plan: Any) -> None:
    (only,) = plan_extract(plan, PUBLIC, until=DAY)
    assert "The plan: all 0 activities" in text(only)


def test_the_queries_do_not_grow_with_the_plan(plan: Any) -> None:
    parent = commitment(plan, "1.1")
    activity(parent, "1.1.1")
    with CaptureQueriesContext(connection) as few:
        plan_extract(plan, PUBLIC, until=DAY)
    for n in range(2, 9):
        activity(parent, f"1.1.{n}")
    with CaptureQueriesContext(connection) as many:
        plan_extract(plan, PUBLIC, until=DAY)
    assert len(few) == len(many)
