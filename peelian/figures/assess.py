"""From observations to assessments: one matrix a frequency, one call of the analysis for all.

A value is the newest known by a day, so that any past page can be rebuilt.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peelian.analysis.change import latest
from peelian.analysis.xmr import Xmr, xmr
from peelian.figures.models import Measure, Observation
from peelian.figures.readings import COMPARATORS, Comparator, Measured, Part, Reading, reading
from peelian.people.models import Area
from peelian.record.scope import Scope

STEP = {"monthly": 1, "quarterly": 3}
MONTHS_BACK = 36


@dataclass(frozen=True)
class Series:
    """A measure in an area: a value (or None) for each period, and where the newest comes from.

    `row` is its row in `chart`, which holds every series of the same frequency.
    """

    measure: Measure
    area: Area
    periods: tuple[dt.date, ...]
    values: tuple[float | None, ...]
    illustrative: bool
    sources: tuple[str, ...]
    known: dt.date
    chart: Xmr
    row: int
    reading: Reading


Assessed = dict[tuple[int, int], Series]


@dataclass(frozen=True)
class _Cell:
    value: float
    source: str
    illustrative: bool
    known: dt.date


def measured_of(measure: Measure) -> Measured:
    """Return what sentences need of a measure."""
    return Measured(
        measure.title,
        measure.unit,
        measure.decimals,
        polarity=measure.polarity,
        frequency=measure.frequency,
        standard=measure.standard,
    )


def assess(
    measures: Iterable[Measure],
    scope: Scope,
    *,
    period: dt.date | None = None,
    known: dt.date | None = None,
) -> Assessed:
    """Return the assessment of each measure in each area by their ids, in two queries.

    `period` is the month to judge (the newest there is, where None), `known` the day up to which
    values were known. A public scope sees only public areas.
    """
    measures = list(measures)
    cells = _cells(measures, period, known)
    areas = scope.see(Area.objects.filter(pk__in={area for _m, area in cells})).in_bulk()
    assessed: Assessed = {}
    by_frequency: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        by_frequency[measure.frequency].append(measure)
    for frequency, some in by_frequency.items():
        keys = [(m.pk, a) for m in some for a in areas if (m.pk, a) in cells]
        if keys:
            assessed |= _assess(frequency, keys, cells, {m.pk: m for m in some}, areas, period)
    return assessed


def _cells(
    measures: list[Measure], period: dt.date | None, known: dt.date | None
) -> dict[tuple[int, int], dict[dt.date, _Cell]]:
    """Return the newest known value of every period of the chart, by measure and area."""
    found = Observation.objects.filter(measure__in=[m.pk for m in measures])
    if period:
        found = found.filter(period__lte=period, period__gt=months_on(period, -MONTHS_BACK))
    if known:
        found = found.filter(known__lte=known)
    cells: dict[tuple[int, int], dict[dt.date, _Cell]] = defaultdict(dict)
    rows = found.order_by("known", "pk").values_list(
        "measure_id", "area_id", "period", "value", "source", "illustrative", "known"
    )
    for measure, area, when, value, source, illustrative, day in rows.iterator(chunk_size=5000):
        cells[measure, area][when] = _Cell(value, source, illustrative, day)
    return cells


def _assess(
    frequency: str,
    keys: Sequence[tuple[int, int]],
    cells: dict[tuple[int, int], dict[dt.date, _Cell]],
    measures: dict[int, Measure],
    areas: dict[int, Area],
    period: dt.date | None,
) -> Assessed:
    """Chart every series of one frequency that ends with the same period at once."""
    assessed: Assessed = {}
    ends: dict[dt.date, list[tuple[int, int]]] = defaultdict(list)
    for key in keys:
        ends[_end(frequency, cells[key], period)].append(key)
    for end, some in ends.items():
        periods = _periods(frequency, [cells[key] for key in some], end)
        matrix = [
            [cells[key][p].value if p in cells[key] else float("nan") for p in periods]
            for key in some
        ]
        chart = xmr(matrix)
        judged = latest(chart)
        for row, key in enumerate(some):
            measure, area = measures[key[0]], areas[key[1]]
            found = reading(area.title, judged, row, whole=area.level == Area.Level.FORCE_AREA)
            assessed[key] = _series(measure, area, periods, cells[key], chart, row, found)
    return assessed


def _series(
    measure: Measure,
    area: Area,
    periods: tuple[dt.date, ...],
    cells: dict[dt.date, _Cell],
    chart: Xmr,
    row: int,
    found: Reading,
) -> Series:
    present = [cells[p] for p in periods if p in cells]
    return Series(
        measure,
        area,
        periods,
        tuple(cells[p].value if p in cells else None for p in periods),
        any(cell.illustrative for cell in present),
        tuple(dict.fromkeys(cell.source for cell in present)),
        max(cell.known for cell in present),
        chart,
        row,
        found,
    )


def _end(frequency: str, cells: dict[dt.date, _Cell], period: dt.date | None) -> dt.date:
    """Return the period that is judged: the one asked for, or the newest there is."""
    newest = max(cells)
    if period is None or frequency not in STEP:
        return newest
    if frequency == "quarterly":
        return period.replace(month=period.month - (period.month - 1) % 3, day=1)
    return period.replace(day=1)


def _periods(frequency: str, many: list[dict[dt.date, _Cell]], end: dt.date) -> tuple[dt.date, ...]:
    """Return the periods of a chart, oldest first: every step of at most three years."""
    first = min(min(cells) for cells in many)
    if frequency not in STEP:
        return tuple(sorted({p for cells in many for p in cells if p <= end}))
    step, periods = STEP[frequency], [end]
    most = MONTHS_BACK // step
    while len(periods) < most and (earlier := months_on(periods[-1], -step)) >= first:
        periods.append(earlier)
    return tuple(reversed(periods))


def months_on(day: dt.date, months: int) -> dt.date:
    """Return the first of the month so many months on."""
    place = day.year * 12 + day.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def part_of(measure: Measure, assessed: Assessed, others: dict[str, Measure]) -> Part:
    """Return a measure's readings in all areas, the force's first, with what it is compared to.

    `others` are measures by reference, among them comparators such as `confidence-csew-national`.
    """
    own = [s for (pk, _area), s in assessed.items() if pk == measure.pk]
    own.sort(key=lambda s: (not s.reading.whole, s.area.sort_key))
    comparators = tuple(_comparators(measure, assessed, others))
    readings = [
        Reading(**{**vars(s.reading), "comparators": comparators if s.reading.whole else ()})
        for s in own
    ]
    return Part(measured_of(measure), readings)


def _comparators(
    measure: Measure, assessed: Assessed, others: dict[str, Measure]
) -> Iterable[Comparator]:
    for ending, title in COMPARATORS.items():
        other = others.get(measure.reference + ending)
        series = [s for (pk, _a), s in assessed.items() if other and pk == other.pk]
        if series and series[0].reading.value is not None:
            yield Comparator(str(title), series[0].reading.value)
