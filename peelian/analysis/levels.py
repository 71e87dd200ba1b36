"""Level, season and memory of each series, chosen together by one criterion.

A series on its stabilised scale is taken to be: a level for each phase, a season of 0, 1, 2 or 6
waves a year, and noise that may remember the month before. Every combination of season and
number of steps is priced by n log(innovation variance) plus a price for what it needs, and the
cheapest is taken, after Q. Lu, R. Lund and T. C. M. Lee, *An MDL Approach to the Climate
Segmentation Problem*, Annals of Applied Statistics 4 (2010), 299-319.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from peelian.analysis.arrays import Bools, Counts, Floats
from peelian.analysis.scale import calm
from peelian.analysis.segments import Divisions, divide

YEAR = 12
WAVES = (1, 2, 6)  # six are a factor for each month of its own
SEASON_FROM = 24  # present months

# Prices in log n. A season costs Schwarz's 1 for each coefficient. A first step costs more than
# the 2 of its level and its date, so that a stable series keeps its level; chosen on the tuning
# seeds of bench/rebasing.py.
STEP_PRICE = 3.3
NEXT_PRICE = 2.5
SHORTEST = 8  # months of a phase
TAIL = 3  # months of the newest one: enough to be seen, not to be proposed
MONTHS_PER_STEP = 10
MOST_STEPS = 8
MOST_MEMORY = 0.9
SPIKE = 1e-9  # on the stabilised scale: less is rounding, not a calmed month


@dataclass(frozen=True)
class Levels:
    """What was chosen for S series of T months, on the scale that came in.

    ``starts`` (S, T): first months of phases, given ones included. ``steady`` (S, T): the series
    without its season and its spikes; ``spikes`` (S, T) where those were. ``waves`` (S,): of the
    season, 0 where there is none, and ``season_gain`` (S,) how much cheaper it made the account.
    ``price`` (S,): of the account. ``drifting`` (S,): one straight line would do better than the
    new steps, were each of these priced at no more than Schwarz's 2 for its level and its date.
    """

    starts: Bools
    steady: Floats
    spikes: Bools
    waves: Counts
    season_gain: Floats
    price: Floats
    drifting: Bools


def choose(scale: Floats, fixed: Bools, *, seasonal: bool = True) -> Levels:
    """Return the cheapest account of each series of ``scale`` (S, T) with the ``fixed`` starts."""
    calmed = calm(scale)
    nothing = np.zeros(len(scale), np.int64)
    best = _account(scale, calmed, fixed, np.zeros(scale.shape), nothing)
    if not seasonal:
        return best
    waves, season = _first_season(calmed, fixed)
    rows = np.flatnonzero(waves)
    if not len(rows):
        return best
    scale, fixed, waves, season = scale[rows], fixed[rows], waves[rows], season[rows]
    # Without its season a series shows its steps, and with these its season is seen better.
    calmed = calm(scale - season) + season
    steps = _account(scale, calmed, fixed, season, waves).starts
    season = season_of(calmed, steps, waves)
    calmed = calm(scale - season) + season
    other = _account(scale, calmed, fixed, season, waves)
    gain = best.price[rows] - other.price
    seen = gain > 0
    return _with(best, rows[seen], other, seen, gain[seen])


def _with(best: Levels, rows: Counts, other: Levels, seen: Bools, gain: Floats) -> Levels:
    """Return the accounts, those of some rows exchanged for seasonal ones."""
    made = {field.name: getattr(best, field.name) for field in fields(Levels)}
    for name, part in made.items():
        part[rows] = gain if name == "season_gain" else getattr(other, name)[seen]
    return Levels(**made)


def _account(scale: Floats, calmed: Floats, fixed: Bools, season: Floats, waves: Counts) -> Levels:
    """Return the cheapest number of steps, given how many waves and a first idea of them."""
    months = scale.shape[1]
    most = min(MOST_STEPS, max(months // MONTHS_PER_STEP - 1, 0))
    found = divide(calmed - season, fixed, most=most, shortest=SHORTEST, tail=TAIL)
    starts, best = fixed.copy(), np.full(len(scale), np.inf)
    for steps, division in enumerate(found.starts):
        rows = np.flatnonzero(_worth_pricing(found, steps, calmed - season))
        if not len(rows):
            continue
        own, new = division[rows], (division & ~fixed)[rows]
        steady = calmed[rows] - season_of(calmed[rows], own, waves[rows])
        price = price_of(within(steady, own), new.sum(axis=1))[0]
        cheaper = price < best[rows]
        best[rows[cheaper]], starts[rows[cheaper]] = price[cheaper], own[cheaper]
    season = season_of(calmed, starts, waves)
    steady = calmed - season
    cost = _season_price(calmed, waves)
    new = (starts & ~fixed).sum(axis=1)
    number = np.maximum((~np.isnan(scale)).sum(axis=1), 2)
    caution = (step_price(new) - 2 * new) * np.log(number)
    with np.errstate(invalid="ignore"):
        spikes = np.abs(scale - calmed) > SPIKE
    return Levels(
        starts=starts,
        steady=steady,
        spikes=spikes,
        waves=waves.copy(),
        season_gain=np.zeros(len(scale)),
        price=best + cost,
        drifting=new.astype(np.bool_) & (_drift_price(steady, fixed) < best - caution),
    )


def _worth_pricing(found: Divisions, steps: int, values: Floats) -> Bools:
    """Return the series, (S,), that so many new steps may suit.

    They must pay for themselves before memory is thought of: what memory explains of one level is
    more than what it explains of several.
    """
    if not steps:
        return np.asarray(found.possible[0])
    number = np.maximum((~np.isnan(values)).sum(axis=1), 2)
    square = np.nansum(values**2, axis=1)
    explained = np.where(found.possible[[0, steps]], found.explained[[0, steps]], 0.0)
    left = np.maximum(square - explained, 1e-12 * np.maximum(square, 1e-300))
    gain = number * np.log(left[0] / left[1])
    return np.asarray(found.possible[steps] & (gain > step_price(steps) * np.log(number)))


def _first_season(values: Floats, fixed: Bools) -> tuple[Counts, Floats]:
    """Return waves and season that look best when each year may have a level of its own.

    0 waves where there is no sign of one: those series are not looked at again.
    """
    months = values.shape[1]
    years = fixed.copy()
    years[:, months % YEAR + YEAR :: YEAR] = True
    number = (~np.isnan(values)).sum(axis=1)
    waves, season = np.zeros(len(values), np.int64), np.zeros(values.shape)
    best = price_of(within(values, years), 0)[0] + np.log(np.maximum(number, 2))
    for tried in WAVES:
        all_of_them = np.full(len(values), tried)
        effect = season_of(values, years, all_of_them)
        price = price_of(within(values - effect, years), 0)[0] + _season_price(values, all_of_them)
        cheaper = (price < best) & (number >= SEASON_FROM)
        best = np.where(cheaper, price, best)
        waves[cheaper], season[cheaper] = tried, effect[cheaper]
    return waves, season


def _season_price(values: Floats, waves: Counts) -> Floats:
    number = (~np.isnan(values)).sum(axis=1)
    return np.asarray(np.minimum(2 * waves, YEAR - 1) * np.log(np.maximum(number, 2)))


def _drift_price(steady: Floats, fixed: Bools) -> Floats:
    """Return the price of one slope beside the given phases."""
    line = np.linspace(-1.0, 1.0, steady.shape[1])[:, None]
    number = (~np.isnan(steady)).sum(axis=1)
    straight = within(steady - fitted(steady, fixed, line), fixed)
    return np.asarray(price_of(straight, 0)[0] + np.log(np.maximum(number, 2)))


def price_of(residual: Floats, steps: Counts | int) -> tuple[Floats, Floats]:
    """Return n log(innovation variance) with the price of new steps, and the memory, both (S,).

    Memory is the lag-one autocorrelation, between 0 and 0.9; what it explains is not innovation.
    """
    present = ~np.isnan(residual)
    number = np.maximum(present.sum(axis=1), 2)
    filled = np.where(present, residual, 0.0)
    variance = np.maximum(np.einsum("st,st->s", filled, filled) / number, 1e-12)
    pairs = np.maximum((present[:, 1:] & present[:, :-1]).sum(axis=1), 1)
    lag = np.einsum("st,st->s", filled[:, 1:], filled[:, :-1]) / pairs
    memory = np.clip(lag / variance, 0.0, MOST_MEMORY)
    return number * np.log(variance * (1 - memory**2)) + step_price(steps) * np.log(number), memory


def step_price(steps: Counts | int) -> Floats:
    """Return the price of so many new steps, in log n."""
    return np.asarray(
        STEP_PRICE * np.minimum(steps, 1) + NEXT_PRICE * np.maximum(steps, 1) - NEXT_PRICE
    )


def within(values: Floats, starts: Bools) -> Floats:
    """Return the distance of each month from the mean of its phase, (S, T)."""
    return values - phase_means(values, starts)


def phase_means(values: Floats, starts: Bools) -> Floats:
    """Return the mean of the phase of each month, (S, T); 0 for a phase without values."""
    series, _months = values.shape
    present = ~np.isnan(values)
    filled = np.where(present, values, 0.0)
    if not starts.any():
        number = np.maximum(present.sum(axis=1), 1)
        return np.broadcast_to((filled.sum(axis=1) / number)[:, None], values.shape)
    phase = np.cumsum(starts, axis=1)
    width = int(phase.max(initial=0)) + 1
    place = phase + width * np.arange(series)[:, None]
    total = np.bincount(place.ravel(), weights=filled.ravel(), minlength=series * width)
    count = np.bincount(place.ravel(), weights=present.ravel(), minlength=series * width)
    return np.asarray((total / np.maximum(count, 1))[place])


def wave_columns(months: int, waves: int) -> Floats:
    """Return sines and cosines of 1 to ``waves`` cycles a year, (months, p); p is 11 for six."""
    angle = 2 * np.pi * np.arange(months) / YEAR
    columns = [wave(k * angle) for k in range(1, waves + 1) for wave in (np.cos, np.sin)]
    if 2 * waves == YEAR:
        columns.pop()  # six sines a year are nought in every month
    return np.array(columns).T


def season_of(values: Floats, starts: Bools, waves: Counts) -> Floats:
    """Return the season of so many waves, (S, T), by least squares beside the phases' levels."""
    effect = np.zeros(values.shape)
    for number in WAVES:
        rows = np.flatnonzero(waves == number)
        if len(rows):
            columns = wave_columns(values.shape[1], number)
            effect[rows] = fitted(values[rows], starts[rows], columns)
    return effect


def fitted(values: Floats, starts: Bools, columns: Floats) -> Floats:
    """Return what ``columns`` (T, p) explain of values (S, T) within phases, by least squares."""
    present = ~np.isnan(values)
    # The little on the diagonal is for what months that are missing, or too few, cannot tell.
    little = 1e-9 * len(columns) * np.eye(columns.shape[1])
    if len(values) > 1 and present.all() and (starts == starts[0]).all():
        design = _design(present[:1], starts[:1], columns)[0]
        found = np.linalg.solve(design.T @ design + little, design.T @ within(values, starts).T).T
        return np.asarray(found @ columns.T)
    design = _design(present, starts, columns)
    target = np.where(present, within(values, starts), 0.0)
    turned = design.transpose(0, 2, 1)
    found = np.linalg.solve(turned @ design + little, turned @ target[:, :, None])[:, :, 0]
    return np.asarray(found @ columns.T)


def _design(present: Bools, starts: Bools, columns: Floats) -> Floats:
    """Return the columns of each series less their phases' means, (S, T, p)."""
    design = np.empty((*present.shape, columns.shape[1]))
    for at, column in enumerate(columns.T):
        spread = np.where(present, column, np.nan)
        design[:, :, at] = np.where(present, within(spread, starts), 0.0)
    return design
