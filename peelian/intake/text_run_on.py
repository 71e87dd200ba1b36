"""Rows whose cells run on over the lines, parted by gaps or strokes, under a line of headings.

A row is what stands between free lines, or from one reference to the next. Joined, it has as many
cells as the head; where the end of a line has swallowed a gap, a sentence that ends there tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.text_heads import known_headings
from peelian.intake.text_pieces import Parted, Piece
from peelian.intake.text_rows import JOINS, REFERENCE, Placed, Row

_FEWEST, _SHARE = 3, 0.6
_MOST_LINES, _MOST_BLANKS, _MOST_IN_ROW = 4_000, 3, 60
_LONGEST_HEADING = 90
_ENDED = expression(r"[.!?]['\"”’)]*$")
_NUMBERED = expression(r"(?:no|ref|reference|number|id|item)\W*\s+(?=[A-Z])", re.IGNORECASE)
_NUMBER = expression(rf"(?P<number>{REFERENCE.pattern})\s+(?=\S)")


@dataclass(frozen=True)
class RunOn:
    """A table whose rows run on: its head, its rows, how many columns, and where it ends."""

    head: Placed
    rows: tuple[Row, ...]
    columns: int
    end: int


Pieces = Callable[[int], Sequence[Piece]]


def run_on(
    lines: Sequence[Line], at: int, begins: Parted, pieces: Pieces, free: Callable[[int], bool]
) -> RunOn | None:
    """Return the table under the headings in a line, None where its rows are not such."""
    words = [piece.text for piece in begins.filled]
    if not known_headings(words):
        return None
    rows: list[Row] = []
    fits = parted = 0
    end = at + 1
    pending: list[Row] = []

    def whole(n: int) -> bool:
        return len(pieces(n)) == len(words) and all(piece.text for piece in pieces(n))

    for group in _groups(lines, at + 1, free, whole):
        if len(group) > 1 and all(len(pieces(n)) == len(words) for n in group):
            return None  # cells that wrap within strokes
        parts = _parts(lines, group, pieces, len(words))
        cells = _cells(lines, group, parts, len(words))
        if cells is None:
            title = lines[group[0]]
            if len(group) > 1 or len(title.text.strip()) > _LONGEST_HEADING or len(pending) > 1:
                break
            pending.append(Row(title, spanning=True, cells={0: [title]}))
            continue
        parted += 1
        fits += _count(parts) == len(words)
        row = Row(lines[group[0]], cells={n: held for n, held in enumerate(cells) if held})
        rows += [*pending, row]
        pending, end = [], group[-1] + 1
    if fits < _FEWEST or fits < _SHARE * parted:
        return None
    head = Placed(lines[at], dict(enumerate(words)), True)
    return _numbered(RunOn(head, tuple(rows), len(words), end))


def _groups(
    lines: Sequence[Line],
    start: int,
    free: Callable[[int], bool],
    whole: Callable[[int], bool],
) -> Iterator[list[int]]:
    """Yield the places of lines that stand together, up to many free lines.

    A line that is a whole row ends one before it that is whole too.
    """
    group: list[int] = []
    blanks = 0
    for n in range(start, min(start + _MOST_LINES, len(lines))):
        if free(n):
            blanks += 1
            if group:
                yield group
                group = []
            if blanks > _MOST_BLANKS:
                return
            continue
        blanks = 0
        within = group and JOINS.search(lines[n - 1].text.rstrip())
        if group and (
            (whole(n) and whole(group[0]))
            or (not within and _follows(lines[group[0]].text, lines[n].text))
        ):
            yield group
            group = []
        group.append(n)
        if len(group) > _MOST_IN_ROW:
            return
    if group:
        yield group


def _follows(first: str, text: str) -> bool:
    """Return whether a line begins with a reference of the kind with which a row began."""
    one, two = (_NUMBER.match(said.lstrip(" |")) for said in (first, text))
    if not one or not two or not any(c.isdigit() for c in two["number"]):
        return False
    before, after = one["number"].strip("().:"), two["number"].strip("().:")
    if before.isdecimal() and after.isdecimal():
        return int(after) == int(before) + 1
    return re.sub(r"\d+", "0", before) == re.sub(r"\d+", "0", after)


def _parts(
    lines: Sequence[Line], group: Sequence[int], pieces: Pieces, count: int
) -> list[list[str]]:
    """Return the pieces of each line; a stroke at a line's end parts cells if a row needs it."""
    split = [[" ".join(cell.split()) for cell in lines[n].text.split("|")] for n in group]
    if len(group) > 1 and _count(split) == count:
        return split
    return [[piece.text for piece in pieces(n)] for n in group]


def _count(parts: Sequence[Sequence[str]]) -> int:
    """Return how many cells lines hold, where each goes on with the last cell of the one before."""
    return sum(map(len, parts)) - len(parts) + 1


def _cells(
    lines: Sequence[Line], group: Sequence[int], parts: Sequence[Sequence[str]], count: int
) -> list[list[Line]] | None:
    """Return the cells that lines hold, as many as there are columns; None where it cannot be."""
    found = _count(parts)
    if not any(len(part) > 1 for part in parts) or not 1 < found <= count:
        return None
    breaks = _breaks(parts, count - found)
    if breaks is None:
        return None
    cells: list[list[Line]] = [[]]
    for nth, (n, part) in enumerate(zip(group, parts, strict=True)):
        if nth and nth not in breaks:
            cells[-1].append(Line(part[0], lines[n].origin))
            part = part[1:]
        elif not nth:
            cells[0].append(Line(part[0], lines[n].origin))
            part = part[1:]
        cells += [[Line(text, lines[n].origin)] for text in part]
    return [[line for line in cell if line.text] for cell in cells]


def _breaks(parts: Sequence[Sequence[str]], wanted: int) -> set[int] | None:
    """Return before which lines a cell begins though no gap says so; None where none can."""
    if not wanted:
        return set()
    may = [n for n in range(1, len(parts)) if parts[n][0][:1].isupper()]
    sure = [n for n in may if _ENDED.search(parts[n - 1][-1])]
    widest = max(sum(map(len, part)) for part in parts)
    short = [n for n in may if n not in sure and sum(map(len, parts[n - 1])) < 0.7 * widest]
    chosen = [*sure[-wanted:], *short][:wanted]
    return set(chosen) if len(chosen) == wanted else None


def _numbered(found: RunOn) -> RunOn:
    """Return a table with the references of its rows in a column of their own, if its head says."""
    words = _NUMBERED.match(found.head.cells[0])
    rows = [row for row in found.rows if not row.spanning]
    firsts = [_NUMBER.match(row.cells[0][0].text) if row.cells.get(0) else None for row in rows]
    if not words or not all(firsts):
        return found
    for row, first in zip(rows, firsts, strict=True):
        if first is not None:
            line, *rest = row.cells[0]
            others = {column + 1: held for column, held in row.cells.items() if column}
            said = Line(line.text[first.end() :], line.origin)
            number = [Line(first["number"], line.origin)]
            row.cells = {0: number, 1: [said, *rest], **others}
    said_first = found.head.cells[0]
    cells = {column + 1: text for column, text in found.head.cells.items()}
    cells |= {0: said_first[: words.end()].strip(), 1: said_first[words.end() :]}
    head = Placed(found.head.line, cells, True)
    return RunOn(head, found.rows, found.columns + 1, found.end)
