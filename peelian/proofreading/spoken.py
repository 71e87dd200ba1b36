"""What others said, or was said then: minutes of a meeting, words between quotation marks."""

from __future__ import annotations

import re

from peelian.intake.document import Passage
from peelian.proofreading.proof import Proof

# A quotation may run over sentences, but not for ever: a mark that is never closed quotes nothing.
_QUOTED = re.compile(r"“[^“”]{1,1500}”|(?<![\w\"])\"[^\"]{1,1500}\"(?!\w)")


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text that stand between quotation marks."""
    return [match.span() for match in _QUOTED.finditer(text)]


class Minuted:
    """Tells what stands in the minutes within a proof's documents."""

    def __init__(self, proof: Proof) -> None:
        self._ranges: list[tuple[str, int, int]] = []
        self._last: dict[str, str] = {}
        for one in proof.minutes:
            if one.items:
                last = one.items[-1]
                self._ranges.append((one.origin.file, one.origin.order, last.origin.order))
                known = self._last.get(one.origin.file, "")
                self._last[one.origin.file] = f"{known}\n{_squeezed(last.text)}"

    def holds(self, passage: Passage) -> bool:
        """Return whether a passage is part of the minutes of a meeting."""
        origin = passage.origin
        for file, first, last in self._ranges:
            if origin.file == file and first <= origin.order <= last:
                return True
        text = _squeezed(passage.text)
        return bool(text) and text in self._last.get(origin.file, "")


def _squeezed(text: str) -> str:
    return " ".join(text.split())
