"""The captions of a document: what is headed as an appendix, table, figure or chart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import BlockKind, Document
from peelian.recognition.pointers import KINDS

_CAPTION = expression(
    r"\s*(?P<what>appendix|appx|annex|table|figure|chart)\s+(?P<number>\d{1,3}|[A-Z]\d{0,2})\b"
    r"(?P<rest>\s*[.:–-]?\s*.{0,120}$)",
    re.IGNORECASE,
)
_ENDS_IN = expression(
    r"[^\W\d_].{0,80}\s(?P<what>appendix|annex)\s+(?P<number>\d{1,2}|[A-Z])\s*$", re.IGNORECASE
)
_FULL = 60  # letters on a line that may wrap


@dataclass(frozen=True)
class Caption:
    """What a line heads, by kind and number, or that it lists it; `order` is where it stands."""

    what: str
    number: str
    order: int
    is_listed: bool

    @property
    def key(self) -> tuple[str, str]:
        """Return its kind and number."""
        return self.what, self.number


def captions(document: Document) -> list[Caption]:
    """Return what is headed as an appendix, table or figure, and what is listed as an appendix.

    Lines that name several appendices one after another list them.
    """
    lines = _lines(document)
    lines += [(mark.title, -1) for mark in document.bookmarks]
    made = []
    matches = [_CAPTION.match(text) or _ENDS_IN.match(text) for text, _order in lines]
    for place, match in enumerate(matches):
        if match is None or _goes_on(match):
            continue
        before = matches[place - 1] if place else None
        after = matches[place + 1] if place + 1 < len(matches) else None
        what = KINDS.get(match["what"].casefold(), match["what"].casefold())
        in_list = what == "appendix" and _is_listed(before, match, after)
        made.append(Caption(what, match["number"].upper(), lines[place][1], in_list))
    return made


def _lines(document: Document) -> list[tuple[str, int]]:
    """Return the lines that may be captions, with where they stand; of tables the rows."""
    if any(line.text.strip() for line in document.lines):
        texts = ["", *(line.text for line in document.lines)]
        return [
            (line.text, line.origin.order)
            for before, line in zip(texts, document.lines, strict=False)
            if line.text.strip() and not _wraps(before)
        ]
    blocks = [b for b in document.blocks if b.kind != BlockKind.ROW or b.cells[:1]]
    return [(block.text, block.origin.order) for block in blocks]


def _wraps(text: str) -> bool:
    """Return whether a printed line goes on with the next: it is full, and in mid-sentence."""
    return len(text.strip()) >= _FULL and not re.search(r"[.:;!?…]\W*$|\d\s*$", text)


def _is_listed(
    before: re.Match[str] | None, match: re.Match[str], after: re.Match[str] | None
) -> bool:
    """Return whether the line before or after has the number before or after this one."""
    follows = before is not None and _count(before) == _count(match) - 1
    return follows or (after is not None and _count(after) == _count(match) + 1)


def _count(match: re.Match[str]) -> int:
    number = match["number"]
    return int(number) if number.isdecimal() else ord(number[0].upper())


def _goes_on(match: re.Match[str]) -> bool:
    """Return whether a line is a sentence that begins with the words: `Table 2 shows that …`."""
    rest = match.groupdict().get("rest") or ""
    return bool(re.match(r"\s+[a-z]|[.,;]\s*$", rest)) or rest.rstrip().endswith(",")
