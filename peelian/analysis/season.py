"""The season of each series: recognised only when it is really there, and taken out.

Waves of one, two or six cycles a year (six are a factor for each month of its own) are fitted
beside the levels of the phases and taken only where the Bayesian information criterion, with
memory of the month before allowed for, is lower with them than without (G. Schwarz, *Estimating
the Dimension of a Model*, Annals of Statistics 6, 1978). How often that finds a season in series
that have none is measured in bench/rebasing.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import (
    Bools,
    Counts,
    Floats,
    as_mask,
    as_table,
    as_whole,
    by_blocks,
    cut,
)
from peelian.analysis.levels import WAVES, YEAR, Levels, choose, phase_means, season_of
from peelian.analysis.levels import wave_columns as _waves
from peelian.analysis.scale import are_counts, stabilise

ROUNDS = 4  # of fitting factors and levels by turns; a fifth moves no factor by 0.001


@dataclass(frozen=True)
class Season:
    """The season of each of S series of T months.

    ``present`` (S,); ``multiplicative`` (S,): counts are divided by their factors, from other
    values they are taken away. ``factors`` (S, 12) from January to December, of mean 1 or 0, in
    the unit of the values; NaN where there is no season. ``evidence`` (S,): by how much the
    criterion is lower with the season; 0 without. ``adjusted`` (S, T): the values without it.
    """

    present: Bools
    multiplicative: Bools
    factors: Floats
    evidence: Floats
    adjusted: Floats

    def over(self, months: int, first_month: int = 1) -> Floats:
        """Return the factor of each of so many months, (S, months); 1 or 0 without a season."""
        neutral = np.where(self.multiplicative, 1.0, 0.0)[:, None]
        factors = np.where(self.present[:, None], self.factors, neutral)
        return factors[:, calendar(months, first_month)]

    def restore(self, lines: Floats, first_month: int = 1) -> Floats:
        """Return lines (S, T) of the adjusted series as lines among the values."""
        factor = self.over(lines.shape[1], first_month)
        return np.where(self.multiplicative[:, None], lines * factor, lines + factor)


def seasonality(
    values: ArrayLike,
    *,
    first_month: int = 1,
    starts: ArrayLike | None = None,
    counts: bool | None = None,
) -> Season:
    """Return the season of every row of ``values``, monthly, (S, T), NaN where a month is missing.

    ``first_month`` is the calendar month of the first column, 1 to 12. ``starts`` (T,) or (S, T)
    are phases that are known; steps that are not known are allowed for. ``counts`` says whether
    the values are counts; None finds out: whole numbers from 0. No season is recognised in fewer
    than 24 present months. Raises ValueError for another shape, infinite values or no such month.
    """
    table = as_table(values)
    fixed = known_starts(starts, table.shape)
    _check(first_month)

    def block(rows: slice) -> dict[str, Any]:
        own, own_starts = table[rows], cut(fixed, rows)
        counted = as_counts(own, counts)
        if not own.shape[1]:
            return vars(no_season(own, counted))
        own_starts = np.broadcast_to(own_starts, own.shape)
        levels = choose(stabilise(own, counted), own_starts)
        return vars(season_from(own, levels, counted, first_month))

    return Season(**by_blocks(len(table), block))


def known_starts(starts: ArrayLike | None, shape: tuple[int, int]) -> Bools:
    """Return where phases begin, (S, T), the first month never marked."""
    mask = as_mask(starts, shape, "starts")
    begin = np.zeros(shape, np.bool_)
    if mask is not None:
        begin |= mask
    begin[:, :1] = False
    return begin


def as_counts(values: Floats, counts: bool | None) -> Bools:
    """Return whether each series is taken as counts, (S,).

    Raises ValueError where counts were promised and a value is below 0.
    """
    if counts is None:
        return are_counts(values)
    if counts and (values < 0).any():
        raise ValueError("counts cannot be below 0")
    return np.full(len(values), counts)


def no_season(values: Floats, counts: Bools) -> Season:
    """Return the season of series, (S, T), that have none."""
    series = len(values)
    factors = np.full((series, YEAR), np.nan)
    return Season(np.zeros(series, np.bool_), counts, factors, np.zeros(series), values)


def season_from(values: Floats, levels: Levels, counts: Bools, first_month: int) -> Season:
    """Return the season that ``levels`` chose, in the unit of the values, (S, T)."""
    months = values.shape[1]
    present = levels.waves > 0
    factors = np.full((len(values), YEAR), np.nan)
    for rows, fit in ((present & counts, _ratios), (present & ~counts, _differences)):
        if rows.any():
            calm = np.where(levels.spikes, np.nan, values)[rows]
            factors[rows] = fit(calm, levels.starts[rows], levels.waves[rows], first_month)
    season = Season(present, counts, factors, levels.season_gain, values)
    factor = season.over(months, first_month)
    share = np.where(counts[:, None], factor, 1.0)
    adjusted = np.where(counts[:, None], values / share, values - factor)
    return Season(present, counts, factors, levels.season_gain, adjusted)


def calendar(months: int, first_month: int = 1) -> Counts:
    """Return the place in the year, 0 to 11, of each of so many months."""
    return (np.arange(months) + _check(first_month) - 1) % YEAR


def _check(first_month: int) -> int:
    return as_whole(first_month, "the first month", 1, YEAR)


def _ratios(values: Floats, starts: Bools, waves: Counts, first_month: int) -> Floats:
    """Return factors of mean 1, (S, 12): level of phase × factor of month, by maximum likelihood.

    Levels and factors are fitted by turns, the Poisson likelihood's own equations (A. Agresti,
    *Categorical Data Analysis*, 2002, section 8.7.1), then smoothed to the waves chosen.
    """
    place = calendar(values.shape[1], first_month)
    present = ~np.isnan(values)
    months = np.eye(YEAR)[place]
    factors = np.ones((len(values), YEAR))
    total = np.where(present, values, 0.0) @ months
    for _round in range(ROUNDS):
        factor = np.where(present, factors[:, place], np.nan)
        level = phase_means(values, starts) / np.maximum(phase_means(factor, starts), 1e-9)
        expected = np.where(present, level, 0.0) @ months
        # Half a count keeps a month without any from a factor of nought.
        factors = _smooth(np.log((total + 0.5) / (expected + 0.5)), waves, np.exp)
        factors /= factors.mean(axis=1, keepdims=True)
    return factors


def _differences(values: Floats, starts: Bools, waves: Counts, first_month: int) -> Floats:
    """Return factors of mean 0, (S, 12), by least squares beside the phases' levels."""
    place = calendar(values.shape[1], first_month)
    effect = season_of(values, starts, waves)
    factors = np.empty((len(values), YEAR))
    factors[:, place[:YEAR]] = effect[:, :YEAR]
    return np.asarray(factors - factors.mean(axis=1, keepdims=True))


def _smooth(factors: Floats, waves: Counts, back: Any) -> Floats:
    """Return a year, (S, 12), that has only so many waves, turned ``back`` from its scale."""
    smooth = factors.copy()
    for number in WAVES:
        rows = waves == number
        columns = np.concatenate([np.ones((YEAR, 1)), _waves(YEAR, number)], axis=1)
        smooth[rows] = factors[rows] @ np.linalg.pinv(columns).T @ columns.T
    return np.asarray(back(smooth))
