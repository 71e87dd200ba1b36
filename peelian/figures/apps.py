"""Figures as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Measures, observations, editions of the performance summary, quoted figures."""

    name = "peelian.figures"
    label = "figures"

    def ready(self) -> None:
        """Declare the kinds, the tables that are loaded in a way of their own, and the checks."""
        from peelian.figures import checks as checks
        from peelian.figures import edition_checks as edition_checks
        from peelian.figures import quality_checks as quality_checks
        from peelian.figures.kinds import KINDS
        from peelian.figures.load import load_observations
        from peelian.figures.references import resolve_summaries
        from peelian.figures.sections import register as offer_sections
        from peelian.record.kinds import LINK_LABELS, register
        from peelian.record.load import register_loader
        from peelian.record.references import register_resolver

        register(*KINDS)
        LINK_LABELS["peers"] = _("Compared with")
        LINK_LABELS["same_as"] = _("The same, from another source")
        register_loader(
            "observations",
            load_observations,
            after=("measure", "area", "standard", "phase", "chart-setting"),
        )
        register_resolver("summary", resolve_summaries)
        offer_sections()
