"""Findings about returns: told before anybody draws a chart, and silent on good figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.checks import findings
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.scope import PUBLIC
from tests.figures.test_assess import JANUARY, observe
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db
STEADY = [90.0, 110.0, 95.0, 104.0, 99.0, 107.0] * 4
DAY = dt.date(2021, 2, 10)


@pytest.fixture
def force(db: None) -> Area:
    return make("area", reference="force", title="The force", level="force_area")


def found(*names: str, scope: Any = PUBLIC, day: dt.date = DAY) -> list[Any]:
    return findings.run(scope, day, only=names)


@pytest.mark.parametrize(
    ("last", "unit", "severity", "said"),
    [
        (-3.0, "offences", "error", "-3 in December 2020: it cannot be below nothing."),
        (99.5, "offences", "error", "99.5 in December 2020: a count is a whole number."),
        (0.0, "offences", "warning", "Nothing in December 2020, after 90 to 110"),
        (9900.0, "offences", "warning", "9,900 in December 2020, where all others are 90 to 110"),
        (104.0, "%", "error", "104 in December 2020: it cannot be more than all."),
    ],
)
def test_an_odd_value_is_told_with_its_place_and_what_would_be_credible(
    force: Area, last: float, unit: str, severity: str, said: str
) -> None:
    values = [v / 1.2 for v in STEADY] if unit == "%" else STEADY
    observe(make("measure", title="Robbery", unit=unit), force, [*values[:-1], last])
    [one] = found("odd-value")
    assert (one.severity, one.where) == (severity, "Robbery, The force")
    assert one.found.startswith(said)


def test_a_correction_ends_the_finding_and_what_is_not_known_yet_is_not_judged(force: Area) -> None:
    robbery = make("measure", title="Robbery")
    observe(robbery, force, [*STEADY[:-1], -3.0])
    observe(robbery, force, {dt.date(2020, 12, 1): 98.0}, known=dt.date(2021, 2, 1))
    assert found("odd-value") == []
    assert len(found("odd-value", day=dt.date(2021, 1, 25))) == 1


def test_good_figures_of_every_sort_are_not_suspected(force: Area) -> None:
    for unit, frequency in (("offences", "monthly"), ("%", "monthly"), ("minutes", "quarterly")):
        measure = make("measure", unit=unit, frequency=frequency)
        values = STEADY if unit == "offences" else [v / 2 for v in STEADY]
        observe(measure, force, values, step=3 if frequency == "quarterly" else 1)
    assert found("odd-value", "unequal-total", "two-sources") == []


def test_a_total_is_held_against_its_areas_where_all_of_them_are_there(force: Area) -> None:
    robbery = make("measure", title="Robbery")
    parts = [make("area", parent=force, level="local_policing_area") for _n in range(2)]
    observe(robbery, force, [30.0, 31.0, 99.0])
    observe(robbery, parts[0], [10.0, 11.0, 12.0])
    observe(robbery, parts[1], [20.0, 22.0])
    [one] = found("unequal-total")
    assert one.found == ("31 in February 2019, but its areas add up to 33 (1 periods differ).")
    operations.withdraw(parts[1], by=CHRIS, why="Wrong")
    assert found("unequal-total") == []


def test_a_measure_is_late_when_its_next_period_should_have_come(force: Area) -> None:
    robbery = make("measure", title="Robbery", lag=20)
    observe(robbery, force, [5.0, 6.0])
    march = dt.date(2019, 3, 31)
    assert found("late-return", day=march + dt.timedelta(20)) == []
    [one] = found("late-return", day=march + dt.timedelta(21))
    assert one.found == "The next figures were expected by 20 April 2019."
    make("measure", title="Never had a figure", lag=5)
    make("measure", title="Expected on no day")
    assert len(found("late-return")) == 1


def test_two_sources_are_shown_together_and_never_averaged(force: Area) -> None:
    robbery = make("measure", title="Robbery")
    observe(robbery, force, {JANUARY: 100.0}, source="The force")
    observe(robbery, force, {JANUARY: 93.0}, source="Home Office")
    [one] = found("two-sources")
    assert one.found == "January 2019: 100 (The force); 93 (Home Office)"
    observe(robbery, force, {JANUARY: 100.0}, source="Home Office", known=dt.date(2021, 1, 1))
    assert found("two-sources") == []


def test_nothing_is_said_publicly_of_what_is_not_public(force: Area) -> None:
    hidden = make("measure", title="Secret", status="draft", lag=1)
    observe(hidden, force, [*STEADY[:-1], -3.0])
    assert found("odd-value", "unequal-total", "late-return", "two-sources") == []


def test_more_measures_ask_the_database_no_more(force: Area) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            found("odd-value", "unequal-total", "late-return", "two-sources")
        return len(queries)

    observe(make("measure"), force, STEADY)
    few = asked()
    for _n in range(5):
        observe(make("measure"), force, STEADY)
    assert asked() == few <= 10


def test_a_return_that_was_sent_again_is_told_once_for_all_its_series(force: Area) -> None:
    robbery = make("measure", title="Robbery")
    parts = [make("area", parent=force, level="local_policing_area") for _n in range(6)]
    for shift, part in enumerate(parts):
        values = [*STEADY[shift:], *STEADY[:shift]]
        observe(robbery, part, [*values, values[-1]], source="Force return")
    day = dt.date(2021, 3, 10)
    [one] = found("repeated-return", day=day)
    assert (one.where, one.record) == ("Force return", robbery)
    assert one.found == "6 of 6 series have in January 2021 the value of December 2020."
    assert found("repeated-return", day=dt.date(2020, 12, 31)) == []
    for part in parts:
        observe(robbery, part, {dt.date(2021, 1, 1): 97.0}, known=dt.date(2021, 3, 1))
    assert found("repeated-return", day=day) == []
