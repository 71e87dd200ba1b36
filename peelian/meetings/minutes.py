"""The life of a meeting's minutes: written, with the chair, a public draft, confirmed, signed.

Each step is one transaction with who, when and why. What is confirmed stays as it is; a correction
stands beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q
from django.utils.translation import gettext as _

from peelian.meetings.kinds import ATTENDANCE, DECLARATION, MEETING, MINUTE, MINUTE_CORRECTION
from peelian.meetings.models import Meeting, Minute, MinuteCorrection
from peelian.meetings.notice import out_by
from peelian.meetings.numbering import missing_numbers
from peelian.record import operations, writing
from peelian.record.access import Actor
from peelian.record.clock import today
from peelian.record.errors import Invalid, Refused
from peelian.record.guards import Answers, Question
from peelian.record.models import Draft, Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import PUBLIC, Scope
from peelian.record.values import values_of

Stage = Meeting.Stage
MOVES: Mapping[str, tuple[str, ...]] = {
    Stage.WRITING: (Stage.WITH_CHAIR,),
    Stage.WITH_CHAIR: (Stage.WRITING, Stage.PUBLISHED),
    Stage.PUBLISHED: (Stage.CONFIRMED,),
    Stage.CONFIRMED: (Stage.SIGNED,),
    Stage.SIGNED: (),
}


@dataclass(frozen=True)
class Correction:
    """For these words of a minute, read those; without words to replace, add them."""

    minute: Minute
    said: str
    says: str


@writing.operation
def send_to_chair(meeting: Meeting, *, by: Actor, why: str = "") -> Meeting:
    """Return the meeting, held, with its minutes and attendance in review for the chair to check.

    Raises Refused before the meeting was held, without minutes, or with a number left out.
    """
    held = _locked(meeting, Stage.WITH_CHAIR)
    if held.state == Meeting.State.CANCELLED or held.held_on > today():
        raise Refused(_("This meeting has not been held."))
    minutes = _minutes(held)
    if not minutes:
        raise Refused(_("There are no minutes yet."))
    missing = missing_numbers(minute.number for minute in minutes)
    if missing:
        said = _("Number %(number)s is left out: write it, even if only that it was not taken.")
        raise Refused(said % {"number": missing[0]})
    waiting = _waiting(held)
    for record in _parts(held):
        if operations.is_unsent(record, waiting.get(record.pk)):
            operations.submit(record, by=by, why=why)
    values = {"minutes_stage": Stage.WITH_CHAIR, "state": Meeting.State.HELD}
    return _moved(held, values, "minutes_sent", by=by, why=why)


@writing.operation
def return_to_writer(meeting: Meeting, *, by: Actor, why: str) -> Meeting:
    """Return the meeting with its minutes back from the chair. Raises Invalid without a reason."""
    held = _locked(meeting, Stage.WRITING)
    if not why.strip():
        raise Invalid({"why": [_("Say what the chair wants changed.")]})
    waiting = _waiting(held)
    for record in _parts(held):
        draft = waiting.get(record.pk)
        if record.status == Status.IN_REVIEW or (draft and draft.in_review):
            operations.send_back(record, by=by, why=why)
    return _moved(held, {"minutes_stage": Stage.WRITING}, "minutes_returned", by=by, why=why)


@writing.operation
def publish_draft(meeting: Meeting, *, by: Actor, why: str = "") -> Meeting:
    """Return the meeting with its minutes and attendance public, as a draft until confirmed.

    Raises Refused where who publishes wrote any of it, or while the meeting is not public.
    """
    held = _locked(meeting, Stage.PUBLISHED)
    _require_public(held)
    waiting = _waiting(held)
    for record in _parts(held):
        if record.status != Status.PUBLISHED or record.pk in waiting:
            operations.release(record, by=by, why=why)
    return _moved(held, {"minutes_stage": Stage.PUBLISHED}, "minutes_published", by=by, why=why)


@writing.operation
def confirm(
    meeting: Meeting,
    *,
    at: Meeting,
    by: Actor,
    corrections: Sequence[Correction] = (),
    why: str = "",
) -> Meeting:
    """Return the meeting, its minutes confirmed at a later one with what that one corrected.

    Corrections are public at once: the later meeting agreed them. Raises Refused where something
    of the minutes is not public yet, and Invalid for a meeting that cannot confirm them, or words
    that are not in the minute.
    """
    held = _locked(meeting, Stage.CONFIRMED)
    _require_can_confirm(held, at)
    waiting = _waiting(held)
    for minute in _minutes(held):
        if minute.status != Status.PUBLISHED or minute.pk in waiting:
            said = _("Minute %(number)s is not public as it stands: publish it, or its change.")
            raise Refused(said % {"number": minute.number})
    for correction in corrections:
        _require_of(held, correction.minute)
        _corrected(correction, at, by=by, why=why)
    values = {
        "minutes_stage": Stage.CONFIRMED,
        "confirmed_at": at,
        "confirmed_on": at.held_on,
    }
    return _moved(held, values, "minutes_confirmed", by=by, why=why)


@writing.operation
def correct(correction: Correction, *, at: Minute, by: Actor, why: str = "") -> MinuteCorrection:
    """Return a correction of a confirmed minute, as the minute of a later meeting says it.

    Raises Refused where the minutes are not confirmed, and Invalid for a minute that cannot
    correct them, or words that are not there.
    """
    held = _meeting(correction.minute)
    if not held.is_confirmed:
        raise Refused(_("These minutes are not confirmed yet: edit the minute itself."))
    later = _meeting(at)
    if later.body_id != held.body_id or later.held_on <= held.held_on:
        said = _("Name a minute of a later meeting of the same body.")
        raise Invalid({"corrected_at": [said]})
    _require_public(at)
    return _corrected(correction, at, by=by, why=why)


@writing.operation
def sign(
    meeting: Meeting, *, signed_by: Record, signed_on: dt.date, by: Actor, why: str = ""
) -> Meeting:
    """Return the meeting, its minutes signed by whoever presided when they were confirmed, or next.

    Local Government Act 1972, Schedule 12, paragraph 41. Raises Invalid for a day before the
    confirmation or still to come.
    """
    held = _locked(meeting, Stage.SIGNED)
    if signed_on > today():
        raise Invalid({"signed_on": [_("The day must be today or past.")]})
    if held.confirmed_on and signed_on < held.confirmed_on:
        raise Invalid({"signed_on": [_("This day is before the minutes were confirmed.")]})
    values = {"minutes_stage": Stage.SIGNED, "signed_by": signed_by, "signed_on": signed_on}
    return _moved(held, values, "minutes_signed", by=by, why=why)


class ConfirmedGuard:
    """Lets no further minute go public under a meeting whose minutes are confirmed."""

    def asks(self, record: Record, on: dt.date) -> Question | None:
        """Return None: there is nothing to answer."""
        return None

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Raise Refused for a minute that is new; a file brings what was confirmed elsewhere."""
        is_new = isinstance(record, Minute) and record.status == Status.APPROVED
        if is_new and _meeting(record).is_confirmed and not out_by(record).exists():
            raise Refused(_("The minutes of this meeting are confirmed: none is added to them."))


def _locked(meeting: Meeting, to: str) -> Meeting:
    """Return the meeting as it is now. Raises Refused where its minutes may not go to a stage."""
    held = cast(Meeting, writing.lock(meeting))
    if to not in MOVES[held.minutes_stage]:
        said = _("Minutes that are “%(now)s” cannot become “%(then)s”.")
        now, then = Stage(held.minutes_stage).label, Stage(to).label
        raise Refused(said % {"now": now, "then": then})
    return held


def _moved(
    meeting: Meeting, values: Mapping[str, Any], action: str, *, by: Actor, why: str
) -> Meeting:
    old = values_of(meeting)
    links = writing.apply(meeting, values)
    return cast(Meeting, writing.keep(meeting, action, old, by=by, why=why, links=links))


def _minutes(meeting: Meeting) -> list[Minute]:
    """Return a meeting's minutes in order, without those taken back from the public."""
    found = MINUTE.all().filter(parent=meeting).exclude(status=Status.WITHDRAWN)
    return list(found.order_by("number", "pk"))


def _parts(meeting: Meeting) -> list[Record]:
    """Return what goes to the chair and to the public together: minutes, who came and declared."""
    of_meeting = Q(parent=meeting) | Q(parent__parent=meeting)
    others = (
        kind.all().filter(of_meeting).exclude(status=Status.WITHDRAWN).order_by("pk")
        for kind in (ATTENDANCE, DECLARATION)
    )
    return [*_minutes(meeting), *(record for found in others for record in found)]


def _waiting(meeting: Meeting) -> dict[int, Draft]:
    """Return the changes that wait for approval, by the record they change."""
    of_meeting = Q(record__parent=meeting) | Q(record__parent__parent=meeting)
    return {draft.record_id: draft for draft in Draft.objects.filter(of_meeting)}


def _meeting(minute: Record) -> Meeting:
    found: Meeting | None = MEETING.all().filter(pk=minute.parent_id or 0).first()
    if found is None:
        raise Invalid({"__all__": [_("Name a minute.")]})
    return found


def later_meetings(minute: Minute, scope: Scope) -> RecordQuerySet[Any]:
    """Return the meetings of the same body after that of a minute."""
    held = _meeting(minute)
    return scope.of(MEETING).filter(body=held.body_id, held_on__gt=held.held_on)


def _require_public(record: Record) -> None:
    if not PUBLIC.see(Record.objects.filter(pk=record.pk)).exists():
        raise Refused(_("“%(title)s” is not public yet: publish it first.") % {"title": record})


def _require_of(meeting: Meeting, minute: Minute) -> None:
    if minute.parent_id != meeting.pk:
        said = _("Minute %(number)s is not one of this meeting.") % {"number": minute.number}
        raise Invalid({"corrections": [said]})


def _require_can_confirm(meeting: Meeting, at: Meeting) -> None:
    """Refuse what is no later meeting of the same body, held and public."""
    if at.body_id != meeting.body_id or at.held_on <= meeting.held_on:
        raise Invalid({"confirmed_at": [_("Name a later meeting of the same body.")]})
    if at.state == Meeting.State.CANCELLED or at.held_on > today():
        raise Invalid({"confirmed_at": [_("That meeting has not been held.")]})
    _require_public(at)


def _corrected(correction: Correction, at: Record, *, by: Actor, why: str) -> MinuteCorrection:
    """Return a correction, public at once, for a meeting has agreed it. Raises Invalid."""
    minute, said = correction.minute, " ".join(correction.said.split())
    if said not in " ".join(minute.text.split()):
        why_not = _("These words do not stand in minute %(number)s.") % {"number": minute.number}
        raise Invalid({"said": [why_not]})
    base = f"{minute.reference}-c"
    used = writing.references_used(MINUTE_CORRECTION.name, base)
    values = {
        "reference": f"{base}{len(used) + 1}",
        "parent": minute,
        "said": said,
        "says": " ".join(correction.says.split()),
        "corrected_at": at,
    }
    record, _how = operations.bring_in(MINUTE_CORRECTION, values, by=by, why=why)
    return cast(MinuteCorrection, record)
