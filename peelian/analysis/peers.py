"""An area beside its most similar group and the nation, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Floats, as_row
from peelian.analysis.rates import Interval, normal_deviate


@dataclass(frozen=True)
class Beside:
    """One area beside others: its place among them, and whether the difference is more than chance.

    ``value`` is the area's own with its ``lower`` and ``upper``; ``level`` that of the others
    together, ``median`` their middle one. ``rank`` is 1 for the highest of ``among`` areas, the
    area itself counted. ``difference`` is value - level with its interval; ``sign`` is +1 or -1
    where that interval leaves out 0, else 0.
    """

    value: float
    lower: float
    upper: float
    level: float
    median: float
    rank: int
    among: int
    difference: float
    difference_lower: float
    difference_upper: float
    sign: int


def beside_peers(
    own: Interval, peers: Interval, *, weights: ArrayLike | None = None, level: float = 0.95
) -> Beside:
    """Return one area (an interval of one) beside P peers (an interval of shape (P,)).

    The peers' level is their mean, weighted by ``weights`` (populations) where given: each area
    counts once otherwise. The interval of a difference adds the variances of both, each read back
    from its interval, which must be of the same ``level``. Peers without a value are left out;
    where one of the others has no interval, the difference has none. Raises ValueError where no
    peer is left, where the area itself has no value or is not one, and for ``weights`` that are not
    P finite numbers from 0, of which some peer that has a value has more than 0.
    """
    if np.size(own.value) != 1:
        raise ValueError(f"one area stands beside its peers; found {np.size(own.value)}")
    values = np.asarray(peers.value, np.float64).ravel()
    known = ~np.isnan(values)
    if not known.any():
        raise ValueError("none of the areas compared with has a value")
    if np.isnan(own.value).any():
        raise ValueError("the area itself has no value")
    weight = _shares(weights, known)
    middle = float((weight * np.nan_to_num(values)).sum())
    z = normal_deviate(level)
    spread = np.asarray(peers.upper - peers.lower).ravel() / (2 * z)
    variance = float(((weight * spread)[known] ** 2).sum())
    value, lower, upper = (float(np.asarray(x).item()) for x in (own.value, own.lower, own.upper))
    reach = z * float(np.sqrt(((upper - lower) / (2 * z)) ** 2 + variance))
    difference = value - middle
    ends = (difference - reach, difference + reach)
    return Beside(
        value,
        lower,
        upper,
        middle,
        float(np.median(values[known])),
        int((values[known] > value).sum()) + 1,
        int(known.sum()) + 1,
        difference,
        *ends,
        sign=int(ends[0] > 0) - int(ends[1] < 0),
    )


def _shares(weights: ArrayLike | None, known: Bools) -> Floats:
    """Return the share of each peer in their level, (P,): 0 where it is not known."""
    weight = np.ones(len(known)) if weights is None else as_row(weights, "weights", len(known))
    weight = np.where(known, weight, 0.0)
    if not (weight >= 0).all():
        raise ValueError(f"weights must be numbers not below 0; found {weight.tolist()}")
    if not weight.any():
        raise ValueError("no peer that has a value has a weight above 0")
    return np.asarray(weight / weight.sum())
