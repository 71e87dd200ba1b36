"""A sheet of cells made blocks: titles, heading rows and rows, each cell with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from peelian.intake.document import Block, BlockKind, Cell, Note, NoteKind, Origin
from peelian.intake.headings import is_heading
from peelian.intake.rows import letters, row_of
from peelian.intake.tables import as_day, as_number, shown

MOST_CELLS = 200_000  # of a file, those with text
_HEAD_CELL = 80
_SEARCHED = 12  # the rows of a table, its titles included, in which its headings are looked for
_MOST_NAMED = 20
_YEARS = {str(year) for year in range(1990, 2061)}


@dataclass
class Sheet:
    """A sheet as read: its rows by number, each with the text of its filled cells by column.

    Rows count from 1, columns from 0. `spans` says how many columns a merged cell covers.
    """

    name: str
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    spans: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    failed: list[tuple[int, int, str]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)  # (cell, text)
    is_hidden: bool = False


class Writer:
    """Sheets of one file made blocks and notes, in order."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self._tables = self._cells = self._order = 0
        self._is_full = False

    def add(self, sheet: Sheet) -> None:
        """Add a sheet. What is hidden is told, and not read."""
        self._tell(sheet)
        if sheet.is_hidden:
            return
        for whole in _regions(sheet.rows):
            region = [
                (number, {c: text for c, text in cells.items() if c not in sheet.hidden_columns})
                for number, cells in whole
                if number not in sheet.hidden_rows
            ]
            if self._cells <= MOST_CELLS:
                self._region(sheet, region)
        if self._cells > MOST_CELLS and not self._is_full:
            self._is_full = True
            said = f"more than {MOST_CELLS:,} cells; so many were read"
            self.notes.append(Note(NoteKind.CUT_SHORT, said, self._origin(sheet, 1, 0)))

    def _origin(self, sheet: Sheet, row: int, column: int, table: int | None = None) -> Origin:
        self._order += 1
        place = f"{letters(column)}{row}"
        return Origin(self.file, sheet=sheet.name, cell=place, table=table, order=self._order)

    def _region(self, sheet: Sheet, rows: Sequence[tuple[int, dict[int, str]]]) -> None:
        rows = [(number, cells) for number, cells in rows if cells]
        head = _head(rows)
        begun = head is None and self._continues(sheet)
        for place, (number, cells) in enumerate(rows):
            self._cells += len(cells)
            if self._cells > MOST_CELLS:
                return
            alone = len(cells) == 1 and (head is None or place < head)
            alone = alone and not _is_figure(next(iter(cells.values())))
            if not alone and not begun:
                self._tables += 1
                begun = True
            if alone:
                (column, text), = cells.items()  # fmt: skip
                block = Block(text, ((0, self._origin(sheet, number, column)),))
                if is_heading(text, 1):
                    block = replace(block, kind=BlockKind.HEADING, level=1)
                self.blocks.append(block)
            else:
                self.blocks.append(self._row(sheet, number, cells, place == head))

    def _continues(self, sheet: Sheet) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return bool(last and last.table == self._tables and last.origin.sheet == sheet.name)

    def _row(self, sheet: Sheet, number: int, cells: dict[int, str], is_head: bool) -> Block:
        made = []
        for column, text in sorted(cells.items()):
            origin = self._origin(sheet, number, column, self._tables)
            span = sheet.spans.get((number, column), 1)
            made.append(Cell(text, ((0, origin),), column=column, span=span))
        return row_of(made, self._tables, is_head)

    def _tell(self, sheet: Sheet) -> None:
        """Take note of what does not show, what failed, and what is remarked."""
        start = self._origin(sheet, 1, 0)
        if sheet.is_hidden:
            said = f"the sheet “{shown(sheet.name)}”; rows that are filled: {len(sheet.rows):,}"
            self.notes.append(Note(NoteKind.HIDDEN, said, start))
            return
        filled = sorted(n for n, _cells in sheet.rows if n in sheet.hidden_rows)
        if filled:
            said = f"hidden rows: {_named(map(str, filled))}"
            self.notes.append(Note(NoteKind.HIDDEN, said, self._origin(sheet, filled[0], 0)))
        used = {c for _n, cells in sheet.rows for c in cells if c in sheet.hidden_columns}
        if used:
            said = f"hidden columns: {_named(map(letters, sorted(used)))}"
            self.notes.append(Note(NoteKind.HIDDEN, said, self._origin(sheet, 1, min(used))))
        for row, column, text in sheet.failed[:MOST_NOTED]:
            place = self._origin(sheet, row, column)
            self.notes.append(Note(NoteKind.FORMULA_FAILED, shown(text), place))
        for cell, text in sheet.comments[:MOST_NOTED]:
            place = replace(start, cell=cell)
            self.notes.append(Note(NoteKind.COMMENT, f"“{shown(text, 300)}”", place))


MOST_NOTED = 1_000


def _named(names: Iterable[str]) -> str:
    known = list(names)
    more = "" if len(known) <= _MOST_NAMED else f" and {len(known) - _MOST_NAMED:,} more"
    return ", ".join(known[:_MOST_NAMED]) + more


def _regions(
    rows: Sequence[tuple[int, dict[int, str]]],
) -> Iterator[list[tuple[int, dict[int, str]]]]:
    """Yield the runs of rows between which no row is free."""
    region: list[tuple[int, dict[int, str]]] = []
    for number, cells in rows:
        if not cells:
            continue
        if region and number > region[-1][0] + 1:
            yield region
            region = []
        region.append((number, cells))
    if region:
        yield region


def _head(rows: Sequence[tuple[int, dict[int, str]]]) -> int | None:
    """Return which row names the columns: the first of short words as wide as the rows below."""
    for place, (_number, cells) in enumerate(rows[:_SEARCHED]):
        below = [other for _n, other in rows[place + 1 : place + 1 + _SEARCHED]]
        if not below or len(cells) < 2:
            continue
        wide = max(map(len, below))
        words = list(cells.values())
        named = all(len(w) <= _HEAD_CELL and (not _is_figure(w) or _is_period(w)) for w in words)
        named = named and not _is_figure(cells[min(cells)])
        if named and len(cells) >= 0.6 * wide and len(set(words)) == len(words):
            return place
        if not named:
            return None
    return None


def _is_period(text: str) -> bool:
    """Return whether a figure is a year or a day, as columns are headed by."""
    return text in _YEARS or as_day(text) is not None


def _is_figure(text: str) -> bool:
    plain = text.strip().strip("£%()")
    return as_number(plain) is not None or as_day(plain[:10]) is not None
