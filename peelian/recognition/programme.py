"""Work programmes: which item is meant for which meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.intake.document import Document, Origin


@dataclass(frozen=True)
class ProgrammeItem:
    """An item; `meeting` as printed, `month` the first day of its month. No meeting: potential."""

    title: str
    meeting: str
    origin: Origin
    month: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class WorkProgramme:
    """A work programme as a document prints it."""

    title: str
    items: tuple[ProgrammeItem, ...]
    origin: Origin


def programmes(document: Document) -> list[WorkProgramme]:
    """Return the work programmes in a document."""
    raise NotImplementedError
