"""The latest period beside others: the one before, a year ago, twelve months, the year so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Counts, Floats, as_table, as_whole

APRIL = 4  # the first month of the financial year


@dataclass(frozen=True)
class Change:
    """Now and then, with how many of the periods that each needs are there; all of shape (S,).

    ``now`` and ``then`` are NaN unless every period is there: nothing partial is compared.
    """

    now: Floats
    then: Floats
    have_now: Counts
    have_then: Counts
    need: int

    @property
    def difference(self) -> Floats:
        """Return now - then."""
        return self.now - self.then

    @property
    def relative(self) -> Floats:
        """Return the difference as a share of then; NaN where then is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = self.difference / np.abs(self.then)
        return np.where(np.isinf(share), np.nan, share)


@dataclass(frozen=True)
class Comparisons:
    """The last column of S series in four comparisons."""

    previous: Change
    year_ago: Change
    rolling_year: Change
    year_to_date: Change


def compare_periods(
    values: ArrayLike, *, first_month: int = 1, per_year: int = 12, mean: bool = False
) -> Comparisons:
    """Return the last column of ``values``, (S, T), beside the periods that people ask about.

    ``first_month`` is the calendar month, 1 to 12, that column 0 begins with; ``per_year`` is 12
    for months and 4 for quarters. Sums are compared over twelve months and the financial year from
    April, or means with ``mean`` (for shares and times). Raises ValueError for another shape or
    number of periods in a year, and for a quarter that begins in another month than those of the
    financial year.
    """
    table = as_table(values)
    first_month = as_whole(first_month, "the first month", 1, 12)
    if per_year not in (4, 12):
        raise ValueError(f"there are 4 or 12 periods a year; found {per_year}")
    months = 12 // per_year
    if (first_month - 1) % months:
        raise ValueError(f"a quarter begins in month 1, 4, 7 or 10; found {first_month}")
    last = table.shape[1]
    month = (first_month - 1 + (last - 1) * months) % 12
    so_far = (month - (APRIL - 1)) % 12 // months + 1
    return Comparisons(
        _change(table, 1, 1, mean),
        _change(table, 1, per_year, mean),
        _change(table, per_year, per_year, mean),
        _change(table, so_far, per_year, mean),
    )


def _change(table: Floats, need: int, back: int, mean: bool) -> Change:
    now, have_now = _window(table, 0, need, mean)
    then, have_then = _window(table, back, need, mean)
    return Change(now, then, have_now, have_then, need)


def _window(table: Floats, back: int, need: int, mean: bool) -> tuple[Floats, Counts]:
    """Return the sum (or mean) of ``need`` columns up to ``back`` before the last, and how many."""
    end = table.shape[1] - back
    part = table[:, max(end - need, 0) : max(end, 0)]
    have = (~np.isnan(part)).sum(axis=1)
    whole = have == need
    total = np.where(whole, np.nan_to_num(part).sum(axis=1), np.nan)
    return (total / need if mean else total), have
