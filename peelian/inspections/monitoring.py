"""At which level the inspectorate watches a force: now, since when, why, and before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.inspections.kinds import MONITORING
from peelian.inspections.models import Monitoring
from peelian.pages.sections import Section
from peelian.record import clock
from peelian.record.models import Link, Record, Status
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Watch:
    """One level from a day to another, and the causes of concern that it is for."""

    level: Monitoring
    concerns: tuple[Record, ...]
    is_now: bool


def watches(scope: Scope, force: Record | None = None) -> list[Watch]:
    """Return the levels that a scope may see, the newest first. Three queries.

    Of one force, or of all.
    """
    found = scope.of(MONITORING).exclude(status=Status.WITHDRAWN)
    levels = list((found.filter(force=force) if force else found).order_by("-begins_on", "-pk"))
    links = Link.objects.filter(source__in=[w.pk for w in levels], form="because_of")
    pairs = list(links.order_by("pk").values_list("source_id", "target_id")) if levels else []
    seen = scope.by_id(target for _source, target in pairs)
    today = clock.today()
    return [
        Watch(
            level,
            tuple(seen[to] for source, to in pairs if source == level.pk and to in seen),
            _covers(level, today),
        )
        for level in levels
    ]


def _covers(level: Monitoring, day: dt.date) -> bool:
    return level.begins_on <= day and (level.ends_on is None or day <= level.ends_on)


def monitoring_section(body: Record, scope: Scope) -> Section | None:
    """Return how a force is and was watched, for its page; None where nothing is on the record."""
    if getattr(body, "form", "") != "force":
        return None
    found = watches(scope, body)
    if not found:
        return None
    context = {"watches": found, "scope": scope}
    return Section(_("Monitoring by the inspectorate"), "inspections/watches.html", context)
