"""The steps of a running process in order: dates and why, who, how each stands, what is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import words
from peelian.duties.calendar import Duty
from peelian.duties.events import title as event_title
from peelian.duties.proofs import State
from peelian.duties.rulebook import office, rule_named
from peelian.law.calendar import PlannedStep
from peelian.law.process import DeclaredStep
from peelian.law.rule import Rule
from peelian.meetings.models import Meeting
from peelian.processes.gathering import Held
from peelian.processes.veto import Veto, veto_of


class Stand(models.TextChoices):
    """How a step stands on a day."""

    DONE = "done", gettext_lazy("Done")
    NOT_NEEDED = "not_needed", gettext_lazy("Not needed")
    LATE = "late", gettext_lazy("Late")
    DUE = "due", gettext_lazy("Due")
    PAUSED = "paused", gettext_lazy("Paused")
    AHEAD = "ahead", gettext_lazy("Ahead")
    DEPENDS = "depends", gettext_lazy("Depends on what comes before")
    WAITS = "waits", gettext_lazy("Its time has not begun")
    BEFORE = "before", gettext_lazy("Before it began")
    UNTOLD = "untold", gettext_lazy("No date published")
    UNRECORDED = "unrecorded", gettext_lazy("No proof recorded")


# The status whose shape and colour each borrows.
LOOKS = {
    Stand.DONE: "met",
    Stand.NOT_NEEDED: "superseded",
    Stand.LATE: "late",
    Stand.DUE: "due",
    Stand.PAUSED: "on_hold",
    Stand.AHEAD: "not_started",
    Stand.DEPENDS: "in_review",
    Stand.WAITS: "not_started",
    Stand.BEFORE: "superseded",
    Stand.UNTOLD: "not_started",
    Stand.UNRECORDED: "not_started",
}
_SETTLED = (Stand.DONE, Stand.NOT_NEEDED, Stand.BEFORE)
_READY = (Stand.LATE, Stand.DUE, Stand.AHEAD, Stand.PAUSED)
_BY_STATE = {
    State.OVERDUE: Stand.LATE,
    State.QUESTION: Stand.LATE,
    State.DUE: Stand.DUE,
    State.PAUSED: Stand.PAUSED,
    State.NOT_YET: Stand.AHEAD,
    State.UNRECORDED: Stand.UNRECORDED,
}


@dataclass(frozen=True)
class Step:
    """One step as it stands: `on` is its last day or the day planned, `working` the last in time.

    `why_stands` says why it stands as it does, `because` why its day is that day.
    """

    number: int
    declared: DeclaredStep
    rule: Rule | None
    duty: Duty | None
    meeting: Meeting | None
    stand: Stand
    why_stands: str
    on: dt.date | None = None
    working: dt.date | None = None
    because: str = ""
    is_planned: bool = False

    @property
    def look(self) -> str:
        """Return the status code whose shape and colour the step borrows."""
        return LOOKS[self.stand]

    @property
    def is_settled(self) -> bool:
        """Return whether nothing has to be done for it any more."""
        return self.stand in _SETTLED

    @property
    def is_meeting_day(self) -> bool:
        """Return whether its day is that of its meeting."""
        return self.is_planned and self.meeting is not None and self.on == self.meeting.held_on

    @property
    def shows_day(self) -> bool:
        """Return whether its day is of use: not where it is not taken, or only was planned."""
        if self.stand in (Stand.NOT_NEEDED, Stand.BEFORE):
            return False
        stood = not self.is_planned or self.is_meeting_day
        return self.on is not None and (stood or not self.is_settled)

    @property
    def who(self) -> str:
        """Return who takes it, in words."""
        if self.duty and self.duty.owner and not self.declared.who:
            return self.duty.owner.title
        if self.declared.who:
            return str(words.ROLES[self.declared.who])
        return str(words.role(self.rule)) if self.rule else ""

    @property
    def what(self) -> str:
        """Return what it consists of, in words."""
        return self.declared.what or (self.rule.duty if self.rule else "")

    @property
    def silence(self) -> str:
        """Return what follows if nothing is done."""
        return self.declared.silence or (self.rule.silence if self.rule else "")


@dataclass(frozen=True)
class Run:
    """A process with its steps as they stand, whether its veto does, and the step that is next."""

    held: Held
    veto: Veto
    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        """Return the first step that is still to be taken, or None once all are.

        One that is too old to be followed comes last.
        """
        chosen = [step for step in self.steps if _is_ready(step)]
        chosen += [step for step in self.steps if step.stand == Stand.UNRECORDED]
        return next(iter(chosen), None)

    @property
    def is_over(self) -> bool:
        """Return whether every step is done or not needed, or waits for what need not happen."""
        return self.next is None and not any(s.stand == Stand.DEPENDS for s in self.steps)

    def meeting_day(self, step: Step) -> dt.date | None:
        """Return the day that is planned for a step's meeting, where a rule plans one back.

        A hearing has the last day of the report that follows it, which plans the hearing.
        """
        own = [step.duty] if step.duty and step.duty.steps else []
        event = step.rule.trigger if step.rule else ""
        near = own or [d for d in self.held.duties.values() if d.rule.trigger == event and d.steps]
        planned = [one for duty in near for one in duty.steps[-1:] if one.rule is None]
        return min((one.on for one in planned), default=step.working)

    def step(self, name: str) -> Step | None:
        """Return the step of this id, or None."""
        return next((step for step in self.steps if step.declared.id == name), None)


def _is_ready(step: Step) -> bool:
    """Return whether somebody can act on a step now, be it to say that it does not arise."""
    if step.declared.when == "if_it_arises":
        return step.stand == Stand.DEPENDS and bool(step.rule and step.rule.condition)
    return step.stand in _READY or step.stand == Stand.WAITS


def run_of(held: Held) -> Run:
    """Return a process's steps as they stand today. No query."""
    veto = veto_of(held)
    bound = [step for step in held.declared.steps if _binds(step)]
    steps = tuple(_step(n, step, held, veto) for n, step in enumerate(bound, 1))
    return Run(held, veto, _after_the_last_event(steps, held))


def _binds(step: DeclaredStep) -> bool:
    rule = rule_named(step.rule)
    return rule is not None and office().is_ever_bound(rule)


def _step(number: int, step: DeclaredStep, held: Held, veto: Veto) -> Step:
    rule = rule_named(step.rule)
    duty = held.duties.get(step.rule)
    meeting = held.second_meeting if step.met_by == "second_meeting" else held.meeting
    own = meeting if step.met_by in ("meeting", "second_meeting", "call") else None
    stand, why = _stands(step, rule, duty, own, held, veto)
    on, working, because, is_planned = _dated(step, duty, own)
    made = Step(number, step, rule, duty, own, stand, why, on, working, because, is_planned)
    if stand in (Stand.DUE, Stand.AHEAD) and step.before and working:
        return _planned(made, held)
    return made


def _planned(made: Step, held: Held) -> Step:
    """Return a step of good planning as late or due by the day that was planned for it.

    What a record meets that is not public yet may be done: the public is not told that it is late.
    """
    late = made.working is not None and made.working < held.today and not made.meeting
    if late and made.declared.met_by == "record" and held.scope.is_public:
        return replace(made, stand=Stand.UNRECORDED)
    return replace(made, stand=Stand.LATE if late else made.stand)


def _dated(
    step: DeclaredStep, duty: Duty | None, meeting: Meeting | None
) -> tuple[dt.date | None, dt.date | None, str, bool]:
    """Return a step's day, its last working day, why, and whether it is only planned."""
    if meeting and step.met_by in ("meeting", "second_meeting") and step.before:
        return meeting.held_on, meeting.held_on, _("The day of the meeting."), True
    if duty is None:
        return None, None, "", False
    if step.duty:
        due = duty.occurrence
        return due.due, due.working_due, due.because, False
    planned = _planned_step(step, duty.steps)
    if planned is None:
        return None, None, "", False
    said = _("Planned back from the last day of “%(duty)s”: %(because)s")
    because = said % {"duty": duty.rule.title, "because": planned.because}
    return planned.on, planned.on, because, True


def _planned_step(step: DeclaredStep, steps: Sequence[PlannedStep]) -> PlannedStep | None:
    """Return the step of good planning that this one is: the last but the duty, or that of a role.

    What a law requires on the way, such as notice of a meeting, is none.
    """
    good = [one for one in steps if one.rule is None]
    if step.met_by not in ("meeting", "second_meeting"):
        good = [one for one in good if one.role == step.who]
    return good[-1] if good else None


def _stands(
    step: DeclaredStep,
    rule: Rule | None,
    duty: Duty | None,
    meeting: Meeting | None,
    held: Held,
    veto: Veto,
) -> tuple[Stand, str]:
    """Return how a step stands, and why."""
    if found := _excluded(step, duty, veto) or _done(step, duty, meeting, held, veto):
        return found
    if step.when == "vetoed" and veto.stands is None:
        return Stand.DEPENDS, _("Only if the panel vetoes. That is still open.")
    if duty is None and held.scope.is_public:
        return Stand.UNTOLD, ""  # its clock may run where the public does not see it
    if duty is None:
        event = event_title(rule.trigger) if rule and rule.recurs is None else ""
        if event:
            return Stand.WAITS, _("Its time begins with: %(event)s.") % {"event": event}
        return Stand.WAITS, ""
    if step.when == "if_it_arises" and duty.state != State.PAUSED:
        if not duty.rule.condition:
            return Stand.DEPENDS, ""
        return Stand.DEPENDS, f"{duty.rule.condition[:1].upper()}{duty.rule.condition[1:]}."
    stand = _BY_STATE.get(duty.state, Stand.AHEAD) if duty.state else Stand.AHEAD
    stage = held.stages.get(step.id)
    return stand, " ".join(
        said for said in (_why(stand, duty), stage.words if stage else "") if said
    )


def _why(stand: Stand, duty: Duty) -> str:
    if stand == Stand.LATE:
        day = date_format(duty.occurrence.due, "j F Y")
        return _("Its last day was %(day)s, and nothing shows that it was done.") % {"day": day}
    if stand == Stand.PAUSED and duty.occurrence.stopped_since:
        day = date_format(duty.occurrence.stopped_since, "j F Y")
        return _("Its clock stands still since %(day)s.") % {"day": day}
    return ""


def _excluded(step: DeclaredStep, duty: Duty | None, veto: Veto) -> tuple[Stand, str] | None:
    """Return that a step is not needed, by the veto or by a proof that it did not arise."""
    if duty and duty.state == State.NOT_ARISEN:
        said = duty.proof.note if duty.proof else ""
        return Stand.NOT_NEEDED, said or _("The record says that it did not arise.")
    if step.when == "vetoed" and veto.stands is False:
        return Stand.NOT_NEEDED, veto.brief
    if step.when == "not_vetoed" and veto.stands:
        return Stand.NOT_NEEDED, _("The panel has vetoed.")
    return None


def _done(
    step: DeclaredStep, duty: Duty | None, meeting: Meeting | None, held: Held, veto: Veto
) -> tuple[Stand, str] | None:
    """Return that a step is done, by its proof or by what else is on the record; or None."""
    stage = held.stages.get(step.id)
    if stage and stage.is_done:
        return Stand.DONE, stage.words
    if step.met_by == "vote" and (voted := _vote_done(held, veto)):
        return voted
    if step.duty and duty and duty.is_closed:
        return Stand.DONE, _closed_words(duty)
    if meeting and step.met_by == "call":
        return Stand.DONE, _("The hearing is called: %(meeting)s.") % {"meeting": meeting.title}
    if meeting and meeting.state == Meeting.State.HELD:
        day = date_format(meeting.held_on, "j F Y")
        return Stand.DONE, _("The meeting was held on %(day)s.") % {"day": day}
    if step.before and not step.met_by and duty:
        return Stand.DONE, _begun_words(duty)
    return None


def _vote_done(held: Held, veto: Veto) -> tuple[Stand, str] | None:
    if held.tally and held.tally.carried is not None:
        return Stand.DONE, f"{held.tally.result}. {held.tally.because}"
    if veto.stands is False:
        return Stand.NOT_NEEDED, veto.because or _("No veto was moved.")
    if veto.stands:
        return Stand.DONE, veto.because
    return None


def _closed_words(duty: Duty) -> str:
    if not duty.met_on:
        return ""
    day = date_format(duty.met_on, "j F Y")
    if not duty.met_words:
        return _("On %(day)s.") % {"day": day}
    return _("On %(day)s, %(how)s.") % {"day": day, "how": duty.met_words}


def _begun_words(duty: Duty) -> str:
    fact: Any = duty.occurrence.fact
    if fact is None or fact.on is None:
        return ""
    return _("On the record: %(day)s.") % {"day": date_format(fact.on, "j F Y")}


def _after_the_last_event(steps: tuple[Step, ...], held: Held) -> tuple[Step, ...]:
    """Return the steps, those before the first event that happened as not followed here.

    A process may begin with a later event than the earliest it knows: where the panel was told of
    a candidate, the time in which to tell it is past.
    """
    if held.declared.yearly:
        return steps
    reached = [s.number for s in steps if s.rule and s.rule.trigger in held.events]
    first = min(reached, default=0)
    passed = _("What was done before this process began is not followed here.")
    return tuple(
        replace(s, stand=Stand.BEFORE, why_stands=passed)
        if s.stand == Stand.WAITS and s.number < first
        else s
        for s in steps
    )
