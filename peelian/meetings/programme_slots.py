"""What the law asks of the panel in a year, and the meeting at which each has to stand.

Rules say what they put on the work programme (`programme` in rules/*.yaml). Each is placed at the
last meeting on or before its last day, and not before what it has to follow.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import words
from peelian.duties.calendar import Duty, due_between, rules
from peelian.law.calendar import slot_title
from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.kinds import WORK_PROGRAMME
from peelian.meetings.models import Meeting, WorkProgrammeItem
from peelian.meetings.programme import (
    Form,
    Placed,
    meetings_for,
    panel_of,
    placed,
    waiting_of,
)
from peelian.record import clock, operations
from peelian.record.access import Actor
from peelian.record.errors import Refused
from peelian.record.models import Audience, Record, Status
from peelian.record.scope import Scope
from peelian.record.values import Values
from peelian.record.writing import free_reference, lock, operation


class Standing(TextChoices):
    """How a duty stands with the work programme."""

    PLACED = "placed", gettext_lazy("On the work programme")
    OUT_OF_TIME = "out_of_time", gettext_lazy("At a meeting that is not in time")
    LOOSE = "loose", gettext_lazy("On it, without a meeting")
    MET = "met", gettext_lazy("Met")
    PAST = "past", gettext_lazy("Its last day has passed")
    OPEN = "open", gettext_lazy("Not on it yet")
    NONE = "none", gettext_lazy("No meeting lies in time")


# The status whose shape and colour a standing borrows.
LOOKS = {
    Standing.PLACED: "met",
    Standing.OUT_OF_TIME: "late",
    Standing.LOOSE: "due",
    Standing.MET: "met",
    Standing.PAST: "not_started",
    Standing.OPEN: "due",
    Standing.NONE: "late",
}

_OVER = (Standing.MET, Standing.PAST)


@dataclass(frozen=True)
class Slot:
    """A duty and the time in which a meeting can meet it; `best` is the last planned one in it."""

    duty: Duty
    since: dt.date
    on: dt.date
    best: Meeting | None = None
    placed: Placed | None = None

    @property
    def title(self) -> str:
        """Return what the item is called."""
        return slot_title(self.duty.occurrence)

    @property
    def due(self) -> dt.date:
        """Return its last day."""
        return self.duty.occurrence.due

    @property
    def standing(self) -> Standing:
        """Return how it stands."""
        if self.placed:
            if self.placed.meeting is None:
                return Standing.LOOSE
            in_time = self.since <= self.placed.meeting.held_on <= self.due
            return Standing.PLACED if in_time else Standing.OUT_OF_TIME
        if self.duty.is_closed:
            return Standing.MET
        if self.due < self.on:
            return Standing.PAST
        return Standing.OPEN if self.best else Standing.NONE

    @property
    def wants(self) -> str:
        """Return the form of meeting it wants, where it has another or none; else nothing."""
        form = self.duty.rule.programme.meeting if self.duty.rule.programme else ""
        at = self.placed.meeting if self.placed else self.best
        if not form or self.standing in _OVER or (at and at.form == form):
            return ""
        return str(Meeting.Form(form).label)

    @property
    def look(self) -> str:
        """Return the status code whose shape and colour its standing borrows."""
        return LOOKS[self.standing]

    @property
    def window(self) -> str:
        """Return in words between which days a meeting is in time."""
        says = {n: date_format(day, "j F Y") for n, day in (("a", self.since), ("b", self.due))}
        return _("from %(a)s to %(b)s") % says

    def refuses(self, to: Meeting | None) -> str:
        """Return why its item may not move to a meeting, or to no date; nothing where it may.

        Past the day that the law says no move goes while a planned meeting lies in time. One
        before what it follows may turn out to be in time, so that it is left to the checks.
        """
        if not (self.best and self.duty.rule.dated_by_law) or self.duty.is_closed:
            return ""
        if to and to.held_on <= self.due:
            return ""
        says = {"day": date_format(self.due, "j F Y"), "meeting": self.best.title}
        return _("The law asks for it by %(day)s, and “%(meeting)s” is in time.") % says


def slots_of_items(scope: Scope, on: dt.date) -> dict[int, Slot]:
    """Return the duties of this year and the next that items stand for, by item."""
    this = financial_year(on)
    found = [slot for year in (this, this.shifted(1)) for slot in slots_in(year, scope, on)]
    return {slot.placed.item.pk: slot for slot in found if slot.placed}


def slots_in(year: FinancialYear, scope: Scope, on: dt.date) -> list[Slot]:
    """Return every duty of a financial year that has a place on the panel's work programme."""
    follows = {rule.programme.after for rule in rules() if rule.programme}
    wanted = [rule for rule in rules() if rule.programme or rule.id in follows]
    duties = due_between(year.first, year.last, scope=scope, only=wanted, today=on, in_brief=True)
    by_key = {duty.occurrence.key: duty for duty in duties}
    planned, items = _standing(scope, on)
    found = []
    for duty in duties:
        if duty.rule.programme is None:
            continue
        since = _since(duty, by_key, year)
        in_time = [m for m in planned if since <= m.held_on <= duty.occurrence.due]
        best = _best(in_time, duty.rule.programme.meeting)
        found.append(Slot(duty, since, on, best, items.get(duty.occurrence.key)))
    return found


def _best(in_time: Sequence[Meeting], form: str) -> Meeting | None:
    """Return the last meeting of the form that takes a duty, else the last that takes any."""
    own = [one for one in in_time if one.form == form]
    others = [one for one in in_time if one.sort.takes_any]
    return next(reversed(own or others), None)


def _standing(scope: Scope, on: dt.date) -> tuple[list[Meeting], dict[str, Placed]]:
    """Return the panel's meetings to come, and the items that meet a duty, by its key."""
    panel = panel_of(scope)
    items: list[WorkProgrammeItem] = list(
        scope.of(WORK_PROGRAMME).exclude(status=Status.WITHDRAWN).in_order()
    )
    waiting = waiting_of(items, scope)
    others = Q(body=panel) if panel else None
    meetings = meetings_for(items, waiting, scope, others)
    planned = [
        one
        for one in meetings
        if panel
        and one.body_id == panel.pk
        and one.state == Meeting.State.PLANNED
        and one.held_on >= on
    ]
    by_duty: dict[str, Placed] = {}
    for one in placed(items, waiting, meetings):
        if key := waiting.get(one.item.pk, {}).get("duty", one.item.duty):
            by_duty.setdefault(key, one)
    return planned, by_duty


def _since(duty: Duty, by_key: Mapping[str, Duty], year: FinancialYear) -> dt.date:
    """Return the first day on which a meeting can meet a duty.

    The day of the event that brings it about; else the day on which what it follows was done, or
    has to be done at the latest; else the year's first.
    """
    rule, key = duty.rule, duty.occurrence.key
    if duty.occurrence.fact and duty.occurrence.fact.on:
        return duty.occurrence.fact.on
    if rule.programme and rule.programme.after:
        occasion = key.removeprefix(f"{rule.pack}/").removesuffix(f"/{rule.name}")
        pack, _slash, name = rule.programme.after.partition("/")
        if earlier := by_key.get(f"{pack}/{occasion}/{name}"):
            return earlier.met_on or earlier.occurrence.due
    return year.first


@operation
def place_slots(year: FinancialYear, *, by: Actor) -> Sequence[Record]:
    """Return the draft items made for what the law asks in a year; what is placed stays so.

    Raises Refused where the office's panel is not on the record.
    """
    scope = Scope(by)
    panel = panel_of(scope)
    if panel is None:
        raise Refused(_("The panel is not on the record."))
    lock(panel)  # two who press at once make each item once
    why = _("Placed as one of the year’s duties, %(year)s") % {"year": year.label}
    return [
        operations.create(WORK_PROGRAMME, _values(slot, slot.best), by=by, why=why)
        for slot in slots_in(year, scope, clock.today())
        if slot.best and slot.standing == Standing.OPEN
    ]


def _values(slot: Slot, meeting: Meeting) -> Values:
    """Return a slot as a new item; a duty that only the office knows of stays in the office."""
    rule, record = slot.duty.rule, slot.duty.record
    day = {"day": date_format(slot.due, "j F Y")}
    if rule.dated_by_law:
        note = _("By %(day)s, as the law has it.") % day
    else:
        note = _("By %(day)s, a local standard.") % day
    return {
        "reference": _reference(slot.duty.occurrence.key),
        "title": slot.title[:600],
        "meeting": meeting,
        "month": meeting.held_on.replace(day=1),
        "form": Form.STATUTORY if words.cites_law(rule) else Form.ROUTINE,
        "duty": slot.duty.occurrence.key,
        "note": note,
        "audience": record.audience if record else Audience.PUBLIC,
    }


def _reference(key: str) -> str:
    """Return a reference made of a duty's key, with a number where that was used before."""
    base = re.sub(r"[^A-Za-z0-9._~-]+", ".", key)[:70].strip(".")
    return free_reference(WORK_PROGRAMME.name, base)


def unnamed(scope: Scope) -> Iterable[Record]:
    """Return the statutory items that name no duty, which may be one of those not yet placed."""
    items = scope.of(WORK_PROGRAMME).exclude(status=Status.WITHDRAWN)
    return items.filter(form=Form.STATUTORY, duty="").in_order()
