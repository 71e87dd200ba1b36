"""What runs along the edges of a PDF's pages: heads, feet and page numbers, told from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.pdf_drawing import Box
from peelian.intake.pdf_lines import PageLine, segments, whole_lines
from peelian.intake.pdf_words import Paged, Word

EDGE = 0.12  # of a page's height: where running headers and footers stand
LEAST_EDGE = 60.0  # points, however small the page
MOST_WORDS = 40  # of a running line
MOST_LINES = 4  # of a heading that a running line names

_PAGE_NUMBER = expression(
    r"\W*(?:page|p\.?|tudalen)?\W*#(?:\W*(?:of|o|/)\W*\d+)?\W*", re.IGNORECASE
)
_INTEGER = expression(r"^\d{1,4}(?!\S)|(?<!\S)\d{1,4}\W*$|(?<=page )\d{1,4}\b", re.IGNORECASE)
_NUMBER = expression(r"^(?:#|\d{1,3}(?:\.\d{1,3}){0,3})[.):]?\s")


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line near the edge of a page: its words as they repeat, and how far from the edge.

    `height` is below 0 for one in the lower half; `marked` tells if the file says that it runs,
    `halved` where it stands in parts.
    """

    key: str
    height: float
    line: PageLine
    marked: Paged = Paged.NO
    halved: bool = False


def at_edges(words: Sequence[Word], box: Box) -> list[EdgeLine]:
    """Return the lines of a page that stand where running lines do, or are marked as such."""
    high = box.bottom - box.top
    reach = max(EDGE * high, LEAST_EDGE)
    near = [
        w
        for w in words
        if w.paged == Paged.YES or w.bottom < box.top + reach or w.top > box.bottom - reach
    ]
    made = []
    for line in whole_lines(near):
        from_edge = min(line.base - box.top, box.bottom - line.base)
        upper = line.base - box.top < high / 2
        marked = min(word.paged for word in line.words)
        halved = len(segments(line.words)) > 1 or " | " in line.text
        height = from_edge if upper else -from_edge
        made.append(EdgeLine(_key(line.text), height, line, marked, halved))
    return made


def _key(text: str) -> str:
    return _INTEGER.sub("#", " ".join(text.casefold().split()))


def runs(one: EdgeLine, others: Sequence[Sequence[EdgeLine]], count: int) -> bool:
    """Return whether a line stands at this height of other pages too, in a document of `count`."""
    if one.marked:
        return True
    number = bool(_PAGE_NUMBER.fullmatch(one.key))
    if not number and not _tells(one.key):
        return False
    alike = sum(
        any(other.key == one.key and _level(other, one) for other in page) for page in others
    )
    return alike >= (2 if count > 3 and not number else 1)


def _tells(key: str) -> bool:
    return sum(c.isalpha() for c in key) >= 3


def _level(one: EdgeLine, other: EdgeLine) -> bool:
    return abs(one.height - other.height) < 6


# ---- heads of which one half names the section ----


def runs_by_half(
    one: EdgeLine,
    others: Sequence[Sequence[EdgeLine]],
    near: Sequence[Sequence[Word]],
    usual: float,
) -> bool:
    """Return whether a line begins or ends as those of other pages do, and else names a section.

    `near` holds the words of its page and of the one before: the section's heading is on them, in
    lines of its own. What has only the shared half runs too; nothing that is larger than `usual`.
    """
    words = one.key.split()
    if not words or len(words) > MOST_WORDS or one.line.size > 1.15 * usual:
        return False
    level = [o for page in others for o in page if _level(o, one) and o.key != one.key]
    titles: set[str] | None = None
    for shared, rest in _halves(words, [o.key.split() for o in level]):
        if not _tells(shared):
            continue
        if not rest and all(o.halved for o in level):
            return True
        if titles is None:
            own = {id(w) for w in one.line.words}
            titles = {t for page in near for t in _titles([w for w in page if id(w) not in own])}
        if _tells(rest) and _bare(rest) in titles:
            return True
    return False


def _halves(words: list[str], beside: Sequence[list[str]]) -> Iterator[tuple[str, str]]:
    """Yield what a line shares with at least two others, from its start or end, and its rest."""
    for n in range(len(words), 0, -1):
        first, last = words[:n], words[-n:]
        if sum(other[:n] == first for other in beside) >= 2:
            yield " ".join(first), " ".join(words[n:])
        if sum(other[-n:] == last for other in beside) >= 2:
            yield " ".join(last), " ".join(words[:-n])


def _titles(words: Sequence[Word]) -> Iterator[str]:
    """Yield the lines of a page, each with those after it that its heading may go on in."""
    keys = [_key(line.text) for line in whole_lines(words)]
    for n in range(len(keys)):
        for end in range(n + 1, min(n + MOST_LINES, len(keys)) + 1):
            yield _bare(" ".join(keys[n:end]))


def _bare(key: str) -> str:
    """Return a title without its number and without what parts it from the words beside it."""
    return _NUMBER.sub("", key.strip(" |–—-:·•/#")).strip(" |–—-:·•/#")


# ---- apart from the text ----


def apart(
    words: Sequence[Word], box: Box, found: Sequence[EdgeLine], tables: Sequence[Box]
) -> list[PageLine]:
    """Return the lines that stand apart from the text: the headings of a table repeat as well."""
    taken = {id(w) for one in found for w in one.line.words}
    rest = [w for w in words if id(w) not in taken]
    kept: list[PageLine] = []
    middle = (box.top + box.bottom) / 2
    for one in sorted(found, key=lambda f: abs(f.line.base - middle)):
        line = one.line
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        if any(table.holds(x, y) for table in tables):
            continue
        upper = line.base < middle
        gaps = [w.top - line.bottom if upper else line.top - w.bottom for w in rest]
        gap = min((g for g in gaps if g > -line.size), default=box.bottom)
        if (
            kept
            or one.marked == Paged.YES
            or gap > 1.3 * line.size
            or _PAGE_NUMBER.fullmatch(one.key)
        ):
            kept.append(line)
        else:
            rest += line.words
    return sorted(kept, key=lambda line: line.base)
