"""The panel's meetings as events: papers are due some days before, decisions some days after."""

from __future__ import annotations

from django.conf import settings

from peelian.duties.facts import Event
from peelian.law.calendar import Fact
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.record.scope import Scope


def panel_meetings(scope: Scope) -> list[Event]:
    """Return the meetings of the office's own panel that were not cancelled. One query."""
    meetings = (
        scope.of(MEETING)
        .filter(body__kind="body", body__reference=settings.OFFICE["panel"])
        .exclude(state=Meeting.State.CANCELLED)
    )
    return [
        Event(Fact("meeting", meeting.reference, meeting.title, meeting.held_on), meeting)
        for meeting in meetings
    ]
