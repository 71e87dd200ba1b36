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

from peelian.analysis.arrays import Floats


def weighed(
    counts: ArrayLike,
    offences: Sequence[str],
    weights: Mapping[str, float],
    *,
    population: ArrayLike | None = None,
) -> Floats:
    """Return Σ count × weight over offences; ``counts`` has shape (..., O), the result (...).

    ``population``, of the shape of the result, makes it a score for each head. A missing count
    makes the sum NaN. Raises ValueError naming an offence without a weight, and for another shape.
    """
    found = np.asarray(counts, dtype=np.float64)
    if found.shape[-1:] != (len(offences),):
        raise ValueError(f"{len(offences)} offences, but counts of shape {found.shape}")
    if without := [n for n in offences if not math.isfinite(weights.get(n, math.nan))]:
        raise ValueError(f"no weight for {', '.join(without)}")
    total: Floats = found @ np.array([weights[name] for name in offences], dtype=np.float64)
    if population is None:
        return total
    heads = np.asarray(population, dtype=np.float64)
    return total / np.where(heads > 0, heads, np.nan)
