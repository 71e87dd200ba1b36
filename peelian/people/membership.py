"""Who sits on a body, on any day: members, vacant seats, and the votes that two-thirds are.

A day counts from the first to the last day of a membership, both included; where a day is not
recorded there is no such end. What is read goes through a scope, so the public's answer follows
from what is published, and the office's from all but what was withdrawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.law.majority import two_thirds
from peelian.people.kinds import MEMBERSHIP, ROLE, SEAT
from peelian.people.models import Body, Membership, Role, Seat
from peelian.record.kinds import Kind
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

_DAY = dt.timedelta(days=1)
# The chair first, then the vice-chair, then those without a vote last.
_ORDER = {standing: place for place, standing in enumerate(Role.Standing.values)}


@dataclass(frozen=True)
class Sitting:
    """A membership with what may be seen of its person, role, seat and authority."""

    membership: Membership
    standing: str
    person: Record | None
    role: Record | None
    seat: Seat | None
    authority: Record | None

    @property
    def name(self) -> str:
        """Return the person's name, or that it may not be seen."""
        return self.person.title if self.person else _("Name not published")

    @property
    def is_member(self) -> bool:
        """Return whether whoever has the role is a member, with a vote."""
        return self.standing != Role.Standing.NONE

    def on(self, day: dt.date) -> bool:
        """Return whether the day is one of the membership's."""
        return _holds(self.membership, day)


@dataclass(frozen=True)
class Vacancy:
    """A seat that nobody holds, and since when: None where nobody ever did, as far as is known."""

    seat: Seat
    authority: Record | None
    since: dt.date | None


@dataclass(frozen=True)
class Roll:
    """Everybody who ever had a role of a body, and all its seats; any day is worked out of it."""

    body: Body
    sittings: tuple[Sitting, ...]
    seats: tuple[Seat, ...]
    names: dict[int, Record]

    def members(self, day: dt.date) -> list[Sitting]:
        """Return the members on a day, each person once, the chair first."""
        found = {s.membership.person_id: s for s in reversed(self._on(day)) if s.is_member}
        return sorted(found.values(), key=_place)

    def others(self, day: dt.date) -> list[Sitting]:
        """Return who had a role without being a member: officers, a commissioner, a substitute."""
        return [s for s in self._on(day) if not s.is_member]

    def vacancies(self, day: dt.date) -> list[Vacancy]:
        """Return the seats there were on a day that no member held."""
        held = {s.membership.seat_id for s in self._on(day) if s.is_member}
        return [
            Vacancy(seat, self.names.get(seat.nominated_by_id or 0), self._vacant_since(seat, day))
            for seat in self.seats
            if _holds(seat, day) and seat.pk not in held
        ]

    def two_thirds(self, day: dt.date) -> int:
        """Return how many votes two-thirds of that day's members are, vacant seats left out."""
        return two_thirds(len(self.members(day)))

    def past(self, day: dt.date) -> list[Sitting]:
        """Return the memberships that ended before a day, the latest first."""
        ended = [(s.membership.ends_on, s) for s in self.sittings if s.is_member]
        before = [(last, s) for last, s in ended if last and last < day]
        return [s for _last, s in sorted(before, key=lambda pair: pair[0], reverse=True)]

    @cached_property
    def has_members(self) -> bool:
        """Return whether any role of the body is a member's, or it has a seat."""
        return bool(self.seats) or any(s.is_member for s in self.sittings)

    def _on(self, day: dt.date) -> list[Sitting]:
        return [s for s in self.sittings if s.on(day)]

    def _vacant_since(self, seat: Seat, day: dt.date) -> dt.date | None:
        days = [
            s.membership.ends_on + _DAY
            for s in self.sittings
            if s.is_member and s.membership.seat_id == seat.pk and s.membership.ends_on
        ]
        return max((since for since in days if since <= day), default=seat.starts_on)


def current_members(
    bodies: Iterable[Any], day: dt.date, scope: Scope
) -> RecordQuerySet[Membership]:
    """Return the memberships with a vote on a day of bodies by id, to be asked further."""
    roles = _live(scope, ROLE).filter(body_id__in=bodies).exclude(standing=Role.Standing.NONE)
    began = Q(starts_on=None) | Q(starts_on__lte=day)
    lasts = Q(ends_on=None) | Q(ends_on__gte=day)
    return _live(scope, MEMBERSHIP).filter(began, lasts, role_id__in=roles.values("pk"))


def members_on(
    pairs: Iterable[tuple[int | None, dt.date]], scope: Scope
) -> dict[tuple[int | None, dt.date], set[int]]:
    """Return the ids of the persons who were members of some bodies on a day each. One query."""
    pairs = set(pairs)
    roles = _live(scope, ROLE).exclude(standing=Role.Standing.NONE)
    roles = roles.filter(body_id__in={body for body, _day in pairs})
    body = roles.filter(pk=OuterRef("role_id")).values("body_id")
    of_bodies = _live(scope, MEMBERSHIP).filter(role_id__in=roles.values("pk"))
    found: Any = of_bodies.annotate(of_body=Subquery(body))
    members: dict[int | None, list[Membership]] = {}
    for one in found:
        members.setdefault(one.of_body, []).append(one)
    return {
        (body_id, day): {m.person_id or 0 for m in members.get(body_id, ()) if _holds(m, day)}
        for body_id, day in pairs
    }


def _live(scope: Scope, kind: Kind) -> RecordQuerySet[Any]:
    return scope.of(kind).exclude(status=Status.WITHDRAWN)


def roll_of(body: Body, scope: Scope) -> Roll:
    """Return the roll of a body as far as it may be seen. Three queries, however long it is."""
    roles = _live(scope, ROLE).filter(body_id=body.pk)
    standing = roles.filter(pk=OuterRef("role_id")).values("standing")
    found: Any = (
        _live(scope, MEMBERSHIP)
        .filter(role_id__in=roles.values("pk"))
        .annotate(standing=Subquery(standing))
        .in_order()
    )
    memberships: list[Membership] = list(found)
    seats: dict[int, Seat] = {
        seat.pk: seat for seat in _live(scope, SEAT).filter(body_id=body.pk).in_order()
    }
    names = scope.by_id(
        [
            *(pk for m in memberships for pk in (m.person_id, m.role_id)),
            *(seat.nominated_by_id for seat in seats.values()),
        ]
    )
    sittings = tuple(sorted((_sitting(m, seats, names) for m in memberships), key=_place))
    return Roll(body, sittings, tuple(seats.values()), names)


def _sitting(one: Membership, seats: dict[int, Seat], names: dict[int, Record]) -> Sitting:
    seat = seats.get(one.seat_id or 0)
    return Sitting(
        one,
        one.standing,  # type: ignore[attr-defined]  # annotated by roll_of
        names.get(one.person_id or 0),
        names.get(one.role_id or 0),
        seat,
        names.get(seat.nominated_by_id or 0) if seat else None,
    )


def _place(sitting: Sitting) -> tuple[int, str, int]:
    seat = sitting.seat.sort_key if sitting.seat else "~"
    return _ORDER[sitting.standing], seat, sitting.membership.pk


def _holds(one: Membership | Seat, day: dt.date) -> bool:
    began = one.starts_on is None or one.starts_on <= day
    return began and (one.ends_on is None or day <= one.ends_on)


# ---- in words ----


def needed_in_words(members: int) -> str:
    """Return what two-thirds of so many members is: `10 votes`."""
    needed = two_thirds(members)
    return ngettext("%(count)s vote", "%(count)s votes", needed) % {"count": needed}


def veto_out_of_reach(members: int, can_vote: int) -> str:
    """Return the warning that too few can vote to reach two-thirds of the members, or nothing."""
    if members == 0 or can_vote >= two_thirds(members):
        return ""
    says = {"count": can_vote, "needed": needed_in_words(members), "members": members}
    said = ngettext(
        "%(count)s who can vote is present. A veto needs %(needed)s, two-thirds of all"
        " %(members)s members: it is impossible.",
        "%(count)s who can vote are present. A veto needs %(needed)s, two-thirds of all"
        " %(members)s members: it is impossible.",
        can_vote,
    )
    return said % says


def counted_in_words(members: int, vacancies: int) -> str:
    """Return how many members and vacant seats there are: `15 members and 1 vacant seat`."""
    said = ngettext("%(count)s member", "%(count)s members", members) % {"count": members}
    if not vacancies:
        return said
    vacant = ngettext("%(count)s vacant seat", "%(count)s vacant seats", vacancies)
    return _("%(members)s and %(vacant)s") % {
        "members": said,
        "vacant": vacant % {"count": vacancies},
    }
