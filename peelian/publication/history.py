"""When a place was published, out of its changes: each day the office gave, while it was public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from peelian.publication.models import PublicationPlace
from peelian.publication.periods import Published
from peelian.record.models import Audience, Change, Status


def publications_of(places: Iterable[PublicationPlace]) -> dict[int, list[Published]]:
    """Return what each place was said to be published on, the newest first. One query.

    Only official values count, and only those that stood while the place was public.
    """
    wanted = [place.pk for place in places]
    values: dict[int, dict[str, Any]] = {pk: {} for pk in wanted}
    found: dict[int, list[Published]] = {pk: [] for pk in wanted}
    changes = Change.objects.filter(record_id__in=wanted).order_by("record_id", "version")
    for change in changes:
        now = values[change.record_id]
        now |= {name: pair[1] for name, pair in change.values.items()}
        is_out = now.get("status") == Status.PUBLISHED and now.get("audience") == Audience.PUBLIC
        one = Published(_day(now.get("published_on")), _day(now.get("covers_until")))
        if is_out and one.on and one not in found[change.record_id]:
            found[change.record_id].insert(0, one)
    return found


def _day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None
