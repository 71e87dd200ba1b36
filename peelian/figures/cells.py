"""The newest known value of every period, as a table of cells by measure and area.

A value is the newest known by a day, so that any past page can be rebuilt.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Q

from peelian.figures.models import Measure, Observation
from peelian.figures.periods import holding, is_regular, months_on, step_on

# Three years, which most offices chart; shorter and longer periods as many as can be read.
PERIODS_BACK = {"monthly": 36, "quarterly": 12, "weekly": 104, "yearly": 15}
OLDEST = 2  # years by which a population may be older than what is counted: estimates come late

Key = tuple[int, int]


class Cell(NamedTuple):
    """A value, or what a share or rate is counted from and out of, with where it comes from."""

    value: float
    source: str
    illustrative: bool
    known: dt.date
    provisional: bool
    size: float = float("nan")


Cells = dict[Key, dict[dt.date, Cell]]


def read_cells(
    measures: Iterable[Measure],
    *,
    since: dt.date | None,
    period: dt.date | None,
    known: dt.date | None,
) -> Cells:
    """Return the newest known value of every period, by measure and area, in one query.

    A measure worked out from two others has a cell where both are there: what it counts as the
    value, what out of as the size. Periods from ``since`` up to ``period`` are read, and of sizes
    those of the years before that `size_at` may look for.
    """
    measures = list(measures)
    named = {pk for m in measures for pk in _parts(m)}
    found = Observation.objects.filter(measure__in=named)
    if since:
        recent = Q(period__gte=holding("yearly", since))
        sizes = Q(measure__in={m.denominator_id for m in measures if m.is_ratio})
        found = found.filter(recent | sizes & Q(period__gte=_years_before(since, OLDEST)))
    if period:
        found = found.filter(period__lte=period)
    if known:
        found = found.filter(known__lte=known)
    cells: Cells = defaultdict(dict)
    columns = (
        "measure_id", "area_id", "period",
        "value", "source", "illustrative", "known", "provisional",
    )  # fmt: skip
    rows = found.order_by("known", "pk").values_list(*columns)
    for measure, area, when, *cell in rows.iterator(chunk_size=5000):
        cells[measure, area][when] = Cell(*cell)
    worked_out = {
        (m.pk, area): made
        for m in measures
        if m.is_ratio
        for area, made in _ratio_cells(m, cells)
        if made
    }
    wanted = {m.pk for m in measures if not m.is_ratio}
    return {key: own for key, own in cells.items() if key[0] in wanted} | worked_out


def _parts(measure: Measure) -> tuple[int, ...]:
    """Return the measures whose observations a measure's values come from."""
    if measure.numerator_id and measure.denominator_id:
        return (measure.numerator_id, measure.denominator_id)
    return (measure.pk,)


def _ratio_cells(measure: Measure, cells: Cells) -> Iterator[tuple[int, dict[dt.date, Cell]]]:
    """Yield for each area the cells of a measure that is one other out of another."""
    counts, sizes = measure.numerator_id, measure.denominator_id
    for (pk, area), own in list(cells.items()):
        out_of = cells.get((sizes or 0, area), {})
        if pk != counts or not out_of:
            continue
        made: dict[dt.date, Cell] = {}
        for period, cell in own.items():
            when = size_at(out_of, period)
            size = out_of[when] if when else None
            if size and size.value > 0:
                made[period] = Cell(
                    cell.value,
                    "; ".join(dict.fromkeys((cell.source, size.source))),
                    cell.illustrative or size.illustrative,
                    max(cell.known, size.known),
                    cell.provisional or size.provisional,
                    size.value,
                )
        yield area, made


def size_at(sizes: Mapping[dt.date, Cell], period: dt.date) -> dt.date | None:
    """Return the period whose size a count is out of, None where there is none.

    That is the count's own; of sizes that are given by the year, such as a population, the year's,
    or the last known if it is no more than two years older.
    """
    if period in sizes:
        return period
    if any(when != holding("yearly", when) for when in sizes):
        return None
    asked = (_years_before(period, back) for back in range(OLDEST + 1))
    return next((when for when in asked if when in sizes), None)


def _years_before(day: dt.date, years: int) -> dt.date:
    return dt.date(max(day.year - years, 1), 1, 1)


def periods_back(
    frequency: str, many: list[dict[dt.date, Cell]], end: dt.date, first: dt.date | None
) -> tuple[dt.date, ...]:
    """Return the periods of a chart, oldest first: three years, or from the one asked for.

    Rolling years stand where they were published.
    """
    if not is_regular(frequency):
        return tuple(sorted({p for cells in many for p in cells if p <= end}))
    earliest = min(min(cells) for cells in many)
    begin = max(first or reach(end, frequency), earliest)
    periods = [end]
    while (earlier := step_on(frequency, periods[-1], -1)) >= begin:
        periods.append(earlier)
    return tuple(reversed(periods))


def reach(end: dt.date, frequency: str) -> dt.date:
    """Return the first period of a chart that ends with a period: three years of them."""
    if not is_regular(frequency):
        return months_on(end, 1 - PERIODS_BACK["monthly"])
    return step_on(frequency, holding(frequency, end), 1 - PERIODS_BACK[frequency])
