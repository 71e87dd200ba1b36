"""Offences weighed by their harm, with weights that the caller gives as data.

Crime Severity Score (Office for National Statistics, research output): Σ count × weight, for
each head of population. Cambridge Crime Harm Index: L. Sherman, P. W. Neyroud and E. Neyroud,
Policing 10 (2016), doi 10.1093/police/paw003: Σ count × the starting point of the sentencing
guideline, in days.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Floats, as_floats


def weighed(
    counts: ArrayLike,
    offences: Sequence[str],
    weights: Mapping[str, float],
    *,
    population: ArrayLike | None = None,
) -> Floats:
    """Return Σ count × weight over offences; ``counts`` has shape (..., O), the result (...).

    ``population``, of the shape of the result, makes it a score for each head. A missing count
    makes the sum NaN, and so does a population of 0. Raises ValueError naming an offence without a
    finite weight from 0, for amounts that are below 0 or infinite, and for another shape.
    """
    found = as_floats(counts, "counts")
    if found.shape[-1:] != (len(offences),):
        raise ValueError(f"{len(offences)} offences, but counts of shape {found.shape}")
    given = {name: float(weights.get(name, math.nan)) for name in offences}
    if without := [name for name, weight in given.items() if not 0 <= weight < math.inf]:
        raise ValueError(f"no weight for {', '.join(without)}")
    if (found < 0).any() or np.isinf(found).any():
        raise ValueError("counts must be finite and not below 0, or NaN where missing")
    total: Floats = found @ np.array([given[name] for name in offences])
    if population is None:
        return total
    heads = as_floats(population, "population")
    if heads.shape != total.shape:
        raise ValueError(
            f"population must have the result's shape {total.shape}; found {heads.shape}"
        )
    if (heads < 0).any() or np.isinf(heads).any():
        raise ValueError("population must be finite and not below 0, or NaN where missing")
    return total / np.where(heads > 0, heads, np.nan)
