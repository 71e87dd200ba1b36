"""Inspections as a Django application."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspection reports and grades."""

    name = "peelian.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Declare the kinds."""
        from peelian.inspections.kinds import KINDS
        from peelian.record.kinds import register

        register(*KINDS)
