"""What is asked of everything that is to be published in a pre-election period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.elections.kinds import ROUTINE_PUBLICATION
from peelian.elections.models import Clearance, Election, RoutinePublication
from peelian.elections.periods import Period, periods_between
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.guards import Answers, Question
from peelian.record.kinds import Text
from peelian.record.models import Record
from peelian.record.scope import PUBLIC

STATUTORY, ROUTINE, CAN_WAIT = "is_statutory", "is_routine", "can_wait"
YES_OR_NO: Mapping[str, Text] = {
    STATUTORY: gettext_lazy("Does the law require it to be published now?"),
    ROUTINE: gettext_lazy("Is it routine, as in every month or year?"),
    CAN_WAIT: gettext_lazy("Can it wait until the poll has closed?"),
}


class PreElectionGuard:
    """Asks in a pre-election period: is it statutory, is it routine, can it wait, and why.

    Local Government Act 1986, section 2, and the Code of Recommended Practice on Local Authority
    Publicity 2011, which policing bodies follow as guidance.
    """

    def asks(self, record: Record, on: dt.date) -> Question | None:
        """Return the question, or None outside every period and for what is routine in it.

        One query outside every period, two in one. What says when the period is, and what may go
        out in it, is never held up.
        """
        periods = _periods(record, on)
        asking = _asking(periods, _routines(record, periods))
        return Question(_because(asking), YES_OR_NO) if asking else None

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Keep who let it through and why. Raises Refused without answers, or if it can wait.

        Where periods overlap it is kept for each, and each has its own routine publications.
        """
        periods = _periods(record, on)
        routines = _routines(record, periods)
        if asking := _asking(periods, routines):
            _require(answers, why, asking)
        for period in periods:
            routine = routines.get(period.election.pk)
            Clearance(
                election=period.election,
                record_id=record.pk,
                key=record.key,
                on=on,
                is_statutory=routine.is_statutory if routine else answers[STATUTORY],
                is_routine=routine.is_routine if routine else answers[ROUTINE],
                why=routine.reason if routine else why,
                by=by.name,
            ).save()


def _periods(record: Record, on: dt.date) -> list[Period]:
    return [] if isinstance(record, Election | RoutinePublication) else periods_between(on, on)


def _routines(record: Record, periods: Sequence[Period]) -> dict[int, RoutinePublication]:
    """Return by election what lets this kind of record go out; what is public now stands."""
    if not periods:
        return {}
    found = PUBLIC.of(ROUTINE_PUBLICATION).filter(
        parent__in=[period.election.pk for period in periods], covers=record.kind
    )
    return {routine.parent_id: routine for routine in found.order_by("-pk")}


def _asking(periods: Sequence[Period], routines: Mapping[int, RoutinePublication]) -> list[Period]:
    """Return the periods in which it is not routine."""
    return [period for period in periods if period.election.pk not in routines]


def _require(answers: Answers, why: str, asking: Sequence[Period]) -> None:
    """Raise Refused unless the answers and the reason are there, and it cannot wait."""
    if not set(YES_OR_NO) <= set(answers):
        raise Refused(_because(asking))
    if answers[CAN_WAIT]:
        raise Refused(
            _("What can wait is published after the poll: from %(day)s.")
            % {"day": date_format(_first_day_after(asking[0]), "j F Y")}
        )
    if not why.strip():
        raise Refused(_("Say why it cannot wait: who needs it now, and what for."))


def _first_day_after(period: Period) -> dt.date:
    """Return the first day after a period that is in none that overlaps or follows it."""
    day = period.ends + dt.timedelta(days=1)
    while others := periods_between(day, day):
        day = others[-1].ends + dt.timedelta(days=1)
    return day


def _because(periods: Sequence[Period]) -> str:
    return _(
        "That day is in a pre-election period (%(period)s). Say of what you publish whether the "
        "law requires it, whether it is routine, whether it can wait, and why. For many of a kind, "
        "publish a routine publication on the page of the election."
    ) % {"period": "; ".join(map(str, periods))}
