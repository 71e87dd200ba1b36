"""How far a meeting's minutes are, in words, for its page, a minute's page and the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.meetings.kinds import MINUTE_CORRECTION
from peelian.meetings.models import Meeting
from peelian.record.models import Record
from peelian.record.scope import Scope

# A meeting's minutes are said to be nothing before somebody has said so.
Corrections = dict[int, list[Record]]


@dataclass(frozen=True)
class Standing:
    """How a meeting's minutes stand: `words`, whether they are confirmed, and where that was."""

    words: str
    is_confirmed: bool
    confirmed_at: Record | None = None


def standing_of(
    meeting: Meeting, records: Mapping[int, Record], corrections: Corrections
) -> Standing | None:
    """Return how a meeting's minutes stand for the public; None before they are said to be out."""
    if meeting.minutes_stage == Meeting.Stage.PUBLISHED:
        return Standing(_("Draft, not yet confirmed"), is_confirmed=False)
    if not meeting.is_confirmed or meeting.confirmed_on is None:
        return None
    count = sum(len(some) for some in corrections.values())
    day = date_format(meeting.confirmed_on, "j F Y")
    words = _("Confirmed on %(day)s.") % {"day": day}
    if count:
        words = ngettext(
            "Confirmed on %(day)s, with %(count)d correction.",
            "Confirmed on %(day)s, with %(count)d corrections.",
            count,
        ) % {"day": day, "count": count}
    if meeting.signed_on:
        words += " " + _signed(meeting, meeting.signed_on, records)
    return Standing(
        words, is_confirmed=True, confirmed_at=records.get(meeting.confirmed_at_id or 0)
    )


def _signed(meeting: Meeting, on: dt.date, records: Mapping[int, Record]) -> str:
    says = {"day": date_format(on, "j F Y")}
    if person := records.get(meeting.signed_by_id or 0):
        return _("Signed by %(name)s on %(day)s.") % {**says, "name": person.title}
    return _("Signed on %(day)s.") % says


def named_in(meeting: Meeting) -> list[int | None]:
    """Return the ids of the records that its standing names."""
    return [meeting.confirmed_at_id, meeting.signed_by_id]


def by_minute(records: Iterable[Record]) -> Corrections:
    """Return those of the records that correct a minute, by its id, the oldest first."""
    found: Corrections = {}
    for record in sorted(records, key=lambda one: one.sort_key):
        if record.kind == MINUTE_CORRECTION.name:
            found.setdefault(record.parent_id or 0, []).append(record)
    return found


def corrections_of(meeting: Meeting, scope: Scope) -> Corrections:
    """Return the corrections of a meeting's minutes. One query."""
    return by_minute(scope.of(MINUTE_CORRECTION).filter(parent__parent=meeting))


def standing_now(meeting: Meeting, scope: Scope) -> Standing | None:
    """Return how a meeting's minutes stand; two queries at most."""
    return standing_of(meeting, scope.by_id(named_in(meeting)), corrections_of(meeting, scope))
