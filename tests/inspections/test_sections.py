"""Inspections in a report: each with when it was published and what was graded."""

from __future__ import annotations

from typing import Any

import pytest

from peelian.blocks import Table, text
from peelian.inspections.sections import inspections_blocks
from peelian.record.scope import PUBLIC
from tests.makers import make

pytestmark = pytest.mark.django_db


def rows() -> list[list[str]]:
    (table,) = inspections_blocks(PUBLIC)
    assert isinstance(table, Table)
    return [line.split("\t") for line in text(table).splitlines()[2:]]


def test_without_inspections_it_says_so() -> None:
    assert text(inspections_blocks(PUBLIC)[0]) == "There are no inspections on the record."


def test_an_inspection_stands_with_its_grades_and_those_before() -> None:
    peel = make("inspection", title="PEEL", published_as_printed="at the end of September 2019")
    make("grade", parent=peel, question="Efficiency", grade="good", previous_grade="inadequate")
    make("grade", parent=peel, question="Legitimacy", grade="good")
    assert rows() == [
        [
            "PEEL",
            "at the end of September 2019",
            "Efficiency: good (before: inadequate); Legitimacy: good",
        ]
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"published_on": "2019-09-27"}, "27 September 2019"),
        ({"published_as_printed": "March 2018"}, "March 2018"),
        ({"published_on": "2019-09-27", "published_as_printed": "autumn"}, "27 September 2019"),
        ({}, "Not stated"),
    ],
)
def test_a_day_is_told_where_it_is_known_else_what_was_printed(given: Any, shown: str) -> None:
    make("inspection", title="PEEL", **given)
    assert rows() == [["PEEL", shown, "None given"]]


def test_drafts_stay_out() -> None:
    peel = make("inspection", title="PEEL")
    make("grade", parent=peel, question="Efficiency", status="draft")
    make("grade", parent=make("inspection", title="Secret", status="draft"))
    assert rows() == [["PEEL", "Not stated", "None given"]]
