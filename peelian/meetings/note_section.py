"""What the note of decisions has to say on its meeting's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.meetings.beside import has_none
from peelian.meetings.kinds import DECISION_NOTE
from peelian.meetings.models import Meeting
from peelian.meetings.notes import due_words
from peelian.pages.sections import Section
from peelian.record import clock
from peelian.record.access import may
from peelian.record.models import Record
from peelian.record.scope import Scope


def note_section(record: Record, scope: Scope) -> Section | None:
    """Return the note of a meeting, and for who may make one, the way to do so. One query."""
    if not isinstance(record, Meeting):
        return None
    notes = []
    if not has_none(record, DECISION_NOTE.name):
        notes = [one for one in scope.of(DECISION_NOTE).filter(parent=record) if one.issue]
    was_held = record.state != Meeting.State.CANCELLED and record.held_on <= clock.today()
    may_make = was_held and not scope.is_public and may(scope.user, "edit", DECISION_NOTE.area)
    if not notes and not may_make:
        return None
    context = {
        "notes": [(one, reverse(scope.name("note-pdf"), args=[one.reference])) for one in notes],
        "meeting": record,
        "may_make": may_make,
        "due": due_words(record) if may_make else "",
    }
    return Section(_("Decisions"), "meetings/note_section.html", context)
