"""What is asked of everything that is to be published in a pre-election period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.elections.kinds import ROUTINE_PUBLICATION
from peelian.elections.models import Clearance, Election, RoutinePublication
from peelian.elections.periods import Period, period_on
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.guards import Answers, Question
from peelian.record.kinds import Text
from peelian.record.models import Record, Status

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
        period = _period(record, on)
        if period is None or _routine(record, period):
            return None
        return Question(_because(period), YES_OR_NO)

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Keep who let it through and why. Raises Refused without answers, or if it can wait."""
        period = _period(record, on)
        if period is None:
            return
        if routine := _routine(record, period):
            answers = {
                STATUTORY: routine.is_statutory,
                ROUTINE: routine.is_routine,
                CAN_WAIT: False,
            }
            why = routine.reason
        if not set(YES_OR_NO) <= set(answers):
            raise Refused(_because(period))
        if answers[CAN_WAIT]:
            raise Refused(
                _("What can wait is published after the poll: from %(day)s.")
                % {"day": date_format(period.ends + dt.timedelta(days=1), "j F Y")}
            )
        if not why.strip():
            raise Refused(_("Say why it cannot wait: who needs it now, and what for."))
        Clearance(
            election=period.election,
            record_id=record.pk,
            key=record.key,
            on=on,
            is_statutory=answers[STATUTORY],
            is_routine=answers[ROUTINE],
            why=why,
            by=by.name,
        ).save()


def _period(record: Record, on: dt.date) -> Period | None:
    return None if isinstance(record, Election | RoutinePublication) else period_on(on)


def _routine(record: Record, period: Period) -> RoutinePublication | None:
    """Return what lets this kind of record go out in the period; what is published stands."""
    routine: RoutinePublication | None = (
        ROUTINE_PUBLICATION.all()
        .filter(parent=period.election.pk, covers=record.kind, status=Status.PUBLISHED)
        .first()
    )
    return routine


def _because(period: Period) -> str:
    return _(
        "That day is in a pre-election period (%(period)s). Say of what you publish whether the "
        "law requires it, whether it is routine, whether it can wait, and why. For many of a kind, "
        "publish a routine publication on the page of the election."
    ) % {"period": period}
