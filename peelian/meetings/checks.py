"""What a careful reader would notice about meetings: lost references, odd substitutes.

The checks of what meetings follow stand in `peelian.meetings.following_checks`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, excerpt, unresolved
from peelian.meetings import following_checks as following_checks
from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, MEETING, MINUTE
from peelian.meetings.models import AgendaItem, Attendance, Meeting, Minute
from peelian.people.kinds import BODY
from peelian.people.membership import roll_of
from peelian.people.models import Body
from peelian.recognition.references import mentions
from peelian.record.models import Record
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


@check("substitute-is-member", gettext_lazy("Substitutes who are members"), Severity.WARNING)
def substitutes_who_are_members(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find substitutes at a meeting who were members of its body that day, and so had a vote."""
    taken = scope.of(ATTENDANCE).filter(capacity=Attendance.Capacity.SUBSTITUTE).in_order()
    by_meeting: dict[int | None, list[Attendance]] = {}
    for attendance in taken:
        by_meeting.setdefault(attendance.parent_id, []).append(attendance)
    meetings: dict[int, Meeting] = scope.of(MEETING).filter(pk__in=by_meeting).in_bulk()
    bodies: dict[int, Body] = scope.of(BODY).in_bulk([m.body_id for m in meetings.values()])
    rolls = {pk: roll_of(body, scope) for pk, body in bodies.items()}
    for pk, meeting in meetings.items():
        if roll := rolls.get(meeting.body_id or 0):
            members = roll.members(meeting.held_on)
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
