"""Areas with figures and populations, for tests of what is compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from peelian.figures.comparison import Place
from peelian.figures.models import Measure, Observation
from peelian.people.models import Area
from tests.figures.test_assess import JANUARY, LATER
from tests.makers import make_all

DECEMBER = dt.date(2019, 12, 1)
ROUNDING = 1e-9  # what rounding may do


def areas_of(many: int, *, prefix: str = "a") -> dict[int, Area]:
    """Return public local policing areas a0, a1, ... by id."""
    rows = [
        {"reference": f"{prefix}{n}", "title": f"Area {n}", "level": "local_policing_area"}
        for n in range(many)
    ]
    return {area.pk: area for area in make_all("area", *rows)}


def people(areas: Mapping[int, Area], *, reference: str = "population") -> Measure:
    """Return the population, of 100,000 in each of the areas in 2019."""
    values = {"reference": reference, "title": "Population"}
    made = _measure(**values, unit="people", frequency="yearly")
    _keep(made, {area: {JANUARY: 100_000.0} for area in areas.values()})
    return made


def rate_of(
    areas: Mapping[int, Area], counts: Sequence[float], *, but: Mapping[str, int] | None = None
) -> Measure:
    """Return a measure with the same count in each month of 2019; `but` names a month to leave."""
    made = _measure(reference="robbery", title="Robbery", polarity="lower")
    months = {m: dt.date(2019, m, 1) for m in range(1, 13)}
    left = but or {}
    _keep(
        made,
        {
            area: {day: count for m, day in months.items() if m != left.get(area.reference)}
            for area, count in zip(areas.values(), counts, strict=True)
        },
    )
    return made


def _measure(**values: str) -> Measure:
    made: Measure = make_all("measure", values)[0]
    return made


def _keep(measure: Measure, figures: Mapping[Area, Mapping[dt.date, float]]) -> None:
    Observation.objects.bulk_create(
        Observation(
            measure=measure, area=area, period=day, value=value, known=LATER, source="The force"
        )
        for area, own in figures.items()
        for day, value in own.items()
    )


def a_place(number: int, count: float, size: float) -> Place:
    """Return an area's figure that rests on no database."""
    area = Area(pk=number, reference=f"a{number}", title=f"A{number}", sort_key=f"a{number:03}")
    return Place(
        area, 1000 * count / size, count, size, JANUARY, False, False, DECEMBER, ("The force",)
    )
