"""What holding to account has to say on the pages of meetings and objectives."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.holding.kinds import NOTE, THEME
from peelian.meetings.beside import has_none
from peelian.pages.sections import Section
from peelian.record.access import may
from peelian.record.models import Record, Status
from peelian.record.scope import Scope


def meeting_section(record: Record, scope: Scope) -> Section | None:
    """Return the note of a meeting, and to the office the way to its themes. One query at most."""
    has_note = not has_none(record, NOTE.name)
    notes = list(scope.of(NOTE).filter(parent=record, issue__gt=0)) if has_note else []
    may_see = not scope.is_public and may(scope.user, "view", THEME.area)
    if not notes and not may_see:
        return None
    context = {"notes": notes, "meeting": record, "may_see": may_see}
    return Section(_("Holding to account"), "holding/meeting_section.html", context)


def objective_section(record: Record, scope: Scope) -> Section | None:
    """Return the themes that serve an objective, the newest first. One query."""
    found = scope.of(THEME).filter(objective=record).exclude(status=Status.WITHDRAWN)
    themes = list(found.order_by("-month", "pk"))
    if not themes:
        return None
    context = {"themes": themes}
    return Section(_("Asked in holding to account"), "holding/objective_section.html", context)
