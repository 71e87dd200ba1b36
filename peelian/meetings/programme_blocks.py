"""The work programme as blocks, for the pack: a table for each meeting, then what has no date."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.blocks import Block, Heading, Paragraph, Table, plain
from peelian.meetings.models import Meeting
from peelian.meetings.programme import Placed, programme_of
from peelian.record.scope import Scope


def work_programme_blocks(meeting: Meeting, scope: Scope) -> list[Block]:
    """Return the work programme of a meeting's body, from that meeting on."""
    body = scope.by_id([meeting.body_id]).get(meeting.body_id or 0)
    parts: list[tuple[str, Sequence[Placed]]] = []
    if body:
        board = programme_of(body, scope, meeting.held_on)
        parts += [(one.meeting.title, one.items) for one in board.ahead if not one.is_cancelled]
        parts += [(_("In a month, no meeting yet"), board.dated), (_("No date yet"), board.undated)]
    blocks = [block for title, items in parts if items for block in _part(title, items)]
    return blocks or [Paragraph(plain(_("The work programme is empty.")))]


def _part(title: str, items: Sequence[Placed]) -> list[Block]:
    head = tuple(plain(h) for h in (_("Area of scrutiny"), _("Kind"), _("Note")))
    rows = tuple(
        (plain(one.item.title), plain(str(one.item.get_form_display())), plain(_note(one)))
        for one in items
    )
    return [Heading(2, title), Table(title, head, rows, (4.4, 1.6, 3))]


def _note(one: Placed) -> str:
    """Return an item's month where no meeting says it, when it was asked for, and its note."""
    month = date_format(one.month, "F Y") if one.month and not one.meeting else ""
    asked = ""
    if one.item.requested_on:
        day = date_format(one.item.requested_on, "j F Y")
        asked = _("Asked for on %(day)s.") % {"day": day}
    return " ".join(said for said in (month, asked, one.item.note) if said)
