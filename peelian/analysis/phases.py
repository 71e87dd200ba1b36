"""The phases of many series, and sums, means and medians over every one of them at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Counts, Floats, as_mask


class Phases:
    """S rows of T periods, each row cut into phases: N phases in all, row after row.

    Tables go in with shape (S, T); what is found of each phase comes out with shape (N,), and
    `lay` spreads it over the periods again. Without phase numbers each row is one phase.
    """

    def __init__(self, number: Counts | None, shape: tuple[int, int]) -> None:
        """``number`` (1, T) or (S, T) rises by one where a phase begins; None for one phase."""
        self.shape = shape
        self.number = None if number is None else np.broadcast_to(number, shape)
        self.first: Counts = np.arange(shape[0]) * shape[1]
        if self.number is not None:
            begins = np.ones(shape, np.bool_)
            begins[:, 1:] = self.number[:, 1:] != self.number[:, :-1]
            self.first = np.flatnonzero(begins)
        self.length: Counts = np.diff(self.first, append=shape[0] * shape[1])

    def lay(self, found: Any) -> Any:
        """Return (N,) spread over the periods, (S, T); (S, 1) where every row is one phase."""
        if self.number is None:
            return found[:, None]
        return np.repeat(found, self.length).reshape(self.shape)

    def of_rows(self, found: Floats) -> Floats:
        """Return what is known of each row, (S,), for each of its phases, (N,)."""
        return found if self.number is None else found[self.first // self.shape[1]]

    def count(self, marked: Bools) -> Counts:
        """Return how many periods of each phase are marked, (N,)."""
        return np.asarray(self._reduce(np.add, marked, np.int64))

    def total(self, values: Floats, present: Bools) -> Floats:
        """Return the sum of each phase's present values, (N,); 0 for none."""
        return np.asarray(self._reduce(np.add, np.where(present, values, 0.0), np.float64))

    def largest(self, values: Floats) -> Floats:
        """Return each phase's largest absolute value, (N,); 0 where nothing is present."""
        found = self._reduce(np.fmax, np.abs(values), np.float64)
        return np.asarray(np.nan_to_num(found, copy=False))

    def mean(self, values: Floats, present: Bools) -> Floats:
        """Return the mean of each phase's present values, (N,): exact for equal ones, else NaN."""
        count = self.count(present)
        places = np.where(present, np.arange(present.size).reshape(self.shape), present.size)
        place = self._reduce(np.minimum, places, np.int64)
        one = np.append(values, 0.0)[place]
        total = self.total(values - self.lay(one), present)
        return np.where(count > 0, one + total / np.maximum(count, 1), np.nan)

    def median(self, values: Floats, present: Bools) -> Floats:
        """Return the median of each phase's present values, (N,); NaN for none."""
        count = self.count(present)
        filled = np.where(present, values, np.inf)
        if self.number is None:
            ordered = np.sort(filled, axis=1).ravel()
        else:
            ordered = filled.ravel()[np.lexsort((filled.ravel(), self.lay(self.first).ravel()))]
        ordered = ordered if ordered.size else np.zeros(1)
        low = ordered[self.first + np.maximum(count - 1, 0) // 2]
        high = ordered[self.first + count // 2]
        return np.where(count > 0, (low + high) / 2, np.nan)

    def _reduce(self, work: np.ufunc, table: Any, kind: type) -> Any:
        if not self.shape[1]:
            return np.zeros(len(self.first), kind)
        return work.reduceat(table.ravel(), self.first, dtype=kind)


def phase_numbers(starts: ArrayLike | None, shape: tuple[int, int]) -> Counts | None:
    """Return the number of the phase at each period, (1, T) or (S, T); None for one phase."""
    begin = as_mask(starts, shape, "starts")
    if begin is None or not begin[:, 1:].any():
        return None
    later = begin.copy()
    later[:, :1] = False  # the first phase begins by itself
    return np.cumsum(later, axis=1, dtype=np.int64)


def limit_makers(
    values: Floats,
    baseline: ArrayLike | None,
    excluded: ArrayLike | None,
    frozen: int,
    phase: Counts | None,
) -> Bools | None:
    """Return which points may make the limits, (1, T) or (S, T); None for all of them."""
    fixed = as_mask(baseline, values.shape, "baseline")
    if frozen:
        present = np.cumsum(~np.isnan(values), axis=1)
        first = present <= frozen
        fixed = first if fixed is None else fixed & first
    if fixed is not None and phase is not None:
        fixed = _or_whole_phase(fixed, phase, values.shape)
    shown = as_mask(excluded, values.shape, "excluded")
    if shown is None:
        return fixed
    return ~shown if fixed is None else fixed & ~shown


def _or_whole_phase(fixed: Bools, phase: Counts, shape: tuple[int, int]) -> Bools:
    """Return the baseline, and all of each phase that has no period of it."""
    fixed, phases = np.broadcast_to(fixed, shape), Phases(phase, shape)
    return fixed | np.asarray(phases.lay(phases.count(fixed) == 0), np.bool_)
