"""The columns of lines set side by side: between them runs a strip that all lines leave free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from peelian.intake.text_pieces import LONGEST, Piece

_TOLERATED = 12  # of so many lines one may run over the strip between two columns
_MOST = 20


@dataclass(frozen=True)
class Column:
    """Where a column's pieces stand in their lines."""

    start: int
    end: int


def columns_of(lines: Sequence[Sequence[Piece]]) -> list[Column]:
    """Return the columns in which the pieces of lines stand, from left to right; few for none."""
    found = _between_strips(lines)
    counts = {len(line) for line in lines if len(line) > 1}
    if len(counts) == 1 and len(found) < (count := counts.pop()):
        found = _by_place([line for line in lines if len(line) == count]) or found
    return found if len(found) <= _MOST else []


def place(piece: Piece, columns: Sequence[Column]) -> int:
    """Return the column that a piece shares most with; where none, the last that begins before."""
    for n, column in enumerate(columns):
        if -1 <= piece.start - column.start <= 1:
            return n
    shared = [min(piece.end, c.end) - max(piece.start, c.start) for c in columns]
    best = max(range(len(columns)), key=lambda n: (shared[n], -n))
    if shared[best] > 0:
        return best
    return max((n for n, c in enumerate(columns) if c.start <= piece.start), default=0)


def split(piece: Piece, columns: Sequence[Column]) -> list[Piece]:
    """Return a piece cut at the strips it runs over, where it has a space there."""
    made = []
    for left, right in pairwise(columns):
        if not piece.start < left.end or not piece.end > right.start:
            continue
        at = right.start - piece.start
        if 0 < at < len(piece.text) and piece.text[at - 1] == " ":
            head = piece.text[:at].rstrip()
            made.append(Piece(piece.start, piece.start + len(head), head))
            piece = Piece(right.start, piece.end, piece.text[at:])
    return [*made, piece]


def _between_strips(lines: Sequence[Sequence[Piece]]) -> list[Column]:
    """Return the runs of places that pieces cover, but for a few lines that are too wide."""
    change = [0] * (LONGEST + 2)
    for line in lines:
        for piece in line:
            change[min(piece.start, LONGEST)] += 1
            change[min(piece.end, LONGEST)] -= 1
    most = len(lines) // _TOLERATED
    made: list[Column] = []
    covered, start = 0, -1
    for at, step in enumerate(change):
        covered += step
        if covered > most and start < 0:
            start = at
        elif covered <= most and start >= 0:
            made.append(Column(start, at))
            start = -1
    return _held(made, lines)


def _held(columns: list[Column], lines: Sequence[Sequence[Piece]]) -> list[Column]:
    """Return the columns in which two lines at least begin a piece; others are of their left."""
    counts = [0] * len(columns)
    for line in lines:
        for n in {place(piece, columns) for piece in line} if columns else ():
            counts[n] += 1
    made: list[Column] = []
    for column, count in zip(columns, counts, strict=True):
        if count < 2 and made:
            made[-1] = Column(made[-1].start, column.end)
        elif count >= 2:
            made.append(column)
    return made


def _by_place(lines: Sequence[Sequence[Piece]]) -> list[Column]:
    """Return the columns of lines that all have as many pieces, one after the other."""
    starts = [sorted(piece.start for piece in pieces) for pieces in zip(*lines, strict=True)]
    middles = [column[len(column) // 2] for column in starts]
    if any(right <= left for left, right in pairwise(middles)):
        return []
    ends = [*(start - 2 for start in middles[1:]), LONGEST]
    return [Column(a, max(b, a + 1)) for a, b in zip(middles, ends, strict=True)]
