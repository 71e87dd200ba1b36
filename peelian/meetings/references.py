"""What `minute 321` names: the minute of that running number."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from peelian.meetings.models import Meeting, Minute
from peelian.record.models import Record
from peelian.record.scope import Scope


def resolve_minutes(names: set[str], scope: Scope, within: str) -> dict[str, list[Record]]:
    """Return the minutes of these numbers, the newest meeting's first, in one query.

    `within` is of no use here: numbers run on from meeting to meeting.
    """
    numbers = {int(name) for name in names if name.isdecimal()}
    held = Meeting.objects.filter(pk=OuterRef("parent_id")).values("held_on")
    found = scope.see(Minute.objects.filter(number__in=numbers)).order_by(
        Subquery(held).desc(nulls_last=True), "sort_key", "pk"
    )
    resolved: dict[str, list[Record]] = {}
    for minute in found:
        resolved.setdefault(str(minute.number), []).append(minute)
    return resolved
