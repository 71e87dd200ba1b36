"""Level, season and memory of each series, chosen together by one criterion.

A series on its stabilised scale is taken to be: a level for each phase, a season of 0, 1, 2 or 6
waves a year, and noise that may remember the month before. Every combination of season and
number of steps is priced by n log(innovation variance) plus a price for what it needs, and the
cheapest is taken, after Q. Lu, R. Lund and T. C. M. Lee, "An MDL approach to the climate
segmentation problem", *Annals of Applied Statistics* 4(1), 2010, 299-319.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from peelian.analysis.scale import calm
from peelian.analysis.segments import divide

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]

YEAR = 12
WAVES = (1, 2, 6)
SEASON_FROM = 24  # months

# Chosen on the seeds named in bench/rebasing.py, reported on others.
STEP_PRICE = 3.3  # of one step, in log n: a level (1) and a month among n (2), and some caution
NEXT_PRICE = 2.6  # of every further step
SEASON_PRICE = 1.0  # of one coefficient of the season, in log n: Schwarz's
SHORTEST = 8  # months of a phase
TAIL = 3  # months of the newest phase: enough to be seen, not to be re-based
MONTHS_PER_STEP = 10  # no more steps than one in so many months
MOST_STEPS = 8


@dataclass(frozen=True)
class Levels:
    """What was chosen for S series of T months; sizes on the scale that came in.

    ``starts`` (S, T): first months of new phases, fixed ones included. ``waves`` (S,): a year, 0
    where there is no season; ``season`` (S, T) its effect. ``residual`` (S, T), spikes calmed.
    ``memory`` (S,): lag-one autocorrelation of the residual, not below nought. ``sigma`` (S,):
    its standard deviation. ``price`` (S,): of what was chosen; ``level_price``: of the same
    season with no new step; ``drift_price``: of one straight line instead of steps.
    """

    starts: Bools
    waves: Counts
    season: Floats
    residual: Floats
    memory: Floats
    sigma: Floats
    price: Floats
    level_price: Floats
    drift_price: Floats


def choose(scale: Floats, fixed: Bools) -> Levels:
    """Return the cheapest account of each series of ``scale`` (S, T) with the ``fixed`` starts."""
    best = _steps(calm(scale), fixed, np.zeros(scale.shape), np.zeros(len(scale), np.int64))
    if scale.shape[1] < SEASON_FROM:
        return best
    waves, season = _first_season(calm(scale), fixed)
    rows = np.flatnonzero(waves)
    if not len(rows):
        return best
    scale, fixed, waves, season = scale[rows], fixed[rows], waves[rows], season[rows]
    for _round in range(2):
        # What is clean of season shows its spikes; the second round knows the steps.
        steady = calm(scale - season) + season
        other = _steps(steady, fixed, season, waves)
        season = other.season
    cheaper = other.price < best.price[rows]
    return _replace(best, rows[cheaper], other, cheaper)


def _replace(best: Levels, rows: Counts, other: Levels, chosen: Bools) -> Levels:
    made = {}
    for field in fields(Levels):
        made[field.name] = getattr(best, field.name).copy()
        made[field.name][rows] = getattr(other, field.name)[chosen]
    return Levels(**made)


def wave_columns(months: int, waves: int) -> Floats:
    """Sines and cosines of 1 to ``waves`` cycles a year, (months, p); 6 waves are 11 columns."""
    angle = 2 * np.pi * np.arange(months) / YEAR
    columns = [f(k * angle) for k in range(1, waves + 1) for f in (np.cos, np.sin)]
    if waves == YEAR // 2:
        columns.pop()  # sin(6 × 30°) is nought in every month
    return np.array(columns).T.reshape(months, -1)


def _first_season(values: Floats, fixed: Bools) -> tuple[Counts, Floats]:
    """The season that looks best when each year may have its own level; 0 waves for none.

    Generous: it only says which series are looked at again with a season.
    """
    series, months = values.shape
    years = fixed.copy()
    years[:, months % YEAR + YEAR : months : YEAR] = True
    residual = within(values, years)
    best, _memory = _price(residual, years)
    best = best + 0.5 * np.log(months)  # a little slack
    waves, season = np.zeros(series, np.int64), np.zeros(values.shape)
    for number in WAVES:
        effect = _season(values, years, wave_columns(months, number))
        price, _memory = _price(residual - within(effect, years), years)
        price += _season_price(values, number)
        cheaper = price < best
        best = np.where(cheaper, price, best)
        waves[cheaper], season[cheaper] = number, effect[cheaper]
    return waves, season


def _steps(values: Floats, fixed: Bools, season: Floats, waves: Counts) -> Levels:
    """The cheapest number of steps, given a first idea of the season."""
    series, months = values.shape
    most = min(MOST_STEPS, max(months // MONTHS_PER_STEP - 1, 0))
    divisions = divide(values - season, fixed, most=most, shortest=SHORTEST, tail=TAIL)
    best: Levels | None = None
    for starts, possible in zip(divisions.starts, divisions.possible, strict=True):
        priced = _account(values, starts, fixed, waves)
        if best is None:
            best = priced
            continue
        cheaper = possible & (priced.price < best.price)
        best = _replace(best, np.flatnonzero(cheaper), priced, cheaper)
    assert best is not None
    return best


def _account(values: Floats, starts: Bools, fixed: Bools, waves: Counts) -> Levels:
    """Price one division of each series."""
    effect = np.zeros(values.shape)
    cost = np.zeros(len(values))
    for number in WAVES:
        rows = waves == number
        if rows.any():
            columns = wave_columns(values.shape[1], number)
            effect[rows] = _season(values[rows], starts[rows], columns)
            cost[rows] = _season_price(values[rows], number)
    residual = within(values - effect, starts)
    price, memory = _price(residual, starts & ~fixed)
    return Levels(
        starts=starts,
        waves=waves,
        season=effect,
        residual=residual,
        memory=memory,
        sigma=_sigma(residual, starts),
        price=price + cost,
        level_price=price,
        drift_price=price,
    )


def _season_price(values: Floats, waves: int) -> Floats:
    number = (~np.isnan(values)).sum(axis=1)
    return np.asarray(SEASON_PRICE * min(2 * waves, YEAR - 1) * np.log(np.maximum(number, 2)))


def _price(residual: Floats, new: Bools) -> tuple[Floats, Floats]:
    """n log(innovation variance) and what the new steps cost, (S,); and the memory, (S,)."""
    present = ~np.isnan(residual)
    number = np.maximum(present.sum(axis=1), 2)
    filled = np.where(present, residual, 0.0)
    square = (filled**2).sum(axis=1)
    pairs = np.maximum((present[:, 1:] & present[:, :-1]).sum(axis=1), 1)
    lag = (filled[:, 1:] * filled[:, :-1]).sum(axis=1) / pairs
    memory = np.clip(lag / np.maximum(square / number, 1e-12), 0.0, 0.9)
    steps = new.sum(axis=1)
    price = number * np.log(np.maximum(square / number, 1e-12) * (1 - memory**2))
    units = STEP_PRICE * (steps > 0) + NEXT_PRICE * np.maximum(steps - 1, 0)
    price += units * np.log(number)
    return np.asarray(price), np.asarray(memory)


def _sigma(residual: Floats, starts: Bools) -> Floats:
    number = (~np.isnan(residual)).sum(axis=1) - starts.sum(axis=1) - 1
    return np.asarray(np.sqrt(np.nansum(residual**2, axis=1) / np.maximum(number, 1)))


def within(values: Floats, starts: Bools) -> Floats:
    """The distance of each month from the mean of its phase, (S, T); NaN where missing."""
    present = ~np.isnan(values)
    return np.where(
        present, values - phase_means(np.where(present, values, 0.0), present, starts), np.nan
    )


def phase_means(filled: Floats, weights: Bools, starts: Bools) -> Floats:
    """Each month's phase mean, (S, T)."""
    series, months = filled.shape
    phase = np.cumsum(starts, axis=1)
    width = int(phase.max(initial=0)) + 1
    place = phase + width * np.arange(series)[:, None]
    size = series * width
    total = np.bincount(place.ravel(), weights=filled.ravel(), minlength=size)
    count = np.bincount(place.ravel(), weights=weights.ravel(), minlength=size)
    return np.asarray((total / np.maximum(count, 1))[place])


def _season(values: Floats, starts: Bools, columns: Floats) -> Floats:
    """The season of least squares beside the phases' levels, (S, T)."""
    series, months = values.shape
    present = ~np.isnan(values)
    design = np.empty((series, months, columns.shape[1]))
    for at, column in enumerate(columns.T):
        spread = np.where(present, column, 0.0)
        design[:, :, at] = np.where(present, column - phase_means(spread, present, starts), 0.0)
    target = np.nan_to_num(within(values, starts))
    turned = design.transpose(0, 2, 1)
    normal = turned @ design
    normal += 1e-9 * months * np.eye(columns.shape[1])
    found = np.linalg.solve(normal, turned @ target[:, :, None])[:, :, 0]
    return np.asarray(found @ columns.T)
