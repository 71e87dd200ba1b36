"""Where the tables of a text without tables begin and end: by their lines of column headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.flow import is_heading
from peelian.recognition.columns import (
    UPDATE,
    VALUE,
    Heading,
    Vocabulary,
    heading_alone,
    headings_in,
    normal,
)
from peelian.recognition.oversight import looks_like_oversight

_ANOTHER = expression(
    r"\s*(?:appendix|annex|glossary|background\s+papers?|contact\s+points?|conclusions?|"
    r"recommendations?|supporting\s+information|key\s*:|agenda\s+item)\b",
    re.IGNORECASE,
)
_PAGE_OF = expression(r"\s*page\s+\d{1,4}(?:\s+of\s+\d{1,4})?\s*", re.IGNORECASE)
_FARTHEST_HEAD = 8
_MOST_LINES = 12_000
_SAMPLE, _ENOUGH = 120, 8
_WIDEST_CELL = 75
# Columns of which a table may have several.
_REPEATED = {UPDATE, VALUE}


@dataclass(frozen=True)
class Head:
    """A line, or lines, of column headings: from `start` up to `end`."""

    start: int
    end: int
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Region:
    """The lines of a table under one head, and the headings printed above that."""

    head: Head
    above: tuple[Line, ...]
    start: int
    end: int


def heads(
    lines: Sequence[Line], vocabulary: Vocabulary, wanted: Callable[[Sequence[str]], bool]
) -> list[Head]:
    """Return the lines of column headings whose roles are wanted, in order."""
    found: list[Head] = []
    firsts = {phrase.split(" ", 1)[0] for phrase in vocabulary}
    at = 0
    while at < len(lines):
        first = normal(lines[at].text[:40].strip().split(" ", 1)[0]).split(" ", 1)[0]
        head = _head_at(lines, at, vocabulary, wanted) if first in firsts else None
        if head:
            found.append(head)
        at = head.end if head else at + 1
    return found


def _head_at(
    lines: Sequence[Line], at: int, vocabulary: Vocabulary, wanted: Callable[[Sequence[str]], bool]
) -> Head | None:
    """Return the head that begins at a line: on one line with what wraps, or a heading a line."""
    first = lines[at].text
    if len(first) > 300 or not first.strip()[:1].isupper():
        return None
    if alone := _one_a_line(lines, at, vocabulary, wanted):
        return alone
    text, best, blanks = "", None, 0
    for end in range(at, min(at + _FARTHEST_HEAD, len(lines))):
        if not lines[end].text.strip():
            blanks += 1
            if blanks > 1 or end == at:
                break
            continue
        if blanks and heading_alone(text, vocabulary):
            break  # a title that could be a heading
        text = f"{text} {lines[end].text}"
        made = headings_in(text, vocabulary)
        if not made:
            if len(text.split()) > 14:
                break
            continue
        # What follows may end a heading that wraps; a heading more would be a cell.
        if best and len(made) != len(best.headings):
            break
        if wanted([h.role for h in made]):
            best = Head(at, end + 1, tuple(made))
    return best


def _one_a_line(
    lines: Sequence[Line], at: int, vocabulary: Vocabulary, wanted: Callable[[Sequence[str]], bool]
) -> Head | None:
    """Return a head whose headings stand each on a line of its own."""
    made: list[Heading] = []
    seen: set[str] = set()
    end = at
    while end < min(at + 2 * _FARTHEST_HEAD, len(lines)):
        text = lines[end].text.strip()
        role = heading_alone(text, vocabulary)
        if text and (not role or (role in seen and role not in _REPEATED)):
            break
        seen.add(role)
        if role:
            made.append(Heading(role, text))
        end += 1
    return Head(at, end, tuple(made)) if wanted([h.role for h in made]) else None


def regions(lines: Sequence[Line], found: Sequence[Head]) -> list[Region]:
    """Return the lines of a table under each head, up to the next or to where others begin."""
    tops = [_above(lines, head, found[n - 1].end if n else 0) for n, head in enumerate(found)]
    made = []
    for n, head in enumerate(found):
        limit = tops[n + 1] if n + 1 < len(found) else len(lines)
        end = _ending(lines, head.end, min(limit, head.end + _MOST_LINES), limit < len(lines))
        above = tuple(line for line in lines[tops[n] : head.start] if line.text.strip())
        made.append(Region(head, above, head.end, end))
    return made


def _above(lines: Sequence[Line], head: Head, floor: int) -> int:
    """Return where the headings above a head begin."""
    top = at = head.start
    taken = blanks = 0
    while at > floor and taken < 3:
        at -= 1
        text = lines[at].text.strip()
        if not text:
            blanks += 1
            if blanks > 1:
                break
            continue
        if not _titles(text):
            break
        blanks, taken = 0, taken + 1
        before = lines[at - 1] if at else None
        if before is None or not before.text.strip() or begins_page(lines, at) or text[-1:] == ":":
            top = at
    return top


def _titles(text: str) -> bool:
    """Return whether words are those of a heading over a table, not of a cell."""
    several = len(text.split()) > 1
    if text.endswith(":"):
        return len(text) < 90 and several
    if looks_like_oversight(text) >= 0.5:
        return False
    return several and len(text) < 110 and (text.isupper() or is_heading(text.replace(":", ""), 1))


def _ending(lines: Sequence[Line], start: int, limit: int, followed: bool) -> int:
    """Return where a table ends: before a heading in capitals, an appendix, the end."""
    for at in range(start + 1, limit):
        text = lines[at].text
        fresh = not lines[at - 1].text.strip() or begins_page(lines, at)
        if not fresh or not text.strip():
            continue
        letters = [c for c in text if c.isalpha()]
        shouted = sum(c.isupper() for c in letters) > 0.8 * len(letters)
        if shouted and len(letters) > 14 and len(text.split()) > 1:
            return at
        if _ANOTHER.match(text) and len(text) < 80 and not followed:
            return at
    return limit if followed else _prose(lines, start, limit)


def _prose(lines: Sequence[Line], start: int, limit: int) -> int:
    """Return where lines far wider than a table's cells begin, with a heading right above them."""
    inside = [
        len(lines[at].text.strip())
        for at in range(start + 1, min(start + _SAMPLE, limit))
        if lines[at - 1].text.strip()
    ]
    if len(inside) < _ENOUGH:
        return limit
    wide = max(1.2 * sorted(inside)[int(len(inside) * 0.95)], _WIDEST_CELL)
    for at in range(start + 1, limit - 2):
        if lines[at - 1].text.strip() or not all(
            len(line.text.strip()) > wide for line in lines[at : at + 2]
        ):
            continue
        above = at - 2
        while above > start and not lines[above].text.strip():
            above -= 1
        alone = above > start and not lines[above - 1].text.strip()
        return above if alone and is_heading(lines[above].text.strip(), 1) else at
    return limit


def begins_page(lines: Sequence[Line], at: int) -> bool:
    """Return whether a page may begin with a line: its place says so, or a lone space before it."""
    line = lines[at]
    before = lines[at - 1] if at else None
    if before and (before.origin.page != line.origin.page or _PAGE_OF.fullmatch(before.text)):
        return True
    return line.text[:1] in (" ", "\xa0") and line.text[1:2].strip() != ""


def is_furniture(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is the number of a page, at its foot or head."""
    text = lines[at].text.strip()
    if _PAGE_OF.fullmatch(text):
        return True
    page = lines[at].origin.page
    if page is None or not text.isdecimal() or len(text) > 4:
        return False
    near = [n for n in (at - 1, at + 1, at + 2) if 0 <= n < len(lines)]
    return any(lines[n].origin.page != page for n in near) or at in (0, len(lines) - 1)
