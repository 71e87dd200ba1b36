"""Glossaries of oversight bodies in tables, and what the columns of such a table are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Table
from peelian.recognition.mechanisms import (
    KINDS_OF_BODY,
    Glossary,
    Key,
    Mechanism,
    key,
    rhythm,
    unmarked,
)

NAME = (
    r"(?:(?:name|title)(?:\s+of\s+(?:the\s+)?(?:meeting|board|group|body|forum|committee))?"
    r"|(?:governance|oversight|scrutiny|accountability)?\s*"
    r"(?:meetings?|boards?|bod(?:y|ies)|forums?|groups?|committees?|partnerships?|mechanisms?)"
    r"(?:\s*(?:/|,|and|or|&)\s*(?:meetings?|boards?|bod(?:y|ies)|forums?|groups?|committees?)){0,2}"
    r"(?:\s+name)?)"
)
PURPOSE = (
    r"(?:(?:role|purpose|function|remit|aim)s?\s*(?:and|/|&)\s*"
    r"(?:remit|purpose|responsibilit(?:y|ies)|function|role|objective|scope)s?"
    r"|purposes?|remit|role|functions?|aims?|description|objectives?|responsibilit(?:y|ies)"
    r"|terms\s+of\s+reference(?:\s+\(?summary\)?)?|summary(?:\s+of\s+terms\s+of\s+reference)?"
    r"|what\s+it\s+(?:does|looks\s+at|is\s+for|covers)|what\s+for|looks\s+at|covers|focus"
    r"|responsible\s+for)"
)
MEETS = (
    r"(?:meets|(?:meeting\s+)?frequency(?:\s+of\s+meetings?)?|how\s+often(?:\s+(?:it|they)\s+meets?"
    r"|\s+does\s+it\s+meet)?|regularity|when(?:\s+(?:it|they)\s+meets?|\s+does\s+it\s+meet)?|timing|rhythm"
    r"|(?:meeting\s+)?cycle|(?:meeting\s+)?schedule|meetings\s+(?:per|a|each)\s+year)"
)
_COLUMNS = {
    "name": expression(NAME, re.IGNORECASE),
    "purpose": expression(PURPOSE, re.IGNORECASE),
    "meets": expression(MEETS, re.IGNORECASE),
    "theme": expression(r"(?:theme|area|priority|objective|strand|tier|level)s?", re.IGNORECASE),
    "notes": expression(
        r".*\b(?:notes|minutes|papers)\b.*\b(?:published|available|online)\b.*", re.IGNORECASE
    ),
    "public": expression(
        r"(?:held\s+in\s+)?public(?:\s+meeting)?\??|open\s+to\s+(?:the\s+)?public\??|"
        r"(?:meets|held)\s+in\s+public\??",
        re.IGNORECASE,
    ),
}
_TITLE = expression(
    r"\b(?:glossary|governance|oversight|boards?|meetings?|terms\s+of\s+reference|scrutiny"
    r"|accountability|mechanisms?|committees?|structure)\b",
    re.IGNORECASE,
)
_BODIES = r"(?:boards|groups|bodies|committees|forums|meetings|panels|partnerships)"
_LIST_TITLE = expression(
    rf"(?:(?:appendix|annex|part|section)?\s*[A-Z\d]{{0,2}}[.:]?\s+)?(?:(?:our|the|oversight|governance)\s+)*"
    rf"{_BODIES}(?:\s*(?:,|and|&)\s*{_BODIES})*(?:\s+(?:of|in|which|that|named|mentioned|overseeing)\b.{{0,60}})?",
    re.IGNORECASE,
)
_NAMED = expression(rf".*\b(?:{KINDS_OF_BODY}|meetings?)\b.*", re.IGNORECASE)
_ASIDE = expression(r"^(?P<word>[^(–—-]{1,40}?)\s*[–—-]?\s*\((?P<aside>.+)\)\s*$")


def theme_of(heading: str) -> str:
    """Return the theme that a column heading names: `Purpose (Our plan - Safer roads)`, or `""`."""
    match = _ASIDE.match(" ".join(heading.split()))
    if not match:
        return ""
    return re.split(r"\s[–—-]\s", match["aside"])[-1].strip()


def column_of(heading: str) -> str:
    """Return what a column of a glossary holds by its heading (`name`, `meets`, ...), else `""`."""
    words = " ".join(heading.split())[:120]
    match = _ASIDE.match(words)
    plain = (match["word"] if match else words).strip(" :–-?")
    return next((name for name, form in _COLUMNS.items() if form.fullmatch(plain)), "")


def looks_like_a_body(name: str) -> bool:
    """Return whether a name is one of a body by its kind: a board, group, forum, ..."""
    return bool(_NAMED.fullmatch(name[:200]))


def titles_bodies(text: str) -> bool:
    """Return whether a line is the title of a list of bodies: `Appendix A   Boards and groups`."""
    return bool(_LIST_TITLE.fullmatch(" ".join(text.split())))


def table_glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of bodies that a document has as tables, in order."""
    key_said = key_of(document.blocks)
    made = [_from_table(table, document, key_said) for table in document.tables()]
    return [glossary for glossary in made if glossary]


def key_of(blocks: Iterable[Block]) -> Key:
    """Return the key to marks that stands somewhere in a document; an empty one where none does."""
    for block in blocks:
        if re.match(r"\s*(?:key|notes?)\s*:", block.text[:40], re.IGNORECASE):
            found = key(block.text[:400])
            if found.notes or found.public:
                return found
    return Key()


def _from_table(table: Table, document: Document, marks: Key) -> Glossary | None:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    head = table.head or (tuple(rows[0]) if rows else ())
    columns = {name: n for n, text in reversed(list(enumerate(head))) if (name := column_of(text))}
    if "name" not in columns or not ({"purpose", "meets"} & columns.keys()):
        return None
    theme = theme_of(head[columns.get("purpose", columns["name"])])
    found: list[Mechanism] = []
    for block, row in zip(table.rows, rows, strict=True):
        if row and column_of(row[0]) == "name":  # the headings once more, for another theme
            theme = next((t for t in map(theme_of, row) if t), theme)
            continue
        filled = {text for text in row if text.strip()}
        if len(filled) == 1 and len(row) > 1 and not looks_like_a_body(row[0]):
            theme = filled.pop()
            continue
        if made := _mechanism(block, row, columns, theme, marks):
            found.append(made)
    bodies = sum(looks_like_a_body(m.name) for m in found)
    rhythms = sum(bool(rhythm(m.meets)) for m in found)
    if len(found) < 2 or max(bodies, rhythms) * 2 < len(found):
        return None
    return Glossary(_title(table, document), tuple(found), table.origin)


def _mechanism(
    block: Block, row: Sequence[str], columns: dict[str, int], theme: str, marks: Key
) -> Mechanism | None:
    by_column = {cell.column: cell.text for cell in block.cells}

    def text(column: str) -> str:
        place = columns.get(column, -1)
        return " ".join(by_column.get(place, row[place] if 0 <= place < len(row) else "").split())

    name, own = unmarked(text("name"))
    if not name or len(name) > 160:
        return None
    notes, public = marks.of(own)
    return Mechanism(
        name,
        text("purpose"),
        text("meets").strip("–-— "),
        block.origin,
        text("theme") or theme,
        _yes(text("notes"), notes),
        _yes(text("public"), public),
    )


def _yes(said: str, otherwise: bool | None) -> bool | None:
    if re.match(r"(?:y(?:es)?|✓|✔|x)\b|[✓✔]", said, re.IGNORECASE):
        return True
    return False if re.match(r"no?\b", said, re.IGNORECASE) else otherwise


def _title(table: Table, document: Document) -> str:
    """Return the table's caption, else the nearest heading above that speaks of such things."""
    if _TITLE.search(table.caption):
        return table.caption
    above = [b for b in document.blocks if b.origin.order < table.origin.order]
    for block in reversed(above[-12:]):
        if block.kind != BlockKind.ROW and len(block.text) < 120 and _TITLE.search(block.text):
            return block.text
    return ""
