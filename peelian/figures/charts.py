"""A series as a chart: which points are signals, what they mean, and in which words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.figures.assess import Series, measured_of
from peelian.figures.chart import ChartData, Flag, Line, Meaning, render
from peelian.figures.models import Measure
from peelian.figures.periods import period_label, short_label
from peelian.figures.readings import RULES, UNDIRECTED, Measured, Reading, is_judged
from peelian.figures.wording import MANY, amount, spelled

# A rule and its sign, with the flag of the chart and the words for it.
SAID: dict[tuple[str, int], tuple[Flag, Any]] = {
    ("outside", 1): ("high", gettext_lazy("Exceptionally high")),
    ("outside", -1): ("low", gettext_lazy("Exceptionally low")),
    ("trend", 1): ("trend_up", gettext_lazy("Rising for %(trend)s %(periods)s")),
    ("trend", -1): ("trend_down", gettext_lazy("Falling for %(trend)s %(periods)s")),
    ("two_of_three", 1): ("two_of_three_high", gettext_lazy("Two of three near the upper limit")),
    ("two_of_three", -1): ("two_of_three_low", gettext_lazy("Two of three near the lower limit")),
    ("shift", 1): ("shift_high", gettext_lazy("%(Shift)s %(periods)s above the average")),
    ("shift", -1): ("shift_low", gettext_lazy("%(Shift)s %(periods)s below the average")),
    ("four_of_five", 1): ("shift_high", gettext_lazy("Four of five well above the average")),
    ("four_of_five", -1): ("shift_low", gettext_lazy("Four of five well below the average")),
    ("hugging", 1): ("pattern", gettext_lazy("Closer to the average than chance allows")),
    ("mixture", 1): ("pattern", gettext_lazy("Further from the average than chance allows")),
    ("alternating", 1): ("pattern", gettext_lazy("Up and down by turns")),
    ("runs", 1): ("pattern", gettext_lazy("More on one side than chance allows")),
}


def rules_of(series: Series) -> list[tuple[str, int] | None]:
    """Return for each point the weightiest rule that speaks of it, with +1 or -1; else None."""
    found: list[tuple[str, int] | None] = [None] * len(series.periods)
    if not is_judged(measured_of(series.measure, series.standard), series.reading):
        return found
    signals = series.chart.signals
    for rule in reversed([rule for rule in RULES if rule in signals]):
        for column, sign in enumerate(signals[rule][series.row].tolist()):
            if sign:
                found[column] = (rule, sign)
    return found


def said_of(
    spoken: tuple[str, int] | None, measure: Measure, found: Reading
) -> tuple[Flag, str, Meaning]:
    """Return a point's flag, the words for the rule that speaks of it, and what it means."""
    if spoken is None:
        return ("none", "", "neutral")
    rule, sign = spoken
    flag, said = SAID[rule, sign]
    lengths = {
        "trend": spelled(found.trend_points),
        "Shift": spelled(found.shift_points).capitalize(),
        "periods": MANY[measure.frequency],
    }
    way = 0 if rule in UNDIRECTED else sign
    return flag, said % lengths, _meaning(measure.polarity, way)


def signals_of(series: Series) -> list[tuple[Flag, str, Meaning]]:
    """Return for each point its flag, the words for the weightiest rule, and what it means."""
    return [said_of(spoken, series.measure, series.reading) for spoken in rules_of(series)]


def _meaning(polarity: str, sign: int) -> Meaning:
    better = {"higher": 1, "lower": -1}.get(polarity, 0)
    if not sign or not better:
        return "neutral"
    return "improvement" if sign == better else "concern"


def meanings_of(series: Series) -> list[str]:
    """Return for each point the words of its signal, and whether it is good or bad; else ""."""
    return [in_words(words, meaning) for _flag, words, meaning in signals_of(series)]


def in_words(said: str, meaning: Meaning) -> str:
    """Return what a rule says with whether it is good or bad, where that is known."""
    labels = {"improvement": _("improvement"), "concern": _("concern")}
    return f"{said} ({labels[meaning]})" if meaning in labels and said else said


def chart_of(series: Series, sentence: str) -> SafeString:
    """Return the control chart of a series as SVG, described by its sentence."""
    return render(data_of(series, sentence))


def data_of(series: Series, sentence: str) -> ChartData:
    """Return what the chart of a series shows: only its limits where it may be judged."""
    measured, found = measured_of(series.measure, series.standard), series.reading
    limited = is_judged(measured, found)
    signals, said = signals_of(series), meanings_of(series)
    frequency, periods = series.measure.frequency, series.periods
    phase = series.chart.phase[series.row].tolist()
    return ChartData(
        title=f"{series.measure.title}: {series.area.title}",
        description=sentence,
        unit=series.measure.unit,
        labels=tuple(short_label(frequency, p) for p in periods),
        values=series.values,
        decimals=series.measure.decimals,
        centre=_line(series, "centre") if limited else None,
        lower=floored(_line(series, "lower"), series.values) if limited else None,
        upper=_line(series, "upper") if limited else None,
        target=_standard_line(series),
        flags=tuple(s[0] for s in signals),
        meanings=tuple(s[2] for s in signals),
        notes=notes_of(measured, periods, series.values, said),
        phases=tuple(n for n in range(1, len(phase)) if limited and phase[n] != phase[n - 1]),
        open=tuple(n for n, p in enumerate(periods) if p in series.provisional),
        provisional=found.provisional,
        illustrative=series.illustrative,
    )


def notes_of(
    measured: Measured,
    periods: Sequence[dt.date],
    values: Sequence[float | None],
    said: Sequence[str],
) -> tuple[str, ...]:
    """Return what is said of each flagged point: the period, the value and the rule."""
    return tuple(
        f"{period_label(measured.frequency, p)}: {amount(measured, v)}. {words}"
        if words and v is not None
        else ""
        for p, v, words in zip(periods, values, said, strict=True)
    )


def _line(series: Series, name: str) -> Line:
    """Return a line of the chart: one number where it is level."""
    levels = getattr(series.chart, name)[series.row].tolist()
    line = tuple(None if level != level else level for level in levels)
    return line[0] if len(set(line)) == 1 else line


def floored(lower: Line, values: Sequence[float | None]) -> Line:
    """Return a lower limit; that of a count or share cannot be below nothing."""
    if min((v for v in values if v is not None), default=0) < 0:
        return lower
    if isinstance(lower, tuple):
        return tuple(None if level is None else max(level, 0.0) for level in lower)
    return None if lower is None else max(lower, 0.0)


def _standard_line(series: Series) -> Line:
    """Return the standard from the period that it holds from."""
    held = series.standard
    if held is None or held.starts is None or held.starts <= series.periods[0]:
        return held.value if held else None
    return tuple(held.value if held.holds_on(p) else None for p in series.periods)
