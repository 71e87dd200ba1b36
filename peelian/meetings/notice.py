"""By when a meeting's notice, agenda and papers must be public, and what comes later than that.

The number of clear days is a rule (rules/meetings.yaml: Local Government Act 1972, sections
100A(6) and 100B, in Wales 100BA; applied to panels by SI 2012/2734). It holds for the office's
own panel: the commissioner's own meetings are under the publication order instead.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.duties.rulebook import office, rules
from peelian.law.arithmetic import ClearDays
from peelian.law.rule import Rule
from peelian.meetings.models import AgendaItem, Meeting
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.guards import Answers
from peelian.record.models import Change, Record

OUT = ("published", "brought_in")  # the changes by which a record became public


@dataclass(frozen=True)
class Notice:
    """The last day on which notice and papers are in time, the rule, and why it is that day."""

    rule: Rule
    last_day: dt.date
    because: str


def notice_of(meeting: Meeting) -> Notice | None:
    """Return by when a meeting's papers must be public, or None where no rule says so."""
    if meeting.body is None or meeting.body.reference != settings.OFFICE["panel"]:
        return None
    return notice_before(meeting.held_on)


def notice_before(day: dt.date) -> Notice | None:
    """Return by when papers of a panel's meeting on a day are due, or None where no rule says."""
    here = office()
    for rule in (one for one in rules() if one.trigger == "meeting"):
        if isinstance(rule.form, ClearDays) and here.is_bound(rule, day):
            worked = rule.form.work_out(day, here.jurisdiction)
            return Notice(rule, worked.on, worked.because)
    return None


class NoticeGuard:
    """Lets nothing of a meeting to come go out late, unless the record says why it may."""

    def asks(self, record: Record, on: dt.date) -> None:
        """Ask nothing: the reason stands in the record itself, where the public reads it."""

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Raise Refused for a notice or an agenda item that is late and does not say why."""
        meeting = _meeting_of(record)
        notice = open_notice(meeting, on) if meeting else None
        if notice and is_late(record, notice, on):
            raise Refused(_late_words(record, notice))


def open_notice(meeting: Meeting, on: dt.date) -> Notice | None:
    """Return the notice that a meeting is held to on a day, or None.

    A meeting whose day has passed, or that was cancelled, is held to none: it is history.
    """
    is_open = meeting.state == Meeting.State.PLANNED and meeting.held_on >= on
    return notice_of(meeting) if is_open else None


def is_late(record: Record, notice: Notice, on: dt.date) -> bool:
    """Return whether a meeting or item misses its notice if it is public from a day on.

    What says why it comes late does not, and what was out in time may be corrected.
    """
    if getattr(record, "late_reason", "").strip():
        return False
    given = noticed(record, on) if isinstance(record, Meeting) else first_out(record, on)
    return given > notice.last_day


def _meeting_of(record: Record) -> Meeting | None:
    if isinstance(record, Meeting):
        return record
    if isinstance(record, AgendaItem):
        return Meeting.objects.filter(pk=record.parent_id or 0).select_related("body").first()
    return None


def first_out(record: Record, on: dt.date) -> dt.date:
    """Return the day from which the public could see a record; `on` where it cannot yet."""
    out = out_by(record).first()
    return min(timezone.localdate(out.at), on) if out else on


def out_by(record: Record) -> QuerySet[Change]:
    """Return the changes by which a record became public, the first one first."""
    return Change.objects.filter(record_id=record.pk, action__in=OUT).order_by("pk")


def noticed(meeting: Meeting, on: dt.date) -> dt.date:
    """Return the day from which the public could see that a meeting is held on the day it is."""
    told = Meeting.objects.filter(pk=meeting.pk, held_on=meeting.held_on).exists()
    moved = Change.objects.filter(record_id=meeting.pk, values__has_key="held_on").order_by("-pk")
    last = moved.first()
    if not told or last is None:
        return on
    return max(first_out(meeting, on), min(timezone.localdate(last.at), on))


def _late_words(record: Record, notice: Notice) -> str:
    says: dict[str, Any] = {"day": date_format(notice.last_day, "l j F Y"), "title": record.title}
    if isinstance(record, Meeting):
        return (
            _("Notice of “%(title)s” had to be public by %(day)s. Say in it why it comes late.")
            % says
        )
    return (
        _(
            "“%(title)s” had to be public by %(day)s. Say in the item why the chair takes it as "
            "urgent, or keep it for a later meeting."
        )
        % says
    )
