"""What a careful reader would notice about elections: events that run into the period before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.duties.models import Clock
from peelian.duties.rulebook import office, rule_named
from peelian.elections.guard import PreElectionGuard
from peelian.elections.kinds import KINDS
from peelian.elections.models import Clearance
from peelian.elections.periods import Period, periods_between
from peelian.law import arithmetic
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

# Events of the rules at which the office itself speaks to the public.
_OPENED = "consultation_opened"
_IN_PUBLIC = frozenset({_OPENED, "consultation_closed", "public_meeting_of_office"})
# The rule that says how long people have to answer a consultation.
_TIME_TO_ANSWER = "consultation/allow-time"


@check("in-pre-election-period", gettext_lazy("Events before an election"), Severity.WARNING)
def events_before_an_election(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find meetings, and embargoes that end, still to come in a pre-election period."""
    yield from _embargoes(scope, as_at)
    ahead: list[Meeting] = list(scope.of(MEETING).filter(held_on__gte=as_at).in_order())
    if not ahead:
        return
    periods = periods_between(as_at, max(meeting.held_on for meeting in ahead))
    for meeting in ahead:
        for period in periods:
            if meeting.held_on in period and meeting.state != Meeting.State.CANCELLED:
                yield _finding(meeting, meeting.held_on, period)
                break


def _embargoes(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find what was released under an embargo before its end came to be in a period.

    It was asked about on that day as the elections then were; nobody is asked again when it ends.
    """
    held = Record.objects.filter(status=Status.PUBLISHED, embargo_until__date__gte=as_at)
    for record in scope.see(held.exclude(kind__in=[kind.name for kind in KINDS])).in_order():
        day = timezone.localdate(record.embargo_until)
        if not PreElectionGuard().asks(record, day):
            continue
        for period in periods_between(day, day):
            kept = Clearance.objects.filter(record_id=record.pk, election=period.election, on=day)
            if not kept.exists():
                yield _finding(record, day, period)
                break


def _finding(record: Record, day: dt.date, period: Period) -> Finding:
    return Finding(
        record,
        record.title,
        _("%(day)s is in a pre-election period (%(period)s).")
        % {"day": date_format(day, "j F Y"), "period": period},
        _("What is said there can be taken as support for a candidate."),
        _("Move it, or have the monitoring officer say that it may be held."),
    )


def remarks(record: Record) -> Iterator[str]:
    """Say of what was just typed in that its day is in a pre-election period.

    Of a meeting, and of a clock of an event that the office itself holds in public. A consultation
    runs on from the day it opens, so that a period which begins while it does is told as well.
    """
    day = _day_in_public(record)
    if day is None:
        return
    for period in periods_between(day, _last_day(record, day)):
        yield _("%(day)s is in a pre-election period (%(period)s).") % {
            "day": date_format(max(day, period.starts), "j F Y"),
            "period": period,
        }


def _last_day(record: Record, day: dt.date) -> dt.date:
    """Return the day, or for a consultation that opens then the last on which people can answer."""
    rule = rule_named(_TIME_TO_ANSWER)
    opens = isinstance(record, Clock) and record.event == _OPENED
    if not opens or rule is None or not isinstance(rule.form, arithmetic.Period):
        return day
    return rule.form.work_out(day, office().jurisdiction).on


def _day_in_public(record: Record) -> dt.date | None:
    if isinstance(record, Meeting) and record.state != Meeting.State.CANCELLED:
        return record.held_on
    if isinstance(record, Clock) and record.event in _IN_PUBLIC:
        return record.opened_on
    return None
