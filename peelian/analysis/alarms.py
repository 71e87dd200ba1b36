"""How many flags chance alone would raise, and which of many findings stand out all the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools


def discoveries(chance: ArrayLike, rate: float = 0.05) -> Bools:
    """Return which of N findings stand out, (N,): at most ``rate`` of those are expected false.

    ``chance`` holds p-values, NaN where nothing was tested. Y. Benjamini and Y. Hochberg,
    *Controlling the False Discovery Rate*, J. R. Statist. Soc. B 57 (1995), procedure (1).
    """
    values = np.asarray(chance, dtype=np.float64)
    tested = ~np.isnan(values)
    count = int(tested.sum())
    found = np.zeros(values.shape, np.bool_)
    if not count:
        return found
    ordered = np.sort(values[tested])
    passing = np.nonzero(ordered <= rate * np.arange(1, count + 1) / count)[0]
    if passing.size:
        found[tested] = values[tested] <= ordered[passing[-1]]
    return found
