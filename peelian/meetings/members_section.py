"""How many members a panel had on the day of a meeting, and whether two-thirds were in reach."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.meetings.kinds import ATTENDANCE
from peelian.meetings.models import Attendance, Meeting
from peelian.pages.sections import Section
from peelian.people.kinds import BODY
from peelian.people.membership import (
    counted_in_words,
    current_members,
    needed_in_words,
    veto_out_of_reach,
)
from peelian.people.models import Body
from peelian.record.models import Record
from peelian.record.scope import Scope


def members_section(record: Record, scope: Scope) -> Section | None:
    """Return a panel's members on the day of its meeting and the votes two-thirds were.

    Nothing where the body is no panel, or no member of it is recorded. One query: the page of a
    meeting asks many others.
    """
    if not isinstance(record, Meeting) or record.state == Meeting.State.CANCELLED:
        return None
    panel = scope.of(BODY).filter(pk=record.body_id, form=Body.Form.PANEL)
    asked = current_members(panel.values("pk"), record.held_on, scope).annotate(
        was_there=_there(record, scope), panel=Subquery(panel.values("reference"))
    )
    rows = list(asked.values_list("person_id", "was_there", "panel"))
    if not rows:
        return None
    members = {person for person, _there, _panel in rows}
    present = len({person for person, was_there, _panel in rows if was_there})
    address = reverse(scope.name(f"{BODY.slug}-show"), args=[rows[0][2]])
    context = {
        "counted": counted_in_words(len(members), 0),
        "needed": needed_in_words(len(members)),
        "present": present,
        "warning": veto_out_of_reach(len(members), present) if present else "",
        "held_on": record.held_on,
        "address": f"{address}?on={record.held_on.isoformat()}",
    }
    return Section(_("Members and votes"), "meetings/members_section.html", context)


def _there(meeting: Meeting, scope: Scope) -> Q:
    """Return the condition that a member came to a meeting, or somebody in the member's place."""
    there = scope.of(ATTENDANCE).filter(parent=meeting)
    came = there.filter(capacity=Attendance.Capacity.PRESENT, person_id=OuterRef("person_id"))
    place = there.filter(
        capacity=Attendance.Capacity.SUBSTITUTE, for_person_id=OuterRef("person_id")
    )
    return Exists(came) | Exists(place)
