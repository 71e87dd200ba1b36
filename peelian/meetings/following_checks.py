"""What a careful reader would notice about undertakings and recommendations of meetings.

That one is past its due date is told by `past-due`, with every other promise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, once
from peelian.meetings.arising import Matter, followed, matters
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.record.models import Link, Record
from peelian.record.scope import Scope


def _matters(scope: Scope, as_at: dt.date) -> list[Matter]:
    """Return what meetings follow, as it stood on a day; read once for all checks of a run."""
    return once("followed", lambda: matters(followed(scope), scope, as_at))


@check("lost-undertaking", gettext_lazy("Undertakings without trace"), Severity.WARNING)
def lost_undertakings(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find what is open from past meetings and that no later update, answer or link mentions."""
    given = [
        m
        for m in _matters(scope, as_at)
        if m.promise.is_open and m.given_on is not None and m.given_on < as_at and not m.answered
    ]
    linked = _linked(m.promise.pk for m in given)
    for matter in given:
        told = matter.update is not None and matter.update.as_at > (matter.given_on or as_at)
        if not told and matter.promise.pk not in linked:
            yield _finding(
                matter,
                _("Nothing has been recorded of “%(title)s” since it was given.")
                % {"title": matter.promise.title},
                _("What was promised to a meeting is lost unless somebody says what became of it."),
                _("Record an update, or close it with its evidence."),
            )


@check("response-overdue", gettext_lazy("Recommendations without their response"), Severity.ERROR)
def responses_overdue(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find recommendations whose response was due on a day that has passed, and is not there."""
    for matter in _matters(scope, as_at):
        if matter.response_late and matter.promise.respond_by:
            day = date_format(matter.promise.respond_by, "j F Y")
            yield _finding(
                matter,
                _("The response to “%(title)s” was due on %(day)s and is not on the record.")
                % {"title": matter.promise.title, "day": day},
                _(
                    "Where the panel requires a written response by a date, the law makes it a"
                    " duty (Police Reform and Social Responsibility Act 2011, section 29(3)-(4))."
                ),
                _("Record the response with its day, or ask for it."),
            )


@check("closed-without-minute", gettext_lazy("Closed, and no minute says so"), Severity.WARNING)
def closed_without_minute(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find what was closed with no minute that says so, though its body has met since."""
    closed = [m for m in _matters(scope, as_at) if m.to_be_minuted]
    met = _last_met(closed, scope, as_at)
    for matter in closed:
        last, on = met.get(matter.body_id), matter.promise.closed_on
        if last is not None and (on is None or last >= on):
            yield _finding(
                matter,
                _("“%(title)s” is closed, and no minute on the record says so.")
                % {"title": matter.promise.title},
                _("The body has met since, and whoever was promised it was not told."),
                _("Name the minute; if there is none, report it to the next meeting."),
            )


@check("undertaking-without-meeting", gettext_lazy("Undertakings of no meeting"), Severity.WARNING)
def without_meeting(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find what is open and names no meeting, so that it comes to no agenda."""
    for matter in _matters(scope, as_at):
        if matter.promise.is_open and matter.promise.made_at_id is None:
            yield _finding(
                matter,
                _("“%(title)s” names neither a minute nor a meeting.")
                % {"title": matter.promise.title},
                _("It appears under matters arising of no meeting, and is easily lost."),
                _("Name the minute or the meeting at which it was given."),
            )


def _finding(matter: Matter, found: str, why: str, mend: str) -> Finding:
    others = _given_in(matter)
    return Finding(matter.promise, _place(matter), found, why, mend, others)


def _linked(ids: Iterable[int]) -> set[int]:
    """Return which promises a link comes from or leads to. Two queries."""
    wanted = list(ids)
    to = Link.objects.filter(target__in=wanted).values_list("target_id", flat=True)
    from_ = Link.objects.filter(source__in=wanted).values_list("source_id", flat=True)
    return {*to, *from_} if wanted else set()


def _last_met(closed: list[Matter], scope: Scope, as_at: dt.date) -> dict[int | None, dt.date]:
    """Return the day of the last meeting that each body held before a day. One query."""
    bodies = {m.body_id for m in closed if m.body_id}
    held = scope.of(MEETING).filter(body__in=bodies, held_on__lt=as_at, state=Meeting.State.HELD)
    return dict(held.order_by("held_on").values_list("body_id", "held_on")) if bodies else {}


def _given_in(matter: Matter) -> tuple[Record, ...]:
    source = matter.minute or matter.meeting
    return (source,) if source else ()


def _place(matter: Matter) -> str:
    says = {
        "what": _("Recommendation")
        if matter.promise.kind == "recommendation"
        else _("Undertaking"),
        "reference": matter.promise.reference,
        "number": matter.minute.number if matter.minute else "",
        "day": date_format(matter.given_on, "j F Y") if matter.given_on else "",
    }
    if matter.minute:
        return _("%(what)s %(reference)s, minute %(number)s, %(day)s") % says
    if matter.given_on:
        return _("%(what)s %(reference)s, meeting of %(day)s") % says
    return _("%(what)s %(reference)s") % says
