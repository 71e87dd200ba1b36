"""Meetings for diaries: of one body or of all, each with its agenda and the way to its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event

from peelian.meetings.kinds import AGENDA_ITEM, MEETING
from peelian.meetings.models import AgendaItem, Meeting
from peelian.pages.diary import diary, uid
from peelian.record import clock
from peelian.record.models import Record
from peelian.record.scope import PUBLIC

HERE = ZoneInfo("Europe/London")
BACK = dt.timedelta(days=365)  # a diary keeps what it has; older meetings are on the site
STATUS = {
    Meeting.State.PLANNED: "CONFIRMED",
    Meeting.State.HELD: "CONFIRMED",
    Meeting.State.CANCELLED: "CANCELLED",
}


def meetings_diary(body: Record | None = None) -> bytes:
    """Return the public meetings of a body, or of all, from a year ago on. Four queries."""
    found = PUBLIC.of(MEETING).filter(held_on__gte=clock.today() - BACK)
    if body:
        found = found.filter(body=body)
    meetings = list(found.order_by("held_on", "starts_at", "pk"))
    bodies = PUBLIC.by_id(one.body_id for one in meetings)
    agendas = _agendas(meetings)
    name = body.title if body else str(settings.OFFICE["name"])
    return diary(
        _("Meetings: %(name)s") % {"name": name},
        "Meetings",
        (_event(m, bodies.get(m.body_id or 0), agendas.get(m.pk, ())) for m in meetings),
    )


def _agendas(meetings: Iterable[Meeting]) -> dict[int, list[AgendaItem]]:
    found: dict[int, list[AgendaItem]] = {}
    items = PUBLIC.of(AGENDA_ITEM).filter(parent__in=meetings)
    for item in items.order_by("number", "pk"):
        found.setdefault(item.parent_id or 0, []).append(item)
    return found


def _event(meeting: Meeting, body: Record | None, agenda: Sequence[AgendaItem]) -> Event:
    event = Event()
    event.add("uid", uid(f"meeting/{meeting.reference}"))
    event.add("dtstamp", meeting.changed_at.astimezone(dt.UTC))
    _when(event, meeting)
    event.add("status", STATUS[Meeting.State(meeting.state)])
    cancelled = meeting.state == Meeting.State.CANCELLED
    event.add(
        "summary",
        _("Cancelled: %(title)s") % {"title": meeting.title} if cancelled else meeting.title,
    )
    if meeting.place:
        event.add("location", meeting.place)
    lines = [said for said in (body.title if body else "", meeting.named_form) if said]
    lines += [f"{item.number}. {item.title}" for item in agenda]
    event.add("description", "\n".join(lines))
    event.add("url", settings.SITE + meeting.get_absolute_url())
    return event


def _when(event: Event, meeting: Meeting) -> None:
    """Say when it begins and ends; without a time it takes the day. Times are sent as UTC."""
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    event.add("dtstart", _moment(meeting.held_on, meeting.starts_at))
    if meeting.ended_at and meeting.ended_at > meeting.starts_at:
        event.add("dtend", _moment(meeting.held_on, meeting.ended_at))


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, HERE).astimezone(dt.UTC)
