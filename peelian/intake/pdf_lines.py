"""Words into printed lines, and the stretches of white between them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.pdf_drawing import Box
from peelian.intake.pdf_words import Word

_LEADER = expression(r"(?:[.…_·]\s?){5,}")

# What stands before an item of a list, with a gap after it.
_POINT = expression(r"[^\w\s£$€%(]|o|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|(?:\d{1,2}\.){2,3}")


@dataclass(slots=True)
class PageLine:
    """A printed line, or the part of it that stands in one column."""

    words: list[Word]
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    place: int = 0  # the line of the page, from 1, once that is known
    settled: tuple[str, bool, bool] | None = None
    told: tuple[int, bool, bool] = (0, False, False)  # by tags: level, caption, of contents
    begins: int = -1  # the mark of its first letter, if its first word is spelled
    ends: int = -1  # and of its last
    spells: bool = False  # one of these words has several letters

    @property
    def text(self) -> str:
        """Return its words as printed; a row of dots that leads to a number is cut to five."""
        return self.settled[0] if self.settled else _said(self.words)

    @property
    def bold(self) -> bool:
        """Return whether every word is bold that is one: a number or bullet need not be."""
        if self.settled:
            return self.settled[1]
        return all(w.bold for w in _told(self.words))

    @property
    def slanted(self) -> bool:
        """Return whether every word is in italics that is one."""
        if self.settled:
            return self.settled[2]
        return all(w.slanted for w in _told(self.words))

    def settle(self) -> None:
        """Keep what is said of all words, and of the words themselves only the first two."""
        self.settled = (self.text, self.bold, self.slanted)
        first, last = self.words[0], self.words[-1]
        if first.spelled and first.mark not in [w.mark for w in self.words[1:2]]:
            self.begins = first.mark
        if last.spelled and last.mark not in [w.mark for w in self.words[-2:-1]]:
            self.ends = last.mark + last.pieces - 1
        self.spells = any(w.spelled and len(w.text) > 1 for w in (first, last))
        self.words = self.words[:2]

    def goes_on_in(self, line: PageLine) -> bool:
        """Return whether its last word goes on in a line: each letter is marked after the other."""
        return (self.spells or line.spells) and 0 <= self.ends == line.begins - 1

    @property
    def leads(self) -> bool:
        """Return whether dots lead to its end, as in a list of contents."""
        return "....." in self.text

    @property
    def box(self) -> Box:
        """Return where it stands."""
        return Box(self.left, self.top, self.right, self.bottom)


def _said(words: Sequence[Word]) -> str:
    said = ""
    before: Word | None = None
    for word in words:
        if before:
            gap = word.left - before.right
            if word.spaced or gap > 0.2 * min(word.size, before.size):
                said += " "
        said += word.text
        before = word
    return _LEADER.sub(lambda m: "....." + " " * m[0].endswith(" "), said)


def _told(words: Sequence[Word]) -> Sequence[Word]:
    return [w for w in words if any(c.isalpha() for c in w.text)] or words


def line_of(words: Iterable[Word]) -> PageLine:
    """Return the line that words of one base make; there is at least one."""
    ordered = sorted(words, key=lambda w: w.left)
    kept = [ordered[0]]
    for word in ordered[1:]:  # the same word set twice is how some make it bold
        last = kept[-1]
        if word.text == last.text and abs(word.left - last.left) < 0.1 * word.size:
            last.bold = True
        else:
            kept.append(word)
    sizes = [w.size for w in kept for _letter in w.text]
    return PageLine(
        kept,
        kept[0].left,
        max(w.right for w in kept),
        min(w.top for w in kept),
        max(w.bottom for w in kept),
        statistics.median(w.base for w in kept),
        statistics.median(sizes),
    )


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return words by their base line, from the top of the page."""
    grouped: list[list[Word]] = []
    base = 0.0
    for word in sorted(words, key=lambda w: (w.base, w.left)):
        if grouped and word.base - base <= 0.3 * min(word.size, grouped[-1][-1].size):
            grouped[-1].append(word)
        else:
            grouped.append([word])
            base = word.base
    return grouped


def whole_lines(words: Iterable[Word]) -> list[PageLine]:
    """Return the lines of one column: each row of words is one."""
    return [line_of(row) for row in rows(words)]


def segments(words: Iterable[Word]) -> list[PageLine]:
    """Return the parts of lines between wide gaps, in the order of rows."""
    made: list[PageLine] = []
    for row in rows(words):
        part: list[Word] = []
        for word in sorted(row, key=lambda w: w.left):
            if part:
                right = max(w.right for w in part)
                gap = word.left - right
                size = max(word.size, part[-1].size)
                joined = _dotted(part[-1]) or _dotted(word)
                if len(part) == 1 and _POINT.fullmatch(part[0].text):
                    joined = gap < 4.5 * size
                if gap > max(0.75 * size, 5) and not joined:
                    made.append(line_of(part))
                    part = []
            part.append(word)
        made.append(line_of(part))
    return made


def _dotted(word: Word) -> bool:
    return set(word.text) <= {".", "…", "_"}


@dataclass
class Gutters:
    """White stretches that run down between things: each from its left to its right."""

    gaps: list[tuple[float, float]] = field(default_factory=list)

    @classmethod
    def between(cls, boxes: Sequence[PageLine | Box], least: float) -> Gutters:
        """Return the stretches at least so wide that nothing of these crosses."""
        spans = sorted((b.left, b.right) for b in boxes)
        gaps = []
        reach = spans[0][1] if spans else 0.0
        for left, right in spans:
            if left - reach >= least:
                gaps.append((reach, left))
            reach = max(reach, right)
        return cls(gaps)

    def column(self, x: float) -> int:
        """Return in which column a place lies, from 0."""
        return sum(x > (a + b) / 2 for a, b in self.gaps)


def merged(parts: Iterable[PageLine]) -> list[PageLine]:
    """Return segments of one column joined again to lines."""
    return whole_lines(word for part in parts for word in part.words)
