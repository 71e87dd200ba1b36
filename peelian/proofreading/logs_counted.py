"""How many actions a text says are open or closed, against the log that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Passage, Table
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import place
from peelian.proofreading.statuses import state_columns
from peelian.recognition.future import sentence_at
from peelian.recognition.numbers import numbers
from peelian.recognition.status_key import key_of, state_of

_OVER = frozenset({"complete", "superseded"})
_LISTED = expression(r"\b(?:actions?|recommendations?|undertakings?)\b", re.IGNORECASE)
_COUNT = expression(
    r"\s+(?:of\s+(?:the|these)\s+|(?:[a-z]+\s+)?)(?P<what>actions?|recommendations?)\s+"
    r"(?:(?:are|is|remain|remains|were|was|have|has|still|now|been|currently|from\s+the\s+(?:last|previous)\s+meeting)\s+){1,4}"
    r"(?:(?P<open>open|outstanding|incomplete|unfinished)|(?P<over>closed|completed?|discharged))\b",
    re.IGNORECASE,
)
_FEWEST_ROWS = 4


@check("contradiction")
def actions_counted(proof: Proof) -> Iterator[Finding]:
    """Find a number of open or closed actions that the only log of a document does not have."""
    for document in proof.documents:
        logs = [table for table in document.tables() if _is_log(table)]
        counted = _counted(document, logs[0]) if len(logs) == 1 else None
        if counted is None:
            continue
        for passage in document.passages():
            for said, is_over, at in _said(passage):
                found = counted[is_over]
                if said != found and logs[0].origin.table != passage.origin.table:
                    span = sentence_at(passage.text, at)
                    yield Finding(
                        place(passage, *span, at),
                        _("This speaks of %(said)d; the log has %(found)d.")
                        % {"said": said, "found": found},
                        _("Count them again, and say the same number in both places."),
                        Confidence.POSSIBLE,
                        tuple(
                            Place(row.origin, row.text.replace("\t", " | "))
                            for row in logs[0].rows[-1:]
                        ),
                    )


def _is_log(table: Table) -> bool:
    """Return whether a table lists actions with a state of each."""
    return bool(state_columns(table)) and any(map(_LISTED.search, (*table.head, table.caption)))


def _counted(document: Document, log: Table) -> dict[bool, int] | None:
    """Return how many rows of a log are over, and how many not; None where a state is unknown."""
    key, columns = key_of(document), state_columns(log)
    states = [
        state_of(cell.text, key)
        for row in log.rows
        for cell in row.cells
        if cell.column in columns and cell.text.strip()
    ]
    if len(states) < _FEWEST_ROWS or not all(states):
        return None
    over = sum(state in _OVER for state in states)
    return {True: over, False: len(states) - over}


def _said(passage: Passage) -> Iterator[tuple[int, bool, int]]:
    """Yield each number of actions that a text gives, whether of those over, and where."""
    text = passage.text
    if not _LISTED.search(text):
        return
    for one in numbers(text, []):
        if not one.mark and (match := _COUNT.match(text, one.end)):
            yield int(one.value), bool(match["over"]), one.start
