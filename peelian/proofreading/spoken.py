"""What others said, or was said then: minutes of a meeting, words between quotation marks."""

from __future__ import annotations

import sys

from peelian.expressions import expression
from peelian.intake.document import Origin, Passage
from peelian.proofreading.proof import Proof
from peelian.recognition.minutes import Minutes

# A quotation may run over sentences, but not for ever: a mark that is never closed quotes nothing.
_QUOTED = expression(r"“[^“”]{1,1500}”|(?<![\w\"])\"[^\"]{1,1500}\"(?!\w)")


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that stand between quotation marks."""
    return [match.span() for match in _QUOTED.finditer(text)]


class Minuted:
    """Tells what stands in the minutes within a proof's documents."""

    def __init__(self, proof: Proof) -> None:
        self._ranges: list[tuple[Minutes, int, int, str]] = []
        for one in proof.minutes:
            if one.items:
                end = self._next_paper(proof, one)
                self._ranges.append((one, one.origin.order, end, _squeezed(one.items[-1].text)))

    def _next_paper(self, proof: Proof, minutes: Minutes) -> int:
        """Return where the paper after the minutes begins: the last minute may seem to go on."""
        begun, file = minutes.items[0].origin.order, minutes.origin.file
        orders = [
            p.origin.order for d in proof.documents if d.file == file for p in proof.papers(d)
        ]
        return min((order for order in orders if order > begun), default=sys.maxsize)

    def of(self, passage: Passage) -> Minutes | None:
        """Return the minutes that a passage is part of, None where it is part of none."""
        origin = passage.origin
        for minutes, first, end, text in self._ranges:
            last = minutes.items[-1].origin.order
            if origin.file != minutes.origin.file or not first <= origin.order < end:
                continue
            if origin.order <= last or _squeezed(passage.text) in text:
                return minutes
        return None

    def at(self, origin: Origin) -> bool:
        """Return whether a place lies in the minutes of a meeting."""
        return any(
            m.origin.file == origin.file and m.origin.order <= origin.order <= min(m.last, end)
            for m, _first, end, _text in self._ranges
        )

    def holds(self, passage: Passage) -> bool:
        """Return whether a passage is part of the minutes of a meeting."""
        return self.of(passage) is not None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
