"""Figures in prose: measure, value, unit, period, area, comparator, as they are printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class Figure:
    """A figure quoted in a text.

    `value` is the number meant (`£1.2m` is 1200000.0, `three` is 3.0); `unit` is `%`, `£`, a
    duration (`minutes`) or what is counted (`officers`, `calls`). `qualifier` is `over`, `around`,
    `up to`. `change` tells a rise or fall (`percentage change`, `percentage points`) from a level.
    Empty where the text does not say.
    """

    measure: str
    value: float
    unit: str
    printed: str  # the number as printed, with its mark: `£1.2m`
    quotation: str  # the sentence or cell it stands in
    origin: Origin
    period: str = ""
    area: str = ""
    comparator: str = ""
    qualifier: str = ""
    change: str = ""
    source: str = ""


def figures(document: Document, near: dt.date | None) -> list[Figure]:
    """Return the figures in a document, in order; `near` is about the day it was written."""
    raise NotImplementedError
