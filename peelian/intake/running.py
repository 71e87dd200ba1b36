"""The lines that belong to a page, not to its text: its number, its running head and foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from peelian.expressions import expression
from peelian.intake.document import Line

_PAGE = expression(
    r"\s*[-–—]?\s*(?:page|p\.|tudalen)\s*\d{1,4}(?:\s*(?:of|/|o)\s*\d{1,4})?\s*[-–—]?\s*",
    re.IGNORECASE,
)
_BARE = expression(r"\s*[-–—]?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—]?\s*")
_FIRST, _LAST = expression(r"(\d{1,5})\b"), expression(r"\b(\d{1,5})$")
_WORD = expression(r"[^\W\d_]")
_COUNTS = "§"
_GAP = expression(r"\s{2,}|\t")
_COLUMNS = 4  # headings beside one another that head a table, though they stand on every page
_EDGE = 3  # how many lines at the head and foot of a page may run
_AFTER = 3  # how far a bare number stands from the line that names the page
_LONGEST = 120
_SMALL, _TELLING = 3, 4  # letters of a small word; longer small words that tell something


def running_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines, counted from 0, are no part of the text.

    A head that runs is kept where it stands first, as the title that it is, when no text is before
    it.
    """
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    found = _numbers(lines, filled)
    if any(line.origin.page for line in lines):
        found |= _edges(lines, filled)
    found |= _beside(lines, filled, found)
    return frozenset(found)


def _numbers(lines: Sequence[Line], filled: Sequence[int]) -> set[int]:
    """Return the lines that say a page's number, and bare numbers right beside them."""
    found = {n for n in filled if _is_page(lines[n].text)}
    for place, n in enumerate(filled):
        if n in found:
            for other in filled[max(place - 1, 0) : place + 2]:
                if abs(other - n) <= _AFTER + 1 and _BARE.fullmatch(lines[other].text[:_LONGEST]):
                    found.add(other)
    return found


def _is_page(text: str) -> bool:
    return len(text) < _LONGEST and bool(_PAGE.fullmatch(text))


def _shape(text: str) -> str:
    """Return the letters and figures of a line."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _shapes(line: Line) -> set[str]:
    """Return what may be the same about a running line on every page.

    It is all of its letters and figures; or, where its first or last number counts the pages, the
    rest of them.
    """
    shape = _shape(line.text)
    found = {shape}
    for match in (_FIRST.match(shape), _LAST.search(shape)):
        if match and (rest := shape.replace(match[0], "", 1).strip()):
            found.add(f"{rest} {_COUNTS}{int(match[1]) - (line.origin.page or 0)}")
    return found


def _edges(lines: Sequence[Line], filled: Sequence[int]) -> set[int]:
    """Return the first and last lines of pages that say the same on several, and bare numbers."""
    pages: dict[int, list[int]] = {}
    for n in filled:
        pages.setdefault(lines[n].origin.page or 0, []).append(n)
    edges = [{*own[:_EDGE], *own[-_EDGE:]} for own in pages.values()]
    short = {n: _shapes(lines[n]) for own in edges for n in own if _may_run(lines[n].text)}
    counted = Counter(
        shape for own in edges for shape in {s for n in own for s in short.get(n, ())}
    )
    least = max(2, min(len(pages) // 3, 3)) if len(pages) < 9 else 3
    # Items on pages that follow one another are counted too: a page's number is on most pages.
    most = max(least, len(pages) // 2 + 1)
    repeated = {
        shape for shape, count in counted.items()
        if shape and count >= (most if _COUNTS in shape else least)
    }  # fmt: skip
    found = {n for n, shapes in short.items() if shapes & repeated}
    outer = {n for own in pages.values() for n in (own[0], own[-1])}
    found |= {n for n in outer if _BARE.fullmatch(lines[n].text[:_LONGEST])}
    first = set(filled[:_EDGE])
    return found - {n for n in first if _WORD.search(lines[n].text) and not _is_page(lines[n].text)}


def _may_run(text: str) -> bool:
    """Return whether a line may be the head or foot of pages: a table's columns are none."""
    return len(text) < _LONGEST and len(_GAP.split(text.strip())) < _COLUMNS


def _tells(text: str) -> bool:
    """Return whether a line is one of prose, which is no head or foot though it stands twice."""
    return sum(word.islower() and len(word) > _SMALL for word in text.split()) >= _TELLING


def _beside(lines: Sequence[Line], filled: Sequence[int], found: set[int]) -> set[int]:
    """Return lines right before or after a page's number that say what was said before."""
    seen: dict[str, int] = {}
    for n in filled:
        seen.setdefault(_shape(lines[n].text[:_LONGEST]), n)
    places = {n: place for place, n in enumerate(filled)}
    more: set[int] = set()
    for n in found:
        for step in (-1, 1):
            place = places[n] + step
            while 0 <= place < len(filled) and abs(filled[place] - n) <= _EDGE + 1:
                other = filled[place]
                shape = _shape(lines[other].text[:_LONGEST])
                if other not in found and (
                    not (shape and seen[shape] < other) or _tells(lines[other].text)
                ):
                    break
                more.add(other)
                place += step
    return more
