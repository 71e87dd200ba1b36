"""Files in: a table named after a kind becomes records of that kind.

A file is taken whole or not at all, and every row that is wrong is told. Loading it again changes
nothing; loading a corrected one changes what differs. What is loaded is official at once: the file
is the reason kept with every change.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from peelian.intake.tables import Problem, Rejected, Row, Sheet, read
from peelian.record.access import Actor
from peelian.record.errors import Invalid, RecordError
from peelian.record.kinds import Kind, kinds
from peelian.record.models import Record, ToRecord
from peelian.record.operations import bring_in
from peelian.record.values import Values, find

Outcome = Counter[str]
Loader = Callable[[Sheet, Actor, str], Outcome]

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


def load_file(path: Path, *, by: Actor) -> Loaded:
    """Load one file whole, or raise Rejected and keep nothing of it."""
    loader = _loader_for(path)
    sheet = read(path)
    with transaction.atomic():
        outcome = loader(sheet, by, _("Loaded from %(file)s") % {"file": path.name})
    return Loaded(path.name, outcome)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return [f for f in sorted(path.iterdir()) if f.suffix.lower() in {".csv", ".xlsx"}]


def _kind_for(path: Path) -> Kind | None:
    return next((k for k in kinds() if k.slug == path.stem.lower()), None)


def _loader_for(path: Path) -> Loader:
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
    names = {column: field_name(kind, column) for column in sheet.columns}
    unknown = [c for c, name in names.items() if name is None]
    if unknown:
        expected = f"one of {', '.join(kind.fields)}"
        raise Rejected([sheet.problem(None, c, c, expected) for c in unknown])
    outcome: Outcome = Counter()
    problems = _repeated(sheet)
    for row in sheet.rows:
        if row.number in {p.row for p in problems}:
            continue
        try:
            values = row_values(kind, sheet, row, names)
            outcome[store(kind, values, sheet, row, names, by=by, why=why)] += 1
        except Rejected as error:
            problems += error.problems
        if len(problems) >= 200:
            break
    if problems:
        raise Rejected(sorted(problems, key=lambda p: p.row or 0))
    return outcome


def store(
    kind: Kind,
    values: Values,
    sheet: Sheet,
    row: Row,
    names: dict[str, Any],
    *,
    by: Actor,
    why: str,
) -> str:
    """Bring one record in; what the record refuses is told as a problem of the row."""
    try:
        with transaction.atomic():
            return bring_in(kind, values, by=by, why=why)[1]
    except Invalid as error:
        columns = {name: column for column, name in names.items()}
        raise Rejected(
            [
                sheet.problem(
                    row, columns.get(name, name), row[columns.get(name, "")], " ".join(said)
                )
                for name, said in error.errors.items()
            ]
        ) from error
    except RecordError as error:
        raise Rejected([sheet.problem(row, "", values.get("reference", ""), str(error))]) from error


def field_name(kind: Kind, column: str) -> str | None:
    """Return the field a column fills: its own name, or the kind of the parent (`meeting`)."""
    if column in kind.fields:
        return column
    return "parent" if column in kind.parents and "parent" in kind.fields else None


def row_values(kind: Kind, sheet: Sheet, row: Row, names: dict[str, Any]) -> Values:
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
        return None if field.null else field.get_default()
    if isinstance(field, ToRecord):
        return _record(text, kind.parents if name == "parent" else field.kinds)
    if field.choices:
        return _choice(field, text)
    return _plain(field, text)


def _record(text: str, allowed: Sequence[str]) -> Record:
    """Return the record of this reference, else the only one with this title."""
    try:
        return find(text, allowed)
    except (Record.DoesNotExist, Record.MultipleObjectsReturned):
        titled = Record.objects.filter(kind__in=allowed, title__iexact=text)[:2]
        if len(titled) == 1:
            return titled[0]
        expected = " or ".join(allowed).replace("-", " ")
        raise _NotThis(f"the reference or title of one {expected} on the record") from None


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
        if text.casefold() in {"yes", "no"}:
            return text.casefold() == "yes"
        raise _NotThis("yes or no")
    kinds_of_number: tuple[tuple[type, Callable[[str], Any], str], ...] = (
        (models.DateField, dt.date.fromisoformat, "a date like 2020-02-05"),
        (models.TimeField, dt.time.fromisoformat, "a time like 11:00"),
        (models.IntegerField, int, "a whole number"),
        (models.FloatField, float, "a number"),
    )
    for form, convert, expected in kinds_of_number:
        if isinstance(field, form):
            try:
                return convert(text)
            except ValueError:
                raise _NotThis(expected) from None
    return text


def _repeated(sheet: Sheet) -> list[Problem]:
    if "reference" not in sheet.columns:
        return []
    first: dict[str, int] = {}
    problems = []
    for row in sheet.rows:
        reference = row["reference"]
        if reference and reference in first:
            expected = f"each reference once (it is in row {first[reference]} too)"
            problems.append(sheet.problem(row, "reference", reference, expected))
        first.setdefault(reference, row.number)
    return problems
