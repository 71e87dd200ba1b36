"""The measures that show how a promise goes, as small charts with their tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString

from peelian.figures.kinds import MEASURE, QUOTED_FIGURE
from peelian.figures.lines import Line, line_of
from peelian.figures.models import Assessment, Measure
from peelian.figures.periods import period_label
from peelian.figures.small_chart import periods_of, render_small, small_data
from peelian.figures.wording import amount
from peelian.people.models import Area
from peelian.record.models import Link, Record
from peelian.record.scope import Scope

MOST = 12  # charts on the page of a promise
ROWS = 8  # newest values in the table under a chart


@dataclass(frozen=True)
class Indicator:
    """A small chart of a measure in an area, and its newest values as a table, newest first."""

    line: Line
    chart: SafeString
    rows: list[tuple[str, str]]


def measures_of(record: Record, scope: Scope) -> dict[int, Measure]:
    """Return by id the measures that a promise is tied to, or quotes, in their order. One query."""
    tied = Link.objects.filter(source=record, form="measured_by").values("target")
    quoted = scope.of(QUOTED_FIGURE).filter(promise=record).values("measure")
    found = scope.of(MEASURE).filter(Q(pk__in=tied) | Q(pk__in=quoted))
    return {measure.pk: measure for measure in found.in_order()}


def indicators_of(measures: Mapping[int, Measure], scope: Scope) -> list[Indicator]:
    """Return measures as small charts, each in the area of the force. One query."""
    forces = scope.see(Area.objects.filter(level="force_area"))
    found: dict[int, list[Assessment]] = {}
    rows = Assessment.objects.filter(measure__in=measures, area__in=forces).select_related("area")
    for row in rows.order_by("area__sort_key", "area"):
        found.setdefault(row.measure_id, []).append(row)
    lines = [line_of(row, measures[pk], row.area) for pk in measures for row in found.get(pk, [])]
    return [_indicator(line) for line in lines[:MOST]]


def _indicator(line: Line) -> Indicator:
    values = line.assessment.spark.get("values", ())
    frequency = line.measure.frequency
    periods = periods_of(line.assessment, frequency, len(values))
    pairs = list(zip(periods, values, strict=True))[-ROWS:]
    rows = [
        (period_label(frequency, period), "–" if v is None else amount(line.measured, v))
        for period, v in reversed(pairs)
    ]
    return Indicator(line, render_small(small_data(line)), rows)
