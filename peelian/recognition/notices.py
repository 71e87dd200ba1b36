"""Decision notices: reference, title, what was decided, why, when and by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class DecisionNotice:
    """A decision as a notice or a log prints it."""

    reference: str
    title: str
    decision: str
    origin: Origin
    reasons: str = ""
    decided_on: dt.date | None = None
    signed_by: str = ""


def notices(document: Document) -> list[DecisionNotice]:
    """Return the decision notices in a document."""
    raise NotImplementedError
