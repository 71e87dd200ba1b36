"""Records as rows: the same columns and filters serve the page, the CSV and the XLSX."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from peelian.record.kinds import Kind, label
from peelian.record.models import Link, Record, ToRecord
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Cell:
    """One value: as people read it, as data, where it leads, and its code where it is a status."""

    text: str
    value: Any = None
    url: str = ""
    code: str = ""

    @property
    def numeric(self) -> bool:
        """Return whether it stands to the right: an amount of money."""
        return isinstance(self.value, Decimal)

    @property
    def whole(self) -> bool:
        """Return whether it stays on one line: a day."""
        return isinstance(self.value, dt.date)


@dataclass(frozen=True)
class Row:
    """A record's cells."""

    record: Record
    cells: list[Cell]


def number(shown: object, note: str = "") -> dict[str, Any]:
    """Return a cell or a heading that stands to the right, with small print below it."""
    return {"text": str(shown), "numeric": True, "note": note}


def heading(kind: Kind, name: str) -> Any:
    """Return the heading of a column of a list, which stands where its cells stand."""
    said = label(kind, name)
    is_amount = name not in kind.links and isinstance(
        kind.model._meta.get_field(name), models.DecimalField
    )
    return number(said) if is_amount else said


def rows(kind: Kind, records: Sequence[Record], columns: Sequence[str], scope: Scope) -> list[Row]:
    """Return the cells of each record; what the scope may not see is left blank. Two queries."""
    related = scope.by_id(
        getattr(record, f"{name}_id")
        for name in columns
        if _is_reference(kind, name)
        for record in records
    )
    linked = _linked(kind, records, columns, scope)
    return [
        Row(record, [_cell(kind, record, name, scope, related, linked) for name in columns])
        for record in records
    ]


def _is_reference(kind: Kind, name: str) -> bool:
    return name not in kind.links and isinstance(kind.model._meta.get_field(name), ToRecord)


def _linked(
    kind: Kind, records: Sequence[Record], columns: Sequence[str], scope: Scope
) -> dict[tuple[int, str], list[Record]]:
    forms_wanted = [name for name in columns if name in kind.links]
    if not forms_wanted:
        return {}
    links = Link.objects.filter(source__in=[r.pk for r in records], form__in=forms_wanted)
    found = list(links.values_list("source_id", "form", "target_id"))
    seen = scope.by_id(target for _source, _form, target in found)
    linked: dict[tuple[int, str], list[Record]] = {}
    for source, form, target in found:
        if target in seen:
            linked.setdefault((source, form), []).append(seen[target])
    return linked


def _cell(
    kind: Kind,
    record: Record,
    name: str,
    scope: Scope,
    related: dict[int, Record],
    linked: dict[tuple[int, str], list[Record]],
) -> Cell:
    if name in kind.links:
        titles = "; ".join(sorted(r.title for r in linked.get((record.pk, name), [])))
        return Cell(titles, titles)
    field = kind.model._meta.get_field(name)
    if isinstance(field, ToRecord):
        other = related.get(getattr(record, f"{name}_id"))
        return Cell(other.title, other.title, scope.url(other)) if other else Cell("")
    value = getattr(record, name)
    url = scope.url(record) if name == "title" else ""
    if isinstance(field, models.URLField):
        url = str(value)
    if getattr(field, "choices", None):
        return Cell(getattr(record, f"get_{name}_display")(), value, url, str(value or ""))
    return Cell(display(value), value, url)


# What a list shows of a long cell; the download and the record's page have it whole.
RELATED_LETTERS, TEXT_LETTERS = 50, 200


def brief(rows: Sequence[Row]) -> list[Row]:
    """Return rows for a list: long cells cut, and a sign where the first cell is empty."""
    return [
        Row(row.record, [_brief(cell, n == 0, row.record) for n, cell in enumerate(row.cells)])
        for row in rows
    ]


def _brief(cell: Cell, is_first: bool, record: Record) -> Cell:
    if not cell.text:
        return replace(cell, text="–") if is_first else cell
    is_related = bool(cell.url) and cell.value != record.title
    return replace(
        cell, text=Truncator(cell.text).chars(RELATED_LETTERS if is_related else TEXT_LETTERS)
    )


def display(value: Any) -> str:
    """Return a value as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return date_format(value, "j F Y, H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Decimal):
        return pounds(value)
    return str(value)


def pounds(amount: Decimal) -> str:
    """Return an amount as people read it: `£1,234.50`, `−£12.00`."""
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


# ---- filters ----

# So many records are named to the database sooner than looked for twice.
NAMED = 1_000


class FilterForm(forms.Form):
    """A GET form made from a kind's filters; its answers narrow the list and its downloads."""

    q = forms.CharField(label=_("Words"), required=False)

    def __init__(self, kind: Kind, scope: Scope, data: Any) -> None:
        super().__init__(data)
        self.kind = kind
        self.lookups: dict[str, str] = {}
        for name in kind.filters:
            for asked, lookup, field in _filter_fields(kind, name, scope):
                self.fields[asked], self.lookups[asked] = field, lookup

    def narrow(self, records: Any) -> Any:
        """Return the records that match the answers given."""
        if not self.is_valid():
            return records.none()
        for name, lookup in self.lookups.items():
            answer = self.cleaned_data.get(name)
            if answer not in (None, ""):
                records = records.filter(**{lookup: answer})
        if words := self.cleaned_data.get("q", "").strip():
            records = records.filter(_holding(self.kind, words))
        return records

    def applied(self) -> list[tuple[str, str]]:
        """Return `(what is filtered, query string without it)` for each answer given."""
        found = []
        for name, field in self.fields.items():
            answer = str(self.data.get(name, "")).strip()
            if not answer:
                continue
            words = dict(getattr(field, "choices", ())).get(answer, answer)
            rest = {n: v for n, v in self.data.items() if n not in (name, "page")}
            found.append((f"{field.label}: {words}", f"?{urlencode(rest)}"))
        return found


def _holding(kind: Kind, words: str) -> models.Q:
    """Return the condition that a record of a kind holds words. One query.

    Each table is asked for its own columns alone, which an index can answer as no index can for
    both. Where few records hold the words they are named; what many hold is soon met with anyway.
    """
    names = dict.fromkeys(("title", "reference", *kind.text))
    own = [name for name in names if kind.model._meta.get_field(name).model is kind.model]
    in_own, in_all = _any_of(own, words), _any_of([n for n in names if n not in own], words)
    found = Record.objects.filter(in_all, kind=kind.name).values_list("pk", flat=True)
    if own:
        more = kind.model.objects.filter(in_own).values_list("pk", flat=True)
        found = more.union(found, all=True)
    ids = list(found[: NAMED + 1])
    return models.Q(pk__in=ids) if len(ids) <= NAMED else in_own | in_all


def _any_of(names: Sequence[str], words: str) -> models.Q:
    return models.Q(*((f"{name}__icontains", words) for name in names), _connector=models.Q.OR)


def _filter_fields(kind: Kind, name: str, scope: Scope) -> list[tuple[str, str, forms.Field]]:
    """Return the name, the lookup and the field of each answer that narrows a list by a column."""
    if isinstance(kind.model._meta.get_field(name), models.DateField):
        said = label(kind, name)
        return [
            (f"{name}_from", f"{name}__gte", _day_field(_("%(what)s, from") % {"what": said})),
            (f"{name}_until", f"{name}__lte", _day_field(_("%(what)s, until") % {"what": said})),
        ]
    lookup = f"{name}_id" if _is_reference(kind, name) else name
    return [(name, lookup, _choice_field(kind, name, scope))]


def _day_field(said: str) -> forms.Field:
    """Return a field for a day as people write it: there may be too many to choose from."""
    wrong = _("Give a day like 2019-11-27 or 27/11/2019.")
    return forms.DateField(label=said, required=False, error_messages={"invalid": wrong})


def _choice_field(kind: Kind, name: str, scope: Scope) -> forms.Field:
    field = kind.model._meta.get_field(name)
    any_ = [("", _("Any"))]
    if isinstance(field, ToRecord):
        # Distinct, it is a table of its own to PostgreSQL, which plans a dozen at once badly.
        used = scope.of(kind).exclude(**{f"{name}_id": None}).values(f"{name}_id").distinct()
        seen = scope.see(Record.objects.filter(pk__in=used)).in_order()
        choices = [*any_, *((str(r.pk), r.title[:80]) for r in seen)]
    elif isinstance(field, models.BooleanField):
        choices = [*any_, ("True", _("Yes")), ("False", _("No"))]
    elif field.choices:  # type: ignore[union-attr]
        choices = [*any_, *field.choices]  # type: ignore[union-attr]
    else:
        values = scope.of(kind).order_by(name).values_list(name, flat=True).distinct()
        choices = [*any_, *((str(v), display(v)) for v in values if v not in (None, ""))]
    return forms.ChoiceField(
        label=label(kind, name), choices=choices, required=False, widget=forms.Select
    )


def in_order(kind: Kind, records: Any) -> Any:
    """Return a kind's records as lists show them: by reference, or the newest first."""
    if not kind.model.newest:
        return records.in_order()
    newest = models.F(kind.model.newest).desc(nulls_last=True)
    return records.order_by(newest, "sort_key", "pk")


def export_columns(kind: Kind) -> list[str]:
    """Return the columns of a download: the reference, what the list shows, then its texts.

    Words that a file brought are found, and not downloaded again.
    """
    texts = (name for name in kind.text if name in kind.fields)
    names: Iterable[str] = ("reference", *kind.columns, *texts)
    return list(dict.fromkeys(names))
