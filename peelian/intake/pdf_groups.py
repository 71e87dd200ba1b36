"""Lines of one column into paragraphs, bullets and headings, as far as the column itself tells."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.pdf_layout import Stack
from peelian.intake.pdf_lines import PageLine

BULLET = expression(r"(?:[•·▪●◦‣∙○■□➢➽➤►▶❖◆✓✔✗❑➔→]\s*|[-–*o]\s+(?=\S))")
NUMBER = expression(
    r"(?P<number>\(?(?:\d{1,4}(?:\.\d{1,3}){0,3}|[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,5}|[a-zA-Z])"
    r"[.):]?\)?)\s+(?=\S)"
)
ENDS = expression(r"[.!?:;…]['\"”’)\]]{0,4}$")
_FIGURE = expression(r"[£$€+–-]?\d[\d,.]{0,12}\s?(?:%|[kmbn]{1,2}|million|billion)?")
ALIKE = 0.08  # of a size: what differs less is of one size


@dataclass(slots=True)
class Draft:
    """Lines that belong together, as far as their own column tells."""

    lines: list[tuple[int, PageLine]]
    size: float
    bold: bool
    slanted: bool
    left: float
    right: float  # of the column
    bullet: bool = False
    margin: bool = False
    first: bool = False  # the first of its column
    whole: bool = False  # a large figure with what it counts
    tag: int = 0  # the level of heading that the file's own tags give
    caption: bool = False
    listed: bool = False  # an entry of a list of contents

    @property
    def begins(self) -> str:
        """Return its first line."""
        return self.lines[0][1].text

    @property
    def ends(self) -> str:
        """Return its last line."""
        return self.lines[-1][1].text

    @property
    def full(self) -> bool:
        """Return whether its last line reaches the edge of the column."""
        return self.lines[-1][1].right > self.right - 6 * self.size

    @property
    def ended(self) -> bool:
        """Return whether its words end as a sentence does."""
        return bool(ENDS.search(self.ends.rstrip()))


def drafts(page: int, stack: Stack) -> Iterator[Draft]:
    """Yield the groups of lines in a column, in order."""
    if stack.whole:
        yield replace(_draft(page, stack.lines, stack, True), size=stack.lines[-1].size, whole=True)
        return
    pitch = _pitch(stack.lines)
    group: list[PageLine] = []
    first = True
    for line in stack.lines:
        if group and _parts(group, line, stack, pitch):
            yield _draft(page, group, stack, first)
            group, first = [], False
        group.append(line)
    if group:
        yield _draft(page, group, stack, first)


def _draft(page: int, group: Sequence[PageLine], stack: Stack, first: bool) -> Draft:
    large = len(group) > 1 and group[0].size > 1.4 * group[-1].size
    return Draft(
        [(page, line) for line in group],
        group[-1].size if large else statistics.median(line.size for line in group),
        all(line.bold for line in group),
        all(line.slanted for line in group),
        group[0].left,
        stack.right,
        bool(BULLET.match(group[0].text)),
        stack.margin,
        first,
        large,
        *group[0].told,
    )


def _pitch(lines: Sequence[PageLine]) -> float:
    """Return the distance of lines within a paragraph, in heights of letters."""
    steps = [
        (b.base - a.base) / b.size
        for a, b in itertools.pairwise(lines)
        if abs(a.size - b.size) < ALIKE * b.size and 0.8 * b.size < b.base - a.base < 2.2 * b.size
    ]
    if not steps:
        return 1.3
    close = [s for s in steps if s < 1.15 * min(steps)]
    # Where lines stand closer than most only by chance, what is most common counts.
    return statistics.median(close if 4 * len(close) > len(steps) else steps)


def _parts(group: Sequence[PageLine], line: PageLine, stack: Stack, pitch: float) -> bool:
    """Return whether a line begins something new after those of the group."""
    before = group[-1]
    text = line.text
    if BULLET.match(text) or line.leads or before.leads or line.told != before.told:
        return True
    if abs(before.size - line.size) > ALIKE * max(before.size, line.size):
        large = len(group) == 1 and before.size > 1.4 * line.size
        return not (large and _FIGURE.fullmatch(before.text))
    if stack.margin:
        return False
    step = (line.base - before.base) / line.size
    if step > max(1.18 * pitch, pitch + 0.15) or step < 0:
        return True
    if before.bold != line.bold:
        return not (any(w.bold for w in before.words) and any(w.bold for w in line.words))
    if line.slanted != before.slanted and ENDS.search(before.text):
        return True
    ended = bool(ENDS.search(before.text.rstrip()))
    if NUMBER.match(text) and (ended or _hangs(line)) and _sets_off(line, group):
        return True
    if BULLET.match(group[0].text) and line.left < group[0].left - 2 and ended:
        return True
    indented = line.left > before.left + 0.8 * line.size and len(group) > 1
    if indented and ended and not BULLET.match(group[0].text):
        return True
    if text[:1].islower() or not _had_room(before, line, stack):
        return False
    stops = before.right < stack.right - 0.35 * (stack.right - stack.left)
    return ended or (stops and not before.text.rstrip().endswith((",", "&", "-", "–")))


def _hangs(line: PageLine) -> bool:
    """Return whether a line's number stands apart from its words."""
    words = line.words
    return len(words) > 1 and words[1].left - words[0].right > 0.6 * line.size


def _sets_off(line: PageLine, group: Sequence[PageLine]) -> bool:
    """Return whether a number at the start of a line is more than part of a sentence."""
    number = line.words[0].text
    if _hangs(line) or not number[0].isdigit() or "." in number or ")" in number:
        return True
    return line.left < group[0].left - 2


def _had_room(before: PageLine, line: PageLine, stack: Stack) -> bool:
    """Return whether the line before stopped though a word more would have fitted."""
    need = line.words[0].right - line.words[0].left + 0.5 * line.size
    return stack.right - before.right > need + 0.5 * line.size
