"""Reports as a Django application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Monitoring, annual and end-of-term reports on a plan."""

    name = "peelian.reports"
    label = "reports"

    def ready(self) -> None:
        """Declare the kinds, and what a plan's page offers."""
        from peelian.pages.sections import offer
        from peelian.record.kinds import register
        from peelian.reports.kinds import KINDS
        from peelian.reports.sections import reports_section

        register(*KINDS)
        offer(("plan", "meeting"), reports_section)
