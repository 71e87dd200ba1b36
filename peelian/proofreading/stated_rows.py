"""Rows of a plain text that end with a status, and what the lines below them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelian.intake.document import Document, Line, Origin
from peelian.proofreading.statuses import Said
from peelian.recognition.plan import Plan
from peelian.recognition.status import status_of

_OPENS = re.compile(r"\s*\(?(?:[A-Z]{0,4}[\s.-]?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)[.):]?\s+\S")
_TAIL_TEXT = (
    r"not\s+(?:yet\s+)?started|in\s+progress|on\s+(?:track|target|hold)|off\s+track|at\s+risk|"
    r"(?:fully\s+)?implemented|completed?|closed|finished|done|discharged|delivered|achieved"
)
_TAIL = re.compile(
    rf"(?:\d{{2,4}}|\s{{2}}|[a-z)])\s+(?P<status>(?:{_TAIL_TEXT}))\s*$", re.IGNORECASE
)
_ALSO = {"implemented": "complete", "done": "complete", "delivered": "complete"}
_PIECE = re.compile(r"\S+(?: \S+)*")
_FEWEST_COLUMNS = 2
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
        for (first, status), (following, _status) in zip(
            rows, [*rows[1:], (rows[-1][0] + _MOST_LINES, "")], strict=True
        ):
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
