"""Original addresses as a Django application."""

from django.apps import AppConfig


class OriginalsConfig(AppConfig):
    """Where records stood before they came here, and coming here from Modern.Gov."""

    name = "peelian.originals"
    label = "originals"

    def ready(self) -> None:
        """Declare the kind, and show on a meeting's page where it stood before."""
        from peelian.meetings.beside import hear_of
        from peelian.originals.kinds import KINDS
        from peelian.originals.sections import originals_section
        from peelian.pages.sections import offer
        from peelian.record.kinds import register

        register(*KINDS)
        hear_of("original")
        offer(("meeting",), originals_section)
