"""Glossaries: oversight bodies with their purpose and rhythm; abbreviations spelled out."""

from __future__ import annotations

from peelian.intake.document import Document
from peelian.recognition.abbreviations import Abbreviation, abbreviations
from peelian.recognition.bodies import column_of, table_glossaries
from peelian.recognition.body_columns import column_glossaries
from peelian.recognition.body_lines import line_glossaries
from peelian.recognition.body_lists import list_glossaries
from peelian.recognition.mechanisms import Glossary, Mechanism

__all__ = ["Abbreviation", "Glossary", "Mechanism", "abbreviations", "glossaries"]


def glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of oversight bodies in a document."""
    tables, columns = table_glossaries(document), column_glossaries(document)
    # A page whose table was lost is still there as lines, those of its neighbours too.
    ways = (tables, columns, line_glossaries(document), list_glossaries(document))
    return max(ways, key=_bodies)


def _bodies(found: list[Glossary]) -> int:
    """Return how many bodies glossaries name; the heading of a column, `Meets`, names none."""
    named = [m.name.casefold() for g in found for m in g.mechanisms]
    return sum(" " in name or not column_of(name) for name in named)
