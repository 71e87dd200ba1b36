"""Levels expected: exponential smoothing with intervals, and the financial year so far beside them.

Futures are simulated, since errors of one month carry into the next, so that any sum has its
interval. They differ in the model, its parameters and where it began as far as the series leaves
these open, see `peelian.analysis.smoothing`: with all of them taken as known, too few years end
within their interval. How many do is measured in bench/forecasting.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Floats, as_floats, as_level, as_row, as_whole
from peelian.analysis.comparisons import APRIL
from peelian.analysis.smoothing import MOST_IN_A_YEAR, futures

FEWEST = 12  # periods from which smoothing can learn anything
PATHS = 2_000
SEED = 20_240_401


@dataclass(frozen=True)
class Forecast:
    """What is expected of H periods: ``mean``, ``lower`` and ``upper`` of shape (H,), and how.

    ``paths`` (P, H) are simulated futures, from which any sum has its interval; ``method`` is
    `ets` or `mean`, where there was too little to learn from.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    paths: Floats
    method: str


@dataclass(frozen=True)
class YearEnd:
    """A financial year as it stands: the sum so far, what the year is expected to come to.

    ``projected`` is what was expected at the start of the year of the periods there have been so
    far, from the figures before it alone; ``beside`` is -1 where the sum so far is below that
    interval, +1 above it, 0 within. ``by_month`` (3, 12) is what was expected then of the sum up to
    each month of the year: mean, lower and upper. Intervals hold ``level`` of what chance gives.
    """

    so_far: float
    periods: int
    expected: float
    lower: float
    upper: float
    projected: float
    projected_lower: float
    projected_upper: float
    beside: int
    by_month: Floats


def forecast(
    values: ArrayLike,
    horizon: int,
    *,
    per_year: int = 12,
    level: float = 0.9,
    least: float | None = None,
) -> Forecast:
    """Return what is expected of one series, (T,), for the ``horizon`` periods after T.

    Gaps are bridged; periods missing at the end are forecast too and then left out. One value alone
    says nothing of how much others vary, thus ends of NaN. ``least`` is the smallest value there
    can be: -inf for none, and None for 0 where no value is below it. Raises ValueError without any
    value, for infinite ones and ones below ``least``, for a horizon below one, and for a level that
    is not between 0 and 1.
    """
    series, level = as_row(values, "one series"), as_level(level)
    horizon = as_whole(horizon, "the periods ahead", 1)
    per_year = as_whole(per_year, "the periods in a year", 1, MOST_IN_A_YEAR)
    least = _least(series, least)
    if np.isnan(series).all():
        raise ValueError("a series without any value has no forecast")
    filled = _filled(series)
    missing = len(series) - 1 - int(np.flatnonzero(~np.isnan(series))[-1])
    paths, method = _paths(filled, missing + horizon, per_year)
    paths = np.maximum(paths[:, missing:], least)
    tail = (1 - level) / 2
    lower, upper = np.quantile(paths, [tail, 1 - tail], axis=0)
    if len(filled) == 1:
        lower, upper = np.full((2, horizon), np.nan)
    # Of so few values' wide futures, cut off at the least, the mean would be no longer theirs.
    flat = np.full(horizon, max(float(filled.mean()), least))
    return Forecast(flat if method == "mean" else paths.mean(axis=0), lower, upper, paths, method)


def _least(series: Floats, least: float | None) -> float:
    """Return the smallest value there can be, as given or by the values."""
    if least is None:
        return -np.inf if (series < 0).any() else 0.0
    bound = as_floats(least, "the least there can be")
    if bound.ndim or np.isnan(bound) or bound == np.inf:
        raise ValueError(f"the least there can be is one number, or -inf; found {least}")
    if (below := series[series < bound]).size:
        raise ValueError(f"no value can be below least, {bound:g}; found {below[0]:g}")
    return float(bound)


def _filled(series: Floats) -> Floats:
    """Return the series from its first value on, gaps bridged by a straight line."""
    there = np.flatnonzero(~np.isnan(series))
    places = np.arange(there[0], there[-1] + 1)
    return np.interp(places, there, series[there])


def _paths(filled: Floats, horizon: int, per_year: int) -> tuple[Floats, str]:
    """Return simulated futures, and how they were made."""
    rng = np.random.default_rng(SEED)
    spread = float(filled.std(ddof=1)) if len(filled) > 1 else 0.0
    steady = spread <= 1e-9 * max(abs(float(filled.mean())), 1e-300)
    if len(filled) < FEWEST or steady:
        return _about_mean(filled, horizon, spread, rng), "mean"
    return futures(filled, horizon, per_year, paths=PATHS, rng=rng), "ets"


def _about_mean(filled: Floats, horizon: int, spread: float, rng: np.random.Generator) -> Floats:
    """Return futures about the mean, as unsure of it and of the spread as so few values are."""
    n = len(filled)
    if n == 1:
        return np.full((PATHS, horizon), filled[0])
    sigma = spread * np.sqrt((n - 1) / rng.chisquare(n - 1, (PATHS, 1)))
    level = filled.mean() + sigma * rng.standard_normal((PATHS, 1)) / np.sqrt(n)
    futures: Floats = level + sigma * rng.standard_normal((PATHS, horizon))
    return futures


def year_end(
    values: ArrayLike, *, first_month: int = 1, level: float = 0.9, least: float | None = None
) -> YearEnd:
    """Return how the financial year that a monthly series, (T,), ends in is expected to end.

    ``first_month`` is the calendar month, 1 to 12, of its first value; ``least`` and ``level`` are
    as for `forecast`, and errors too. Raises ValueError also where the year so far has a gap, or
    there is less than a year before it.
    """
    series, level = as_row(values, "one monthly series"), as_level(level)
    first_month = as_whole(first_month, "the first month", 1, 12)
    least = _least(series, least)
    month = (first_month - 1 + len(series) - 1) % 12 + 1
    so_far = (month - APRIL) % 12 + 1
    if np.isnan(series[-so_far:]).any() or len(series) < so_far:
        raise ValueError("a month of the year so far has no value")
    before = series[:-so_far]
    if np.count_nonzero(~np.isnan(before)) < 12:
        raise ValueError("there is less than a year before this one")
    total = float(series[-so_far:].sum())
    tail = (1 - level) / 2
    start = forecast(before, 12, level=level, least=least).paths.cumsum(axis=1)
    by_month = np.vstack([start.mean(axis=0), np.quantile(start, [tail, 1 - tail], axis=0)])
    projected, low, high = (float(line[so_far - 1]) for line in by_month)
    rest = np.zeros(1)
    if so_far < 12:
        rest = forecast(series, 12 - so_far, level=level, least=least).paths.sum(axis=1)
    ends = np.quantile(total + rest, [tail, 1 - tail])
    return YearEnd(
        total,
        so_far,
        float(total + rest.mean()),
        float(ends[0]),
        float(ends[1]),
        projected,
        low,
        high,
        int(total > high) - int(total < low),
        by_month,
    )
