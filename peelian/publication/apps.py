"""The publication scheme as a Django application."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """What must be published, where it is, and what visits found there."""

    name = "peelian.publication"
    label = "publication"

    def ready(self) -> None:
        """Declare the kind, what its pages show of visits, and what visits show of duties."""
        from peelian.duties.shown import register as register_shown
        from peelian.pages.sections import offer
        from peelian.publication.kinds import KINDS, PLACE
        from peelian.publication.sections import visits_section
        from peelian.publication.showing import show
        from peelian.record.kinds import register

        register(*KINDS)
        offer([PLACE.name], visits_section)
        register_shown(show)
