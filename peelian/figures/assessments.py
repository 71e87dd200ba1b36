"""The assessment of every measure in every area, kept so that a page of a thousand is quick.

What is kept is derived: `refresh` makes it anew whenever figures, phases or settings change.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count, Min, Q

from peelian.analysis import discoveries
from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.charts import rules_of
from peelian.figures.kinds import CHART_SETTING, MEASURE, PHASE, STANDARD
from peelian.figures.models import Assessment, Measure, Observation, Standard
from peelian.figures.periods import is_regular
from peelian.figures.proposals import proposals_of
from peelian.figures.readings import Measured, Reading, is_judged
from peelian.people.models import Area
from peelian.record.access import Command
from peelian.record.models import Record
from peelian.record.scope import PUBLIC, Scope

SPARK = 24
# A change to one of these changes what is said of its measure.
DECIDING = (MEASURE.name, STANDARD.name, PHASE.name, CHART_SETTING.name)
BATCH = 150_000  # observations that are read and assessed at once: memory stays level
Variation, Assurance = Assessment.Variation, Assessment.Assurance
_ASSURED = {1: Assurance.MET, -1: Assurance.MISSED, 0: Assurance.EITHER, None: Assurance.NONE}


def refresh(measures: Iterable[int] | None = None) -> int:
    """Make the assessments of these measures (or all) anew, in every area; return how many."""
    everything = Scope(Command("peelian figures assess"))
    found = MEASURE.all()
    if measures is not None:
        changed = set(measures)
        found = found.filter(pk__in=changed) | found.filter(numerator__in=changed)
        found |= MEASURE.all().filter(denominator__in=changed)
    wanted = list(found.order_by("pk").distinct())
    made = 0
    with transaction.atomic():
        for some in _in_batches(wanted):
            rows = [assessment_of(series) for series in assess(some, everything).values()]
            Assessment.objects.filter(measure__in=[m.pk for m in some]).delete()
            Assessment.objects.bulk_create(rows, batch_size=1000)
            made += len(rows)
        _mark_what_stands_out()
    return made


def refresh_changed() -> int:
    """Make those assessments anew whose measure, standard, phase or setting has changed since.

    Returns how many measures that were. Two queries where nothing has.
    """
    oldest = Assessment.objects.aggregate(Min("made_at"))["made_at__min"]
    if oldest is None:
        return 0
    touched: dict[int, dt.datetime] = {}
    decided = Record.objects.filter(kind__in=DECIDING, changed_at__gt=oldest)
    for pk, kind, parent, when in decided.values_list("pk", "kind", "parent_id", "changed_at"):
        measure = pk if kind == MEASURE.name else parent
        touched[measure] = max(when, touched.get(measure, when))
    if not touched:
        return 0
    made = (
        Assessment.objects.filter(measure__in=touched)
        .values_list("measure")
        .annotate(Min("made_at"))
    )
    stale = [pk for pk, when in made.order_by() if when < touched[pk]]
    if stale:
        refresh(stale)
    return len(stale)


def _in_batches(measures: list[Measure]) -> Iterator[list[Measure]]:
    """Yield measures in lots of few enough observations; a measure is never parted."""
    counted = Observation.objects.values_list("measure").annotate(Count("pk")).order_by()
    counts = dict(counted)
    lot: list[Measure] = []
    held = 0
    for measure in measures:
        parts = (measure.pk, measure.numerator_id, measure.denominator_id)
        more = sum(counts.get(pk, 0) for pk in parts if pk)
        if lot and held + more > BATCH:
            yield lot
            lot, held = [], 0
        lot.append(measure)
        held += more
    if lot:
        yield lot


def _mark_what_stands_out() -> None:
    """Mark the assessments that stay unusual though so many were looked at at once.

    How unusual that is follows from what is public alone, or a secret measure would move a mark.
    """
    public = Assessment.objects.filter(
        measure__in=PUBLIC.of(MEASURE).values("pk"), area__in=PUBLIC.see(Area.objects.all())
    )
    looked_at = public.exclude(chance=None).order_by().values_list("chance", "signal")
    # One that no rule speaks of cannot stand out: it counts as a look, and as sure to be chance.
    chances = np.array([c if signal else 1.0 for c, signal in looked_at], np.float64)
    found = chances[discoveries(chances)] if len(chances) else chances
    line = float(found.max(initial=-1.0))
    Assessment.objects.update(stands_out=Q(chance__lte=line, chance__lt=1) & ~Q(signal=""))


def assessment_of(series: Series) -> Assessment:
    """Return the row that is kept of a series, not saved."""
    judged = is_judged(measured_of(series.measure, series.standard), series.reading)
    signals = series.reading.signals if judged else {}
    return Assessment(
        measure=series.measure,
        area=series.area,
        period=series.periods[-1],
        known=series.known,
        method=series.reading.method,
        variation=variation_of(series.measure.polarity, series.reading, judged=judged),
        assurance=_ASSURED[series.assured if judged else None],
        signal=next(iter(signals), ""),
        chance=series.reading.chance if judged else None,
        expected=series.reading.expected if judged else None,
        illustrative=series.illustrative,
        reading=_kept(series),
        spark=spark_of(series),
        proposals=proposals_of(series) if judged else [],
    )


def variation_of(polarity: str, found: Reading, *, judged: bool) -> str:
    """Return what a latest value is: an improvement or a concern only where one way is better."""
    if not judged:
        return Variation.NONE
    if not found.signals:
        return Variation.COMMON
    if len(found.ways) != 1:
        return Variation.MIXED
    up = found.ways == {1}
    if polarity not in ("higher", "lower"):
        return Variation.HIGH if up else Variation.LOW
    return Variation.IMPROVEMENT if up == (polarity == "higher") else Variation.CONCERN


def _kept(series: Series) -> dict[str, Any]:
    kept = asdict(series.reading)
    del kept["comparators"], kept["area"]
    held = series.standard.value if series.standard else None
    return kept | {"standard": held, "signals": series.reading.signals}


def by_area(measure: Measure, scope: Scope) -> dict[Area, Assessment]:
    """Return a measure's assessments by the areas that may be seen, the force first.

    Two queries.
    """
    areas = scope.see(Area.objects.all()).in_bulk()
    found = Assessment.objects.filter(measure=measure, area__in=areas)
    rows = {areas[row.area_id]: row for row in found}
    return dict(sorted(rows.items(), key=lambda pair: pair[0].force_first))


def read_back(row: Assessment, measure: Measure, area: Area) -> tuple[Measured, Reading]:
    """Return the measure's words and the reading that an assessment was kept with."""
    kept: Mapping[str, Any] = row.reading
    # Another version of the software may have kept more than this one knows.
    known = {field.name for field in fields(Reading)}
    found = {name: value for name, value in kept.items() if name in known}
    held = kept.get("standard")
    standard = None if held is None else Standard(value=held)
    return measured_of(measure, standard), Reading(area=area.title, **found)


def spark_of(series: Series) -> dict[str, list[Any]]:
    """Return the newest values, with what a small chart of them shows, short enough to keep.

    Limits and signals only where the series may be judged: for each point the rule that speaks and
    its sign, or None; the places where phases begin. Periods are kept where they are irregular.
    """
    row, chart = series.row, series.chart
    judged = is_judged(measured_of(series.measure, series.standard), series.reading)
    lines = ("centre", "lower", "upper") if judged else ()
    drawn = {name: getattr(chart, name)[row, -SPARK:].tolist() for name in lines}
    drawn["values"] = [math.nan if v is None else v for v in series.values[-SPARK:]]
    spark: dict[str, list[Any]] = {n: [_short(v) for v in line] for n, line in drawn.items()}
    if not is_regular(series.measure.frequency):
        spark["periods"] = [p.isoformat() for p in series.periods[-SPARK:]]
    if judged:
        phase = chart.phase[row, -SPARK:].tolist()
        spark["phases"] = [n for n in range(1, len(phase)) if phase[n] != phase[n - 1]]
        spark["signals"] = [list(s) if s else None for s in rules_of(series)[-SPARK:]]
    return spark


def _short(value: float) -> float | None:
    return None if math.isnan(value) else float(f"{value:.6g}")
