"""Matters arising: what a body was promised or has recommended, until a minute says it is closed.

Nothing is carried over by hand: what stands on an agenda follows from where each was given and from
its closing, so that none can be forgotten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.meetings.kinds import MEETING, MINUTE, MINUTE_CORRECTION
from peelian.meetings.models import Meeting, Minute
from peelian.meetings.votes import taken_under
from peelian.promises.kinds import UPDATE
from peelian.promises.models import FOLLOWED, ProgressUpdate, Promise
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
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
    minute: Minute | None = None
    meeting: Record | None = None
    given_on: dt.date | None = None
    body_id: int | None = None
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
        return (self.on - self.given_on).days if self.given_on else None

    @property
    def to_be_minuted(self) -> bool:
        """Return whether it is closed and the minute that says so has still to be named."""
        return self.closed and self.minuted is None

    @property
    def order(self) -> tuple[Any, ...]:
        """Return what matters sort by: the oldest first, those without a meeting last."""
        day = self.given_on or dt.date.max
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


def followed(scope: Scope, *kinds: str) -> RecordQuerySet[Any]:
    """Return the undertakings and recommendations that a scope may see, none of them withdrawn.

    Those given at a meeting itself, without a minute, come with its day and body.
    """
    held = scope.of(MEETING).filter(pk=OuterRef("made_at_id"))
    found = scope.see(Promise.objects.filter(kind__in=kinds or FOLLOWED))
    return found.exclude(status=Status.WITHDRAWN).annotate(
        direct_on=Subquery(held.values("held_on")[:1]),
        direct_body=Subquery(held.values("body_id")[:1]),
    )


def matters(promises: Iterable[Any], scope: Scope, on: dt.date) -> list[Matter]:
    """Return what `followed` gave as it stood at the end of a day, the oldest first.

    Three queries, whatever their number.
    """
    promises = list(promises)
    minutes = minutes_named(promises, scope) if promises else []
    records = scope.by_id(named(promises))
    return matters_of(promises, minutes, records, newest(promises, scope, on), on)


def named(promises: Iterable[Any]) -> set[int]:
    """Return the ids of the records that a list of promises names, minutes left out."""
    found = {_owes(p) for p in promises} | {p.shown_by_id for p in promises}
    found |= {p.made_at_id for p in promises if p.direct_on}
    return {pk for pk in found if pk}


def minutes_named(promises: Iterable[Any], scope: Scope, own: int = 0) -> list[Any]:
    """Return the minutes in which promises were given or closed, and a meeting's own. One query.

    Each with the day and the body of its meeting, and whether a vote was taken under it.
    """
    named_in = {pk for p in promises for pk in (p.made_at_id, p.closed_at_id) if pk}
    meeting = Meeting.objects.filter(pk=OuterRef("parent_id"))
    found = scope.of(MINUTE).filter(Q(pk__in=named_in) | Q(parent_id=own))
    found = found.select_related("parent").order_by("number", "pk")
    return list(
        found.annotate(
            held_on=Subquery(meeting.values("held_on")[:1]),
            held_by=Subquery(meeting.values("body_id")[:1]),
            has_votes=taken_under(scope),
        )
    )


def newest(promises: Iterable[Any], scope: Scope, on: dt.date) -> dict[int, ProgressUpdate]:
    """Return the newest published update of each promise that was true on a day. One query."""
    ids = [p.pk for p in promises]
    told = scope.of(UPDATE).filter(parent__in=ids, as_at__lte=on, status=Status.PUBLISHED)
    return {update.parent_id: update for update in told.order_by("as_at", "pk")} if ids else {}


def matters_of(
    promises: Iterable[Any],
    minutes: Iterable[Any],
    records: Mapping[int, Record],
    updates: Mapping[int, ProgressUpdate],
    on: dt.date,
) -> list[Matter]:
    """Return promises as matters on a day, the oldest first, of what was read for them."""
    by_id = {minute.pk: minute for minute in minutes}
    made = []
    for promise in promises:
        minute, closing = by_id.get(promise.made_at_id), by_id.get(promise.closed_at_id)
        matter = Matter(
            promise,
            on,
            closed=closed_by(promise, on),
            minute=minute,
            meeting=minute.parent if minute else records.get(promise.made_at_id),
            given_on=minute.held_on if minute else promise.direct_on,
            body_id=minute.held_by if minute else promise.direct_body,
            owner=records.get(_owes(promise) or 0),
            update=updates.get(promise.pk),
            shown_by=records.get(promise.shown_by_id),
            minuted=closing,
            minuted_on=closing.held_on if closing else None,
        )
        made.append(matter)
    return sorted(made, key=lambda matter: matter.order)


def closed_by(promise: Promise, day: dt.date) -> bool:
    """Return whether it was closed on or before a day; one of unknown day has long been."""
    return not promise.is_open and (promise.closed_on is None or promise.closed_on <= day)


def arising(meeting: Meeting, scope: Scope) -> list[Matter]:
    """Return what stands under matters arising at a meeting, as it stood before it, oldest first.

    That is all that the same body's earlier meetings were promised, or recommended, and that was
    not closed before this one; and what was closed while no earlier meeting has minuted it.
    """
    found = followed(scope).filter(given_at(_before(meeting, scope), scope))
    return unsettled(matters(found, scope, meeting.held_on), meeting)


def unsettled(found: Iterable[Matter], meeting: Meeting) -> list[Matter]:
    """Return those of the matters that come to a meeting, as they came to it.

    What is closed at the meeting, or later, was still open.
    """
    day = meeting.held_on
    eve = day - dt.timedelta(days=1)
    return [
        replace(matter, closed=closed_by(matter.promise, eve))
        for matter in found
        if not settled_before(matter, day)
    ]


def given_at(meetings: RecordQuerySet[Any], scope: Scope) -> Q:
    """Return the condition that a promise was given at one of some meetings, or in its minutes."""
    minutes = scope.of(MINUTE).filter(parent__in=meetings.values("pk"))
    return Q(made_at__in=minutes.values("pk")) | Q(made_at__in=meetings.values("pk"))


def _before(meeting: Meeting, scope: Scope) -> RecordQuerySet[Any]:
    return scope.of(MEETING).filter(body_id=meeting.body_id, held_on__lt=meeting.held_on)


@dataclass(frozen=True)
class AtMeeting:
    """What the page of a meeting shows of promises, and what was read with them."""

    given: dict[int, list[Promise]]
    arising: list[Matter]
    minutes: list[Any]
    records: dict[int, Record]


def at_meeting(meeting: Meeting, scope: Scope, ids: Iterable[int | None]) -> AtMeeting:
    """Return what was given at a meeting, by minute, and what arises at it; four queries in all.

    Its minutes, their corrections and the records of other `ids` are read along, as the page has
    few queries.
    """
    held = scope.of(MEETING).filter(
        Q(pk=meeting.pk) | Q(body_id=meeting.body_id, held_on__lt=meeting.held_on)
    )
    promises = list(followed(scope).filter(given_at(held, scope)).order_by("sort_key", "pk"))
    minutes = minutes_named(promises, scope, own=meeting.pk)
    own = [minute for minute in minutes if minute.parent_id == meeting.pk]
    here = {meeting.pk, *(minute.pk for minute in own)}
    given: dict[int, list[Promise]] = {}
    for promise in promises:
        if promise.made_at_id in here:
            given.setdefault(promise.made_at_id, []).append(promise)
    earlier = [promise for promise in promises if promise.made_at_id not in here]
    wanted = {pk for pk in (*named(earlier), *ids) if pk}
    corrections = Q(kind=MINUTE_CORRECTION.name, parent__in=[minute.pk for minute in own])
    records = scope.see(Record.objects.filter(Q(pk__in=wanted) | corrections)).in_bulk()
    told = newest(earlier, scope, meeting.held_on)
    found = matters_of(earlier, minutes, records, told, meeting.held_on)
    return AtMeeting(given, unsettled(found, meeting), own, records)


def settled_before(matter: Matter, day: dt.date) -> bool:
    """Return whether it was closed before a day, and minuted so where a minute was asked for."""
    promise = matter.promise
    if not closed_by(promise, day - dt.timedelta(days=1)):
        return False
    if matter.minuted_on is not None:
        return matter.minuted_on < day
    return promise.closed_at_id is None and not promise.to_report


def _owes(promise: Promise) -> int | None:
    """Return who owes it: its owner, else, of a recommendation, to whom it was made."""
    return promise.owner_id or (promise.made_to_id if promise.kind == "recommendation" else None)
