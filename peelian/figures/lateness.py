"""Which returns are late: measures whose newest figures should have been here by now."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure, Observation
from peelian.figures.periods import end_of, is_regular, step_on
from peelian.record.scope import Scope


def late_measures(scope: Scope, today: dt.date) -> list[tuple[Measure, dt.date]]:
    """Return the measures that are late, each with the day its next period was expected by.

    A measure is expected ``lag`` days after the end of each period; one without a lag, or that
    never had a figure, is expected on no day. Two queries.
    """
    measures = [m for m in scope.of(MEASURE).exclude(lag=None) if is_regular(m.frequency)]
    newest = dict(
        Observation.objects.filter(measure__in=[m.pk for m in measures])
        .values_list("measure")
        .annotate(Max("period"))
        .order_by()
    )
    late = []
    for measure in measures:
        if last := newest.get(measure.pk):
            awaited = step_on(measure.frequency, last, 1)
            expected = end_of(measure.frequency, awaited) + dt.timedelta(days=measure.lag or 0)
            if expected < today:
                late.append((measure, expected))
    return sorted(late, key=lambda pair: pair[1])
