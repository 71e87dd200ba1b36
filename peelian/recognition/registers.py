"""Registers: what a document lists by a running number of its own, `PCC/2022/031` or `14/24`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document, Line, Origin

# A prefix of up to two words, then numbers; a letter may stand between them: 2022/D/014.
_CODE = (
    r"(?:[A-Z][A-Za-z]{0,9}[ /-]?){0,2}\d{1,4}(?:[/-](?:[A-Z]{1,6}[/-]?)?\d{1,4}){0,2}"
    r"(?![\w/-]|\.\d)"
)
_LABEL = (
    r"(?:(?:decision|minute|record|action|log|notice|report|reference|ref|number|no|id|of)\b"
    r"[.:#]?\s*){0,4}(?:[:–-]\s*)?"
)
_ENTRY = expression(
    rf"\s*(?:(?i:{_LABEL}))(?P<code>{_CODE})(?:(?:\s?[.:)|–—-])?(?P<gap>\s+)(?P<rest>\S.{{0,400}})|\s*[.:]?\s*$)"
)
_TITLED = expression(
    r"\s*(?:(?:decision|report|full)\s+)?(?:title|subject(?:\s+of\s+decision)?)\s*[:\t–-]\s*(?P<title>\S.*)",
    re.IGNORECASE,
)
# A column of days stands before the titles.
_DAY = expression(r"(?:\d{1,2}\s+[A-Z][a-z]{2,8}\s+\d{2,4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})(?:\s+|$)")
_FIELD = expression(r"\s*[A-Z][\w’'() /&-]{1,40}:")
_BESIDE = expression(
    r"\s*(?:date|decision|lead|made\s+by|owner|reasons?|signed|status|subject|title)\b[^:]{0,20}:",
    re.IGNORECASE,
)
_ENDS = expression(r"[.:;!?]['\"”’)]*\s*$")
_PIECE = expression(r"\d+|\D+")
# `15/24` alone may be a month, a season or a share: words before it say that it is a number.
_SAID = r"(?:\b(?:decisions?|minutes?|records?|notices?|ref(?:erences?)?\.?|nos?\.?|see)\s+)"
_FEWEST = 4
_BELOW = 6  # lines in which an entry says its title
_MOST = 5_000


@dataclass(frozen=True)
class Listed:
    """An entry of a register: its number as printed, which one that is, and its title if any."""

    code: str
    count: int
    title: str
    origin: Origin


@dataclass(frozen=True)
class Register:
    """The entries that share all of their number but one part, as they are printed.

    `before` and `after` are what stands around that part.
    """

    before: str
    after: str
    entries: tuple[Listed, ...]

    @property
    def counts(self) -> set[int]:
        """Return the numbers that it has."""
        return {entry.count for entry in self.entries}

    @property
    def rises(self) -> bool:
        """Return whether its numbers go up, as against the newest coming first."""
        steps = [after.count - before.count for before, after in pairwise(self.entries)]
        return sum(step > 0 for step in steps) * 2 >= len(steps)

    def pattern(self) -> re.Pattern[str]:
        """Return what finds its numbers in a text; the group `n` is the part that differs."""
        before, after = re.escape(self.before), re.escape(self.after)
        is_plain = any(map(str.isalpha, self.before + self.after)) or min(self.counts) > 99
        said = "" if is_plain else f"(?i:{_SAID})"
        return expression(
            rf"{said}(?<![\w/-])(?P<code>{before}(?P<n>\d{{1,4}}){after})(?![\w/-]|\.\d)"
        )


def registers(document: Document) -> list[Register]:
    """Return the registers in a document: at least four numbers, most of them in order."""
    lines = list(_lines(document))
    found = list(_entries(lines))[:_MOST]
    groups: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for code, title, origin in found:
        for before, count, after in _readings(code):
            groups[before, after].append(Listed(code, count, title, origin))
    made: list[Register] = []
    taken: set[int] = set()
    for (before, after), entries in sorted(groups.items(), key=lambda g: -len(g[1])):
        free = tuple(one for one in entries if one.origin.order not in taken)
        if _is_register(free):
            made.append(Register(before, after, free))
            taken |= {one.origin.order for one in free}
    return made


def _lines(document: Document) -> Iterator[Line]:
    """Yield the printed lines of a document; a row of a table whose cells are told apart is one."""
    if document.lines:
        yield from document.lines
        return
    for block in document.blocks:
        if block.kind == BlockKind.ROW:
            yield Line("   ".join(" ".join(c.text.split()) for c in block.cells), block.origin)
        else:
            yield Line(f"{block.number} {block.text}".strip(), block.origin)
            yield Line("", block.origin)


def _entries(lines: Sequence[Line]) -> Iterator[tuple[str, str, Origin]]:
    """Yield what stands at the beginning of lines in the form of a number, with its title."""
    ended = True
    for n, line in enumerate(lines):
        text = line.text[:600]
        match = _ENTRY.match(text) if any(map(str.isdigit, text[:80])) else None
        if match:
            rest, wide = match["rest"] or "", len(match["gap"] or "") > 1 or "\t" in text
            if (ended or wide) and not (rest[:1].islower() or rest.startswith("(")):
                yield match["code"], _title(rest, lines[n + 1 : n + 1 + _BELOW]), line.origin
        ended = not text.strip() or bool(_ENDS.search(text)) or match is not None


def _title(rest: str, below: Sequence[Line]) -> str:
    """Return an entry's title: beside its number, or on a line below."""
    beside = _DAY.sub("", rest)
    if sum(map(str.isalpha, beside)) > 3 and not _BESIDE.match(beside):
        return " ".join(beside.split())[:160]
    for line in below:
        if match := _TITLED.match(line.text[:300]):
            return " ".join(match["title"].split())[:160]
    first = next((line.text.strip() for line in below if line.text.strip()), "")
    return "" if _FIELD.match(first) or _ENTRY.match(first) else first[:160]


def _readings(code: str) -> Iterator[tuple[str, int, str]]:
    """Yield which part of a number may be the one that counts, and what stands around it.

    What is the same for all has letters or a year; a day of three numbers is none.
    """
    pieces = _PIECE.findall(code)
    numbers = [n for n, piece in enumerate(pieces) if piece.isdecimal()]
    has_letters = any(map(str.isalpha, code))
    if len(numbers) == 3 and not has_letters:
        return
    for n in numbers:
        others = [pieces[m] for m in numbers if m != n]
        if any(map(_is_year, others)) or (has_letters and not others and len(pieces[n]) > 2):
            yield "".join(pieces[:n]), int(pieces[n]), "".join(pieces[n + 1 :])


def _is_year(piece: str) -> bool:
    return 2000 <= int(piece) < 2100 if len(piece) == 4 else len(piece) == 2 and int(piece) >= 10


def _is_register(entries: Sequence[Listed]) -> bool:
    counts = {one.count for one in entries}
    if len(counts) < _FEWEST or max(counts) - min(counts) >= 4 * len(counts):
        return False
    steps = [after.count - before.count for before, after in pairwise(entries)]
    steps = [step for step in steps if step]
    most = max(sum(step > 0 for step in steps), sum(step < 0 for step in steps))
    return most * 3 >= len(steps) * 2
