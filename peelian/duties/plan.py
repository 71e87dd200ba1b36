"""What can still be done towards a duty, and by whom: its steps, as seen from today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from peelian.duties import words
from peelian.duties.calendar import Duty
from peelian.duties.owners import Owners
from peelian.law.calendar import PlannedStep
from peelian.law.dates import Nation
from peelian.law.workdays import is_working_day

PAST, NEXT, AHEAD, DONE = "past", "next", "ahead", "done"


@dataclass(frozen=True)
class Act:
    """One step as seen from today: who must act, whether it is done, past or next, what remains.

    `days` counts working days from tomorrow to its day; none once that is past. `step` is absent
    for the duty itself, the last of its acts.
    """

    title: str
    on: date
    because: str
    who: str
    standing: str
    days: int
    step: PlannedStep | None = None


def acts(
    duty: Duty, today: date, nation: Nation, owners: Owners | None, others: Iterable[Duty] = ()
) -> list[Act]:
    """Return the steps towards a duty and the duty itself, earliest first.

    A step that the law asks for is done where `others` holds it as met: same rule, same day.
    """
    due = duty.occurrence
    done = {(d.rule.id, d.occurrence.due) for d in others if d.is_closed}
    rows = [(s.step, s.on, s.because, _who(duty, s, owners), s) for s in duty.steps]
    made: list[Act] = []
    for title, on, because, who, step in [
        *rows,
        (duty.rule.title, due.working_due, due.because, _owner(duty), None),
    ]:
        is_done = bool(step and step.rule and (step.rule.id, on) in done)
        standing = _standing(on, today, made, is_done=is_done or (step is None and duty.is_closed))
        days = working_days_until(on, today, nation)
        made.append(Act(title, on, because, who, standing, days, step))
    return made


def _standing(on: date, today: date, before: list[Act], *, is_done: bool) -> str:
    if is_done:
        return DONE
    if on < today:
        return PAST
    return AHEAD if any(act.standing == NEXT for act in before) else NEXT


def working_days_until(on: date, today: date, nation: Nation) -> int:
    """Return how many working days there are after today up to a day, that day included."""
    ahead = range(1, (on - today).days + 1)
    return sum(is_working_day(today + timedelta(days=number), nation) for number in ahead)


def planned(duties: Iterable[Duty]) -> list[Duty]:
    """Return the duties that have steps and are still open."""
    return [duty for duty in duties if duty.steps and not duty.is_closed]


def _who(duty: Duty, step: PlannedStep, owners: Owners | None) -> str:
    if step.rule:
        return owners.of(step.rule).title if owners else str(words.role(step.rule))
    if step.role:
        return owners.of_role(step.role).title if owners else str(words.ROLES[step.role])
    return _owner(duty)


def _owner(duty: Duty) -> str:
    return duty.owner.title if duty.owner else str(duty.role)
