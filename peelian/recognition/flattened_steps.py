"""The steps from one line of a flattened table to the next, and what speaks for each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.recognition.flattened_table import WORD, FlatTable, Move, Printed

BULLET = re.compile(r"[•·●▪>*–-]|\(?\(?\d{1,2}[.)]|\(?[a-h]\)|[ivx]{1,4}\)")
SENTENCE_END = re.compile(r"[.!?:;]['\"’”)]*\s*$")
_FUNCTION = re.compile(
    r"\b(?:of|the|and|to|for|a|an|in|with|by|on|at|from|or|that|is|are|be|as|into|their|our|its|&)$",
    re.IGNORECASE,
)
_CUT = re.compile(r" (?=[A-Z(•£\d‘“\"'])")
# What a reference says for the row that it opens, and against any other.
OPENS = 4.0
_SLACK = 0.03
_INDENT = 0.12
_CUTS = 14
_MOST_CUTS = 4
_FARTHEST_CUT = 160
_LONGEST_PARTED = 400
_LONGEST_READ = 300


@dataclass(frozen=True)
class State:
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


# Where a line is parted, each with the column of what follows, and the score of it all.
Split = tuple[tuple[tuple[int, int], ...], float]


def moves(
    line: Printed, text: str, small: bool, state: State, column: int, table: FlatTable
) -> list[tuple[Move, float]]:
    """Return the ways from a state to a column on the next line, with their scores."""
    made: list[tuple[Move, float]] = []
    opener = -6.0 if line.opens is not None else 0.0
    if state.column == column:
        made.append((Move.SAME, opener + _continuing(line, text, small, state, table)))
    begins = -3.0 if small else 0.0
    apart = 0.0 if line.after_blank else _close(state, table)
    if state.column < 0:
        opens = 0.0 if line.opens is None else OPENS if line.opens == column else -OPENS
        return [(Move.ROW, passed(0, column, table) + begins + opens)]
    if column > state.column:
        start = begins * (0.2 if state.resuming else 1)
        page = -1.0 if line.new_page and not line.after_blank else apart
        skipped = passed(state.column + 1, column, table)
        made.append(
            (Move.NEXT, opener + start + page + skipped + _closing(state) - 0.5 * state.resuming)
        )
    if line.new_page:
        made.append((Move.PAGE, opener + _resumed(small, state, column, table)))
    lack = lacking(state.column, table) * (0.3 if state.resuming else 1.0)
    if line.opens == column and column > state.column == table.spanning:
        lack = 0.0  # the first row beside a spanning cell may open with a reference of its own
    rest = _closing(state) - lack
    if line.opens is not None:
        made.append((Move.ROW, rest + (OPENS if line.opens == column else -OPENS)))
    else:
        free = 0.0 if line.after_blank or line.new_page else apart
        cost = -6.0 if column in table.numbered else -3.2 if table.numbered else -1.2
        beside = table.spanning is not None and column > table.spanning
        over = passed(1 + (table.spanning or 0) if beside else 0, column, table)
        made.append((Move.ROW, rest + cost + free + begins + over))
    if column == table.spanning and line.opens is None and state.column > column:
        made.append((Move.SPANNING, -2.0 + (0.0 if line.after_blank else -4.0)))
    return made


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


def _closing(state: State) -> float:
    """Return how a cell looks that is to end here."""
    return 0.0 if state.ended else -0.15


def passed(start: int, column: int, table: FlatTable) -> float:
    """Return the score, none or below, for passing over the columns before one."""
    return table.passing[start] - table.passing[column] if column > start else 0.0


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


def splits(line: Printed, first: int, move: Move, table: FlatTable) -> list[Split]:
    """Return the ways to part a line into cells, the first in a given column, with their scores."""
    text, goes_on = line.text, move == Move.SAME
    made: list[Split] = [((), emitted(text, first, goes_on, table, line.ahead))]
    if goes_on or move == Move.SPANNING:
        return made
    if len(text) > _LONGEST_PARTED:
        return made
    cuts = [m.end() for m in _CUT.finditer(text, 1, _FARTHEST_CUT)][:_CUTS]
    # The best way to have come to a cell that begins at a place: what follows depends on no more.
    best: dict[tuple[int, int], Split] = {(0, first): ((), 0.0)}
    for offset in (0, *cuts):
        for column in range(first, len(table.columns)):
            if (offset, column) not in best:
                continue
            rest, so_far = best[offset, column]
            if rest:
                gain = emitted(text[offset:], column, False, table, line.ahead)
                made.append((rest, so_far + gain))
            for cut in cuts:
                if cut <= offset or len(rest) >= _MOST_CUTS:
                    continue
                gained = so_far + _parted(text[offset:cut], column, table)
                for further in range(column + 1, len(table.columns) if gained >= -6 else 0):
                    to_here = gained + passed(column + 1, further, table)
                    if (cut, further) not in best or best[cut, further][1] < to_here:
                        best[cut, further] = ((*rest, (further, cut)), to_here)
    return made


def _parted(head: str, column: int, table: FlatTable) -> float:
    """Return the score for a cell that is the first part of a line."""
    if not table.columns[column].single and not WORD.search(head):
        return -100.0
    score = emitted(head, column, False, table) - 1.2
    return score - (2.5 if _FUNCTION.search(head.rstrip()) else 0.0) - 0.8 * head.endswith("  ")


def emitted(text: str, column: int, goes_on: bool, table: FlatTable, ahead: str = "") -> float:
    """Return how well a piece of text suits its column: its length, its words, its beginning."""
    said = text.strip()
    over = table.measure(said) / table.widths[column] - 1
    score = -min(over * 40, 8.0) if over > 0.01 else 0.0
    if table.words:
        known = [
            table.words[column].get(w.casefold(), 0.0) for w in WORD.findall(said[:_LONGEST_READ])
        ]
        if known:
            score += max(-0.9, min(0.9, 0.4 * sum(known)))
    if not goes_on or table.columns[column].single:
        score += table.likes(said[:_LONGEST_READ], ahead[:_LONGEST_READ], column)
    return score
