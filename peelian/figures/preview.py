"""What a return would do, seen before anything of it is stored: effects, totals, gaps.

Plain values, bounded however long the return is; `preview_words` puts them into words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db.models import Max

from peelian.figures.models import Measure, Observation
from peelian.figures.periods import is_regular, step_on
from peelian.figures.staging import Revision, Stage
from peelian.people.models import Area

MOST_REVISIONS = 50
MOST_MEASURES = 100
MOST_MISSING = 12

# For each measure (by id) its periods, with the sum and number of the values in each.
Totals = Mapping[int, Sequence[tuple[dt.date, float, int]]]
# The values of a measure in a period, by area.
Values = Mapping[int, float]


class Sum(NamedTuple):
    """The sum of the values of some areas. Of one that lies in another of them, only the outer."""

    total: float
    counted: int
    areas: int


@dataclass(frozen=True)
class Line:
    """A measure at the newest period that a return has of it, beside what was known before.

    `now` sums up the return's values for `period`, `before` those of the period before (the
    return's own, else as stored), `stored` what is shown for `period` today; `alike` is now and
    before in the areas that have both. `missing_areas` have a value in the period before and would
    have none in this one; `missing_periods`, at most thirteen, lie between what is stored and this
    one, with no value in any area.
    """

    measure: int
    period: dt.date
    now: Sum
    before: Sum
    stored: Sum
    alike: tuple[Sum, Sum]
    missing_areas: tuple[int, ...] = ()
    missing_periods: tuple[dt.date, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a return would do. `effects` counts its rows: see `Stage.effects`.

    Of many measures and revisions the first are kept: `measures` says how many there are.
    `absent` are measures that the last return with any of these had, and this one has not. `mark`
    is another one whenever the file or what is stored beside it is.
    """

    effects: Mapping[str, int]
    revisions: tuple[Revision, ...]
    lines: tuple[Line, ...]
    measures: int
    absent: tuple[int, ...]
    mark: str


def preview_of(staged: Stage, totals: Totals, sha256: str) -> Preview:
    """Return what the staged rows would do, in a fixed number of queries."""
    effects = staged.effects()
    revisions = tuple(staged.revisions(MOST_REVISIONS))
    lines = tuple(_lines(staged, totals))
    absent = _absent(totals)
    known = (sha256, effects, revisions, lines, sorted(totals.items()), absent)
    mark = hashlib.sha256(repr(known).encode()).hexdigest()
    counts = {effect: count for effect, (count, _shown) in effects.items()}
    return Preview(counts, revisions, lines, len(totals), absent, mark)


def _lines(staged: Stage, totals: Totals) -> Iterator[Line]:
    frequencies = dict(
        Measure.objects.filter(pk__in=totals).in_order().values_list("pk", "frequency")
    )
    measures = list(frequencies)[:MOST_MEASURES]
    newest = {pk: max(period for period, _sum, _count in totals[pk]) for pk in measures}
    before = {
        pk: step_on(frequencies[pk], newest[pk], -1) if is_regular(frequencies[pk]) else None
        for pk in measures
    }
    periods = sorted({*newest.values(), *filter(None, before.values())})
    of_file = _by_period(staged.values(measures, periods))
    shown = Observation.objects.filter(measure__in=measures, period__in=periods)
    columns = ("measure_id", "area_id", "period", "value")
    of_store = _by_period(shown.order_by("known", "pk").values_list(*columns).iterator())
    held, within = _held(measures), dict(Area.objects.values_list("pk", "parent_id"))
    for pk in measures:
        now, earlier = (pk, newest[pk]), (pk, before[pk])
        then = {**of_store[earlier], **of_file[earlier]}
        after = {**of_store[now], **of_file[now]}
        both = of_file[now].keys() & then.keys()
        in_file = {period for period, _sum, _count in totals[pk]}
        yield Line(
            pk,
            newest[pk],
            _summed(of_file[now], within),
            _summed(then, within),
            _summed(of_store[now], within),
            (
                _summed({area: of_file[now][area] for area in both}, within),
                _summed({area: then[area] for area in both}, within),
            ),
            tuple(sorted(then.keys() - after.keys())),
            tuple(islice(_holes(frequencies[pk], in_file, held[pk]), MOST_MISSING + 1)),
        )


def _by_period(
    rows: Iterator[tuple[int, int, dt.date, float]],
) -> defaultdict[tuple[int, dt.date | None], dict[int, float]]:
    """Return the last value of each area, by measure and period."""
    found: defaultdict[tuple[int, dt.date | None], dict[int, float]] = defaultdict(dict)
    for measure, area, period, value in rows:
        found[measure, period][area] = value
    return found


def _summed(values: Values, within: Mapping[int, int | None]) -> Sum:
    outer = [value for area, value in values.items() if not _lies_in(area, values, within)]
    return Sum(math.fsum(outer), len(outer), len(values))


def _lies_in(area: int, others: Values, within: Mapping[int, int | None]) -> bool:
    """Return whether an area is part of another of these."""
    outer = within.get(area)
    while outer is not None and outer not in others:
        outer = within.get(outer)
    return outer is not None


def _held(measures: Sequence[int]) -> defaultdict[int, set[dt.date]]:
    """Return the periods that anything is stored for, by measure."""
    found: defaultdict[int, set[dt.date]] = defaultdict(set)
    stored = Observation.objects.filter(measure__in=measures)
    for measure, period in stored.order_by().values_list("measure_id", "period").distinct():
        found[measure].add(period)
    return found


def _holes(frequency: str, in_file: set[dt.date], held: set[dt.date]) -> Iterator[dt.date]:
    """Yield the periods without a value, from the last stored before the file to its newest."""
    if not is_regular(frequency):
        return
    first, last = min(in_file), max(in_file)
    period = max((p for p in held if p < first), default=first)
    while (period := step_on(frequency, period, 1)) < last:
        if period not in in_file and period not in held:
            yield period


def _absent(totals: Totals) -> tuple[int, ...]:
    """Return the measures of the last return with any of these that are not among them."""
    some = sorted(totals)[:MOST_MEASURES]
    stored = Observation.objects.filter(measure__in=some)
    last = stored.aggregate(Max("came_in"))["came_in__max"]
    had = Observation.objects.filter(came_in=last) if last else Observation.objects.none()
    return tuple(
        sorted(set(had.order_by().values_list("measure_id", flat=True).distinct()) - set(totals))
    )
