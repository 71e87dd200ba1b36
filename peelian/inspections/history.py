"""Grades through the years: questions by inspections, with a break wherever the scale changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.inspections.facts import printed_date
from peelian.inspections.kinds import GRADE
from peelian.inspections.models import Grade, Inspection
from peelian.inspections.scales import families, scale_named
from peelian.law.scales import Scale
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Mark:
    """A grade in a cell: its words, and its place on its own scale, counted from the worst."""

    words: str
    place: int | None
    of: int

    @property
    def on_scale(self) -> str:
        """Return the place in words: `2 of 4 from the bottom`; nothing where there is none."""
        if self.place is None:
            return ""
        return _("%(place)s of %(of)s from the bottom") % {"place": self.place, "of": self.of}


@dataclass(frozen=True)
class Column:
    """An inspection that graded by one scale. `breaks` says that the scale before was another."""

    inspection: Inspection
    scale: Scale
    marks: dict[str, Mark]
    breaks: bool = False

    @property
    def day(self) -> str:
        """Return when its report came out, as far as is known."""
        if self.inspection.published_on:
            return date_format(self.inspection.published_on, "F Y")
        return self.inspection.published_as_printed or _("No day known")


@dataclass(frozen=True)
class History:
    """The grades of one family of scales: its questions as rows, its inspections as columns."""

    name: str
    source: str
    columns: tuple[Column, ...]
    questions: tuple[str, ...]

    @property
    def breaks(self) -> list[tuple[Column, Column]]:
        """Return each pair of columns between which the scale changes."""
        return [(before, after) for before, after in pairwise(self.columns) if after.breaks]

    @property
    def scales(self) -> list[Scale]:
        """Return the scales that were used, the oldest first."""
        return list({column.scale.id: column.scale for column in self.columns}.values())


def histories(scope: Scope) -> list[History]:
    """Return the grades that a scope may see, by family of scales. Two queries.

    A grade whose scale is not recorded stands in none: it could not be compared with anything.
    """
    grades = list(scope.of(GRADE).exclude(scale="").in_order())
    reports: dict[int, Inspection] = scope.see(
        Inspection.objects.filter(pk__in={grade.parent_id for grade in grades})
    ).in_bulk()
    columns = [
        column
        for parent, own in groupby(sorted(grades, key=_by_parent), key=_by_parent)
        if parent in reports
        for column in _columns(reports[parent], own)
    ]
    made = (
        _history(family.name, family.source, [c for c in columns if c.scale.family == family.id])
        for family in families()
    )
    return sorted((history for history in made if history.columns), key=_weight)


def _weight(history: History) -> int:
    """Return what families stand by: the one with the most grades first."""
    return -sum(len(column.marks) for column in history.columns)


def _by_parent(grade: Grade) -> int:
    return grade.parent_id or 0


def _columns(report: Inspection, grades: Iterable[Grade]) -> list[Column]:
    """Return a report as a column for each scale that it graded by; mostly there is one."""
    by_scale: dict[str, dict[str, Mark]] = {}
    for grade in grades:
        scale = scale_named(grade.scale)
        if scale:
            mark = Mark(grade.grade, scale.place(grade.grade), len(scale.grades))
            by_scale.setdefault(scale.id, {})[_sentence(grade.question)] = mark
    return [
        Column(report, scale, marks)
        for name, marks in by_scale.items()
        if (scale := scale_named(name))
    ]


def _sentence(question: str) -> str:
    return question[:1].upper() + question[1:]


def _history(name: str, source: str, columns: list[Column]) -> History:
    ordered = sorted(columns, key=_when)
    marked = [
        Column(c.inspection, c.scale, c.marks, breaks=n > 0 and ordered[n - 1].scale != c.scale)
        for n, c in enumerate(ordered)
    ]
    questions = dict.fromkeys(question for column in marked for question in column.marks)
    return History(name, source, tuple(marked), tuple(questions))


def _when(column: Column) -> tuple[dt.date, dt.date, str]:
    """Return what columns stand by: the scale's first day, the report's own day, its reference."""
    report = column.inspection
    day = report.published_on or printed_date(report.published_as_printed)[0]
    return column.scale.begins, day or column.scale.begins, report.reference
