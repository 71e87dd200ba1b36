"""What the public home page shows, all of it published: due, changed, next, and how plans stand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Value, When

from peelian.duties.calendar import due_soon
from peelian.figures.kinds import EDITION
from peelian.meetings.sections import next_meeting
from peelian.promises.kinds import ACTIVITY, OBJECTIVE, UNDERTAKING, UPDATE
from peelian.promises.models import CLOSED, Progress, Promise
from peelian.record import clock
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC
from peelian.website.feeds import latest

DAYS_AHEAD = 60
DOCUMENTS = ("plan", "meeting", "edition", "pack", "inspection")


def page() -> dict[str, Any]:
    """Return the context of the public home page, in at most ten queries."""
    today = clock.today()
    objectives = _objectives()
    documents = list(latest().filter(kind__in=DOCUMENTS)[:5])
    updates = _updates()
    edition = PUBLIC.of(EDITION).order_by("-period", "-pk").first()
    meeting = next_meeting(str(settings.OFFICE["panel"]), today, PUBLIC)
    return {
        "today": today if clock.is_fixed() else None,
        "due": due_soon(today, DAYS_AHEAD, PUBLIC)[:6],
        "days_ahead": DAYS_AHEAD,
        "objectives": objectives,
        "updates": updates,
        "documents": [(kind_named(d.kind).label, d) for d in documents],
        "edition": edition,
        "meeting": meeting,
        "open_undertakings": PUBLIC.of(UNDERTAKING).exclude(progress__in=CLOSED).count(),
        "is_empty": not (objectives or documents or updates or edition or meeting),
        "scope": PUBLIC,
    }


def _objectives() -> list[tuple[Any, int, list[tuple[str, Any, int]]]]:
    """Return each objective, how many activities it has, and how many stand where."""
    activities = PUBLIC.of(ACTIVITY).order_by().values("parent__parent_id", "progress")
    counts: dict[int, dict[str, int]] = {}
    for row in activities.annotate(n=Count("pk")):
        counts.setdefault(row["parent__parent_id"], {})[row["progress"]] = row["n"]
    found = []
    for objective in PUBLIC.of(OBJECTIVE).in_order():
        own = counts.get(objective.pk, {})
        stands = [(code, label, own[code]) for code, label in Progress.choices if code in own]
        found.append((objective, sum(own.values()), stands))
    return found


def _updates() -> list[tuple[Any, Any]]:
    """Return the latest updates with their promises; of one day, those that are news first."""
    news = Case(
        When(progress__in=(Progress.ON_TRACK, Progress.NOT_STARTED), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    updates = list(PUBLIC.of(UPDATE).order_by("-as_at", news, "-changed_at", "-pk")[:5])
    promises = PUBLIC.see(Promise.objects.filter(pk__in=[u.parent_id for u in updates])).in_bulk()
    return [(u, promises[u.parent_id]) for u in updates if u.parent_id in promises]
