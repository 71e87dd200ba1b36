"""The schedule: every kind is under a class, the rules alone say how long, and days are right."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.duties import rulebook
from peelian.record.keeping import Keeping
from peelian.record.kinds import Kind, kinds
from peelian.retention import schedule
from tests.makers import make
from tests.rules import forget_rules

OWN = """\
pack: ours
title: Our own times
changes:
  - id: retention/duties
    arithmetic: {standard: {months: 18, beginning: day_after}}
    why: Our own policy of 2019 says so.
"""


@pytest.fixture
def own_times(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The rules that ship with a shorter time for clocks and proofs."""
    (tmp_path / "ours.yaml").write_text(OWN, encoding="utf-8")
    settings.OWN_RULES = tmp_path
    forget_rules()
    yield
    forget_rules()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_kind_says_how_long_its_records_are_kept(kind: Kind) -> None:
    keeping = kind.model.__dict__.get("keeping")
    assert isinstance(keeping, Keeping), f"{kind.model.__name__} declares no `keeping`"
    assert schedule.rules_of(kind), "it falls under no class"
    for name in schedule.rules_of(kind):
        assert rulebook.rule_named(name), name
    if keeping.rule:
        rule: Any = rulebook.rule_named(keeping.rule)
        assert bool(schedule.period_of(rule)) == bool(keeping.counted_from)
        assert rule.duty
    if keeping.counted_from:
        assert isinstance(kind.model._meta.get_field(keeping.counted_from), models.DateField)
    if not keeping.rule:
        assert kind.parents
        assert not kind.alone


def test_no_number_of_years_stands_in_the_code() -> None:
    package = Path(schedule.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    assert "years=" not in code
    assert "365" not in code


# (opened on, the first day on which the clock may go): six years, from the rule that ships
DAYS = [
    ("2014-01-27", "2020-01-28"),
    ("2013-12-31", "2020-01-01"),
    ("2012-02-29", "2018-03-01"),
    ("2014-01-28", None),
    ("2019-06-01", None),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("opened", "free"), DAYS)
def test_a_clock_may_go_from_the_day_after_its_six_years(opened: str, free: str | None) -> None:
    clock = make("clock", opened_on=dt.date.fromisoformat(opened))
    due = schedule.due(_everybody(), dt.date(2020, 1, 28))
    assert [(one.record, one.from_day.isoformat()) for one in due] == (
        [(clock, free)] if free else []
    )
    if free:
        assert "local standard" in due[0].because or "own standard" in due[0].because


@pytest.mark.django_db
def test_what_is_part_of_something_or_has_no_day_is_not_due_by_itself() -> None:
    old = dt.date(2010, 1, 1)
    clock = make("clock", opened_on=dt.date(2019, 1, 1))
    make("pause", parent=clock, starts_on=old, ends_on=old)
    alone = make("pause", parent=None, starts_on=old, ends_on=old)
    make("pause", parent=None, starts_on=old)  # it has not ended
    make("undertaking")
    make("activity", progress="complete", closed_on=old)  # a part of the plan
    assert [one.record for one in schedule.due(_everybody(), dt.date(2020, 1, 28))] == [alone]
    undated = {kind.name: count for kind, count in schedule.without_a_day(_everybody())}
    assert undated == {"pause": 1, "undertaking": 1}


@pytest.mark.django_db
@pytest.mark.usefixtures("own_times")
def test_an_office_changes_a_time_in_its_own_rules() -> None:
    clock = make("clock", opened_on=dt.date(2018, 7, 1))
    [due] = schedule.due(_everybody(), dt.date(2020, 1, 28))
    assert (due.record, due.from_day) == (clock, dt.date(2020, 1, 2))


@pytest.mark.django_db
def test_where_no_rule_binds_nothing_is_due(settings: Any) -> None:
    make("clock", opened_on=dt.date(2010, 1, 1))
    settings.OFFICE = settings.OFFICE | {"body_model": "board"}
    assert schedule.due(_everybody(), dt.date(2020, 1, 28)) == []
    assert "Until one does, everything is kept." in Client().get("/retention/").content.decode()


@pytest.mark.django_db
def test_everybody_may_read_the_schedule_and_take_it_away() -> None:
    with CaptureQueriesContext(connection) as queries:
        page = Client().get("/retention/").content.decode()
    assert len(queries) == 1, "whether an election is near, as on every page"
    for said in ("Minutes: kept for good", "Kept for good", "6 years", "Grants: seven years"):
        assert said in page
    table = Client().get("/retention.csv").content.decode("utf-8-sig")
    rows = {row["Rule"]: row for row in csv.DictReader(io.StringIO(table))}
    assert rows["retention/undertakings"]["Counted from"] == "An undertaking is closed"
    assert "Progress updates" in rows["retention/undertakings"]["Covers"]
    assert rows["retention/minutes"]["Kept for"] == "Kept for good"
    assert "retention/schedule" not in rows


def _everybody() -> Any:
    from peelian.record.access import Command
    from peelian.record.scope import Scope

    return Scope(Command("test"))
