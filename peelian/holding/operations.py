"""The note of a meeting: written, sent for approval and let out with all that it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext as _

from peelian.blocks import to_json
from peelian.duties.operations import prove_by
from peelian.duties.rulebook import office, rule_named
from peelian.holding.kinds import ANSWER, ENQUIRY, LED_TO, NOTE, THEME
from peelian.holding.models import Answer, HoldingNote
from peelian.holding.note import note_of
from peelian.law.dates import stretch
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.pages.issues import attach_pdf, keep_document, put_forward
from peelian.promises.kinds import UNDERTAKING
from peelian.record import clock, operations, writing
from peelian.record.access import Actor, Command
from peelian.record.errors import Refused
from peelian.record.models import Audience, Draft, Link, Record, Status
from peelian.record.scope import PUBLIC, Scope
from peelian.record.writing import draft_of

DUTY = "house-rounds/holding-to-account"
# Whoever writes a note and whoever approves it read the same words.
OFFICE = Scope(Command("peelian holding"))


@writing.operation
def send_note(meeting: Meeting, *, by: Actor, introduction: str = "") -> HoldingNote:
    """Write the note of a meeting, keep it with its PDF, and send it and all in it for approval.

    Raises Refused where no theme was taken, where a published theme, enquiry or answer has a change
    that waits, where the meeting itself is not public, or where the PDF cannot be set; and Invalid.
    """
    if not PUBLIC.of(MEETING).filter(pk=meeting.pk).exists():
        raise Refused(_("Publish the meeting first: its note stands under it."))
    parts = parts_of(meeting)
    if not any(isinstance(part, Answer) for part in parts):
        raise Refused(_("No answer has been recorded, so there is nothing to publish."))
    waiting = Draft.objects.filter(record__in=[part.pk for part in parts])
    changed = waiting.filter(record__status=Status.PUBLISHED).select_related("record").first()
    if changed is not None:
        raise Refused(_("Approve the change of “%(title)s” first.") % _named(changed.record))
    note = _note_for(meeting, introduction, by)
    document = note_of(meeting, introduction, OFFICE)
    snapshot = keep_document(note, document, by=by)
    attach_pdf(note, snapshot, document, "note", by=by)
    note = put_forward(note, snapshot, by=by, introduction=introduction)
    for record in (*parts, note):
        if operations.is_unsent(record, draft_of(record)):
            operations.submit(record, by=by)
    return cast(HoldingNote, writing.lock(note))


@writing.operation
def publish_note(note: HoldingNote, *, by: Actor) -> HoldingNote:
    """Make a note public with all that it holds, and show the month's duty met by it.

    Raises Refused where nothing waits, where who publishes wrote any of it, and where something
    has changed since the note was written.
    """
    note = cast(HoldingNote, writing.lock(note))
    meeting = Meeting.objects.get(pk=note.parent_id or 0)
    snapshot = note.waiting()
    if snapshot is None:
        raise Refused(_("No note waits to be published."))
    now = to_json(note_of(meeting, _introduction(note), OFFICE))
    if hashlib.sha256(now).hexdigest() != snapshot.sha256:
        raise Refused(_("What it holds has changed since it was written. Write it anew."))
    for record in parts_of(meeting):
        if record.status != Status.PUBLISHED:
            operations.release(record, by=by)
    published = cast(HoldingNote, operations.release(note, by=by))
    _show_met(published, meeting, by)
    return published


def parts_of(meeting: Meeting) -> Sequence[Record]:
    """Return what the note of a meeting holds that may become public, each after what it is under.

    Themes, enquiries, answers, and the undertakings that came of them. Four queries.
    """
    themes = THEME.all().filter(meeting=meeting)
    enquiries = ENQUIRY.all().filter(parent__in=themes.values("pk"))
    answers = ANSWER.all().filter(parent__in=enquiries.values("pk"), meeting=meeting)
    links = Link.objects.filter(source__in=answers.values("pk"), form=LED_TO)
    given = UNDERTAKING.all().filter(pk__in=links.values("target"))
    return [
        record
        for every in (themes, enquiries, answers, given)
        for record in every.exclude(status=Status.WITHDRAWN).order_by("pk")
        if record.audience == Audience.PUBLIC
    ]


def _introduction(note: HoldingNote) -> str:
    draft = draft_of(note)
    return str(draft.values.get("introduction", note.introduction) if draft else note.introduction)


def _note_for(meeting: Meeting, introduction: str, by: Actor) -> HoldingNote:
    known = NOTE.all().filter(parent=meeting).first()
    if known is None:
        made = {"parent": meeting, "introduction": introduction}
        known = operations.create(NOTE, made, by=by)
    if known.status == Status.WITHDRAWN:
        known = operations.reopen(known, by=by)
    return cast(HoldingNote, writing.lock(known))  # two who write it at once wait for each other


def _show_met(note: HoldingNote, meeting: Meeting, by: Actor) -> None:
    """Keep the published note as the proof of the month's duty, where the office has it."""
    rule = rule_named(DUTY)
    if rule is None or not office().is_ever_bound(rule):
        return
    key = f"{rule.pack}/{stretch(meeting.held_on, 'month').key}/{rule.name}"
    prove_by(note, {key: clock.today()}, by=by, why=_("The note was published."))


def _named(record: Record) -> dict[str, str]:
    return {"title": record.title}
