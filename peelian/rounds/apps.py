"""Rounds by link as a Django application."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Asking owners for their updates by e-mail, and taking in what they answer."""

    name = "peelian.rounds"
    label = "rounds"
