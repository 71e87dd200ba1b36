"""What is done while a meeting is minuted: attendance recorded, minutes written, each by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext as _

from peelian.meetings.kinds import ATTENDANCE, DECLARATION, MINUTE
from peelian.meetings.models import AgendaItem, Attendance, Declaration, Meeting, Minute
from peelian.meetings.numbering import next_minute_number
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.kinds import Kind
from peelian.record.models import Record, Status
from peelian.record.values import Values

Capacity = Attendance.Capacity
OF_MEMBERS = (Capacity.PRESENT, Capacity.APOLOGIES)


@dataclass(frozen=True)
class Came:
    """What is said of a member at a meeting, and the versions of the rows that were read.

    The times are of whoever sat there: the member, or the substitute.
    """

    person: Record
    capacity: str = ""
    substitute: Record | None = None
    version: int | None = None
    substitute_version: int | None = None
    arrived_at: dt.time | None = None
    left_at: dt.time | None = None


@writing.operation
def write_minute(
    meeting: Meeting,
    of: AgendaItem | Minute | None,
    *,
    title: str,
    text: str,
    decision: str = "",
    version: int | None,
    by: Actor,
) -> Minute:
    """Return the minute of an agenda item, or a further one, as it is now written.

    A new one has the next running number. `version` is what the writer read, None where there was
    no minute. Raises Stale where somebody else wrote it meanwhile, Invalid, and Refused where the
    minutes are confirmed.
    """
    held = _open(meeting)
    values: Values = {"title": title, "text": text, "decision": decision}
    stood = of if isinstance(of, Minute) else minute_of(held, of) if of else None
    if stood is not None:
        if isinstance(of, AgendaItem) and stood.item_id is None:
            values["item"] = of
        if version is None:
            said = _("Somebody else has written this minute while you were writing.")
            raise Stale(said, dict(values))
        return cast(Minute, operations.edit(stood, values, version=version, by=by))
    item = of if isinstance(of, AgendaItem) else None
    number = next_minute_number(held, item)
    reference = _free(MINUTE, f"{held.reference}-{number}")
    values |= {"parent": held, "number": number, "item": item, "reference": reference}
    return cast(Minute, operations.create(MINUTE, values, by=by))


def minute_of(meeting: Meeting, item: AgendaItem) -> Minute | None:
    """Return the minute of an agenda item: the one that names it, else one of the same title."""
    minutes = MINUTE.all().filter(parent=meeting).exclude(status=Status.WITHDRAWN)
    found = list(minutes.order_by("number", "pk"))
    return match(item, found)


def match(item: AgendaItem, minutes: Sequence[Minute]) -> Minute | None:
    """Return which of a meeting's minutes is an item's; one brought in from a file names none."""
    named = (minute for minute in minutes if minute.item_id == item.pk)
    title = item.title.casefold()
    alike = (m for m in minutes if m.item_id is None and m.title.casefold() == title)
    return next(named, None) or next(alike, None)


@writing.operation
def record_attendance(meeting: Meeting, answers: Sequence[Came], *, by: Actor) -> None:
    """Keep who of the members was there, sent apologies, and who came in whose place.

    Raises Invalid for somebody present who has a substitute, or times of somebody who was not
    there, Stale, and Refused where the minutes are confirmed, or what is taken away is public.
    """
    held = _open(meeting)
    there = ATTENDANCE.all().filter(parent=held).exclude(status=Status.WITHDRAWN)
    rows = list(there.order_by("pk"))
    own = {r.person_id: r for r in rows if r.capacity in OF_MEMBERS}
    stood_in = {r.for_person_id: r for r in rows if r.capacity == Capacity.SUBSTITUTE}
    for came in answers:
        _require_consistent(came)
        times: Values = {"arrived_at": came.arrived_at, "left_at": came.left_at}
        row: Values = {"person": came.person, "capacity": came.capacity}
        row |= dict.fromkeys(times) if came.substitute else times
        _keep(held, own.get(came.person.pk), row if came.capacity else None, came.version, by=by)
        place: Values = {
            "person": came.substitute,
            "capacity": Capacity.SUBSTITUTE,
            "for_person": came.person,
            **times,
        }
        stood = stood_in.get(came.person.pk)
        _keep(held, stood, place if came.substitute else None, came.substitute_version, by=by)


@writing.operation
def declare(meeting: Meeting, on: Record, values: Mapping[str, Any], *, by: Actor) -> Declaration:
    """Return the declaration of an interest in an agenda item, or at the meeting as a whole.

    Raises Invalid, and Refused where the minutes are confirmed.
    """
    held = _open(meeting)
    if held.pk not in (on.pk, on.parent_id):
        raise Invalid({"__all__": [_("This is no item of this meeting.")]})
    base = f"{on.reference}.{values['person'].reference}.declared"
    made = {**values, "parent": on, "reference": _free(DECLARATION, base)}
    return cast(Declaration, operations.create(DECLARATION, made, by=by))


def _require_consistent(came: Came) -> None:
    """Raise Invalid where what is said of a member cannot all be so."""
    says = {"name": came.person.title}
    if came.substitute and came.capacity != Capacity.APOLOGIES:
        said = _("Say that %(name)s sent apologies, or name no substitute.")
        raise Invalid({f"way-{came.person.pk}": [said % says]})
    if not (came.arrived_at or came.left_at):
        return
    if not came.substitute and came.capacity != Capacity.PRESENT:
        said = _("Say that %(name)s was present, or give no times.")
        raise Invalid({f"way-{came.person.pk}": [said % says]})
    if came.arrived_at and came.left_at and came.left_at <= came.arrived_at:
        raise Invalid({f"left-{came.person.pk}": [_("Nobody leaves before they arrive.")]})


def _keep(
    meeting: Meeting,
    row: Attendance | None,
    values: Values | None,
    version: int | None,
    *,
    by: Actor,
) -> None:
    """Create, change or take away one row of a meeting's attendance."""
    if (row.version if row else None) != version:
        said = _("The attendance was changed by somebody else while you were writing.")
        raise Stale(said, values or {})
    if row is None:
        if values:
            person = values["person"]
            base = f"{meeting.reference}.{person.reference}.{values['capacity']}"
            made = {"parent": meeting, "reference": _free(ATTENDANCE, base), **values}
            operations.create(ATTENDANCE, made, by=by)
    elif values is None:
        operations.delete(row, by=by, why=_("Taken off the attendance"))
    else:
        values["title"] = values["person"].title
        operations.edit(row, values, version=row.version, by=by)


def _open(meeting: Meeting) -> Meeting:
    held = cast(Meeting, writing.lock(meeting))
    if held.is_confirmed:
        raise Refused(_("The minutes of this meeting are confirmed, and stay as they are."))
    return held


def _free(kind: Kind, base: str) -> str:
    return writing.free_reference(kind.name, base, apart=".")
