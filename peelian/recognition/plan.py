"""Delivery plans: objectives, commitments and the activities under them, with their updates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class Activity:
    """A line of a plan. `status` is a word of the record's vocabulary (`complete`), if said."""

    reference: str  # as printed; empty where none is
    text: str
    update: str
    oversight: tuple[str, ...]
    origin: Origin
    status: str = ""


@dataclass(frozen=True)
class Commitment:
    """A commitment with its activities; `objective` and `part` are the headings it stands under."""

    reference: str
    text: str
    objective: str
    part: str
    origin: Origin
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A delivery plan as a document prints it; `as_at` is the day its updates speak for."""

    title: str
    commitments: tuple[Commitment, ...]
    origin: Origin
    as_at: dt.date | None = None

    @property
    def activities(self) -> list[Activity]:
        """Return every activity, in order."""
        return [a for commitment in self.commitments for a in commitment.activities]


def plans(document: Document) -> list[Plan]:
    """Return the delivery plans in a document."""
    raise NotImplementedError
