"""Checks as a Django application, so that its page and templates are found."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """Runs the checks that the areas declare."""

    name = "peelian.checks"
    label = "checks"
