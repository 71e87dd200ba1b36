"""What a careful reader would notice of the work programme: duties left out, items out of place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.law.dates import financial_year
from peelian.meetings.kinds import MEETING, WORK_PROGRAMME
from peelian.meetings.models import Meeting, WorkProgrammeItem
from peelian.meetings.programme import meetings_for, panel_of, placed, waiting_of
from peelian.meetings.programme_slots import Slot, Standing, slots_in
from peelian.record.models import Status
from peelian.record.scope import Scope


@check("programme-duty", gettext_lazy("Duties that no meeting has in time"), Severity.WARNING)
def duties_without_a_meeting(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find duties of the panel, this year's and next, that stand at no meeting in time.

    Where no meeting lies in time that is found once a later one is planned, and not before the
    year's meetings are.
    """
    this = financial_year(as_at)
    slots = [slot for year in (this, this.shifted(1)) for slot in slots_in(year, scope, as_at)]
    last = scope.of(MEETING).filter(body=panel_of(scope), state=Meeting.State.PLANNED)
    newest = last.order_by("held_on", "pk").last()
    for slot in slots:
        if slot.standing == Standing.NONE:
            if newest and newest.held_on > slot.due:
                yield _no_meeting(slot, scope)
        elif slot.standing == Standing.OPEN or (slot.standing == Standing.LOOSE and slot.best):
            yield _left_out(slot)
        elif slot.standing == Standing.OUT_OF_TIME and slot.due >= as_at:
            yield _out_of_time(slot)


def _no_meeting(slot: Slot, scope: Scope) -> Finding:
    panel = panel_of(scope)
    return Finding(
        panel,
        slot.title,
        _("No meeting is planned %(window)s.") % {"window": slot.window},
        slot.duty.rule.silence,
        _("Plan a meeting in that time, or move one."),
    )


def _left_out(slot: Slot) -> Finding:
    item = slot.placed.item if slot.placed else None
    meeting = slot.best
    says = {"meeting": meeting, "day": date_format(slot.due, "j F Y")}
    return Finding(
        item or meeting,
        slot.title,
        _("It is due by %(day)s and stands at no meeting. “%(meeting)s” lies in time.") % says,
        slot.duty.rule.silence,
        _("Put it on the work programme of that meeting."),
        (meeting,) if item and meeting else (),
    )


def _out_of_time(slot: Slot) -> Finding:
    one = slot.placed
    meeting = one.meeting if one else None
    return Finding(
        one.item if one else None,
        slot.title,
        _("It stands at “%(meeting)s”. A meeting is in time %(window)s.")
        % {"meeting": meeting, "window": slot.window},
        slot.duty.rule.silence,
        _("Move it to a meeting in that time, or plan one."),
        (meeting,) if meeting else (),
    )


@check("programme-place", gettext_lazy("Work programme items out of place"), Severity.WARNING)
def items_out_of_place(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find items at a meeting that was cancelled, and those whose month is not their meeting's.

    An item whose move waits for approval is taken as moved.
    """
    items: list[WorkProgrammeItem] = list(
        scope.of(WORK_PROGRAMME).exclude(status=Status.WITHDRAWN).in_order()
    )
    waiting = waiting_of(items, scope)
    for one in placed(items, waiting, meetings_for(items, waiting, scope)):
        meeting = one.meeting
        if meeting and meeting.state == Meeting.State.CANCELLED:
            yield Finding(
                one.item,
                one.item.title,
                _("It stands at “%(meeting)s”, which was cancelled.") % {"meeting": meeting},
                _("Nobody will take it there."),
                _("Move it to another meeting, or to no date."),
                (meeting,),
            )
        elif meeting and one.month and one.month.replace(day=1) != meeting.held_on.replace(day=1):
            said = {
                "month": date_format(one.month, "F Y"),
                "day": date_format(meeting.held_on, "j F Y"),
            }
            yield Finding(
                one.item,
                one.item.title,
                _("It says %(month)s, and its meeting is on %(day)s.") % said,
                _("A reader cannot tell when it comes."),
                _("Correct its month or its meeting."),
                (meeting,),
            )
