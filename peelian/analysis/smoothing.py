"""Exponential smoothing that is unsure of all it had to choose: futures of one series.

The models are those with additive errors of R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D.
Snyder, *Forecasting with Exponential Smoothing* (2008): a level alone, with a trend (damped or
not), with a season, and with both. Given its smoothing parameters such a model is a linear
regression on the level, trend and season that it began with. Thus, with nothing known beforehand
(C. S. Forbes, R. D. Snyder and R. G. Shami, *Bayesian Exponential Smoothing*, Monash University,
2000), these are normal about their least squares, n - k times the error's variance over its
estimate's is a chi-squared of n - k, and each set of parameters of a grid has the weight
|X'X|^(-1/2) S^(-(n-k)/2), S being the sum of squares it leaves. Beforehand it is as likely as not
that the level stays. Models share the futures by Akaike weights (K. P. Burnham and D. R. Anderson,
*Model Selection and Multimodel Inference*, 2002), of the corrected criterion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from peelian.analysis.arrays import Counts, Floats

SEASONAL = 24  # periods from which a season can be told
MOST_IN_A_YEAR = 53

# Shares of an error that the level, the trend and the season take up, closer where they are small;
# chosen on the tuning seeds of bench/forecasting.py. Those of trend and season are, as usual, of
# what the level takes, and of what it leaves.
LEVELS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 0.9)
TRENDS = (0.0, 0.03, 0.1, 0.3)
SEASONS = (0.0, 0.05, 0.15, 0.4)
STAYS = 0.5  # how likely it is, beforehand, that the level takes up nothing
DAMPING = (0.8, 0.9, 0.98, 1.0)  # of the trend each period; at 1 it goes straight on


@dataclass(frozen=True)
class Shares:
    """G sets of smoothing parameters, each of shape (G,): α, β, φ and γ of the models."""

    level: Floats
    trend: Floats
    damping: Floats
    season: Floats

    def of(self, rows: Counts) -> Shares:
        """Return some of the sets, in that order."""
        return Shares(self.level[rows], self.trend[rows], self.damping[rows], self.season[rows])


@dataclass
class State:
    """Level, trend and season of G models at one time, each (G, C): C columns side by side.

    ``year`` (G, m, C) holds the season of each period of the year; m is 1 where there is none.
    """

    level: Floats
    slope: Floats
    year: Floats
    trend: bool
    season: bool

    def expected(self, period: int, shares: Shares) -> Floats:
        """Return what the next value is expected to be, (G, C)."""
        mean = self.level + shares.damping[:, None] * self.slope
        return mean + self.year[:, period % self.year.shape[1]] if self.season else mean

    def move(self, period: int, error: Floats, shares: Shares) -> None:
        """Go on by one period, in which the errors (G, C) came about."""
        self.slope = shares.damping[:, None] * self.slope
        self.level = self.level + self.slope + shares.level[:, None] * error
        if self.trend:
            self.slope = self.slope + shares.trend[:, None] * error
        if self.season:
            self.year[:, period % self.year.shape[1]] += shares.season[:, None] * error


@dataclass(frozen=True)
class Model:
    """One model, for every set of its parameters, beside n values of a series.

    ``start`` (G, k): the least squares of what it began with; ``spread`` (G, k, k) turns standard
    normal deviates into their errors, in sigmas; ``left`` (G,): sums of squares; ``weight`` (G,)
    of each set, together 1; ``aicc`` of the best. ``end``: the state after the values, its columns
    what follows from the values and from each of the k.
    """

    shares: Shares
    start: Floats
    spread: Floats
    left: Floats
    weight: Floats
    aicc: float
    end: State
    free: int


def futures(
    values: Floats, horizon: int, per_year: int, *, paths: int, rng: np.random.Generator
) -> Floats:
    """Return simulated futures, (paths, horizon), of a series without gaps, (n,), that varies."""
    middle, spread = values.mean(), values.std()
    scaled = (values - middle) / spread
    found = [
        fit(scaled, per_year if season else 1, grid(trend=trend, season=season), trend=trend)
        for trend in (False, True)
        for season in (False, True)
        if not season or (per_year > 1 and len(values) >= max(SEASONAL, 2 * per_year))
    ]
    worse = np.array([model.aicc for model in found])
    weight = np.exp((worse.min() - worse) / 2)
    shared = rng.multinomial(paths, weight / weight.sum())
    parts = [
        simulate(model, len(values), horizon, int(number), rng)
        for model, number in zip(found, shared, strict=True)
    ]
    return np.asarray(middle + spread * np.concatenate(parts))


def grid(*, trend: bool, season: bool) -> Shares:
    """Return every set of parameters of a model; without its part a share is 0."""
    axes = (LEVELS, TRENDS if trend else (0.0,), DAMPING, SEASONS if season else (0.0,))
    level, slope, damping, year = (part.ravel() for part in np.meshgrid(*axes, indexing="ij"))
    # Without a trend one damping will do; where the level takes nothing the trend takes nothing.
    kept = (trend | (damping == 1)) & ((level > 0) | (slope == 0))
    level, slope, damping, year = (part[kept] for part in (level, slope, damping, year))
    return Shares(level, slope * level, damping, year * (1 - level))


def run_through(
    values: Floats, per_year: int, shares: Shares, *, trend: bool
) -> tuple[Floats, State]:
    """Return the errors of one period after the other, (G, n, 1 + k), and the state at the end.

    The first column is of the values with a beginning of nought, each other one of noughts with one
    part of the beginning at 1: the level, the slope if there is a trend, and the season of all
    periods of the year but the last, which is what makes their sum nought.
    """
    sets, season = len(shares.level), per_year > 1
    columns = 1 + 1 + trend + (per_year - 1)
    level, slope = np.zeros((sets, columns)), np.zeros((sets, columns))
    year = np.zeros((sets, per_year, columns))
    level[:, 1] = 1
    slope[:, 2:3] = trend
    for period in range(per_year - 1):
        year[:, [period, -1], 2 + trend + period] = 1, -1
    state = State(level, slope, year, trend, season)
    errors = np.empty((sets, len(values), columns))
    for period, value in enumerate(values.tolist()):
        errors[:, period] = -state.expected(period, shares)
        errors[:, period, 0] += value
        state.move(period, errors[:, period], shares)
    return errors, state


def fit(values: Floats, per_year: int, shares: Shares, *, trend: bool) -> Model:
    """Return the model with this trend and season beside values, (n,), of variance about 1."""
    errors, end = run_through(values, per_year, shares, trend=trend)
    n, k = len(values), errors.shape[2] - 1
    design, target = -errors[:, :, 1:], errors[:, :, :1]
    turned = design.transpose(0, 2, 1)
    square = turned @ design
    # The little on the diagonal is for parts of which the values tell nothing.
    size = np.trace(square, axis1=1, axis2=2)[:, None, None] / k
    square = square + 1e-10 * size * np.eye(k)
    start = np.linalg.solve(square, turned @ target)
    left = np.maximum(((target - design @ start) ** 2).sum(axis=(1, 2)), 1e-12 * n)
    log_weight = -0.5 * np.linalg.slogdet(square)[1] - 0.5 * (n - k) * np.log(left)
    weight = _beforehand(shares) * np.exp(log_weight - log_weight.max())
    known = k + 1 + 1 + 2 * trend + (per_year > 1)  # beginning, variance, and parameters
    aicc = n * np.log(left.min() / n) + 2 * known * n / max(n - known - 1, 1)
    spread = np.linalg.cholesky(np.linalg.inv(square))
    return Model(
        shares, start[:, :, 0], spread, left, weight / weight.sum(), float(aicc), end, n - k
    )


def _beforehand(shares: Shares) -> Floats:
    """Return how likely each set is before any value is seen, (G,), but for a factor of all."""
    stays = shares.level == 0
    each = STAYS / max(stays.sum(), 1), (1 - STAYS) / max((~stays).sum(), 1)
    return np.asarray(np.where(stays, *each))


def simulate(
    model: Model, period: int, horizon: int, paths: int, rng: np.random.Generator
) -> Floats:
    """Return futures from ``period`` on, (paths, horizon), each of parameters of its own."""
    rows = np.repeat(np.arange(len(model.weight)), rng.multinomial(paths, model.weight))
    sigma = np.sqrt(model.left[rows] / rng.chisquare(model.free, paths))[:, None]
    deviates = rng.standard_normal((paths, model.start.shape[1], 1))
    start = model.start[rows] + sigma * (model.spread[rows] @ deviates)[:, :, 0]
    began = np.concatenate([np.ones((paths, 1)), start], axis=1)[:, :, None]
    end, shares = model.end, model.shares.of(rows)
    state = State(
        (end.level[rows, None] @ began)[:, 0],
        (end.slope[rows, None] @ began)[:, 0],
        end.year[rows] @ began,
        end.trend,
        end.season,
    )
    errors = sigma * rng.standard_normal((paths, horizon))
    found = np.empty((paths, horizon))
    for ahead in range(horizon):
        error = errors[:, ahead, None]
        found[:, ahead] = (state.expected(period + ahead, shares) + error)[:, 0]
        state.move(period + ahead, error, shares)
    return found
