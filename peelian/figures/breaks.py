"""Known breaks: where a published category was renamed, a new phase of its measure begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.figures.kinds import PHASE
from peelian.figures.models import Measure, Observation, Phase
from peelian.figures.periods import months_on, parse_period
from peelian.figures.proposals import NEAR
from peelian.figures.register import Register
from peelian.intake.readings import Renamed
from peelian.record.access import Actor
from peelian.record.models import Change
from peelian.record.operations import bring_in


def begin_phases(
    register: Register, renamed: Collection[Renamed], measures: Collection[int], *, by: Actor
) -> list[str]:
    """Begin a phase where a renamed measure has values on both sides of its new definition.

    Once only: where anybody has decided on that time, in any area and whatever became of it, the
    decision stands. Returns what was begun, in sentences.
    """
    begun = []
    for change in sorted(set(renamed)):
        since = parse_period(change.since, Measure.Frequency.MONTHLY)
        for measure in _called(register, change, measures):
            own = Observation.objects.filter(measure=measure)
            both = since and own.filter(period__lt=since) and own.filter(period__gte=since)
            if not since or not both or _is_decided(measure, change.since):
                continue
            words = {"title": measure.title, "month": date_format(since, "F Y")}
            why = _("Published under another name and definition from %(month)s.") % words
            values = {
                "parent": measure,
                "starts": since,
                "cause": Phase.Cause.DEFINITION,
                "decision": Phase.Decision.ACCEPTED,
                "reason": why,
            }
            bring_in(PHASE, values, by=by, why=why)
            begun.append(
                _("%(title)s: a new phase begins in %(month)s, when the category was renamed.")
                % words
            )
    return begun


def _called(register: Register, change: Renamed, measures: Collection[int]) -> Iterator[Measure]:
    """Yield the measures just loaded that a file knows by the new name or the old."""
    found = {
        known[0]
        for name, known in register.measures.items()
        if known and register.called(name).casefold() == change.name.casefold()
    }
    yield from Measure.objects.filter(pk__in=found & set(measures))


def _is_decided(measure: Measure, since: str) -> bool:
    """Return whether a phase near a month was ever decided on, deleted ones included."""
    month = parse_period(since, Measure.Frequency.MONTHLY)
    if month is None:
        return True
    first, last = (months_on(month, months) for months in (-NEAR, NEAR))
    if Phase.objects.filter(parent=measure, starts__range=(first, last)).exists():
        return True
    deleted = Change.objects.filter(kind=PHASE.name, action="deleted")
    return any(
        was["parent"][0] == measure.key and f"{first}" <= was["starts"][0] <= f"{last}"
        for was in deleted.values_list("values", flat=True)
    )
