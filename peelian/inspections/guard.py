"""What stands before the publication of a response: that it is complete."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from peelian.inspections.models import Response
from peelian.inspections.responses import missing_in
from peelian.record.access import Actor, Command
from peelian.record.errors import Refused
from peelian.record.guards import Answers, Question
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

EVERYTHING = Scope(Command("inspections"))


class CompleteResponseGuard:
    """Lets no response out that leaves out a recommendation or the chief officer's comments.

    Police Act 1996, s.55(5) and (5B). What a file brings in has been published already, complete
    or not, and is let through: the checks tell of it.
    """

    def asks(self, record: Record, on: dt.date) -> Question | None:
        """Return None: nothing that somebody could answer lets an incomplete response out."""
        return None

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Raise Refused, naming all that is missing, where a response is to be published."""
        if not isinstance(record, Response) or record.status != Status.APPROVED:
            return
        if missing := missing_in(record, EVERYTHING):
            said = _("This response cannot be published yet. It lacks: %(missing)s.")
            raise Refused(said % {"missing": "; ".join(missing)})
