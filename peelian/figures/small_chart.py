"""A chart small enough to stand among many: the newest periods with limits, phases and signals.

Made from what an assessment keeps, so that a page of a hundred reads no observation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from peelian.blocks import printable
from peelian.figures.chart import ChartData, drawn, reach
from peelian.figures.charts import floored, in_words, notes_of, said_of
from peelian.figures.lines import Line
from peelian.figures.models import Assessment
from peelian.figures.periods import short_label, step_on
from peelian.figures.scale import Scale, nice_ticks, tick_marks

PLOT = (44.0, 312.0, 8.0, 104.0)  # left, right, top, bottom
TICKS = 3


def small_data(line: Line) -> ChartData:
    """Return what the small chart of an assessment shows, described by its sentence."""
    measure, spark = line.measure, line.assessment.spark
    values = tuple(spark.get("values", ()))
    periods = periods_of(line.assessment, measure.frequency, len(values))
    spoken = [tuple(s) if s else None for s in spark.get("signals") or [None] * len(values)]
    said = [said_of(one, measure, line.found) for one in spoken]
    ends = (0, len(values) - 1)  # where labels are shown: the rest need none
    return ChartData(
        title=f"{measure.title}: {line.area.title}",
        description=line.sentence,
        unit=measure.unit,
        labels=tuple(
            short_label(measure.frequency, p) if n in ends else "" for n, p in enumerate(periods)
        ),
        values=values,
        decimals=measure.decimals,
        target=line.measured.standard,
        flags=tuple(flag for flag, _words, _meaning in said),
        meanings=tuple(meaning for _flag, _words, meaning in said),
        notes=notes_of(
            line.measured,
            periods,
            values,
            [in_words(words, meaning) for _flag, words, meaning in said],
        ),
        phases=tuple(spark.get("phases", ())),
        illustrative=line.assessment.illustrative,
        **_limits(spark),
    )


def _limits(spark: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lines that were kept, none where the series may not be judged."""
    lines: dict[str, Any] = {
        name: tuple(spark[name]) for name in ("centre", "lower", "upper") if name in spark
    }
    if "lower" in lines:
        lines["lower"] = floored(lines["lower"], spark["values"])
    return lines


def periods_of(row: Assessment, frequency: str, many: int) -> list[dt.date]:
    """Return the periods of so many newest values, as kept or counted back from the last."""
    if kept := row.spark.get("periods"):
        return [dt.date.fromisoformat(day) for day in kept]
    return [step_on(frequency, row.period, n - many + 1) for n in range(many)]


def render_small(data: ChartData, among: Sequence[ChartData] = ()) -> SafeString:
    """Return the chart as `<svg role="img">`; on the scale of all those it stands ``among``."""
    ticks = nice_ticks(*reach(*(among or [data])), TICKS)
    scale = Scale(len(data.labels), ticks[0], ticks[-1], PLOT)
    parts = drawn(scale, data)
    newest = max((n for n, v in enumerate(data.values) if v is not None), default=None)
    shown = [n for n, v in enumerate(data.values) if v is not None]
    # Points that say nothing would hide the line at this size: the newest and the signals stay.
    flags = data.flags or ("none",) * len(data.values)
    parts["points"] = [
        point
        for n, point in zip(shown, parts["points"], strict=True)
        if flags[n] != "none" or n == newest
    ]
    context = {
        "title": printable(data.title),
        "description": printable(data.description),
        "ticks": tick_marks(scale, ticks),
        "first": data.labels[0] if data.labels else "",
        "last": data.labels[-1] if data.labels else "",
        **parts,
    }
    return SafeString(render_to_string("figures/small_chart.svg", context).strip())
