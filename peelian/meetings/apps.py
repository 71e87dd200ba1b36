"""Meetings as a Django application."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, agendas, minutes, attendance and the work programme."""

    name = "peelian.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Declare the kinds."""
        from peelian.meetings.kinds import KINDS
        from peelian.record.kinds import register

        register(*KINDS)
