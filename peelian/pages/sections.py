"""What one area offers to another's pages, without either importing the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

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


def sections_for(record: Record, scope: Scope) -> list[Section]:
    """Return what the areas have to say about a record, in the order they were declared."""
    offers = [*_offers.get(record.kind, []), *_offers.get(EVERY, [])]
    made = (section(record, scope) for section in offers)
    return [section for section in made if section]
