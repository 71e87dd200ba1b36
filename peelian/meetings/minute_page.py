"""What the page shows on which minutes are taken: the agenda, each item with its minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from peelian.meetings.arising import followed
from peelian.meetings.kinds import ATTENDANCE, DECLARATION, MINUTE, VOTE
from peelian.meetings.members import sitting_at
from peelian.meetings.minute_taking import OF_MEMBERS, match
from peelian.meetings.minutes_words import corrections_of
from peelian.meetings.models import AgendaItem, Attendance, Meeting, Minute
from peelian.meetings.numbering import numbers_of
from peelian.record.models import Draft, Record, Status
from peelian.record.scope import Scope
from peelian.record.values import find

FURTHER = "further"


@dataclass
class Line:
    """An agenda item and its minute, or either; with what was typed where it was not saved."""

    item: AgendaItem | None
    minute: Minute | None
    number: int
    title: str
    text: str = ""
    decision: str = ""
    waits: bool = False
    given: list[Any] = field(default_factory=list)
    votes: list[Any] = field(default_factory=list)
    declared: list[Any] = field(default_factory=list)
    corrections: list[Record] = field(default_factory=list)
    declaring: Any = None  # the form for an interest declared in the item
    theirs: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what names the line in a form and as an anchor."""
        if self.item:
            return f"item-{self.item.pk}"
        return f"minute-{self.minute.pk}" if self.minute else FURTHER

    @property
    def version(self) -> str:
        """Return the version that was read; nothing where there is no minute yet."""
        return str(self.minute.version) if self.minute else ""


def lines_of(meeting: Meeting, scope: Scope) -> list[Line]:
    """Return the agenda with its minutes, and minutes without an item, by number."""
    minutes = list(
        scope.of(MINUTE).filter(parent=meeting).exclude(status=Status.WITHDRAWN).order_by("number")
    )
    drafts = {d.record_id: d.values for d in Draft.objects.filter(record__in=minutes)}
    numbers = numbers_of(meeting)
    lines, taken = [], set()
    for item in numbers.agenda:
        minute = match(item, [m for m in minutes if m.pk not in taken])
        if minute is None:
            number = numbers.following(item)
            lines.append(Line(item, None, number, item.title))
            numbers = replace(numbers, taken=numbers.taken | {number})
        else:
            taken.add(minute.pk)
            lines.append(_written(item, minute, drafts.get(minute.pk)))
    others = (minute for minute in minutes if minute.pk not in taken)
    lines += [_written(None, minute, drafts.get(minute.pk)) for minute in others]
    _put_beside(lines, meeting, scope)
    return sorted(lines, key=lambda line: line.number)


def further(meeting: Meeting) -> Line:
    """Return the line of a minute that is no item's, still to be written."""
    return Line(None, None, numbers_of(meeting).following(), "")


def _written(item: AgendaItem | None, minute: Minute, waiting: dict[str, Any] | None) -> Line:
    names = ("title", "text", "decision")
    says = {name: getattr(minute, name) for name in names} | (waiting or {})
    typed = {name: says[name] for name in names}
    return Line(item, minute, minute.number, **typed, waits=bool(waiting))


def _put_beside(lines: list[Line], meeting: Meeting, scope: Scope) -> None:
    """Put what was promised, voted, declared and corrected beside each line."""
    ids = {line.minute.pk for line in lines if line.minute}
    given: dict[int, list[Any]] = {}
    for promise in followed(scope).filter(made_at__in=ids).in_order():
        given.setdefault(promise.made_at_id, []).append(promise)
    under = ids | {line.item.pk for line in lines if line.item}
    votes: dict[int, list[Any]] = {}
    for vote in scope.of(VOTE).filter(parent__in=under).in_order():
        votes.setdefault(vote.parent_id, []).append(vote)
    declared: dict[int, list[Any]] = {}
    declarations = scope.of(DECLARATION).filter(parent__in=under).exclude(status=Status.WITHDRAWN)
    for one in declarations.order_by("pk"):
        declared.setdefault(one.parent_id, []).append(one)
    corrected = corrections_of(meeting, scope)
    for line in lines:
        if line.item:
            line.declared = declared.get(line.item.pk, [])
            line.votes += votes.get(line.item.pk, [])
        if line.minute:
            line.given = given.get(line.minute.pk, [])
            line.votes += votes.get(line.minute.pk, [])
            line.corrections = corrected.get(line.minute.pk, [])


@dataclass(frozen=True)
class Seat:
    """A member on the day of a meeting, and what is recorded of them."""

    person: Record
    name: str
    row: Attendance | None
    stood_in: Attendance | None


def seats_of(meeting: Meeting, scope: Scope) -> list[Seat]:
    """Return who was a member on a meeting's day; nobody where its body has no members."""
    members = sitting_at(meeting, scope)
    if not members:
        return []
    rows = list(
        scope.of(ATTENDANCE).filter(parent=meeting).exclude(status=Status.WITHDRAWN).order_by("pk")
    )
    _lay_drafts_over(rows)
    own = {row.person_id: row for row in rows if row.capacity in OF_MEMBERS}
    for_whom = {r.for_person_id: r for r in rows if r.capacity == Attendance.Capacity.SUBSTITUTE}
    people = {s.person.pk: (s.person, s.name) for s in members if s.person}
    return [
        Seat(person, name, own.get(pk), for_whom.get(pk)) for pk, (person, name) in people.items()
    ]


def _lay_drafts_over(rows: list[Attendance]) -> None:
    """Show of a public row what waits for approval: an edit of it begins from there."""
    drafts = {draft.record_id: draft.values for draft in Draft.objects.filter(record__in=rows)}
    for row in rows:
        waiting = drafts.get(row.pk, {})
        row.capacity = waiting.get("capacity", row.capacity)
        for name in ("arrived_at", "left_at"):
            if name in waiting:
                setattr(row, name, waiting[name] and dt.time.fromisoformat(waiting[name]))
        if "person" in waiting:
            row.person = find(waiting["person"])


def there(meeting: Meeting, seats: Sequence[Seat], scope: Scope) -> dict[int, str]:
    """Return the names, by id, of who may declare an interest: members, and all who attended."""
    rows = scope.of(ATTENDANCE).filter(parent=meeting).values_list("person_id", flat=True)
    members = {seat.person.pk: seat.name for seat in seats}
    others = scope.by_id(pk for pk in rows if pk not in members)
    return members | {pk: person.title for pk, person in others.items()}
