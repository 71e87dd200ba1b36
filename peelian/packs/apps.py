"""Packs as a Django application."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """Documents out: agenda packs."""

    name = "peelian.packs"
    label = "packs"

    def ready(self) -> None:
        """Declare the kinds."""
        from peelian.meetings.news import register as register_news
        from peelian.packs.kinds import KINDS
        from peelian.packs.news import papers_of
        from peelian.packs.sections import papers_section
        from peelian.pages.sections import offer
        from peelian.record.kinds import register

        register(*KINDS)
        register_news(papers_of)
        offer(("meeting",), papers_section)
