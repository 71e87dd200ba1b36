"""Lines into blocks: what wraps onto the next line is joined, what stands alone is kept apart.

How a text is set says where its lines end on purpose: many writers of PDF leave a space at the end
of a line that goes on; else a line that had room for the next word was ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Line, Origin
from peelian.intake.headings import Draft, headed, is_date, is_heading
from peelian.intake.numbers import Numbers, runs_on

__all__ = ["BULLET", "blocks", "is_heading", "joined"]

# The last four are what a font of symbols leaves behind.
GLYPHS = "•·▪●◦‣∙○■□➢➤➽►▶✓✔❖◆\uf0b7\uf0a7\uf0d8\uf0fc"
BULLET = expression(rf"\s*(?:[{GLYPHS}]|[-–*o](?=\s))\s*")
_INNER = expression(r"\s[•▪●■➢➤➽]\s")
_DEEPER = "o○◦–-"
_LOST = " "
_ENDS = expression(r"[.!?:;]['\"”’)\]]*$")
_LISTS = expression(r"[;,]\s+(?:and|or)$")
_LABELLED = expression(r"\s*[A-Z][\w’'/& -]{1,40}:\s")
_UNFINISHED_MONTH = expression(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
_WEEKDAY = expression(r"\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_YEAR = expression(r"(?:19|20)\d\d\b")
# Words after which no line ends on purpose, and a number in the margin.
_JOINS = expression(r"\b(?:and|or|of|the|to|for|with|a|an|on|by|from|at|in|&)$|[&,]$")
_WORDS = expression(r"[‘“'\"(]?[^\W\d_]")
_MARGIN = expression(r"\d{1,4}\s+[A-Z]")
_AROUND = 12  # the lines on either side that show how wide a column is
_UNWRAPPED = 150  # no page holds a line this long: each is a paragraph
_ROOM = 0.8
_LAST_WORD = 6  # characters at a line's end that hold any word of _JOINS
_NARROW, _MOST_IN_MARGIN = 30, 20
_INDENTED = 0.4  # where so many lines begin with a space, one that does says nothing


@dataclass(frozen=True)
class _Row:
    """A line with what its setting tells: whether it goes on, and what stands before it.

    `gap` says whether a line was left free before it; `number` is one that fills the line.
    """

    line: Line
    text: str
    goes_on: bool
    gap: bool
    is_bullet: bool
    number: str


def blocks(lines: Iterable[Line], running: frozenset[int] = frozenset()) -> Iterator[Block]:
    """Yield the paragraphs, bullets and headings that lines make up, in order.

    A word parted by a hyphen at the end of a line is joined where the next line begins small, and
    so is a sentence that a free line or one of `running` interrupts: lines (counted from 0) that
    belong to the page, not to the text, and are left out.
    """
    kept = list(lines)
    numbers = Numbers(line.text for n, line in enumerate(kept) if n not in running)
    rows = _rows(kept, running, numbers)
    drafts: list[Draft] = []
    indented = sum(row.text[:1].isspace() for row in rows) > _INDENTED * len(rows)
    for group in _groups(rows, numbers, indented):
        drafts += _drafts(group, numbers, drafts, indented)
    yield from headed(drafts)


def _rows(lines: Sequence[Line], running: frozenset[int], numbers: Numbers) -> list[_Row]:
    """Return the lines that have text."""
    filled: list[tuple[Line, bool]] = []
    gap = True
    for place, line in enumerate(lines):
        if line.text.strip() and place not in running:
            filled.append((line, gap))
            gap = False
        else:
            gap = True
    texts = [line.text.rstrip() for line, _gap in filled]
    nexts = [*(text.split(maxsplit=1)[0] for text in texts[1:]), ""] if texts else []
    spaced = _spaced(filled, texts)
    sizes = [len(text) for text in texts]
    unwrapped = sum(size > _UNWRAPPED for size in sizes) > 0.1 * len(sizes)
    rows = []
    for n, (line, free) in enumerate(filled):
        around = sizes[max(n - _AROUND, 0) : n + _AROUND + 1]
        width = max(around)
        if not nexts[n]:
            goes_on = False
        elif _JOINS.search(texts[n][-_LAST_WORD:]):
            goes_on = True
        elif unwrapped or width > _UNWRAPPED:
            goes_on = False
        elif spaced:
            goes_on = line.text != texts[n] or texts[n].endswith("-")
        else:
            # A line that is longer than all around it does not show how wide the column is.
            alone = sum(size > _ROOM * width for size in around) == 1
            goes_on = not alone and sizes[n] + 1 + len(nexts[n]) > _ROOM * width
        is_bullet = bool(BULLET.match(line.text))
        rows.append(_Row(line, texts[n], goes_on, free, is_bullet, numbers.alone(line.text)))
    return rows


def _spaced(filled: Sequence[tuple[Line, bool]], texts: Sequence[str]) -> bool:
    """Return whether lines that plainly go on end with a space, and others mostly do not."""
    going: list[bool] = []
    others: list[bool] = []
    for n, ((line, _), (_, gap)) in enumerate(pairwise(filled)):
        ends = line.text != texts[n]
        if not gap and texts[n + 1][:1].islower():
            going.append(ends)
        elif gap:
            others.append(ends)
    return sum(going) > 0.8 * len(going) > 0 and sum(others) < 0.7 * max(len(others), 1)


def _groups(rows: Sequence[_Row], numbers: Numbers, indented: bool) -> Iterator[list[_Row]]:
    """Yield the lines of each block."""
    group: list[_Row] = []
    for n, row in enumerate(rows):
        if group and _interrupts(group[-1], row, rows[n + 1 : n + 2]):
            continue
        if group and _begins(row, group, numbers, indented):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _begins(row: _Row, group: Sequence[_Row], numbers: Numbers, indented: bool) -> bool:
    """Return whether a line begins a block of its own after those of the group."""
    before = group[-1]
    if before.number and len(group) == 1:  # a number on its own line stands before its text
        return bool(row.number)
    if row.is_bullet or row.number:
        return True
    first = row.text.lstrip()[:1]
    number = numbers.taken(row.text)[0]
    if row.gap:
        return bool(number) or not _resumes(before, row)
    ended = bool(_ENDS.search(before.text) or _LISTS.search(before.text))
    if number and (ended or not before.goes_on or numbers.is_next(group[0].text, row.text)):
        return True
    apart = ended or (_WEEKDAY.match(row.text) and not _JOINS.search(before.text[-_LAST_WORD:]))
    if apart and is_date(row.text):
        return True
    if _LABELLED.match(row.text) and _LABELLED.match(group[0].text):
        return True
    if before.goes_on and not ended and _hangs(row, group[0], numbers):
        return False
    if row.text[:1].isspace() and first.isupper() and not indented:
        return True  # what a page or a lost bullet begins with
    if first.islower():
        return False
    return not before.goes_on and not _in_margin(row, group, numbers)


def _hangs(row: _Row, first: _Row, numbers: Numbers) -> bool:
    """Return whether a line begins where the words behind the number or bullet of its block do."""
    number, start = numbers.taken(first.line.text)
    bullet = BULLET.match(first.line.text) if first.is_bullet else None
    start = bullet.end() if bullet else start if number else 0
    return start > 0 and len(row.text) - len(row.text.lstrip()) == start


def _in_margin(row: _Row, group: Sequence[_Row], numbers: Numbers) -> bool:
    """Return whether a line goes on with a heading that stands beside its number, in a margin."""
    if len(group) > _MOST_IN_MARGIN:
        return False
    narrow = all(len(one.text) <= _NARROW for one in (*group, row)) and not _ENDS.search(row.text)
    return narrow and bool(
        _MARGIN.match(group[0].text) and numbers.taken(group[0].text)[0] and _WORDS.match(row.text)
    )


def _resumes(before: _Row, row: _Row) -> bool:
    """Return whether a line takes up, after a free line, the sentence that broke off before it."""
    if not before.goes_on or _ENDS.search(before.text):
        return False
    return row.text.lstrip()[:1].islower() or bool(
        _YEAR.match(row.text) and _UNFINISHED_MONTH.search(before.text)
    )


def _interrupts(before: _Row, row: _Row, following: Sequence[_Row]) -> bool:
    """Return whether a line is a page's number in the middle of a sentence."""
    is_number = row.text.strip().isdecimal() and len(row.text.strip()) < 5
    alone = is_number and row.gap and bool(following) and following[0].gap
    return alone and _resumes(before, following[0])


def _drafts(
    group: Sequence[_Row], numbers: Numbers, before: Sequence[Draft], indented: bool
) -> Iterator[Draft]:
    """Yield the block that lines make up; of bullets in one line each its own."""
    number = group[0].number
    rows = group[1:] if number and len(group) > 1 else group
    if number and len(group) == 1:
        yield Draft(Block(rows[0].text.strip(), ((0, rows[0].line.origin),)), 1)
        return
    first = rows[0].line.text
    bullet = BULLET.match(first) if not number else None
    start = bullet.end() if bullet else 0
    if not bullet and not number:
        number, start = numbers.taken(first)
    lines = [Line(first[start:], rows[0].line.origin), *(row.line for row in rows[1:])]
    text, marks = joined(lines)
    if number and not group[0].number and runs_on(number, text):
        number = ""
        text, marks = joined([row.line for row in rows])
    if bullet:
        level = 2 if bullet[0].strip() in _DEEPER and _under(before, bullet[0].strip()) else 1
        for piece, places in _parted(text, marks):
            block = Block(piece, places, BlockKind.BULLET, level=level)
            yield Draft(block, len(rows), glyph=bullet[0].strip())
        return
    if not number and not indented and _lost_bullet(first, before):
        yield Draft(Block(text, marks, BlockKind.BULLET, level=1), len(rows), glyph=_LOST)
        return
    narrow = bool(number) and all(len(row.text) <= _NARROW for row in rows)
    yield Draft(Block(text, marks, number=number), 1 if narrow else len(rows), narrow=narrow)


def _lost_bullet(first: str, before: Sequence[Draft]) -> bool:
    """Return whether a lone space is what is left of a bullet: in a list, or after a colon."""
    if not first[:1].isspace() or not before:
        return False
    return before[-1].glyph == _LOST or before[-1].block.text.endswith(":")


def _under(before: Sequence[Draft], glyph: str) -> bool:
    """Return whether a bullet of this glyph follows one of another, of which it is a part."""
    if not before or before[-1].block.kind != BlockKind.BULLET:
        return False
    last = before[-1]
    return last.block.level == 2 if last.glyph == glyph else True


def _parted(
    text: str, marks: tuple[tuple[int, Origin], ...]
) -> Iterator[tuple[str, tuple[tuple[int, Origin], ...]]]:
    """Yield the pieces of a text in which further bullets stand, each with its places."""
    start = 0
    ends = [*((m.start(), m.end()) for m in _INNER.finditer(text)), (len(text), len(text))]
    for end, following in ends:
        inside = [(at - start, origin) for at, origin in marks if start < at < end]
        origin = [origin for at, origin in marks if at <= start][-1]
        if text[start:end] or len(ends) == 1:
            yield text[start:end], ((0, origin), *inside)
        start = following


def joined(lines: Sequence[Line]) -> tuple[str, tuple[tuple[int, Origin], ...]]:
    """Return lines as one text, with the offset at which each of them begins and its place."""
    pieces: list[str] = []
    marks: list[tuple[int, Origin]] = []
    length = 0
    for line in lines:
        piece = " ".join(line.text.split())
        if not piece:
            continue
        last = pieces[-1] if pieces else ""
        if last.endswith("-") and piece[:1].islower() and last[-2:-1].isalpha():
            pass  # a word parted, or one with a hyphen: either way nothing stands between
        elif last and not last.endswith("/"):
            pieces.append(" ")
            length += 1
        marks.append((length, line.origin))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(marks) or tuple((0, line.origin) for line in lines[:1])
