"""What one area offers to another's pages, without either importing the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from peelian.record.models import Record
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Section:
    """A part of a record's page: a heading, a template and what it shows."""

    title: Any
    template: str
    context: dict[str, Any]


EVERY = "*"  # stands for every kind there is

Offer = Callable[[Record, Scope], "Section | None"]
_offers: dict[str, list[Offer]] = {}


def offer(kinds: Iterable[str], section: Offer) -> None:
    """Offer a section to the pages of these kinds; it returns None where it has nothing to say."""
    for name in kinds:
        _offers.setdefault(name, []).append(section)


_beside: dict[str, list[tuple[Any, str]]] = {}


def stand_beside(kind: str, label: Any, route: str) -> None:
    """Let the list of a kind lead to a page, by the name of its public route."""
    _beside.setdefault(kind, []).append((label, route))


def beside(kind: str, scope: Scope) -> list[tuple[Any, str]]:
    """Return the label and address of the pages that stand beside the list of a kind."""
    return [(label, reverse(scope.name(route))) for label, route in _beside.get(kind, ())]


def sections_for(record: Record, scope: Scope) -> list[Section]:
    """Return what the areas have to say about a record, in the order they were declared."""
    offers = [*_offers.get(record.kind, []), *_offers.get(EVERY, [])]
    made = (section(record, scope) for section in offers)
    return [section for section in made if section]
