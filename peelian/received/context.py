"""The words round a place, for whoever compares a recognised line with the document."""

from __future__ import annotations

from peelian.intake.document import Document, Origin

BEFORE, AFTER = 3, 24  # printed lines
AROUND = 3  # blocks, where a document has no printed lines


def context_of(document: Document, origin: Origin) -> str:
    """Return the text that stands round a place, its own lines in the middle."""
    if document.lines:
        places = [line.origin.order for line in document.lines]
        at = next((n for n, order in enumerate(places) if order >= origin.order), 0)
        return "\n".join(line.text for line in document.lines[max(at - BEFORE, 0) : at + AFTER])
    orders = [block.origin.order for block in document.blocks]
    at = next((n for n, order in enumerate(orders) if order >= origin.order), 0)
    near = document.blocks[max(at - 1, 0) : at + AROUND]
    return "\n\n".join(block.text for block in near)
