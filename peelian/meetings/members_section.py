"""How many members the body of a meeting had that day, and whether two-thirds could be reached."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.meetings.kinds import ATTENDANCE
from peelian.meetings.models import Attendance, Meeting
from peelian.pages.sections import Section
from peelian.people.kinds import BODY
from peelian.people.membership import (
    Roll,
    counted_in_words,
    needed_in_words,
    roll_of,
    veto_out_of_reach,
)
from peelian.people.models import Body
from peelian.record.models import Record
from peelian.record.scope import Scope


def members_section(record: Record, scope: Scope) -> Section | None:
    """Return a panel's members on the day of its meeting and the votes two-thirds were.

    Nothing where the body is no panel, or no member of it is recorded. Five queries.
    """
    if not isinstance(record, Meeting) or record.state == Meeting.State.CANCELLED:
        return None
    panels = scope.of(BODY).filter(pk=record.body_id, form=Body.Form.PANEL)
    body = panels.first()
    roll = roll_of(body, scope) if body else None
    members = roll.members(record.held_on) if roll else []
    if body is None or roll is None or not members:
        return None
    present = who_could_vote(record, roll, scope)
    context = {
        "counted": counted_in_words(len(members), len(roll.vacancies(record.held_on))),
        "needed": needed_in_words(len(members)),
        "present": len(present),
        "warning": veto_out_of_reach(len(members), len(present)) if present else "",
        "held_on": record.held_on,
        "address": f"{scope.url(body)}?on={record.held_on.isoformat()}",
    }
    return Section(_("Members and votes"), "meetings/members_section.html", context)


def who_could_vote(meeting: Meeting, roll: Roll, scope: Scope) -> set[int]:
    """Return who was there as a member of that day, or in the place of one. One query."""
    members = {s.membership.person_id for s in roll.members(meeting.held_on)}
    capacity = Attendance.Capacity
    there = scope.of(ATTENDANCE).filter(
        parent=meeting, capacity__in=(capacity.PRESENT, capacity.SUBSTITUTE)
    )
    return {
        person
        for person, how, place in there.values_list("person_id", "capacity", "for_person_id")
        if (person in members if how == capacity.PRESENT else place in members)
    }
