"""Steps: months from which the level of a series is another one, proposed with reasons.

A step is proposed, never applied: an analyst accepts it, and then passes it as a start of a phase.
Steps come from `peelian.analysis.levels`; how often one is proposed for a stable series, and how
often a true one is found, is measured in bench/rebasing.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from peelian.analysis.arrays import Bools, Counts, Floats, Signs, as_table, blocks
from peelian.analysis.levels import (
    NEXT_PRICE,
    Levels,
    choose,
    phase_means,
    price_of,
    step_price,
    within,
)
from peelian.analysis.scale import stabilise
from peelian.analysis.season import Season, as_counts, known_starts, no_season, season_from

BLOCK = 1_000  # rows; the search holds (K + 1, rows, T) tables
SETTLED = 9  # present months that the newest phase must have
STEADY = 3.0  # a slope of the newest phase this many standard errors from level is no level
REFUSALS = ("", "too_recent", "unstable", "drift")


@dataclass(frozen=True)
class Steps:
    """Changes of level in S series of T months: N of them, by series and month.

    ``starts`` (S, T) is True at the first month of every proposed phase. Shape (N,): ``series``
    and ``month`` (row and column), ``before`` and ``after`` (the levels either side, season and
    spikes left out, in the unit of the values), ``sigmas`` (the step in standard deviations of a
    month about its level, on the scale of equal variance), ``direction`` (+1 up, -1 down),
    ``evidence`` (twice the log likelihood ratio with and without the step), ``confidence`` (0 to
    1, from what of the evidence is left when the step has paid its price) and ``refused``: empty
    where the step is proposed, else why it is not: ``too_recent`` (fewer than nine months since),
    ``unstable`` (the newest phase still rises or falls) or ``drift`` (a straight line tells the
    series better than steps do).
    """

    starts: Bools
    series: Counts
    month: Counts
    before: Floats
    after: Floats
    sigmas: Floats
    direction: Signs
    evidence: Floats
    confidence: Floats
    refused: NDArray[np.str_]

    def of(self, series: int) -> Iterator[dict[str, Any]]:
        """Yield the steps of one series in order of time, proposed and refused, name by name."""
        names = [name for name in vars(self) if name not in ("starts", "series")]
        for at in np.flatnonzero(self.series == series):
            yield {name: getattr(self, name)[at].item() for name in names}


@dataclass(frozen=True)
class Account:
    """What the search found for some series: their steps, their season and whether counts."""

    steps: Steps
    season: Season
    levels: Levels


def propose_steps(
    values: ArrayLike,
    *,
    counts: bool | None = None,
    starts: ArrayLike | None = None,
    seasonal: bool = True,
    first_month: int = 1,
) -> Steps:
    """Return the steps of every row of ``values``, (S, T), NaN where a month is missing.

    ``counts`` says whether the values are counts (None finds out: whole numbers from 0).
    ``starts`` (T,) or (S, T) are phases that an analyst has fixed: they stand, and only steps
    beside them are proposed; with all proposed steps among them nothing more is. ``seasonal``
    False looks for no season, as for weeks and quarters. Raises ValueError for another shape and
    for infinite values.
    """
    table = as_table(values)
    fixed = known_starts(starts, table.shape)
    found = [
        account(
            table[rows], fixed[rows], counts=counts, seasonal=seasonal, first_month=first_month
        ).steps
        for rows in blocks(len(table), BLOCK)
    ]
    return join(found)


def account(
    values: Floats,
    fixed: Bools,
    *,
    counts: bool | None = None,
    seasonal: bool = True,
    first_month: int = 1,
) -> Account:
    """Return steps and season of one block of series, (S, T), with the ``fixed`` starts."""
    counted = as_counts(values, counts)
    if not values.shape[1]:
        return _nothing(values, counted)
    scale = stabilise(values, counted)
    levels = choose(scale, fixed, seasonal=seasonal)
    refusals = _refusals(levels, fixed)
    accepted = levels.starts & ~fixed & (refusals == 0)
    rows = np.flatnonzero(accepted.any(axis=1))
    while len(rows):
        # What an analyst who accepts these would be offered next is offered now.
        again = choose(scale[rows], (fixed | accepted)[rows], seasonal=seasonal)
        more = _refusals(again, (fixed | accepted)[rows])
        levels.starts[rows], refusals[rows] = again.starts, more
        new = again.starts & ~(fixed | accepted)[rows] & (more == 0)
        accepted[rows] |= new
        rows = rows[new.any(axis=1)]
    refusals = np.where(accepted | fixed, 0, refusals)
    season = season_from(values, levels, counted, first_month)
    return Account(_steps(levels, fixed, refusals, season), season, levels)


def _nothing(values: Floats, counted: Bools) -> Account:
    """Return the account of series of no months."""
    none, numbers = np.zeros(len(values), np.bool_), np.zeros(len(values))
    empty = np.zeros((len(values), 0))
    waves = np.zeros(len(values), np.int64)
    levels = Levels(
        empty.astype(np.bool_), empty, empty.astype(np.bool_), waves, numbers, numbers, none
    )
    season = no_season(values, counted)
    floats, places = np.zeros(0), np.zeros(0, np.int64)
    steps = Steps(
        levels.starts, places, places, floats, floats, floats, np.zeros(0, np.int8), floats, floats,
        np.zeros(0, dtype="<U10"),
    )  # fmt: skip
    return Account(steps, season, levels)


def join(parts: list[Steps]) -> Steps:
    """Return the steps of blocks of series that follow one another."""
    before = np.cumsum([0, *(len(part.starts) for part in parts)])
    moved = [replace(p, series=p.series + b) for p, b in zip(parts, before, strict=False)]
    return Steps(
        **{name: np.concatenate([getattr(p, name) for p in moved]) for name in vars(moved[0])}
    )


def _refusals(levels: Levels, fixed: Bools) -> Signs:
    """Return the place in `REFUSALS` of each new start, (S, T); 0 elsewhere."""
    new = levels.starts & ~fixed
    found = np.zeros(new.shape, np.int8)
    if not new.any():
        return found
    found[new & levels.drifting[:, None]] = 3
    months = new.shape[1]
    last = np.where(levels.starts, np.arange(months), 0).max(axis=1)
    rows = np.flatnonzero(new[np.arange(len(new)), last])
    newest = np.where(np.arange(months) >= last[rows, None], levels.steady[rows], np.nan)
    number = (~np.isnan(newest)).sum(axis=1)
    found[rows, last[rows]] = np.where(
        number < SETTLED, 1, np.where(_sloping(newest, number), 2, found[rows, last[rows]])
    )
    return found


def _sloping(newest: Floats, number: Counts) -> Bools:
    """Return whether the slope of the newest months, (S, T), is clear of nought by its t."""
    present = ~np.isnan(newest)
    level = np.zeros(newest.shape, np.bool_)
    time = np.where(
        present, within(np.where(present, np.arange(newest.shape[1]), np.nan), level), 0
    )
    value = np.where(present, within(newest, level), 0.0)
    spread = np.maximum((time**2).sum(axis=1), 1e-9)
    slope = (time * value).sum(axis=1) / spread
    left = ((value - slope[:, None] * time) ** 2).sum(axis=1) / np.maximum(number - 2, 1)
    return np.asarray(np.abs(slope) > STEADY * np.sqrt(left / spread))


def _steps(levels: Levels, fixed: Bools, refusals: Signs, season: Season) -> Steps:
    """Return the new starts one by one, with what is known of each."""
    new = levels.starts & ~fixed
    series, month = np.nonzero(new)
    starts, steady = levels.starts[series], levels.steady[series]
    at = np.arange(len(series))
    without = starts.copy()
    without[at, month] = False
    evidence = price_of(within(steady, without), 0)[0] - price_of(within(steady, starts), 0)[0]
    price = np.where(new.sum(axis=1)[series] > 1, NEXT_PRICE, step_price(1))
    number = np.maximum((~np.isnan(steady)).sum(axis=1), 2)
    left = np.clip((evidence - price * np.log(number)) / 2, -50.0, 50.0)
    residual = within(steady, starts)
    free = np.maximum(number - starts.sum(axis=1) - 1, 1)
    sigma = np.sqrt(np.nansum(residual**2, axis=1) / free)
    calm = np.where(levels.spikes, np.nan, season.adjusted)[series]
    shown, scaled = phase_means(calm, starts), phase_means(steady, starts)
    change = scaled[at, month] - scaled[at, month - 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        sigmas = change / np.where(sigma > 1e-9, sigma, 0.0)
    return Steps(
        starts=new & (refusals == 0),
        series=series,
        month=month,
        before=shown[at, month - 1],
        after=shown[at, month],
        sigmas=sigmas,
        direction=np.sign(change).astype(np.int8),
        evidence=evidence,
        confidence=1 / (1 + np.exp(-left)),
        refused=np.array(REFUSALS)[refusals[series, month]],
    )
