"""The pages of a meeting: agenda, attendance, minutes, and the undertakings it produced."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peelian.meetings.models import Meeting, Minute
from peelian.meetings.sections import agenda_items, attendance_of, minutes_of, prose
from peelian.pages.views import find, frame, scope_for
from peelian.promises.kinds import UNDERTAKING
from peelian.promises.models import Promise
from peelian.record.kinds import Kind
from peelian.record.references import resolve
from peelian.record.scope import Scope


def show_meeting(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a meeting: its agenda, who was there, its minutes with what was undertaken in each."""
    scope = scope_for(request, office)
    meeting = find(kind, reference, scope)
    if not isinstance(meeting, Meeting):
        raise Http404
    minutes = minutes_of(meeting, scope)
    given = undertakings_given(minutes, scope)
    items = agenda_items(meeting, scope)
    texts = [m.text for m in minutes] + [i.text for i in items]
    context = frame(request, kind, meeting, scope) | {
        "body": scope.by_id([meeting.body_id]).get(meeting.body_id or 0),
        "items": items,
        "attendance": list(attendance_of(meeting, scope).items()),
        "minutes": [(m, prose(m.text), given.get(m.pk, [])) for m in minutes],
        "undertakings": [u for some in given.values() for u in some],
        "references": resolve(texts, scope),
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
    context = frame(request, kind, minute, scope) | {
        "blocks": prose(minute.text),
        "undertakings": undertakings_given([minute], scope).get(minute.pk, []),
        "references": resolve([minute.text], scope),
    }
    return render(request, "meetings/minute.html", context)


def undertakings_given(minutes: list[Minute], scope: Scope) -> dict[int, list[Promise]]:
    """Return the undertakings given in each of some minutes, in one query."""
    found: dict[int, list[Promise]] = {}
    for undertaking in scope.of(UNDERTAKING).filter(made_at__in=minutes).in_order():
        found.setdefault(undertaking.made_at_id, []).append(undertaking)
    return found
