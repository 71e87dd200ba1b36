"""Which blocks are headings, told by their words, their number and what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind
from peelian.intake.numbers import depth

_STOP = expression(r"(?:[.!?;,]['\"”’)]*|\s[-–—])$")
_SHORT, _WORDS, _NARROW = 90, 14, 250
_BODY = 60  # from this length on, a block is text that a heading can stand over
_FIRST = 3  # the title of a document may stand over anything
_RUN = 3  # more short lines than this, one after the other, are a list
_INITIALS = expression(r"\([A-Z]{2,4}\)$")
_CONTACT = expression(r"@|www\.|https?:|\b\d{5,}\b")
_LABEL = expression(r"(?P<label>[A-Z][\w’'/ -]{0,40}):\s+\S")
_PART = expression(
    r"(?:appendix|annex|part|section|item|agenda item|chapter|objective|priority|theme|schedule|"
    r"commitment|case study|paper|report|strategy)\b",
    re.IGNORECASE,
)
_DATED = expression(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|\d{1,2}[.:]\d\d|am|pm|at|of|noon|[\W_]+)",
    re.IGNORECASE,
)
# What a sentence has and a title has not; a question as a title begins with its own words.
_VERB = expression(
    r"\b(?:is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|be|been|"
    r"received|noted|agreed|asked|said|stated|reported|welcomed|provided|advised|"
    r"accepted|attended|chaired|ended|closed|opened|began|concluded)\b"
)
# Someone with a post: `A Name, Chief Constable`, `A Name (Deputy Chair)`
_POST = expression(
    r"[,(][^,()]*\b(?:Chair\w*|Chief|Constable|Commissioner|Councillor|Cllr|Officer|Executive|"
    r"Manager|Director|Superintendent|Inspector|Lead|Member|Treasurer|Practitioner|"
    r"Co-?ordinator|Secretary|Solicitor|Head of)\b"
)
# What cells of tables, lists of names and statements say, and no heading does.
_CELL = expression(
    r"(?:(?:action )?completed?\b|that\b|i\s(?!and\b)|(?:refer(?: to)?|see)\b|"
    r"(?:mrs?|ms|miss|mx|dr|cllr|councillor|sir|dame|prof|professor|rev|supt|lord|lady)\b\.?\s|"
    r"(?:on ?going|on hold|on track|at risk|green|amber|red|yes|no|none|n/a|"
    r"tbc|ad ?hoc|as required|under review|(?:bi[- ]?)?"
    r"(?:daily|weekly|monthly|quarterly|annual|annually))$)",
    re.IGNORECASE,
)
_ASKS = expression(r"(?:what|how|why|where|who|when|which)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """A block whose kind is not settled yet: of how many lines, whether in a narrow margin."""

    block: Block
    lines: int
    narrow: bool = False
    glyph: str = ""


def is_heading(text: str, lines: int) -> bool:
    """Return whether words stand as a heading does: short, no sentence, in few lines."""
    words = text.split()
    if not words or len(text) > _SHORT or lines > 2 or len(words) > _WORDS:
        return False
    if _STOP.search(text) or not text[0].isalnum() or _INITIALS.search(text):
        return False
    if _CELL.match(text) or _CONTACT.search(text) or _POST.search(text) or _is_label(text):
        return False
    if is_date(text):
        return False
    if text.endswith(":") and len(words) > 4:
        return False
    letters = [w for w in words if w[0].isalpha()]
    if not letters or not letters[0][0].isupper():
        return False
    if _VERB.search(text) and not _ASKS.match(text):
        return False
    capital = sum(w[0].isupper() for w in letters)
    return capital * 2 >= len(letters) or (lines == 1 and len(words) <= 10)


def is_date(text: str) -> bool:
    """Return whether words are nothing but a date and a time."""
    may_be = len(text) < _SHORT and (not text or _DATED.match(text))
    return bool(may_be) and not _DATED.sub("", text).strip()


def _is_label(text: str) -> bool:
    """Return whether words are a name with its value, as `Decision number: 44/2020` is."""
    match = _LABEL.match(text)
    if not match:
        return False
    return text[match.end() - 1].isdigit() or not _PART.match(match["label"])


def headed(drafts: Sequence[Draft]) -> Iterator[Block]:
    """Yield blocks, those made headings that stand over text: numbered, or short and few."""
    may = [_may(draft) for draft in drafts]
    run = 0
    for n, draft in enumerate(drafts):
        run = run + 1 if may[n] and not draft.block.number else 0
        title = n < _FIRST and not draft.block.text.endswith(":")
        if may[n] and (draft.block.number or title or _stands_over(drafts, may, n, run)):
            level = depth(draft.block.number) if draft.block.number else 1
            yield replace(draft.block, kind=BlockKind.HEADING, level=level)
        else:
            yield draft.block


def _may(draft: Draft) -> bool:
    block = draft.block
    if block.kind != BlockKind.PARAGRAPH or block.number.endswith(")"):
        return False
    if block.text[:1].isdigit() and not block.number:
        return False
    if draft.narrow and block.text[:1].isupper() and len(block.text) <= _NARROW:
        return not _STOP.search(block.text)
    return is_heading(block.text, draft.lines)


def _stands_over(drafts: Sequence[Draft], may: Sequence[bool], place: int, run: int) -> bool:
    """Return whether text follows: at once in a long run of short lines, else soon."""
    for n in range(place + 1, min(place + _RUN + 1, len(drafts))):
        block = drafts[n].block
        if block.kind == BlockKind.BULLET or block.number or len(block.text) >= _BODY:
            return n == place + 1 or n - place + run - 1 <= _RUN
        if not may[n] or drafts[place].block.text.endswith(":"):
            return bool(_STOP.search(block.text) or ":" in block.text) and n == place + 1
    return False
