"""What a careful reader would notice of bodies: those that did not meet, meetings left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.meetings.rhythm import Standing, rhythms
from peelian.record.scope import Scope


@check("body-overdue", gettext_lazy("Bodies that have not met when due"), Severity.WARNING)
def overdue_bodies(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find bodies whose own frequency had them meet again before this day."""
    for one in rhythms(scope, as_at):
        if one.standing == Standing.LATE and one.last:
            yield Finding(
                one.body,
                one.body.title,
                one.because,
                _("Who relies on this body’s oversight should know that it has not met."),
                _("Plan its next meeting, record the one it held, or correct how often it meets."),
                (one.last,),
            )


@check("meeting-left-open", gettext_lazy("Meetings whose day has passed"), Severity.NOTE)
def meetings_left_open(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find meetings that still stand as planned after their day."""
    past = scope.of(MEETING).filter(state=Meeting.State.PLANNED, held_on__lt=as_at)
    for meeting in past.order_by("held_on", "pk"):
        yield Finding(
            meeting,
            meeting.title,
            _("Its day was %(day)s, and it still stands as planned.")
            % {"day": date_format(meeting.held_on, "j F Y")},
            _("Nobody can tell whether it was held."),
            _("Say that it was held or cancelled."),
        )
