"""Made-up plans as blocks of a table and as lines of a flattened one."""

from __future__ import annotations

from collections.abc import Sequence

from peelian.intake.document import Block, BlockKind, Cell, Document, Line, Origin
from peelian.intake.flow import blocks

FILE = "plan.docx"


def row(number: int, cells: Sequence[str], head: bool = False, table: int = 1) -> Block:
    """Return a row of a table."""
    made = []
    for column, text in enumerate(cells):
        place = Origin(FILE, table=table, cell=f"{'ABCDEFGHIJ'[column]}{number}", order=number)
        made.append(Cell(text, ((0, place),), column))
    place = Origin(FILE, table=table, line=number, order=number)
    text = "\t".join(cells)
    return Block(text, ((0, place),), BlockKind.ROW, table=table, cells=tuple(made), is_head=head)


def wide(number: int, text: str, span: int, table: int = 1) -> Block:
    """Return a row that is one cell over several columns."""
    place = Origin(FILE, table=table, cell=f"A{number}", order=number)
    cell = Cell(text, ((0, place),), 0, span)
    return Block(text, ((0, place),), BlockKind.ROW, table=table, cells=(cell,))


def heading(number: int, text: str, level: int = 1) -> Block:
    """Return a heading."""
    return Block(text, ((0, Origin(FILE, order=number)),), BlockKind.HEADING, level=level)


def table(head: Sequence[str], *rows: Sequence[str]) -> Document:
    """Return a document that is one table."""
    made = [row(1, head, True), *(row(n, cells) for n, cells in enumerate(rows, 2))]
    return Document(FILE, "docx", tuple(made))


def document(*made: Block) -> Document:
    """Return a document of blocks."""
    return Document(FILE, "docx", made)


def text(words: str) -> Document:
    """Return the document in a text, with its lines."""
    lines = [
        Line(line, Origin("plan.txt", line=n, order=n))
        for n, line in enumerate(words.split("\n"), 1)
    ]
    return Document("plan.txt", "txt", tuple(blocks(lines)), tuple(lines))
