"""Cells made the rows of a table, and columns named as a spreadsheet names them."""

from __future__ import annotations

from collections.abc import Iterable

from peelian.intake.document import Block, BlockKind, Cell, Origin


def row_of(cells: Iterable[Cell], table: int, is_head: bool = False) -> Block:
    """Return a row of cells as a block; its text is theirs, by tabulators."""
    kept = tuple(cells)
    marks: list[tuple[int, Origin]] = []
    start = 0
    for cell in kept:
        marks += [(start + offset, origin) for offset, origin in cell.marks]
        start += len(cell.text) + 1
    text = "\t".join(cell.text for cell in kept)
    return Block(text, tuple(marks), BlockKind.ROW, table=table, cells=kept, is_head=is_head)


def letters(column: int) -> str:
    """Return the name of a column, counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
