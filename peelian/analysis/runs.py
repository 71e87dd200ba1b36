"""Run charts: the median, no limits, and Anhøj's two tests of whether points vary by chance.

J. Anhøj and A. Vingaard Olesen, *Run Charts Revisited: A Simulation Study of Run Chart Rules for
Detection of Non-Random Variation in Health Care Processes*, PLoS ONE 9 (2014).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Floats, as_mask, as_table
from peelian.analysis.charts import Chart
from peelian.analysis.rules import Rules, run_test
from peelian.analysis.xmr import as_chart, limit_makers, phase_numbers, row_median


def run_chart(
    values: ArrayLike,
    *,
    baseline: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    excluded: ArrayLike | None = None,
    frozen: int = 0,
) -> Chart:
    """Return the run chart of every row of ``values``, (S, T): the median of each phase as centre.

    There are no limits (NaN). The one rule, ``runs``, marks every point of a phase whose longest
    run is too long or whose crossings are too few. Options and errors as for `xmr`.
    """
    table = as_table(values)
    marks = phase_numbers(starts, table.shape)
    used = limit_makers(table, baseline, excluded, frozen, marks)
    hidden = as_mask(excluded, table.shape, "excluded")
    phase = np.broadcast_to(np.zeros((1, 1), np.int64) if marks is None else marks, table.shape)
    shown = ~np.isnan(table) if hidden is None else ~np.isnan(table) & ~hidden
    base = ~np.isnan(table) if used is None else ~np.isnan(table) & used
    centre, count = np.full(table.shape, np.nan), np.zeros(table.shape, np.int64)
    signal = np.zeros(table.shape, np.int8)
    for number in range(int(phase.max(initial=0)) + 1):
        here = phase == number
        median = row_median(table, base & here)[:, None]
        np.copyto(centre, median, where=here)
        np.copyto(count, (base & here).sum(axis=1)[:, None], where=here)
        side = np.where(here & shown, np.sign(np.nan_to_num(table - median)), 0).astype(np.int8)
        signal |= (here & shown & run_test(side).signal[:, None]).astype(np.int8)
    nothing: Floats = np.broadcast_to(np.full((1, 1), np.nan), table.shape)
    rules = Rules()
    enough = count >= rules.shown_from
    lines = {
        "centre": centre,
        "lower": nothing,
        "upper": nothing,
        "sigma": nothing,
        "count": count,
        "enough": enough,
        "provisional": enough & (count < rules.settled_from),
    }
    return replace(as_chart(table, lines, marks), signals={"runs": signal * enough})
