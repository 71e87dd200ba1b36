"""The one write path. Every verb is one transaction and leaves one change behind.

Statuses move: draft → in review → approved → published → withdrawn → draft. A published record is
edited through a draft, which is reviewed and approved into the columns in one step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from peelian.record import clock, guards, search
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.kinds import Kind
from peelian.record.models import GONE, Change, Draft, Link, Record, Status
from peelian.record.values import differences, load, values_of
from peelian.record.writing import (
    apply,
    draft_of,
    keep,
    keys_of_links,
    lock,
    operation,
    validate,
    write_change,
)

TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.IN_REVIEW,),
    Status.IN_REVIEW: (Status.APPROVED, Status.DRAFT),
    Status.APPROVED: (Status.PUBLISHED, Status.DRAFT),
    Status.PUBLISHED: (Status.WITHDRAWN,),
    Status.WITHDRAWN: (Status.DRAFT,),
}


@operation
def create(kind: Kind, values: Mapping[str, Any], *, by: Actor, why: str = "") -> Record:
    """Return a new draft record. Raises Invalid, or Refused if the reference was used before."""
    return _create(kind, values, "created", Status.DRAFT, by=by, why=why)


@operation
def edit(
    record: Record, values: Mapping[str, Any], *, version: int, by: Actor, why: str = ""
) -> Record:
    """Return the record after the edit: in place, or as a draft where it is published.

    Raises Stale if `version` is not the newest, Invalid, or Refused.
    """
    current = lock(record)
    if current.version != version:
        raise Stale(
            _("%(title)s was changed by somebody else while you were writing.")
            % {"title": current.title},
            dict(values),
        )
    if current.status == Status.PUBLISHED or draft_of(current):
        return _propose(current, values, by=by, why=why)
    old = values_of(current)
    links = apply(current, values)
    if current.status != Status.WITHDRAWN:
        current.status = Status.DRAFT  # what was approved is no longer what it says
    return keep(current, "edited", old, by=by, why=why, links=links)


@operation
def submit(record: Record, *, by: Actor, why: str = "") -> Record:
    """Send a draft, or the draft of a published record, for review."""
    current = lock(record)
    if draft := draft_of(current):
        if draft.in_review:
            raise Refused(_("This change is in review already."))
        draft.in_review = True
        draft.save()
        return keep(current, "submitted", values_of(current), by=by, why=why)
    return _move(current, Status.IN_REVIEW, "submitted", by=by, why=why)


@operation
def approve(
    record: Record,
    *,
    by: Actor,
    why: str = "",
    version: int | None = None,
    answers: guards.Answers | None = None,
) -> Record:
    """Approve what is in review; for a published record that puts its draft into the columns.

    `version` is what the approver read: Stale if there is a newer one. Raises Refused if the
    approver wrote any of it, unless the office allows that, or if a guard that stands before the
    public does not let a change of a published record through with these `answers`.
    """
    current = lock(record)
    if version is not None and current.version != version:
        raise Stale(
            _("%(title)s has changed since you read it. Read it again, then decide.")
            % {"title": current.title},
            {},
        )
    draft = draft_of(current)
    _require_second_pair_of_eyes(current, draft, by)
    if not draft:
        return _move(current, Status.APPROVED, "approved", by=by, why=why)
    if not draft.in_review:
        raise Refused(_("Submit this change for review first."))
    old = values_of(current)
    links = apply(current, draft.values)
    if current.status == Status.PUBLISHED:
        guards.pass_by(current, clock.today(), answers or {}, by=by, why=why)
    draft.delete()
    return keep(current, "approved", old, by=by, why=why, links=links)


@operation
def send_back(record: Record, *, by: Actor, why: str) -> Record:
    """Return what is in review, or approved and not yet out, to its author."""
    current = lock(record)
    draft = draft_of(current)
    if not draft and current.status != Status.WITHDRAWN:
        return _move(current, Status.DRAFT, "sent_back", by=by, why=why)
    if not draft or not draft.in_review:
        raise Refused(_("Only something in review can be sent back."))
    draft.in_review = False
    draft.save()
    return keep(current, "sent_back", values_of(current), by=by, why=why)


@operation
def discard(record: Record, *, by: Actor, why: str = "") -> Record:
    """Drop the waiting draft of a published record; what it said stays in the history."""
    current = lock(record)
    draft = draft_of(current)
    if not draft:
        raise Refused(_("There is no draft to discard."))
    proposed = {name: [value, None] for name, value in draft.values.items()}
    draft.delete()
    return keep(current, "discarded", values_of(current), by=by, why=why, proposed=proposed)


@operation
def publish(
    record: Record,
    *,
    by: Actor,
    why: str = "",
    embargo_until: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    answers: guards.Answers | None = None,
) -> Record:
    """Publish an approved record, now or when its embargo ends, until it expires.

    Raises Refused if a guard that stands before the public does not let it through.
    """
    current = lock(record)
    _require_move(current, Status.PUBLISHED)
    day = timezone.localdate(embargo_until) if embargo_until else clock.today()
    guards.pass_by(current, day, answers or {}, by=by, why=why)
    old = values_of(current)
    current.embargo_until, current.expires_at = embargo_until, expires_at
    current.status = Status.PUBLISHED
    validate(current)
    return keep(current, "published", old, by=by, why=why)


@operation
def release(
    record: Record, *, by: Actor, why: str = "", answers: guards.Answers | None = None
) -> Record:
    """Take a record, or its waiting draft, through review to the public in one go.

    For commands whose author is another; the rule of the second pair of eyes holds here too.
    """
    current = lock(record)
    draft = draft_of(current)
    if is_unsent(current, draft):
        current = submit(current, by=by, why=why)
    if current.status == Status.IN_REVIEW or draft:
        current = approve(current, by=by, why=why, answers=answers)
    if current.status == Status.APPROVED:
        current = publish(current, by=by, why=why, answers=answers)
    return current


@operation
def withdraw(record: Record, *, by: Actor, why: str) -> Record:
    """Take a published record, and all that stands under it, out of public sight."""
    return _move(lock(record), Status.WITHDRAWN, "withdrawn", by=by, why=why)


@operation
def reopen(record: Record, *, by: Actor, why: str = "") -> Record:
    """Make a withdrawn record a draft again, its waiting change with it."""
    current = lock(record)
    _require_move(current, Status.DRAFT)
    if current.status != Status.WITHDRAWN:
        raise Refused(_("Only something withdrawn can be reopened."))
    old = values_of(current)
    draft = draft_of(current)
    links = apply(current, draft.values) if draft else {}
    if draft:
        draft.delete()
    current.status = Status.DRAFT
    return keep(current, "reopened", old, by=by, why=why, links=links)


@operation
def delete(record: Record, *, by: Actor, why: str) -> None:
    """Delete a record that nothing refers to; its whole history stays. Raises Refused."""
    current = lock(record)
    if reason := current.delete_refused_because():
        raise Refused(reason)
    old = values_of(current)
    pk = current.pk
    try:
        current.delete()
    except models.ProtectedError as error:
        held = error.protected_objects
        others = sorted(str(row.source if isinstance(row, Link) else row) for row in held)
        raise Refused(
            _("“%(title)s” is referred to by “%(other)s” and must stay.")
            % {"title": current.title, "other": others[0]}
        ) from error
    current.pk, current.version = pk, current.version + 1
    search.forget(pk)
    write_change(current, "deleted", {n: [v, None] for n, v in old.items()}, {}, by=by, why=why)


@operation
def bring_in(kind: Kind, values: Mapping[str, Any], *, by: Actor, why: str) -> tuple[Record, str]:
    """Create or update a record with values that are already public elsewhere.

    Returns the record and `new`, `changed` or `same`. For loaders: the file is the reason, and
    what it holds becomes official at once. Raises Invalid, or Refused where a draft waits or a
    guard that stands before the public does not let its kind through.
    """
    values = kind.model.complete(dict(values))
    reference = load(kind, {"reference": values.get("reference", "")})["reference"]
    existing = kind.all().filter(reference=reference).first()
    if existing is None:
        record = _create(kind, values, "brought_in", Status.PUBLISHED, by=by, why=why)
        guards.pass_by(record, clock.today(), {}, by=by, why=why)
        return record, "new"
    current = lock(existing)
    old = values_of(current)
    links = apply(current, values)
    if old == values_of(current) | keys_of_links(links):
        return current, "same"
    if draft_of(current):
        raise Refused(
            _("“%(title)s” has a draft waiting; approve or discard it first.")
            % {"title": current.title}
        )
    if current.status in (Status.IN_REVIEW, Status.APPROVED):
        current.status = Status.DRAFT  # nobody has approved what it says now
    if current.status == Status.PUBLISHED:
        guards.pass_by(current, clock.today(), {}, by=by, why=why)
    return keep(current, "brought_in", old, by=by, why=why, links=links), "changed"


def _create(
    kind: Kind, values: Mapping[str, Any], action: str, status: str, *, by: Actor, why: str
) -> Record:
    record = kind.model(kind=kind.name, status=status)
    links = apply(record, kind.model.complete(dict(values)))
    used = Change.objects.filter(kind=kind.name, reference=record.reference, action__in=GONE)
    if used.exists():
        raise Refused(
            _("“%(reference)s” belonged to a deleted record; references are never used twice.")
            % {"reference": record.reference}
        )
    return keep(record, action, {}, by=by, why=why, links=links)


def _propose(record: Record, values: Mapping[str, Any], *, by: Actor, why: str) -> Record:
    """Keep an edit of a published record as its draft; the columns do not move."""
    if record.needs_reason and not why.strip():
        raise Invalid({"why": [_("Say why: this is public, and the reason will be shown.")]})
    draft = draft_of(record) or Draft(record_id=record.pk)
    official, before = values_of(record), dict(draft.values)
    trial = type(record)._base_manager.get(pk=record.pk)
    links = apply(trial, before | dict(values))
    proposed = differences(official, values_of(trial) | keys_of_links(links))
    draft.values = {name: pair[1] for name, pair in proposed.items()}
    draft.in_review = False
    draft.authors = sorted({*draft.authors, by.name})
    if draft.values:
        draft.save()
    elif draft.pk:
        draft.delete()  # the edit takes it back to what is official
    shown = {
        name: [before.get(name, official.get(name)), draft.values.get(name, official.get(name))]
        for name in {*before, *draft.values}
        if before.get(name, official.get(name)) != draft.values.get(name, official.get(name))
    }
    return keep(record, "drafted", official, by=by, why=why, proposed=shown)


def is_unsent(record: Record, draft: Draft | None) -> bool:
    """Return whether a record, or the change of it that waits, is yet to be sent for review."""
    return record.status == Status.DRAFT or bool(draft and not draft.in_review)


def _move(record: Record, status: str, action: str, *, by: Actor, why: str) -> Record:
    _require_move(record, status)
    old = values_of(record)
    record.status = status
    return keep(record, action, old, by=by, why=why)


def _require_move(record: Record, status: str) -> None:
    if status not in TRANSITIONS[record.status]:
        raise Refused(
            _("Something with the status “%(now)s” cannot become “%(then)s”.")
            % {"now": Status(record.status).label, "then": Status(status).label}
        )


def _require_second_pair_of_eyes(record: Record, draft: Draft | None, by: Actor) -> None:
    if settings.OFFICE["approver_may_be_author"]:
        return
    authors = set(draft.authors) if draft else _authors_since_approval(record)
    if by.name in authors:
        raise Refused(_("Someone other than the author must approve this."))


def _authors_since_approval(record: Record) -> set[str]:
    authors: set[str] = set()
    for change in Change.objects.filter(record_id=record.pk).order_by("-version"):
        if change.action in ("approved", "published"):
            break
        if change.action in ("created", "edited", "drafted", "brought_in"):
            authors.add(change.by)
    return authors
