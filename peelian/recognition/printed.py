"""The printed lines of a document, whatever its format: what headings and labels are read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import DIGITS, expression
from peelian.intake.document import Block, BlockKind, Document, Line, Origin, Passage
from peelian.intake.flow import joined

ENDS_SENTENCE = expression(r"[.!?]['\"”’)]*\s*$")
# A line that is, or ends in, the number of its page.
FURNITURE = expression(
    r"\s*(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?\s*|.*\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\s*",
    re.IGNORECASE,
    needs=DIGITS,
)
_PAGE_NUMBER = expression(r"Page\s+\d{1,4}(?:\s+of\s+\d{1,4})?", re.IGNORECASE)
_WRAPPED = expression(r"[.:;!?…]['\"”’)]*\s*$")


@dataclass(frozen=True)
class PrintedLine:
    """A line as printed, its block and the how-manieth of that block it is (from 0).

    `begins_page` where a page begins with it, or a lone space says that one did. A row of a table
    is one line. `printed` also holds the number that a reader took off the block.
    """

    text: str
    origin: Origin
    block: Block
    nth: int
    begins_page: bool

    @property
    def printed(self) -> str:
        """Return the line with the number that stood before it."""
        number = self.block.number if self.nth == 0 else ""
        return f"{number} {self.text}" if number else self.text

    @property
    def label(self) -> str:
        """Return what may label the line: a row's first cell, else the line."""
        return self.block.cells[0].text if self.is_row and self.block.cells else self.text

    @property
    def is_row(self) -> bool:
        """Return whether it is a row of a table."""
        return self.block.kind == BlockKind.ROW


def printed_lines(document: Document) -> list[PrintedLine]:
    """Return the printed lines of a document, in order, without `Page 3`, listed and empty ones."""
    raw = {line.origin.order: line.text for line in document.lines}
    found: list[PrintedLine] = []
    page, begins = None, False
    for block in document.blocks:
        if block.kind == BlockKind.CONTENTS:
            continue
        marks = block.marks[:1] if block.kind == BlockKind.ROW else block.marks
        ends = [start for start, _origin in marks[1:]] + [len(block.text)]
        for nth, ((start, origin), end) in enumerate(zip(marks, ends, strict=True)):
            text = " ".join(block.text[start:end].split(" ")).strip()
            if not text:
                continue
            before = raw.get(origin.order, "")
            lone = before[:1] == " " and before[1:2] not in (" ", "")
            turned = origin.page is not None and origin.page != page
            begins, page = begins or lone or turned, origin.page
            if not _PAGE_NUMBER.fullmatch(text):
                found.append(PrintedLine(text, origin, block, nth, begins))
                begins = False
    return found


def filled_lines(document: Document) -> list[Line]:
    """Return a document's printed lines without the empty ones."""
    return [line for line in raw_lines(document) if line.text.strip()]


def raw_lines(document: Document) -> Iterator[Line]:
    """Yield a document's printed lines; of one that has none, its blocks line by line."""
    if document.lines:
        yield from document.lines
        return
    for block in document.blocks:
        ends = [offset for offset, _origin in block.marks[1:]] + [len(block.text)]
        for (begin, origin), end in zip(block.marks, ends, strict=True):
            yield Line(block.text[begin:end], origin)
        yield Line("", block.origin)


def paragraph(lines: Sequence[PrintedLine]) -> Passage:
    """Return lines as one passage; a name parted at its hyphen is joined again."""
    text, marks = joined([Line(line.text, line.origin) for line in lines])
    return Passage(text, marks)


def run_on(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages, those joined whose sentence a page break or a free line had cut in two."""
    found: list[Passage] = []
    for passage in passages:
        last = found[-1] if found else None
        small = passage.text[:1].islower() or passage.text[:1].isdigit()
        if last and small and not _WRAPPED.search(last.text) and len(last.text) > 30:
            shift = len(last.text) + 1
            marks = tuple((offset + shift, origin) for offset, origin in passage.marks)
            found[-1] = Passage(f"{last.text} {passage.text}", last.marks + marks)
        else:
            found.append(passage)
    return found
