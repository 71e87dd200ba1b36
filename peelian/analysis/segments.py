"""The best division of each series into phases of one level, for every number of steps at once.

Exact dynamic programming over all divisions ("segment neighbourhood": I. E. Auger and
C. E. Lawrence, *Algorithms for the Optimal Identification of Segment Neighborhoods*, Bull. Math.
Biology 51, 1989, 39-54), run for many series at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peelian.analysis.arrays import Bools, Floats


@dataclass(frozen=True)
class Divisions:
    """For 0, 1, ... K new steps in each of S series of T months, the best division.

    ``starts`` (K + 1, S, T) is True at the first month of every phase after the first, fixed ones
    included; ``possible`` (K + 1, S) says that there is a division with that many new steps.
    ``explained`` (K + 1, S) is the sum of squares from nought that its phases' means explain.
    """

    starts: Bools
    explained: Floats
    possible: Bools


def divide(values: Floats, fixed: Bools, *, most: int, shortest: int, tail: int) -> Divisions:
    """Return the divisions of least squared distance from the phases' means.

    ``values`` (S, T), NaN where missing; ``fixed`` (S, T) the starts that every division must
    have. A new phase has at least ``shortest`` present months, the newest at least ``tail``.
    """
    series, months = values.shape
    present = ~np.isnan(values)
    plain = bool(present.all()) and not fixed.any()
    sums, counts = _running(np.where(present, values, 0.0)), _running(present.astype(np.float64))
    gain = np.full((most + 1, series, months + 1), -np.inf)
    gain[0, :, 0] = 0.0
    back = np.zeros((most + 1, series, months + 1), np.int16)
    edge = np.zeros((series, months + 1), bool)
    edge[:, :months] = fixed
    edge[:, [0, months]] = True
    latest = np.maximum.accumulate(np.where(edge, np.arange(months + 1), 0), axis=1)
    for end in range(1, months + 1):
        need = tail if end == months else shortest
        stop = end - need + 1 if plain else end
        if plain and stop < 1:
            continue
        total = sums[:, end, None] - sums[:, :stop]
        if plain:
            length = np.arange(end, end - stop, -1.0)
        else:
            length = counts[:, end, None] - counts[:, :stop]
        worth = total * total / np.maximum(length, 1.0)
        if not plain:
            allowed = (length >= need) | (edge[:, :stop] & edge[:, end, None])
            allowed &= np.arange(stop) >= latest[:, end - 1, None]
            worth[~allowed] = -np.inf
        _extend(gain, back, worth, end, edge[:, end])
    return _trace(gain[:, :, months], back, edge)


def _running(values: Floats) -> Floats:
    """Sums of the first 0, 1, ... T columns, (S, T + 1)."""
    return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)


def _extend(gain: Floats, back: NDArray[np.int16], worth: Floats, end: int, edge: Bools) -> None:
    """Fill column ``end``: a boundary that is fixed, or the last month, adds no new step."""
    rows, new = np.arange(len(worth)), ~edge
    apart = edge.any() and new.any()
    for steps in range(len(gain)):
        reach = gain[steps, :, : worth.shape[1]] + worth
        start = reach.argmax(axis=1)
        best = reach[rows, start]
        for which, layer in ((edge, steps), (new, steps + 1)):
            if layer == len(gain) or not which.any():
                continue
            where = which if apart else slice(None)
            gain[layer, where, end], back[layer, where, end] = best[where], start[where]


def _trace(total: Floats, back: NDArray[np.int16], edge: Bools) -> Divisions:
    """Walk back from the last month along the best starts."""
    layers, series, columns = back.shape
    months = columns - 1
    starts = np.zeros((layers, series, months), bool)
    rows = np.arange(series)
    for most in range(layers):
        end, left = np.full(series, months), np.full(series, most)
        for _phase in range(months):
            start = back[left, rows, end].astype(np.int64)
            inside = start > 0
            if not inside.any():
                break
            starts[most, rows[inside], start[inside]] = True
            left = np.where(inside & ~edge[rows, start], left - 1, left)
            end = np.where(inside, start, end)
            # A series that has arrived at its first month stays there.
            end = np.where(start == 0, 0, end)
            left = np.maximum(left, 0)
    return Divisions(starts, total, total > -np.inf)
