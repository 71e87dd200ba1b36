"""Rows of a plain text that end with a status, and what the lines below them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.proofreading.statuses import Said
from peelian.recognition.plan import Plan
from peelian.recognition.status import status_of

_OPENS = expression(r"\s*\(?(?:[A-Z]{0,4}[\s.-]?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)[.):]?\s+\S")
_TAIL_TEXT = (
    r"not\s+(?:yet\s+)?started|in\s+progress|on\s+(?:track|target|hold)|off\s+track|at\s+risk|"
    r"(?:fully\s+)?implemented|completed?|closed|finished|done|discharged|delivered|achieved"
)
_TAIL = expression(
    rf"(?:\d{{2,4}}|\s{{2}}|[a-z)])\s+(?P<status>(?:{_TAIL_TEXT}))\s*$", re.IGNORECASE
)
_ALSO = {"implemented": "complete", "done": "complete", "delivered": "complete"}
_ALSO |= {"open": "open", "met": "complete", "under way": "on_track", "underway": "on_track"}
_ALSO |= {
    "on course": "on_track",
    "active": "on_track",
    "late": "off_track",
    "not met": "off_track",
}
_ALSO |= {"fulfilled": "complete", "stalled": "on_hold", "stopped": "on_hold"}
# On the line above a state: what that is, so that what is told of it may follow below.
_NAMES_STATE = expression(
    r"\W*(?:(?:our|overall|current)\s+)?(?:b?rag|grade|grading|judgement|rating|state|status)"
    r"(?:\s+(?:rating|status))?\W*",
    re.IGNORECASE,
)
_PIECE = expression(r"\S+(?: \S+)*")
_FEWEST_COLUMNS = 2
_LONGEST_STATUS, _MOST_WORDS, _MOST_ABOVE = 24, 3, 8
_MOST_BELOW, _MOST_LINES, _NEAR = 6, 14, 3


def of_rows(document: Document) -> Iterator[Said]:
    """Yield what stands below each numbered line that ends with a status, up to the next."""
    lines = document.lines
    for n, line in enumerate(lines):
        text = line.text.rstrip()
        tail = _TAIL.search(text[-60:]) if _OPENS.match(text) else None
        if tail and tail["status"][:1].isupper():
            below = list(_below(lines[n + 1 : n + 1 + _MOST_BELOW]))
            said = tail["status"].casefold().split()[-1]
            found = status_of(tail["status"])
            status = found[0] if found else _ALSO.get(said, "")
            if below and status:
                yield Said(" ".join(one.text.strip() for one in below), status, below[0].origin)


def of_cards(document: Document) -> Iterator[Said]:
    """Yield the paragraph right above each line that is a status and nothing else.

    Where the line above it says that it is a status, the paragraph below may be what it is about.
    """
    lines = document.lines
    for n, line in enumerate(lines):
        text = line.text.strip()
        if len(text) > _LONGEST_STATUS or not (status := _status(text)):
            continue
        above: list[Line] = []
        for one in reversed(lines[max(n - _MOST_ABOVE, 0) : n]):
            words = one.text.strip()
            if not words or _status(words):
                break
            above.append(one)
        if len(above) > 1:
            text = " ".join(one.text.strip() for one in reversed(above))
            yield Said(text, status, above[-1].origin)
        if above and _NAMES_STATE.fullmatch(above[0].text):
            told = list(_paragraph_below(lines[n + 1 : n + 2 + _MOST_ABOVE]))
            if told:
                yield Said(" ".join(one.text.strip() for one in told), status, told[0].origin)


def _paragraph_below(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of the paragraph that begins at once, or after one line left empty."""
    begins = 1 if lines and not lines[0].text.strip() else 0
    for line in lines[begins:]:
        if not line.text.strip() or _OPENS.match(line.text):
            return
        yield line


def of_spaced_rows(document: Document) -> Iterator[Said]:
    """Yield what each column tells of a row that ends with a status, apart by spaces."""
    lines = document.lines
    starts = [n for n, line in enumerate(lines) if _ends_row(line.text)]
    for n, following in pairwise([*starts, len(lines)]):
        status = _status(_PIECE.findall(lines[n].text)[-1])
        below = lines[n : min(following, n + _MOST_LINES)]
        stop = next((k for k, one in enumerate(below) if not one.text.strip()), len(below))
        for text, origin in _columns(below[:stop]):
            yield Said(text, status, origin)


def _ends_row(text: str) -> bool:
    """Return whether a line has three pieces or more, of which the last is a status."""
    pieces = _PIECE.findall(text[:300])
    states = [piece for piece in pieces if _status(piece)]  # several: a key that explains them
    return len(pieces) > _FEWEST_COLUMNS and len(states) == 1 and states[0] is pieces[-1]


def _status(words: str) -> str:
    """Return the status that words are and nothing else; empty where they are more."""
    plain = words.strip().casefold()
    if len(plain.split()) > _MOST_WORDS or plain.endswith("."):
        return ""  # a sentence
    if plain in _ALSO:
        return _ALSO[plain]
    found = status_of(words) if len(words) <= _LONGEST_STATUS and words[:1].isalpha() else None
    return found[0] if found and found[1].casefold() == plain else ""


def _below(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if not line.text.strip() or _OPENS.match(line.text):
            return
        yield line


def of_columns(document: Document, plans: Sequence[Plan]) -> Iterator[Said]:
    """Yield what each column of the printed rows of a plan says, with the row's status.

    Where columns are apart by spaces alone, a part of what a row tells may be lost to another.
    """
    for plan in plans:
        if plan.origin.file != document.file:
            continue
        rows = sorted((a.origin.order, a.status) for a in plan.activities)
        for (first, status), (following, _next) in pairwise([*rows, (len(document.lines), "")]):
            lines = document.lines[first : min(following, first + _MOST_LINES)]
            if status and lines and len(_PIECE.findall(lines[0].text[:300])) > _FEWEST_COLUMNS:
                yield from (Said(text, status, at) for text, at in _columns(lines))


def _columns(lines: Sequence[Line]) -> Iterator[tuple[str, Origin]]:
    """Yield the text of each column of lines whose pieces begin at the same place."""
    columns: list[tuple[int, list[str], Origin]] = []
    blank = 0
    for line in lines:
        pieces = list(_PIECE.finditer(line.text[:300]))
        blank = 0 if pieces else blank + 1
        if blank > 1 or (len(pieces) == 1 and pieces[0].start() < _NEAR and len(pieces[0][0]) > 60):
            break
        for piece in pieces:
            column = next((c for c in columns if abs(c[0] - piece.start()) <= _NEAR), None)
            if column is None:
                columns.append((piece.start(), [piece[0]], line.origin))
            else:
                column[1].append(piece[0])
    yield from ((" ".join(texts), origin) for _start, texts, origin in columns)
