"""Matters arising: what a body was promised or has recommended, until a minute says it is closed.

Nothing is carried over by hand: what stands on an agenda follows from where each was given and from
its closing, so that none can be forgotten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.meetings.kinds import MEETING, MINUTE
from peelian.meetings.models import Meeting, Minute
from peelian.promises.kinds import UPDATE
from peelian.promises.models import FOLLOWED, ProgressUpdate, Promise
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

FEW_DAYS, A_YEAR = 14, 365
OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"


@dataclass(frozen=True)
class Matter:
    """An undertaking or recommendation as it stood on a day, with all that a list says of it.

    Where the scope may not see the minute, the meeting or the owner, there is none.
    """

    promise: Promise
    on: dt.date
    closed: bool
    source: Record | None = None
    meeting: Meeting | None = None
    owner: Record | None = None
    update: ProgressUpdate | None = None
    shown_by: Record | None = None
    minuted: Minute | None = None
    minuted_on: dt.date | None = None

    @property
    def state(self) -> str:
        """Return `open`, `overdue` or `closed`."""
        if self.closed:
            return CLOSED
        return OVERDUE if self.is_late or self.response_late else OPEN

    @property
    def is_late(self) -> bool:
        """Return whether it is open past its due date."""
        due = self.promise.due
        return not self.closed and due is not None and due < self.on

    @property
    def answered(self) -> bool:
        """Return whether a recommendation had been answered by the day."""
        day = self.promise.responded_on
        return day is not None and day <= self.on

    @property
    def response_late(self) -> bool:
        """Return whether the day that the panel set for a response has passed without one."""
        day = self.promise.respond_by
        return not (self.closed or self.answered) and day is not None and day < self.on

    @property
    def days(self) -> int | None:
        """Return its age in days; None where the meeting is not known."""
        return (self.on - self.meeting.held_on).days if self.meeting else None

    @property
    def minute(self) -> Minute | None:
        """Return the minute it was given in; None where it is known by its meeting only."""
        return self.source if isinstance(self.source, Minute) else None

    @property
    def to_be_minuted(self) -> bool:
        """Return whether it is closed and the minute that says so has still to be named."""
        return self.closed and self.minuted is None

    @property
    def order(self) -> tuple[Any, ...]:
        """Return what matters sort by: the oldest first, those without a meeting last."""
        day = self.meeting.held_on if self.meeting else dt.date.max
        number = self.minute.number if self.minute else 0
        return (day, number, self.promise.sort_key, self.promise.pk)


def age(days: int) -> str:
    """Return an age in words: days at first, then weeks, then years."""
    if days < FEW_DAYS:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 2 * A_YEAR:
        return ngettext("%(n)d week", "%(n)d weeks", days // 7) % {"n": days // 7}
    return ngettext("%(n)d year", "%(n)d years", days // A_YEAR) % {"n": days // A_YEAR}


def given_words(matter: Matter) -> str:
    """Return how long ago it was given: `10 weeks ago (70 days)`; nothing where that is unknown."""
    days = matter.days
    if days is None or days < 0:
        return ""
    if days == 0:
        return _("today")
    ago = _("%(age)s ago") % {"age": age(days)}
    return ago if days < FEW_DAYS else _("%(ago)s (%(days)s days)") % {"ago": ago, "days": days}


def followed(scope: Scope, *kinds: str) -> Any:
    """Return the undertakings and recommendations that a scope may see, none of them withdrawn."""
    found = scope.see(Promise.objects.filter(kind__in=kinds or FOLLOWED))
    return found.exclude(status=Status.WITHDRAWN)


def matters(promises: Iterable[Promise], scope: Scope, on: dt.date) -> list[Matter]:
    """Return promises as they stood at the end of a day, the oldest first. Four queries at most."""
    promises = list(promises)
    if not promises:
        return []
    named = {pk for p in promises for pk in (p.made_at_id, p.closed_at_id) if pk}
    minutes: dict[int, Minute] = scope.of(MINUTE).filter(pk__in=named).in_bulk()
    held = named | {m.parent_id for m in minutes.values() if m.parent_id}
    meetings: dict[int, Meeting] = scope.of(MEETING).filter(pk__in=held).in_bulk()
    updates = _newest([p.pk for p in promises], scope, on)
    others = scope.by_id(pk for p in promises for pk in (_owes(p), p.shown_by_id))
    made = []
    for promise in promises:
        source = minutes.get(promise.made_at_id or 0) or meetings.get(promise.made_at_id or 0)
        closing = minutes.get(promise.closed_at_id or 0)
        held_at = meetings.get(closing.parent_id or 0) if closing else None
        made.append(
            Matter(
                promise,
                on,
                closed=closed_by(promise, on),
                source=source,
                meeting=_meeting_of(source, meetings),
                owner=others.get(_owes(promise) or 0),
                update=updates.get(promise.pk),
                shown_by=others.get(promise.shown_by_id or 0),
                minuted=closing,
                minuted_on=held_at.held_on if held_at else None,
            )
        )
    return sorted(made, key=lambda matter: matter.order)


def closed_by(promise: Promise, day: dt.date) -> bool:
    """Return whether it was closed on or before a day; one of unknown day has long been."""
    return not promise.is_open and (promise.closed_on is None or promise.closed_on <= day)


def arising(meeting: Meeting, scope: Scope) -> list[Matter]:
    """Return what stands under matters arising at a meeting, as it stood before it, oldest first.

    That is all that the same body's earlier meetings were promised, or recommended, and that was
    not closed before this one; and what was closed while no earlier meeting has minuted it.
    """
    earlier = scope.of(MEETING).filter(body_id=meeting.body_id, held_on__lt=meeting.held_on)
    minutes = scope.of(MINUTE).filter(parent__in=earlier.values("pk"))
    there = Q(made_at__in=minutes.values("pk")) | Q(made_at__in=earlier.values("pk"))
    found = matters(followed(scope).filter(there), scope, meeting.held_on)
    return [_before(m, meeting.held_on) for m in found if not settled_before(m, meeting.held_on)]


def settled_before(matter: Matter, day: dt.date) -> bool:
    """Return whether it was closed before a day, and minuted so where a minute was asked for."""
    promise = matter.promise
    if not closed_by(promise, day - dt.timedelta(days=1)):
        return False
    if matter.minuted_on is not None:
        return matter.minuted_on < day
    return promise.closed_at_id is None and not promise.to_report


def _before(matter: Matter, day: dt.date) -> Matter:
    """Return a matter as it came to the meeting of a day: what is closed there was still open."""
    return replace(matter, closed=closed_by(matter.promise, day - dt.timedelta(days=1)))


def _meeting_of(source: Record | None, meetings: dict[int, Meeting]) -> Meeting | None:
    if source is None:
        return None
    return meetings.get(source.pk) or meetings.get(source.parent_id or 0)


def _owes(promise: Promise) -> int | None:
    """Return who owes it: its owner, else, of a recommendation, to whom it was made."""
    return promise.owner_id or (promise.made_to_id if promise.kind == "recommendation" else None)


def _newest(ids: list[int], scope: Scope, on: dt.date) -> dict[int, ProgressUpdate]:
    """Return the newest published update of each promise that was true on a day. One query."""
    told = scope.of(UPDATE).filter(parent__in=ids, as_at__lte=on, status=Status.PUBLISHED)
    return {update.parent_id: update for update in told.order_by("as_at", "pk")}
