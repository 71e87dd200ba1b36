"""What stands under a record and what refers to it, by kind: the other end of every reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _

from peelian.pages import tables
from peelian.pages.paging import PER_PAGE, few_of, records_of
from peelian.record.kinds import Kind, kinds
from peelian.record.models import Link, Record, ToRecord
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Group:
    """The related records of one kind: as links, or as a table where titles alone say little."""

    kind: Kind
    records: Sequence[Record]
    head: Sequence[Any] = ()
    rows: Sequence[tables.Row] = ()


def related(
    record: Record, scope: Scope, number: str | None = None, *, without: Sequence[Kind] = ()
) -> tuple[list[Group], Page[int]]:
    """Return a page of what may be seen of the records that are part of this one or refer to it.

    One query where they are few, three where they are many, and two more for each kind that is
    known by other things than a title.
    """
    found = scope.see(Record.objects.filter(pk__in=_referring_to(record))).in_order()
    few = few_of(found)
    by_kind: dict[str, list[int]] = {}
    for name, pk in found.values_list("kind", "pk") if few is None else _named(few):
        by_kind.setdefault(name, []).append(pk)
    shown = [kind for kind in kinds() if kind not in without]
    ids = [pk for kind in shown for pk in by_kind.get(kind.name, ())]
    page = Paginator(ids, PER_PAGE).get_page(number)
    read: dict[str, list[Record]] = {}
    for other in records_of(Record, list(page), scope, read=few):
        read.setdefault(other.kind, []).append(other)
    groups = [_group(kind, read[kind.name], record, scope) for kind in shown if kind.name in read]
    return groups, page


def _named(records: list[Record]) -> list[tuple[str, int]]:
    return [(record.kind, record.pk) for record in records]


def _referring_to(record: Record) -> QuerySet[Any, Any]:
    """Return the ids of all that is part of a record or refers to it.

    A union, of which each part has its index; no database uses them for parts joined by OR.
    """
    of_all: list[tuple[type[Record], str]] = [(Record, "parent"), (Record, "owner")]
    columns = [*of_all, *_references_to(record.kind)]
    parts = [model.objects.filter(**{name: record}).values("pk") for model, name in columns]
    return Link.objects.filter(target=record).values("source_id").union(*parts)


def _references_to(name: str) -> set[tuple[type[Record], str]]:
    """Return each `(model, column)` that may hold a record of the kind named."""
    return {
        (kind.model, field.name)
        for kind in kinds()
        for field in kind.model._meta.local_fields
        if isinstance(field, ToRecord) and name in field.kinds
    }


def _group(kind: Kind, records: list[Record], of: Record, scope: Scope) -> Group:
    if "title" in kind.columns:
        return Group(kind, records)
    full = list(scope.of(kind).filter(pk__in=[r.pk for r in records]).in_order())
    columns = [n for n in kind.columns if not _says_only(full, n, of)]
    rows = opened(tables.rows(kind, full, columns, scope), scope)
    return Group(kind, full, [*(tables.label(kind, n) for n in columns), _("Page")], rows)


def _says_only(records: list[Record], name: str, of: Record) -> bool:
    return all(getattr(record, f"{name}_id", None) == of.pk for record in records)


def opened(rows: Sequence[tables.Row], scope: Scope) -> list[tables.Row]:
    """Return rows with one more cell that leads to the record's own page."""
    return [tables.Row(row.record, [*row.cells, _way(row.record, scope)]) for row in rows]


def _way(record: Record, scope: Scope) -> tables.Cell:
    text = format_html(
        '{}<span class="govuk-visually-hidden"> {}</span>', _("Open"), record.reference
    )
    return tables.Cell(text, record.reference, scope.url(record))
