"""One month as weeks of days, each with what is due on it."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peelian.duties.calendar import Duty
from peelian.law.calendar import PlannedStep


@dataclass(frozen=True)
class Day:
    """A day of the grid: what has its last day on it, its last working day, or a step."""

    on: date
    in_month: bool
    is_today: bool
    due: tuple[Duty, ...]
    working: tuple[Duty, ...]
    steps: tuple[tuple[Duty, PlannedStep], ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing falls on it."""
        return not (self.due or self.working or self.steps)


def weeks(first: date, duties: Iterable[Duty], today: date) -> list[list[Day]]:
    """Return the weeks of a month from Monday to Sunday, with the days that fill them up."""
    duties = list(duties)
    grid = months.Calendar().monthdatescalendar(first.year, first.month)
    return [[_day(on, first, duties, today) for on in week] for week in grid]


def _day(on: date, first: date, duties: list[Duty], today: date) -> Day:
    due = tuple(d for d in duties if d.occurrence.due == on)
    named = {duty.rule for duty in due}  # a step that is a duty of the day stands there already
    return Day(
        on,
        on.month == first.month,
        on == today,
        due,
        tuple(d for d in duties if d.occurrence.working_due == on != d.occurrence.due),
        tuple(
            (d, s)
            for d in duties
            if not d.is_closed
            for s in d.steps
            if s.on == on and s.rule not in named
        ),
    )
