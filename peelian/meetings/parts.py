"""What stands under a meeting, read at once: its page has few questions left for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from peelian.meetings.kinds import AGENDA_ITEM, ATTENDANCE, VOTE
from peelian.meetings.models import AgendaItem, Attendance, Meeting, Vote
from peelian.record.models import Record
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Parts:
    """A meeting's agenda and attendance, and the votes under its items and minutes, in order.

    `cast` holds, by a vote's id, `(way, id of a person)` of each who is recorded by name.
    """

    items: list[AgendaItem]
    attendance: list[Attendance]
    votes: list[Vote]
    cast: Mapping[int, list[tuple[str, int]]]


def parts_of(meeting: Meeting, scope: Scope) -> Parts:
    """Return what may be seen of a meeting's parts. One query."""
    own = Q(parent=meeting, kind__in=(AGENDA_ITEM.name, ATTENDANCE.name))
    votes = Q(parent__parent=meeting, kind=VOTE.name)
    found: Any = (
        scope.see(Record.objects.filter(own | votes))
        .select_related("agendaitem", "attendance", "vote")
        .annotate(way=F("links_out__form"), who=F("links_out__target_id"))
        .order_by("sort_key", "pk")
    )
    items: dict[int, AgendaItem] = {}
    attendance: dict[int, Attendance] = {}
    taken: dict[int, Vote] = {}
    cast: dict[int, list[tuple[str, int]]] = {}
    for row in found:
        if row.kind == AGENDA_ITEM.name:
            items[row.pk] = row.agendaitem
        elif row.kind == ATTENDANCE.name:
            attendance[row.pk] = row.attendance
        else:
            taken[row.pk] = row.vote
            cast.setdefault(row.pk, []).append((row.way, row.who))
    return Parts(
        sorted(items.values(), key=lambda item: (item.number, item.pk)),
        sorted(attendance.values(), key=lambda one: one.pk),
        list(taken.values()),
        cast,
    )
