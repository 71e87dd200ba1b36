"""How many members a panel had on the day of a meeting, and whether two-thirds were in reach."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from peelian.meetings.kinds import ATTENDANCE
from peelian.meetings.models import Attendance, Meeting
from peelian.people.kinds import BODY
from peelian.people.membership import (
    Sitting,
    counted_in_words,
    current_members,
    needed_in_words,
    roll_of,
    veto_out_of_reach,
)
from peelian.people.models import Body
from peelian.record.scope import Scope


def members_at(meeting: Meeting, scope: Scope) -> dict[str, Any]:
    """Return what a meeting's page says of its body's members that day; `count` is how many.

    Of a body that is no panel, of which no member is recorded, or that did not meet, `count` is
    all. One query: the page of a meeting asks many others.
    """
    body = scope.of(BODY).filter(pk=meeting.body_id)
    asked = current_members(body.values("pk"), meeting.held_on, scope).annotate(
        was_there=_there(meeting, scope),
        body=Subquery(body.values("reference")),
        form=Subquery(body.values("form")),
    )
    rows = list(asked.values_list("person_id", "was_there", "body", "form"))
    members = {person for person, *_rest in rows}
    is_panel = bool(rows) and rows[0][3] == Body.Form.PANEL
    if not is_panel or meeting.state == Meeting.State.CANCELLED:
        return {"count": len(members)}
    present = len({person for person, was_there, *_rest in rows if was_there})
    address = reverse(scope.name(f"{BODY.slug}-show"), args=[rows[0][2]])
    return {
        "count": len(members),
        "counted": counted_in_words(len(members), 0),
        "needed": needed_in_words(len(members)),
        "present": present,
        "warning": veto_out_of_reach(len(members), present) if present else "",
        "held_on": meeting.held_on,
        "address": f"{address}?on={meeting.held_on.isoformat()}",
    }


def sitting_at(meeting: Meeting, scope: Scope) -> list[Sitting]:
    """Return the members of a meeting's body on its day, the chair first. Four queries.

    Nobody where it is a meeting of an oversight mechanism, which has no members of its own.
    """
    body = BODY.all().filter(pk=meeting.body_id or 0).first()
    return roll_of(body, scope).members(meeting.held_on) if isinstance(body, Body) else []


def _there(meeting: Meeting, scope: Scope) -> Q:
    """Return the condition that a member came to a meeting, or somebody in the member's place."""
    there = scope.of(ATTENDANCE).filter(parent=meeting)
    came = there.filter(capacity=Attendance.Capacity.PRESENT, person_id=OuterRef("person_id"))
    place = there.filter(
        capacity=Attendance.Capacity.SUBSTITUTE, for_person_id=OuterRef("person_id")
    )
    return Exists(came) | Exists(place)
