"""How seldom a stable series ends as each of these does: for ranking what was found in many."""

from __future__ import annotations

import math

import numpy as np

from peelian.analysis.arrays import Bools, Counts, Floats
from peelian.analysis.charts import Chart

FREE = 0.62  # degrees of freedom that a mean moving range has, for each of n - 1 (Wheeler, 1995)


def chance_of_latest(chart: Chart, *, poisson: Bools) -> Floats:
    """Return for each series the chance, (S,), that a stable one ends so far out or in such a run.

    The least of three chances, times three (Bonferroni): of the last point's distance from the
    centre (by Student's t, as sigma is estimated; by the Poisson distribution where ``poisson``),
    of the run on one side of the centre, 2 (1/2)^n, and of the run in one direction, 2/n!, each
    only where its rule is on. NaN without limits or a last value.
    """
    if not chart.values.shape[1]:
        return np.full(len(chart.values), np.nan)
    value, centre = chart.values[:, -1], chart.centre[:, -1]
    sigma, count = chart.sigma[:, -1], chart.count[:, -1]
    told = chart.enough[:, -1] & ~np.isnan(value) & ~np.isnan(sigma)
    found = np.full(len(value), np.nan)
    if not told.any():
        return found
    parts = [
        np.where(poisson, _by_poisson(value, centre), _by_distance(value, centre, sigma, count))
    ]
    runs = ~poisson[:, None] & ~np.isnan(chart.values)
    if "shift" in chart.signals:
        side = np.where(runs, np.sign(np.nan_to_num(chart.values - chart.centre)), 0)
        parts.append(2 * 0.5 ** _run_at_end(side))
    if "trend" in chart.signals:
        steps = np.sign(np.nan_to_num(np.diff(np.where(runs, chart.values, np.nan), axis=1)))
        length = _run_at_end(steps)
        factorial = np.array([math.factorial(min(n + 1, 150)) for n in range(steps.shape[1] + 2)])
        parts.append(2.0 / factorial[length].astype(np.float64))
    least = np.minimum.reduce([np.nan_to_num(part, nan=1.0) for part in parts])
    found[told] = np.minimum(len(parts) * least, 1.0)[told]
    return found


def _by_distance(value: Floats, centre: Floats, sigma: Floats, count: Counts) -> Floats:
    from scipy.special import stdtr

    with np.errstate(divide="ignore", invalid="ignore"):
        spread = sigma * np.sqrt(1 + 1 / np.maximum(count, 1))
        score = np.where(sigma > 0, np.abs(value - centre) / spread, 0.0)
    free = np.maximum(FREE * (count - 1), 1.0)
    both: Floats = 2 * stdtr(free, -np.nan_to_num(score))
    return both


def _by_poisson(value: Floats, centre: Floats) -> Floats:
    from scipy.special import pdtr, pdtrc

    whole, mean = np.nan_to_num(value), np.nan_to_num(np.maximum(centre, 0.0))
    below = pdtr(whole, mean)
    above = np.where(whole > 0, pdtrc(np.maximum(whole - 1, 0), mean), 1.0)
    both: Floats = np.minimum(2 * np.minimum(below, above), 1.0)
    return both


def _run_at_end(sign: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return how many of the last columns share the last one's sign, (S,); 0 where that is 0."""
    length = np.zeros(len(sign), np.int64)
    if not sign.shape[1]:
        return length
    last, going = sign[:, -1], sign[:, -1] != 0
    for column in range(sign.shape[1] - 1, -1, -1):
        going = going & (sign[:, column] == last)
        if not going.any():
            break
        length += going
    return length
