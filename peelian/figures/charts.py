"""A series as a chart: which points are signals, what they mean, and in which words."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from peelian.figures.assess import Series, measured_of
from peelian.figures.chart import ChartData, Flag, Meaning, render
from peelian.figures.periods import short_label
from peelian.figures.readings import is_judged, is_rare

# The rule, its sign, the chart's flag and the words for it; the weightiest first.
RULES: tuple[tuple[str, int, Flag, Any], ...] = (
    ("outside", 1, "high", lazy("Exceptionally high")),
    ("outside", -1, "low", lazy("Exceptionally low")),
    ("trend", 1, "trend_up", lazy("Rising for seven months")),
    ("trend", -1, "trend_down", lazy("Falling for seven months")),
    ("two_of_three", 1, "two_of_three_high", lazy("Two of three near the upper limit")),
    ("two_of_three", -1, "two_of_three_low", lazy("Two of three near the lower limit")),
    ("shift", 1, "shift_high", lazy("Seven months above the average")),
    ("shift", -1, "shift_low", lazy("Seven months below the average")),
)


def _signals(series: Series) -> list[tuple[Flag, str, Meaning]]:
    """Return `(flag, words, meaning)` for each point."""
    judged = is_judged(measured_of(series.measure, series.standard), series.reading)
    found: list[tuple[Flag, str, Meaning]] = []
    for column in range(len(series.periods)):
        flag: Flag = "none"
        words, sign = "", 0
        for rule, direction, code, said in RULES if judged else ():
            if getattr(series.chart, rule)[series.row, column] == direction:
                flag, words, sign = code, str(said), direction
                break
        found.append((flag, words, _meaning(series, sign)))
    return found


def _meaning(series: Series, sign: int) -> Meaning:
    better = {"higher": 1, "lower": -1}.get(series.measure.polarity, 0)
    if not sign or not better:
        return "neutral"
    return "improvement" if sign == better else "concern"


def meanings_of(series: Series) -> list[str]:
    """Return for each point the words of its signal, and whether it is good or bad; else ""."""
    labels = {"improvement": _("improvement"), "concern": _("concern")}
    return [
        f"{words} ({labels[meaning]})" if meaning in labels and words else words
        for _flag, words, meaning in _signals(series)
    ]


def chart_of(series: Series, sentence: str) -> SafeString:
    """Return the control chart of a series as SVG, described by its sentence."""
    measured, found = measured_of(series.measure, series.standard), series.reading
    limited = is_judged(measured, found) and not is_rare(measured, found)
    signals = _signals(series)
    return render(
        ChartData(
            title=f"{series.measure.title}: {series.area.title}",
            description=sentence,
            unit=series.measure.unit,
            labels=tuple(short_label(series.measure.frequency, p) for p in series.periods),
            values=series.values,
            decimals=series.measure.decimals,
            centre=found.centre if limited else None,
            lower=_floored(series) if limited else None,
            upper=found.upper if limited else None,
            target=series.standard.value if series.standard else None,
            flags=tuple(s[0] for s in signals),
            meanings=tuple(s[2] for s in signals),
            provisional=found.provisional,
            illustrative=series.illustrative,
        )
    )


def _floored(series: Series) -> float | None:
    """Return the lower limit; a count or share cannot be below nothing."""
    lower = series.reading.lower
    values = [v for v in series.values if v is not None]
    return max(lower, 0.0) if lower is not None and min(values, default=0) >= 0 else lower
