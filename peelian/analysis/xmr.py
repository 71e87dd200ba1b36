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

from peelian.analysis.arrays import ROUNDING, Bools, Floats, as_amount, as_table, largest
from peelian.analysis.charts import Chart, Piece, draw
from peelian.analysis.phases import Phases
from peelian.analysis.rules import MDC, Rules, as_rules

D2 = 1.128  # mean range of two normal values, in sigmas, as tables round it
EXACT_D2 = 2 / np.sqrt(np.pi)
D4 = 3.267  # upper limit of a moving range, in mean moving ranges
MEDIAN_D2 = 0.954  # median range of two normal values, in sigmas
MEDIAN_D4 = 3.865  # upper limit of a moving range, in median moving ranges


@dataclass(frozen=True)
class Ranging:
    """How moving ranges make limits."""

    exact_d2: bool = False
    median_range: bool = False
    bridge_gaps: bool = False
    floor: float | None = None

    def sigma(self, rules: Rules) -> float:
        """Return the sigmas in one middle moving range."""
        if self.median_range:
            return 1 / MEDIAN_D2
        return float(1 / EXACT_D2) if self.exact_d2 else rules.reach / 3

    @property
    def unusual(self) -> float:
        """The middle moving ranges above which a range is unusual."""
        return MEDIAN_D4 if self.median_range else D4


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
    which points are shown but neither make limits nor take part in runs, as if they were not there.
    ``frozen`` lets only the first so many points make the limits. ``floor`` keeps the lower limit
    shown at or above it. ``exact_d2`` uses 2/√π for 1.128; ``median_range`` takes limits from the
    median moving range, 3/0.954 of it, which few outlying ones do not move (Wheeler: 3.145, and
    3.865 of it for a range).

    The range across a missing period spans more than one step and is not used, unless
    ``bridge_gaps``: then missing periods change nothing but the dates. The rules look at every
    other point; runs go on over a missing period.

    Raises ValueError for another shape, for infinite values and for ``frozen`` below 0.
    """
    if floor is not None:
        floor = as_amount(floor, "the floor")
    ranging = Ranging(exact_d2, median_range, bridge_gaps, floor)
    as_rules(rules)
    return draw(
        as_table(values),
        lambda piece: _block(piece, rules, ranging),
        baseline=baseline,
        starts=starts,
        excluded=excluded,
        frozen=frozen,
    )


def _block(piece: Piece, rules: Rules, ranging: Ranging) -> dict[str, Any]:
    """Return the lines of one block, with one column where they are level, and the signals."""
    grain = ROUNDING * largest(piece.values)
    lines = _lines(piece, grain, rules, ranging)
    reach = 3 * lines["sigma"]
    lower, upper = lines["centre"] - reach, lines["centre"] + reach
    signals = piece.signals(lines["centre"], lower, upper, rules, grain)
    if ranging.floor is not None:
        lower = np.maximum(lower, ranging.floor)
    return lines | {"lower": lower, "upper": upper, "signals": signals}


def _lines(piece: Piece, grain: Floats, rules: Rules, ranging: Ranging) -> dict[str, Any]:
    """Return centre, sigma, the ranges and how many points there are, laid over the periods."""
    base, phases = piece.base, piece.phases
    present = ~np.isnan(base)
    count = phases.count(present)
    centre = phases.mean(base, present)
    ranges = moving_ranges(base, phases, ~present if ranging.bridge_gaps else piece.ignored)
    middle = middle_range(ranges, phases, screen=rules.screen, median=ranging.median_range)
    # Steps of nothing on both sides of a gap, but another level after it: no limit can be told.
    spread = phases.largest(base - phases.lay(centre))
    grain = phases.of_rows(grain)
    told = ~np.isnan(middle) & ((middle > grain) | (spread <= grain))
    settled = rules.settle(count, told)
    shown = np.where(settled["enough"], middle, np.nan)
    found = settled | {
        "centre": centre,
        "sigma": ranging.sigma(rules) * shown,
        "mean_range": middle,
        "range_limit": ranging.unusual * shown,
    }
    return {name: phases.lay(part) for name, part in found.items()}


def moving_ranges(base: Floats, phases: Phases, skipped: Bools | None = None) -> Floats:
    """Return each point's step from the point before in its phase, without sign, (S, T).

    NaN where either is missing, and at a phase's first point. ``skipped`` points, (1, T) or
    (S, T), are taken out first, so that those on both sides of them become neighbours.
    """
    if skipped is None or not skipped.any():
        ranges = np.empty(base.shape)
        np.subtract(base[:, 1:], base[:, :-1], out=ranges[:, 1:])
        ranges.ravel()[phases.first[: base.size]] = np.nan
        return np.abs(ranges, out=ranges)
    order = np.argsort(np.broadcast_to(skipped, base.shape), axis=1, kind="stable")
    kept = np.take_along_axis(np.where(skipped, np.nan, base), order, axis=1)
    steps = np.abs(np.diff(kept, axis=1, prepend=np.nan))
    if phases.number is not None:
        number = np.take_along_axis(phases.number, order, axis=1)
        steps[:, 1:][number[:, 1:] != number[:, :-1]] = np.nan
    ranges = np.empty(base.shape)
    np.put_along_axis(ranges, order, steps, axis=1)
    return ranges


def middle_range(ranges: Floats, phases: Phases, *, screen: bool, median: bool = False) -> Floats:
    """Return the mean (or median) of each phase's ranges, (N,), outlying ones left out if asked."""
    present = ~np.isnan(ranges)
    mean = phases.mean(ranges, present)
    if screen:
        kept = present & (np.nan_to_num(ranges) < D4 * np.nan_to_num(phases.lay(mean)))
        screened = phases.mean(ranges, kept)
        # Never so that no range, or none above 0, is left.
        useful = screened > 0
        mean = np.where(useful, screened, mean)
        present = np.where(phases.lay(useful), kept, present)
    return phases.median(ranges, present) if median else mean
