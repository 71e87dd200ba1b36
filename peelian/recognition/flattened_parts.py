"""The cells that one line of a flattened table may hold, and what speaks for each."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.recognition.flattened_table import (
    BULLET,
    SENTENCE_END,
    WORD,
    FlatTable,
    Move,
    Printed,
)
from peelian.recognition.print_width import Measure

_FUNCTION = expression(
    r"\b(?:of|the|and|to|for|a|an|in|with|by|on|at|from|or|that|is|are|be|as|into|their|our|its|&)$",
    re.IGNORECASE,
)
_CUT = expression(r" (?=[A-Z(•£\d‘“\"'])")
_CUTS = 14
_MOST_CUTS = 4
_FARTHEST_CUT = 160
_LONGEST_PARTED = 400
_LONGEST_READ = 300
_HOPELESS = -6.0
_LAST_WORD = 6  # characters at the end that hold any word of _FUNCTION

# Where a line is parted, each with the column of what follows, and the score of it all.
Split = tuple[tuple[tuple[int, int], ...], float]


class Reading:
    """A line as it is read once for every path: its parts, their widths and words, its ends."""

    def __init__(self, line: Printed, measure: Measure) -> None:
        self.line = line
        self.text = text = line.text
        self.stripped = text.strip()
        self.cuts: list[int] = []
        if len(text) <= _LONGEST_PARTED:
            self.cuts = [m.end() for m in _CUT.finditer(text, 1, _FARTHEST_CUT)][:_CUTS]
        self.closing = {cut: _closing(text[:cut]) for cut in self.cuts}
        self._measure = measure
        self._parts: dict[tuple[int, int], tuple[str, float, list[str]]] = {}
        self._ends: dict[int, tuple[float, bool, bool]] = {}

    def part(self, start: int, end: int) -> tuple[str, float, list[str]]:
        """Return what a part says, its width and its words in small letters."""
        if (start, end) not in self._parts:
            said = self.text[start:end].strip()
            words = [word.casefold() for word in WORD.findall(said[:_LONGEST_READ])]
            self._parts[start, end] = said, self._measure(said), words
        return self._parts[start, end]

    def end(self, start: int) -> tuple[float, bool, bool]:
        """Return of the part from a place to the end its width, and whether it ends as a sentence.

        The third tells whether it begins with a bullet.
        """
        if start not in self._ends:
            text = self.text[start:]
            width = self.part(start, len(self.text))[1]
            self._ends[start] = width, bool(SENTENCE_END.search(text)), bool(BULLET.match(text))
        return self._ends[start]


class Parts:
    """The parts that a line may be cut into, each scored once for a table."""

    def __init__(self, reading: Reading, table: FlatTable) -> None:
        self._line = reading.line
        self._table = table
        self._cuts, self._closing, self._part = reading.cuts, reading.closing, reading.part
        self._scores: dict[tuple[int, int, int], float] = {}

    def splits(self, first: int, move: Move) -> list[Split]:
        """Return the ways to part the line, the first cell in a given column, with their scores."""
        goes_on = move == Move.SAME
        made: list[Split] = [((), self._emitted(0, len(self._line.text), first, goes_on))]
        if goes_on or move == Move.SPANNING or not self._cuts:
            return made
        passing = self._table.passing
        columns, last = range(len(self._table.columns)), len(self._line.text)
        # The best way to have come to a cell that begins at a place: what follows needs no more.
        best: dict[tuple[int, int], Split] = {(0, first): ((), 0.0)}
        for offset in (0, *self._cuts):
            for column in columns[first:]:
                if (offset, column) not in best:
                    continue
                rest, so_far = best[offset, column]
                if rest:
                    made.append((rest, so_far + self._score(offset, last, column)))
                for cut in self._cuts if len(rest) < _MOST_CUTS else ():
                    gained = so_far + self._score(offset, cut, column) if cut > offset else -100.0
                    if gained < _HOPELESS:
                        continue
                    for further in columns[column + 1 :]:
                        to_here = gained + passing[column + 1] - passing[further]
                        if (cut, further) not in best or best[cut, further][1] < to_here:
                            best[cut, further] = ((*rest, (further, cut)), to_here)
        return made

    def _score(self, start: int, end: int, column: int) -> float:
        """Return the score for a part as the whole of a cell's words on this line."""
        key = (start, end, column)
        if key not in self._scores:
            self._scores[key] = self._emitted(start, end, column, False)
            if end in self._closing:
                named = self._table.columns[column].single or self._part(start, end)[2]
                self._scores[key] += self._closing[end] if named else -100.0
        return self._scores[key]

    def _emitted(self, start: int, end: int, column: int, goes_on: bool) -> float:
        """Return how well a part suits its column: its length, its words, its beginning."""
        table = self._table
        said, width, words = self._part(start, end)
        over = width / table.widths[column] - 1
        score = -min(over * 40, 8.0) if over > 0.01 else 0.0
        if table.words and words:
            known = table.words[column]
            score += max(-0.9, min(0.9, 0.4 * sum([known.get(word, 0.0) for word in words])))
        if not goes_on or table.columns[column].single:
            ahead = self._line.ahead if end == len(self._line.text) else ""
            score += table.likes(said[:_LONGEST_READ], ahead[:_LONGEST_READ], column)
        return score


def _closing(head: str) -> float:
    """Return how a cell looks that ends where its line goes on with another."""
    return (
        -1.2
        - (2.5 if _FUNCTION.search(head.rstrip()[-_LAST_WORD:]) else 0.0)
        - 0.8 * head.endswith("  ")
    )
