"""The tables of a Word document: their rows and cells, those in content controls too."""

from __future__ import annotations

from collections.abc import Iterator

from peelian.intake.document import Block
from peelian.intake.docx_styles import W, attribute, whole
from peelian.intake.packages import Element

MOST_COLUMNS = 16_384
WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_HEAD_CELL = 60  # characters; a longer cell is no column's heading


def rows(table: Element) -> list[Element]:
    """Return the rows of a table."""
    return list(_inside(table, W + "tr"))


def cells(row: Element) -> list[Element]:
    """Return the cells of a row."""
    return list(_inside(row, W + "tc"))


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, tag)


def paragraphs(cell: Element, nested: list[Element]) -> Iterator[Element]:
    """Yield the paragraphs of a cell; the tables in it are put aside."""
    for child in cell:
        if child.tag == W + "p":
            yield child
        elif child.tag == W + "tbl":
            nested.append(child)
        elif child.tag in WRAPPERS:
            yield from paragraphs(child, nested)


def span(cell: Element) -> int:
    """Return how many columns a cell covers."""
    return max(whole(attribute(cell, "tcPr/gridSpan"), 1, MOST_COLUMNS), 1)


def looks_like_head(block: Block, rows: int) -> bool:
    """Return whether a table's first row names its columns: short words, none of them figures."""
    if rows < 2 or len(block.cells) < 2 or not all(cell.text for cell in block.cells):
        return False
    if any(len(cell.text) > _HEAD_CELL or cell.text[-1] in ".;:" for cell in block.cells):
        return False
    return not any(cell.text.replace(",", "").strip("£%").isdecimal() for cell in block.cells)
