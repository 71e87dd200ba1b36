"""Charts of rare events: the time or the cases between them, and small counts by exact limits.

t: L. S. Nelson, *A Control Chart for Parts-Per-Million Nonconforming Items*, J. Quality Technology
26 (1994): times between events, to the power 1/3.6, are nearly normal. g: J. C. Benneyan,
*Statistical Quality Control Methods in Infection Control*, Infect. Control Hosp. Epidemiol. 19
(1998), with the median as centre line after L. P. Provost and S. K. Murray, *The Health Care Data
Guide* (2011), p. 228.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import ROUNDING, Floats, as_floats, as_table, largest
from peelian.analysis.charts import Chart, Piece, draw
from peelian.analysis.rules import MDC, Rules, as_rules
from peelian.analysis.xmr import xmr

POWER = 3.6
TAIL = 0.00135  # the chance beyond three sigmas, on one side
# Counts near nothing lie mostly on one side of their mean, so that no run of them proves a change.
RARE = Rules(shift=0, trend=0, two_of_three="")


def t_chart(between: ArrayLike, **options: Any) -> Chart:
    """Return the chart of times between events, (S, T), in any unit of time.

    Limits are those of an XmR chart of the times to the power 1/3.6, turned back; a time of 0 is
    taken as a tenth of a unit. High is longer, thus rarer, and there is mostly no lower limit but
    0. ``sigma`` is on the scale of the power. Options and errors as for `xmr`; ValueError as well
    for a time below 0.
    """
    times = as_table(between, "times")
    if (times < 0).any():
        raise ValueError("a time between events cannot be below 0")
    found = xmr(np.where(times == 0, 0.1, times) ** (1 / POWER), **options)
    lower, upper = (np.maximum(line, 0) ** POWER for line in (found.lower, found.upper))
    return replace(
        found, values=times, centre=np.maximum(found.centre, 0) ** POWER, lower=lower, upper=upper
    )


def g_chart(between: ArrayLike, *, rules: Rules = MDC, **options: Any) -> Chart:
    """Return the chart of cases between events, (S, T): each a whole number from 0.

    Limits are m ± 3 √(m(m + 1)) about the mean m, the lower not below 0. So skewed are these that
    most lie below the mean: the centre line, for the rules of runs, is their median (of a geometric
    distribution, about 0.693 m). Options are ``baseline``, ``starts``, ``excluded`` and ``frozen``;
    they and errors are as for `xmr`, and ValueError for a number below 0.
    """
    cases, rules = as_table(between, "cases"), as_rules(rules)
    if (cases < 0).any():
        raise ValueError("cases between events cannot be below 0")

    def block(piece: Piece) -> dict[str, Any]:
        base, phases = piece.base, piece.phases
        present = ~np.isnan(base)
        settled = rules.settle(phases.count(present))
        mean = np.where(settled["enough"], phases.mean(base, present), np.nan)
        sigma = np.sqrt(mean * (mean + 1))
        found = {"centre": phases.median(base, present), "sigma": sigma, **settled}
        lines = {name: phases.lay(line) for name, line in found.items()}
        lower, upper = phases.lay(mean - 3 * sigma), phases.lay(mean + 3 * sigma)
        grain = ROUNDING * largest(piece.values)
        signals = piece.signals(lines["centre"], lower, upper, rules, grain)
        return lines | {"lower": np.maximum(lower, 0), "upper": upper, "signals": signals}

    return draw(cases, block, **options)


def poisson_chart(
    counts: ArrayLike, exposure: ArrayLike | None = None, *, rules: Rules = RARE, **options: Any
) -> Chart:
    """Return the chart of small counts, (S, T), with the exact limits of a Poisson distribution.

    A stable series is above the upper limit, and below the lower, in at most 0.135% of periods
    each. With ``exposure``, (S, T) or (T,), the counts expected are in proportion to it; values and
    limits stay counts. Only points beyond a limit are flagged unless other ``rules`` are given.
    Options and errors as for `g_chart`.
    """
    found, rules = as_table(counts, "counts"), as_rules(rules)
    if (found < 0).any():
        raise ValueError("counts cannot be below 0")
    size = None if exposure is None else _as_exposure(exposure, found.shape)

    def block(piece: Piece) -> dict[str, Any]:
        base, phases = piece.base, piece.phases
        one = np.ones((1, 1)) if size is None else size[piece.rows]
        present = ~np.isnan(base + one)
        count = phases.count(present)
        total = phases.total(base, present)
        out_of = phases.total(np.broadcast_to(one, base.shape), present)
        rate = total / np.where(out_of > 0, out_of, np.nan)
        settled = rules.settle(count, ~np.isnan(rate))
        lines = {name: phases.lay(line) for name, line in settled.items()}
        centre = phases.lay(rate) * one
        mean = np.where(lines["enough"], centre, np.nan)
        lower, upper = _quantiles(mean)
        grain = ROUNDING * largest(piece.values)
        signals = piece.signals(mean, lower, upper, rules, grain)
        drawn = {"centre": centre, "lower": lower, "upper": upper, "sigma": np.sqrt(mean)}
        return lines | drawn | {"signals": signals}

    return draw(found, block, **options)


def _as_exposure(exposure: ArrayLike, shape: tuple[int, int]) -> Floats:
    """Return exposure of the shape of counts, NaN where there is none."""
    size = as_floats(exposure, "exposure")
    if size.shape not in (shape[1:], shape):
        raise ValueError(f"exposure must have the shape of counts, {shape}; found {size.shape}")
    if np.isinf(size).any() or (size < 0).any():
        raise ValueError("exposure must be finite and not below 0")
    return np.broadcast_to(np.where(size > 0, size, np.nan), shape)


def _quantiles(mean: Floats) -> tuple[Floats, Floats]:
    """Return the counts that a Poisson variable seldom falls below, and rises above."""
    from scipy.stats import poisson

    several, back = np.unique(np.nan_to_num(mean), return_inverse=True)
    gone = np.isnan(mean)
    # Of a mean of 0 the smallest count whose chance is above 0 is 0, and not -1.
    sides = (np.maximum(poisson.ppf(tail, several), 0) for tail in (TAIL, 1 - TAIL))
    lower, upper = (np.where(gone, np.nan, side[back].reshape(mean.shape)) for side in sides)
    return lower, upper
