"""Scan and Engage: at which level a force is, since when and why; one level a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.inspections.monitoring import watches
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Any:
    return make("body", form="force", title="Northshire Police")


def level(force: Any, level: str, begins: str, ends: str | None = None, **values: Any) -> Any:
    days = {
        "begins_on": dt.date.fromisoformat(begins),
        "ends_on": dt.date.fromisoformat(ends) if ends else None,
    }
    named = {"reference": f"{level}-{begins}", "title": f"{level.title()} from {begins}"}
    return make("monitoring", force=force, level=level, **days, **named, **values)


@pytest.mark.parametrize(
    ("begins", "ends", "is_taken"),
    [
        ("2020-01-01", None, False),
        ("2019-06-30", None, False),
        ("2019-07-01", None, True),
        ("2018-01-01", "2018-12-31", True),
        ("2018-01-01", "2019-01-01", False),
        ("2019-02-01", "2019-03-01", False),
    ],
)
def test_a_force_is_at_one_level_a_day(
    force: Any, begins: str, ends: str | None, *, is_taken: bool
) -> None:
    level(force, "engage", "2019-01-01", "2019-06-30")
    level(force, "scan", "2019-12-01", "2020-12-31", status="published") if not is_taken else None
    if is_taken:
        level(force, "scan", begins, ends)
        return
    with pytest.raises(Invalid, match="another level"):
        level(force, "scan", begins, ends)


def test_the_last_day_is_not_before_the_first(force: Any) -> None:
    with pytest.raises(Invalid, match="must not be before"):
        level(force, "engage", "2019-01-02", "2019-01-01")


def test_the_page_of_the_force_tells_its_history_and_the_causes(force: Any) -> None:
    concern = make("finding", form="concern", title="Calls wait too long")
    hidden = make("finding", form="concern", title="Hidden concern", status="draft")
    level(force, "engage", "2019-01-01", "2019-12-31", because_of=[concern, hidden])
    level(force, "scan", "2020-01-01")
    page = read(force.get_absolute_url())
    assert "Since 1 January 2020" in page.words
    assert "From 1 January 2019 to 31 December 2019" in page.words
    assert "Calls wait too long" in page.words
    assert "Hidden" not in page.words


def test_a_level_that_waits_is_not_told(force: Any) -> None:
    level(force, "engage", "2019-01-01", status="draft")
    assert watches(PUBLIC) == []
    assert "Monitoring by the inspectorate" not in read(force.get_absolute_url()).words


def test_no_other_body_has_a_level() -> None:
    panel = make("body", form="panel")
    assert "Monitoring by the inspectorate" not in read(panel.get_absolute_url()).words
