"""The panel's meetings as events: papers are due some days before, decisions some days after."""

from __future__ import annotations

from django.conf import settings

from peelian.duties.facts import Source
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


def _of_the_panel(scope: Scope) -> RecordQuerySet[Meeting]:
    """Return the meetings of the office's own panel that were not cancelled."""
    own = scope.of(MEETING).filter(body__kind="body", body__reference=settings.OFFICE["panel"])
    return own.exclude(state=Meeting.State.CANCELLED)


PANEL_MEETINGS = Source("meeting", _of_the_panel, day="held_on")
