"""Moving an item of the work programme to another meeting or to no date, and what was moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.meetings.kinds import MEETING, WORK_PROGRAMME
from peelian.meetings.models import Meeting, WorkProgrammeItem
from peelian.meetings.programme import Form, Placed, meetings_for, panel_of, placed, waiting_of
from peelian.meetings.programme_slots import slots_of_items
from peelian.pages.comparison import titles_of
from peelian.record import clock, operations
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Change, Record, Status
from peelian.record.scope import Scope
from peelian.record.values import Values
from peelian.record.writing import draft_of, lock, operation


def standing_of(item: WorkProgrammeItem, scope: Scope) -> Placed:
    """Return an item where it stands, or will stand once what waits is approved."""
    waiting = waiting_of([item], scope)
    return placed([item], waiting, meetings_for([item], waiting, scope))[0]


def open_meetings(now: Placed, scope: Scope) -> list[Meeting]:
    """Return the planned meetings of an item's body, by day: those to which it can be moved."""
    planned = scope.of(MEETING).filter(body=_body_of(now, scope), state=Meeting.State.PLANNED)
    return list(planned.order_by("held_on", "pk"))


def _body_of(now: Placed, scope: Scope) -> int | None:
    """Return whose programme an item is on: its meeting says so, else the item, else the panel."""
    if now.meeting:
        return now.meeting.body_id
    panel = panel_of(scope)
    return now.item.body_id or (panel.pk if panel else None)


@operation
def move_item(
    item: WorkProgrammeItem, to: Meeting | None, *, version: int, by: Actor, why: str
) -> Record:
    """Return the item after it was moved to a meeting of its body, or to no date with None.

    What is public keeps its place there; its move is sent for review. Raises Refused for a meeting
    that is over, cancelled or of another body, where it would stay, and past the day the law asks
    for it by while another is in time; Invalid where it is public and no reason is given; Stale as
    an edit does.
    """
    current: Any = lock(item)
    scope = Scope(by)
    now = standing_of(current, scope)
    body = _body_of(now, scope)
    _require_move(now, to, body)
    if current.duty:
        _require_time(current, to, scope)
    if current.status == Status.PUBLISHED and not why.strip():
        raise Invalid({"why": [_("Say why it moves: what is public does not move without.")]})
    values: Values = {"meeting": to, "month": to.held_on.replace(day=1) if to else None}
    if to is None:
        values["body"] = Record.objects.filter(pk=body or 0).first()
    elif current.form == Form.POTENTIAL:
        asked = current.requested_on or current.requested_by_id or current.requested_at_id
        values["form"] = Form.REQUESTED if asked else Form.ROUTINE
    before = draft_of(current)
    moved = operations.edit(current, values, version=version, by=by, why=why)
    if moved.status == Status.PUBLISHED and (before is None or before.in_review):
        # Never what a colleague is still writing; and a way back leaves nothing to review.
        moved = operations.submit(moved, by=by, why=why) if draft_of(moved) else moved
    return moved


def _require_move(now: Placed, to: Meeting | None, body: int | None) -> None:
    if now.item.status == Status.WITHDRAWN:
        raise Refused(_("“%(title)s” is withdrawn: reopen it first.") % {"title": now.item.title})
    if to is None:
        if now.meeting is None and now.month is None:
            raise Refused(_("It has no date already."))
        return
    said = {"meeting": to.title}
    if to.state != Meeting.State.PLANNED:
        raise Refused(_("“%(meeting)s” is over or cancelled.") % said)
    if body is not None and to.body_id != body:
        raise Refused(_("“%(meeting)s” is of another body.") % said)
    if now.meeting and now.meeting.pk == to.pk:
        raise Refused(_("It stands at “%(meeting)s” already.") % said)


def _require_time(item: WorkProgrammeItem, to: Meeting | None, scope: Scope) -> None:
    slot = slots_of_items(scope, clock.today()).get(item.pk)
    if slot and (why_not := slot.refuses(to)):
        raise Refused(why_not)


@dataclass(frozen=True)
class Move:
    """An item that went from one place to another: when, by whom and why, and what became of it."""

    item: Record
    at: dt.datetime
    before: str
    after: str
    by: str
    why: str
    outcome: str = ""


def moves_of(items: Iterable[Record], scope: Scope) -> list[Move]:
    """Return every move of some items, the newest first. Two queries. For the office alone.

    A move of what is public stands once, where it was asked for, with what became of it.
    """
    known = {item.pk: item for item in items}
    kept = Change.objects.filter(kind=WORK_PROGRAMME.name, record_id__in=known)
    changes = list(kept.order_by("record_id", "version"))
    steps = [step for one in changes for step in (one.values, one.proposed)]
    titles = titles_of((raw for step in steps for raw in step.get("meeting", ())), scope)
    by_item: dict[int, list[Change]] = {}
    for change in changes:
        by_item.setdefault(change.record_id, []).append(change)
    found = [move for pk, own in by_item.items() for move in _moves(known[pk], own, titles)]
    return sorted(found, key=lambda move: move.at, reverse=True)


def _moves(item: Record, changes: Sequence[Change], titles: dict[str, str]) -> list[Move]:
    """Return the moves of one item, from its changes in their order."""
    found: list[Move] = []
    waiting: list[int] = []  # which of them nobody has decided
    official: Values = {}
    for change in changes:
        step = change.proposed if change.action == "drafted" else change.values
        is_move = official and ("meeting" in step or "month" in step)
        if waiting and change.action in ("approved", "discarded", "reopened"):
            for place in waiting:
                found[place] = replace(found[place], outcome=_outcome(change))
            waiting = []
        elif is_move and change.action != "discarded":
            before, after = (_place(step, official, titles, n) for n in (0, 1))
            move = Move(item, change.at, before, after, change.by, change.why)
            if change.action == "drafted":
                waiting.append(len(found))
                move = replace(move, outcome=_("Waits for approval"))
            found.append(move)
        official |= {name: pair[1] for name, pair in change.values.items()}
    return found


def _outcome(change: Change) -> str:
    says = {"by": change.by, "day": date_format(timezone.localtime(change.at), "j F Y")}
    if change.action == "discarded":
        return _("Dropped by %(by)s on %(day)s") % says
    return _("Approved by %(by)s on %(day)s") % says


def _place(step: dict[str, list[Any]], official: Values, titles: dict[str, str], n: int) -> str:
    """Return in words where an item stood before (0) or stands after (1) a step."""
    meeting = step["meeting"][n] if "meeting" in step else official.get("meeting")
    month = step["month"][n] if "month" in step else official.get("month")
    if meeting:
        return titles.get(meeting, meeting)
    return date_format(dt.date.fromisoformat(month), "F Y") if month else _("No date")
