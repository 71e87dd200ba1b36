"""Plain text in: its lines with their numbers, its pages where it has page breaks."""

from __future__ import annotations

import codecs

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Note, NoteKind, Origin
from peelian.intake.flow import blocks
from peelian.intake.running import running_lines
from peelian.intake.text_blocks import with_tables
from peelian.intake.text_tables import text_tables

MOST_CHARACTERS = 10_000_000
MOST_LINES = 100_000
_BREAK = expression(r"\r\n|\r|[\x85\u2028\u2029]")
_CONTROLS = (*range(9), *range(14, 32), 127)
_MOST_CONTROLS, _TRIED = 0.02, 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(name: str, content: bytes) -> Document:
    """Return the document in a text file; UTF-8, else as Windows writes it.

    A form feed begins a page; lines are then those of the page, else those of the file.
    """
    notes: list[Note] = []
    text = decoded(name, content, notes)
    if len(text) > MOST_CHARACTERS:
        found = f"{len(text):,} characters; the first {MOST_CHARACTERS:,} were read"
        notes.append(Note(NoteKind.CUT_SHORT, found, Origin(name)))
        text = text[:MOST_CHARACTERS]
    pages = _BREAK.sub("\n", text).split("\f")
    paged = len(pages) > 1
    if paged and not pages[-1].strip():  # many writers end each page with a break
        pages.pop()
    lines: list[Line] = []
    for number, page in enumerate(pages, 1):
        for place, line in enumerate(page.split("\n"), 1):
            which = number if paged else None
            lines.append(Line(line, Origin(name, which, place, order=len(lines))))
            if len(lines) > MOST_LINES:
                break
    if len(lines) > MOST_LINES:
        lines = lines[:MOST_LINES]
        found = f"more than {MOST_LINES:,} lines; so many were read"
        notes.append(Note(NoteKind.CUT_SHORT, found, lines[-1].origin))
    count = len(pages) if paged else None
    running = running_lines(lines)
    tables = text_tables(lines, running)
    prose = list(blocks(lines, running | tables.taken))
    made = tuple(with_tables(prose, tables.tables))
    return Document(name, "txt", made, tuple(lines), count, notes=tuple(notes))


def is_text(content: bytes) -> bool:
    """Return whether bytes are text, as far as a reader can tell: few of them do not print."""
    start = content[:_TRIED]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return sum(start.count(byte) for byte in _CONTROLS) <= _MOST_CONTROLS * len(start)


def decoded(name: str, content: bytes, notes: list[Note]) -> str:
    """Return bytes as text, and note what had to be mended."""
    encoding = next((code for mark, code in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text:
            said = "some letters could not be read: it is neither UTF-8 nor as Windows writes it"
            notes.append(Note(NoteKind.MENDED, said, Origin(name)))
    controls = sum(text.count(chr(byte)) for byte in _CONTROLS)
    if controls:
        said = f"{controls:,} characters that do not print were left out"
        notes.append(Note(NoteKind.MENDED, said, Origin(name)))
        text = text.translate(dict.fromkeys(_CONTROLS))
    return text
