"""Processes as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    """Statutory processes as guided workflows: their steps, dates, letters and public pages."""

    name = "peelian.processes"
    label = "processes"

    def ready(self) -> None:
        """Declare the kind and what its links are called; lead to it from the meetings."""
        from peelian.pages.sections import stand_beside
        from peelian.processes.kinds import KINDS
        from peelian.record.kinds import LINK_LABELS, register

        register(*KINDS)
        LINK_LABELS["begun_by"] = _("What began its clocks")
        stand_beside("meeting", _("Statutory processes"), "processes-list")
