"""Glossaries: oversight bodies with their purpose and rhythm; abbreviations spelled out."""

from __future__ import annotations

from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class Mechanism:
    """A body or meeting as a glossary describes it. `None` where it does not say."""

    name: str
    purpose: str
    meets: str
    origin: Origin
    theme: str = ""
    notes_published: bool | None = None
    public: bool | None = None


@dataclass(frozen=True)
class Glossary:
    """A glossary of oversight bodies."""

    title: str
    mechanisms: tuple[Mechanism, ...]
    origin: Origin


@dataclass(frozen=True)
class Abbreviation:
    """A short form and the words that the document gives for it."""

    short: str
    long: str
    origin: Origin


def glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of oversight bodies in a document."""
    raise NotImplementedError


def abbreviations(document: Document) -> list[Abbreviation]:
    """Return the abbreviations that a document spells out, wherever it does."""
    raise NotImplementedError
