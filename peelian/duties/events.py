"""The events that open a clock by hand: what they are, and who may see such a clock."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from peelian.law.events import EventKind, known_events
from peelian.record.models import Audience

BY_RECORD = "by_record"

# Open to everybody unless the office says otherwise. Every other event may concern a person who
# asked, complained or applied, so that its clock is for the office until somebody decides.
PUBLIC_EVENTS = frozenset(
    {
        "inspection_report",
        "super_complaint_response_requested",
        "prevention_of_future_deaths_report",
        "office_taken",
        "annual_report_received",
        "plan_draft_received",
        "plan_issued",
        "consultation_closed",
        "community_remedy_revised",
        "equality_objectives_published",
        "accounts_certified",
        "tender_issued",
        "public_meeting_of_office",
    }
)


@cache
def event_kinds() -> tuple[EventKind, ...]:
    """Return every kind of event the rules know, read once. Raises RulePackError."""
    return known_events(settings.RULES, settings.OWN_RULES)


def by_hand() -> list[EventKind]:
    """Return the kinds of event that somebody opens a clock for: those that no record tells of."""
    return [event for event in event_kinds() if event.opened != BY_RECORD]


def by_record() -> list[EventKind]:
    """Return the kinds of event that open their clocks as soon as they are on the record."""
    return [event for event in event_kinds() if event.opened == BY_RECORD]


def choices() -> list[tuple[str, str]]:
    """Return those kinds as a field offers them."""
    return [(event.id, event.title) for event in by_hand()]


def title(name: str) -> str:
    """Return what an event is called; one that has no words is shown as it is written."""
    known = {event.id: event.title for event in event_kinds()}
    return known.get(name, name.replace("_", " ").capitalize())


def about(name: str) -> str:
    """Return what an event is in a sentence; nothing for one that has no words."""
    return {event.id: event.about for event in event_kinds()}.get(name, "")


def audience(name: str) -> str:
    """Return who may see a clock of this event unless the office says otherwise."""
    return Audience.PUBLIC if name in PUBLIC_EVENTS else Audience.OFFICE
