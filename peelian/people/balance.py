"""Whether a panel is balanced: by number, authority, area and party, and what cannot be judged.

Police Reform and Social Responsibility Act 2011, Schedule 6: ten councillors, or one of each
authority where there are more than ten, two co-opted members, and never more than twenty in all;
together from all parts of the area and of the political make-up of its authorities.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.people.kinds import AREA, BODY
from peelian.people.membership import Roll, Sitting
from peelian.people.models import Body, Seat
from peelian.record.models import Record
from peelian.record.scope import Scope

COUNCILLORS, CO_OPTED, ALTOGETHER = 10, 2, 20


@dataclass(frozen=True)
class Limit:
    """One number of the law beside what was found; `holds` is None where it cannot be judged."""

    what: str
    found: int
    law: str
    holds: bool | None


@dataclass(frozen=True)
class Balance:
    """A panel's membership on a day, counted.

    Of `unknown` members nobody can say of which authority they are, of `placeless` of which part of
    the area; a party is “” where it is not recorded.
    """

    members: tuple[Sitting, ...]
    vacancies: int
    unknown: int
    placeless: int
    limits: tuple[Limit, ...]
    authorities: tuple[tuple[Record, int, int], ...]
    areas: tuple[tuple[Record, int], ...]
    parties: tuple[tuple[str, int], ...]
    unjudged: tuple[str, ...]


def balance(roll: Roll, day: dt.date, scope: Scope) -> Balance:
    """Return how balanced a panel is on a day, as far as the record can say. Two queries more."""
    members, vacancies = roll.members(day), roll.vacancies(day)
    areas = _areas(roll.body, scope)
    councils = _councils(roll, areas, scope)
    held = Counter(s.authority.pk for s in members if s.authority)
    vacant = Counter(v.authority.pk for v in vacancies if v.authority)
    by_area = _by_area(councils, areas, held)
    return Balance(
        members=tuple(members),
        vacancies=len(vacancies),
        unknown=sum(map(_is_unknown, members)),
        placeless=len(members) - by_area.total(),
        limits=_limits(members, len(councils)),
        authorities=tuple((c, held[c.pk], vacant[c.pk]) for c in councils),
        areas=tuple((area, by_area[area.pk]) for area in areas),
        parties=tuple(_parties(members)),
        unjudged=tuple(_unjudged(members, councils, areas)),
    )


def without_member(told: Balance) -> list[Record]:
    """Return the authorities that have no member; none while the authority of one is unknown."""
    if told.unknown:
        return []
    return [council for council, members, _vacant in told.authorities if not members]


def _by_area(councils: list[Body], areas: list[Record], held: Counter[int]) -> Counter[int]:
    """Return the number of members by the part of the panel's area that their authority is of."""
    parts = {area.pk for area in areas}
    counts: Counter[int] = Counter()
    for council in councils:
        if council.area_id in parts:
            counts[council.area_id] += held[council.pk]
    return counts


def _areas(body: Body, scope: Scope) -> list[Record]:
    """Return the parts of the panel's area that may be seen. One query."""
    if body.area_id is None:
        return []
    return list(scope.of(AREA).filter(parent_id=body.area_id).in_order())


def _councils(roll: Roll, areas: list[Record], scope: Scope) -> list[Body]:
    """Return the councils of the panel's area, and those that fill a seat. One query."""
    places = [roll.body.area_id, *(area.pk for area in areas)]
    wanted = Q(pk__in=[s.nominated_by_id for s in roll.seats if s.nominated_by_id])
    wanted |= Q(form=Body.Form.COUNCIL, area_id__in=[pk for pk in places if pk])
    return list(scope.of(BODY).filter(wanted).in_order())


def _basis(sitting: Sitting) -> str:
    return sitting.seat.basis if sitting.seat else ""


def _is_unknown(sitting: Sitting) -> bool:
    """Return whether nobody can say from the record which authority, if any, a member is of."""
    return sitting.authority is None and _basis(sitting) != Seat.Basis.CO_OPTED_INDEPENDENT


def _limits(members: list[Sitting], councils: int) -> tuple[Limit, ...]:
    by_basis = Counter(map(_basis, members))
    nominated = by_basis[Seat.Basis.NOMINATED]
    co_opted = by_basis[Seat.Basis.CO_OPTED_COUNCILLOR] + by_basis[Seat.Basis.CO_OPTED_INDEPENDENT]
    known = not by_basis[""]
    least = max(COUNCILLORS, councils)
    return (
        Limit(
            _("Councillors nominated by authorities"),
            nominated,
            _("%(ten)s, or one of each authority where there are more") % {"ten": COUNCILLORS},
            nominated >= least if known else None,
        ),
        Limit(
            _("Co-opted members"),
            co_opted,
            _("%(two)s; more with the Secretary of State’s approval") % {"two": CO_OPTED},
            co_opted >= CO_OPTED if known else None,
        ),
        Limit(
            _("Members altogether"),
            len(members),
            _("At most %(most)s") % {"most": ALTOGETHER},
            len(members) <= ALTOGETHER,
        ),
    )


def _parties(members: list[Sitting]) -> list[tuple[str, int]]:
    """Return how many belong to each party, the largest first and what is not recorded last."""
    counts = Counter(s.membership.party for s in members)
    return sorted(counts.items(), key=lambda pair: (pair[0] == "", -pair[1], pair[0]))


def _unjudged(members: list[Sitting], councils: list[Body], areas: list[Record]) -> list[str]:
    """Return in words what this report cannot say, and why."""
    unknown = sum(map(_is_unknown, members))
    no_party = sum(not s.membership.party for s in members)
    said = []
    if unknown:
        said.append(
            ngettext(
                "Which authorities have no member: of %(count)s member the authority is not"
                " recorded.",
                "Which authorities have no member: of %(count)s members the authority is not"
                " recorded.",
                unknown,
            )
            % {"count": unknown}
        )
    if not areas:
        said.append(_("Parts of the area: none are recorded under the panel’s own area."))
    if placeless := [council.title for council in councils if not council.area_id]:
        named = ", ".join(placeless)
        said.append(
            _("Parts of the area: of these no area is recorded: %(names)s.") % {"names": named}
        )
    if no_party:
        said.append(
            ngettext(
                "Parties: of %(count)s member none is recorded.",
                "Parties: of %(count)s members none is recorded.",
                no_party,
            )
            % {"count": no_party}
        )
    said.append(
        _("Political balance: how many councillors each party has in the councils is not recorded.")
    )
    said.append(
        _("Skills, knowledge and experience: the record holds none; the panel judges them.")
    )
    return said
