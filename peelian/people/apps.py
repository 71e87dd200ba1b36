"""People as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Bodies, areas, people, roles, memberships and users."""

    name = "peelian.people"
    label = "people"

    def ready(self) -> None:
        """Declare the kinds and the checks."""
        from peelian.people import checks as checks
        from peelian.people.kinds import KINDS
        from peelian.record.kinds import register

        register(*KINDS)
