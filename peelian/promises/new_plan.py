"""A new plan from the open commitments of the old one: begun, filled, sent and published whole.

Everything is a draft until the plan is published; from its first day it stands in the old plan's
place, and every open promise of that says where it went, or why it went nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q
from django.utils.translation import gettext as _

from peelian.promises.kinds import (
    ACTIVITY,
    ALLOCATION,
    COMMITMENT,
    OBJECTIVE,
    PLAN,
    SUCCESSION,
)
from peelian.promises.models import Became, Objective, Plan, Promise, Succession
from peelian.promises.plan_life import WAITING, propose, settle
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Invalid, Refused
from peelian.record.kinds import Kind
from peelian.record.models import Link, Record, Status, sort_key
from peelian.record.values import values_of

_TAKEN = ("title", "text", "element", "made_by", "owner", "progress", "oversight_as_printed", "due")
_LINKS = ("overseen_by", "measured_by")


@dataclass(frozen=True)
class Choice:
    """Where an open commitment of the old plan goes: under an objective, or nowhere and why."""

    promise: Promise
    objective: Objective | None
    why: str = ""


@writing.operation
def begin_plan(
    old: Plan, *, reference: str, title: str, starts_on: dt.date, objectives: list[str], by: Actor
) -> Plan:
    """Return the draft of the plan that takes another's place from a day on, with its objectives.

    Raises Invalid for a reference that its promises could not bear, without objectives, or where it
    would begin before the old one did.
    """
    wrong: dict[str, list[str]] = {}
    if not reference.isalnum() or not reference.isascii():
        wrong["reference"] = [_("Use letters and digits only: 2025, or 2025v2 for a variation.")]
    if not objectives:
        wrong["objectives"] = [_("Give at least one objective.")]
    if old.starts_on and starts_on <= old.starts_on:
        wrong["starts_on"] = [_("It must begin after the plan that it replaces.")]
    if wrong:
        raise Invalid(wrong)
    values = {
        "reference": reference,
        "title": title,
        "form": old.form,
        "body": old.body,
        "delivers": old.delivers,
        "replaces": old,
        "starts_on": starts_on,
        "stage": Plan.Stage.DRAFT,
        "stage_since": today(),
    }
    plan = operations.create(PLAN, values, by=by)
    for number, name in enumerate(objectives, start=1):
        made = {
            "reference": f"{reference}-{number}",
            "title": name,
            "parent": plan,
            "number": number,
        }
        operations.create(OBJECTIVE, made, by=by)
    return cast(Plan, plan)


@writing.operation
def carry_over(
    plan: Plan, choices: Iterable[Choice], *, with_activities: bool, by: Actor
) -> Counter[str]:
    """Return how many commitments and activities were carried into a plan, and how many end.

    Each is drafted anew under its objective and leads back to what it was; with it its open
    activities, if so asked. Raises Invalid where a plan has no first day, or where something is not
    carried over and nothing is said of why.
    """
    if plan.starts_on is None:
        raise Invalid({"starts_on": [_("Say first from which day the new plan runs.")]})
    choices = list(choices)
    silent = [c.promise for c in choices if c.objective is None and not c.why.strip()]
    if silent:
        names = ", ".join(p.number for p in silent)
        raise Invalid({"__all__": [_("Say why these are not carried over: %(n)s.") % {"n": names}]})
    done: Counter[str] = Counter()
    for choice in choices:
        own = _open_activities(choice.promise)
        if choice.objective is None:
            for promise in (choice.promise, *own):
                propose(promise, Became.ENDED, None, plan.starts_on, choice.why, by=by)
            done["ended"] += 1
            continue
        why = choice.why.strip() or _("Still open when %(plan)s began.") % {"plan": plan.title}
        made = _carry(choice.promise, COMMITMENT, choice.objective, plan, why, by)
        done["commitments"] += 1
        for promise in own if with_activities else ():
            _carry(promise, ACTIVITY, made, plan, why, by)
            done["activities"] += 1
    return done


@writing.operation
def take_back(succession: Succession, *, by: Actor) -> None:
    """Delete what was proposed of a promise and not yet published, and the draft it went to.

    With a commitment go its activities. Raises Refused where it is published.
    """
    if succession.status not in WAITING:
        raise Refused(_("It is published: it can no longer be taken back."))
    why = _("Taken back")
    own = SUCCESSION.all().filter(parent__parent=succession.parent_id, status__in=WAITING)
    for waiting in own.filter(day=succession.day).order_by("pk"):
        take_back(waiting, by=by)
    draft = succession.to if succession.became == Became.CARRIED else None
    operations.delete(succession, by=by, why=why)
    if draft and draft.status in WAITING:
        operations.delete(draft, by=by, why=why)


@writing.operation
def send_plan(plan: Plan, *, by: Actor) -> int:
    """Return how many parts of a plan were sent for review: it, and all in it that is a draft."""
    drafts = [part for part in waiting_parts(plan) if part.status == Status.DRAFT]
    for part in drafts:
        operations.submit(part, by=by)
    return len(drafts)


@writing.operation
def publish_plan(plan: Plan, *, by: Actor) -> int:
    """Return how many parts of a plan were published: it, and all in it that is in review.

    Where its first day has come, the plan that it replaces ends. All or none. Raises Refused where
    a part was not sent for review, or where whoever publishes wrote any of it.
    """
    waiting = waiting_parts(plan)
    if drafts := [part for part in waiting if part.status == Status.DRAFT]:
        said = _("Send the whole plan for review first: “%(title)s” is still a draft.")
        raise Refused(said % {"title": drafts[0].title})
    parts = [part for part in waiting if part.kind != SUCCESSION.name]
    for part in parts:
        operations.release(part, by=by)
    has_begun = plan.starts_on is None or plan.starts_on <= today()
    stage = Plan.Stage.DELIVERY if has_begun else Plan.Stage.FINAL
    _come_to(plan, stage, (plan.starts_on if has_begun else None) or today(), by)
    old = Plan.objects.filter(pk=plan.replaces_id or 0).first()
    if has_begun and old and old.stage != Plan.Stage.ENDED:
        end_plan(old, by=by)
    return len(parts)


@writing.operation
def end_plan(old: Plan, *, by: Actor) -> Plan:
    """Return a plan that has ended because a published one stands in its place.

    What was to become of its promises takes effect. Raises Refused where none stands in its place
    yet, or where whoever ends it wrote what becomes of a promise.
    """
    new = Plan.objects.filter(replaces=old.pk, status=Status.PUBLISHED).order_by("starts_on")
    first = new.filter(starts_on__lte=today()).values_list("starts_on", flat=True).first()
    if first is None:
        raise Refused(_("No published plan stands in its place yet."))
    for succession in _leaving(old).order_by("parent__kind", "pk"):
        if not Promise.objects.get(pk=succession.parent_id or 0).is_open:
            says = {"title": succession.title}
            raise Refused(_("“%(title)s” was closed since: take that back first.") % says)
        settle(succession, by=by)
    last = first - dt.timedelta(days=1)
    return _come_to(old, Plan.Stage.ENDED, first, by, ends_on=last)


def waiting_parts(plan: Plan) -> list[Record]:
    """Return what of a plan is not public yet, what stands above before what stands below.

    What becomes of the promises of the plan that it replaces comes last. Two queries.
    """
    levels = ["parent__" * n + "parent" for n in range(4)]
    within = Q(pk=plan.pk)
    for level in levels:
        within |= Q(**{level: plan.pk})
    kinds = (PLAN, OBJECTIVE, COMMITMENT, ACTIVITY, ALLOCATION)
    order = {kind.name: n for n, kind in enumerate(kinds)}
    found = Record.objects.filter(within, status__in=WAITING, kind__in=order)
    parts = sorted(found, key=lambda part: (order[part.kind], part.pk))
    return [*parts, *_leaving_for(plan).order_by("pk")]


def to_carry(plan: Plan) -> list[Promise]:
    """Return the open commitments of the plan that one replaces, of which nothing waits yet."""
    gone = SUCCESSION.all().exclude(became=Became.MOVED).exclude(status=Status.WITHDRAWN)
    found = COMMITMENT.all().filter(parent__parent=plan.replaces_id or 0, status=Status.PUBLISHED)
    rows = found.exclude(pk__in=gone.values("parent")).select_related("parent")
    activities = ACTIVITY.all().filter(parent__in=[row.pk for row in rows])
    under: dict[int | None, list[Promise]] = {}
    for activity in activities.order_by("pk"):
        under.setdefault(activity.parent_id, []).append(activity)
    alive = [row for row in rows if row.is_open and _is_alive(under.get(row.pk, []))]
    return sorted(alive, key=_as_printed)


def carried_into(plan: Plan) -> list[Succession]:
    """Return what waits of the commitments of the plan that one replaces, in their order."""
    found = _leaving_for(plan).filter(parent__kind=COMMITMENT.name)
    return list(found.select_related("parent", "to").order_by("parent__sort_key", "pk"))


def _as_printed(commitment: Promise) -> tuple[str, str, int]:
    """Return what commitments are listed by: their objective, then their printed number."""
    aim = commitment.parent.sort_key if commitment.parent else ""
    return aim, sort_key(commitment.number), commitment.pk


def _is_alive(activities: list[Promise]) -> bool:
    """Return whether a commitment is still to be kept: one is done when all activities are."""
    return not activities or any(activity.is_open for activity in activities)


def _open_activities(commitment: Promise) -> list[Promise]:
    own = ACTIVITY.all().filter(parent=commitment.pk, status=Status.PUBLISHED)
    return [activity for activity in own.in_order() if activity.is_open]


def _leaving(old: Plan) -> Any:
    in_it = Q(parent__parent__parent=old.pk) | Q(parent__parent__parent__parent=old.pk)
    forms = (Became.CARRIED, Became.ENDED)
    return SUCCESSION.all().filter(in_it, became__in=forms, status__in=WAITING)


def _leaving_for(plan: Plan) -> Any:
    old = Plan.objects.filter(pk=plan.replaces_id or 0).first()
    return _leaving(old) if old else SUCCESSION.all().none()


def _carry(old: Promise, kind: Kind, parent: Record, plan: Plan, why: str, by: Actor) -> Promise:
    """Return the draft of a promise in the new plan, with what says that it carries on the old."""
    values: dict[str, Any] = {name: getattr(old, name) for name in _TAKEN if name in kind.fields}
    if old.due and plan.starts_on and old.due < plan.starts_on:
        values["due"] = None  # a day that has gone by promises nothing
    links = _linked(old)
    base = f"{plan.reference}-{old.reference.partition('-')[2] or old.reference}"
    values |= {name: links.get(name, []) for name in _LINKS}
    values |= {
        "parent": parent,
        "printed_reference": old.printed_reference,
        "reference": writing.free_reference(kind.name, base),
    }
    made = cast(Promise, operations.create(kind, values, by=by, why=why[: writing.MOST_WHY]))
    propose(old, Became.CARRIED, made, cast(dt.date, plan.starts_on), why, by=by)
    return made


def _linked(promise: Promise) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    links = Link.objects.filter(source=promise.pk, form__in=_LINKS).select_related("target")
    for link in links.order_by("pk"):
        found.setdefault(link.form, []).append(link.target)
    return found


def _come_to(
    plan: Plan, stage: str, since: dt.date, by: Actor, ends_on: dt.date | None = None
) -> Plan:
    """Return a plan at a stage that follows from what was done, kept as the same step."""
    current = cast(Plan, writing.lock(plan))
    old = values_of(current)
    current.stage, current.stage_since = stage, since
    current.ends_on = ends_on or current.ends_on
    if values_of(current) != old:
        writing.validate(current)
        writing.keep(current, "updated", old, by=by, why=str(Plan.Stage(stage).label))
    return current
