"""Plain text in: its lines with their numbers, its pages where it has page breaks."""

from __future__ import annotations

from peelian.intake.document import Document, Line, Origin
from peelian.intake.flow import blocks


def read_text(name: str, content: bytes) -> Document:
    """Return the document in a text file; UTF-8, else as Windows writes it.

    A form feed begins a page; lines are then those of the page, else those of the file.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    lines: list[Line] = []
    for number, page in enumerate(pages, 1):
        for place, line in enumerate(page.split("\n"), 1):
            which = number if len(pages) > 1 else None
            lines.append(Line(line, Origin(name, which, place, order=len(lines))))
    count = len(pages) if len(pages) > 1 else None
    return Document(name, "txt", tuple(blocks(lines)), tuple(lines), count)
