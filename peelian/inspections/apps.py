"""Inspections as a Django application."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspection reports and grades."""

    name = "peelian.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Declare the kinds, and the events that start a clock."""
        from peelian.duties.facts import register as register_facts
        from peelian.inspections.facts import REPORTS
        from peelian.inspections.kinds import KINDS
        from peelian.record.kinds import register

        register(*KINDS)
        register_facts(REPORTS)
