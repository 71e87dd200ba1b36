"""Made-up plans as blocks of a table and as lines of a flattened one."""

from __future__ import annotations

import textwrap
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


def flattened(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return rows as a PDF's text gives them: cells wrap at their width, one of a line runs on."""
    lines: list[str] = []
    for cells in rows:
        running = ""
        for cell, width in zip(cells, widths, strict=True):
            if not cell:
                continue
            wrapped = textwrap.wrap(cell, width)
            if len(wrapped) == 1:
                running += f"{wrapped[0]} "
                continue
            lines += [running + wrapped[0] + " ", *(f"{line} " for line in wrapped[1:]), ""]
            running = ""
        if running:
            lines += [running, ""]
    return "\n".join(lines)


def cell_by_cell(rows: Sequence[Sequence[str]], widths: Sequence[int], blank: bool) -> str:
    """Return rows as cells one under another, with blank lines between or without."""
    lines: list[str] = []
    for cells in rows:
        for cell, width in zip(cells, widths, strict=True):
            lines += textwrap.wrap(cell, width)
            lines += [""] if blank and cell else []
    return "\n".join(lines)


def spaced(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return rows side by side with gaps between, as a layout that keeps places prints them."""
    lines: list[str] = []
    for cells in rows:
        columns = [textwrap.wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
        for n in range(max(map(len, columns))):
            parts = [
                (held[n] if n < len(held) else "").ljust(width + 3)
                for held, width in zip(columns, widths, strict=True)
            ]
            lines.append("".join(parts).rstrip())
        lines.append("")
    return "\n".join(lines)
