"""Under which headings each passage of a document stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from peelian.intake.document import Block, BlockKind, Document
from peelian.recognition.circumstances import relative_period
from peelian.recognition.dates import dates

# Dates are only found here, not placed in their year: any day will do.
_ANY_DAY = dt.date(2020, 1, 1)


@dataclass
class Section:
    """The blocks under one heading, and the headings that it stands under, outermost first."""

    headings: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Return its own heading, empty before the first."""
        return self.headings[-1] if self.headings else ""


def time_in(text: str) -> str:
    """Return the first time that a text names, a date or a period, as printed; else nothing."""
    if re.search(r"\d|\b[A-Z][a-z]{2}", text) and (found := dates(text, _ANY_DAY)):
        return found[0].printed
    return relative_period(text)


def sections(document: Document) -> Iterator[Section]:
    """Yield the sections of a document in order; one may be empty, the first without a heading."""
    stack: list[Block] = []
    current = Section(())
    for block in document.blocks:
        if block.kind != BlockKind.HEADING:
            current.blocks.append(block)
            continue
        if current.blocks or current.headings:
            yield current
        while stack and stack[-1].level >= block.level:
            stack.pop()
        stack.append(block)
        current = Section(tuple(heading.text for heading in stack))
    yield current
