"""What a careful reader would notice about meetings: references in minutes, undertakings lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, excerpt, unresolved
from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, MEETING, MINUTE
from peelian.meetings.models import AgendaItem, Attendance, Meeting, Minute
from peelian.people.kinds import BODY
from peelian.people.membership import roll_of
from peelian.people.models import Body
from peelian.promises.kinds import UNDERTAKING, UPDATE
from peelian.promises.models import CLOSED, Promise
from peelian.recognition.references import mentions
from peelian.record.models import Link, Record
from peelian.record.references import resolve
from peelian.record.scope import Scope


@check("unresolved-reference", gettext_lazy("References that lead nowhere"), Severity.ERROR)
def unresolved_references(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find references in minutes and agenda items that name nothing on the record."""
    minutes: list[Minute] = list(scope.of(MINUTE).select_related("parent").in_order())
    items: list[AgendaItem] = list(scope.of(AGENDA_ITEM).select_related("parent").in_order())
    said: list[tuple[Minute | AgendaItem, str]] = [(m, m.text) for m in minutes]
    said += [(i, f"{i.title}\n{i.recommendation}\n{i.text}") for i in items]
    resolved = resolve((text for _record, text in said), scope)
    for record, text in said:
        for name in unresolved(mentions(text), resolved):
            yield Finding(
                record,
                _place(record),
                _("“%(name)s” names nothing on the record: “%(text)s”")
                % {"name": name, "text": excerpt(text, name.rpartition(" ")[2])},
                _("A reader who looks it up finds nothing."),
                _("Correct the reference, or bring in what it should name."),
            )


def _place(record: Minute | AgendaItem) -> str:
    says = {"number": record.number, "meeting": record.parent}
    if isinstance(record, Minute):
        return _("Minute %(number)s, %(meeting)s") % says
    return _("Agenda item %(number)s, %(meeting)s") % says


@check("lost-undertaking", gettext_lazy("Undertakings without trace"), Severity.WARNING)
def lost_undertakings(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find open undertakings of past meetings that no later update and no link mentions."""
    given: dict[int, Promise] = {
        u.pk: u
        for u in scope.of(UNDERTAKING).exclude(progress__in=CLOSED).exclude(made_at=None).in_order()
    }
    made_at = {u.made_at_id for u in given.values() if u.made_at_id}
    minutes = scope.see(Minute.objects.filter(pk__in=made_at)).in_bulk()
    sources: dict[int, Record] = scope.by_id(made_at) | minutes
    meetings = scope.see(
        Meeting.objects.filter(
            pk__in=[pk for s in sources.values() for pk in (s.pk, s.parent_id) if pk],
            held_on__lt=as_at,
        )
    ).in_bulk()
    traced = _traced(scope, as_at, given, {pk: m.held_on for pk, m in meetings.items()}, sources)
    for undertaking in given.values():
        source = sources.get(undertaking.made_at_id or 0)
        meeting = _meeting(source, meetings)
        if source is not None and meeting is not None and undertaking.pk not in traced:
            yield _lost(undertaking, source, meeting)


def _meeting(source: Record | None, meetings: dict[int, Meeting]) -> Meeting | None:
    if source is None:
        return None
    return meetings.get(source.pk) or meetings.get(source.parent_id or 0)


def _traced(
    scope: Scope,
    as_at: dt.date,
    given: dict[int, Promise],
    held_on: dict[int, dt.date],
    sources: dict[int, Record],
) -> set[int]:
    """Return the undertakings that a later published update or a link mentions. Three queries."""
    traced = set(Link.objects.filter(target__in=given).values_list("target_id", flat=True))
    traced |= set(Link.objects.filter(source__in=given).values_list("source_id", flat=True))
    updates = scope.of(UPDATE).filter(parent__in=given, status="published", as_at__lte=as_at)
    for parent, day in updates.values_list("parent_id", "as_at"):
        source = sources.get(given[parent].made_at_id or 0)
        held = held_on.get(source.pk) or held_on.get(source.parent_id or 0) if source else None
        if held and day > held:
            traced.add(parent)
    return traced


def _lost(undertaking: Promise, source: Record, meeting: Meeting) -> Finding:
    says = {
        "reference": undertaking.reference,
        "number": source.number if isinstance(source, Minute) else "",
        "day": date_format(meeting.held_on, "j F Y"),
        "title": undertaking.title,
    }
    return Finding(
        undertaking,
        _("Undertaking %(reference)s, minute %(number)s, %(day)s") % says
        if isinstance(source, Minute)
        else _("Undertaking %(reference)s, meeting of %(day)s") % says,
        _("Nothing has been recorded of “%(title)s” since it was given.") % says,
        _("What was promised to a meeting is lost unless somebody says what became of it."),
        _("Record an update, close it with its evidence, or put it on the next agenda."),
        (source,),
    )


@check("substitute-is-member", gettext_lazy("Substitutes who are members"), Severity.WARNING)
def substitutes_who_are_members(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find substitutes at a meeting who were members of its body that day, and so had a vote."""
    taken = scope.of(ATTENDANCE).filter(capacity=Attendance.Capacity.SUBSTITUTE).in_order()
    by_meeting: dict[int | None, list[Attendance]] = {}
    for attendance in taken:
        by_meeting.setdefault(attendance.parent_id, []).append(attendance)
    meetings: dict[int, Meeting] = scope.of(MEETING).filter(pk__in=by_meeting).in_bulk()
    bodies: dict[int, Body] = scope.of(BODY).in_bulk([m.body_id for m in meetings.values()])
    for pk, meeting in meetings.items():
        if body := bodies.get(meeting.body_id or 0):
            members = roll_of(body, scope).members(meeting.held_on)
            had_a_vote = {s.membership.person_id: s.membership for s in members}
            for attendance in by_meeting[pk]:
                if attendance.person_id in had_a_vote:
                    yield _had_a_vote(attendance, meeting, had_a_vote[attendance.person_id])


def _had_a_vote(attendance: Attendance, meeting: Meeting, membership: Record) -> Finding:
    return Finding(
        attendance,
        meeting.title,
        _("%(who)s sat as a substitute and was a member on that day (%(membership)s).")
        % {"who": attendance.title, "membership": membership.title},
        _("Who is a member has one vote and can take nobody else's place."),
        _("Correct who stood in, or the days of the membership."),
        (membership,),
    )
