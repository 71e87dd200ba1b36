"""What is held back of a hearing in private: its papers, and what its agenda says beyond titles."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from peelian.meetings.kinds import AGENDA_ITEM, DECLARATION, PUBLIC_QUESTION, VOTE, WEBCAST
from peelian.meetings.models import AgendaItem, Meeting
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.guards import Answers
from peelian.record.kinds import kind_of
from peelian.record.models import Audience, Record
from peelian.record.scope import PUBLIC

# What stands under an item and may be told of a hearing in private: how it voted, who declared.
_TOLD = (VOTE.name, DECLARATION.name)


class PrivateGuard:
    """Lets no paper and no text of an item out where the meeting is held in private.

    Police Reform and Social Responsibility Act 2011, Schedule 8, Part 2: the scrutiny hearing.
    """

    def asks(self, record: Record, on: dt.date) -> None:
        """Ask nothing: what is held back is not published, whatever is answered."""

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Raise Refused for what would tell of a hearing in private, and for one that tells now."""
        if isinstance(record, Meeting) and record.sort.is_private:
            _refuse_told(record)
        if record.audience != Audience.PUBLIC:
            return
        item = _item_of(record)
        if item and _is_private(item):
            said = _(
                "“%(title)s” is for a meeting in private. Keep it apart as exempt, or in the "
                "office; of the agenda only titles are public."
            )
            raise Refused(said % {"title": record.title})


def _refuse_told(meeting: Meeting) -> None:
    """Raise Refused where a meeting is to be in private, and more than titles of it is public."""
    items = PUBLIC.of(AGENDA_ITEM).filter(parent=meeting)
    under = Q(parent__in=items.values("pk")) & ~Q(kind__in=_TOLD)
    beside = Q(parent=meeting, kind__in=(WEBCAST.name, PUBLIC_QUESTION.name))
    said = items.exclude(text="").values("pk")
    out = PUBLIC.see(Record.objects.filter(under | beside | Q(pk__in=said))).in_order()
    if titles := "; ".join(one.title for one in out):
        words = _("It cannot be in private while this is public; withdraw it first: %(titles)s")
        raise Refused(words % {"titles": titles})


def _item_of(record: Record) -> AgendaItem | None:
    """Return the item of which a record tells more than its title, or None."""
    if isinstance(record, AgendaItem):
        return record if record.text.strip() else None
    if record.kind in _TOLD or AGENDA_ITEM.name not in kind_of(record).parents:
        return None
    return AgendaItem.objects.filter(pk=record.parent_id or 0).first()


def _is_private(item: AgendaItem) -> bool:
    meeting = Meeting.objects.filter(pk=item.parent_id or 0).first()
    return meeting is not None and meeting.sort.is_private
