"""Meetings as a Django application."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, agendas, minutes, attendance and the work programme."""

    name = "peelian.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Declare the kinds, the events that start a clock, references and checks."""
        from peelian.duties.facts import register as register_facts
        from peelian.meetings import checks as checks
        from peelian.meetings.facts import PANEL_MEETINGS, RESPONSES
        from peelian.meetings.kinds import KINDS
        from peelian.meetings.matter_sections import (
            achieved_section,
            following_section,
            matters_section,
        )
        from peelian.meetings.references import resolve_minutes
        from peelian.pages.sections import offer
        from peelian.promises.models import FOLLOWED
        from peelian.record.kinds import register
        from peelian.record.references import register_resolver

        register(*KINDS)
        register_resolver("minute", resolve_minutes)
        register_facts(PANEL_MEETINGS, RESPONSES)
        offer(("agenda-item",), matters_section)
        offer(FOLLOWED, following_section)
        offer(("body", "oversight-mechanism"), achieved_section)
