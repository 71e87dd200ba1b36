"""Figures that contradict one another, claims that do, and figures without a source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from peelian.checks import findings as checks
from peelian.checks.findings import Finding
from peelian.figures.checks import period_printed
from peelian.figures.models import Observation
from peelian.record.scope import PUBLIC
from tests.makers import make, make_all
from tests.worked_example import Example, standing_on

DAY = dt.date(2020, 2, 5)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "west-mercia-2020"


def found(name: str) -> list[Finding]:
    return checks.run(PUBLIC, DAY, only=[name])


def quote(*figures: dict[str, Any], **measure: Any) -> list[Any]:
    """Return quoted figures of one measure and area, all with a source and a date."""
    made = make("measure", title="Confidence", unit="%", **measure)
    area = make("area", title="West Mercia")
    settled = {"measure": made, "area": area, "source": "Survey", "as_at": "2019-12-31"}
    places = [{"stated_in": f"Page {n}"} for n in range(1, len(figures) + 1)]
    rows = [settled | place | figure for place, figure in zip(places, figures, strict=True)]
    return make_all("quoted-figure", *({"reference": f"F{n}", **row} for n, row in enumerate(rows)))


# ---- two values ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("figures", "said"),
    [
        # one period, two values
        (
            [{"period": "2019-10", "value": 75}, {"period": "2019-10", "value": 86}],
            "75% (Page 1; 2019-10); 86% (Page 2; 2019-10)",
        ),
        # a period missing: nobody can tell them apart
        (
            [{"value": 85}, {"period": "2019/20-Q2", "value": 80}],
            "85% (Page 1; no period); 80% (Page 2; 2019/20-Q2)",
        ),
        ([{"value": 85}, {"value": 80}], "85% (Page 1; no period); 80% (Page 2; no period)"),
        # different periods, the same value, or the same value rounded
        ([{"period": "2019-10", "value": 75}, {"period": "2019-11", "value": 86}], None),
        ([{"value": 85}, {"period": "2018/19", "value": 85}], None),
        ([{"period": "2019-10", "value": 73.6}, {"period": "2019-10", "value": 74}], None),
        ([{"period": "2019-10", "value": 0}, {"period": "2019-10", "value": 0.0}], None),
        # the comparator's own value is not the area's
        (
            [
                {"period": "2019-10", "value": 77},
                {"period": "2019-10", "value": 74, "area": None, "comparator": "national average"},
            ],
            None,
        ),
        # a claim without a value
        ([{"period": "2019-10", "value": 75}, {"claim": "stable"}], None),
        ([], None),
    ],
)
def test_two_values_conflict_where_nothing_says_they_are_of_different_periods(
    figures: list[dict[str, Any]], said: str | None
) -> None:
    quote(*figures)
    assert [f.found for f in found("conflicting-figure")] == ([said] if said else [])


@pytest.mark.django_db
def test_figures_of_two_areas_or_two_measures_do_not_conflict() -> None:
    first, second = quote({"period": "2019-10", "value": 75}, {"period": "2019-10", "value": 75})
    values = {"source": "x", "period": "2019-10", "value": 60}
    make_all(
        "quoted-figure",
        {"reference": "X1", "measure": first.measure, "area": make("area"), **values},
        {"reference": "X2", "measure": make("measure"), "area": second.area, **values},
    )
    assert found("conflicting-figure") == []


def observe(figure: Any, day: str, value: float, known: str, **more: Any) -> None:
    Observation.objects.create(
        measure_id=figure.measure_id,
        area_id=figure.area_id,
        period=day,
        known=known,
        value=value,
        source="The force",
        **more,
    )


@pytest.mark.django_db
def test_a_quoted_figure_is_held_against_the_newest_observation() -> None:
    [figure] = quote({"period": "2019-12", "value": 88})
    observe(figure, "2019-12-01", 91, "2020-01-02")
    [one] = found("conflicting-figure")
    assert one.found == "88% (Page 1; 2019-12); 91% (The force; 2019-12)"
    observe(figure, "2019-12-01", 88, "2020-01-20")
    assert found("conflicting-figure") == []
    observe(figure, "2019-12-01", 70, "2020-03-01")  # not known yet
    observe(figure, "2019-11-01", 60, "2020-01-20")
    assert found("conflicting-figure") == []


@pytest.mark.django_db
def test_illustrative_observations_prove_nothing() -> None:
    [figure] = quote({"period": "2019-12", "value": 88})
    observe(figure, "2019-12-01", 91, "2020-01-02", illustrative=True)
    assert found("conflicting-figure") == []


@pytest.mark.parametrize(
    ("day", "frequency", "expected"),
    [
        ("2019-12-01", "monthly", "2019-12"),
        ("2019-07-01", "quarterly", "2019/20-Q2"),
        ("2020-01-01", "quarterly", "2019/20-Q4"),
        ("2019-04-01", "quarterly", "2019/20-Q1"),
        ("1999-10-01", "quarterly", "1999/00-Q3"),
        ("2018-07-01", "rolling_year", "12 months to 2019-06"),
        ("2019-01-01", "rolling_year", "12 months to 2019-12"),
    ],
)
def test_a_period_is_named_as_quoted_figures_name_it(
    day: str, frequency: str, expected: str
) -> None:
    assert period_printed(dt.date.fromisoformat(day), frequency) == expected


# ---- opposite claims ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("figures", "opposed"),
    [
        (
            [
                {"claim": "above", "comparator": "standard", "period": "2019-12"},
                {"claim": "below", "comparator": "standard", "period": "2019-12"},
            ],
            True,
        ),
        (
            [
                {"claim": "above", "comparator": "national average", "period": "2019-12"},
                {"claim": "below", "comparator": "national average"},
            ],
            True,
        ),
        (
            [
                {"claim": "increase", "comparator": "previous period", "period": "2019-12"},
                {"claim": "decrease", "comparator": "previous period", "period": "2019-12"},
            ],
            True,
        ),
        (
            [
                {"claim": "increase", "comparator": "previous period", "period": "2019-11"},
                {"claim": "decrease", "comparator": "previous period", "period": "2019-12"},
            ],
            False,
        ),
        (
            [
                {"claim": "above", "comparator": "national average"},
                {"claim": "below", "comparator": "most similar group"},
            ],
            False,
        ),
        ([{"claim": "above", "comparator": "x"}, {"claim": "above", "comparator": "x"}], False),
        # what the values say
        ([{"claim": "above", "comparator": "standard", "period": "2019-12", "value": 88}], True),
        ([{"claim": "below", "comparator": "standard", "period": "2019-12", "value": 88}], False),
        (
            [
                {"claim": "above", "comparator": "standard", "period": "2019-12"},
                {"period": "2019-12", "value": 88},
            ],
            True,
        ),
        (
            [
                {"claim": "above", "comparator": "standard", "period": "2019-12"},
                {"period": "2019-11", "value": 88},
            ],
            False,
        ),
        (
            [
                {"claim": "above", "comparator": "national average", "period": "x", "value": 70},
                {"comparator": "national average", "period": "x", "value": 74, "area": None},
            ],
            True,
        ),
    ],
)
def test_claims_are_opposed_where_both_cannot_be_true(
    figures: list[dict[str, Any]], opposed: bool
) -> None:
    [first, *_others] = quote(*figures)
    make("standard", parent=first.measure, standard_is="at_least", value=90)
    assert bool(found("opposite-claims")) is opposed


# ---- no source ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("figure", "lacks", "severity"),
    [
        ({"source": "", "period": "2019-12"}, "source", "error"),
        ({}, "period", "warning"),
        ({"period": "2019-12", "as_at": None}, "as-at date", "warning"),
        ({"source": "", "as_at": None}, "source or period or as-at date", "error"),
    ],
)
def test_a_figure_says_where_it_comes_from_what_for_and_as_at_when(
    figure: dict[str, Any], lacks: str, severity: str
) -> None:
    quote({"value": 464597} | figure)
    [one] = found("unsourced-figure")
    assert one.found == f"“464,597%” has no {lacks}."
    assert one.severity == severity


@pytest.mark.django_db
def test_a_figure_with_all_of_them_is_not_told() -> None:
    quote({"value": 85, "period": "2019-12"})
    assert found("unsourced-figure") == []


# ---- the worked example ----


@pytest.fixture(scope="module")
def example(_example_database: Example, django_db_blocker: Any) -> dict[str, list[Finding]]:
    """What the checks of figures find on the worked example, by check."""
    only = ("conflicting-figure", "opposite-claims", "unsourced-figure")
    day = dt.date(2020, 1, 28)
    with django_db_blocker.unblock(), standing_on(_example_database):
        return {name: checks.run(PUBLIC, day, only=[name]) for name in only}


def test_example_conflicting_figures_are_found(example: dict[str, list[Finding]]) -> None:
    titles = {f.where for f in example["conflicting-figure"]}
    assert titles == {
        "Confidence in West Mercia Police: local survey, West Mercia",
        "Rape conviction rate, West Mercia",
        "999 calls answered in 10 seconds, West Mercia",
        "Complaints recorded in 10 days, West Mercia",
    }
    rape = next(f.found for f in example["conflicting-figure"] if "Rape" in f.where)
    assert rape.startswith("75%")
    assert "86%" in rape
    assert "70%" not in rape  # the national average's own figure


def test_example_opposite_claims_are_found(example: dict[str, list[Finding]]) -> None:
    said = {f.where.split(",")[0]: f.found for f in example["opposite-claims"]}
    assert said.keys() == {"Overall confidence in the police", "999 calls answered in 10 seconds"}
    assert said["Overall confidence in the police"].startswith("Against the national average")
    assert said["999 calls answered in 10 seconds"].startswith("Against the standard")


def test_example_unsourced_figures_are_found(example: dict[str, list[Finding]]) -> None:
    errors = [f for f in example["unsourced-figure"] if f.severity == "error"]
    assert 0 < len(errors) < len(example["unsourced-figure"]) < 24
