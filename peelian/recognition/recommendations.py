"""Recommendations: of a paper to its meeting, of an inspectorate or auditor, of a panel."""

from __future__ import annotations

from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class Recommendation:
    """A recommendation as printed; `made_by` and `made_to` where it is said."""

    text: str
    origin: Origin
    number: str = ""
    made_by: str = ""
    made_to: str = ""


def recommendations(document: Document) -> list[Recommendation]:
    """Return the recommendations in a document, in order."""
    raise NotImplementedError
