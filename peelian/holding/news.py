"""Notes of a body's meetings as news: each issue is told once to those who follow the body."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.holding.kinds import NOTE
from peelian.meetings.kinds import MEETING
from peelian.meetings.news import New
from peelian.pages.feeds import dated
from peelian.record.models import Record
from peelian.record.scope import PUBLIC


def notes_of(body: Record) -> Iterator[New]:
    """Yield the notes of a body's meetings; a further issue is told as a change. One query."""
    meetings = PUBLIC.of(MEETING).filter(body=body)
    notes = PUBLIC.of(NOTE).filter(parent__in=meetings.values("pk"), issue__isnull=False)
    for note in dated(notes).select_related("parent"):
        says = {"meeting": note.parent.title}
        first = note.issue == 1
        title = _("Note published: %(meeting)s") if first else _("Note changed: %(meeting)s")
        path = f"{note.get_absolute_url()}#issue-{note.issue}"
        yield New(f"{note.key}/{note.issue}", title % says, path, note.seen_from)
