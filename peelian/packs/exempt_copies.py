"""A meeting's exempt papers for one member: made when asked for, marked with the name, not kept.

The public pack never holds any of it, and a copy is no attachment and no snapshot: what is kept is
who made it, for which member, and when.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from peelian.blocks import Block, Document, Facts, Heading, PageBreak, Paragraph, plain
from peelian.documents import pdf
from peelian.exempt.apart import files_of, newest_parts, readings_of, with_something
from peelian.exempt.models import ExemptFile, ExemptPart, Reading
from peelian.exempt.operations import note_reading
from peelian.meetings.members import sitting_at
from peelian.meetings.models import AgendaItem, Meeting, Minute
from peelian.meetings.sections import (
    agenda_blocks,
    agenda_items,
    meeting_before,
    minutes_of,
    prose,
)
from peelian.packs.compose import opening_of, publisher_of
from peelian.packs.exempt_files import file_blocks
from peelian.people.membership import Sitting
from peelian.record.access import Actor, may
from peelian.record.errors import Refused
from peelian.record.files import path_of
from peelian.record.models import Record, Status
from peelian.record.scope import PUBLIC, Scope

READS_EXEMPT = ("manage", "meetings")


def make_copy(meeting: Meeting, person: int, *, by: Actor) -> tuple[bytes, Sitting]:
    """Return the exempt pack of a meeting for a member, by the person's id, and who that is.

    Notes who made it, for whom and when. Raises Refused for whoever may not read it, for somebody
    who is no member on the day, where nothing is exempt, and for a file that cannot be set.
    """
    if not may(by, *READS_EXEMPT):
        raise Refused(_("Your role does not allow you to keep or read what is exempt."))
    sitting = next((s for s in members_of(meeting, by) if s.membership.person_id == person), None)
    if sitting is None:
        raise Refused(_("Choose a member of the body on the day of the meeting."))
    document = compose_copy(meeting, sitting.name)
    try:
        content = pdf.render(
            document, site=settings.SITE, path_of=path_of, watermark=document.status
        )
    except ValueError as error:
        said = _("An exempt PDF cannot be set: it is locked or damaged. Keep it again, saved anew.")
        raise Refused(said) from error
    note_reading(meeting, Reading.Form.COPIED, about=sitting.name, by=by)
    return content, sitting


def members_of(meeting: Meeting, user: Actor) -> list[Sitting]:
    """Return the members of a meeting's body on its day, the chair first."""
    return sitting_at(meeting, Scope(user))


def copies_of(meeting: Meeting) -> list[Reading]:
    """Return the copies that were made of a meeting's exempt pack, the newest first."""
    return readings_of(meeting, Reading.Form.COPIED)


def exempt_items(meeting: Meeting) -> list[AgendaItem]:
    """Return the exempt items of a meeting's public agenda, in order."""
    return [item for item in agenda_items(meeting, PUBLIC) if item.exempt_paragraph is not None]


def exempt_minutes(meeting: Meeting) -> list[Minute]:
    """Return the minutes of the last meeting of which something is exempt, in order."""
    before = meeting_before(meeting, PUBLIC)
    minutes = minutes_of(before, PUBLIC) if before else []
    ids = with_something(minute.pk for minute in minutes)
    return [minute for minute in minutes if minute.pk in ids]


def compose_copy(meeting: Meeting, member: str) -> Document:
    """Return the exempt papers of a meeting: agenda, each exempt item with its paper, minutes.

    Raises Refused where nothing of the meeting is exempt.
    """
    items, minutes = exempt_items(meeting), exempt_minutes(meeting)
    if not items and not minutes:
        raise Refused(_("No exempt item stands on the public agenda of this meeting."))
    parts, files = newest_parts([*items, *minutes]), files_of([*items, *minutes])
    agenda = agenda_blocks(agenda_items(meeting, PUBLIC))
    blocks: list[Block] = [Heading(1, _("Agenda"), anchor="agenda"), *agenda]
    for item in items:
        paper = _paper(parts.get(item.pk), files.get(item.pk, []))
        blocks += [PageBreak(), *opening_of(item), *(paper or _no_paper())]
    if minutes:
        title = _("Exempt minutes of the last meeting")
        blocks += [PageBreak(), Heading(1, title, anchor="exempt-minutes")]
        for minute in minutes:
            blocks.append(Heading(2, minute.title, number=str(minute.number)))
            blocks += _paper(parts.get(minute.pk), files.get(minute.pk, []))
    return Document(
        title=_("Exempt papers"),
        subtitle=meeting.title,
        publisher=publisher_of(meeting),
        date=meeting.held_on,
        blocks=tuple(blocks),
        status=_("Exempt — copy for %(member)s — not for publication") % {"member": member},
    )


def _paper(part: ExemptPart | None, files: Sequence[ExemptFile]) -> list[Block]:
    blocks: list[Block] = []
    if part:
        ground = Facts(((_("Ground"), plain(part.ground)),))
        blocks += [Heading(3, _("Exempt part")), ground, *prose(part.text)]
    for file in files:
        blocks += file_blocks(file)
    return blocks


def _no_paper() -> list[Block]:
    return [Paragraph(plain(_("No exempt paper has been kept for this item yet.")))]


def not_yet_public(meeting: Meeting, user: Actor) -> list[Record]:
    """Return the exempt items of the agenda that no copy holds yet, as they are not public."""
    public = {item.pk for item in exempt_items(meeting)}
    items = [i for i in agenda_items(meeting, Scope(user)) if i.status != Status.WITHDRAWN]
    return [i for i in items if i.exempt_paragraph is not None and i.pk not in public]
