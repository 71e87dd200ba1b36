"""Duties as a Django application."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """What law requires by a date, worked out from rule packs."""

    name = "peelian.duties"
    label = "duties"
