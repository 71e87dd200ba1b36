"""What came in by the forms, as the officer reads it, with what it became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.meetings.kinds import MEETING, PETITION, PUBLIC_QUESTION
from peelian.meetings.models import Meeting, Submission
from peelian.meetings.participation import deadline
from peelian.meetings.submissions import answer_of
from peelian.record.models import Record
from peelian.record.scope import Scope

MOST = 300


@dataclass(frozen=True)
class Row:
    """A submission, the record it became as the scope sees it, and what the officer should know."""

    one: Submission
    record: Any
    notes: tuple[str, ...]

    @property
    def answer(self) -> str:
        """Return the answer that waits to be mailed; nothing where it was, or there is none."""
        return "" if self.one.answered_at else answer_of(self.record)


def undecided() -> QuerySet[Submission]:
    """Return what was confirmed and waits to be decided, the oldest first."""
    waiting = Submission.objects.exclude(confirmed_at=None).filter(state=Submission.State.WAITING)
    return waiting.select_related("meeting").order_by("confirmed_at", "pk")


def waiting_list(scope: Scope) -> list[Row]:
    """Return what was confirmed, the oldest first. Four queries, however many there are."""
    found = Submission.objects.exclude(confirmed_at=None).select_related("meeting")
    rows = list(found.order_by("confirmed_at", "pk")[:MOST])
    became = [one.became_id for one in rows if one.became_id]
    records: dict[int, Any] = {}
    for kind in (PUBLIC_QUESTION, PETITION):
        records |= scope.of(kind).filter(pk__in=became).in_bulk()
    meetings = scope.of(MEETING).filter(pk__in=[o.meeting_id for o in rows if o.meeting_id])
    by_pk: dict[int, Meeting] = meetings.in_bulk()
    bodies = scope.by_id(one.body_id for one in by_pk.values())
    return [
        Row(one, records.get(one.became_id or 0), tuple(_notes(one, by_pk, bodies))) for one in rows
    ]


def _notes(
    one: Submission, meetings: Mapping[int, Meeting], bodies: Mapping[int, Record]
) -> list[str]:
    """Return in words what of a submission the scheme would not take."""
    meeting = meetings.get(one.meeting_id or 0)
    body = bodies.get(meeting.body_id or 0) if meeting else None
    last = deadline(meeting, body.reference) if meeting and body else None
    if last is None or one.confirmed_at is None or not last.is_over(one.confirmed_at):
        return []
    day = date_format(timezone.localtime(one.confirmed_at), "j F Y, H:i")
    return [_("It came on %(day)s, after %(last)s.") % {"day": day, "last": last.words}]
