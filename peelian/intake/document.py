"""What every reader of documents gives: an ordered list of blocks, each with its place of origin.

A reader says what is printed and where; what it means is for `peelian.recognition` to tell.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Origin:
    """Where something stands, as far as its format can say.

    Pages, lines of a page (or of a text without pages), paragraphs and tables count from 1; `cell`
    is as a spreadsheet names it (`B7`), in a table of a text document too. `order` is the running
    number by which all places of one document can be sorted.
    """

    file: str
    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    sheet: str = ""
    cell: str = ""
    order: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Passage:
    """A run of text whose printed lines know their places.

    `marks` holds, for each printed line, the offset in `text` at which it begins and where it
    stands; the first offset is 0, the offsets rise, and there is at least one.
    """

    text: str
    marks: tuple[tuple[int, Origin], ...]

    @property
    def origin(self) -> Origin:
        """Return where the passage begins."""
        return self.marks[0][1]

    def at(self, offset: int) -> Origin:
        """Return where the character at an offset stands."""
        return self.marks[max(bisect_right(self.marks, offset, key=lambda m: m[0]) - 1, 0)][1]


class BlockKind(StrEnum):
    """What a block is, as far as its shape tells."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    CONTENTS = "contents"  # a line of a list of contents: a title, then dots that lead to a page


@dataclass(frozen=True)
class Cell(Passage):
    """A cell of a table's row; `column` counts from 0. `span` is how many columns it covers."""

    column: int = 0
    span: int = 1


@dataclass(frozen=True)
class Block(Passage):
    """A heading, paragraph, bullet or table row. A row's `text` is its cells', by tabulators.

    `level` is a heading's (from 1) or a bullet's depth; `number` what is printed before it (`3.2`,
    `(a)`, `321`), taken off the text; `table` the number of the table, one across pages; `is_head`
    a row of column headings; `is_caption` the caption of the table that follows.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: str = ""
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    is_head: bool = False
    is_caption: bool = False

    def passages(self) -> tuple[Passage, ...]:
        """Return the texts that can be read on their own: a row's cells, else the block."""
        return self.cells if self.kind == BlockKind.ROW else (self,)


@dataclass(frozen=True)
class Line:
    """A printed line, in reading order, as it stands; empty where the text leaves one free."""

    text: str
    origin: Origin


@dataclass(frozen=True)
class Table:
    """A table as it is printed, joined across pages: its column headings and its other rows."""

    number: int
    head: tuple[str, ...]
    rows: tuple[Block, ...]
    caption: str = ""

    @property
    def origin(self) -> Origin:
        """Return where its first row stands."""
        return self.rows[0].origin


class NoteKind(StrEnum):
    """What a reader has to say about a file besides its text."""

    SCANNED = "scanned"  # a page that is a picture, without text
    TRACKED_CHANGE = "tracked-change"
    COMMENT = "comment"
    HIDDEN = "hidden"  # text, sheets or rows that do not show
    MACRO = "macro"
    EXTERNAL_LINK = "external-link"  # something that would be fetched from elsewhere
    FORMULA_FAILED = "formula-failed"
    MENDED = "mended"  # a broken file that could be read nevertheless
    CUT_SHORT = "cut-short"  # more than is read


@dataclass(frozen=True)
class Note:
    """Something about a file that its readers should know; `text` quotes or counts."""

    kind: NoteKind
    text: str
    origin: Origin


@dataclass(frozen=True)
class Bookmark:
    """An entry of the file's own outline; `page` counts from 1."""

    level: int
    title: str
    page: int | None = None


@dataclass(frozen=True)
class Faint:
    """Words that stand out too little from their ground: the ratio of WCAG 2.2, 1.4.3."""

    text: str
    ratio: float
    origin: Origin


@dataclass(frozen=True)
class Accessibility:
    """What the file says to assistive technology. `None` where the format cannot tell."""

    tagged: bool | None = None
    language: str | None = None
    title: str | None = None
    pictures: int | None = None
    undescribed: tuple[Origin, ...] = ()  # pictures without alternative text
    unheaded: tuple[Origin, ...] = ()  # tables without a row of headings
    skipping: tuple[Origin, ...] = ()  # headings that skip a level
    faint: tuple[Faint, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document as read. `lines` is filled for text and PDF, where only lines are certain."""

    file: str
    format: str  # pdf, docx, xlsx, ods, csv, txt
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...] = ()
    pages: int | None = None
    bookmarks: tuple[Bookmark, ...] = ()
    notes: tuple[Note, ...] = ()
    accessibility: Accessibility = Accessibility()
    modified: dt.date | None = None
    _known: dict[Callable[[Document], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, read: Callable[[Document], T]) -> T:
        """Return what a function reads in the document, worked out once: many ask for the same."""
        if read not in self._known:
            self._known[read] = read(self)
        made: T = self._known[read]
        return made

    def passages(self) -> Iterator[Passage]:
        """Yield every text that can be read on its own, in order; what is listed is no text."""
        for block in self.blocks:
            if block.kind != BlockKind.CONTENTS:
                yield from block.passages()

    def tables(self) -> list[Table]:
        """Return the tables in order, each whole."""
        grouped: dict[int, list[Block]] = {}
        captions: dict[int, str] = {}
        for before, block in pairwise([None, *self.blocks]):
            if block is not None and block.table is not None:
                if block.table not in grouped and before is not None and before.is_caption:
                    captions[block.table] = before.text
                grouped.setdefault(block.table, []).append(block)
        made = []
        for number, rows in grouped.items():
            heads = [row for row in rows if row.is_head]
            rest = tuple(row for row in rows if not row.is_head)
            if rest:
                head = tuple(cell.text for cell in heads[0].cells) if heads else ()
                made.append(Table(number, head, rest, captions.get(number, "")))
        return made
