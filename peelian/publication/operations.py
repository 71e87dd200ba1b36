"""The watchdog's round: every place that is published is visited, and what was found is kept."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from peelian.publication.addresses import Gate
from peelian.publication.here import look
from peelian.publication.kinds import PLACE
from peelian.publication.models import PublicationPlace, Visit
from peelian.publication.verdicts import Form
from peelian.publication.visiting import Found, Manners, Target, visit_all
from peelian.publication.visits import row_of
from peelian.record import clock
from peelian.record.access import Actor
from peelian.record.scope import PUBLIC
from peelian.record.writing import operation

Told = Callable[[Found], None]


def watch(
    *,
    by: Actor,
    manners: Manners | None = None,
    gate: Gate | None = None,
    only_here: bool = False,
    told: Told = lambda _found: None,
) -> tuple[list[Visit], int]:
    """Visit every place that the public may see; return the rows kept, and how many were left.

    With `only_here` nothing but pages of this site is looked at, without the network. A place is
    left where the time for all was over before its turn.
    """
    places = list(PUBLIC.of(PLACE).in_order())
    today = clock.today()
    found: dict[int, Found] = {}
    for place in places:
        if place.is_here:
            found[place.pk] = look(place.url, Form(place.form or Form.PAGE), today)
            told(found[place.pk])
    elsewhere = {
        place.pk: Target(place.url, Form(place.form or Form.PAGE))
        for place in places
        if not place.is_here and not only_here
    }
    if elsewhere:
        visits = visit_all(
            elsewhere.values(),
            gate=gate or Gate(),
            manners=manners or Manners(),
            today=today,
            told=told,
        )
        reached = asyncio.run(visits)
        found |= {pk: reached[target] for pk, target in elsewhere.items() if target in reached}
    kept = keep_visits(places, found, by=by)
    left = 0 if only_here else len(places) - len(kept)
    return kept, left


@operation
def keep_visits(
    places: Iterable[PublicationPlace], found: Mapping[int, Found], *, by: Actor
) -> list[Visit]:
    """Add a row for each place that was visited, and return them."""
    rows = [row_of(place, _dated(found[place.pk]), by=by) for place in places if place.pk in found]
    made: list[Visit] = Visit.objects.bulk_create(rows)
    return made


def _dated(found: Found) -> Found:
    """Return a visit as of the day on which a worked example is set, at the hour it was made."""
    if not clock.is_fixed():
        return found
    return replace(found, at=dt.datetime.combine(clock.today(), found.at.timetz()))
