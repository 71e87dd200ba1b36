"""An area beside its most similar group, and beside the nation, for the same figures."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from peelian.analysis.peers import Beside, beside_peers
from peelian.analysis.rates import Interval
from peelian.figures.comparison import Compared, Place
from peelian.figures.kinds import PEER_GROUP
from peelian.figures.models import PeerGroup
from peelian.figures.periods import end_of
from peelian.people.models import Area
from peelian.record.models import Link
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Group:
    """An area beside others, the nation where ``group`` is None.

    ``members`` are the others that have a figure, ``without`` those of the group that have none,
    ``beside`` is None where none has.
    """

    group: PeerGroup | None
    members: tuple[Place, ...]
    without: tuple[Area, ...]
    beside: Beside | None


def groups_in_force(scope: Scope, day: dt.date) -> dict[int, PeerGroup]:
    """Return the most similar group of each area on a day, by the area's id; of two, the newer."""
    begun = Q(starts=None) | Q(starts__lte=day)
    found = scope.of(PEER_GROUP).filter(begun, Q(ends=None) | Q(ends__gte=day))
    newest_last = sorted(found, key=lambda one: (one.starts or dt.date.min, one.pk))
    return {one.area_id: one for one in newest_last}


def beside_others(
    compared: Compared, area: Area, scope: Scope, areas: dict[int, Area]
) -> list[Group]:
    """Return an area beside its most similar group and the nation, as far as they are held.

    ``areas`` are those that may be seen: no other is named or counted. At most two queries.
    """
    own = compared.everywhere.get(area.pk)
    if own is None:
        return []
    found = []
    group = groups_in_force(scope, _last_day(compared)).get(area.pk)
    if group:
        links = Link.objects.filter(source=group, form="peers").values_list("target_id", flat=True)
        peers = [areas[pk] for pk in links if pk in areas and pk != area.pk]
        peers.sort(key=lambda one: one.sort_key)
        members = [compared.everywhere[a.pk] for a in peers if a.pk in compared.everywhere]
        without = tuple(a for a in peers if a.pk not in compared.everywhere)
        found.append(Group(group, tuple(members), without, _beside(own, members)))
    nation = [p for p in compared.everywhere.values() if p.area.level == Area.Level.COUNTRY]
    if len(nation) == 1 and area.level != Area.Level.COUNTRY:
        found.append(Group(None, tuple(nation), (), _beside(own, nation)))
    return found


def _last_day(compared: Compared) -> dt.date:
    return end_of(compared.subject.counted.frequency, compared.period)


def _beside(own: Place, others: Sequence[Place]) -> Beside | None:
    return beside_peers(_interval([own]), _interval(others)) if others else None


def _interval(places: Sequence[Place]) -> Interval:
    rows = [(p.value, *(math.nan if e is None else e for e in (p.lower, p.upper))) for p in places]
    table = np.array(rows, np.float64)
    return Interval(table[:, 0], table[:, 1], table[:, 2])
