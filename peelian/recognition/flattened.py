"""Which column each line of a flattened table belongs to.

Text taken from a PDF holds the cells of a table one after another: a cell's lines wrap at the width
of its column, a blank line parts two cells that take several lines, and a cell of one line runs
on into the next (`Complete Delivery plan`). Nothing says where a column begins. What does tell is
taken together by a sequence model: a state for each column, a score for each step from a line to
the next, and the best path through all lines (Viterbi). The scores say that

- columns come in their order, and a row leaves out the columns at its end sooner than others;
- a line of a cell breaks only where the next word would not have fitted its column's width;
- a cell begins with a capital, a number or a bullet, after a blank line or on a line it shares;
- a reference opens a row; a new page takes up the cells of the row that it broke;
- a column has its words: names of bodies, words of status.

Widths and words are learned from the document: the best path under rough guesses gives them, and
is then sought again; of several guesses that counts which explains the lines best. The time taken
grows with the number of lines alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import inf

from peelian.recognition.flattened_parts import Parts, Reading, Split
from peelian.recognition.flattened_steps import OPENS, State, lacking, moves
from peelian.recognition.flattened_table import (
    Column,
    FlatTable,
    Move,
    Piece,
    Printed,
    guessed_widths,
    learn,
    runs_of,
)
from peelian.recognition.print_width import measure_for

_BEAM = 10
_BEHIND = 6.0  # a path this far behind the best does not win any more
_OUT_OF_REACH = 8.0  # no line's words make up for so much less
_PASSES = 2
_STARTS = 2
_SAMPLE = 150
_MOST_LINES = 6_000
# The score for each line below which a path is no better than chance, if there are some lines.
_LEAST, _FEW = -0.3, 20


def labelled(
    lines: Sequence[Printed], columns: Sequence[Column], spanning: int | None = None
) -> list[Piece]:
    """Return the lines, parted where cells share one, each piece with its column. Never raises.

    None where no path explains the lines, as when those of several columns are run together.
    Lines after the first six thousand are left out: no table of that length is a plan.
    `spanning` is the column whose cell may span rows.
    """
    lines = lines[:_MOST_LINES]
    if not lines or not columns:
        return []
    blank = sum(line.after_blank for line in lines)
    opened = Counter(line.opens for line in lines if line.opens is not None)
    # Rows of activities may lack a reference where others have one; commitments do not.
    numbered = frozenset(column for column, count in opened.items() if count >= 3)
    gappy = blank * 12 > len(lines)
    runs = runs_of(lines)
    measure = measure_for(runs)
    # Where hardly a line begins small none was wrapped: each is a cell, or a paragraph.
    wraps = sum(line.text[:1].islower() for line in lines) * 25 > len(lines)
    starts = [
        FlatTable(columns, spanning, gappy, numbered, measure, wraps, widths)
        for widths in guessed_widths(runs, columns, measure)[: _STARTS if wraps else 1]
    ]
    read = [Reading(line, measure) for line in lines]
    table = max(starts, key=lambda start: _learned(read[:_SAMPLE], start)[0])
    table.words = []  # those of the first lines would weigh too much
    score, pieces = _learned(read, table)
    # References speak for any path alike, so they tell nothing of how good this one is.
    score -= OPENS * sum(opened.values())
    return pieces if len(lines) < _FEW or score > _LEAST * len(lines) else []


def _learned(read: Sequence[Reading], table: FlatTable) -> tuple[float, list[Piece]]:
    """Learn a table's widths and words from lines; return how well they explain these, and how."""
    score, pieces = 0.0, list[Piece]()
    for _pass in range(_PASSES):
        score, pieces = _best(read, table)
        learn(pieces, table)
    return score, pieces


def _best(read: Sequence[Reading], table: FlatTable) -> tuple[float, list[Piece]]:
    """Return the score of the best path through all lines, and its pieces."""
    states = [State(0.0, -1, 0.0, False, False, False, True, False, 0)]
    for reading in read:
        states = _after(reading, states, table)
    last = max(states, key=lambda s: s.score - lacking(s.column, table))
    return last.score, _traced([reading.line for reading in read], last)


def _after(reading: Reading, states: Sequence[State], table: FlatTable) -> list[State]:
    """Return the best states at the end of a line."""
    line = reading.line
    found: dict[tuple[int, bool, bool, bool, int], State] = {}
    known: dict[tuple[int, Move], list[Split]] = {}
    parts = Parts(reading, table)
    entries = _entries(reading, states, table)
    least = max(entry[3] for entry in entries) - _OUT_OF_REACH
    best = -inf
    for first, move, resuming, score, before in entries:
        if score < least:
            continue
        goes_on = move == Move.SAME
        # What a line holds depends on how it follows only where it goes on, or spans.
        kind = move if goes_on or move == Move.SPANNING else Move.ROW
        if (first, kind) not in known:
            known[first, kind] = parts.splits(first, kind)
        for rest, gained in known[first, kind]:
            column, offset = rest[-1] if rest else (first, 0)
            key = (column, bool(rest) or not goes_on, bool(rest), resuming, offset)
            total = score + gained
            if total < best - _BEHIND or (key in found and found[key].score >= total):
                continue
            best = max(best, total)
            width, ended, listed = reading.end(offset)
            kept = 0 if move == Move.ROW else before.unfinished & ~(1 << first | 1 << column)
            kept |= 0 if ended else 1 << column
            goes_in = before.indented if goes_on and not line.after_blank else line.new_page
            indented = listed or (goes_in and not rest)
            found[key] = State(
                total, column, width, key[1], key[2] or line.opens == column,
                resuming, ended, indented, kept, (before, first, move, rest),
            )  # fmt: skip
    near = [state for state in found.values() if state.score >= best - _BEHIND]
    return sorted(near, key=lambda s: -s.score)[:_BEAM]


def _traced(lines: Sequence[Printed], last: State) -> list[Piece]:
    """Return the pieces of the path that ends in a state."""
    paths: list[tuple[int, Move, tuple[tuple[int, int], ...]]] = []
    state = last
    while state.back is not None:
        state, first, move, rest = state.back
        paths.append((first, move, rest))
    pieces = []
    for line, (first, move, rest) in zip(lines, reversed(paths), strict=True):
        ends = [*(offset for _c, offset in rest), len(line.text)]
        text = line.text[: ends[0]]
        pieces.append(Piece(line.number, text, line.origin, first, move, line.after_blank))
        for (column, offset), end in zip(rest, ends[1:], strict=True):
            text = line.text[offset:end]
            pieces.append(Piece(line.number, text, line.origin, column, Move.NEXT, False))
    return pieces


def _entries(
    reading: Reading, states: Sequence[State], table: FlatTable
) -> list[tuple[int, Move, bool, float, State]]:
    """Return, for each column and way to reach it, the best state before and the score."""
    best: dict[tuple[int, Move, bool], tuple[float, State]] = {}
    text = reading.stripped
    small = text[:1].islower()
    for state in states:
        for column, move, cost in moves(reading.line, text, small, state, table):
            resuming = move == Move.PAGE or (state.resuming and move in (Move.SAME, Move.NEXT))
            key = (column, move, resuming)
            score = state.score + cost
            if key not in best or best[key][0] < score:
                best[key] = (score, state)
    return [(c, m, r, score, state) for (c, m, r), (score, state) in best.items()]
