"""What is done to promises: asking for updates, recording and approving them, closing a promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.promises.kinds import ROUND, UPDATE
from peelian.promises.models import (
    CLOSED,
    Every,
    Plan,
    Progress,
    ProgressUpdate,
    Promise,
    Release,
    UpdateRound,
)
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import GONE, Audience, Change, Draft, Record, Status
from peelian.record.values import values_of


@writing.operation
def open_round(
    plan: Plan,
    *,
    as_at: dt.date,
    closes_on: dt.date,
    by: Actor,
    every: str = Every.QUARTER,
    objective: Record | None = None,
    asked_of: Record | None = None,
    board: Record | None = None,
) -> UpdateRound:
    """Return a new round that asks for an update on every open activity of the plan.

    `objective`, `asked_of` and `board` narrow what it asks for. A round is the office's own
    business and never public. Raises Invalid where it would close before the day it is about, or
    where the plan has such a round for that day already.
    """
    if closes_on < as_at:
        raise Invalid({"closes_on": [_("A round cannot close before the day it is about.")]})
    narrowed = [record for record in (objective, asked_of, board) if record]
    title = _("Updates as at %(day)s") % {"day": date_format(as_at, "j F Y")}
    values = {
        "reference": "-".join([plan.reference, str(as_at), *(r.reference for r in narrowed)])[:80],
        "title": ": ".join([title, *(record.title for record in narrowed)])[:600],
        "parent": plan,
        "as_at": as_at,
        "opens_on": today(),
        "closes_on": closes_on,
        "every": every,
        "objective": objective,
        "asked_of": asked_of,
        "board": board,
        "audience": Audience.OFFICE,
    }
    return cast(UpdateRound, operations.create(ROUND, values, by=by))


@writing.operation
def record_update(
    promise: Promise,
    *,
    as_at: dt.date,
    progress: str,
    text: str,
    version: int | None,
    by: Actor,
    why: str = "",
    release: str = "",
) -> ProgressUpdate:
    """Return the update of this promise and date, created or edited as a draft.

    `version` is the one that was read; None or 0 says that there was none. `release` says who may
    hear it; empty leaves that as it is, and is public for a new one. Raises Stale where a
    colleague saved first (also where they created it first), Invalid, or Refused. Saying again
    what the update says already changes nothing.
    """
    said = {"progress": progress, "text": text.strip()}
    _require_words(said)
    held = writing.lock(promise)  # colleagues who create the same update wait for each other
    existing = update_for(promise, as_at)
    if existing is None:
        if version:
            raise Stale(_("A colleague has deleted this update."), said)
        reference = _free_reference(promise, as_at)
        made: dict[str, Any] = {"parent": held, "as_at": as_at, "reference": reference}
        made |= said | _heard_by(release or Release.PUBLIC)
        return cast(ProgressUpdate, operations.create(UPDATE, made, by=by, why=why))
    standing = said_by(existing, writing.draft_of(existing))
    release = release or standing["release"]
    if standing == {**said, "release": release}:
        return existing
    if existing.version != version:
        raise Stale(_("A colleague saved this row while you were writing."), said)
    if existing.status == Status.WITHDRAWN:
        existing = cast(ProgressUpdate, operations.reopen(existing, by=by, why=why))
    said |= {"progress_as_printed": ""}
    said |= _heard_by(release) if release != standing["release"] else {}
    changed = operations.edit(existing, said, version=existing.version, by=by, why=why)
    return cast(ProgressUpdate, changed)


@writing.operation
def submit_updates(updates: Iterable[ProgressUpdate], *, by: Actor) -> list[ProgressUpdate]:
    """Return those sent for review; what a colleague has sent already is passed over."""
    sent = []
    for update in sorted(updates, key=_lock_order):
        current = writing.lock(update)
        if operations.is_unsent(current, writing.draft_of(current)):
            sent.append(cast(ProgressUpdate, operations.submit(current, by=by)))
    return sent


@writing.operation
def approve_updates(updates: Iterable[ProgressUpdate], *, by: Actor) -> list[ProgressUpdate]:
    """Return the updates, published; the newest of a promise takes the promise's status along.

    All or none. Raises Stale where one has changed since it was read, and Refused where the
    approver wrote it or it is not in review.
    """
    return [_approve(update, by) for update in sorted(updates, key=_lock_order)]


@writing.operation
def close_promise(
    promise: Promise,
    *,
    evidence: str,
    closed_on: dt.date,
    by: Actor,
    progress: str = Progress.COMPLETE,
    shown_by: Record | None = None,
    closed_at: Record | None = None,
    to_report: bool = False,
) -> Promise:
    """Return the promise, complete or superseded, with its evidence, as words or as a record.

    A published one waits for approval. Raises Stale where it changed since it was read, Refused
    where it is closed already, and Invalid without evidence, with a day that has not come, or
    where it is followed by meetings and nothing is said of the minute.
    """
    if progress not in CLOSED:
        raise Invalid({"progress": [_("Say whether it is complete or superseded.")]})
    if not evidence.strip() and shown_by is None:
        raise Invalid({"evidence": [_("Say what shows that this was done.")]})
    if closed_on > today():
        raise Invalid({"closed_on": [_("The closing date must be today or in the past.")]})
    if promise.closed_on or promise.progress == Progress.SUPERSEDED:
        raise Refused(_("“%(title)s” is closed already.") % {"title": promise.title})
    values: dict[str, Any] = {
        "progress": progress,
        "closed_on": closed_on,
        "evidence": evidence.strip(),
    }
    if promise.is_followed:
        values |= {"shown_by": shown_by, "closed_at": closed_at, "to_report": to_report}
    version = promise.version
    return cast(Promise, operations.edit(promise, values, version=version, by=by))


def update_for(promise: Promise, as_at: dt.date) -> ProgressUpdate | None:
    """Return the update of this promise and date, whatever its status, or None."""
    return cast(
        "ProgressUpdate | None", UPDATE.all().filter(parent=promise.pk, as_at=as_at).first()
    )


def said_by(update: ProgressUpdate, draft: Draft | None) -> dict[str, Any]:
    """Return status, text and release of an update, as its waiting change has them if it does."""
    waiting = draft.values if draft else {}
    names = ("progress", "text", "release")
    return {name: waiting.get(name, getattr(update, name)) for name in names}


def _lock_order(update: ProgressUpdate) -> int:
    """Return what everybody locks by, so that no two wait for each other for ever."""
    return update.pk


def _require_words(said: dict[str, str]) -> None:
    errors: dict[str, list[str]] = {}
    if not said["text"]:
        errors["text"] = [_("Write what has happened since the last update.")]
    if said["progress"] not in Progress.values:
        errors["progress"] = [_("Choose a status.")]
    if errors:
        raise Invalid(errors)


def _heard_by(release: str) -> dict[str, str]:
    """Return the columns that say who may hear an update. Raises Invalid."""
    if release not in Release.values:
        raise Invalid({"release": [_("Choose who may hear it.")]})
    return {"release": release, "audience": Release(release).audience}


def _free_reference(promise: Promise, as_at: dt.date) -> str:
    """Return `<promise>-<as at>`, numbered on where a deleted update bore it."""
    base = f"{promise.reference}-{as_at}"
    deleted = Change.objects.filter(kind=UPDATE.name, action__in=GONE, reference__startswith=base)
    gone = deleted.values("reference").distinct().count()
    return f"{base}-{gone + 1}" if gone else base


def _approve(update: ProgressUpdate, by: Actor) -> ProgressUpdate:
    promise = writing.lock(Promise.objects.get(pk=update.parent_id or 0))
    current = writing.lock(update)
    if current.version != update.version:
        raise Stale(_("It was changed after you read it; read it again."), {})
    if current.status != Status.APPROVED:
        current = operations.approve(current, by=by)
    if current.status == Status.APPROVED:
        current = operations.publish(current, by=by)
    approved = cast(ProgressUpdate, current)
    _take_along(cast(Promise, promise), approved, by)
    return approved


def _take_along(promise: Promise, update: ProgressUpdate, by: Actor) -> None:
    """Make the promise's own status what its newest public update says.

    The status is public with the promise, so what only the office or the panel may hear leaves it.
    """
    if update.audience != Audience.PUBLIC:
        return
    later = UPDATE.all().filter(
        parent=promise.pk, status=Status.PUBLISHED, audience=Audience.PUBLIC
    )
    if later.filter(as_at__gt=update.as_at).exists():
        return
    if promise.closes_by_evidence and update.progress in CLOSED:
        return  # it is reported done; closing it needs evidence, and a minute or an inspector
    old = values_of(promise)
    promise.progress = update.progress
    promise.progress_as_printed = update.progress_as_printed
    if promise.progress not in CLOSED:
        promise.reopen()
    if values_of(promise) == old:
        return
    why = _("Update as at %(day)s") % {"day": date_format(update.as_at, "j F Y")}
    writing.keep(promise, "updated", old, by=by, why=why)
