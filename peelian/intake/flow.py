"""Lines into blocks: what wraps onto the next line is joined, what stands alone is kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from peelian.intake.document import Block, BlockKind, Line, Origin

BULLET = re.compile(r"\s*(?:[•·▪●◦‣∙○■□➢✓]|[-–*o](?=\s))\s*")
NUMBER = re.compile(
    r"\s*(?P<number>\(?(?:\d{1,4}(?:\.\d{1,3}){0,3}|[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,5}|[a-z])[.)]?\)?)\s+(?=\S)"
)
_ENDS = re.compile(r"[.!?:;]['\"”’)]*$")
_SHORT = 90


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Yield the paragraphs, bullets and headings that lines make up, in order.

    A word parted by a hyphen at the end of a line is joined where the next line begins small.
    """
    group: list[Line] = []
    for line in lines:
        if not line.text.strip() or (group and _begins(line, group)):
            if group:
                yield _block(group)
            group = []
        if line.text.strip():
            group.append(line)
    if group:
        yield _block(group)


def _begins(line: Line, group: Sequence[Line]) -> bool:
    """Return whether a line begins a block of its own after those of the group."""
    before, text = group[-1].text.rstrip(), line.text
    if BULLET.match(text):
        return True
    width = max(len(one.text.rstrip()) for one in group)
    stops_short = len(before) < 0.6 * max(width, 40) or len(before) > 150
    if _ENDS.search(before) and (stops_short or NUMBER.match(text)):
        return True
    return len(before) > 150 and text[:1].isupper()


def _block(group: Sequence[Line]) -> Block:
    bullet = BULLET.match(group[0].text)
    first = group[0].text[bullet.end() :] if bullet else group[0].text
    text, marks = joined([Line(first, group[0].origin), *group[1:]])
    if bullet:
        return Block(text, marks, BlockKind.BULLET, level=1)
    if is_heading(text, len(group)):
        return Block(text, marks, BlockKind.HEADING, level=1)
    return Block(text, marks)


def joined(lines: Sequence[Line]) -> tuple[str, tuple[tuple[int, Origin], ...]]:
    """Return lines as one text, with the offset at which each of them begins and its place."""
    text = ""
    marks: list[tuple[int, Origin]] = []
    for line in lines:
        piece = " ".join(line.text.split())
        if not piece and marks:
            continue
        if text.endswith("-") and piece[:1].islower() and text[-2:-1].isalpha():
            pass  # a word parted, or one with a hyphen: either way nothing stands between
        elif text and not text.endswith("/"):
            text += " "
        marks.append((len(text), line.origin))
        text += piece
    return text, tuple(marks)


def is_heading(text: str, lines: int) -> bool:
    """Return whether words stand as a heading does: short, without a full stop, in few lines."""
    words = text.split()
    if not words or len(text) > _SHORT or lines > 2 or len(words) > 12:
        return False
    if _ENDS.search(text.rstrip(":")) or text.endswith(",") or not text[0].isalnum():
        return False
    letters = [w for w in words if w[0].isalpha()]
    capital = sum(w[0].isupper() for w in letters)
    return bool(letters) and letters[0][0].isupper() and (capital * 2 >= len(letters) or lines == 1)
