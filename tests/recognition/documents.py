"""Documents of a made-up office, from text or from the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.intake.text import read_text


def text_document(text: str, name: str = "pack.txt") -> Document:
    """Return what a text file of these words reads as; a form feed begins a page."""
    return read_text(name, text.encode())


def table_document(heading: str, *rows: Sequence[str]) -> Document:
    """Return a document of a heading and one table, whose first row is its column headings."""
    blocks = [
        Block(heading, ((0, Origin("plan.docx", paragraph=1, order=0)),), BlockKind.HEADING, 1)
    ]
    for n, row in enumerate(rows, 1):
        origins = [
            Origin("plan.docx", table=1, cell=f"{chr(65 + c)}{n}", order=n) for c in range(len(row))
        ]
        cells = tuple(
            Cell(text, ((0, origin),), column)
            for column, (text, origin) in enumerate(zip(row, origins, strict=True))
        )
        marks = ((0, origins[0]),)
        blocks.append(
            Block("\t".join(row), marks, BlockKind.ROW, table=1, cells=cells, is_head=n == 1)
        )
    return Document("plan.docx", "docx", tuple(blocks))
