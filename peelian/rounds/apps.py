"""Rounds by link as a Django application."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Asking owners for their updates by e-mail, and taking in what they answer."""

    name = "peelian.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Offer to a round's page how many owners were asked."""
        from peelian.pages.sections import offer
        from peelian.rounds.following import asking_section

        offer(("round",), asking_section)
