"""The pages of a meeting: agenda, attendance, minutes, and the undertakings it produced."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peelian.meetings.arising import at_meeting, followed
from peelian.meetings.arising_blocks import matter_lines
from peelian.meetings.beside import read_beside
from peelian.meetings.declarations import declared
from peelian.meetings.kinds import MEETING
from peelian.meetings.matter_sections import FOLLOW
from peelian.meetings.members import members_at
from peelian.meetings.minutes_words import (
    by_minute,
    corrections_of,
    named_in,
    standing_now,
    standing_of,
)
from peelian.meetings.models import Meeting, Minute, Petition, PublicQuestion, Reach, Webcast
from peelian.meetings.participation import asked_at, deadline, moment
from peelian.meetings.sections import agenda_items, names_of, prose
from peelian.meetings.time_codes import at_moment
from peelian.meetings.votes import taken_at
from peelian.pages.views import find, frame, scope_for
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.references import resolve


def show_meeting(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a meeting: agenda, matters arising, attendance, minutes with what was promised."""
    scope = scope_for(request, office)
    meeting = find(kind, reference, scope)
    if not isinstance(meeting, Meeting):
        raise Http404
    items, beside = agenda_items(meeting, scope), read_beside(meeting, scope)
    members = members_at(meeting, scope)
    found = at_meeting(meeting, scope, [meeting.body_id, *beside.named, *named_in(meeting)])
    corrections = by_minute(found.records.values())
    asked = asked_at(items, beside.of(PublicQuestion), beside.of(Petition))
    webcasts = beside.of(Webcast)
    for item in items:
        item.has_more = item.pk in beside.have_more
        item.asked = asked.by_item.get(item.pk, [])
        item.seen_at = at_moment(webcasts[0].address, item.webcast_at) if webcasts else ""
    body = found.records.get(meeting.body_id or 0)
    last = deadline(meeting, body.reference if body else "")
    texts = [m.text for m in found.minutes] + [i.text for i in items]
    voted = any(one.has_votes for one in (*items, *found.minutes))
    context = frame(request, kind, meeting, scope) | {
        "body": body,
        "asked": asked,
        "webcasts": webcasts,
        "reach": sorted(beside.of(Reach), key=lambda one: (one.as_at, one.title)),
        "deadline": last,
        "may_ask": last is not None and not last.is_over(moment()),
        "items": items,
        "attendance": list(names_of(beside.attendance, found.records).items()),
        "declared": declared(beside.declarations, items, found.records),
        "minutes": [
            (m, prose(m.text), found.given.get(m.pk, []), corrections.get(m.pk, []))
            for m in found.minutes
        ],
        "standing": standing_of(meeting, found.records, corrections) if found.minutes else None,
        "given": [promise for some in found.given.values() for promise in some],
        "unminuted": found.given.get(meeting.pk, []),
        "references": resolve(texts, scope),
        "lines": matter_lines(found.arising),
        "members": members,
        "tallies": taken_at(meeting, members["count"], scope) if voted else [],
        "may_follow": office and may(request.user, *FOLLOW),
    }
    return render(request, "meetings/meeting.html", context)


def show_minute(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show one minute and the undertakings given in it."""
    scope = scope_for(request, office)
    minute = find(kind, reference, scope)
    if not isinstance(minute, Minute):
        raise Http404
    meeting = scope.of(MEETING).filter(pk=minute.parent_id or 0).first()
    if not isinstance(meeting, Meeting):
        raise Http404
    context = frame(request, kind, minute, scope) | {
        "blocks": prose(minute.text),
        "standing": standing_now(meeting, scope),
        "corrections": corrections_of(meeting, scope).get(minute.pk, []),
        "given": list(followed(scope).filter(made_at=minute).in_order()),
        "references": resolve([minute.text], scope),
    }
    return render(request, "meetings/minute.html", context)
