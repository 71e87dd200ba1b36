"""The steps from one line of a flattened table to the next, and what speaks for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from peelian.recognition.flattened_table import BULLET, FlatTable, Move, Printed

# What a reference says for the row that it opens, and against any other.
OPENS = 4.0
_SLACK = 0.03
_INDENT = 0.12


class State(NamedTuple):
    """A line's end on the best path there: the column, and what is known of the cell."""

    score: float
    column: int
    width: float  # of the piece that ends the line
    began: bool  # the cell began on this line
    shared: bool  # ... and does not stand alone on it
    resuming: bool  # cells broken by a page are being taken up
    ended: bool  # the piece ends as a sentence does
    indented: bool  # the paragraph began with a bullet, so its lines may be shorter
    unfinished: int  # the columns, as bits, whose cells of the row end within a sentence
    # The state before, the first column on the line and how it follows, what else is on it.
    back: tuple[State, int, Move, tuple[tuple[int, int], ...]] | None = None


def moves(
    line: Printed, text: str, small: bool, state: State, table: FlatTable
) -> Iterator[tuple[int, Move, float]]:
    """Yield the ways from a state on to the next line: its column, how it follows, the score."""
    every = range(len(table.columns))
    begins = -3.0 if small else 0.0
    if state.column < 0:
        for column in every:
            opens = 0.0 if line.opens is None else OPENS if line.opens == column else -OPENS
            yield column, Move.ROW, begins + opens - table.passing[column]
        return
    opener = -6.0 if line.opens is not None else 0.0
    yield state.column, Move.SAME, opener + _continuing(line, text, small, state, table)
    apart = 0.0 if line.after_blank else _close(state, table)
    closing = 0.0 if state.ended else -0.15  # how a cell looks that is to end here
    page = -1.0 if line.new_page and not line.after_blank else apart
    onward = opener + begins * (0.2 if state.resuming else 1) + page + closing
    for column in every[state.column + 1 :]:
        skipped = table.passing[state.column + 1] - table.passing[column]
        yield column, Move.NEXT, onward + skipped - 0.5 * state.resuming
    if line.new_page:
        for column in every:
            yield column, Move.PAGE, opener + _resumed(small, state, column, table)
    lack = lacking(state.column, table) * (0.3 if state.resuming else 1.0)
    if line.opens is None:
        free = 0.0 if line.after_blank or line.new_page else apart
        ending = closing - lack + free + begins
        for column in every:
            yield column, Move.ROW, ending + table.unreferenced[column]
        if table.spanning is not None and state.column > table.spanning:
            yield table.spanning, Move.SPANNING, -2.0 if line.after_blank else -6.0
        return
    for column in every:
        # The first row beside a spanning cell may open with a reference of its own.
        beside = line.opens == column > state.column == table.spanning
        opens = OPENS if line.opens == column else -OPENS
        yield column, Move.ROW, closing - (0.0 if beside else lack) + opens


def _close(state: State, table: FlatTable) -> float:
    """Return the score for a cell that ends without a blank line after it.

    Where cells are parted by blank lines one of a single line may end so; others hardly do.
    """
    if not table.wraps:
        return 0.0
    if not table.gappy:
        return -0.4
    if state.column >= 0 and table.columns[state.column].single:
        return -0.3
    return -2.5 if state.began else -5.0


def _resumed(small: bool, state: State, column: int, table: FlatTable) -> float:
    """Return the score for a cell of the row going on after a new page."""
    score = 0.1 if small else -1.1
    if small and table.columns[column].wide and state.unfinished >> column & 1:
        score += 0.7
    score -= 0.4 * table.columns[column].paragraphs  # long cells are broken sooner
    if not state.ended and column != state.column:
        score -= 0.6
    return score - (0.0 if state.unfinished >> column & 1 else 0.7)


def lacking(column: int, table: FlatTable) -> float:
    """Return what it costs to end a row in a column."""
    return table.lacking[column + 1]


def _continuing(line: Printed, text: str, small: bool, state: State, table: FlatTable) -> float:
    """Return the score for the same cell going on: whether its line had to break where it did."""
    score = 0.5 if small else 0.0
    if state.shared and not state.width:  # a reference alone on its line
        return score + 0.8
    if not table.wraps:
        return score - (1.0 if table.columns[state.column].wide else 2.5)
    listed = bool(BULLET.match(text))
    cost = table.columns[state.column].paragraphs * (0.5 if listed or line.new_page else 1.0)
    if line.new_page:
        return score - (cost if line.after_blank else 0.0 if small or listed else 0.3)
    width = table.widths[state.column]
    first = table.measure(" " + text.split(" ", 1)[0])
    room = (width - state.width - first) / width if state.width else 0.0
    if room > (_INDENT if state.indented else _SLACK):
        early = min(0.5 + (room - _SLACK) * 8, 2.5) * (0.4 if line.after_blank else 1.0)
        score -= 0.15 if listed else min(early, 0.6) if state.ended else early
    else:
        score += 0.4
    if line.after_blank:
        if state.began and state.shared and not state.ended and room <= 0.1:
            return score - 0.2
        score -= cost
        score += 0.2 if state.ended else 0.6 if small else -0.4
    return score
