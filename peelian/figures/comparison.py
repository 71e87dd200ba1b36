"""Areas beside one another: each area's figure for a period, and whether it is more than chance.

Only areas of one level are compared. An area that lacks a figure or a population is left out and
named: it is in no average, limit or place, and never a zero.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

import numpy as np
from django.utils.translation import gettext as _

from peelian.analysis.arrays import Floats
from peelian.analysis.funnel import Funnel, expected_outside, funnel
from peelian.analysis.rates import Interval, proportion, rate
from peelian.figures.assess import scale_of, steps_a_year
from peelian.figures.cells import OLDEST, Cell, Cells, read_cells, size_at
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure, Observation
from peelian.figures.periods import months_on, period_label, step_on
from peelian.figures.readings import DURATIONS
from peelian.people.models import Area
from peelian.record.scope import Scope

POPULATION = "population"  # the measure that a count is set beside where it names none of its own
PER = 1000.0  # people that a count is given for
FEWEST = 3  # areas below which there is no common level to compare with
ADDED_UP = ("monthly", "quarterly")  # frequencies whose periods make up twelve months


class Basis(StrEnum):
    """What of a measure can be compared between areas."""

    RATE = "rate"  # events for so many people: a Poisson count over a size
    SHARE = "share"  # so many out of so many: binomial
    COUNT = "count"  # without a size, so that areas of different size cannot be compared
    VALUE = "value"  # a share, time or stock whose counts are not known: chance cannot be reckoned


class Over(StrEnum):
    """Over how long figures are added up, to the end of the period asked for."""

    PERIOD = "period"
    YEAR = "year"


@dataclass(frozen=True)
class Subject:
    """A measure to be compared, with what it counts and out of what; itself where it is neither."""

    measure: Measure
    counted: Measure
    out_of: Measure | None
    basis: Basis

    @property
    def per(self) -> float:
        """Return what a share or rate is printed times."""
        if self.measure.is_ratio:
            return scale_of(self.measure.unit)
        return PER if self.out_of else 1.0

    @property
    def of(self) -> Literal["rate", "share"]:
        """Return which law its counts follow."""
        return "share" if self.basis is Basis.SHARE else "rate"

    @property
    def is_limited(self) -> bool:
        """Return whether chance can be reckoned with: it has counts and sizes."""
        return self.basis in (Basis.RATE, Basis.SHARE)

    @property
    def unit(self) -> str:
        """Return the unit that its values are printed in."""
        if self.measure.is_ratio or not self.out_of:
            return self.measure.unit
        return _("%(unit)s per 1,000 people") % {"unit": self.measure.unit}

    @property
    def is_of_people(self) -> bool:
        """Return whether sizes are those of a year, such as a population, and not added up."""
        return self.out_of is not None and (
            self.out_of.frequency == "yearly" != self.counted.frequency
        )

    @property
    def spans(self) -> tuple[Over, ...]:
        """Return over how long its figures can be added up."""
        adds_up = self.basis is not Basis.VALUE and self.counted.frequency in ADDED_UP
        return tuple(Over) if adds_up else (Over.PERIOD,)

    def window(self, period: dt.date, over: Over) -> list[dt.date]:
        """Return the periods that are added up, newest first."""
        frequency = self.counted.frequency
        many = steps_a_year(frequency) if over is Over.YEAR else 1
        return [period, *(step_on(frequency, period, -n) for n in range(1, many))]

    def label(self, period: dt.date, over: Over) -> str:
        """Return a period, or the twelve months to its end, as people read it."""
        first = self.window(period, over)[-1]
        return period_label("rolling_year" if over is Over.YEAR else self.counted.frequency, first)

    def meaning(self, beyond: int) -> Literal["neutral", "improvement", "concern"]:
        """Return what it means to be above (+) or below (-) the limits, by the polarity."""
        good = {"higher": 1, "lower": -1}.get(self.measure.polarity, 0)
        if not beyond or not good:
            return "neutral"
        return "improvement" if (beyond > 0) == (good > 0) else "concern"


@dataclass(frozen=True)
class Place:
    """An area's figure, in the unit that is printed. None is what cannot be said.

    ``lower`` and ``upper`` are the ends of its 95% interval. ``size_of`` is the first day of the
    oldest size used. ``beyond`` is 2 above the 99.8% limits, 1 above the 95% ones only, -1 and -2
    below them, else 0; ``score`` how many sigmas from the average, ``limits`` the lower and upper
    95% and lower and upper 99.8% limits for its size.
    """

    area: Area
    value: float
    count: float
    size: float | None
    size_of: dt.date | None
    illustrative: bool
    provisional: bool
    known: dt.date
    sources: tuple[str, ...]
    lower: float | None = None
    upper: float | None = None
    score: float | None = None
    beyond: int = 0
    limits: tuple[float, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """An area that is not compared, and why."""

    area: Area
    why: str


@dataclass(frozen=True)
class Compared:
    """The areas of one level for one span.

    ``average`` is their common level, None where they have no sizes. ``funnel`` is None where they
    are fewer than three, too; ``expected`` is how many of them chance alone puts beyond its 95% and
    its 99.8% limits. ``everywhere`` holds the figures of areas of every level, by id.
    """

    subject: Subject
    period: dt.date
    over: Over
    level: str
    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    everywhere: Mapping[int, Place]
    average: float | None = None
    funnel: Funnel | None = None
    expected: tuple[float, float] = (0.0, 0.0)

    @property
    def label(self) -> str:
        """Return the span as people read it."""
        return self.subject.label(self.period, self.over)

    @property
    def level_label(self) -> str:
        """Return what sort of areas are compared."""
        return str(Area.Level(self.level).label)

    @property
    def decimals(self) -> int:
        """Return how many decimals to print: three figures of a rate that the measure lacks."""
        if self.subject.measure.is_ratio or not self.subject.is_limited or not self.average:
            return self.subject.measure.decimals
        return min(max(2 - math.floor(math.log10(self.average)), 0), 4)

    @property
    def may_be_chance(self) -> bool:
        """Return whether chance puts as many beyond the 95% limits once in twenty times or more."""
        from scipy.stats import poisson

        return bool(poisson.sf(len(self.outside(1)) - 1, self.expected[0]) >= 0.05)

    def outside(self, least: int) -> list[Place]:
        """Return the areas beyond the 95% limits (``least`` 1) or the 99.8% ones (2)."""
        return [place for place in self.places if abs(place.beyond) >= least]


def subject_of(measure: Measure, scope: Scope) -> Subject | None:
    """Return what can be compared of a measure, in one query.

    A count that names no size of its own is set beside the yearly measure called `population`.
    None where what it is worked out from may not be seen.
    """
    if measure.is_ratio:
        parts = scope.of(MEASURE).in_bulk([measure.numerator_id, measure.denominator_id])
        counted = parts.get(measure.numerator_id or 0)
        out_of = parts.get(measure.denominator_id or 0)
        if counted is None or out_of is None or counted.is_ratio or out_of.is_ratio:
            return None
        is_share = scale_of(measure.unit) == 100.0
        return Subject(measure, counted, out_of, Basis.SHARE if is_share else Basis.RATE)
    if not _counts(measure):
        return Subject(measure, measure, None, Basis.VALUE)
    people = scope.of(MEASURE).filter(reference=POPULATION, frequency="yearly").first()
    if people is None or people.pk == measure.pk:
        return Subject(measure, measure, None, Basis.COUNT)
    return Subject(measure, measure, people, Basis.RATE)


def _counts(measure: Measure) -> bool:
    """Return whether a unit is of things counted: no share, rate, time, sum of money or stock."""
    unit, words = measure.unit, measure.unit.split()
    if unit.startswith(("%", "£")) or {"per", "outstanding"} & set(words):
        return False
    return not DURATIONS.intersection(words[:1])


def periods_of(subject: Subject, areas: Mapping[int, Area]) -> dict[dt.date, set[int]]:
    """Return the areas that have a figure, for each period; newest first. One query."""
    found = Observation.objects.filter(measure=subject.counted.pk, area__in=areas)
    there: dict[dt.date, set[int]] = defaultdict(set)
    for period, area in found.order_by().values_list("period", "area_id").distinct():
        there[period].add(area)
    return {period: there[period] for period in sorted(there, reverse=True)}


def newest_whole(there: Mapping[dt.date, set[int]], level: set[int], back: int) -> dt.date:
    """Return, of the last ``back`` periods, the newest that most areas of a level have.

    So one early return does not stand for all the others. The periods come newest first.
    """
    numbers = {period: len(there[period] & level) for period in list(there)[:back]}
    return max(numbers, key=lambda period: (numbers[period], period))


def compare(
    subject: Subject,
    areas: Mapping[int, Area],
    *,
    period: dt.date,
    over: Over = Over.PERIOD,
    level: str,
) -> Compared:
    """Return the areas of a level beside one another, in one query.

    ``areas`` are those that may be seen, by id; those of the level without a figure are left out.
    """
    window = subject.window(period, over)
    since = months_on(window[-1], -12 * OLDEST)
    asked = [m for m in (subject.counted, subject.out_of) if m]
    cells = read_cells(asked, since=since, period=period, known=None)
    places: list[Place] = []
    left_out: list[LeftOut] = []
    for area in areas.values():
        found = _added_up(subject, area, cells, window)
        if isinstance(found, Place):
            places.append(found)
        elif area.level == level:
            left_out.append(LeftOut(area, found))
    places = with_intervals(subject, places)
    places.sort(key=lambda place: place.area.sort_key)
    left_out.sort(key=lambda one: one.area.sort_key)
    return judge(
        Compared(
            subject,
            period,
            over,
            level,
            tuple(place for place in places if place.area.level == level),
            tuple(left_out),
            {place.area.pk: place for place in places},
        )
    )


def _added_up(subject: Subject, area: Area, cells: Cells, window: Sequence[dt.date]) -> Place | str:
    """Return an area's figure added up over periods, or why there is none."""
    own = cells.get((subject.counted.pk, area.pk), {})
    have = [own[p] for p in window if p in own]
    if not have:
        return _("no figure for this time")
    if len(have) < len(window):
        words = {"have": len(have), "need": len(window)}
        return _("figures for %(have)d of %(need)d periods only") % words
    count = sum(cell.value for cell in have)
    out_of: list[dt.date] = []
    size: float | None = None
    sizes: Mapping[dt.date, Cell] = {}
    if subject.out_of:
        sizes = cells.get((subject.out_of.pk, area.pk), {})
        out_of = [when for p in window if (when := size_at(sizes, p))]
        if len(out_of) < len(window):
            return _("no figure of “%(what)s” for this time") % {"what": subject.out_of.title}
        total = sum(sizes[when].value for when in out_of)
        size = total / len(out_of) if subject.is_of_people else total
    if why := _impossible(subject, count, size):
        return why
    used = [*have, *(sizes[when] for when in out_of)]
    return Place(
        area,
        count if size is None else subject.per * count / size,
        count,
        size,
        min(out_of, default=None),
        any(cell.illustrative for cell in used),
        any(cell.provisional for cell in used),
        max(cell.known for cell in used),
        tuple(dict.fromkeys(cell.source for cell in used)),
    )


def _impossible(subject: Subject, count: float, size: float | None) -> str:
    """Return why no law of chance gives such figures; nothing where one does."""
    if subject.basis is Basis.VALUE:
        return ""
    if count < 0 or count != round(count):
        return _("its figure is no count: not a whole number, or below 0")
    if size is not None and size <= 0:
        return _("the number it is out of is not above 0")
    if subject.basis is Basis.SHARE and size is not None and count > size:
        return _("more is counted than there is to count out of")
    return ""


def with_intervals(subject: Subject, places: list[Place]) -> list[Place]:
    """Return the figures with their intervals, where sampling gives them one."""
    if not subject.is_limited or not places:
        return places
    counts, sizes = _columns(places)
    if subject.basis is Basis.RATE:
        found = rate(counts, sizes, per=subject.per)
    else:
        share = proportion(counts, sizes)
        found = Interval(*(subject.per * part for part in (share.value, share.lower, share.upper)))
    return [
        replace(place, lower=float(low), upper=float(high))
        for place, low, high in zip(places, found.lower, found.upper, strict=True)
    ]


def _columns(places: Iterable[Place]) -> tuple[Floats, Floats]:
    rows = [(place.count, place.size or math.nan) for place in places]
    table = np.array(rows, np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def judge(compared: Compared) -> Compared:
    """Return the areas with their limits, where they have sizes and are enough."""
    subject, places = compared.subject, compared.places
    if not subject.is_limited or not places:
        return compared
    counts, sizes = _columns(places)
    average = subject.per * float(counts.sum() / sizes.sum())
    if len(places) < FEWEST:
        return replace(compared, average=average)
    found = funnel(counts, sizes, of=subject.of)
    limits = subject.per * np.array([found.lower, found.upper, found.lower_998, found.upper_998])
    sides = found.outside + found.beyond_95  # beyond the outer limits is beyond the inner ones
    judged = tuple(
        replace(
            place,
            score=float(found.score[n]),
            beyond=int(sides[n]),
            limits=tuple(limits[:, n].tolist()),
        )
        for n, place in enumerate(places)
    )
    return replace(
        compared,
        average=average,
        funnel=found,
        expected=expected_outside(found, sizes, of=subject.of),
        places=judged,
        everywhere={**compared.everywhere, **{place.area.pk: place for place in judged}},
    )
