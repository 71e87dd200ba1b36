"""Rounds by link as a Django application."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Asking owners for their updates by e-mail, and taking in what they answer."""

    name = "peelian.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Show on a round's page whom it asked, and the way to its sheets and mails."""
        from peelian.pages.sections import offer
        from peelian.rounds.following import asking_section
        from peelian.rounds.incoming import incoming_section

        offer(("round",), asking_section)
        offer(("round",), incoming_section)
