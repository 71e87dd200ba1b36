"""What is done to undertakings and recommendations at meetings: given, answered, closed, minuted.

Each is sent for review at once, so that whoever minutes a meeting needs no further step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext as _

from peelian.meetings.models import Meeting
from peelian.promises.models import CLOSED, Progress, Promise
from peelian.promises.operations import close_promise
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Invalid, Refused
from peelian.record.kinds import Kind
from peelian.record.models import Record


@writing.operation
def give(kind: Kind, made_at: Record, values: Mapping[str, Any], *, by: Actor) -> Promise:
    """Return an undertaking or recommendation of a meeting or minute, sent for review.

    Its reference is made from where it was given. Raises Invalid.
    """
    held = writing.lock(made_at)  # two people who add to one minute wait for each other
    made = {**values, "made_at": held, "reference": _free_reference(kind, held)}
    made.setdefault("progress", Progress.NOT_STARTED)
    return _sent(operations.create(kind, made, by=by), by)


@writing.operation
def answer(
    recommendation: Promise, *, answer: str, response: str, responded_on: dt.date, by: Actor
) -> Promise:
    """Return the recommendation with the response to it, sent for review.

    The policing body must respond in writing where the panel requires it (Police Reform and Social
    Responsibility Act 2011, s.29(3)-(4)). Raises Invalid without words, with a day that has not
    come or that was before the meeting, and Stale.
    """
    if not response.strip():
        raise Invalid({"response": [_("Write down what the response says.")]})
    if responded_on > today():
        raise Invalid({"responded_on": [_("The day of the response must be today or past.")]})
    _require_after_given(recommendation, responded_on, "responded_on")
    values = {"answer": answer, "response": response.strip(), "responded_on": responded_on}
    edited = operations.edit(recommendation, values, version=recommendation.version, by=by)
    return _sent(edited, by)


@writing.operation
def close(
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
    """Return the undertaking or recommendation, closed and sent for review.

    Closing needs evidence, and the minute at which it was closed or the word that it is to be
    reported to the next meeting. Raises Invalid, Refused where it is closed already, and Stale.
    """
    waiting = writing.draft_of(promise)
    if waiting and waiting.in_review and waiting.values.get("progress") in CLOSED:
        raise Refused(_("Its closing waits for approval already."))
    _require_after_given(promise, closed_on, "closed_on")
    if closed_at is not None:
        _require_minute_of_same_body(promise, closed_at, closed_on)
    closed = close_promise(
        promise,
        evidence=evidence,
        closed_on=closed_on,
        by=by,
        progress=progress,
        shown_by=shown_by,
        closed_at=closed_at,
        to_report=to_report and closed_at is None,
    )
    return _sent(closed, by)


@writing.operation
def minute_closing(promise: Promise, *, closed_at: Record, by: Actor) -> Promise:
    """Return what was closed between meetings, with the minute that says so, sent for review.

    Raises Refused where it is not closed yet or is minuted already, Invalid for a minute of another
    body or of a meeting before the closing, and Stale.
    """
    if promise.progress not in CLOSED or promise.closed_on is None:
        raise Refused(_("“%(title)s” is not closed yet.") % {"title": promise.title})
    if promise.closed_at_id is not None:
        raise Refused(_("The closing of “%(title)s” is minuted.") % {"title": promise.title})
    _require_minute_of_same_body(promise, closed_at, promise.closed_on)
    values = {"closed_at": closed_at, "to_report": False}
    return _sent(operations.edit(promise, values, version=promise.version, by=by), by)


def meeting_of(record: Record | None) -> Meeting | None:
    """Return the meeting that a minute belongs to, or the meeting itself; None for neither."""
    if record is None:
        return None
    return Meeting.objects.filter(pk__in=[record.pk, record.parent_id or 0]).first()


def _require_after_given(promise: Promise, day: dt.date, field: str) -> None:
    given = meeting_of(promise.made_at)
    if given and day < given.held_on:
        raise Invalid({field: [_("This day is before the meeting at which it was given.")]})


def _require_minute_of_same_body(promise: Promise, minute: Record, closed_on: dt.date) -> None:
    """Refuse a minute in which the body that was promised it would not find it."""
    held, given = meeting_of(minute), meeting_of(promise.made_at)
    if held is None or minute.kind != "minute":
        raise Invalid({"closed_at": [_("Name a minute.")]})
    if given and held.body_id != given.body_id:
        said = _("Name a minute of the body to which it was given.")
        raise Invalid({"closed_at": [said]})
    if held.held_on < closed_on:
        raise Invalid({"closed_at": [_("The meeting of this minute was before the closing.")]})


def _free_reference(kind: Kind, made_at: Record) -> str:
    """Return `<minute>-u1`, counted on past those that were deleted."""
    base = f"{made_at.reference}-{kind.name[0]}"
    taken = writing.references_used(kind.name, base)
    return next(f"{base}{n}" for n in range(1, len(taken) + 2) if f"{base}{n}" not in taken)


def _sent(record: Record, by: Actor) -> Promise:
    """Return a record that is in review, unless it was taken back from the public."""
    if operations.is_unsent(record, writing.draft_of(record)):
        record = operations.submit(record, by=by)
    return cast(Promise, record)
