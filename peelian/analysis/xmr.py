"""XmR charts of many series at once: centre, process limits and the rules that find signals.

D. J. Wheeler, *Understanding Variation* (1993): limits are the mean plus and minus 3/1.128 mean
moving ranges (the familiar 2.66), and a moving range is unusual above 3.267 of them. Screening of
outlying ranges: L. S. Nelson, *Control Charts for Individual Measurements*, J. Quality Technology
14 (1982).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import (
    ROUNDING,
    Bools,
    Counts,
    Floats,
    as_mask,
    as_table,
    by_blocks,
    cut,
    largest,
    row_mean,
)
from peelian.analysis.charts import Chart
from peelian.analysis.rules import MDC, Rules, find_signals

D2 = 1.128  # mean range of two normal values, in sigmas, as tables round it
EXACT_D2 = 2 / np.sqrt(np.pi)
D4 = 3.267  # upper limit of a moving range, in mean moving ranges
MEDIAN_D2 = 0.954  # median range of two normal values, in sigmas


@dataclass(frozen=True)
class Ranging:
    """How moving ranges make limits."""

    exact_d2: bool = False
    median_range: bool = False
    bridge_gaps: bool = False
    floor: float | None = None

    @property
    def sigma(self) -> float:
        """The sigmas in one middle moving range."""
        if self.median_range:
            return 1 / MEDIAN_D2
        return float(1 / (EXACT_D2 if self.exact_d2 else D2))


def xmr(
    values: ArrayLike,
    *,
    rules: Rules = MDC,
    baseline: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    excluded: ArrayLike | None = None,
    frozen: int = 0,
    floor: float | None = None,
    exact_d2: bool = False,
    median_range: bool = False,
    bridge_gaps: bool = False,
) -> Chart:
    """Return the chart of every row of ``values``, shape (S, T), NaN where a period is missing.

    ``starts``, ``baseline`` and ``excluded`` are booleans of shape (T,) or (S, T): where a new
    phase begins; which periods make the limits (a phase that has none of them uses all its own);
    which points are shown but neither make limits nor take part in runs. ``frozen`` lets only the
    first so many points make the limits. ``floor`` keeps the lower limit shown at or above it.
    ``exact_d2`` uses 2/√π for 1.128; ``median_range`` takes limits from the median moving range,
    3/0.954 of it, which few outlying ones do not move.

    The range across a missing period spans more than one step and is not used, unless
    ``bridge_gaps``: then missing periods change nothing but the dates. The rules look at every
    point; runs go on over a missing period.

    Raises ValueError for another shape and for infinite values.
    """
    table = as_table(values)
    marks = phase_numbers(starts, table.shape)
    used = limit_makers(table, baseline, excluded, frozen, marks)
    ignored = as_mask(excluded, table.shape, "excluded")
    ranging = Ranging(exact_d2, median_range, bridge_gaps, floor)
    parts = by_blocks(
        len(table),
        lambda rows: _block(
            table[rows], cut(marks, rows), cut(used, rows), cut(ignored, rows), rules, ranging
        ),
    )
    return as_chart(table, parts, marks)


def phase_numbers(starts: ArrayLike | None, shape: tuple[int, int]) -> Counts | None:
    """Return the number of the phase at each period, (1, T) or (S, T); None for one phase."""
    begin = as_mask(starts, shape, "starts")
    if begin is None or not begin[:, 1:].any():
        return None
    later = begin.copy()
    later[:, :1] = False  # the first phase begins by itself
    return np.cumsum(later, axis=1, dtype=np.int64)


def limit_makers(
    values: Floats,
    baseline: ArrayLike | None,
    excluded: ArrayLike | None,
    frozen: int,
    phase: Counts | None,
) -> Bools | None:
    """Return which points may make the limits, (1, T) or (S, T); None for all of them."""
    fixed = as_mask(baseline, values.shape, "baseline")
    if frozen:
        present = np.cumsum(~np.isnan(values), axis=1)
        first = present <= frozen
        fixed = first if fixed is None else fixed & first
    if fixed is not None and phase is not None:
        fixed = _or_whole_phase(fixed, phase, values.shape)
    shown = as_mask(excluded, values.shape, "excluded")
    if shown is None:
        return fixed
    return ~shown if fixed is None else fixed & ~shown


def _or_whole_phase(fixed: Bools, phase: Counts, shape: tuple[int, int]) -> Bools:
    """Return the baseline, and all of each phase that has no period of it."""
    fixed, phase = np.broadcast_to(fixed, shape).copy(), np.broadcast_to(phase, shape)
    for number in range(int(phase.max(initial=0)) + 1):
        here = phase == number
        without = ~(fixed & here).any(axis=1)
        fixed |= here & without[:, None]
    return fixed


def _block(
    values: Floats,
    phase: Counts | None,
    used: Bools | None,
    ignored: Bools | None,
    rules: Rules,
    ranging: Ranging,
) -> dict[str, Any]:
    """Return the lines of one block, with one column where they are level, and the signals."""
    grain = ROUNDING * largest(values)
    base = values if used is None else np.where(used, values, np.nan)
    lines = by_phase(
        values.shape, phase, lambda here: _limits(_only(base, here), grain, rules, ranging)
    )
    reach = 3 * lines["sigma"]
    lower, upper = lines["centre"] - reach, lines["centre"] + reach
    whole = None if phase is None else np.broadcast_to(phase, values.shape)
    hidden = None if ignored is None else np.broadcast_to(ignored, values.shape)
    signals = find_signals(
        values,
        lines["centre"],
        lower,
        upper,
        rules=rules,
        phase=whole,
        ignored=hidden,
        grain=grain[:, None],
    )
    if ranging.floor is not None:
        lower = np.maximum(lower, ranging.floor)
    return lines | {"lower": lower, "upper": upper, **as_parts(signals)}


def _only(base: Floats, here: Bools | None) -> Floats:
    return base if here is None else np.where(here, base, np.nan)


def by_phase(shape: tuple[int, int], phase: Counts | None, limits: Any) -> dict[str, Any]:
    """Return what ``limits`` gives for the points of each phase, (S,) each, laid over its periods.

    Level lines have shape (S, 1).
    """
    if phase is None:
        return {name: found[:, None] for name, found in limits(None).items()}
    laid: dict[str, Any] = {}
    for number in range(int(phase.max(initial=0)) + 1):
        here = np.broadcast_to(phase == number, shape)
        for name, found in limits(here).items():
            if name not in laid:
                laid[name] = np.broadcast_to(found[:, None], shape).copy()
            np.copyto(laid[name], found[:, None], where=here)
    return laid


def _limits(base: Floats, grain: Floats, rules: Rules, ranging: Ranging) -> dict[str, Any]:
    """Return centre, sigma, the ranges and how many points there are, of one phase."""
    present = ~np.isnan(base)
    count = present.sum(axis=1)
    centre = row_mean(base, present)
    ranges = moving_ranges(base, bridge_gaps=ranging.bridge_gaps)
    middle = middle_range(ranges, screen=rules.screen, median=ranging.median_range)
    # Steps of nothing on both sides of a gap, but another level after it: no limit can be told.
    spread = largest(base - centre[:, None])
    told = ~np.isnan(middle) & ((middle > grain) | (spread <= grain))
    enough = (count >= rules.shown_from) & told
    return {
        "centre": centre,
        "sigma": np.where(enough, ranging.sigma * middle, np.nan),
        "mean_range": middle,
        "range_limit": np.where(enough, D4 * middle, np.nan),
        "count": count,
        "enough": enough,
        "provisional": enough & (count < rules.settled_from),
    }


def moving_ranges(base: Floats, *, bridge_gaps: bool = False) -> Floats:
    """Return the steps between neighbours, without sign; NaN where either is missing."""
    if bridge_gaps:
        order = np.argsort(np.isnan(base), axis=1, kind="stable")
        base = np.take_along_axis(base, order, axis=1)
    return np.abs(np.diff(base, axis=1))


def middle_range(ranges: Floats, *, screen: bool, median: bool) -> Floats:
    """Return the mean (or median) of each row's ranges, (S,), outlying ones left out if asked."""
    present = ~np.isnan(ranges)
    mean = row_mean(ranges, present)
    if screen:
        kept = present & (np.nan_to_num(ranges) < D4 * np.nan_to_num(mean)[:, None])
        screened = row_mean(ranges, kept)
        mean = np.where(
            screened > 0, screened, mean
        )  # never so that no range, or none above 0, is left
        present = np.where((screened > 0)[:, None], kept, present)
    return row_median(ranges, present) if median else mean


def row_median(values: Floats, present: Bools) -> Floats:
    """Return the median of each row's present values, (S,); NaN for none."""
    if not values.shape[1]:
        return np.full(len(values), np.nan)
    ordered = np.sort(np.where(present, values, np.inf), axis=1)
    count = present.sum(axis=1)
    rows = np.arange(len(values))
    low = ordered[rows, np.maximum((count - 1) // 2, 0)]
    high = ordered[rows, np.minimum(count // 2, values.shape[1] - 1)]
    return np.where(count > 0, (low + high) / 2, np.nan)


def as_parts(signals: dict[str, Any]) -> dict[str, Any]:
    """Return signals under names of their own, to be joined block by block."""
    return {f"signal:{name}": flags for name, flags in signals.items()}


def as_chart(values: Floats, parts: dict[str, Any], phase: Counts | None) -> Chart:
    """Return the chart of the parts that blocks gave, each laid over all periods."""
    laid = {
        name: np.broadcast_to(part, values.shape)
        for name, part in parts.items()
        if not name.startswith("signal:")
    }
    signals = {
        name.removeprefix("signal:"): part
        for name, part in parts.items()
        if name.startswith("signal:")
    }
    numbers = np.zeros((1, 1), np.int64) if phase is None else phase
    nothing = np.broadcast_to(np.full((1, 1), np.nan), values.shape)
    return Chart(
        values=values,
        phase=np.broadcast_to(numbers, values.shape),
        signals=signals,
        **({"mean_range": nothing, "range_limit": nothing} | laid),
    )
