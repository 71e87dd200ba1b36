"""Whether a standard will be met by chance alone, never, or now and then.

NHS England, *Making Data Count*: a process meets a target consistently where all that lies between
its limits meets it, and misses it consistently where none of it does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import ROUNDING, Signs, as_floats, largest
from peelian.analysis.charts import Chart


def assurance(chart: Chart, target: ArrayLike, *, at_least: ArrayLike = True) -> Signs:
    """Return for each series +1 (sure to be met), -1 (sure to be missed) or 0, shape (S,).

    ``target`` and ``at_least`` have shape (S,) or are one for all: the level, and whether a value
    at or above it meets it (else at or below). Read from the limits of the last period as they are
    shown, so that a share that is always 100% meets a target of 100%. A target on a limit is within
    what meets it. 0 as well where there are no limits or the target is NaN. Raises ValueError for
    a chart of no periods and for levels of another number than the series.
    """
    series, periods = chart.values.shape
    if not periods:
        raise ValueError("a chart of no periods has no limits to compare a standard with")
    level = as_floats(target, "targets")
    if level.shape not in ((), (1,), (series,)):
        raise ValueError(f"one target for all, or {series}; found shape {level.shape}")
    level = np.broadcast_to(level, (series,))
    upward = np.broadcast_to(np.asarray(at_least, dtype=np.bool_), (series,))
    grain = ROUNDING * np.maximum(largest(chart.values), np.abs(np.nan_to_num(level)))
    lower, upper = chart.lower[:, -1], chart.upper[:, -1]
    met = np.where(upward, lower >= level - grain, upper <= level + grain)
    missed = np.where(upward, upper < level - grain, lower > level + grain)
    found: Signs = met.astype(np.int8) - missed.astype(np.int8)
    return found
