"""Documents with tables, made for a test: paragraphs and headings as text, a table as a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin

Rows = Sequence[Sequence[str]]


def document(*parts: str | Rows) -> Document:
    """Return a document of paragraphs, headings (`# …`) and tables, whose first row is the head."""
    orders, tables, blocks = count(1), count(1), []
    for part in parts:
        if isinstance(part, str):
            origin = Origin("made.docx", paragraph=1, order=next(orders))
            text = part.removeprefix("# ")
            kind = BlockKind.HEADING if part.startswith("# ") else BlockKind.PARAGRAPH
            blocks.append(Block(text, ((0, origin),), kind, level=int(text != part)))
            continue
        table = next(tables)
        for y, row in enumerate(part):
            cells = tuple(
                Cell(
                    text,
                    ((0, Origin("made.docx", table=table, cell=f"{chr(65 + x)}{y + 1}", order=n)),),
                    column=x,
                )
                for x, (text, n) in enumerate(zip(row, orders, strict=False))
            )
            blocks.append(
                Block(
                    "\t".join(row),
                    cells[0].marks,
                    BlockKind.ROW,
                    table=table,
                    cells=cells,
                    is_head=y == 0,
                )
            )
    return Document("made.docx", "docx", tuple(blocks))
