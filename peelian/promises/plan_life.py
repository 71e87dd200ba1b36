"""What becomes of a promise besides being kept: moved, merged, superseded; and the plan's stages.

Each is proposed with a reason and a day, and takes effect when somebody else publishes it: the
promise and what is said of it change together.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.promises.kinds import ACTIVITY, COMMITMENT, SUCCESSION
from peelian.promises.models import Became, Plan, Progress, Promise, Succession
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import Record, Status
from peelian.record.values import values_of

SENT = (Status.IN_REVIEW, Status.APPROVED)
WAITING = (Status.DRAFT, *SENT)


@writing.operation
def move_promise(
    promise: Promise,
    *,
    to: Record,
    day: dt.date,
    why: str,
    by: Actor,
    printed_reference: str = "",
) -> Succession:
    """Return the proposal, in review, that a promise stands elsewhere from a day on.

    `printed_reference` is what it is called there; what it was called before still leads to it.
    Raises Refused where it is no public promise or something waits of it already, and Invalid.
    """
    if promise.parent_id == to.pk:
        raise Invalid({"to": [_("It stands there already.")]})
    return _propose(promise, Became.MOVED, to, day, why, by, printed_reference)


@writing.operation
def merge_promises(
    promise: Promise, *, into: Record, day: dt.date, why: str, by: Actor
) -> Succession:
    """Return the proposal, in review, that a promise is part of another from a day on.

    The open activities of a commitment are proposed to move along. Raises Refused where it is
    closed, no public promise, or something waits of it already, and Invalid.
    """
    return _end(promise, Became.MERGED, into, day, why, by)


@writing.operation
def supersede_promise(
    promise: Promise, *, superseded_by: Record, day: dt.date, why: str, by: Actor
) -> Succession:
    """Return the proposal, in review, that another promise stands in a promise's place.

    As `merge_promises` otherwise.
    """
    return _end(promise, Became.SUPERSEDED, superseded_by, day, why, by)


@writing.operation
def settle(succession: Succession, *, by: Actor, why: str = "") -> Succession:
    """Return what became of a promise, published, with the promise changed to match.

    What waits of its activities on the same day goes along. Raises Refused where it is not in
    review, before its day, or where whoever approves wrote it, and Stale where it has changed.
    """
    promise = cast(Promise, writing.lock(Promise.objects.get(pk=succession.parent_id or 0)))
    current = cast(Succession, writing.lock(succession))
    if current.version != succession.version:
        raise Stale(_("It was changed after you read it; read it again."), {})
    if current.status not in SENT:
        raise Refused(_("Send it for review first."))
    if current.day > today():
        day = date_format(current.day, "j F Y")
        raise Refused(_("This takes effect on %(day)s: publish it then.") % {"day": day})
    if current.became != Became.MOVED and promise.status == Status.PUBLISHED:
        _settle_activities(promise, current, by)
    current = cast(Succession, operations.release(current, by=by, why=why))
    _take_along(promise, current, by)
    return current


@writing.operation
def move_plan(plan: Plan, *, stage: str, on: dt.date, by: Actor, why: str = "") -> Plan:
    """Return the plan at another stage of its life since a day; a public one waits for approval.

    Raises Refused where it has ended, Invalid for a stage there is none of, for the one it is at,
    or for a day before it came to that.
    """
    if plan.stage == Plan.Stage.ENDED:
        raise Refused(_("“%(title)s” has ended.") % {"title": plan.title})
    if stage not in Plan.Stage.values or stage == plan.stage:
        raise Invalid({"stage": [_("Choose the stage that it comes to.")]})
    if plan.stage_since and on < plan.stage_since:
        since = date_format(plan.stage_since, "j F Y")
        raise Invalid({"on": [_("It came to the stage before on %(day)s.") % {"day": since}]})
    values: dict[str, Any] = {"stage": stage, "stage_since": on}
    if stage == Plan.Stage.ENDED:
        values["ends_on"] = plan.ends_on or on
    moved = operations.edit(plan, values, version=plan.version, by=by, why=why)
    return cast(Plan, operations.submit(moved, by=by, why=why))


def waiting_of(promise: Record) -> Succession | None:
    """Return what is proposed to become of a promise and not yet published, or None."""
    found = SUCCESSION.all().filter(parent=promise.pk, status__in=WAITING)
    return cast("Succession | None", found.first())


def propose(
    promise: Promise, became: str, to: Record | None, day: dt.date, why: str, *, by: Actor
) -> Succession:
    """Return a draft of what becomes of a promise. Raises Refused and Invalid.

    For a plan that is being written: it is sent for review with the plan.
    """
    _require_open_to_it(promise, became)
    values = {
        "parent": promise,
        "became": became,
        "day": day,
        "to": to,
        "reason": why.strip(),
        "reference": writing.free_reference(SUCCESSION.name, f"{promise.reference}-{became}-{day}"),
    }
    return cast(Succession, operations.create(SUCCESSION, values, by=by))


def _end(
    promise: Promise, became: str, to: Record, day: dt.date, why: str, by: Actor
) -> Succession:
    made = _propose(promise, became, to, day, why, by)
    if promise.kind == COMMITMENT.name and to.kind == COMMITMENT.name:
        own = Promise.objects.filter(kind=ACTIVITY.name, parent=promise, status=Status.PUBLISHED)
        for activity in own.order_by("pk"):
            if activity.is_open and waiting_of(activity) is None:
                _propose(activity, Became.MOVED, to, day, why, by)
    return made


def _propose(
    promise: Promise,
    became: str,
    to: Record,
    day: dt.date,
    why: str,
    by: Actor,
    printed_reference: str = "",
) -> Succession:
    held = cast(Promise, writing.lock(promise))
    made: Record = propose(held, became, to, day, why, by=by)
    if printed_reference and printed_reference != held.printed_reference:
        printed = {
            "printed_before": held.printed_reference,
            "printed_after": printed_reference.strip(),
        }
        made = operations.edit(made, printed, version=made.version, by=by)
    return cast(Succession, operations.submit(made, by=by))


def _require_open_to_it(promise: Promise, became: str) -> None:
    says = {"title": promise.title}
    if promise.kind not in SUCCESSION.parents:
        raise Refused(_("Meetings follow “%(title)s”: close it there.") % says)
    if promise.status != Status.PUBLISHED:
        raise Refused(_("“%(title)s” is not public: edit or delete it instead.") % says)
    if became != Became.MOVED and not promise.is_open:
        raise Refused(_("“%(title)s” is closed already.") % says)
    if waiting_of(promise):
        raise Refused(_("Something waits already of what becomes of “%(title)s”.") % says)


def _settle_activities(promise: Promise, succession: Succession, by: Actor) -> None:
    """Settle what waits of a commitment's activities and goes the same way on the same day."""
    own = SUCCESSION.all().filter(
        parent__parent=promise.pk, day=succession.day, status__in=SENT, to=succession.to_id
    )
    for waiting in own.order_by("pk"):
        settle(waiting, by=by)


def _take_along(promise: Promise, succession: Succession, by: Actor) -> None:
    """Make of the promise what is now said of it."""
    old = values_of(promise)
    if succession.became == Became.MOVED:
        promise.parent = succession.to
        promise.printed_reference = succession.printed_after or promise.printed_reference
    else:
        promise.progress, promise.progress_as_printed = Progress.SUPERSEDED, ""
        promise.closed_on = succession.day
    if values_of(promise) == old:
        return
    writing.validate(promise)
    why = f"{succession.get_became_display()}: {succession.reason}"[: writing.MOST_WHY]
    writing.keep(promise, "updated", old, by=by, why=why)
