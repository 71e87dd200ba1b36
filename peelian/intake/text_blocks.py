"""Tables found in a text as blocks: rows with cells that say where their lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from peelian.expressions import expression
from peelian.intake.document import Block, Cell, Line, Origin
from peelian.intake.flow import joined
from peelian.intake.rows import letters, row_of
from peelian.intake.text_rows import PARAGRAPH, Row

_CAPTION = expression(r"(?:table|tabl)\s\d{1,3}(?:\.\d{1,3})?[a-z]?\b", re.IGNORECASE)


@dataclass
class Laid:
    """A table as it is laid out: the row that names its columns, if any, and its other rows.

    `is_set` says whether its cells are set to a width, so that a short line ended on purpose.
    """

    head: Row | None
    rows: list[Row]
    columns: int
    is_set: bool = False

    @property
    def begins(self) -> int:
        """Return the order of the line with which it begins."""
        return (self.head or self.rows[0]).first.origin.order

    def width(self, column: int) -> int:
        """Return how wide a column is set; 0 where nothing in it can have been wrapped."""
        if not self.is_set:
            return 0
        held = (line.text for row in self.rows for line in row.cells.get(column, ()))
        return max((len(text) for text in held if text[:1] != PARAGRAPH), default=0)


@dataclass
class Found:
    """The tables found in a text, and which of its lines, counted from 0, they hold."""

    tables: list[Laid] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def with_tables(blocks: Sequence[Block], tables: Sequence[Laid]) -> Iterator[Block]:
    """Yield blocks and the rows of tables in the order in which they are printed."""
    ordered = sorted(tables, key=lambda table: table.begins)
    rows = iter([row for n, table in enumerate(ordered, 1) for row in _rows(table, n)])
    row = next(rows, None)
    before: Block | None = None
    for block in [*blocks, None]:
        order = block.origin.order if block else None
        stands = row is not None and (order is None or row.origin.order < order)
        if before is not None:
            caption = stands and bool(_CAPTION.match(before.text))
            yield replace(before, is_caption=True) if caption else before
        while row is not None and (order is None or row.origin.order < order):
            yield row
            row = next(rows, None)
        before = block


def _rows(table: Laid, number: int) -> Iterator[Block]:
    widths = [table.width(column) for column in range(table.columns)]
    every = [*([table.head] if table.head else []), *table.rows]
    for n, row in enumerate(every, 1):
        cells = []
        for column in range(1 if row.spanning else table.columns):
            held = row.cells.get(column) or [Line("", row.first.origin)]
            text, marks = _text(held, widths[column])
            placed = tuple(
                (start, replace(origin, table=number, cell=f"{letters(column)}{n}"))
                for start, origin in marks
            )
            cells.append(Cell(text, placed, column, table.columns if row.spanning else 1))
        yield row_of(cells, number, row is table.head)


def _text(lines: Sequence[Line], width: int) -> tuple[str, tuple[tuple[int, Origin], ...]]:
    """Return a cell's text and its places; a line that had room for more ends a paragraph."""
    text = ""
    marks: list[tuple[int, Origin]] = []
    paragraph: list[Line] = []
    listed = len(lines) > 2 and all(line.text[:1].isupper() for line in lines)
    for n, line in enumerate(lines):
        paragraph.append(line)
        after = lines[n + 1].text if n + 1 < len(lines) else ""
        size = len(line.text) + 1 + len(after.split()[0] if after else "")
        apart = width and after[:1].isupper() and (listed or size <= width)
        apart = apart or after[:1] == PARAGRAPH
        if after and not apart:
            continue
        said, places = joined(paragraph)
        text += "\n" if text else ""
        marks += [(len(text) + offset, origin) for offset, origin in places]
        text += said
        paragraph = []
    return text, tuple(marks)
