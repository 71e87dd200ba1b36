"""Holding to account as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HoldingConfig(AppConfig):
    """What the commissioner asks the chief constable, by theme: answers, evidence, the note."""

    name = "peelian.holding"
    label = "holding"

    def ready(self) -> None:
        """Declare the kinds, and what they offer to other pages."""
        from peelian.holding.kinds import KINDS, LED_TO
        from peelian.holding.news import notes_of
        from peelian.holding.sections import meeting_section, objective_section
        from peelian.meetings.beside import hear_of
        from peelian.meetings.news import register as register_news
        from peelian.pages.sections import offer, stand_beside
        from peelian.record.kinds import LINK_LABELS, register

        register(*KINDS)
        register_news(notes_of)
        LINK_LABELS[LED_TO] = _("Undertakings that came of it")
        hear_of("holding-note")
        offer(("meeting",), meeting_section)
        offer(("objective",), objective_section)
        for kind in ("theme", "meeting", "oversight-mechanism"):
            stand_beside(kind, _("Holding to account by year"), "holding")
