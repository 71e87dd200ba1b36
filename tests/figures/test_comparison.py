"""Areas beside one another: what is added up, out of what, and who is compared with whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.figures.cells import Cell, size_at
from peelian.figures.comparison import (
    Basis,
    Compared,
    Over,
    Subject,
    compare,
    judge,
    newest_whole,
    periods_of,
    subject_of,
    with_intervals,
)
from peelian.figures.models import Measure
from peelian.people.models import Area
from peelian.record.scope import PUBLIC
from tests.figures.comparing import DECEMBER, ROUNDING, a_place, areas_of, people, rate_of
from tests.figures.test_assess import JANUARY, observe
from tests.makers import make

LPA = "local_policing_area"


def compared_of(measure: Measure, areas: dict[int, Area], **more: Any) -> Compared:
    subject = subject_of(measure, PUBLIC)
    assert subject is not None
    return compare(subject, areas, **{"period": DECEMBER, "level": LPA} | more)


# ---- what a measure can be compared by ----


@pytest.mark.parametrize(
    ("unit", "basis"),
    [
        ("offences", Basis.COUNT),
        ("people", Basis.COUNT),
        ("%", Basis.VALUE),
        ("offences per 1,000 people", Basis.VALUE),
        ("minutes", Basis.VALUE),
        ("submissions outstanding", Basis.VALUE),
        ("£ million", Basis.VALUE),
    ],
)
def test_only_counts_can_be_set_beside_people(db, unit, basis):
    measure = make("measure", reference="m", unit=unit)
    assert subject_of(measure, PUBLIC).basis == basis
    people({})
    expected = Basis.RATE if basis is Basis.COUNT else Basis.VALUE
    assert subject_of(measure, PUBLIC).basis == expected


def test_the_population_is_not_set_beside_itself(db):
    assert subject_of(people({}), PUBLIC).basis == Basis.COUNT


def test_what_a_ratio_counts_and_out_of_what_is_its_own(db):
    counted, out_of = make("measure", unit="calls"), make("measure", unit="calls")
    share = make("measure", unit="%", numerator=counted, denominator=out_of)
    rate = make("measure", unit="calls per 100 calls", numerator=counted, denominator=out_of)
    assert subject_of(share, PUBLIC).basis == Basis.SHARE
    assert subject_of(rate, PUBLIC).per == 100.0


@pytest.mark.parametrize("hidden", ["numerator", "denominator"])
def test_a_ratio_of_what_is_not_public_is_not_compared(db, hidden):
    parts = {
        part: make("measure", status="draft" if part == hidden else "published")
        for part in ("numerator", "denominator")
    }
    assert subject_of(make("measure", unit="%", **parts), PUBLIC) is None


def test_a_population_that_is_not_public_is_set_beside_nothing(db):
    make("measure", status="draft", reference="population", frequency="yearly")
    assert subject_of(make("measure"), PUBLIC).basis == Basis.COUNT


# ---- adding up ----


def test_a_month_is_given_for_a_thousand_people(db):
    areas = areas_of(3)
    people(areas)
    found = compared_of(rate_of(areas, [20, 40, 60]), areas)
    assert [place.value for place in found.places] == [0.2, 0.4, 0.6]
    assert found.average == pytest.approx(0.4)
    assert found.subject.unit == "offences per 1,000 people"
    assert found.places[0].lower < 0.2 < found.places[0].upper


def test_a_year_adds_up_counts_over_the_mean_of_its_populations(db):
    areas = areas_of(3)
    measure = rate_of(areas, [10] * 3)
    for n, area in enumerate(areas.values()):
        observe(measure, area, {dt.date(2018, 7 + m, 1): 10.0 for m in range(6)})
        if n == 0:
            measured = people({}, reference="population")
        observe(measured, area, {JANUARY: 120_000.0, dt.date(2018, 1, 1): 80_000.0})
    june = compared_of(measure, areas, period=dt.date(2019, 6, 1), over=Over.YEAR)
    assert [(p.count, p.size) for p in june.places] == [(120.0, 100_000.0)] * 3
    assert june.places[0].size_of == dt.date(2018, 1, 1)


def test_an_area_that_lacks_a_month_is_left_out_of_the_year_and_said(db):
    areas = areas_of(4)
    people(areas)
    measure = rate_of(areas, [10] * 4, but={"a2": 4})
    found = compared_of(measure, areas, over=Over.YEAR)
    assert [p.area.reference for p in found.places] == ["a0", "a1", "a3"]
    assert [(o.area.reference, o.why) for o in found.left_out] == [
        ("a2", "figures for 11 of 12 periods only")
    ]


@pytest.mark.parametrize(
    ("count", "size", "why"),
    [
        (None, 1000.0, "no figure for this time"),
        (5.0, None, "no figure of “Population” for this time"),
        (5.0, 0.0, "the number it is out of is not above 0"),
        (-1.0, 1000.0, "its figure is no count: not a whole number, or below 0"),
        (2.5, 1000.0, "its figure is no count: not a whole number, or below 0"),
    ],
)
def test_an_area_without_a_usable_figure_is_named_and_never_a_zero(db, count, size, why):
    areas = areas_of(4)
    population = people(dict(list(areas.items())[:3]))
    measure = rate_of(dict(list(areas.items())[:3]), [100, 100, 100])
    odd = list(areas.values())[3]
    if count is not None:
        observe(measure, odd, {DECEMBER: count})
    if size is not None:
        observe(population, odd, {JANUARY: size})
    found = compared_of(measure, areas)
    assert [(o.area, o.why) for o in found.left_out] == [(odd, why)]
    assert found.average == pytest.approx(1.0)
    assert len(found.places) == 3


def test_no_more_can_be_counted_than_there_is_to_count_out_of(db):
    areas = areas_of(3)
    counted, out_of = make("measure", unit="calls"), make("measure", unit="calls")
    share = make("measure", unit="%", numerator=counted, denominator=out_of)
    for area, (count, size) in zip(areas.values(), [(5, 10), (6, 10), (11, 10)], strict=True):
        observe(counted, area, {DECEMBER: count})
        observe(out_of, area, {DECEMBER: size})
    found = compared_of(share, areas)
    assert [p.value for p in found.places] == [50.0, 60.0]
    assert found.left_out[0].why == "more is counted than there is to count out of"


# ---- who is compared ----


def test_two_areas_have_an_average_and_no_limits(db):
    areas = areas_of(2)
    people(areas)
    found = compared_of(rate_of(areas, [20, 40]), areas)
    assert found.average == pytest.approx(0.3)
    assert found.funnel is None
    assert {p.beyond for p in found.places} == {0}


def test_areas_of_another_level_are_not_in_the_average(db):
    areas = areas_of(3)
    force = make("area", reference="force", level="force_area")
    everywhere = areas | {force.pk: force}
    people(everywhere)
    measure = rate_of(everywhere, [20, 40, 60, 900])
    found = compared_of(measure, everywhere)
    assert found.average == pytest.approx(0.4)
    assert found.everywhere[force.pk].value == pytest.approx(9.0)
    assert compared_of(measure, everywhere, level="force_area").average == pytest.approx(9.0)


def test_the_newest_period_that_most_areas_have_is_the_usual_one():
    day = [dt.date(2019, m, 1) for m in (3, 2, 1)]
    there = {day[0]: {1, 9}, day[1]: {1, 2, 3}, day[2]: {1, 2, 3, 4}}
    assert newest_whole(there, {1, 2, 3}, 12) == day[1]
    assert newest_whole(there, {1, 2, 3, 4}, 2) == day[1]
    assert newest_whole(there, {9}, 12) == day[0]


def test_periods_are_those_of_areas_that_may_be_seen(db):
    areas = areas_of(1)
    hidden = make("area", status="draft", level=LPA)
    measure = make("measure")
    observe(measure, areas[next(iter(areas))], {JANUARY: 1.0})
    observe(measure, hidden, {DECEMBER: 1.0})
    assert list(periods_of(subject_of(measure, PUBLIC), areas)) == [JANUARY]


# ---- sizes given by the year ----


def cells_at(*days: dt.date) -> dict[dt.date, Cell]:
    return {day: Cell(1.0, "", False, day, False) for day in days}


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([dt.date(2019, 1, 1)], dt.date(2019, 1, 1)),
        ([dt.date(2017, 1, 1), dt.date(2018, 1, 1)], dt.date(2018, 1, 1)),
        ([dt.date(2016, 1, 1)], None),
        ([dt.date(2020, 1, 1)], None),
        ([dt.date(2019, 1, 1), dt.date(2019, 5, 1)], dt.date(2019, 5, 1)),
        ([dt.date(2019, 1, 1), dt.date(2019, 4, 1)], None),
    ],
)
def test_a_count_is_out_of_its_own_period_or_of_the_year(sizes, expected):
    assert size_at(cells_at(*sizes), dt.date(2019, 5, 1)) == expected


# ---- whatever the figures ----

figures = st.lists(
    st.tuples(st.integers(0, 400), st.integers(500, 90_000)), min_size=3, max_size=20
)


def judged(rows: list[tuple[int, int]]) -> Compared:
    measure = Measure(pk=1, unit="offences", frequency="monthly", polarity="lower")
    subject = Subject(measure, measure, measure, Basis.RATE)
    places = with_intervals(subject, [a_place(n, *row) for n, row in enumerate(rows)])
    return judge(
        Compared(
            subject, DECEMBER, Over.PERIOD, LPA, tuple(places), (), {p.area.pk: p for p in places}
        )
    )


def told(compared: Compared) -> dict[int, Any]:
    return {
        p.area.pk: (p.value, p.beyond, *(round(x, 9) for x in (*p.limits, p.lower, p.upper)))
        for p in compared.places
    }


@settings(max_examples=20)
@given(figures, st.randoms())
def test_the_order_of_areas_does_not_matter(rows, draw):
    plain = judged(rows)
    order = list(range(len(rows)))
    draw.shuffle(order)
    other = judged([rows[n] for n in order])
    by_place = told(other)
    assert {n: by_place[order.index(n)] for n in range(len(rows))} == told(plain)
    assert other.expected == pytest.approx(plain.expected)


@settings(max_examples=20)
@given(figures.filter(lambda rows: len(rows) > 3))
def test_without_an_area_the_others_keep_their_figures_and_intervals(rows):
    every, fewer = judged(rows), judged(rows[:-1])
    for before, after in zip(every.places, fewer.places, strict=False):
        assert (before.value, before.lower, before.upper) == (after.value, after.lower, after.upper)
    counts, sizes = (sum(row[part] for row in rows[:-1]) for part in (0, 1))
    assert fewer.average == pytest.approx(1000 * counts / sizes)


@settings(max_examples=20)
@given(figures)
def test_what_lies_beyond_the_outer_limits_lies_beyond_the_inner_ones(rows):
    for place in judged(rows).places:
        lower, upper, far_lower, far_upper = place.limits
        assert place.beyond == (place.value > upper) + (place.value > far_upper) - (
            place.value < lower
        ) - (place.value < far_lower)
        assert far_lower <= lower + ROUNDING
        assert upper <= far_upper + ROUNDING
