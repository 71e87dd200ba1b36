"""Lines whose cells are known into rows: where one begins, and what of a line goes on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.text_pieces import Manner

REFERENCE = expression(
    r"\(?(?:[A-Z]{1,6}[ ./-]?)?\d{1,5}(?:[./-]\d{1,5}){0,3}[A-Za-z]?(?:\([a-z0-9]{1,3}\))?[.):]?"
    r"|\(?[A-Z]{1,3}[.)]?"
)
_FIGURE = expression(r"[£(+−–-]*\d[\d,.]*[%mk)]*")
_TOTAL = expression(r"(?:grand\s+|sub[\s-]?)?totals?\s*:?", re.IGNORECASE)
JOINS = expression(r"(?:\b(?:and|or|of|the|to|for|with|a|an|on|by|from|at|in)|[&,/-])$")
PARAGRAPH = "\n"  # before what begins anew within a cell
_KEYED = 0.6  # of the rows that plainly begin, so many have a reference where rows are keyed


@dataclass(frozen=True)
class Placed:
    """A line of a table: what stands in each column, and whether a line was left free before."""

    line: Line
    cells: dict[int, str]
    gap: bool
    is_note: bool = False  # it runs over the columns, below a row


@dataclass
class Row:
    """A row as its lines give it: of each column the pieces, with the lines they stand in."""

    first: Line
    spanning: bool = False
    cells: dict[int, list[Line]] = field(default_factory=dict)

    def add(self, placed: Placed) -> None:
        """Take what a line adds to the cells."""
        for column, text in placed.cells.items():
            begins = placed.is_note and not self.cells.get(column)
            said = f"{PARAGRAPH}{text}" if begins else text
            self.cells.setdefault(column, []).append(Line(said, placed.line.origin))


def rows_of(lines: Sequence[Placed], columns: int, manner: Manner) -> list[Row]:
    """Return the rows that lines make up, in order; every piece is in one of them."""
    shape = _Shape(lines, columns, manner)
    made: list[Row] = []
    for n, placed in enumerate(lines):
        if not made or shape.opens(n, made[-1]):
            made.append(Row(placed.line))
        made[-1].add(placed)
    return made


def _centred(lines: Sequence[Placed]) -> tuple[set[int], set[int]]:
    """Return the lines that begin rows with their reference in the middle, and those middles."""
    tops: set[int] = set()
    middles: set[int] = set()
    starts = [n for n, placed in enumerate(lines) if placed.gap or not n]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        keys = [n for n in range(start, end) if REFERENCE.fullmatch(lines[n].cells.get(0, ""))]
        if len(keys) == 1 and keys[0] > start and 0 not in lines[start].cells:
            tops.add(start)
            middles.add(keys[0])
    return tops, middles


class _Shape:
    """How the rows of a table are set, as all its lines together show."""

    def __init__(self, lines: Sequence[Placed], columns: int, manner: Manner) -> None:
        self.lines = lines
        self.columns = columns
        self.manner = manner
        after = [p for p in lines if p.gap and 0 in p.cells] or [p for p in lines if 0 in p.cells]
        keys = sum(bool(REFERENCE.fullmatch(p.cells[0])) for p in after)
        self.keyed = keys > _KEYED * len(after) and bool(after)
        within = [p for n, p in enumerate(lines) if n and not p.gap]
        full = sum(len(p.cells) == columns for p in within)
        gaps = sum(p.gap for p in lines)
        # Where free lines part the rows, a line right below another mostly goes on with it.
        # Strokes that stand below one another were set, and what they hold was wrapped.
        strokes = {p.line.text.find("|", p.line.text.find("|") == 0) for p in lines}
        self.set = manner == Manner.SPACES or (manner == Manner.STROKES and len(strokes) == 1)
        self.wrapped = any(0 not in p.cells or p.cells[0][:1].islower() for p in within)
        self.ruled = gaps > 1 and 2 * full <= len(within)
        self.tops, self.middles = _centred(lines) if self.ruled and self.keyed else (set(), set())

    def opens(self, n: int, row: Row) -> bool:
        """Return whether a line begins a row."""
        placed, before = self.lines[n], self.lines[n - 1]
        if placed.is_note:
            return False
        first = placed.cells.get(0, "")
        if n in self.tops or n in self.middles:
            return n in self.tops
        if not first:
            if self.manner == Manner.TABS:
                return not any(text[:1].islower() for text in placed.cells.values())
            # A total without a name: figures under figures.
            return set(placed.cells) <= set(row.cells) and all(
                _FIGURE.fullmatch(text) for text in placed.cells.values()
            )
        if self.keyed:
            key = bool(REFERENCE.fullmatch(first) or _TOTAL.fullmatch(first))
            return key or (placed.gap and not first[:1].islower() and len(placed.cells) > 1)
        said = row.cells[0][-1].text if 0 in row.cells else ""
        if first[:1].islower() or (said and JOINS.search(said) and not placed.gap):
            return False
        if placed.gap or not self.set or not said:
            return True
        return not self.ruled and self._apart(placed, before)

    def _apart(self, placed: Placed, before: Placed) -> bool:
        """Return whether a line right below another does not go on with its first cell."""
        if 0 not in before.cells or set(placed.cells) - set(before.cells):
            return True
        return not self.wrapped or len(placed.cells) == self.columns
