"""What a meeting agreed to put on its work programme, and whether the programme has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Document, Origin
from peelian.proofreading.traces import Sought, stem
from peelian.recognition.minutes import Undertaking
from peelian.recognition.programme import ProgrammeItem, programmes

# With fewer items a list with months may be anything.
_LEAST_ITEMS = 3
_ADDS = expression(
    r"\b(?:add|added|include|included|place|placed|put|scheduled?|go|goes)\b[^.;]{0,160}\b(?:work|forward)\s+"
    r"(?:programme|plan)\b|\b(?:work|forward)\s+(?:programme|plan)\b[^.;]{0,40}\b(?:add|include)\b",
    re.IGNORECASE,
)
_WORD = expression(r"[A-Za-z][A-Za-z’'-]*[A-Za-z]")
_ITS_OWN = frozenset(
    map(stem, ("programme", "plan", "add", "added", "session", "schedule", "topic"))
)


@dataclass(frozen=True)
class Programmed:
    """The items of the work programmes among papers."""

    items: tuple[ProgrammeItem, ...]

    @property
    def origin(self) -> Origin:
        """Return where the first of them stands."""
        return self.items[0].origin

    def holds(self, undertaking: Undertaking, wanted: Sought) -> bool | None:
        """Return whether what was to be put on the programme is there, for its meeting if one was
        named; None where nothing was to be put on it, or where there is none."""
        topic = wanted.terms - _ITS_OWN
        if not self.items or not topic or not _ADDS.search(undertaking.text):
            return None
        return any(self._is_for(item, undertaking) and _names(item, topic) for item in self.items)

    def _is_for(self, item: ProgrammeItem, undertaking: Undertaking) -> bool:
        """Return whether an item stands where it was promised, or where it was put off to."""
        due = undertaking.due
        if due is None or item.month is None or (due.last - due.first).days > 31:
            return True
        return item.month >= due.first.replace(day=1)


def programmed(documents: Sequence[Document], hidden: Callable[[Origin], bool]) -> Programmed:
    """Return the work programmes of documents, without what is hidden: it stands in minutes."""
    kept = [
        item
        for document in documents
        for programme in document.once(programmes)
        if sum(item.month is not None for item in programme.items) >= _LEAST_ITEMS
        for item in programme.items
        if not hidden(item.origin)
    ]
    return Programmed(tuple(kept))


def _names(item: ProgrammeItem, topic: frozenset[str]) -> bool:
    """Return whether an item's title has half of the words of a topic."""
    words = {stem(word) for word in _WORD.findall(item.title)}
    return 2 * len(topic & words) >= len(topic)
