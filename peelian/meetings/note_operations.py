"""The verb of the note of decisions: make it."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext as _

from peelian.meetings.kinds import DECISION_NOTE
from peelian.meetings.models import DecisionNote, Meeting
from peelian.meetings.notes import note_of
from peelian.pages.issues import attach_pdf, keep_document, put_forward
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Refused
from peelian.record.models import Status
from peelian.record.scope import PUBLIC, Scope


@writing.operation
def make_note(meeting: Meeting, *, by: Actor, why: str = "") -> DecisionNote:
    """Return a meeting's note of decisions, made anew and kept with its PDF.

    A first one is a draft; a new issue of a public note waits as its draft. Raises Refused before
    the meeting was held, where the meeting is not public, or where its note was withdrawn.
    """
    if meeting.state == Meeting.State.CANCELLED or meeting.held_on > today():
        raise Refused(_("This meeting has not been held."))
    if not PUBLIC.see(type(meeting).objects.filter(pk=meeting.pk)).exists():
        raise Refused(_("Publish the meeting first: its note stands under it."))
    note = _note(meeting, by=by)
    scope: Any = Scope(by)
    document = note_of(meeting, scope)
    snapshot = keep_document(note, document, by=by, why=why)
    attach_pdf(note, snapshot, document, "decisions", by=by, why=why)
    return put_forward(note, snapshot, by=by, why=why)


def _note(meeting: Meeting, *, by: Actor) -> DecisionNote:
    """Return the note of a meeting, locked: two who make it at once wait for each other."""
    lock = writing.lock(meeting)
    note = DECISION_NOTE.all().filter(parent=lock).first()
    if note is None:
        note = operations.create(DECISION_NOTE, {"parent": meeting}, by=by)
    if note.status == Status.WITHDRAWN:
        raise Refused(_("The note of this meeting was withdrawn."))
    return cast(DecisionNote, writing.lock(note))
