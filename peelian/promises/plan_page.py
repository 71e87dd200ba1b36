"""A plan in the line of plans: its stages with their days, and what is before and after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from peelian.promises.kinds import PLAN
from peelian.promises.models import Plan
from peelian.record.models import Audience, Change, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

_PUBLIC = (Status.PUBLISHED, Audience.PUBLIC)


@dataclass(frozen=True)
class Staged:
    """A stage that a plan came to, and the day it did."""

    label: str
    since: dt.date | None


@dataclass(frozen=True)
class Kin:
    """The plans that one replaces, delivers, is replaced by and is delivered by, as one may see."""

    before: Plan | None
    above: Plan | None
    after: list[Plan]
    under: list[Plan]


def running_on(day: dt.date, scope: Scope) -> RecordQuerySet[Any]:
    """Return the police and crime plans that run on a day: begun, and not followed by another."""
    plans = scope.of(PLAN).filter(form=Plan.Form.PLAN).exclude(stage=Plan.Stage.ENDED)
    return plans.filter(Q(starts_on=None) | Q(starts_on__lte=day))


def kin_of(plan: Plan, scope: Scope) -> Kin:
    """Return the plans next to a plan. One query."""
    next_to = Q(pk__in=[pk for pk in (plan.replaces_id, plan.delivers_id) if pk])
    found = scope.of(PLAN).filter(next_to | Q(replaces=plan) | Q(delivers=plan))
    plans: list[Plan] = list(found.in_order())
    by_id = {one.pk: one for one in plans}
    return Kin(
        by_id.get(plan.replaces_id or 0),
        by_id.get(plan.delivers_id or 0),
        [one for one in plans if one.replaces_id == plan.pk],
        [one for one in plans if one.delivers_id == plan.pk],
    )


def stages_of(plan: Plan) -> list[Staged]:
    """Return the stages that a plan has been at since it was public, the newest first. One query.

    Read from its history: what it said before it was public is nobody's business, nor are the
    office's reasons.
    """
    values: dict[str, str] = {}
    is_out = False
    found: list[Staged] = []
    rows = Change.objects.filter(record_id=plan.pk).order_by("version")
    for changed in rows.values_list("values", flat=True):
        values |= {name: pair[1] for name, pair in changed.items()}
        is_public = (values.get("status"), values.get("audience")) == _PUBLIC
        was_out, is_out = is_out, is_out or is_public
        moved = is_out and (not was_out or {"stage", "stage_since"} & changed.keys())
        if moved and values.get("stage") in Plan.Stage.values:
            since = values.get("stage_since")
            staged = Staged(
                str(Plan.Stage(values["stage"]).label),
                dt.date.fromisoformat(since) if since else None,
            )
            found = [one for one in found if (one.label, one.since) != (staged.label, staged.since)]
            found.insert(0, staged)
    return found
