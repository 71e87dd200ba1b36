"""The agenda as it is made: begun from what stands on every one, put in order, in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from peelian.meetings.beside import papers_under
from peelian.meetings.exemption import in_brief
from peelian.meetings.kinds import AGENDA_ITEM, MEETING
from peelian.meetings.models import AgendaItem, Meeting
from peelian.meetings.notice import Notice, is_late, notice_of, open_notice
from peelian.meetings.operations import (
    as_numbered,
    begin_agenda,
    move_item,
    next_number,
    publish_agenda,
    send_agenda,
    unpublished,
)
from peelian.pages.forms import press
from peelian.pages.views import find_as
from peelian.record.access import may
from peelian.record.clock import today
from peelian.record.models import Status
from peelian.record.scope import Scope


def show_agenda(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a meeting's agenda as it will be, with what may be done to it. No draft is left out."""
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    items = as_numbered(list(scope.of(AGENDA_ITEM).filter(parent=meeting)))
    papers = papers_under((item for _number, item in items), scope)
    notice, on = notice_of(meeting), today()
    held_to = open_notice(meeting, on)
    may_edit = may(request.user, "edit", AGENDA_ITEM.area)
    is_open = meeting.state == Meeting.State.PLANNED
    new = urlencode({"parent": meeting.pk, "number": next_number(meeting)})
    of_body = urlencode({"parent": meeting.body_id})
    context = {
        "scope": scope,
        "meeting": meeting,
        "breadcrumbs": [
            (_("Meetings"), reverse("office-meetings-list")),
            (meeting.title, meeting.get_office_url()),
        ],
        "items": [
            _line(number, item, held_to, on) | {"papers": papers.get(item.pk, [])}
            for number, item in items
        ],
        "notice": notice,
        "days_left": (notice.last_day - on).days if notice else None,
        "may_move": may_edit and is_open,
        "may_edit": may_edit,
        "may_read_exempt": may(request.user, "manage", AGENDA_ITEM.area),
        "may_approve": may(request.user, "approve", AGENDA_ITEM.area),
        "unpublished": len(unpublished(meeting)),
        "new_url": f"{reverse('office-agenda-items-new')}?{new}",
        "standing_url": f"{reverse('office-standing-items-list')}?{of_body}",
    }
    return render(request, "meetings/agenda.html", context)


def _line(number: int, item: AgendaItem, notice: Notice | None, on: dt.date) -> dict[str, Any]:
    """Return what the table shows of an item; `late` where it could not go out as it stands."""
    is_out = item.status == Status.PUBLISHED
    return {
        "item": item,
        "number": number,
        "waits": number != item.number,
        "paper": _paper(item),
        "exempt": in_brief(item),
        "late": not is_out and notice is not None and is_late(item, notice, on),
    }


def _paper(item: AgendaItem) -> str:
    if item.section in ("", AgendaItem.Section.TEXT):
        return _("Text") if item.text else ""
    return str(item.get_section_display())


def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the agenda from the standing items and the work programme."""

    def do(meeting: Meeting, by: Any) -> str:
        made = begin_agenda(meeting, by=by)
        return _("%(n)s items stand on the agenda as drafts.") % {"n": len(made)}

    return _pressed(request, reference, do)


def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the meeting and its agenda to whoever approves them."""

    def do(meeting: Meeting, by: Any) -> str:
        return _("Sent for approval: %(n)s records.") % {"n": send_agenda(meeting, by=by)}

    return _pressed(request, reference, do)


def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the meeting and its agenda public, all of it or nothing."""

    def do(meeting: Meeting, by: Any) -> str:
        count = publish_agenda(meeting, by=by)
        return _("The agenda is public: %(n)s records were published.") % {"n": count}

    return _pressed(request, reference, do)


def _pressed(
    request: HttpRequest, reference: str, do: Callable[[Meeting, Any], str]
) -> HttpResponse:
    """Do something with the agenda of a meeting, and show it again."""
    meeting = find_as(Meeting, MEETING, reference, Scope(request.user))
    press(request, lambda by: do(meeting, by))
    return redirect("office-agenda", reference)


def move(request: HttpRequest, reference: str, *, up: bool) -> HttpResponse:
    """Move an item of the agenda up or down by one."""
    item = find_as(AgendaItem, AGENDA_ITEM, reference, Scope(request.user))

    def do(by: Any) -> str:
        move_item(item, up=up, by=by)
        return ""

    press(request, do)
    address = reverse("office-agenda", args=[item.parent.reference])
    return redirect(f"{address}#{item.reference}")
