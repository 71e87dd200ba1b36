"""What a careful reader would notice about elections: events that run into the period before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.duties.models import Clock
from peelian.elections.periods import periods_between
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.record.models import Record
from peelian.record.scope import Scope

# Events of the rules at which the office itself speaks to the public.
_IN_PUBLIC = frozenset({"consultation_closed", "public_meeting_of_office"})


@check("in-pre-election-period", gettext_lazy("Events before an election"), Severity.WARNING)
def events_before_an_election(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find meetings still to come that fall in a pre-election period."""
    ahead: list[Meeting] = list(scope.of(MEETING).filter(held_on__gte=as_at).in_order())
    if not ahead:
        return
    periods = periods_between(as_at, max(meeting.held_on for meeting in ahead))
    for meeting in ahead:
        for period in periods:
            if meeting.held_on in period and meeting.state != Meeting.State.CANCELLED:
                yield Finding(
                    meeting,
                    meeting.title,
                    _("%(day)s is in a pre-election period (%(period)s).")
                    % {"day": date_format(meeting.held_on, "j F Y"), "period": period},
                    _("What is said there can be taken as support for a candidate."),
                    _("Move it, or have the monitoring officer say that it may be held."),
                )
                break


def remarks(record: Record) -> Iterator[str]:
    """Say of what was just typed in that its day is in a pre-election period.

    Of a meeting, and of a clock of an event that the office itself holds in public.
    """
    day = _day_in_public(record)
    if day is None:
        return
    for period in periods_between(day, day):
        yield _("%(day)s is in a pre-election period (%(period)s).") % {
            "day": date_format(day, "j F Y"),
            "period": period,
        }


def _day_in_public(record: Record) -> dt.date | None:
    if isinstance(record, Meeting) and record.state != Meeting.State.CANCELLED:
        return record.held_on
    if isinstance(record, Clock) and record.event in _IN_PUBLIC:
        return record.opened_on
    return None
