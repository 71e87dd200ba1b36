"""Promises as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    """Plans, objectives, commitments, activities, undertakings and their updates."""

    name = "peelian.promises"
    label = "promises"

    def ready(self) -> None:
        """Declare the kinds, tables loaded in a way of their own, references and checks."""
        from peelian.pages.sections import offer
        from peelian.promises import checks as checks
        from peelian.promises.kinds import KINDS
        from peelian.promises.load import load_delivery_plan
        from peelian.promises.references import resolve_plan_references
        from peelian.promises.rounds import round_section
        from peelian.record.kinds import LINK_LABELS, register
        from peelian.record.load import register_loader
        from peelian.record.references import register_resolver

        register(*KINDS)
        register_resolver("plan", resolve_plan_references)
        offer(("round",), round_section)
        LINK_LABELS["overseen_by"] = _("Overseen by")
        LINK_LABELS["measured_by"] = _("Measured by")
        register_loader(
            "delivery-plan", load_delivery_plan, after=("objective", "oversight-mechanism", "role")
        )
