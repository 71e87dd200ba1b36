"""A flattened table as the model knows it: its columns, their widths and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import inf, log

from peelian.expressions import expression
from peelian.intake.document import Origin
from peelian.recognition.print_width import Measure

WORD = expression(r"[A-Za-z]{2,}")
BULLET = expression(r"[•·●▪>*–-]|\(?\(?\d{1,2}[.)]|\(?[a-h]\)|[ivx]{1,4}\)")
SENTENCE_END = expression(r"[.!?:;]['\"’”)]*\s*$")
# So many broken lines tell the width of a column.
_ENOUGH = 5
_MOST_KNOWN = 40_000
_NEARLY = 0.96


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
class FlatTable:
    """What is known of the table as a whole."""

    columns: Sequence[Column]
    spanning: int | None
    gappy: bool
    numbered: frozenset[int]  # columns in which references open rows
    measure: Measure
    wraps: bool  # cells take several lines
    widths: list[float]
    words: list[dict[str, float]] = field(default_factory=list)
    liked: dict[tuple[str, str, int], float] = field(default_factory=dict)
    passing: list[float] = field(default_factory=list)  # what the columns before one cost to skip
    lacking: list[float] = field(default_factory=list)  # what it costs to end before a column
    unreferenced: list[float] = field(default_factory=list)  # rows opened without a reference

    def __post_init__(self) -> None:
        if not self.wraps:
            self.widths = [inf] * len(self.columns)
        self.passing = [sum(c.skip for c in self.columns[:n]) for n in range(len(self.columns) + 1)]
        self.lacking = [sum(c.lack for c in self.columns[n:]) for n in range(len(self.columns) + 1)]
        self.unreferenced = [self._unreferenced(column) for column in range(len(self.columns))]

    def _unreferenced(self, column: int) -> float:
        """Return the score for a row that opens in a column without a reference."""
        cost = -6.0 if column in self.numbered else -3.2 if self.numbered else -1.2
        beside = self.spanning is not None and column > self.spanning
        return cost + self.passing[1 + (self.spanning or 0) if beside else 0] - self.passing[column]

    def likes(self, text: str, ahead: str, column: int) -> float:
        """Return how well a column likes a text, worked out once."""
        key = (text, ahead, column)
        if len(self.liked) > _MOST_KNOWN:
            self.liked.clear()
        if key not in self.liked:
            self.liked[key] = self.columns[column].likes(text, ahead)
        return self.liked[key]


def runs_of(lines: Sequence[Printed]) -> list[list[str]]:
    """Return the lines that stand together."""
    runs: list[list[str]] = []
    for line in lines:
        if line.after_blank or not runs:
            runs.append([])
        runs[-1].append(line.text.strip())
    return runs


def guessed_widths(
    runs: Sequence[Sequence[str]], columns: Sequence[Column], measure: Measure
) -> list[list[float]]:
    """Return rough widths, some ways to guess them: two kinds of run, by their longest lines."""
    # The first line may be two cells'; a run of one line tells little.
    longest = [max(measure(line) for line in run[len(run) > 2 :]) for run in runs if len(run) > 1]
    found = sorted(n for n in longest if n > 4) or [20.0]
    low, high = float(found[len(found) // 10]), float(found[-1 - len(found) // 10])
    widest = high
    for _round in range(8):
        near_low = [n for n in found if abs(n - low) <= abs(n - high)] or [low]
        near_high = [n for n in found if abs(n - low) > abs(n - high)] or [high]
        low, high = sum(near_low) / len(near_low), sum(near_high) / len(near_high)
    return [
        [wide * 1.05 if column.wide else narrow * 1.05 for column in columns]
        for narrow, wide in ((low, high), ((low + high) / 2, widest), (widest, widest))
    ]


def learn(pieces: Sequence[Piece], table: FlatTable) -> None:
    """Take the widths of columns and their words from the pieces of a path."""
    counts: list[Counter[str]] = [Counter() for _c in table.columns]
    breaks: list[list[tuple[float, float]]] = [[] for _c in table.columns]
    for piece, after in zip(pieces, [*pieces[1:], None], strict=False):
        counts[piece.column].update(w.casefold() for w in WORD.findall(piece.text))
        goes_on = after and after.move == Move.SAME and not after.after_blank
        if after and goes_on and piece.text.strip():
            said = piece.text.strip()
            more = table.measure(f"{said} {after.text.strip().split(' ', 1)[0]}")
            breaks[piece.column].append((table.measure(said), more))
    for at, found in enumerate(breaks):
        if len(found) >= _ENOUGH and table.wraps:
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
    """Return the width that explains most breaks: wide enough for the line, not for a word more.

    Of the widths that explain nearly as many it is the middle one.
    """
    ends = sorted([(fits, 1) for fits, _more in breaks] + [(more, -1) for _fits, more in breaks])
    spans: list[tuple[int, float, float]] = []
    explained = 0
    for (place, step), (following, _step) in pairwise(ends):
        explained += step
        spans.append((explained, place, following))
    most = max(count for count, _low, _high in spans)
    near = [(low, high) for count, low, high in spans if count >= _NEARLY * most]
    return (near[0][0] + near[-1][1]) / 2
