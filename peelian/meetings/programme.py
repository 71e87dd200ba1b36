"""The work programme as a board: what a body means to look at, meeting by meeting.

An item stands in one place: at its meeting, in a month without one, or without a date. The office
sees it where it will stand once its waiting change is approved; the public where it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Q

from peelian.meetings.kinds import MEETING, WORK_PROGRAMME
from peelian.meetings.models import Meeting, WorkProgrammeItem
from peelian.people.kinds import BODY
from peelian.record.models import Draft, Record, Status
from peelian.record.scope import Scope
from peelian.record.values import Values, reference_of

Form = WorkProgrammeItem.Form
TONES = {
    Form.STATUTORY: "purple",
    Form.ROUTINE: "grey",
    Form.REQUESTED: "teal",
    Form.POTENTIAL: "amber",
}


@dataclass(frozen=True)
class Placed:
    """An item and where it stands; with `waits` that is where a waiting change would put it."""

    item: WorkProgrammeItem
    meeting: Meeting | None
    month: dt.date | None
    waits: bool = False
    asked_by: Record | None = None
    asked_at: Record | None = None

    @property
    def tone(self) -> str:
        """Return the colour of its kind's tag."""
        return TONES[Form(self.item.form)]


@dataclass(frozen=True)
class Column:
    """A meeting with its items."""

    meeting: Meeting
    items: tuple[Placed, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        """Return whether the meeting does not take place."""
        return self.meeting.state == Meeting.State.CANCELLED


@dataclass(frozen=True)
class Programme:
    """A body's board: meetings to come, items without a meeting, and meetings that are past."""

    ahead: list[Column] = field(default_factory=list)
    dated: list[Placed] = field(default_factory=list)
    undated: list[Placed] = field(default_factory=list)
    past: list[Column] = field(default_factory=list)

    @property
    def items(self) -> list[Placed]:
        """Return every item on the board, in the order of the board."""
        columns = [*self.past[::-1], *self.ahead]
        return [*(i for column in columns for i in column.items), *self.dated, *self.undated]


def panel_of(scope: Scope) -> Record | None:
    """Return the office's own panel, as far as the scope may see it."""
    return scope.of(BODY).filter(reference=settings.OFFICE["panel"]).first()


def bodies_of(scope: Scope) -> list[Record]:
    """Return the bodies that have a work programme, the office's panel first. Two queries.

    In the office every body that meets has one, as an item may be put on it.
    """
    items = scope.of(WORK_PROGRAMME).exclude(status=Status.WITHDRAWN)
    meetings = scope.of(MEETING)
    if scope.is_public:
        meetings = meetings.filter(pk__in=items.exclude(meeting=None).values("meeting"))
    named = items.exclude(body=None).values("body")
    wanted = Q(pk__in=meetings.values("body")) | Q(pk__in=named)
    wanted |= Q(kind=BODY.name, reference=settings.OFFICE["panel"])
    found = scope.see(Record.objects.filter(wanted)).order_by("kind", "sort_key", "pk")
    return sorted(found, key=lambda body: not _is_panel(body))


def _is_panel(body: Record) -> bool:
    return body.kind == BODY.name and body.reference == settings.OFFICE["panel"]


def programme_of(body: Record, scope: Scope, today: dt.date) -> Programme:
    """Return a body's board as the scope may see it. Four queries, three for the public."""
    items: list[WorkProgrammeItem] = list(
        scope.of(WORK_PROGRAMME).exclude(status=Status.WITHDRAWN).in_order()
    )
    waiting = waiting_of(items, scope)
    meetings = meetings_for(items, waiting, scope, Q(body=body))
    own = [
        one
        for one in placed(items, waiting, meetings)
        if _is_of(body, one, waiting.get(one.item.pk, {}))
    ]
    return _board(body, _asked(own, scope), meetings, today)


def waiting_of(items: Iterable[Record], scope: Scope) -> dict[int, Values]:
    """Return what waits to be changed of each item; nothing of it is for the public."""
    if scope.is_public:
        return {}
    drafts = Draft.objects.filter(record__in=[item.pk for item in items])
    return {draft.record_id: draft.values for draft in drafts}


def meetings_for(
    items: Iterable[WorkProgrammeItem],
    waiting: Mapping[int, Values],
    scope: Scope,
    others: Q | None = None,
) -> list[Meeting]:
    """Return the meetings at which items stand or will stand, and others asked for, by day."""
    proposed = [reference_of(v.get("meeting")) for v in waiting.values() if v.get("meeting")]
    wanted = Q(pk__in=[i.meeting_id for i in items if i.meeting_id]) | Q(reference__in=proposed)
    if others is not None:
        wanted |= others
    return list(scope.of(MEETING).filter(wanted).order_by("held_on", "pk"))


def placed(
    items: Iterable[WorkProgrammeItem],
    waiting: Mapping[int, Values],
    meetings: Sequence[Meeting],
) -> list[Placed]:
    """Return each item where it stands, or will stand once what waits is approved."""
    by_pk = {one.pk: one for one in meetings}
    by_reference = {one.reference: one for one in meetings}
    found = []
    for item in items:
        values = waiting.get(item.pk, {})
        meeting, month = by_pk.get(item.meeting_id or 0), item.month
        if "meeting" in values:
            meeting = by_reference.get(reference_of(values["meeting"]))
        if "month" in values:
            month = dt.date.fromisoformat(values["month"]) if values["month"] else None
        waits = "meeting" in values or "month" in values
        found.append(Placed(item, meeting, month, waits))
    return found


def _is_of(body: Record, one: Placed, values: Values) -> bool:
    """Return whether an item stands on this body's board: its meeting says so, else its own word.

    What names neither is the panel's.
    """
    if one.meeting:
        return one.meeting.body_id == body.pk
    if values.get("body"):
        return bool(values["body"] == body.key)
    if one.item.body_id and "body" not in values:
        return one.item.body_id == body.pk
    return _is_panel(body)


def _asked(own: Sequence[Placed], scope: Scope) -> list[Placed]:
    """Return the items with who asked for them, and in which minute."""
    wanted = (pk for one in own for pk in (one.item.requested_by_id, one.item.requested_at_id))
    known = scope.by_id(wanted)
    return [
        replace(
            one,
            asked_by=known.get(one.item.requested_by_id or 0),
            asked_at=known.get(one.item.requested_at_id or 0),
        )
        for one in own
    ]


def _board(
    body: Record, own: Sequence[Placed], meetings: Sequence[Meeting], today: dt.date
) -> Programme:
    board = Programme()
    for meeting in (one for one in meetings if one.body_id == body.pk):
        here = tuple(one for one in own if one.meeting and one.meeting.pk == meeting.pk)
        column = Column(meeting, here)
        is_planned = meeting.state == Meeting.State.PLANNED
        # Where a meeting was cancelled, what still stands there has to be moved.
        if meeting.held_on >= today and (is_planned or here):
            board.ahead.append(column)
        elif here:
            board.past.insert(0, column)
    loose = [one for one in own if one.meeting is None]
    board.dated.extend(sorted((o for o in loose if o.month), key=lambda o: o.month or today))
    board.undated.extend(one for one in loose if not one.month)
    return board
