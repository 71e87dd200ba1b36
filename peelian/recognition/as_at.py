"""The day that documents speak for: of their meeting, or the end of the period they report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from peelian.intake.document import Document


def as_at(documents: Sequence[Document]) -> dt.date | None:
    """Return the newest day that the documents show to be theirs, None where they show none."""
    raise NotImplementedError
