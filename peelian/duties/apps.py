"""Duties as a Django application."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """What law requires by a date, worked out from rule packs; clocks, proofs and reminders."""

    name = "peelian.duties"
    label = "duties"

    def ready(self) -> None:
        """Declare the kinds, the clocks that somebody opened, and what their pages show."""
        from peelian.duties.clocks import OPENED, clock_section, kept_pauses
        from peelian.duties.facts import register as register_facts
        from peelian.duties.facts import register_pauses
        from peelian.duties.kinds import CLOCK, KINDS, PROOF
        from peelian.duties.plan_law import plan_law_section
        from peelian.duties.proof_section import proof_section
        from peelian.duties.two_thirds_section import two_thirds_section
        from peelian.pages.sections import offer
        from peelian.record.kinds import register

        register(*KINDS)
        register_facts(OPENED)
        register_pauses(kept_pauses)
        offer((CLOCK.name,), clock_section)
        offer((PROOF.name,), proof_section)
        offer(("body",), two_thirds_section)
        offer(("plan",), plan_law_section)
