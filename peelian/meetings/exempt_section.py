"""What the public is told of an exempt item, on the item's own page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from peelian.meetings.exemption import statement_of
from peelian.meetings.models import AgendaItem
from peelian.pages.sections import Section
from peelian.record.models import Record
from peelian.record.scope import Scope


def statement_section(record: Record, scope: Scope) -> Section | None:
    """Return why an agenda item is exempt and what the meeting is asked to resolve, or None."""
    said = statement_of(record) if isinstance(record, AgendaItem) else None
    return (
        Section(_("Exempt item"), "meetings/exempt_section.html", {"said": said}) if said else None
    )
