"""Charts of rare events: the time or the cases between them, and small counts by exact limits.

t: L. S. Nelson, *A Control Chart for Parts-Per-Million Nonconforming Items*, J. Quality Technology
26 (1994): times between events, to the power 1/3.6, are nearly normal. g: J. C. Benneyan,
*Statistical Quality Control Methods in Infection Control*, Infect. Control Hosp. Epidemiol. 19
(1998), and L. P. Provost and S. K. Murray, *The Health Care Data Guide* (2011), p. 228, for its
centre line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Floats, as_table
from peelian.analysis.charts import Chart
from peelian.analysis.rules import MDC, Rules, find_signals
from peelian.analysis.xmr import as_chart, as_parts, limit_makers, phase_numbers, xmr

POWER = 3.6
GEOMETRIC_MEDIAN = 0.693  # ln 2: the median of waiting times, in means
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


def g_chart(
    between: ArrayLike,
    *,
    rules: Rules = MDC,
    baseline: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    excluded: ArrayLike | None = None,
    frozen: int = 0,
) -> Chart:
    """Return the chart of cases between events, (S, T): each a whole number from 0.

    Limits are m ± 3 √(m(m + 1)) about the mean m; the centre line, for the rules of runs, is the
    median 0.693 m. The lower limit is kept at 0. Options and errors as for `xmr`.
    """
    cases = as_table(between, "cases")
    if (cases < 0).any():
        raise ValueError("cases between events cannot be below 0")
    options = {"baseline": baseline, "starts": starts, "excluded": excluded, "frozen": frozen}
    plain = xmr(cases, rules=rules, **options)
    mean = np.where(plain.count >= rules.shown_from, plain.centre, np.nan)
    sigma = np.sqrt(mean * (mean + 1))
    centre, lower, upper = GEOMETRIC_MEDIAN * mean, mean - 3 * sigma, mean + 3 * sigma
    # A level so many sigmas up is judged from the mean, and runs from the median.
    signals = find_signals(
        cases,
        centre,
        lower,
        upper,
        rules=rules,
        phase=plain.phase,
        ignored=None if excluded is None else np.broadcast_to(excluded, cases.shape),
    )
    return replace(
        _without_ranges(plain, mean),
        centre=centre,
        lower=np.maximum(lower, 0),
        upper=upper,
        sigma=sigma,
        signals=signals,
    )


def poisson_chart(
    counts: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    rules: Rules = RARE,
    baseline: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    excluded: ArrayLike | None = None,
    frozen: int = 0,
) -> Chart:
    """Return the chart of small counts, (S, T), with the exact limits of a Poisson distribution.

    A stable series is above the upper limit, and below the lower, in at most 0.135% of periods
    each. With ``exposure`` (S, T) the counts expected are in proportion to it; values and limits
    stay counts. Only points beyond a limit are flagged unless other ``rules`` are given. Options
    and errors as for `xmr`; ValueError as well for counts below 0.
    """
    from scipy.stats import poisson

    found = as_table(counts, "counts")
    if (found < 0).any():
        raise ValueError("counts cannot be below 0")
    size = np.ones(found.shape) if exposure is None else np.asarray(exposure, dtype=np.float64)
    size = np.broadcast_to(size, found.shape)
    marks = phase_numbers(starts, found.shape)
    used = limit_makers(found, baseline, excluded, frozen, marks)
    phase = np.broadcast_to(np.zeros((1, 1), np.int64) if marks is None else marks, found.shape)
    base = ~np.isnan(found) if used is None else ~np.isnan(found) & used
    rate, count = np.full(found.shape, np.nan), np.zeros(found.shape, np.int64)
    for number in range(int(phase.max(initial=0)) + 1):
        here = phase == number
        own = base & here
        points = own.sum(axis=1)
        out_of = np.where(own, size, 0.0).sum(axis=1)
        level = np.where(own, found, 0.0).sum(axis=1) / np.where(out_of > 0, out_of, np.nan)
        np.copyto(rate, level[:, None], where=here)
        np.copyto(count, points[:, None], where=here)
    enough = (count >= rules.shown_from) & ~np.isnan(rate)
    mean = np.where(enough, rate * size, np.nan)
    lower, upper = _quantiles(poisson, mean)
    ignored = None if excluded is None else np.broadcast_to(excluded, found.shape)
    signals = find_signals(found, mean, lower, upper, rules=rules, phase=phase, ignored=ignored)
    lines = {
        "centre": rate * size,
        "lower": lower,
        "upper": upper,
        "sigma": np.sqrt(mean),
        "count": count,
        "enough": enough,
        "provisional": enough & (count < rules.settled_from),
    }
    return as_chart(found, lines | as_parts(signals), marks)


def _quantiles(poisson: Any, mean: Floats) -> tuple[Floats, Floats]:
    """Return the counts that a Poisson variable seldom falls below, and rises above."""
    several, back = np.unique(np.nan_to_num(mean), return_inverse=True)
    gone = np.isnan(mean)
    sides = (poisson.ppf(TAIL, several), poisson.ppf(1 - TAIL, several))
    lower, upper = (
        np.where(gone, np.nan, np.maximum(side[back].reshape(mean.shape), 0.0)) for side in sides
    )
    return lower, upper


def _without_ranges(chart: Chart, mean: Floats) -> Chart:
    """Return a chart whose limits were not made by moving ranges."""
    nothing = np.broadcast_to(np.full((1, 1), np.nan), chart.values.shape)
    enough = ~np.isnan(mean)
    return replace(
        chart,
        mean_range=nothing,
        range_limit=nothing,
        enough=enough,
        provisional=enough & chart.provisional,
    )
