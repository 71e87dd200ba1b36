"""The latest month of each series beside the month before, its average and its limits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peelian.analysis.xmr import ROUNDING, Bools, Counts, Floats, Signs, Xmr

# Half a sigma either side of the centre is "in line": a stable normal process spends 38% of its
# months there, so that the word stays useful and a month this near says nothing about the level.
IN_LINE = 0.5
# A step of less than half the usual step from one month to the next is "slight".
SLIGHT = 0.5
# Two sigma, two thirds of the way to the limit: the warning line of the two-of-three rule.
SIGNIFICANT = 2.0


@dataclass(frozen=True)
class Latest:
    """The last column of a chart of S series, judged; every array has shape (S,).

    ``value`` and ``previous`` are NaN where that month is missing: nothing older stands in for
    them. ``change`` is the sign of value - previous, ``slight`` that the step is under half the
    mean moving range. ``level`` is +1 above, -1 below, 0 in line with the centre (within half a
    sigma); ``significant`` that it is two sigma or more from it. ``outside``, ``shift``, ``trend``
    and ``two_of_three`` are the rules at this month: a shift here is one that still goes on, thus
    a change in the monthly average. Where ``enough`` is false only ``change`` is told.
    """

    value: Floats
    previous: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    count: Counts
    enough: Bools
    provisional: Bools
    change: Signs
    slight: Bools
    level: Signs
    significant: Bools
    outside: Signs
    shift: Signs
    trend: Signs
    two_of_three: Signs


def latest(chart: Xmr) -> Latest:
    """Judge the last month of every series of ``chart``.

    For an earlier month, make the chart of the months up to it. Raises ValueError for a chart of
    no months.
    """
    series, months = chart.values.shape
    if not months:
        raise ValueError("a chart of no months has no latest one")
    value = chart.values[:, -1]
    previous = chart.values[:, -2] if months > 1 else np.full(series, np.nan)
    step = value - previous
    distance = value - chart.centre
    grain = ROUNDING * np.nanmax(np.abs(chart.values), axis=1, initial=0.0)
    near = np.abs(distance) <= IN_LINE * chart.sigma + grain
    return Latest(
        value=value,
        previous=previous,
        centre=chart.centre,
        lower=chart.lower,
        upper=chart.upper,
        count=chart.count,
        enough=chart.enough,
        provisional=chart.provisional,
        change=_sign(step),
        slight=chart.enough & (step != 0) & (np.abs(step) < SLIGHT * chart.mean_range),
        level=np.where(chart.enough & ~near, _sign(distance), np.int8(0)),
        significant=chart.enough & ~near & (np.abs(distance) >= SIGNIFICANT * chart.sigma),
        outside=chart.outside[:, -1],
        shift=chart.shift[:, -1],
        trend=chart.trend[:, -1],
        two_of_three=chart.two_of_three[:, -1],
    )


def _sign(values: Floats) -> NDArray[np.int8]:
    """+1, -1 or 0; 0 where a value is missing."""
    return (values > 0).astype(np.int8) - (values < 0).astype(np.int8)
