"""The latest month of each series beside the month before, its average and its limits."""

from dataclasses import dataclass

import numpy as np

from peelian.analysis.arrays import ROUNDING, Bools, Counts, Floats, Signs, largest
from peelian.analysis.charts import Chart

D2 = 1.128  # mean range of two normal values, in sigmas
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


def latest(chart: Chart) -> Latest:
    """Judge the last period of every series of ``chart`` by its last phase.

    For an earlier period, make the chart of the periods up to it. Raises ValueError for a chart of
    no periods.
    """
    series, months = chart.values.shape
    if not months:
        raise ValueError("a chart of no months has no latest one")
    value = chart.values[:, -1]
    previous = chart.values[:, -2] if months > 1 else np.full(series, np.nan)
    step = value - previous
    centre, sigma, enough = chart.centre[:, -1], chart.sigma[:, -1], chart.enough[:, -1]
    # The usual step: where no moving ranges made the limits, what ranges a sigma would give.
    ranges = chart.mean_range[:, -1]
    usual = np.where(np.isnan(ranges), D2 * sigma, ranges)
    distance = value - centre
    near = np.abs(distance) <= IN_LINE * sigma + ROUNDING * largest(chart.values)
    return Latest(
        value=value,
        previous=previous,
        centre=centre,
        lower=chart.lower[:, -1],
        upper=chart.upper[:, -1],
        count=chart.count[:, -1],
        enough=enough,
        provisional=chart.provisional[:, -1],
        change=_sign(step),
        slight=enough & (step != 0) & (np.abs(step) < SLIGHT * usual),
        level=np.where(enough & ~near, _sign(distance), np.int8(0)),
        significant=enough & ~near & (np.abs(distance) >= SIGNIFICANT * sigma),
        outside=chart.outside[:, -1],
        shift=chart.shift[:, -1],
        trend=chart.trend[:, -1],
        two_of_three=chart.two_of_three[:, -1],
    )


def _sign(values: Floats) -> Signs:
    """+1, -1 or 0; 0 where a value is missing."""
    return (values > 0).astype(np.int8) - (values < 0).astype(np.int8)
