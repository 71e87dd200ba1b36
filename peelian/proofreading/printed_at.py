"""The line on which words of a cell or record are printed, where only its beginning is known."""

from __future__ import annotations

from bisect import bisect_left

from peelian.proofreading.findings import Place
from peelian.proofreading.proof import Proof

_FARTHEST = 14  # lines


def printed_at(proof: Proof, place: Place) -> Place:
    """Return the place with the line, at its own or below, on which its words stand together.

    The place itself where no line near has the words: they may run over two.
    """
    document = next((d for d in proof.documents if d.file == place.origin.file), None)
    if document is None:
        return place
    lines = proof.printed(document)
    first = bisect_left(lines, place.origin.order, key=lambda line: line.origin.order)
    wanted = " ".join(place.quotation.split()).casefold()
    for line in lines[first : first + _FARTHEST]:
        if wanted in " ".join(line.text.split()).casefold():
            return Place(line.origin, place.quotation)
    return place
