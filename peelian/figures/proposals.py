"""Changes of level that the analysis found: proposals, which only an analyst makes into phases."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from peelian.figures.kinds import PHASE
from peelian.figures.models import Measure, Phase
from peelian.figures.periods import is_regular, step_on
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.models import Record

if TYPE_CHECKING:
    from peelian.figures.assess import Series

MOST_SIGMAS = 99.0  # a step between two constants is any number of them
NEAR = 2  # periods: what was decided so near is not proposed again


def proposals_of(series: Series) -> list[dict[str, Any]]:
    """Return the changes of level found in a series that nobody has decided on yet.

    Each has its `period`, the level `before` and `after`, its size in `sigmas`, `direction`,
    `confidence` from 0 to 1, whether it is `adverse` (accepting it would make a worse level the
    usual one), and why it is not yet proposed, if it is not (`refused`).
    """
    steps = series.analysis.steps
    if steps is None or not is_regular(series.measure.frequency):
        return []
    better = {"higher": 1, "lower": -1}.get(series.measure.polarity, 0)
    decided = series.charting.starts | series.charting.refused
    found = []
    for step in steps.of(series.row):
        period = series.periods[step["month"]]
        if not _is_near(series.measure.frequency, period, decided):
            found.append(
                {
                    "period": period.isoformat(),
                    "before": float(f"{step['before']:.6g}"),
                    "after": float(f"{step['after']:.6g}"),
                    "sigmas": round(min(step["sigmas"], MOST_SIGMAS), 2),
                    "direction": int(step["direction"]),
                    "confidence": round(step["confidence"], 3),
                    "adverse": bool(better) and step["direction"] == -better,
                    "refused": step["refused"],
                }
            )
    return found


def _is_near(frequency: str, period: dt.date, decided: frozenset[dt.date]) -> bool:
    first, last = (step_on(frequency, period, steps) for steps in (-NEAR, NEAR))
    return any(first <= day <= last for day in decided)


def decide(
    measure: Measure, area: Area, starts: dt.date, *, accept: bool, reason: str, by: Actor
) -> Record:
    """Keep what an analyst decided of a proposal, and send it for review.

    Until somebody else has approved and published it, it changes no chart. Raises Invalid without a
    reason, and Refused where it was decided before.
    """
    decision = Phase.Decision.ACCEPTED if accept else Phase.Decision.REJECTED
    values = {
        "parent": measure,
        "area": area,
        "starts": starts,
        "cause": Phase.Cause.CHANGE,
        "decision": decision,
        "reason": reason,
    }
    why = _("Decided on a proposal of the analysis")
    made = operations.create(PHASE, values, by=by, why=why)
    return operations.submit(made, by=by, why=reason)
