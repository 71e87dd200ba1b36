"""Papers as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """The papers of a meeting: written here or uploaded, and who has signed them off."""

    name = "peelian.papers"
    label = "papers"

    def ready(self) -> None:
        """Declare the kinds, their guard, and what papers offer to the pages of a meeting."""
        from peelian.meetings.beside import hear_of
        from peelian.pages.sections import offer, stand_beside
        from peelian.papers.guard import PaperGuard
        from peelian.papers.kinds import KINDS
        from peelian.papers.sections import papers_section, route_section
        from peelian.record.guards import stand
        from peelian.record.kinds import register

        register(*KINDS)
        stand(PaperGuard())
        hear_of("paper")
        offer(("meeting", "agenda-item"), papers_section)
        offer(("paper",), route_section)
        stand_beside("meeting", _("Papers"), "papers-list")
