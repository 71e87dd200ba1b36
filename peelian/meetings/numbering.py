"""The running numbers of minutes: they go on by themselves from meeting to meeting of a body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from peelian.meetings.kinds import AGENDA_ITEM, MINUTE
from peelian.meetings.models import AgendaItem, Meeting
from peelian.meetings.operations import as_numbered
from peelian.record.models import Draft, Status
from peelian.record.querysets import RecordQuerySet


@dataclass(frozen=True)
class Numbers:
    """What decides the next number: the last of earlier meetings, those taken, the agenda."""

    before: int
    taken: frozenset[int]
    agenda: tuple[AgendaItem, ...]

    def following(self, item: AgendaItem | None = None) -> int:
        """Return the number of a further minute; of an agenda item the one its place gives it.

        So it does not matter which minute is written first.
        """
        if item is None:
            return max(self.taken | {self.before + len(self.agenda)}) + 1
        place = next((n for n, one in enumerate(self.agenda) if one.pk == item.pk), 0)
        wanted = self.before + 1 + place
        return next(n for n in range(wanted, wanted + len(self.taken) + 1) if n not in self.taken)


def numbers_of(meeting: Meeting) -> Numbers:
    """Return what decides the numbers of a meeting's minutes. Six queries at most."""
    return Numbers(
        max(_numbers(_earlier(meeting)), default=0),
        frozenset(_numbers(MINUTE.all().filter(parent=meeting))),
        tuple(agenda_to_minute(meeting)),
    )


def next_minute_number(meeting: Meeting, item: AgendaItem | None = None) -> int:
    """Return the number that a further minute of a meeting has; one, where a body never had any."""
    return numbers_of(meeting).following(item)


def agenda_to_minute(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of a meeting in the order they have or wait to have."""
    items = AGENDA_ITEM.all().filter(parent=meeting).exclude(status=Status.WITHDRAWN)
    return [item for _number, item in as_numbered(list(items))]


def missing_numbers(numbers: Iterable[int]) -> list[int]:
    """Return what is left out between the lowest and the highest of some numbers."""
    found = set(numbers)
    return [n for n in range(min(found), max(found)) if n not in found] if found else []


def _earlier(meeting: Meeting) -> RecordQuerySet[Any]:
    """Return the minutes of the same body's meetings before this one, one of the same day too."""
    same_day = Q(held_on=meeting.held_on, pk__lt=meeting.pk)
    of_body = Meeting.objects.filter(body=meeting.body_id)
    before = of_body.filter(Q(held_on__lt=meeting.held_on) | same_day)
    return MINUTE.all().filter(parent__in=before.values("pk"))


def _numbers(minutes: RecordQuerySet[Any]) -> set[int]:
    """Return the numbers that minutes have or wait to have."""
    numbers = dict(minutes.order_by().values_list("pk", "number"))
    waiting = Draft.objects.filter(record__in=list(numbers)).values_list("values", flat=True)
    return set(numbers.values()) | {v["number"] for v in waiting if v.get("number")}
