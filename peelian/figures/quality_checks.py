"""What a careful analyst would notice in a return: odd values, totals, lateness, two sources."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.analysis.quality import Odd, Oddity, oddities, repeated_returns, unequal_totals
from peelian.checks.findings import Finding, Severity, check, once
from peelian.figures.assess import measured_of
from peelian.figures.cells import Cells, Key, periods_back, read_cells
from peelian.figures.kinds import MEASURE
from peelian.figures.lateness import late_measures
from peelian.figures.models import Measure, Observation
from peelian.figures.periods import is_regular, months_on, period_label
from peelian.figures.readings import Form
from peelian.figures.wording import amount
from peelian.people.models import Area
from peelian.record.scope import Scope

YEARS = 3
SAID = {
    Odd.NEGATIVE: gettext_lazy("%(value)s in %(period)s: it cannot be below nothing."),
    Odd.ABOVE_ALL: gettext_lazy("%(value)s in %(period)s: it cannot be more than all."),
    Odd.FRACTION: gettext_lazy("%(value)s in %(period)s: a count is a whole number."),
    Odd.SUDDEN_ZERO: gettext_lazy(
        "Nothing in %(period)s, after %(low)s to %(high)s in each of the six before."
    ),
    Odd.UNIT_SLIP: gettext_lazy(
        "%(value)s in %(period)s, where all others are %(low)s to %(high)s: another unit?"
    ),
    Odd.REPEATED: gettext_lazy("%(value)s in %(period)s, the fourth time in a row."),
}


@dataclass(frozen=True)
class _Read:
    measures: dict[int, Measure]
    areas: dict[int, Area]
    cells: Cells


def read(scope: Scope, as_at: dt.date) -> _Read:
    """Return the newest known values of three years, of what a scope may see. Three queries."""
    return once("returns", lambda: _read(scope, as_at))


def _read(scope: Scope, as_at: dt.date) -> _Read:
    measures = {m.pk: m for m in scope.of(MEASURE).in_order() if not m.is_ratio}
    since = months_on(as_at, -12 * YEARS)
    cells = read_cells(measures.values(), since=since, period=as_at, known=as_at)
    areas = {a.pk: a for a in scope.see(Area.objects.all()).in_order()}
    return _Read(measures, areas, {key: own for key, own in cells.items() if key[1] in areas})


# ---- values ----


@check("odd-value", gettext_lazy("Values that can hardly be"), Severity.WARNING)
def odd_values(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find values that are impossible, or that the rest of their series makes incredible."""
    found = read(scope, as_at)
    by_measure: dict[int, list[int]] = defaultdict(list)
    for key in found.cells:
        by_measure[key[0]].append(key[1])
    for pk, measure in found.measures.items():
        places = by_measure.get(pk, [])
        if not places or not is_regular(measure.frequency):
            continue
        many = [found.cells[pk, place] for place in places]
        end = max(max(own) for own in many)
        periods = periods_back(measure.frequency, many, end, months_on(as_at, -12 * YEARS))
        table = np.array(
            [[own[p].value if p in own else math.nan for p in periods] for own in many]
        )
        for odd in oddities(table, counts=_is_count(measure), most=_most(measure)):
            area = found.areas[places[odd.series]]
            yield _odd(measure, area, odd, period_label(measure.frequency, periods[odd.period]))


def _is_count(measure: Measure) -> bool:
    form = measured_of(measure).form
    return form in (Form.VOLUME, Form.STOCK) and not measure.decimals


def _most(measure: Measure) -> float:
    return 100.0 if measure.unit.startswith("%") else math.inf


def _odd(measure: Measure, area: Area, odd: Oddity, period: str) -> Finding:
    measured = measured_of(measure)
    words = {
        "value": f"{odd.found:,g}",
        "period": period,
        "low": amount(measured, odd.low),
        "high": amount(measured, odd.high) if math.isfinite(odd.high) else "",
    }
    impossible = odd.odd in (Odd.NEGATIVE, Odd.ABOVE_ALL, Odd.FRACTION)
    return Finding(
        measure,
        f"{measure.title}, {area.title}",
        SAID[odd.odd] % words,
        _("A wrong value becomes a wrong chart, and somebody will explain what never happened."),
        _("Ask who sent the return; load the right value with a later as-at date."),
        (area,),
        severity=Severity.ERROR if impossible else Severity.WARNING,
    )


# ---- returns ----


@check(
    "repeated-return", gettext_lazy("Figures of the period before, sent again"), Severity.WARNING
)
def repeated(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find sources whose newest figures are those of the period before, in too many series."""
    found = read(scope, as_at)
    together: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, own in found.cells.items():
        measure = found.measures[key[0]]
        if is_regular(measure.frequency) and _is_count(measure):
            together[own[max(own)].source, measure.frequency].append(key)
    for (source, frequency), keys in together.items():
        many = [found.cells[key] for key in keys]
        end = max(max(own) for own in many)
        periods = periods_back(frequency, many, end, months_on(as_at, -12 * YEARS))
        table = [[own[p].value if p in own else math.nan for p in periods] for own in many]
        for column, same, of in repeated_returns(table):
            if column == len(periods) - 1:
                records = [found.measures[pk] for pk in sorted({pk for pk, _area in keys})]
                yield _repeated(records, source, same, of, frequency, periods)


def _repeated(
    measures: list[Measure], source: str, same: int, of: int,
    frequency: str, periods: tuple[dt.date, ...],
) -> Finding:  # fmt: skip
    words = {
        "same": same,
        "of": of,
        "period": period_label(frequency, periods[-1]),
        "before": period_label(frequency, periods[-2]),
    }
    return Finding(
        measures[0],
        source,
        _("%(same)s of %(of)s series have in %(period)s the value of %(before)s.") % words,
        _("The same file may have been sent twice: then nobody knows the newest figures."),
        _("Ask who sent the return; load the right values with a later as-at date."),
        tuple(measures[1:]),
    )


# ---- totals ----


@check(
    "unequal-total", gettext_lazy("Totals that are not the sum of their areas"), Severity.WARNING
)
def unequal(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find counts of an area that are not the sum of those of the areas it is made of."""
    found = read(scope, as_at)
    inside: dict[int, list[int]] = defaultdict(list)
    for area in found.areas.values():
        if area.parent_id in found.areas:
            inside[area.parent_id].append(area.pk)
    for (pk, whole), own in found.cells.items():
        parts = [found.cells.get((pk, place)) for place in inside.get(whole, [])]
        measure = found.measures[pk]
        if len(parts) < 2 or any(part is None for part in parts) or not _is_count(measure):
            continue
        periods = sorted(own)
        total = [own[p].value for p in periods]
        table = [
            [part[p].value if part and p in part else math.nan for p in periods] for part in parts
        ]
        wrong = unequal_totals(total, table)
        if wrong:
            yield _unequal(measure, found.areas[whole], periods, wrong)


def _unequal(
    measure: Measure, area: Area, periods: list[dt.date], wrong: list[tuple[int, float, float]]
) -> Finding:
    column, total, added = wrong[-1]
    words = {
        "total": f"{total:,g}",
        "added": f"{added:,g}",
        "period": period_label(measure.frequency, periods[column]),
        "count": len(wrong),
    }
    return Finding(
        measure,
        f"{measure.title}, {area.title}",
        _("%(total)s in %(period)s, but its areas add up to %(added)s (%(count)s periods differ).")
        % words,
        _("Who adds up the areas finds another number than the one you print."),
        _("Find what is counted in one and not the other, and say so in the definition."),
        (area,),
    )


# ---- lateness ----


@check("late-return", gettext_lazy("Returns that are late"), Severity.NOTE)
def late_returns(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find measures whose newest figures should have been here by now."""
    for measure, expected in late_measures(scope, as_at):
        yield Finding(
            measure,
            measure.title,
            _("The next figures were expected by %(day)s.")
            % {"day": date_format(expected, "j F Y")},
            _("What is printed meanwhile is older than the reader thinks."),
            _("Ask for the return, or change how many days after the period it is due."),
        )


# ---- two sources ----


@check("two-sources", gettext_lazy("Two sources of one figure"), Severity.WARNING)
def two_sources(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find periods for which two sources give one measure in one area different values."""
    found = read(scope, as_at)
    newest: dict[tuple[int, int, dt.date], dict[str, float]] = defaultdict(dict)
    rows = (
        Observation.objects.filter(
            measure__in=_of_two_sources(found), known__lte=as_at, illustrative=False
        )
        .order_by("known", "pk")
        .values_list("measure_id", "area_id", "period", "source", "value")
    )
    for pk, place, period, source, value in rows.iterator(chunk_size=5000):
        newest[pk, place, period][source] = value
    told: set[tuple[int, int]] = set()
    for (pk, place, period), values in sorted(newest.items(), key=lambda item: item[0][2]):
        if len(set(values.values())) > 1 and place in found.areas and (pk, place) not in told:
            told.add((pk, place))
            measure, area = found.measures[pk], found.areas[place]
            said = "; ".join(f"{value:,g} ({source})" for source, value in values.items())
            yield Finding(
                measure,
                f"{measure.title}, {area.title}",
                f"{period_label(measure.frequency, period)}: {said}",
                _("Two sources count two things: neither is wrong, and their average is nothing."),
                _("Keep them as two measures, each with its definition."),
                (area,),
            )


def _of_two_sources(found: _Read) -> list[int]:
    """Return the measures whose values come from more than one source."""
    pairs = (
        Observation.objects.filter(measure__in=found.measures, illustrative=False)
        .order_by()
        .values_list("measure_id", "source")
        .distinct()
    )
    sources: dict[int, int] = defaultdict(int)
    for pk, _source in pairs:
        sources[pk] += 1
    return [pk for pk, count in sources.items() if count > 1]
