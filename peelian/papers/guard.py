"""What holds a paper back from the public: an open sign-off, or a day that has passed."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.meetings.models import AgendaItem, Meeting
from peelian.meetings.notice import is_late, open_notice
from peelian.papers.kinds import PAPER, SIGN_OFF
from peelian.papers.models import Paper
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.guards import Answers
from peelian.record.models import Audience, Record, Status
from peelian.record.scope import PUBLIC


class PaperGuard:
    """Lets no paper out that somebody has still to read, or that comes late and does not say why.

    Papers are public five clear days before the meeting, in Wales three (Local Government Act
    1972, sections 100B and 100BA), unless the item is taken as urgent.
    """

    def asks(self, record: Record, on: dt.date) -> None:
        """Ask nothing: what is missing is put into the record, where everybody reads it."""

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Raise Refused for a paper with an open sign-off, a late one without a reason.

        Raises it too for one under an exempt item, and for an item that is to be exempt while a
        paper of it is public.
        """
        if isinstance(record, AgendaItem):
            _refuse_papers_out(record)
        if not isinstance(record, Paper):
            return
        waiting = SIGN_OFF.all().filter(parent=record, signed_on=None)
        names = [one.title for one in waiting.exclude(status=Status.WITHDRAWN).in_order()]
        if names:
            said = _("“%(title)s” has still to be signed off by: %(names)s.")
            raise Refused(said % {"title": record.title, "names": ", ".join(names)})
        item = AgendaItem.objects.filter(pk=record.parent_id or 0).first()
        if item:
            _refuse_exempt(record, item)
            _refuse_late(record, item, on)


def _refuse_exempt(paper: Paper, item: AgendaItem) -> None:
    """Raise Refused where the item says that its papers are exempt: those are kept apart."""
    if item.exempt_paragraph and paper.audience == Audience.PUBLIC:
        said = _("“%(item)s” is exempt: what is exempt is kept apart, and not published.")
        raise Refused(said % {"item": item.title})


def _refuse_papers_out(item: AgendaItem) -> None:
    """Raise Refused where an item says that it is exempt, and papers of it are public."""
    if item.exempt_paragraph is None:
        return
    names = [paper.title for paper in PUBLIC.of(PAPER).filter(parent=item).in_order()]
    if names:
        said = _("“%(item)s” cannot be exempt while papers of it are public; withdraw first: %(n)s")
        raise Refused(said % {"item": item.title, "n": ", ".join(names)})


def _refuse_late(paper: Paper, item: AgendaItem, on: dt.date) -> None:
    if item.late_reason.strip():
        return
    meeting = Meeting.objects.filter(pk=item.parent_id or 0).select_related("body").first()
    notice = open_notice(meeting, on) if meeting else None
    if notice and is_late(paper, notice, on):
        said = _(
            "“%(title)s” had to be public by %(day)s. Say in the paper why it comes late, or keep "
            "it for a later meeting."
        )
        day = date_format(notice.last_day, "l j F Y")
        raise Refused(said % {"title": paper.title, "day": day})
