"""Elections as a Django application."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Polls in the office's area, and the care that publishing takes before them."""

    name = "peelian.elections"
    label = "elections"

    def ready(self) -> None:
        """Declare the kind, its events, the guard of the pre-election period and its check."""
        from peelian.duties.facts import register as register_facts
        from peelian.elections import checks, facts
        from peelian.elections.guard import PreElectionGuard
        from peelian.elections.kinds import KINDS
        from peelian.elections.models import empty_reasons
        from peelian.elections.sections import published_in_period
        from peelian.pages.remarks import remark
        from peelian.pages.sections import offer
        from peelian.record.disposal import register_emptier
        from peelian.record.guards import stand
        from peelian.record.kinds import register

        register(*KINDS)
        register_facts(*facts.POLLS)
        stand(PreElectionGuard())
        offer(["election"], published_in_period)
        remark(checks.remarks)
        register_emptier(empty_reasons)
