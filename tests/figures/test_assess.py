"""From observations to assessments: the newest known value of every period, gaps kept as gaps."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.figures.assess import assess, part_of
from peelian.figures.cells import PERIODS_BACK
from peelian.figures.models import Measure, Observation
from peelian.figures.periods import months_on
from peelian.people.models import Area
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, ROBIN, bring_to, make

pytestmark = pytest.mark.django_db

JANUARY = dt.date(2019, 1, 1)
LATER = dt.date(2020, 1, 20)


def observe(
    measure: Measure,
    area: Area,
    values: dict[dt.date, float] | Sequence[float | None],
    *,
    known: dt.date = LATER,
    step: int = 1,
    **more: Any,
) -> None:
    """Store values of successive periods from January 2019, or by their periods."""
    if isinstance(values, dict):
        listed = values
    else:
        listed = {months_on(JANUARY, step * n): v for n, v in enumerate(values) if v is not None}
    for period, value in listed.items():
        Observation.objects.create(
            measure=measure,
            area=area,
            period=period,
            known=known,
            value=value,
            **{"source": "The force"} | more,
        )


@pytest.fixture
def force(db: None) -> Area:
    return make("area", reference="west-mercia", title="West Mercia", level="force_area")


@pytest.fixture
def shropshire(force: Area) -> Area:
    return make(
        "area",
        reference="shropshire",
        title="Shropshire",
        level="local_policing_area",
        parent=force,
    )


@pytest.fixture
def burglary(db: None) -> Measure:
    return make("measure", reference="burglary", title="Burglary", polarity="lower")


def only(assessed: Any) -> Any:
    (series,) = assessed.values()
    return series


def test_of_two_vintages_the_newest_known_by_a_day_counts(burglary: Any, force: Any) -> None:
    first, second = dt.date(2019, 2, 5), dt.date(2019, 6, 1)
    observe(burglary, force, {JANUARY: 100}, known=first)
    observe(burglary, force, {JANUARY: 120}, known=second)
    by_day = {
        day: [s.values for s in assess([burglary], PUBLIC, known=day).values()]
        for day in (first - dt.timedelta(1), first, second - dt.timedelta(1), second, None)
    }
    assert list(by_day.values()) == [[], [(100,)], [(100,)], [(120,)], [(120,)]]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 8), st.integers(0, 99)),
        min_size=1,
        max_size=20,
        unique_by=lambda made: made[:2],
    )
)
def test_any_past_page_can_be_rebuilt(burglary: Any, force: Any, made: list[Any]) -> None:
    """What was loaded later never shows through: a page of a day is what that day knew."""
    Observation.objects.all().delete()
    start = dt.date(2019, 7, 1)
    for n, (month, day, value) in enumerate(made):
        known = start + dt.timedelta(day)
        observe(burglary, force, {months_on(JANUARY, month): value}, known=known, source=f"{n}")
    for day in range(9):
        told: dict[dt.date, float] = {}
        for month, known, value in sorted(made, key=lambda one: one[1]):
            if known <= day:
                told[months_on(JANUARY, month)] = value
        found = assess([burglary], PUBLIC, known=start + dt.timedelta(day))
        shown = {p: v for s in found.values() for p, v in zip(s.periods, s.values, strict=True)}
        assert {p: v for p, v in shown.items() if v is not None} == told


def test_a_month_without_a_value_is_a_gap_and_not_a_zero(burglary: Any, force: Any) -> None:
    observe(burglary, force, [100, 102, None, 98, 100])
    series = only(assess([burglary], PUBLIC))
    assert series.values == (100, 102, None, 98, 100)
    assert series.periods == tuple(months_on(JANUARY, n) for n in range(5))
    assert series.reading.count == 4
    assert series.reading.centre == pytest.approx(100)


def test_the_month_before_a_gap_is_not_taken_for_the_previous_month(
    burglary: Any, force: Any
) -> None:
    observe(burglary, force, [100, 90, None, 98])
    assert only(assess([burglary], PUBLIC)).reading.previous is None


def test_a_month_that_is_asked_for_and_missing_has_no_value(burglary: Any, force: Any) -> None:
    observe(burglary, force, [100, 102, 99])
    series = only(assess([burglary], PUBLIC, period=dt.date(2019, 5, 1)))
    assert series.periods[-1] == dt.date(2019, 5, 1)
    assert series.values[-2:] == (None, None)
    assert series.reading.value is None


def test_months_after_the_one_judged_are_not_seen(burglary: Any, force: Any) -> None:
    observe(burglary, force, [100, 102, 500])
    series = only(assess([burglary], PUBLIC, period=dt.date(2019, 2, 1)))
    assert series.values == (100, 102)


def test_quarters_follow_one_another_and_a_month_is_judged_by_its_quarter(force: Any) -> None:
    measure = make("measure", frequency="quarterly")
    observe(measure, force, [5, None, 7, 9], step=3)
    for month in (10, 11, 12):
        series = only(assess([measure], PUBLIC, period=dt.date(2019, month, 1)))
        assert series.periods == tuple(dt.date(2019, m, 1) for m in (1, 4, 7, 10))
        assert series.values == (5, None, 7, 9)
    assert only(assess([measure], PUBLIC, period=dt.date(2019, 9, 1))).values == (5, None, 7)


def test_rolling_years_stand_where_they_were_published_without_gaps_between(force: Any) -> None:
    measure = make("measure", frequency="rolling_year", unit="%")
    survey = {dt.date(2018, 7, 1): 76.0, dt.date(2018, 10, 1): 75.0, dt.date(2019, 7, 1): 74.0}
    observe(measure, force, survey)
    series = only(assess([measure], PUBLIC, period=dt.date(2019, 12, 1)))
    assert series.periods == tuple(survey)
    assert (series.reading.value, series.reading.previous) == (74, 75)
    assert only(assess([measure], PUBLIC, period=dt.date(2019, 6, 1))).values == (76, 75)


@pytest.mark.parametrize("status", ["draft", "in_review", "approved", "withdrawn"])
def test_an_area_that_is_not_public_never_appears_publicly(
    burglary: Any, force: Any, status: str
) -> None:
    hidden = make("area", title="Hidden", level="local_policing_area", status=status)
    observe(burglary, force, [100])
    observe(burglary, hidden, [999])
    assert [s.area for s in assess([burglary], PUBLIC).values()] == [force]
    office = assess([burglary], Scope(ROBIN)).values()
    assert {s.area.title for s in office} == {"West Mercia", "Hidden"}


def test_an_embargoed_area_waits(burglary: Any, force: Any) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    hidden = bring_to(make("area", status="draft"), "published", embargo_until=until)
    observe(burglary, hidden, [999])
    assert assess([burglary], PUBLIC) == {}


def test_five_queries_serve_any_number_of_measures_areas_and_vintages(force: Any) -> None:
    measures = [make("measure", frequency=f) for f in ("monthly", "quarterly", "rolling_year")]
    areas = [force, *(make("area", level="local_policing_area") for _n in range(4))]
    for measure in measures:
        for area in areas:
            for day in (1, 15):
                observe(measure, area, [9, 8, 7], step=3, known=dt.date(2020, 1, day))
    with CaptureQueriesContext(connection) as queries:
        assert len(assess(measures, PUBLIC)) == 15
    assert len(queries) == 5


def test_nothing_observed_is_nothing_found(burglary: Any) -> None:
    assert assess([burglary], PUBLIC) == {}
    assert assess([], PUBLIC) == {}


def test_a_chart_goes_back_three_years_and_what_is_older_is_left_out(
    burglary: Any, force: Any, shropshire: Any
) -> None:
    observe(burglary, force, {months_on(dt.date(2015, 1, 1), n): 50 + n % 5 for n in range(60)})
    observe(burglary, shropshire, {dt.date(2014, 1, 1): 3})
    both = assess([burglary], PUBLIC, period=dt.date(2019, 12, 1))
    assert [s.area for s in both.values()] == [force]
    assert len(only(both).periods) == PERIODS_BACK["monthly"]
    assert only(both).periods[0] == dt.date(2017, 1, 1)


@given(st.lists(st.integers(20, 80), min_size=3, max_size=30))
@settings(max_examples=15)
def test_what_is_found_of_a_series_does_not_depend_on_its_neighbours(
    burglary: Any, force: Any, shropshire: Any, values: list[int]
) -> None:
    Observation.objects.all().delete()
    observe(burglary, force, [float(v) for v in values])
    alone = only(assess([burglary], PUBLIC)).reading
    end = months_on(JANUARY, len(values) - 1)
    observe(burglary, shropshire, {months_on(end, -n): 40.0 + n % 3 for n in range(34)})
    beside = assess([burglary], PUBLIC)[burglary.pk, force.pk].reading
    for name, value in vars(alone).items():
        other = getattr(beside, name)
        same = math.isclose(value, other) if isinstance(value, float) else value == other
        assert same, name


def test_a_source_and_the_mark_of_illustration_come_from_the_values_shown(
    burglary: Any, force: Any
) -> None:
    observe(burglary, force, {JANUARY: 1}, illustrative=True, source="Made up", known=JANUARY)
    assert only(assess([burglary], PUBLIC)).illustrative
    observe(burglary, force, {JANUARY: 2}, source="The force")
    series = only(assess([burglary], PUBLIC))
    assert (series.illustrative, series.sources, series.known) == (False, ("The force",), LATER)


def test_the_force_comes_first_and_alone_is_compared_with_others(
    burglary: Any, force: Any, shropshire: Any
) -> None:
    national = make("measure", reference="burglary-national")
    observe(burglary, shropshire, [4.0, 5.0])
    observe(burglary, force, [40.0, 50.0])
    observe(national, force, [30.0, 33.0])
    others = {m.reference: m for m in (burglary, national)}
    part = part_of(burglary, assess(others.values(), PUBLIC), others)
    assert [r.area for r in part.readings] == ["West Mercia", "Shropshire"]
    assert [(c.title, c.value) for c in part.readings[0].comparators] == [("national average", 33)]
    assert part.readings[1].comparators == ()


def test_a_withdrawn_measure_compares_with_nothing(burglary: Any, force: Any) -> None:
    make("measure", reference="burglary-national", status="withdrawn", approver=CHRIS)
    observe(burglary, force, [40.0])
    part = part_of(burglary, assess([burglary], PUBLIC), {"burglary": burglary})
    assert part.readings[0].comparators == ()


@pytest.mark.parametrize(("frequency", "step", "shown"), [("monthly", 1, 36), ("quarterly", 3, 12)])
def test_three_years_are_shown_of_whatever_frequency(
    force: Any, frequency: str, step: int, shown: int
) -> None:
    measure = make("measure", frequency=frequency)
    observe(measure, force, [float(n) for n in range(60)], step=step)
    assert len(only(assess([measure], PUBLIC)).periods) == shown
    end = months_on(JANUARY, 59 * step)
    series = only(assess([measure], PUBLIC, period=end))
    assert len(series.periods) == shown
    assert None not in series.values


def test_a_survey_that_ended_years_ago_is_not_news(force: Any) -> None:
    survey = make("measure", frequency="rolling_year", unit="%")
    observe(survey, force, {dt.date(2018, 7, 1): 76.0})
    assert assess([survey], PUBLIC, period=dt.date(2019, 12, 1))
    assert not assess([survey], PUBLIC, period=dt.date(2025, 12, 1))


def test_a_yearly_measure_beside_them_brings_no_old_rolling_years_back(force: Area) -> None:
    survey = make("measure", reference="survey", unit="%", frequency="rolling_year")
    observe(survey, force, {dt.date(2011, 1, 1): 70.0, dt.date(2018, 1, 1): 75.0})
    people = make("measure", reference="population", unit="people", frequency="yearly")
    observe(people, force, {dt.date(2010, 1, 1): 1000.0})
    found = assess([survey, people], PUBLIC, period=dt.date(2019, 12, 1))
    assert found[survey.pk, force.pk].values == (75.0,)
    assert (survey.pk, force.pk) not in assess(
        [survey, people], PUBLIC, period=dt.date(2025, 12, 1)
    )


def test_a_ratio_is_out_of_the_last_population_known_and_of_no_other_month(force: Area) -> None:
    crimes, people = make("measure"), make("measure", unit="people", frequency="yearly")
    rate = make("measure", unit="offences per 1,000 people", numerator=crimes, denominator=people)
    observe(crimes, force, {dt.date(2019, m, 1): 10.0 for m in (1, 2)})
    observe(people, force, {dt.date(2018, 1, 1): 5000.0})
    assert only(assess([rate], PUBLIC, period=dt.date(2019, 2, 1))).values == (2.0, 2.0)
    stops, searches = make("measure"), make("measure")
    share = make("measure", unit="%", numerator=stops, denominator=searches)
    observe(stops, force, {dt.date(2019, m, 1): 5.0 for m in (1, 2, 3)})
    observe(searches, force, {dt.date(2019, m, 1): 10.0 for m in (1, 3)})
    assert only(assess([share], PUBLIC)).values == (50.0, None, 50.0)
