"""Inspections as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    """Reports of inspectors, auditors and coroners: grades, findings, responses, monitoring."""

    name = "peelian.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Declare kinds and checks, the events that start a clock, and how responses stand."""
        from peelian.duties.facts import register as register_facts
        from peelian.inspections import checks as checks
        from peelian.inspections.facts import CORONERS, REPORTS, WATCHDOG
        from peelian.inspections.guard import CompleteResponseGuard
        from peelian.inspections.kinds import KINDS
        from peelian.inspections.monitoring import monitoring_section
        from peelian.inspections.sections import finding_section
        from peelian.pages.sections import offer, stand_beside
        from peelian.record.guards import stand
        from peelian.record.kinds import LINK_LABELS, register

        register(*KINDS)
        LINK_LABELS["because_of"] = _("Because of")
        register_facts(REPORTS, CORONERS, WATCHDOG)
        stand(CompleteResponseGuard())
        offer(("finding",), finding_section)
        offer(("body",), monitoring_section)
        stand_beside("oversight-mechanism", _("Inspections"), "inspections-list")
        stand_beside("inspection", _("Findings"), "inspection-findings-list")
        stand_beside("inspection", _("History of grades"), "grade-history")
        stand_beside("inspection", _("Responses"), "inspection-responses-list")
        stand_beside("inspection", _("Levels of monitoring"), "monitoring-list")
        _begin_processes()


def _begin_processes() -> None:
    """Let reports begin the processes of their responses, and say how these stand."""
    from peelian.duties.stages import Beginning, begins_with, tell_stages
    from peelian.inspections.models import Inspection
    from peelian.inspections.stages import reports_of, stages

    tell_stages("inspection-response", stages)
    for event, label, help_text, forms in (
        (
            "inspection_report",
            _("Report"),
            _("One with its day of publication."),
            Inspection.BY_INSPECTORATE,
        ),
        (
            "prevention_of_future_deaths_report",
            _("Report on the record"),
            _("Else give the day of the report."),
            (Inspection.Form.CORONER,),
        ),
        (
            "misconduct_recommendation",
            _("Report on the record"),
            _("Else give the day of the recommendation."),
            (Inspection.Form.LEARNING,),
        ),
    ):
        begins_with(event, Beginning(label, help_text, reports_of(forms)))
