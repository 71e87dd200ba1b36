"""How often each member of a body came to its meetings in a financial year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.kinds import ATTENDANCE, MEETING
from peelian.meetings.models import Attendance, Meeting
from peelian.people.membership import roll_of
from peelian.people.models import Body
from peelian.record.models import Record
from peelian.record.scope import Scope

Capacity = Attendance.Capacity
CAME = (Capacity.PRESENT, Capacity.IN_ATTENDANCE)


@dataclass(frozen=True)
class Attended:
    """A member, and at how many meetings of the year they could have been, were and were not."""

    person: Record | None
    name: str
    could: int
    came: int
    sent: int
    apologies: int

    @property
    def absent(self) -> int:
        """Return at how many nothing is recorded of them."""
        return self.could - self.came - self.sent - self.apologies


@dataclass(frozen=True)
class Year:
    """A year's attendance: the meetings that count, those of which nobody's is recorded, rows."""

    meetings: tuple[Meeting, ...]
    unrecorded: tuple[Meeting, ...]
    rows: tuple[Attended, ...]


def attendance_in(body: Body, year: FinancialYear, scope: Scope) -> Year:
    """Return the attendance of a body's members at the meetings held in a year.

    A meeting counts for who was a member on its day. One of which no attendance is recorded
    counts for nobody. Six queries.
    """
    roll = roll_of(body, scope)
    held = list(
        scope.of(MEETING)
        .filter(body=body, state=Meeting.State.HELD)
        .filter(held_on__gte=year.first, held_on__lte=year.last)
        .order_by("held_on", "pk")
    )
    recorded = _recorded(held, scope)
    counted = tuple(meeting for meeting in held if meeting.pk in recorded)
    tally: dict[int, Counter[str]] = {}
    people: dict[int, tuple[Record | None, str]] = {}
    for meeting in counted:
        for sitting in roll.members(meeting.held_on):
            pk = sitting.membership.person_id or 0
            people.setdefault(pk, (sitting.person, sitting.name))
            tally.setdefault(pk, Counter())[recorded[meeting.pk].get(pk, "")] += 1
    rows = (
        Attended(*people[pk], n.total(), n["came"], n["sent"], n["apologies"])
        for pk, n in tally.items()
    )
    unrecorded = tuple(meeting for meeting in held if meeting.pk not in recorded)
    return Year(counted, unrecorded, tuple(sorted(rows, key=lambda row: row.name.casefold())))


def _recorded(held: list[Meeting], scope: Scope) -> dict[int, dict[int, str]]:
    """Return by meeting and person what is recorded: came, sent a substitute, or apologies.

    Who is down more than once counts by the first of these.
    """
    found: dict[int, dict[int, str]] = {}
    for row in scope.of(ATTENDANCE).filter(parent__in=held).order_by("pk"):
        ways = found.setdefault(row.parent_id or 0, {})
        if row.capacity in CAME:
            ways[row.person_id or 0] = "came"
        elif row.capacity == Capacity.SUBSTITUTE and row.for_person_id:
            if ways.get(row.for_person_id) != "came":
                ways[row.for_person_id] = "sent"
        elif row.capacity == Capacity.APOLOGIES:
            ways.setdefault(row.person_id or 0, "apologies")
    return found


def years_of(body: Body, scope: Scope) -> list[FinancialYear]:
    """Return the financial years in which a body held a meeting, the latest first. One query."""
    days = scope.of(MEETING).filter(body=body, state=Meeting.State.HELD).order_by()
    years = {financial_year(day) for day in days.values_list("held_on", flat=True).distinct()}
    return sorted(years, key=lambda year: year.begins_in, reverse=True)
