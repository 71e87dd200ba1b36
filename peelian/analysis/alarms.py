"""How many flags chance alone would raise, and which of many findings stand out all the same."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Floats, as_floats, as_level
from peelian.analysis.rules import MDC, Rules, as_rules
from peelian.analysis.xmr import xmr


def discoveries(chance: ArrayLike, rate: float = 0.05) -> Bools:
    """Return which of N findings stand out, (N,): at most ``rate`` of those are expected false.

    ``chance`` holds p-values, NaN where nothing was tested. Y. Benjamini and Y. Hochberg,
    *Controlling the False Discovery Rate*, J. R. Statist. Soc. B 57 (1995), procedure (1). Raises
    ValueError for a p-value that is not 0 to 1 and a rate that is not between 0 and 1.
    """
    values, rate = as_floats(chance, "p-values"), as_level(rate, "a rate of false findings")
    tested = ~np.isnan(values)
    if (wrong := values[tested & ~((values >= 0) & (values <= 1))]).size:
        raise ValueError(f"a p-value is 0 to 1, or NaN where nothing was tested; found {wrong[0]}")
    count = int(tested.sum())
    found = np.zeros(values.shape, np.bool_)
    if not count:
        return found
    ordered = np.sort(values[tested])
    passing = np.nonzero(ordered <= rate * np.arange(1, count + 1) / count)[0]
    if passing.size:
        found[tested] = values[tested] <= ordered[passing[-1]]
    return found


SIMULATED = 20_000  # stable series behind each number: a share is good to a third of a point
SEED = 20_231_101


def expected_flags(points: ArrayLike, rules: Rules = MDC) -> Floats:
    """Return how often a stable series is flagged at its last point, by how many points it has.

    ``points`` has shape (S,), and so has the result: shares from 0 to 1, of simulated independent
    normal series, seeded, so that the same question has the same answer. Points below those that
    limits are shown from give 0. Raises ValueError for a number of points that is not whole or is
    below 0.
    """
    as_rules(rules)
    numbers = as_floats(points, "numbers of points")
    if (wrong := numbers[~((numbers >= 0) & (numbers == np.floor(numbers)))]).size:
        raise ValueError(f"a number of points is whole and not below 0; found {wrong[0]}")
    counts = numbers.astype(np.int64)
    found = np.zeros(counts.shape)
    for number in np.unique(counts).tolist():
        found[counts == number] = _share_flagged(int(number), rules)
    return found


@cache
def _share_flagged(points: int, rules: Rules) -> float:
    # Beyond five years a few points more change nothing that matters.
    points = min(points, 60)
    if points < rules.shown_from or not rules.on:
        return 0.0
    series = np.random.default_rng(SEED).standard_normal((SIMULATED, points))
    return float(xmr(series, rules=rules).any_signal[:, -1].mean())
