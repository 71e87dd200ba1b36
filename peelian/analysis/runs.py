"""Run charts: the median, no limits, and Anhøj's two tests of whether points vary by chance.

J. Anhøj and A. Vingaard Olesen, *Run Charts Revisited: A Simulation Study of Run Chart Rules for
Detection of Non-Random Variation in Health Care Processes*, PLoS ONE 9 (2014).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import ROUNDING, as_table, largest
from peelian.analysis.charts import Chart, Piece, draw
from peelian.analysis.rules import PROFILES

# The one rule that needs no limits.
RUNS = replace(PROFILES["anhoej"], outside=False)


def run_chart(values: ArrayLike, **options: Any) -> Chart:
    """Return the run chart of every row of ``values``, (S, T): the median of each phase as centre.

    There are no limits (NaN). The one rule, ``runs``, marks every point of a phase whose longest
    run is too long or whose crossings are too few. Options are ``baseline``, ``starts``,
    ``excluded`` and ``frozen``; they and errors are as for `xmr`.
    """

    def block(piece: Piece) -> dict[str, Any]:
        base, phases = piece.base, piece.phases
        present = ~np.isnan(base)
        settled = RUNS.settle(phases.count(present))
        found = {"centre": phases.median(base, present), **settled}
        lines = {name: phases.lay(line) for name, line in found.items()}
        # Any limit will do: the rule only asks on which side of the centre a point is.
        judged = np.where(lines["enough"], lines["centre"], np.nan)
        grain = ROUNDING * largest(piece.values)
        signals = piece.signals(lines["centre"], judged, judged, RUNS, grain)
        nothing = np.full_like(judged, np.nan)
        return lines | {
            "lower": nothing,
            "upper": nothing,
            "sigma": nothing,
            "signals": signals,
        }

    return draw(as_table(values), block, **options)
