"""Printed lines as running text: words that a line's end has parted are put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Line, Origin
from peelian.intake.pdf_lines import PageLine

Marks = tuple[tuple[int, Origin], ...]

_WORD = expression(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PARTED = expression(r"([^\W\d_]{1,40})-$")
_BEGINS = expression(r"[^\W\d_]+")
# What is mostly written with a hyphen, and seldom a syllable of something else.
_PREFIXES = frozenset(
    ["anti", "co", "cross", "half", "non", "quasi", "self", "semi", "vice", "well"]
)
MOST_PAIRS = 20_000


# The end of a line that may be the first part of an address, and how its rest then begins.
_OPEN = expression(r"(?:^|\s)(?:https?://|www\.|[\w.+-]+@)[\w./?=&%+#~:@-]{0,200}$")
_DOMAIN = expression(r"(?:[a-z\d-]{1,40}\.){0,4}(?:com|eu|gov|info|net|org|police|uk|wales)\b")
_NAMED = expression(r"(?:^|\s)[a-z\d_-]{1,40}(?:\.[a-z\d_-]{2,40}){1,4}$")
_MAIL = expression(r"[a-z\d_-]{1,40}(?:\.[a-z\d_-]{1,40}){0,4}@[a-z\d-]{1,60}\.[a-z]")
_WHOLE = expression(r"(?:" + _DOMAIN.pattern + r"|[\d.]+)$")


class Vocabulary:
    """The words that a document prints whole: they tell what its hyphens at line ends are."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: list[tuple[str, str]] = []
        self._before = ""

    def add(self, line: str) -> None:
        """Learn the words of the next line, save those that its ends may have parted."""
        words = [w.casefold() for w in _WORD.findall(line)]
        if self._before and words and len(self._pairs) < MOST_PAIRS:
            self._pairs.append((self._before, words[0]))
        parted = _PARTED.search(line[-41:])
        skip = 1 if self._before else 0
        self._before = parted[1].casefold() if parted else ""
        self._words.update(words[skip : -1 if parted else None])

    @cached_property
    def hyphenates(self) -> bool:
        """Return whether words are parted at line ends: some of those parted are known whole."""
        certain = sum(bool(self._words[one + other]) for one, other in self._pairs)
        return certain >= 2 and 10 * certain >= len(self._pairs)

    def parts(self, before: str, after: str) -> bool:
        """Return whether a hyphen between two pieces is one that only the line's end made."""
        one, other = before.casefold(), after.casefold()
        if self._words[f"{one}-{other}"] or self._words[one + other]:
            return self._words[one + other] > self._words[f"{one}-{other}"]
        if not self.hyphenates or one in _PREFIXES:
            return False
        return not (len(one) > 2 and self._words[one] and self._words[other])


def _one_address(text: str, piece: str) -> bool:
    """Return whether the end of a line and the start of the next are one address, parted bare."""
    end = text[-260:]
    if _OPEN.search(end):
        return end.endswith(("@", ".")) and bool(_DOMAIN.match(piece))
    named = _NAMED.search(end)
    return bool(named and not _WHOLE.search(named[0]) and _MAIL.match(piece))


def going_on(lines: Sequence[PageLine]) -> frozenset[int]:
    """Return which lines, from 0, begin within the word that the line before ends in."""
    return frozenset(n for n, (a, b) in enumerate(pairwise(lines), 1) if a.goes_on_in(b))


def run_together(
    lines: Sequence[Line], known: Vocabulary, within: frozenset[int] = frozenset()
) -> tuple[str, Marks]:
    """Return lines as one text, with the offset at which each begins and its place.

    The lines of `within`, counted from 0, begin in the middle of a word.
    """
    text = ""
    marks: list[tuple[int, Origin]] = []
    for n, line in enumerate(lines):
        piece = " ".join(line.text.split())
        if not piece and marks:
            continue
        parted = _PARTED.search(text[-41:])
        begins = _BEGINS.match(piece)
        if parted and begins and piece[0].islower():
            if known.parts(parted[1], begins[0]):
                text = text[:-1]
        elif text and not (
            n in within or re.search(r"/$|\w-$", text[-2:]) or _one_address(text, piece)
        ):
            text += " "
        marks.append((len(text), line.origin))
        text += piece
    return text, tuple(marks)
