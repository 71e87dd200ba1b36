"""From observations to assessments: one matrix for all series that are charted alike.

The statistics are those of `peelian.analysis`; here is only what is asked of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from peelian.analysis import PROFILES, Analysis, Chart, analyse, assurance
from peelian.analysis.change import Latest, latest
from peelian.figures.cells import Cell, Cells, Key, periods_back, reach, read_cells
from peelian.figures.charting import Charting, Chartings, read_chartings
from peelian.figures.models import Measure, Standard
from peelian.figures.periods import MONTHS_IN, holding, is_regular
from peelian.figures.readings import COMPARATORS, Comparator, Measured, Part, Reading, reading
from peelian.people.models import Area
from peelian.record.scope import Scope

_PER = re.compile(r"\bper ([0-9][0-9,]*)")


@dataclass(frozen=True)
class Series:
    """A measure in an area: a value (or None) for each period, and where the newest comes from.

    `row` is its row in `analysis`, which holds every series that is charted alike.
    """

    measure: Measure
    area: Area
    periods: tuple[dt.date, ...]
    values: tuple[float | None, ...]
    illustrative: bool
    provisional: frozenset[dt.date]
    sources: tuple[str, ...]
    known: dt.date
    analysis: Analysis
    row: int
    reading: Reading
    charting: Charting
    standard: Standard | None
    assured: int | None

    @property
    def chart(self) -> Chart:
        """Return the chart that holds this series in its row."""
        return self.analysis.chart


Assessed = dict[Key, Series]


@dataclass(frozen=True)
class _Alike:
    """What series must share to stand in one matrix."""

    frequency: str
    end: dt.date
    chart: str
    rules: str
    seasonal: bool
    first: dt.date | None
    scale: float | None


def measured_of(measure: Measure, standard: Standard | None = None) -> Measured:
    """Return what sentences need of a measure."""
    return Measured(
        measure.title,
        measure.unit,
        measure.decimals,
        polarity=measure.polarity,
        frequency=measure.frequency,
        standard=standard.value if standard else None,
    )


def assess(
    measures: Iterable[Measure],
    scope: Scope,
    *,
    period: dt.date | None = None,
    known: dt.date | None = None,
    decided: Chartings | None = None,
) -> Assessed:
    """Return the assessment of each measure in each area by their ids, in five queries.

    `period` is the month to judge (the newest there is, where None), `known` the day up to which
    values were known. `decided` is how to chart them, as published where None. A public scope sees
    only public areas.
    """
    by_id = {m.pk: m for m in measures}
    chartings = read_chartings(by_id) if decided is None else decided
    cells = read_cells(
        by_id.values(), since=_since(by_id.values(), chartings, period), period=period, known=known
    )
    if period is not None:
        reached = {k: _reached(by_id[k[0]], own, chartings, period) for k, own in cells.items()}
        cells = {key: own for key, own in reached.items() if own}
    areas = scope.see(Area.objects.filter(pk__in={area for _m, area in cells})).in_bulk()
    alike: dict[_Alike, list[Key]] = defaultdict(list)
    for measure in by_id.values():
        for area in areas:
            if own := cells.get((measure.pk, area)):
                charting = chartings.of(measure.pk, area)
                alike[_alike(measure, charting, own, period)].append((measure.pk, area))
    assessed: Assessed = {}
    for same, keys in alike.items():
        assessed |= _assess(same, keys, cells, by_id, areas, chartings)
    return assessed


def _since(
    measures: Iterable[Measure], chartings: Chartings, period: dt.date | None
) -> dt.date | None:
    """Return the first day that any of the charts reaches back to, None where it is not known."""
    if period is None:
        return None
    asked = [s.first for some in chartings.settings.values() for s in some if s.first]
    return min([*(reach(period, m.frequency) for m in measures), *asked], default=None)


def _reached(
    measure: Measure, cells: dict[dt.date, Cell], chartings: Chartings, period: dt.date
) -> dict[dt.date, Cell]:
    """Return the cells of rolling years that a chart to a period reaches back to; all of others.

    Rolling years overlap, so that nothing counts them back as it does the periods of others; and
    what is read reaches as far as the measure that needs most.
    """
    if is_regular(measure.frequency):
        return cells
    since = _since([measure], chartings, period)
    return {p: cell for p, cell in cells.items() if since is None or p >= holding("yearly", since)}


def _alike(
    measure: Measure, charting: Charting, cells: dict[dt.date, Cell], period: dt.date | None
) -> _Alike:
    return _Alike(
        measure.frequency,
        _end(measure.frequency, cells, period),
        charting.chart,
        charting.rules,
        charting.seasonal and measure.frequency == "monthly",
        charting.first,
        scale_of(measure.unit) if measure.is_ratio else None,
    )


def scale_of(unit: str) -> float:
    """Return what a share or rate is printed times: 100 for %, 1000 for `per 1,000 people`."""
    if unit.startswith("%"):
        return 100.0
    per = _PER.search(unit)
    return float(per[1].replace(",", "")) if per else 1.0


def _assess(
    same: _Alike,
    keys: Sequence[Key],
    cells: Cells,
    measures: dict[int, Measure],
    areas: dict[int, Area],
    chartings: Chartings,
) -> Assessed:
    """Return the series of one matrix, assessed in one call."""
    periods = periods_back(same.frequency, [cells[key] for key in keys], same.end, same.first)
    values = _matrix(keys, cells, periods, "value")
    decided = [chartings.of(*key) for key in keys]
    found = analyse(
        values,
        sizes=None if same.scale is None else _matrix(keys, cells, periods, "size"),
        first_month=periods[0].month,
        starts=_starts(decided, periods),
        baseline=_baselines(decided, periods),
        rules=PROFILES[same.rules],
        chart=_chart(same),
        seasonal="auto" if same.seasonal else "never",
        rebase=is_regular(same.frequency),
    )
    if same.scale is not None:
        found = scaled(found, same.scale)
    judged = latest(found.chart)
    standards = [chartings.standard(m, same.end) for m, _area in keys]
    assured = _assured(found.chart, standards)
    return {
        key: _series(
            (measures[key[0]], areas[key[1]]),
            periods,
            cells[key],
            (found, row),
            replace(_told(areas[key[1]], judged, row), **_more(found, row, periods)),
            (decided[row], standards[row], assured[row]),
        )
        for row, key in enumerate(keys)
    }


def _told(area: Area, judged: Latest, row: int) -> Reading:
    return reading(area.title, judged, row, whole=area.level == Area.Level.FORCE_AREA)


def _series(
    of: tuple[Measure, Area],
    periods: tuple[dt.date, ...],
    cells: dict[dt.date, Cell],
    place: tuple[Analysis, int],
    told: Reading,
    held: tuple[Charting, Standard | None, int | None],
) -> Series:
    (measure, area), (found, row), (charting, standard, assured) = of, place, held
    present = [cells[p] for p in periods if p in cells]
    shown = found.chart.values[row].tolist()
    return Series(
        measure,
        area,
        periods,
        tuple(None if v != v else v for v in shown),
        any(cell.illustrative for cell in present),
        frozenset(p for p in periods if p in cells and cells[p].provisional),
        tuple(dict.fromkeys(cell.source for cell in present)),
        max((cell.known for cell in present), default=periods[-1]),
        found,
        row,
        told,
        charting,
        standard,
        assured,
    )


def _chart(same: _Alike) -> str:
    """Return which chart to ask for: shares and rates know theirs."""
    if not is_regular(same.frequency):
        return "xmr"
    if same.scale is not None and same.chart == "auto":
        return "p" if same.scale == 100.0 else "u"
    return same.chart


def _more(found: Analysis, row: int, periods: tuple[dt.date, ...]) -> dict[str, Any]:
    """Return what a reading holds beside the latest month: how its limits were made."""
    phase = found.chart.phase[row]
    begin = int(np.argmax(phase == phase[-1])) if phase[-1] else None
    chance = float(found.chance[row])
    return {
        "method": str(found.method[row]),
        "seasonal": bool(found.seasonal[row]),
        "widened": bool(found.widened[row]),
        "since": None if begin is None else periods[begin].isoformat(),
        "chance": None if np.isnan(chance) else chance,
        "expected": float(np.nan_to_num(found.expected[row])),
    }


def _matrix(
    keys: Sequence[Key], cells: Cells, periods: Sequence[dt.date], part: str
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return one part of the cells as a matrix, series by periods; NaN where there is none."""
    place = {period: column for column, period in enumerate(periods)}
    table = np.full((len(keys), len(periods)), np.nan)
    for row, key in enumerate(keys):
        for period, cell in cells[key].items():
            if (column := place.get(period)) is not None:
                table[row, column] = getattr(cell, part)
    return table


def _starts(
    decided: Sequence[Charting], periods: Sequence[dt.date]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return where phases begin: at the first period that begins on or after the day decided."""
    table = np.zeros((len(decided), len(periods)), dtype=np.bool_)
    for row, charting in enumerate(decided):
        for day in charting.starts:
            if periods[0] < day <= periods[-1]:
                table[row, next(c for c, p in enumerate(periods) if p >= day)] = True
    return table


def _baselines(
    decided: Sequence[Charting], periods: Sequence[dt.date]
) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    """Return which periods make the limits of each series, None where nobody fixed a baseline."""
    if not any(charting.baseline for charting in decided):
        return None
    spans = [charting.baseline or (dt.date.min, dt.date.max) for charting in decided]
    return np.array([[first <= p <= last for p in periods] for first, last in spans])


def _assured(chart: Chart, standards: Sequence[Standard | None]) -> list[int | None]:
    """Return for each series whether its standard is sure to be met (1), missed (-1), neither."""
    if not any(standards):
        return [None] * len(standards)
    target = np.array([s.value if s else np.nan for s in standards])
    upward = Standard.StandardIs.AT_LEAST
    at_least = np.array([s is not None and s.standard_is == upward for s in standards])
    sure = assurance(chart, target, at_least=at_least)
    shown = chart.enough[:, -1]
    return [int(sure[row]) if held and shown[row] else None for row, held in enumerate(standards)]


def scaled(found: Analysis, factor: float) -> Analysis:
    """Return an analysis in the unit that is printed: shares as per cent, rates per thousand."""
    chart = found.chart
    parts = ("values", "centre", "lower", "upper", "sigma", "mean_range", "range_limit")
    bigger = replace(chart, **{part: getattr(chart, part) * factor for part in parts})
    steps = found.steps
    if steps is not None:
        steps = replace(steps, before=steps.before * factor, after=steps.after * factor)
    return replace(found, chart=bigger, adjusted=found.adjusted * factor, steps=steps)


def _end(frequency: str, cells: dict[dt.date, Cell], period: dt.date | None) -> dt.date:
    """Return the period that is judged: the one asked for, or the newest there is."""
    if period is None or not is_regular(frequency):
        return max(cells)
    return holding(frequency, period)


def steps_a_year(frequency: str) -> int:
    """Return how many periods make a year."""
    return 52 if frequency == "weekly" else 12 // MONTHS_IN.get(frequency, 12)


def part_of(measure: Measure, assessed: Assessed, others: dict[str, Measure]) -> Part:
    """Return a measure's readings in all areas, the force's first, with what it is compared to.

    `others` are measures by reference, among them comparators such as `confidence-csew-national`.
    """
    own = [s for (pk, _area), s in assessed.items() if pk == measure.pk]
    own.sort(key=lambda s: s.area.force_first)
    comparators = tuple(_comparators(measure, assessed, others))
    readings = [replace(s.reading, comparators=comparators if s.reading.whole else ()) for s in own]
    standard = own[0].standard if own else None
    return Part(measured_of(measure, standard), readings)


def _comparators(
    measure: Measure, assessed: Assessed, others: dict[str, Measure]
) -> Iterable[Comparator]:
    for ending, title in COMPARATORS.items():
        other = others.get(measure.reference + ending)
        series = [s for (pk, _a), s in assessed.items() if other and pk == other.pk]
        if series and series[0].reading.value is not None:
            yield Comparator(str(title), series[0].reading.value)
