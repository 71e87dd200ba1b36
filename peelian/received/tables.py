"""Recognised lines as the tables that the record loads, and what loading them would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from peelian.intake.tables import Rejected, Row, Sheet
from peelian.received.models import Document, Line
from peelian.received.recognise import TABLES
from peelian.record.access import Actor
from peelian.record.kinds import Kind, kind_named, kinds, label
from peelian.record.load import loader_for
from peelian.record.models import Change
from peelian.record.querysets import write_path

PLAN_TABLE = "delivery-plan"


@dataclass(frozen=True)
class Loaded:
    """What loading one table did or would do: its name, and how many records of each outcome."""

    table: str
    outcome: dict[str, int]


@dataclass(frozen=True)
class Effect:
    """What loading would do to one record: its differences as (column, old, new)."""

    kind: Kind
    reference: str
    title: str
    is_new: bool
    why: str
    differences: list[tuple[str, str, str]] = field(default_factory=list)


def kind_of_table(table: str) -> Kind:
    """Return the kind of record that a table is mostly of."""
    if table == PLAN_TABLE:
        return kind_named("activity")
    return next(kind for kind in kinds() if kind.slug == table)


def area_of(table: str) -> str:
    """Return the area whose roles may accept and load the lines of a table."""
    return kind_of_table(table).area


def table_title(table: str) -> str:
    """Return what a table is called on screen."""
    if table == PLAN_TABLE:
        return _("Delivery plan: commitments, activities and updates")
    return capfirst(str(kind_of_table(table).plural))


def load_all(document: Document, lines: Sequence[Line], *, by: Actor) -> list[Loaded]:
    """Load lines, table after table. Raises Rejected with every problem of the first refused."""
    done = []
    for table, group in groupby(
        sorted(lines, key=lambda line: (TABLES.index(line.table), line.number)),
        key=lambda line: line.table,
    ):
        sheet = _sheet(document, table, list(group))
        why = _("Taken from %(file)s (%(digest)s)") % {
            "file": document.name,
            "digest": document.sha256[:12],
        }
        outcome = loader_for(Path(f"{table}.csv"))(sheet, by, why)
        done.append(Loaded(table, dict(outcome)))
    return done


def _sheet(document: Document, table: str, lines: list[Line]) -> Sheet:
    columns = tuple(dict.fromkeys(name for line in lines for name in line.cells))
    rows = [Row(line.number, dict(line.cells), line.place) for line in lines]
    return Sheet(table, columns, rows)


class _Undone(Exception):
    """Ends a trial, so that nothing of it stays."""


def trial(document: Document, lines: Sequence[Line], *, by: Actor) -> list[Effect]:
    """Return what loading lines would do, record by record; nothing of it is kept.

    Raises Rejected with every problem of the first table that the record refuses.
    """
    effects: list[Effect] = []
    before = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    try:
        with transaction.atomic(), write_path():
            load_all(document, lines, by=by)
            effects = [_effect(c) for c in Change.objects.filter(pk__gt=before).order_by("pk")]
            raise _Undone
    except _Undone:
        return effects


def _effect(change: Change) -> Effect:
    kind = kind_named(change.kind)
    differences = [
        (label(kind, name), _shown(old), _shown(new))
        for name, (old, new) in change.values.items()
        if name in kind.fields and _shown(old) != _shown(new)
    ]
    is_new = change.version == 1
    return Effect(kind, change.reference, change.title, is_new, change.why, differences)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def problems_by_line(error: Rejected) -> dict[int, list[str]]:
    """Return what the record refuses, by the number of the line."""
    said: dict[int, list[str]] = {}
    for problem in error.problems:
        place = f"{problem.column}: " if problem.column else ""
        said.setdefault(problem.row or 0, []).append(
            _("%(place)sfound %(found)s; expected %(expected)s")
            % {"place": place, "found": problem.found, "expected": problem.expected}
        )
    return said
