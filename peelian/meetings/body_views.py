"""Who meets when: the last and next meeting of each body, and their meetings for diaries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.meetings.diary import meetings_diary
from peelian.meetings.models import Meeting
from peelian.meetings.rhythm import Rhythm, Standing, rhythms
from peelian.pages import diary, export
from peelian.pages.tables import display
from peelian.pages.views import find, scope_for
from peelian.record.clock import today
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC, Scope


def show_rhythms(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show of every body when it last met, meets next and is due to meet."""
    scope = scope_for(request, office)
    found = rhythms(scope, today())
    counts = Counter(one.standing for one in found)
    context = {
        "scope": scope,
        "breadcrumbs": [(_("Meetings"), reverse(scope.name("meetings-list")))],
        "head": _head(),
        "rows": [_row(one, scope) for one in found],
        "late": counts[Standing.LATE],
        "unknown": counts[Standing.NONE],
        "counted": sum(one.is_counted for one in found),
        "diary_url": reverse("meetings-diary"),
        **{
            f"{form}_url": reverse(scope.name(f"meetings-by-body-{form}"))
            for form in ("csv", "xlsx")
        },
    }
    return render(request, "meetings/rhythms.html", context)


def export_rhythms(request: HttpRequest, form: str, *, office: bool = False) -> HttpResponse:
    """Download the same as CSV or XLSX."""
    rows = [
        [
            one.body.title,
            one.often,
            one.last.held_on if one.last else None,
            one.next.held_on if one.next else None,
            one.due,
            str(one.standing.label),
        ]
        for one in rhythms(scope_for(request, office), today())
    ]
    response: HttpResponse = export.respond("meetings-by-body", _head(), rows, form)
    return response


def _head() -> list[str]:
    return [
        _("Body"),
        _("How often"),
        _("Last met"),
        _("Next meeting"),
        _("Due by"),
        _("How it stands"),
    ]


def _row(one: Rhythm, scope: Scope) -> list[Any]:
    return [
        {"text": one.body.title, "url": scope.url(one.body)},
        one.often,
        _meeting(one.last, scope) | {"note": one.unrecorded_words},
        _meeting(one.next, scope),
        display(one.due) if one.due else "",
        {"text": str(one.standing.label), "code": one.standing.value},
    ]


def _meeting(meeting: Meeting | None, scope: Scope) -> dict[str, str]:
    if meeting is None:
        return {"text": ""}
    return {"text": display(meeting.held_on), "url": scope.url(meeting)}


def send_diary(request: HttpRequest) -> HttpResponse:
    """Send the public meetings of every body as iCalendar."""
    return diary.respond(request, meetings_diary(), file="meetings", who="public")


def send_body_diary(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Send the public meetings of one body as iCalendar; Http404 where there is none of ours."""
    body = find(kind_named(kind), reference, PUBLIC)
    return diary.respond(request, meetings_diary(body), file=f"meetings-{reference}", who="public")
