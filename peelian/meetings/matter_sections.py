"""What meetings offer to other pages: matters arising on an item, how a promise to them stands."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.arising import Matter, arising, followed, matters_of, minutes_named
from peelian.meetings.arising_blocks import matter_lines
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import AgendaItem, Meeting
from peelian.pages.sections import Section
from peelian.promises.models import Promise
from peelian.record import clock
from peelian.record.access import may
from peelian.record.kinds import kind_of
from peelian.record.models import Audience, Record, Status
from peelian.record.scope import PUBLIC, Scope

FOLLOW = ("follow", "promises")
_STEPS = {
    "update": gettext_lazy("Record an update"),
    "answer": gettext_lazy("Record the response"),
    "close": gettext_lazy("Close with its evidence"),
    "minute": gettext_lazy("Name the minute"),
}


def matters_section(record: Record, scope: Scope) -> Section | None:
    """Return what arises at the meeting of an agenda item that carries it, else nothing."""
    if not isinstance(record, AgendaItem) or record.section != AgendaItem.Section.MATTERS_ARISING:
        return None
    meeting = scope.of(MEETING).filter(pk=record.parent_id or 0).first()
    if not isinstance(meeting, Meeting):
        return None
    context = {"lines": matter_lines(arising(meeting, scope)), "scope": scope}
    return Section(_("Open from earlier meetings"), "meetings/matters_section.html", context)


def following_section(record: Record, scope: Scope) -> Section | None:
    """Return how an undertaking or recommendation stands today, and to whom it may, what to do."""
    if not isinstance(record, Promise):
        return None
    found = followed(scope).filter(pk=record.pk)  # none where it was withdrawn
    minutes = minutes_named(found, scope)
    shown_by = scope.by_id([record.shown_by_id])
    today = clock.today()
    lines = matter_lines(matters_of(found, minutes, shown_by, {}, today))
    if not lines:
        return None
    [line] = lines
    context = {"line": line, "scope": scope, "steps": _steps(line.matter, scope)}
    return Section(_("How it stands"), "meetings/following_section.html", context)


def _steps(matter: Matter, scope: Scope) -> list[tuple[str, str]]:
    """Return `(label, address)` of what this user may do with it now."""
    if scope.is_public or not may(scope.user, *FOLLOW):
        return []
    promise = matter.promise
    open_now = ["update", "close"] if promise.is_open else []
    if promise.kind == "recommendation" and promise.is_open:
        open_now.insert(1, "answer")
    if not promise.is_open and promise.closed_at_id is None:
        open_now.append("minute")
    slug = kind_of(promise).slug
    return [
        (str(_STEPS[step]), reverse(f"office-{slug}-{step}", args=[promise.reference]))
        for step in open_now
    ]


def achieved_section(record: Record, scope: Scope) -> Section | None:
    """Return the way to what a body achieved by year, where it has met. One query."""
    is_out = (record.status, record.audience) == (Status.PUBLISHED, Audience.PUBLIC)
    if (
        not is_out
        or not PUBLIC.of(MEETING).filter(body=record, held_on__lte=clock.today()).exists()
    ):
        return None
    url = reverse(f"{kind_of(record).slug}-achieved", args=[record.reference])
    return Section(_("What it achieved"), "meetings/achieved_section.html", {"url": url})
