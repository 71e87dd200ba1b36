"""Areas beside one another: each area's figure for a period, and whether it is more than chance.

Only areas of one level are compared. An area that lacks a period or a population is left out and
named: it is in no average, rank or count, and never a zero.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from django.utils.translation import gettext as _

from peelian.analysis.arrays import Floats
from peelian.analysis.comparisons import Change, compare_periods
from peelian.analysis.funnel import Funnel, expected_outside, funnel
from peelian.analysis.rates import Interval, difference, proportion, rate
from peelian.figures.assess import scale_of, steps_a_year
from peelian.figures.cells import Cell, Cells, read_cells
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure, Observation
from peelian.figures.periods import is_regular, period_label, step_on
from peelian.figures.readings import DURATIONS
from peelian.people.models import Area
from peelian.record.scope import Scope

FEWEST = 3  # areas below which there is no common level to compare with
YEARLY = ("monthly", "quarterly")  # frequencies whose periods are added up over a year


class Basis(StrEnum):
    """What of a measure can be compared between areas."""

    RATE = "rate"  # events for so many people: a Poisson count over a size
    SHARE = "share"  # so many out of so many: binomial
    COUNT = "count"  # without a size: never compared, only its share and change
    VALUE = "value"  # a rate, share or time whose counts are not known: no limits


class Span(StrEnum):
    """Over how long figures are added up, to the period asked for."""

    PERIOD = "period"
    YEAR = "year"
    TO_DATE = "to-date"


# What is set beside each span, as `analysis.comparisons` names it.
BESIDE = {
    Span.PERIOD: ("previous", "year_ago"),
    Span.YEAR: ("rolling_year",),
    Span.TO_DATE: ("year_to_date",),
}


@dataclass(frozen=True)
class Moved:
    """How an area's figure moved since another period: ``sign`` 0 where chance explains it.

    ``relative`` is a share of the earlier figure; None where that is 0 or missing.
    """

    relative: float | None = None
    sign: int = 0


@dataclass(frozen=True)
class Place:
    """An area's figure. Ends are those of its 95% interval; None is what cannot be said.

    ``beyond`` is 2 above the 99.8% limits, 1 above the 95% ones, -1 and -2 below them, else 0.
    ``share`` is its part of the total of counts that have no size.
    """

    area: Area
    value: float
    count: float | None = None
    size: float | None = None
    lower: float | None = None
    upper: float | None = None
    share: float | None = None
    difference: float | None = None
    score: float = 0.0
    beyond: int = 0
    moved: Mapping[str, Moved] = field(default_factory=dict)
    illustrative: bool = False
    provisional: bool = False
    known: dt.date = dt.date.min
    sources: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval:
        """Return the figure with its interval, NaN where there is none."""
        ends = (math.nan if end is None else end for end in (self.lower, self.upper))
        return Interval(*(np.array([number]) for number in (self.value, *ends)))


@dataclass(frozen=True)
class LeftOut:
    """An area that is not compared, and why."""

    area: Area
    why: str


@dataclass(frozen=True)
class Subject:
    """A measure to be compared, with what it counts and what out of; itself where it is neither."""

    measure: Measure
    counted: Measure
    out_of: Measure | None
    basis: Basis

    @property
    def scale(self) -> float:
        """Return what a share or rate is printed times."""
        return scale_of(self.measure.unit) if self.out_of else 1.0

    @property
    def of(self) -> Literal["rate", "share"]:
        """Return which law its counts follow."""
        return "share" if self.basis is Basis.SHARE else "rate"

    @property
    def is_limited(self) -> bool:
        """Return whether chance can be reckoned with: it has counts and sizes."""
        return self.basis in (Basis.RATE, Basis.SHARE)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return over how long its figures can be added up."""
        is_stock = "outstanding" in self.measure.unit.split()
        adds_up = self.basis is not Basis.VALUE and not is_stock
        return tuple(Span) if adds_up and self.measure.frequency in YEARLY else (Span.PERIOD,)

    def meaning(self, beyond: int) -> str:
        """Return `better` or `concern` for a side of the limits, nothing without a polarity."""
        good = {"higher": 1, "lower": -1}.get(self.measure.polarity, 0)
        if not beyond or not good:
            return ""
        return "better" if (beyond > 0) == (good > 0) else "concern"


@dataclass(frozen=True)
class Compared:
    """The areas of one level for one span, as a page shows them.

    ``everywhere`` holds the figure of every area that may be seen, of whatever level. ``average``
    is the common level of those compared; ``funnel`` is None where they are too few or have no
    sizes, and ``expected`` how many chance alone puts beyond its 95% and 99.8% limits.
    """

    subject: Subject
    period: dt.date
    span: Span
    level: str
    levels: tuple[str, ...]
    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    everywhere: Mapping[int, Place]
    average: float | None = None
    funnel: Funnel | None = None
    expected: tuple[float, float] = (0.0, 0.0)

    @property
    def sizes(self) -> Floats:
        """Return the sizes of the areas compared."""
        return np.array([place.size for place in self.places], np.float64)


def subject_of(measure: Measure, scope: Scope) -> Subject | None:
    """Return what can be compared of a measure; None where what it rests on may not be seen."""
    if not measure.is_ratio:
        return Subject(measure, measure, None, _basis(measure))
    parts = scope.of(MEASURE).in_bulk([measure.numerator_id, measure.denominator_id])
    counted = parts.get(measure.numerator_id or 0)
    out_of = parts.get(measure.denominator_id or 0)
    if counted is None or out_of is None:
        return None
    return Subject(measure, counted, out_of, _basis(measure))


def _basis(measure: Measure) -> Basis:
    if measure.is_ratio:
        return Basis.SHARE if scale_of(measure.unit) == 100.0 else Basis.RATE
    words = measure.unit.split()
    counts = not measure.unit.startswith("%") and "per" not in words
    return Basis.COUNT if counts and not DURATIONS.intersection(words[:1]) else Basis.VALUE


def periods_of(subject: Subject, areas: Iterable[int]) -> list[dt.date]:
    """Return the periods for which any of the areas has a figure, newest first."""
    found = Observation.objects.filter(measure=subject.counted.pk, area__in=list(areas))
    return sorted(set(found.values_list("period", flat=True).distinct()), reverse=True)


def compare(
    subject: Subject,
    areas: Mapping[int, Area],
    periods: list[dt.date],
    *,
    period: dt.date | None = None,
    span: Span = Span.PERIOD,
    level: str = "",
) -> Compared:
    """Return the areas of a level beside one another, in one query or two.

    Where None, the period is the newest that has a figure; the level is the one with most areas.
    """
    read = _read(subject, areas, period or periods[0])
    if period is None and not any(measure == subject.measure.pk for measure, _area in read):
        read = _read(subject, areas, periods[0], whole=True)
    own = {area: cells for (pk, area), cells in read.items() if pk == subject.measure.pk}
    when = period or max((p for cells in own.values() for p in cells), default=periods[0])
    everywhere = _places(subject, areas, own, when, span)
    counted = [area for pk, area in read if pk == subject.counted.pk]
    numbers: dict[str, int] = {}
    for area in counted:
        numbers[areas[area].level] = numbers.get(areas[area].level, 0) + 1
    levels = tuple(known for known in Area.Level.values if known in numbers)
    shown = level if level in numbers else max(levels, key=lambda one: numbers[one])
    compared = [p for p in everywhere.values() if p.area.level == shown]
    left_out = [
        LeftOut(areas[area], _why(subject, read, area, _window(subject, when, span)))
        for area in counted
        if areas[area].level == shown and area not in everywhere
    ]
    return _judged(
        Compared(
            subject, when, span, shown, levels,
            tuple(sorted(compared, key=lambda p: p.area.sort_key)),
            tuple(sorted(left_out, key=lambda one: one.area.sort_key)),
            everywhere,
        )
    )  # fmt: skip


def _read(
    subject: Subject, areas: Mapping[int, Area], period: dt.date, *, whole: bool = False
) -> Cells:
    """Return the cells of the measure and of what it counts, up to a period, two years of them."""
    frequency = subject.measure.frequency
    back = 2 * steps_a_year(frequency) - 1
    since = step_on(frequency, period, -back) if is_regular(frequency) else period
    asked = {m.pk: m for m in (subject.measure, subject.counted)}
    cells = read_cells(asked.values(), since=None if whole else since, period=period, known=None)
    return {key: own for key, own in cells.items() if key[1] in areas}


def _window(subject: Subject, period: dt.date, span: Span) -> list[dt.date]:
    """Return the periods that are added up."""
    frequency = subject.measure.frequency
    if span is Span.PERIOD:
        return [period]
    a_year = steps_a_year(frequency)
    so_far = (period.month - 4) % 12 // (12 // a_year) + 1
    many = a_year if span is Span.YEAR else so_far
    return [step_on(frequency, period, -n) for n in range(many)]


def _why(
    subject: Subject, read: Cells, area: int, window: list[dt.date]
) -> str:
    counts = read.get((subject.counted.pk, area), {})
    have = sum(p in counts for p in window)
    frequency = subject.measure.frequency
    if not have:
        return _("no figure for %(period)s") % {"period": period_label(frequency, window[0])}
    if have < len(window):
        return _("figures for %(have)d of %(need)d periods") % {"have": have, "need": len(window)}
    if subject.out_of and any(p not in read.get((subject.measure.pk, area), {}) for p in window):
        return _("no “%(what)s” for that time") % {"what": subject.out_of.title}
    return _("more is counted than what it is out of, or less than nothing")


# ---- the figures of each area ----


def _places(
    subject: Subject,
    areas: Mapping[int, Area],
    own: Mapping[int, dict[dt.date, Cell]],
    period: dt.date,
    span: Span,
) -> dict[int, Place]:
    """Return the figure of every area that is whole for the span."""
    ids = sorted(own)
    if not ids:
        return {}
    counts = _added_up(subject, [own[pk] for pk in ids], period, span, "value")
    sizes = _added_up(subject, [own[pk] for pk in ids], period, span, "size")
    now = _interval(subject, *_possible(subject, counts["now"], sizes["now"]))
    moved = {
        name: _moved(
            subject, now, _interval(subject, *_possible(subject, counts[name], sizes[name]))
        )
        for name in counts
        if name != "now"
    }
    window = _window(subject, period, span)
    return {
        pk: Place(
            areas[pk],
            float(now.value[row]),
            _known(counts["now"][row]),
            _known(sizes["now"][row]) if subject.out_of else None,
            _known(now.lower[row]) if subject.is_limited else None,
            _known(now.upper[row]) if subject.is_limited else None,
            moved={name: steps[row] for name, steps in moved.items()},
            **_origin([own[pk][p] for p in window if p in own[pk]]),
        )
        for row, pk in enumerate(ids)
        if not math.isnan(now.value[row])
    }


def _added_up(
    subject: Subject, many: list[dict[dt.date, Cell]], period: dt.date, span: Span, part: str
) -> dict[str, Floats]:
    """Return counts or sizes over the span, and over what is set beside it; each of shape (A,).

    A size of another frequency than its counts, such as a population of the year, is not added up.
    """
    frequency = subject.measure.frequency
    if frequency not in YEARLY:
        before = step_on(frequency, period, -1) if is_regular(frequency) else None
        found = {"now": _column(many, period, part)}
        return found if before is None else found | {"previous": _column(many, before, part)}
    a_year = steps_a_year(frequency)
    periods = [step_on(frequency, period, n - 2 * a_year + 1) for n in range(2 * a_year)]
    table = np.column_stack([_column(many, p, part) for p in periods])
    same = subject.out_of is not None and subject.out_of.frequency == frequency
    compared = compare_periods(
        table,
        first_month=periods[0].month,
        per_year=a_year,
        mean=part == "size" and not same,
    )
    changes: dict[str, Change] = {name: getattr(compared, name) for name in BESIDE[span]}
    first = next(iter(changes.values()))
    return {"now": first.now} | {name: change.then for name, change in changes.items()}


def _column(many: list[dict[dt.date, Cell]], period: dt.date, part: str) -> Floats:
    return np.array([getattr(c[period], part) if period in c else math.nan for c in many])


def _possible(subject: Subject, counts: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Return counts and sizes without those that no law of chance can give."""
    if not subject.is_limited:
        return counts, sizes
    bad = (counts < 0) | ~(sizes > 0)
    if subject.basis is Basis.SHARE:
        bad |= counts > sizes
    return np.where(bad, np.nan, counts), np.where(bad, np.nan, sizes)


def _interval(subject: Subject, counts: Floats, sizes: Floats) -> Interval:
    """Return figures in the unit that is printed, with the interval that sampling gives them."""
    if subject.basis is Basis.RATE:
        return rate(counts, sizes, per=subject.scale)
    if subject.basis is Basis.SHARE:
        found = proportion(counts, sizes)
        return Interval(*(part * subject.scale for part in (found.value, found.lower, found.upper)))
    if subject.basis is Basis.COUNT and not (counts < 0).any():
        return rate(counts, np.ones(len(counts)), per=1.0)
    nothing = np.full(len(counts), np.nan)
    return Interval(counts, nothing, nothing)


def _moved(subject: Subject, now: Interval, then: Interval) -> list[Moved]:
    step = difference(now, then)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = step.value / np.abs(then.value)
    relative = np.where(np.isinf(relative), np.nan, relative)
    signs = (step.lower > 0).astype(int) - (step.upper < 0).astype(int)
    return [Moved(_known(r), int(s)) for r, s in zip(relative, signs, strict=True)]


def _origin(cells: list[Cell]) -> dict[str, Any]:
    return {
        "illustrative": any(cell.illustrative for cell in cells),
        "provisional": any(cell.provisional for cell in cells),
        "known": max(cell.known for cell in cells),
        "sources": tuple(dict.fromkeys(cell.source for cell in cells)),
    }


def _known(number: float) -> float | None:
    return None if math.isnan(number) else float(number)
