"""What a package says of itself: title, language, day of change, macros and links to elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.intake.document import Note, NoteKind, Origin
from peelian.intake.packages import Package
from peelian.intake.tables import as_day, shown

_MOST_LINKS = 100
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"


@dataclass(frozen=True)
class Properties:
    """A package's own words; empty where it has none."""

    title: str = ""
    language: str = ""
    modified: dt.date | None = None


def properties(package: Package) -> Properties:
    """Return what a package says of itself. Raises Rejected where that part is damaged."""
    root = package.tree("docProps/core.xml")
    if root is None:
        return Properties()
    said = {name: (root.findtext(name) or "").strip() for name in (_DC + "title", _DC + "language")}
    modified = as_day((root.findtext(_TERMS + "modified") or "")[:10])
    return Properties(said[_DC + "title"], said[_DC + "language"], modified)


def warnings(package: Package) -> Iterator[Note]:
    """Yield what a package would run or fetch if it were opened. Here it never is."""
    place = Origin(package.name)
    for name in package.names:
        if name.rpartition("/")[2].casefold() == "vbaproject.bin":
            yield Note(NoteKind.MACRO, "macros, which were not run", place)
            break
    seen: set[str] = set()
    for name in package.names:
        root = package.tree(name) if name.endswith(".rels") else None
        for relation in root if root is not None else ():
            kind = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") != "External" or kind == "hyperlink":
                continue
            said = f"{shown(kind, 40)}: {shown(relation.get('Target', ''), 200)}"
            if said not in seen and len(seen) < _MOST_LINKS:
                seen.add(said)
                yield Note(NoteKind.EXTERNAL_LINK, said, place)
