"""Meetings and what they ask as events: papers are due before, decisions and responses after."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery

from peelian.duties.facts import Source
from peelian.meetings.arising import given_at
from peelian.meetings.kinds import CHALLENGE, DECISION_NOTE, MEETING, PETITION
from peelian.meetings.models import Meeting
from peelian.meetings.notice import OUT
from peelian.promises.kinds import RECOMMENDATION
from peelian.promises.models import Progress
from peelian.record.models import Change, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


def _own(scope: Scope) -> RecordQuerySet[Meeting]:
    """Return the meetings of the office's own panel."""
    return scope.of(MEETING).filter(body__kind="body", body__reference=settings.OFFICE["panel"])


def _of_the_panel(scope: Scope) -> RecordQuerySet[Meeting]:
    """Return the meetings of the office's own panel that were not cancelled."""
    return _own(scope).exclude(state=Meeting.State.CANCELLED)


def _with_their_notes(scope: Scope) -> RecordQuerySet[Any]:
    """Return the panel's meetings with the day on which the note of their decisions came out."""
    out = Change.objects.filter(record_id=OuterRef("pk"), action__in=OUT).order_by("pk")
    notes = scope.of(DECISION_NOTE).filter(parent=OuterRef("pk"), status=Status.PUBLISHED)
    noted = notes.annotate(out_on=Subquery(out.values("at__date")[:1])).values("out_on")[:1]
    return _of_the_panel(scope).annotate(noted_on=Subquery(noted))


def _to_be_answered(scope: Scope) -> RecordQuerySet[Any]:
    """Return the panel's recommendations for whose response it set a day.

    Police Reform and Social Responsibility Act 2011, s.29(3). One that was superseded before it
    was answered asks for nothing any more.
    """
    made = scope.of(RECOMMENDATION).filter(given_at(_own(scope), scope), respond_by__isnull=False)
    return made.exclude(Q(progress=Progress.SUPERSEDED) & Q(responded_on=None))


PANEL_MEETINGS = Source("meeting", _of_the_panel, day="held_on")
MEETING_DECISIONS = Source("meeting_decisions", _with_their_notes, day="held_on", met="noted_on")
# The duty ends on the day the panel set; a response to a report is still a clock opened by hand.
RESPONSES = Source(
    "recommendation_requiring_response", _to_be_answered, day="respond_by", met="responded_on"
)
# So does that of a challenge in writing, for which no law sets a day.
CHALLENGES = Source(
    "challenge_put",
    lambda scope: scope.of(CHALLENGE).exclude(respond_by=None),
    day="respond_by",
    met="responded_on",
)
# A petition to the panel is acknowledged by the panel's own standard.
PETITIONS = Source(
    "petition_received",
    lambda scope: scope.of(PETITION),
    day="received_on",
    met="acknowledged_on",
)
