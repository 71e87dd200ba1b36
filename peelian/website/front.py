"""What the public home page shows, all of it published: due, changed, next, and how plans stand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When

from peelian.duties.calendar import due_by_law
from peelian.figures.kinds import EDITION
from peelian.meetings.sections import next_meeting
from peelian.promises.kinds import ACTIVITY, OBJECTIVE, UNDERTAKING, UPDATE
from peelian.promises.models import CLOSED, Progress, Promise
from peelian.promises.plan_page import running_on
from peelian.record import clock
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC
from peelian.website.feeds import latest

DAYS_AHEAD = 60
DOCUMENTS = ("plan", "meeting", "edition", "pack", "inspection")


def page() -> dict[str, Any]:
    """Return the context of the public home page, in at most twelve queries."""
    today = clock.today()
    counts = _counts()
    objectives = _objectives(counts)
    documents = list(latest().filter(kind__in=DOCUMENTS)[:5])
    updates = _updates()
    edition = PUBLIC.of(EDITION).order_by("-period", "-pk").first()
    meeting = next_meeting(str(settings.OFFICE["panel"]), today, PUBLIC)
    return {
        "today": today if clock.is_fixed() else None,
        "is_made_up": settings.OFFICE["is_made_up"],
        "due": due_by_law(today, DAYS_AHEAD, PUBLIC)[:6],
        "days_ahead": DAYS_AHEAD,
        "objectives": objectives,
        "updates": updates,
        "documents": [(kind_named(d.kind).label, d) for d in documents],
        "edition": edition,
        "meeting": meeting,
        "open_undertakings": _open(counts[UNDERTAKING.name]),
        "is_empty": not (objectives or documents or updates or edition or meeting),
        "scope": PUBLIC,
    }


# By the parent of what they belong to (none for undertakings): how many stand where.
Counts = dict[int | None, dict[str, int]]


def _counts() -> dict[str, Counts]:
    """Return of activities and of undertakings how many stand where. One query."""
    counts: dict[str, Counts] = {ACTIVITY.name: {}, UNDERTAKING.name: {}}
    promises = PUBLIC.see(Promise.objects.filter(kind__in=counts)).order_by()
    rows = promises.values("kind", "parent__parent_id", "progress").annotate(n=Count("pk"))
    for row in rows:
        counts[row["kind"]].setdefault(row["parent__parent_id"], {})[row["progress"]] = row["n"]
    return counts


def _open(undertakings: Counts) -> int:
    """Return how many undertakings are still open."""
    stands = [item for own in undertakings.values() for item in own.items()]
    return sum(n for progress, n in stands if progress not in CLOSED)


def _objectives(counts: dict[str, Counts]) -> list[tuple[Any, int, list[tuple[str, Any, int]]]]:
    """Return each objective of the plans that run, how many activities it has, how they stand."""
    found = []
    running = running_on(clock.today(), PUBLIC).values("pk")
    for objective in PUBLIC.of(OBJECTIVE).filter(parent__in=running).in_order():
        own = counts[ACTIVITY.name].get(objective.pk, {})
        stands = [(code, label, own[code]) for code, label in Progress.choices if code in own]
        found.append((objective, sum(own.values()), stands))
    return found


def _updates() -> list[Any]:
    """Return the latest updates with their promises; of one day, those that are news first.

    One query: what is public has public parents.
    """
    news = Case(
        When(progress__in=(Progress.ON_TRACK, Progress.NOT_STARTED), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    promise = Promise.objects.filter(pk=OuterRef("parent_id")).order_by()
    updates: Any = PUBLIC.of(UPDATE).exclude(parent=None).select_related("parent")
    updates = updates.annotate(promise_printed=Subquery(promise.values("printed_reference")[:1]))
    return list(updates.order_by("-as_at", news, "-changed_at", "-pk")[:5])
