"""`A4.6` names a line of the plan, and references are followed from line to line."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.promises.references import chain, plan_of
from peelian.record.references import Resolved, resolve
from peelian.record.scope import PUBLIC
from tests.makers import make, make_all

pytestmark = pytest.mark.django_db


def plan(reference: str, *numbers: str) -> dict[str, Any]:
    """Return the published commitments of a plan by their printed references."""
    made = make("plan", reference=reference)
    [objective] = make_all("objective", {"reference": f"{reference}-1", "parent": made})
    commitments = make_all(
        "commitment",
        *(
            {
                "reference": f"{reference}-{number}",
                "printed_reference": number,
                "parent": objective,
            }
            for number in numbers
        ),
    )
    return dict(zip(numbers, commitments, strict=True))


def within(text: str, reference: str) -> Resolved:
    return resolve([text], PUBLIC, within=reference)


def test_a_full_stop_after_the_letter_makes_no_difference() -> None:
    lines = plan("2016", "A.4", "D9")
    for text in ("see A4", "see A.4"):
        assert within(text, "2016").parts(text)[1][1] == lines["A.4"]
    assert within("see D.9", "2016").by_form["plan"] == {"D9": [lines["D9"]]}


def test_references_are_those_of_the_plan_they_stand_in() -> None:
    older, newer = plan("2016", "1.1"), plan("2021", "1.1")
    assert within("see 1.1", "2016").by_form["plan"] == {"1.1": [older["1.1"]]}
    assert within("see 1.1", "2021").by_form["plan"] == {"1.1": [newer["1.1"]]}
    assert plan_of(newer["1.1"]) == "2021"


def test_a_range_stands_for_every_line_in_it() -> None:
    lines = plan("2016", "3.1", "3.2", "3.3", "3.10")
    resolved = within("Refer to 3.1 - 3.3", "2016")
    assert list(resolved.by_form["plan"]) == ["3.1", "3.2", "3.3"]
    assert resolved.by_form["plan"]["3.2"] == [lines["3.2"]]


def test_the_references_of_a_text_are_one_query() -> None:
    plan("2016", "3.1", "3.2")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        within("Refer to 3.1, 3.2 and 3.9; see also A4", "2016")
    assert len(queries) == 1


def test_references_are_followed_to_where_they_end_and_a_circle_ends_where_it_began() -> None:
    lines = plan("2016", "3.8", "3.9", "D.5")
    for number, text in (("3.8", "Refer to D5"), ("D.5", "Refer to 3.9")):
        make(
            "activity",
            reference=f"2016-{number}-activity-1",
            parent=lines[number],
            title="See the update",
        )
        make("update", parent=f"activity/2016-{number}-activity-1", text=text)
    text = "Refer to 3.8"
    steps = chain(lines["3.9"], [text], within(text, "2016"), PUBLIC)
    led = [(step.promise.reference, [r.reference for r in step.leads_to]) for step in steps]
    assert led == [
        ("2016-3.9", ["2016-3.8"]),
        ("2016-3.8", ["2016-D.5"]),
        ("2016-D.5", ["2016-3.9"]),
    ]
