"""Files in: a table named after a kind becomes records of that kind.

A file is taken whole or not at all, and every row that is wrong is told. Loading it again changes
nothing; loading a corrected one changes what differs. What is loaded is official at once: the file
is the reason kept with every change.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from peelian.config.database import count_rows
from peelian.intake.tables import (
    Problem,
    Rejected,
    Row,
    Sheet,
    as_amount,
    as_day,
    as_number,
    column_name,
    quoted,
    read,
)
from peelian.record.access import Actor
from peelian.record.errors import Invalid, RecordError
from peelian.record.kinds import AUDIENCE, Kind, kinds, label
from peelian.record.models import Record, ToRecord
from peelian.record.operations import bring_in
from peelian.record.values import Values, find

Outcome = Counter[str]
Loader = Callable[[Sheet, Actor, str], Outcome]
MOST_PROBLEMS = 200
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")

# Tables that are more than one kind of record, by the beginning of the file's name.
_loaders: dict[str, tuple[Loader, tuple[str, ...]]] = {}


@dataclass(frozen=True)
class Loaded:
    """What loading one file did: how many rows were new, changed, the same."""

    file: str
    outcome: Outcome

    def __str__(self) -> str:
        said = ", ".join(f"{count:,} {what}" for what, count in sorted(self.outcome.items()))
        return f"{self.file}: {said}"


def register_loader(prefix: str, loader: Loader, *, after: Sequence[str]) -> None:
    """Let files whose name begins with `prefix` be loaded by `loader`, after the kinds named."""
    _loaders[prefix] = (loader, tuple(after))


def load_paths(paths: Iterable[Path], *, by: Actor) -> Iterable[Loaded]:
    """Load files, and the CSV and XLSX files of folders, in the order they need one another.

    Yields what each file did as soon as it is stored. Raises Rejected for the first file that is
    not acceptable; nothing of that file is kept, files before it are.
    """
    files = [file for path in paths for file in _files(path)]
    for file in sorted(files, key=lambda file: (_place(file), file.name)):
        yield load_file(file, by=by)
    count_rows()


def load_file(path: Path, *, by: Actor) -> Loaded:
    """Load one file whole, or raise Rejected and keep nothing of it."""
    sheet = read(path)
    loader = loader_for(path)
    with transaction.atomic():
        outcome = loader(sheet, by, _("Loaded from %(file)s") % {"file": path.name})
    return Loaded(path.name, outcome)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    tables = (f for f in sorted(path.iterdir()) if f.suffix.lower() in {".csv", ".xlsx"})
    return [f for f in tables if not f.name.startswith(("~", "."))]  # locks of an open spreadsheet


def _kind_for(path: Path) -> Kind | None:
    return next((k for k in kinds() if k.slug == path.stem.lower()), None)


def loader_for(path: Path) -> Loader:
    """Return what loads a file of this name. Raises Rejected where nothing does."""
    for prefix, (loader, _after) in _loaders.items():
        if path.stem.lower().startswith(prefix):
            return loader
    kind = _kind_for(path)
    if kind is None:
        known = ", ".join(sorted([*_loaders, *(k.slug for k in kinds())]))
        raise Rejected([Problem(path.name, f"“{path.stem}”", f"a name among: {known}")])
    return lambda sheet, by, why: load_sheet(kind, sheet, by=by, why=why)


def _place(path: Path) -> float:
    order = _order()
    for prefix, (_loader, after) in _loaders.items():
        if path.stem.lower().startswith(prefix):
            return max((order.index(name) for name in after), default=0) + 0.5
    kind = _kind_for(path)
    return order.index(kind.name) if kind else len(order)


def _order() -> list[str]:
    """Return the names of all kinds, each after those it refers to."""
    graph: dict[str, set[str]] = {}
    for kind in kinds():
        needs = set(kind.parents) | {k for targets in kind.links.values() for k in targets}
        for name in kind.fields:
            field = None if name in kind.links else kind.model._meta.get_field(name)
            if isinstance(field, ToRecord):
                needs |= set(field.kinds)
        graph[kind.name] = needs - {kind.name}
    return list(TopologicalSorter(graph).static_order())


# ---- one table of one kind ----


def load_sheet(kind: Kind, sheet: Sheet, *, by: Actor, why: str) -> Outcome:
    """Bring in each row as a record of `kind`. Raises Rejected with every problem found."""
    names = _names(kind, sheet)
    outcome: Outcome = Counter()
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for row in sheet.rows:
        try:
            values = row_values(kind, sheet, row, names)
            _refuse_second(kind, values, sheet, row, taken)
            outcome[store(kind, values, sheet, row, names, by=by, why=why)] += 1
        except Rejected as error:
            problems += error.problems
            if error.problems[0].row == 1 or len(problems) >= MOST_PROBLEMS:
                break  # what is wrong with the heading is wrong in every row
    if problems:
        raise Rejected(problems)
    return outcome


def _names(kind: Kind, sheet: Sheet) -> dict[str, str]:
    """Return the field each column fills. Raises Rejected where it fills none, or one twice."""
    names: dict[str, str] = {}
    problems = []
    for column in sheet.columns:
        name = field_name(kind, column)
        if name is None:
            expected = f"one of {', '.join(kind.fields)}"
            problems.append(Problem(sheet.file, quoted(column), expected, 1, column))
        elif name in names.values():
            expected = f"one column for “{name}”"
            problems.append(Problem(sheet.file, quoted(column), expected, 1, column))
        else:
            names[column] = name
    if problems:
        raise Rejected(problems)
    return names


def _refuse_second(
    kind: Kind, values: Values, sheet: Sheet, row: Row, taken: dict[str, int]
) -> None:
    """Refuse a record that the file holds already, by its reference, given or made."""
    reference = str(kind.model.complete(dict(values)).get("reference", ""))
    if reference and reference in taken:
        column = "reference" if "reference" in values else ""
        expected = f"each {kind.label} once (it is in row {taken[reference]} too)"
        raise Rejected([sheet.problem(row, column, reference, expected)])
    taken[reference] = row.number


def store(
    kind: Kind,
    values: Values,
    sheet: Sheet,
    row: Row,
    names: Mapping[str, str],
    *,
    by: Actor,
    why: str,
) -> str:
    """Bring one record in; what the record refuses is told as a problem of the row."""
    why = f"{why}, {row.origin}" if row.origin else why
    try:
        with transaction.atomic():
            return bring_in(kind, values, by=by, why=why)[1]
    except Invalid as error:
        given = kind.model.complete(dict(values))
        columns = {name: column for column, name in names.items()}
        problems = []
        for name, said in error.errors.items():
            if name not in columns and name in kind.fields and not given.get(name):
                sheet.require([name])
            column = columns.get(name, "")
            found = row[column] or str(given.get(name, given.get("reference")) or "")
            expected = " ".join(said) if found else "a value"
            problems.append(sheet.problem(row, column, found, expected))
        raise Rejected(problems) from error
    except RecordError as error:
        raise Rejected(
            [sheet.problem(row, "", str(values.get("reference", "")), str(error))]
        ) from error


def field_name(kind: Kind, column: str) -> str | None:
    """Return the field a column fills: by its name, its label, or the kind of the parent."""
    if column in kind.fields or column == AUDIENCE:
        return column
    if column in kind.parents and "parent" in kind.fields:
        return "parent"
    return next((name for name in kind.fields if column_name(label(kind, name)) == column), None)


def row_values(kind: Kind, sheet: Sheet, row: Row, names: Mapping[str, str]) -> Values:
    """Return a row as a record's values. Raises Rejected with each cell that is not acceptable."""
    values: Values = {}
    problems: list[Problem] = []
    for column, name in names.items():
        try:
            values[name] = cell_value(kind, name, row[column])
        except _NotThis as error:
            problems.append(sheet.problem(row, column, row[column], error.expected))
    if problems:
        raise Rejected(problems)
    return values


class _NotThis(Exception):
    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def cell_value(kind: Kind, name: str, text: str) -> Any:
    """Return a cell as the record takes it; an empty one as the field's own emptiness."""
    if name in kind.links:
        return [_record(part.strip(), kind.links[name]) for part in text.split(";") if part.strip()]
    field = kind.model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(name)
    if text == "":
        if field.choices and not field.blank:
            raise _NotThis(f"one of {', '.join(str(code) for code, _label in field.flatchoices)}")
        return None if field.null else field.get_default()
    if isinstance(field, ToRecord):
        return _record(text, kind.parents if name == "parent" else field.kinds)
    if field.choices:
        return _choice(field, text)
    return _plain(field, text)


def _record(text: str, allowed: Sequence[str]) -> Record:
    """Return the record of this reference, else the only one with this title."""
    try:
        found = find(text, allowed)
        if found.kind in allowed:
            return found
    except (Record.DoesNotExist, Record.MultipleObjectsReturned):
        titled = Record.objects.filter(kind__in=allowed, title__iexact=text)[:2]
        if len(titled) == 1:
            return titled[0]
    expected = " or ".join(allowed).replace("-", " ")
    raise _NotThis(f"the reference or title of one {expected} on the record")


def _choice(field: models.Field[Any, Any], text: str) -> str:
    codes = {str(code): code for code, _label in field.flatchoices}
    labels = {str(label).casefold(): code for code, label in field.flatchoices}
    if text in codes:
        return str(text)
    if text.casefold() in labels:
        return str(labels[text.casefold()])
    raise _NotThis(f"one of {', '.join(codes)}")


def _plain(field: models.Field[Any, Any], text: str) -> Any:
    if isinstance(field, models.BooleanField):
        if text.casefold() in {"yes", "no", "true", "false"}:
            return text.casefold() in {"yes", "true"}
        raise _NotThis("yes or no")
    kinds_of_value: tuple[tuple[type, Callable[[str], Any], str], ...] = (
        (models.DateField, as_day, "a date like 2020-02-05"),
        (models.TimeField, _as_time, "a time like 11:00"),
        (models.IntegerField, _as_whole, "a whole number"),
        (models.FloatField, as_number, "a number"),
        (models.DecimalField, as_amount, "an amount in pounds like 1,234.50"),
    )
    for form, convert, expected in kinds_of_value:
        if isinstance(field, form):
            value = convert(text)
            if value is None:
                raise _NotThis(expected)
            return value
    return text


def _as_time(text: str) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text) if _TIME.fullmatch(text) else None
    except ValueError:
        return None


def _as_whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None
