"""The day for which a plan's updates speak, as the text around it says."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice

from peelian.expressions import expression
from peelian.intake.document import Document, Origin
from peelian.recognition.dates import dates

_SPEAKS = expression(
    r"\b(?:updates?|position|progress|extract|information|data|plan|correct|status)\b"
    r"[^.;]{0,120}?\b(?:as\s+(?:at|of)|up\s+to|to|until)\s+(?:the\s+)?(?=\S)"
    r"|\b(?:as\s+at|position\s+at|updated(?:\s+on)?)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_MOST = 4_000


def speaks_for(document: Document, plan: Origin) -> dt.date | None:
    """Return the last day that the text before or above a plan gives for its updates, else None.

    Only a date that prints its year counts.
    """
    found: dt.date | None = None
    for passage in islice(document.passages(), _MOST):
        if passage.origin.order > plan.order and found:
            break
        for match in _SPEAKS.finditer(passage.text[:5_000]):
            ahead = passage.text[match.end() : match.end() + 40]
            for mention in dates(ahead, dt.date(2000, 1, 1))[:1]:
                if mention.has_year and mention.start < 3:
                    found = mention.last
    return found
