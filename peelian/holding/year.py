"""The year of holding to account: which theme is taken when, and which objective has had none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from peelian.figures.periods import months_on
from peelian.holding.kinds import ANSWER, ENQUIRY, NOTE, THEME
from peelian.holding.models import HoldingNote, Theme
from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.promises.kinds import OBJECTIVE, PLAN
from peelian.promises.models import Objective
from peelian.record.models import Record, Status
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Entry:
    """A theme in its month, with its meeting, its objective, how much is answered, the note."""

    theme: Theme
    meeting: Meeting | None
    objective: Record | None
    enquiries: int
    answered: int
    note: HoldingNote | None

    @property
    def is_taken(self) -> bool:
        """Return whether the meeting was held at which it is taken."""
        return self.meeting is not None and self.meeting.state == Meeting.State.HELD


@dataclass(frozen=True)
class Month:
    """One month of the year with the themes that are taken in it."""

    first: dt.date
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Year:
    """Twelve months, and each objective of the plan of then with its themes: taken, to come."""

    year: FinancialYear
    months: Sequence[Month]
    objectives: Sequence[tuple[Objective, int, int]]

    @property
    def entries(self) -> list[Entry]:
        """Return all themes of the year."""
        return [entry for month in self.months for entry in month.entries]

    @property
    def taken(self) -> int:
        """Return how many themes have been taken."""
        return sum(1 for entry in self.entries if entry.is_taken)


def years_with_themes(scope: Scope, today: dt.date) -> list[FinancialYear]:
    """Return the financial years that have themes, and this one, the newest first. One query."""
    months = scope.of(THEME).exclude(status=Status.WITHDRAWN).values_list("month", flat=True)
    found = {financial_year(month) for month in months.distinct().order_by()}
    return sorted(found | {financial_year(today)}, reverse=True)


def year_of(year: FinancialYear, scope: Scope) -> Year:
    """Return a year of themes as a scope may see it. Seven queries, however many themes.

    A theme stands in the month of its meeting where that is known, else in the month planned.
    """
    found = scope.of(THEME).exclude(status=Status.WITHDRAWN)
    themes = list(found.filter(month__range=(year.first, year.last)).order_by("month", "pk"))
    ids = [theme.pk for theme in themes]
    meetings = scope.of(MEETING).filter(pk__in=[t.meeting_id for t in themes]).in_bulk()
    objectives = scope.by_id(theme.objective_id for theme in themes)
    asked = _counts(scope.of(ENQUIRY).filter(parent__in=ids))
    answers = scope.of(ANSWER).filter(parent__parent__in=ids, meeting__in=list(meetings))
    answered = dict(
        answers.order_by()
        .values_list("parent__parent_id")
        .annotate(Count("parent_id", distinct=True))
    )
    notes = {n.parent_id: n for n in scope.of(NOTE).filter(parent__in=list(meetings), issue__gt=0)}
    entries = [
        Entry(
            theme,
            meetings.get(theme.meeting_id or 0),
            objectives.get(theme.objective_id or 0),
            asked.get(theme.pk, 0),
            answered.get(theme.pk, 0),
            notes.get(theme.meeting_id),
        )
        for theme in themes
    ]
    return Year(year, _months(year, entries), _served(year, entries, scope))


def _counts(enquiries: RecordQuerySet[Any]) -> dict[int, int]:
    rows = enquiries.order_by().values_list("parent_id")
    return dict(rows.annotate(Count("pk")))


def _months(year: FinancialYear, entries: Sequence[Entry]) -> list[Month]:
    firsts = [months_on(year.first, n) for n in range(12)]
    placed: dict[dt.date, list[Entry]] = {first: [] for first in firsts}
    for entry in entries:
        month = entry.meeting.held_on.replace(day=1) if entry.meeting else entry.theme.month
        placed.get(month, placed[entry.theme.month]).append(entry)
    return [Month(first, placed[first]) for first in firsts]


def _served(
    year: FinancialYear, entries: Sequence[Entry], scope: Scope
) -> list[tuple[Objective, int, int]]:
    """Return each objective of the plan that runs in a year, with its themes: taken, to come."""
    running = Q(starts_on=None) | Q(starts_on__lte=year.last)
    running &= Q(ends_on=None) | Q(ends_on__gte=year.first)
    plans = scope.of(PLAN).exclude(status=Status.WITHDRAWN).filter(running)
    found = scope.of(OBJECTIVE).filter(parent__in=plans.values("pk"))
    taken = Counter(entry.theme.objective_id for entry in entries if entry.is_taken)
    every = Counter(entry.theme.objective_id for entry in entries)
    return [
        (objective, taken[objective.pk], every[objective.pk] - taken[objective.pk])
        for objective in found.exclude(status=Status.WITHDRAWN).in_order()
    ]
