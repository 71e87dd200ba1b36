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
is then sought again. The time taken grows with the number of lines alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import log

from peelian.intake.document import Origin
from peelian.recognition.print_width import Measure, measure_for


class Move(StrEnum):
    """How a piece of text follows the piece before."""

    SAME = "same"  # the same cell goes on
    NEXT = "next"  # a further cell of the row
    ROW = "row"  # a new row
    PAGE = "page"  # a cell goes on that a new page broke
    SPANNING = "spanning"  # the cell that spans rows, printed between two of them


@dataclass(frozen=True)
class Column:
    """A column: its role, whether its text is long, and what its words are like.

    `likes` scores a piece of text, and what stands below it, as the beginning of a cell of this
    column. `skip` and `lack` are what it costs to pass over the column, and to end a row before it;
    `paragraphs` what a blank line within a cell costs. A cell of a `single` column is one line.
    """

    role: str
    wide: bool
    likes: Callable[[str, str], float]
    skip: float
    lack: float
    paragraphs: float
    single: bool = False


@dataclass(frozen=True)
class Printed:
    """A line of the table: what is printed, and what may be seen of its surroundings.

    `opens` is the column in which its reference opens a row; `new_page` tells that a page may have
    begun here, `after_blank` that a line was left free before; `number` is the line's own.
    """

    number: int
    text: str
    origin: Origin
    after_blank: bool
    ahead: str = ""  # what stands with it on the lines below
    new_page: bool = False
    opens: int | None = None


@dataclass(frozen=True)
class Piece:
    """A line or a part of one, in the column it was found to stand in."""

    number: int
    text: str
    origin: Origin
    column: int
    move: Move
    after_blank: bool


@dataclass
class _Table:
    """What is known of the table as a whole."""

    columns: Sequence[Column]
    spanning: int | None
    gappy: bool
    numbered: frozenset[int]  # columns in which references open rows
    measure: Measure
    widths: list[float]
    words: list[dict[str, float]] = field(default_factory=list)
    liked: dict[tuple[str, str, int], float] = field(default_factory=dict)
    passing: list[float] = field(default_factory=list)  # what the columns before one cost to skip
    lacking: list[float] = field(default_factory=list)  # what it costs to end before a column

    def __post_init__(self) -> None:
        self.passing = [sum(c.skip for c in self.columns[:n]) for n in range(len(self.columns) + 1)]
        self.lacking = [sum(c.lack for c in self.columns[n:]) for n in range(len(self.columns) + 1)]

    def likes(self, text: str, ahead: str, column: int) -> float:
        """Return how well a column likes a text, worked out once."""
        key = (text, ahead, column)
        if key not in self.liked:
            self.liked[key] = self.columns[column].likes(text, ahead)
        return self.liked[key]


@dataclass(frozen=True)
class _State:
    """A line's end on the best path there: the column, and what is known of the cell."""

    score: float
    column: int
    width: float  # of the piece that ends the line
    began: bool  # the cell began on this line
    shared: bool  # ... and does not stand alone on it
    resuming: bool  # cells broken by a page are being taken up
    ended: bool  # the piece ends as a sentence does
    unfinished: int  # the columns, as bits, whose cells of the row end within a sentence
    # The state before, the first column on the line and how it follows, what else is on it.
    back: tuple[_State, int, Move, tuple[tuple[int, int], ...]] | None = None


# Where a line is parted, each with the column of what follows, and the score of it all.
_Split = tuple[tuple[tuple[int, int], ...], float]

_BULLET = re.compile(r"[•·●▪>*–-]|\(?\(?\d{1,2}[.)]|\(?[a-h]\)|[ivx]{1,4}\)")
_END = re.compile(r"[.!?:;]['\"’”)]*\s*$")
_FUNCTION = re.compile(
    r"\b(?:of|the|and|to|for|a|an|in|with|by|on|at|from|or|that|is|are|be|as|into|their|our|its|&)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_CUT = re.compile(r" (?=[A-Z(•£\d‘“\"'])")
_BEAM = 14
_SLACK = 0.03
_CUTS = 14
_MOST_CUTS = 4
_FARTHEST_CUT = 160
_PASSES = 3


def labelled(
    lines: Sequence[Printed], columns: Sequence[Column], spanning: int | None = None
) -> list[Piece]:
    """Return the lines, parted where cells share one, each piece with its column. Never raises.

    `spanning` is the column whose cell may span rows.
    """
    if not lines or not columns:
        return []
    blank = sum(line.after_blank for line in lines)
    opened = Counter(line.opens for line in lines if line.opens is not None)
    # Rows of activities may lack a reference where others have one; commitments do not.
    numbered = frozenset(column for column, count in opened.items() if count >= 3)
    gappy = blank * 12 > len(lines)
    runs = _runs(lines)
    measure = measure_for(runs)
    table = _Table(columns, spanning, gappy, numbered, measure, _guessed(runs, columns, measure))
    pieces: list[Piece] = []
    for _pass in range(_PASSES):
        pieces = _best(lines, table)
        _learn(pieces, table)
    return pieces


def _runs(lines: Sequence[Printed]) -> list[list[str]]:
    """Return the lines that stand together."""
    runs: list[list[str]] = []
    for line in lines:
        if line.after_blank or not runs:
            runs.append([])
        runs[-1].append(line.text.strip())
    return runs


def _guessed(
    runs: Sequence[Sequence[str]], columns: Sequence[Column], measure: Measure
) -> list[float]:
    """Return rough widths: two kinds of run, the narrow and the wide, by their longest lines."""
    # The first line may be two cells'.
    longest = [max(measure(line) for line in run[len(run) > 2 :]) for run in runs]
    found = sorted(n for n in longest if n > 4) or [20.0]
    low, high = float(found[len(found) // 10]), float(found[-1 - len(found) // 10])
    for _round in range(8):
        near_low = [n for n in found if abs(n - low) <= abs(n - high)] or [low]
        near_high = [n for n in found if abs(n - low) > abs(n - high)] or [high]
        low, high = sum(near_low) / len(near_low), sum(near_high) / len(near_high)
    return [high * 1.05 if column.wide else low * 1.05 for column in columns]


def _learn(pieces: Sequence[Piece], table: _Table) -> None:
    """Take the widths of columns and their words from the pieces of a path."""
    counts: list[Counter[str]] = [Counter() for _c in table.columns]
    breaks: list[list[tuple[float, float]]] = [[] for _c in table.columns]
    for piece, after in zip(pieces, [*pieces[1:], None], strict=False):
        counts[piece.column].update(w.casefold() for w in _WORD.findall(piece.text))
        if after and after.move == Move.SAME and not after.after_blank:
            said = piece.text.strip()
            more = table.measure(f"{said} {after.text.strip().split(' ', 1)[0]}")
            breaks[piece.column].append((table.measure(said), more))
    for at, found in enumerate(breaks):
        if len(found) >= 8:
            table.widths[at] = _explaining(found)
    totals = [sum(c.values()) for c in counts]
    every = sum(counts, Counter())
    table.words = []
    for count, total in zip(counts, totals, strict=True):
        base = sum(totals) or 1
        table.words.append(
            {
                word: log((count[word] + 0.5) / (total + 400) / ((all_ + 0.5) / (base + 400)))
                for word, all_ in every.items()
                if all_ >= 5
            }
        )


def _explaining(breaks: Sequence[tuple[float, float]]) -> float:
    """Return the width that explains most breaks: wide enough for the line, not for a word more."""
    ends = sorted([(fits, 1) for fits, _more in breaks] + [(more, -1) for _fits, more in breaks])
    best = most = 0
    width = low = 0.0
    for place, step in ends:
        if step < 0 and most > best:
            best, width = most, (low + place) / 2
        most += step
        low = place
    return width


def _best(lines: Sequence[Printed], table: _Table) -> list[Piece]:
    """Return the pieces on the best path through all lines."""
    states = [_State(0.0, -1, 0.0, False, False, False, True, 0)]
    for line in lines:
        states = _after(line, states, table)
    return _traced(lines, max(states, key=lambda s: s.score - _lacking(s.column, table)))


def _after(line: Printed, states: Sequence[_State], table: _Table) -> list[_State]:
    """Return the best states at the end of a line."""
    found: dict[tuple[int, bool, bool, bool, int], _State] = {}
    known: dict[tuple[int, Move], list[_Split]] = {}
    for first, move, resuming, score, before in _entries(line, states, table):
        goes_on = move == Move.SAME
        # What a line holds depends on how it follows only where it goes on, or spans.
        kind = move if goes_on or move == Move.SPANNING else Move.ROW
        if (first, kind) not in known:
            known[first, kind] = _splits(line, first, kind, table)
        for rest, gained in known[first, kind]:
            column, offset = rest[-1] if rest else (first, 0)
            key = (column, bool(rest) or not goes_on, bool(rest), resuming, offset)
            total = score + gained
            if key in found and found[key].score >= total:
                continue
            text = line.text[offset:]
            ended = bool(_END.search(text))
            kept = 0 if move == Move.ROW else before.unfinished & ~(1 << first | 1 << column)
            found[key] = _State(
                total, column, table.measure(text.strip()), key[1], key[2] or line.opens == column,
                resuming, ended, kept | (0 if ended else 1 << column), (before, first, move, rest),
            )  # fmt: skip
    return sorted(found.values(), key=lambda s: -s.score)[:_BEAM]


def _traced(lines: Sequence[Printed], last: _State) -> list[Piece]:
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
    line: Printed, states: Sequence[_State], table: _Table
) -> list[tuple[int, Move, bool, float, _State]]:
    """Return, for each column and way to reach it, the best state before and the score."""
    best: dict[tuple[int, Move, bool], tuple[float, _State]] = {}
    text = line.text.strip()
    small = text[:1].islower()
    for state in states:
        for column in range(len(table.columns)):
            for move, cost in _moves(line, text, small, state, column, table):
                resuming = move == Move.PAGE or (state.resuming and move in (Move.SAME, Move.NEXT))
                key = (column, move, resuming)
                score = state.score + cost
                if key not in best or best[key][0] < score:
                    best[key] = (score, state)
    return [(c, m, r, score, state) for (c, m, r), (score, state) in best.items()]


def _moves(
    line: Printed, text: str, small: bool, state: _State, column: int, table: _Table
) -> list[tuple[Move, float]]:
    """Return the ways from a state to a column on the next line, with their scores."""
    made: list[tuple[Move, float]] = []
    opener = -6.0 if line.opens is not None else 0.0
    if state.column == column:
        made.append((Move.SAME, opener + _continuing(line, text, small, state, table)))
    begins = -3.0 if small else 0.0
    # Without a blank line between, a cell of one line may end; one of several hardly does.
    apart = 0.0 if line.after_blank else _close(state, table) if table.gappy else -0.7
    if state.column < 0:
        return [(Move.ROW, _passed(0, column, table) + begins)]
    if column > state.column:
        start = begins * (0.2 if state.resuming else 1)
        page = -1.0 if line.new_page and not line.after_blank else apart
        skipped = _passed(state.column + 1, column, table)
        made.append(
            (Move.NEXT, opener + start + page + skipped + _closing(state) - 0.5 * state.resuming)
        )
    if line.new_page:
        made.append((Move.PAGE, opener + _resumed(small, state, column, table)))
    lack = _lacking(state.column, table) * (0.3 if state.resuming else 1.0)
    rest = _closing(state) - lack
    if line.opens is not None:
        made.append((Move.ROW, rest + (4.0 if line.opens == column else -4.0)))
    else:
        free = 0.0 if line.after_blank or line.new_page else apart
        cost = -6.0 if column in table.numbered else -3.2 if table.numbered else -1.2
        beside = table.spanning is not None and column > table.spanning
        over = _passed(1 + (table.spanning or 0) if beside else 0, column, table)
        made.append((Move.ROW, rest + cost + free + begins + over))
    if column == table.spanning and line.opens is None and state.column > column:
        made.append((Move.SPANNING, -2.0 + (0.0 if line.after_blank else -4.0)))
    return made


def _close(state: _State, table: _Table) -> float:
    """Return the score for a cell that ends without a blank line after it."""
    if state.column >= 0 and table.columns[state.column].single:
        return -0.3
    return -2.5 if state.began else -5.0


def _resumed(small: bool, state: _State, column: int, table: _Table) -> float:
    """Return the score for a cell of the row going on after a new page."""
    score = 0.1 if small else -1.1
    score -= 0.4 * table.columns[column].paragraphs  # long cells are broken sooner
    if not state.ended and column != state.column:
        score -= 0.6
    return score - (0.0 if state.unfinished >> column & 1 else 0.7)


def _closing(state: _State) -> float:
    """Return how a cell looks that is to end here."""
    return 0.0 if state.ended else -0.15


def _passed(start: int, column: int, table: _Table) -> float:
    return table.passing[start] - table.passing[column] if column > start else 0.0


def _lacking(column: int, table: _Table) -> float:
    return table.lacking[column + 1]


def _continuing(line: Printed, text: str, small: bool, state: _State, table: _Table) -> float:
    """Return the score for the same cell going on: whether its line had to break where it did."""
    score = 0.5 if small else 0.0
    listed = bool(_BULLET.match(text))
    cost = table.columns[state.column].paragraphs * (0.5 if listed or line.new_page else 1.0)
    if line.new_page:
        return score - (cost if line.after_blank else 0.0 if small or listed else 0.3)
    width = table.widths[state.column]
    first = table.measure(" " + text.split(" ", 1)[0])
    room = (width - state.width - first) / width if state.width else 0.0
    if room > _SLACK:
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


def _splits(line: Printed, first: int, move: Move, table: _Table) -> list[_Split]:
    """Return the ways to part a line into cells, the first in a given column, with their scores."""
    text, goes_on = line.text, move == Move.SAME
    made: list[_Split] = [((), _emitted(text, first, goes_on, table, line.ahead))]
    if goes_on or move == Move.SPANNING:
        return made
    cuts = [m.end() for m in _CUT.finditer(text, 1, _FARTHEST_CUT)][:_CUTS]
    waiting: list[tuple[int, int, tuple[tuple[int, int], ...], float]] = [(first, 0, (), 0.0)]
    while waiting:
        column, offset, rest, so_far = waiting.pop()
        for cut in cuts:
            if cut <= offset:
                continue
            head = text[offset:cut]
            gained = so_far + _emitted(head, column, False, table) - 1.2
            gained -= (2.5 if _FUNCTION.search(head.rstrip()) else 0.0) + 0.8 * head.endswith("  ")
            if gained < -6:
                continue
            for further in range(column + 1, len(table.columns)):
                longer = (*rest, (further, cut))
                to_here = gained + _passed(column + 1, further, table)
                made.append(
                    (longer, to_here + _emitted(text[cut:], further, False, table, line.ahead))
                )
                if len(longer) < _MOST_CUTS:
                    waiting.append((further, cut, longer, to_here))
    return made


def _emitted(text: str, column: int, goes_on: bool, table: _Table, ahead: str = "") -> float:
    """Return how well a piece of text suits its column: its length, its words, its beginning."""
    said = text.strip()
    over = table.measure(said) / table.widths[column] - 1
    score = -min(over * 40, 8.0) if over > 0.01 else 0.0
    if table.words:
        known = [table.words[column].get(w.casefold(), 0.0) for w in _WORD.findall(said)]
        if known:
            score += max(-0.9, min(0.9, 0.4 * sum(known)))
    if not goes_on or table.columns[column].single:
        score += table.likes(said, ahead, column)
    return score
