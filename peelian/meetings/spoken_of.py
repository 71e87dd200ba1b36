"""The meetings at which a promise of the plan was spoken of: minutes that cite its reference."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from peelian.meetings.kinds import MEETING, MINUTE
from peelian.pages.sections import Section
from peelian.promises.kinds import PLAN
from peelian.promises.models import Promise
from peelian.recognition.references import mentions, normal
from peelian.record.models import Record
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

MOST = 20  # minutes on the page of a promise, the newest


def spoken_of_section(record: Record, scope: Scope) -> Section | None:
    """Return the minutes that cite a promise while its plan ran, the newest first. One query."""
    printed = cast(Promise, record).printed_reference
    plan = _plan_of(record)
    if not printed or plan is None:
        return None
    held = scope.of(MEETING).filter(pk=OuterRef("parent_id")).values("held_on")[:1]
    rows: RecordQuerySet[Any] = scope.of(MINUTE).annotate(held_on=Subquery(held))
    rows = rows.select_related("parent")
    rows = rows.filter(text__contains=printed, held_on__isnull=False)
    # The number belongs to the plan that ran then: another plan may use it for something else.
    ran = Q(starts_on=None) | Q(starts_on__lte=OuterRef("held_on"))
    ran &= Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on"))
    rows = rows.filter(Exists(scope.of(PLAN).filter(ran, pk=plan.pk)))
    own = [row for row in rows.order_by("-held_on", "number", "pk")[:100] if _cites(row, printed)]
    shown = {"minutes": own[:MOST]}
    return Section(_("Spoken of at meetings"), "meetings/spoken_of.html", shown) if own else None


def _cites(minute: Record, printed: str) -> bool:
    """Return whether a minute names the reference, and not a longer one or an amount."""
    name = normal(printed)
    found = mentions(getattr(minute, "text", ""))
    return any(m.form == "plan" and name in map(normal, m.names()) for m in found)


def _plan_of(record: Record) -> Record | None:
    above = record.parent
    while above is not None and above.kind != "plan":
        above = above.parent
    return above
