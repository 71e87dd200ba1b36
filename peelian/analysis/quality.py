"""Values that cannot be, or hardly can: before anybody draws a chart of them.

Each rule is meant to be silent on good data: a value is odd only where the rest of its series makes
it incredible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Floats, as_floats, as_table

FEWEST = 8  # other values of a series, to say what is credible
LIKELY = 10.0  # a level from which a nought is incredible: e^-10 is 1 in 22,000
BEFORE = 6  # periods before that must all be at that level
SLIPS = (1000.0, 100.0, 10.0, 0.1, 0.01, 0.001)
STEADY = 4.0  # largest over smallest of the others, above which a tenfold change proves nothing
SAME = 4  # values in a row that are the same
AGAIN = 0.1  # at most how often a count of LIKELY or more is that of the period before
INCREDIBLE = 1e-5


class Odd(StrEnum):
    """What is odd of a value; codes, which the caller puts into words."""

    NEGATIVE = "negative"
    ABOVE_ALL = "above-all"
    FRACTION = "fraction"
    SUDDEN_ZERO = "sudden-zero"
    UNIT_SLIP = "unit-slip"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Oddity:
    """An odd value: its series (row) and period (column), what is odd, and what was expected.

    ``low`` and ``high`` are the least and the largest of the other values of the series, or the
    bounds of what is possible.
    """

    series: int
    period: int
    odd: Odd
    found: float
    low: float
    high: float


def oddities(
    values: ArrayLike, *, counts: ArrayLike = False, most: ArrayLike = np.inf
) -> list[Oddity]:
    """Return the odd values of every row of ``values``, (S, T), NaN where missing.

    ``counts`` (S,) says which series are of whole things; ``most`` (S,) is the largest value that
    can be, such as 100 for a share in per cent. Raises ValueError for another shape.
    """
    table = as_table(values)
    whole, bound = np.asarray(counts, np.bool_), as_floats(most, "the largest that can be")
    for name, shape in (("counts", whole.shape), ("most", bound.shape)):
        if shape not in ((), (1,), (len(table),)):
            raise ValueError(f"{name} is one for all, or {len(table)}; found shape {shape}")
    whole = np.broadcast_to(whole, (len(table),))
    bound = np.broadcast_to(bound, (len(table),))
    found = [*_impossible(table, whole, bound), *_incredible(table, whole)]
    return sorted(found, key=lambda one: (one.series, one.period))


def _impossible(table: Floats, whole: Bools, bound: Floats) -> Iterator[Oddity]:
    with np.errstate(invalid="ignore"):
        rules = (
            (Odd.NEGATIVE, (table < 0) & (whole | np.isfinite(bound))[:, None]),
            (Odd.ABOVE_ALL, table > bound[:, None]),
            (Odd.FRACTION, (table != np.floor(table)) & ~np.isnan(table) & whole[:, None]),
        )
    for odd, where in rules:
        for row, column in np.argwhere(where).tolist():
            yield Oddity(row, column, odd, float(table[row, column]), 0.0, float(bound[row]))


def _incredible(table: Floats, whole: Bools) -> Iterator[Oddity]:
    """Yield the values that the others of their series make incredible."""
    present = ~np.isnan(table)
    enough = present.sum(axis=1) > FEWEST
    middle = np.full(len(table), np.nan)
    if enough.any():
        middle[enough] = np.nanmedian(table[enough], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        zero = _sudden_zeros(table) & whole[:, None]
        ratio = np.where(middle[:, None] > 0, table / middle[:, None], 1.0)
        # A small count is a fifth of the usual often enough by chance.
        judged = enough & (~whole | (middle >= 2 * LIKELY))
        far = judged[:, None] & (table > 0) & ((ratio < 1 / 5) | (ratio > 5))
    for row in np.flatnonzero((zero | far).any(axis=1)).tolist():
        yield from _one(table[row], row, zero[row], far[row])
    yield from _repeated(table, present, middle)


def _sudden_zeros(table: Floats) -> Bools:
    """Return the noughts, (S, T), that follow six present values none of which is near nought."""
    found = np.zeros(table.shape, np.bool_)
    if table.shape[1] <= BEFORE:
        return found
    windows = np.lib.stride_tricks.sliding_window_view(table, BEFORE, axis=1)[:, :-1]
    with np.errstate(invalid="ignore"):
        found[:, BEFORE:] = (table[:, BEFORE:] == 0) & (windows.min(axis=2) >= LIKELY)
    return found


def _one(values: Floats, row: int, zero: Bools, far: Bools) -> Iterator[Oddity]:
    for column in np.flatnonzero(zero).tolist():
        before = values[column - BEFORE : column]
        yield Oddity(row, column, Odd.SUDDEN_ZERO, 0.0, float(before.min()), float(before.max()))
    others = values[~np.isnan(values) & ~zero & ~far]
    if len(others) < FEWEST:
        return
    low, high = float(others.min()), float(others.max())
    if low <= 0 or high / low > STEADY:
        return
    for column in np.flatnonzero(far).tolist():
        value = float(values[column])
        if any(low <= value * slip <= high for slip in SLIPS):
            yield Oddity(row, column, Odd.UNIT_SLIP, value, low, high)


def _repeated(table: Floats, present: Bools, middle: Floats) -> Iterator[Oddity]:
    """Yield the last of so many equal values in a row, of a series that otherwise moves."""
    if table.shape[1] < FEWEST:
        return
    same = np.zeros(table.shape, np.int64)
    for column in range(1, table.shape[1]):
        equal = present[:, column] & (table[:, column] == table[:, column - 1])
        same[:, column] = np.where(equal, same[:, column - 1] + 1, 0)
    moves = (np.diff(table, axis=1) != 0).sum(axis=1) > table.shape[1] / 2
    level = np.nan_to_num(middle) >= 100  # below, chance repeats a count often enough
    where = (same == SAME - 1) & (moves & level)[:, None] & (table != 0)
    for row, column in np.argwhere(where).tolist():
        value = float(table[row, column])
        yield Oddity(row, column, Odd.REPEATED, value, value, value)


def repeated_returns(values: ArrayLike) -> list[tuple[int, int, int]]:
    """Return the periods whose values, (S, T), are those of the period before, sent again.

    Each is its column, how many series are the same, and of how many. A count of ten or more is
    that of the period before one time in ten at the most (Poisson; the more varied the rarer), or
    as often as these series are elsewhere: so many at once by chance are less likely than 1 in
    100,000. Series near nought are left out. Raises ValueError for another shape.
    """
    from scipy.stats import binom

    table = as_table(values)
    with np.errstate(invalid="ignore"):
        judged = np.fmax(table[:, 1:], table[:, :-1]) >= LIKELY
        judged &= ~np.isnan(table[:, 1:]) & ~np.isnan(table[:, :-1])
        same = (judged & (table[:, 1:] == table[:, :-1])).sum(axis=0)
    of = judged.sum(axis=0)
    elsewhere = (same.sum() - same) / np.maximum(of.sum() - of, 1)
    chance = binom.sf(same - 1, of, np.clip(elsewhere, AGAIN, 1.0))
    where = np.flatnonzero((chance < INCREDIBLE) & (same > 0)).tolist()
    return [(column + 1, int(same[column]), int(of[column])) for column in where]


def unequal_totals(
    total: ArrayLike, parts: ArrayLike, *, slack: float = 0.5
) -> list[tuple[int, float, float]]:
    """Return the periods whose ``total`` (T,) is not the sum of its ``parts`` (P, T).

    Each is its column, the total and the sum; only where every part is there, and by more than
    ``slack`` for each part, for rounding. Raises ValueError for other shapes.
    """
    whole, pieces = as_floats(total, "totals"), as_floats(parts, "parts")
    if pieces.ndim != 2 or whole.shape != pieces.shape[1:]:
        raise ValueError(f"a total and its parts by period; found {whole.shape}, {pieces.shape}")
    added = pieces.sum(axis=0)
    with np.errstate(invalid="ignore"):
        wrong = np.abs(whole - added) > slack * max(len(pieces), 1)
    return [(int(c), float(whole[c]), float(added[c])) for c in np.flatnonzero(wrong)]
