"""Drafts and tables into the blocks of a document: joined over pages, headings by size and weight.

What a file's own tags say of headings goes before what its print looks like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Line, Origin
from peelian.intake.pdf_groups import ALIKE, BULLET, NUMBER, Draft
from peelian.intake.pdf_joining import Vocabulary, going_on, run_together
from peelian.intake.pdf_lines import PageLine
from peelian.intake.pdf_rows import Sheet, row_blocks

MOST_BETWEEN = 4  # captions that may stand in the middle of a sentence
LONGEST_HEADING = 200
_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)

# What stands over a table as its caption, where no tag says so.
_CAPTION = expression(r"(?:Table|Tabl)\s\d{1,3}(?:\.\d{1,3})?[a-z]?\b")
# A number between a bullet and its words.
_ITEM = expression(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(?(?:[a-z]|[ivx]{1,5})\))\s+(?=\S)")

OriginOf = Callable[[int, PageLine, int | None, str], Origin]


@dataclass
class Growing:
    """What a document's pages have given so far, in order."""

    items: list[Draft | Sheet] = field(default_factory=list)
    known: Vocabulary = field(default_factory=Vocabulary)


def as_blocks(grown: Growing, origin_of: OriginOf) -> list[Block]:
    """Return the blocks of a document."""
    body = _body(grown.items)
    items = _over_breaks(grown.items, body)
    for item, after in pairwise(items):
        if isinstance(item, Draft) and isinstance(after, Sheet) and not item.tag:
            item.caption = item.caption or bool(_CAPTION.match(item.begins))
    sizes = _heading_sizes(items, body)
    made: list[Block] = []
    lefts: list[float] = []
    for item in items:
        if isinstance(item, Sheet):
            made += row_blocks(item, origin_of, grown.known)
            lefts = []
            continue
        if item.bullet:
            lefts = [left for left in lefts if left < item.left - 3] + [item.left]
        elif not _inside(item, lefts):
            lefts = []
        made.append(_block(item, len(lefts), sizes, body, grown.known, origin_of))
    return [block for block in made if block.text]


def _inside(item: Draft, lefts: Sequence[float]) -> bool:
    return bool(lefts) and item.left > lefts[-1] + 3


def _body(items: Sequence[Draft | Sheet]) -> float:
    """Return the size in which most of the text is set."""
    sizes = Counter[float]()
    for item in items:
        if isinstance(item, Draft):
            sizes[round(item.size * 2) / 2] += sum(len(line.text) for _p, line in item.lines)
    return sizes.most_common(1)[0][0] if sizes else 11.0


# ---- over the end of a column or page ----


def _over_breaks(items: Sequence[Draft | Sheet], body: float) -> list[Draft | Sheet]:
    """Join what columns, pages and captions have parted; what stood between comes after."""
    made: list[Draft | Sheet] = []
    for item in items:
        if isinstance(item, Draft) and not (item.bullet or _apart(item)):
            back = _unfinished(made, item, body)
            if back is not None:
                back.lines += item.lines
                back.right = item.right
                continue
        made.append(item)
    return made


def _unfinished(made: Sequence[Draft | Sheet], item: Draft, body: float) -> Draft | None:
    """Return the draft that an item continues, if it continues one."""
    for passed, before in enumerate(reversed(made[-MOST_BETWEEN - 1 :])):
        if not isinstance(before, Draft):
            return None
        alike = (
            not before.whole
            and abs(before.size - item.size) < ALIKE * item.size
            and before.bold == item.bold
            and before.slanted == item.slanted
        )
        if alike:
            return before if _continues(before, item, passed, body) else None
        if _apart(before):
            return None
    return None


def _continues(before: Draft, item: Draft, passed: int, body: float) -> bool:
    page, last = before.lines[-1]
    other, first = item.lines[0]
    elsewhere = item.first or passed or page != other or first.top < last.top
    if not elsewhere or before.ended or _apart(before) or before.lines[-1][1].leads:
        return False
    if len(before.lines) == 1 and (before.bold or _stands_alone(before, body)):
        return False
    begins = item.begins.lstrip("“‘(")[:1]
    if begins.islower():
        return not NUMBER.match(item.begins) or item.begins[1:2] == " "
    return before.full and not passed and len(before.lines) > 1 and not NUMBER.match(item.begins)


def _apart(item: Draft) -> bool:
    """Return whether an item is known to be no part of running text."""
    return bool(item.margin or item.tag or item.whole or item.caption or item.listed)


def _stands_alone(draft: Draft, body: float) -> bool:
    return draft.size > 1.1 * body or not draft.full


# ---- headings ----


def _heading_sizes(items: Sequence[Draft | Sheet], body: float) -> list[float]:
    """Return the sizes of headings larger than the text, largest first."""
    sizes: list[float] = []
    found = {i.size for i in items if isinstance(i, Draft) and _is_larger(i, body)}
    for size in sorted(found, reverse=True):
        if not sizes or size < sizes[-1] - 0.6:
            sizes.append(size)
    return sizes


def _is_larger(item: Draft, body: float) -> bool:
    words = " ".join(line.text for _page, line in item.lines)
    short = len(words) <= LONGEST_HEADING and len(item.lines) <= 4
    letters = sum(c.isalpha() for c in words)
    return (
        item.size > (1 + ALIKE) * body
        and short
        and 2 * letters > len(words.replace(" ", ""))
        and not words.endswith((",", ";"))
        and not item.bullet
    )


def _is_bold_heading(item: Draft, body: float) -> bool:
    words = " ".join(line.text for _page, line in item.lines)
    return (
        item.bold
        and not item.bullet
        and item.size > (1 - ALIKE) * body
        and len(item.lines) <= 2
        and len(words) <= 120
        and not re.search(r"[.,;]$", words)
        and any(c.isalpha() for c in words)
    )


def _level(item: Draft, sizes: Sequence[float], body: float) -> int:
    """Return the level of a heading, 0 for what is none."""
    if item.tag:
        return item.tag
    if item.caption or item.listed or item.lines[-1][1].leads:
        return 0
    if _is_larger(item, body):
        nearest = min(range(len(sizes)), key=lambda n: abs(sizes[n] - item.size))
        return min(nearest + 1, 6)
    if item.margin or _is_bold_heading(item, body):
        return min(len(sizes) + 1, 6)
    return 0


# ---- one block ----


def _block(
    item: Draft,
    depth: int,
    sizes: Sequence[float],
    body: float,
    known: Vocabulary,
    origin_of: OriginOf,
) -> Block:
    lines = [Line(line.text, origin_of(p, line, None, "")) for p, line in item.lines]
    level = _level(item, sizes, body)
    if item.bullet and not level:
        lines[0] = Line(BULLET.sub("", lines[0].text, count=1), lines[0].origin)
        found = _ITEM.match(lines[0].text)
    else:
        found = NUMBER.match(lines[0].text)
        if found and not _is_number(found["number"], item, bool(level)):
            found = None
    number = ""
    if found:
        number = found["number"].rstrip(".:")
        lines[0] = Line(lines[0].text[found.end() :], lines[0].origin)
    within = going_on([line for _page, line in item.lines])
    text, marks = run_together(lines, known, within)
    if item.bullet and not level:
        return Block(text, marks, BlockKind.BULLET, level=max(depth, 1), number=number)
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    kind = BlockKind.CONTENTS if item.listed else kind
    return Block(text, marks, kind, level=level, number=number, is_caption=item.caption)


def _is_number(number: str, item: Draft, heading: bool) -> bool:
    """Return whether what a text begins with is its number, not part of its words."""
    words = item.lines[0][1].words
    apart = len(words) > 1 and words[1].left - words[0].right > 0.6 * item.size
    if number[0] == "(" or number.endswith(")") or re.match(r"\d+\.\d|[A-Z]\.?\d", number):
        return True
    if number[0].isdigit():
        after = words[1].text if len(words) > 1 else ""
        names = heading and after[:1].isupper() and after[:3].casefold() not in _MONTHS
        return apart or names or number.endswith(".")
    return number.endswith((".", ":")) or (apart and number.islower() and len(number) == 1)
