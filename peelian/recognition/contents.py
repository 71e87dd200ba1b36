"""The agenda or contents page of a pack, and the papers that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class Entry:
    """An item of an agenda or contents page; `page` is the one it names."""

    number: str
    title: str
    origin: Origin
    page: int | None = None
    promises_paper: bool = False  # a page number, `attached`, `report`: there should be one


@dataclass(frozen=True)
class Paper:
    """A paper, by its own heading."""

    number: str  # of the agenda item it says it is for
    title: str
    origin: Origin


def contents(document: Document) -> list[Entry]:
    """Return the items on the agenda or contents page, none where there is no such page."""
    raise NotImplementedError


def papers(document: Document) -> list[Paper]:
    """Return the papers in a document by their headings."""
    raise NotImplementedError
