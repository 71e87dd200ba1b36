"""A kind of record, declared once and served by the generic views, loader, search and exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst

if TYPE_CHECKING:
    from peelian.record.models import Record
    from peelian.record.querysets import RecordQuerySet

Text = str | LazyText


@dataclass(frozen=True)
class Kind:
    """How one kind of record is listed, shown, edited, exported and found.

    `fields` is what a person fills in and a file may carry; names in `links` are among them.
    `views` names, dotted, the generic views it replaces. Two kinds may share a model: a commitment
    and an undertaking are both promises. `alone` kinds may be part of nothing though they have
    parents; `closed` ones are hidden from all but those who manage the area.
    """

    name: str
    slug: str
    label: Text
    plural: Text
    model: type[Record]
    fields: tuple[str, ...]
    columns: tuple[str, ...] = ("reference", "title")
    filters: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    views: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    closed: bool = False

    @property
    def area(self) -> str:
        """Return the area whose roles may see and edit it."""
        return self.model._meta.app_label

    def all(self) -> RecordQuerySet[Any]:
        """Return every record of this kind, published or not."""
        return self.model.objects.filter(kind=self.name)


_kinds: dict[str, Kind] = {}

# Every record says who may see it, whatever its kind.
AUDIENCE = "audience"

# What people call each form of link; its area says.
LINK_LABELS: dict[str, Text] = {}


def register(*kinds: Kind) -> None:
    """Add kinds to the registry; called once by each area's application."""
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"kind {kind.name!r} is declared twice")


def kinds() -> list[Kind]:
    """Return every kind there is, in the order of declaration."""
    return list(_kinds.values())


def kind_named(name: str) -> Kind:
    """Return the kind of this name. Raises KeyError."""
    return _kinds[name]


def kind_of(record: Record) -> Kind:
    """Return the kind of a record."""
    return _kinds[record.kind]


def label(kind: Kind, name: str) -> str:
    """Return the heading of a column."""
    if name in kind.links:
        return str(LINK_LABELS[name])
    field = kind.model._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name)))
