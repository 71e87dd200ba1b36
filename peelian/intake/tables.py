"""Tables in: a CSV or XLSX file becomes rows of text, numbered as a spreadsheet numbers them.

Nothing here knows what the rows mean. Every refusal names the file and, where there is one, the
row and column, what was found and what was expected.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from peelian.expressions import expression

MOST_BYTES = 40 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
MOST_CELLS = 10_000_000
MOST_ROWS = 1_100_000
MOST_COLUMNS = 200
SPREADSHEET = 16_384  # the columns that a spreadsheet has
MOST_CELL = 100_000

_DAY = expression(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = expression(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_AMOUNT = expression(r"([+-]?)£?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]{1,2})?")
# Where a worksheet says that a cell or row stands, and a cell whose formula failed.
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,7})([0-9]{1,10})["']""")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?![^<>]*\br\s*=)")
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c\b")
_FAILED = re.compile(rb"""<c\b[^<>]*?\br="[A-Z]+([0-9]+)"[^<>]*?\bt="e"[^<>]*>""")
_CSV_FAULTS = {
    "unexpected end of data": "a quotation mark that is never closed",
    "',' expected after '\"'": "text after a closing quotation mark",
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file, with its place."""

    file: str
    found: str
    expected: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {quoted(self.column)}"
        if self.expected.endswith("."):  # a rule of the record, which is a sentence already
            return f"{place}: found {self.found}. {self.expected}"
        return f"{place}: found {self.found}; expected {self.expected}."


class Rejected(Exception):
    """A file was refused whole; `problems` says why, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Row:
    """A row of a table: its number in a spreadsheet (the heading is row 1), its cells by column.

    `origin` says in words where it was read, if that is not its number: page 12, line 4.
    """

    number: int
    cells: dict[str, str]
    origin: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A table read whole: the file's name, its columns, its rows."""

    file: str
    columns: tuple[str, ...]
    rows: list[Row] = field(repr=False)

    def problem(self, row: Row | None, column: str, found: str, expected: str) -> Problem:
        """Return a problem at a place of this table."""
        return Problem(self.file, quoted(found), expected, row.number if row else None, column)

    def require(self, columns: Iterable[str]) -> None:
        """Raise Rejected unless every column named is there."""
        found = f"the columns {shown(', '.join(self.columns), 300)}"
        missing = [c for c in columns if c not in self.columns]
        if missing:
            raise Rejected([Problem(self.file, found, f"a column “{c}”", 1) for c in missing])

    def allow(self, columns: Sequence[str]) -> None:
        """Raise Rejected unless every column there is among those named."""
        unknown = [c for c in self.columns if c not in columns]
        if unknown:
            expected = f"one of {', '.join(columns)}"
            raise Rejected([Problem(self.file, quoted(c), expected, 1, c) for c in unknown])


def shown(text: str, most: int = 60) -> str:
    """Return text fit for a message: at most so many characters, each of them printable."""
    short = f"{text[:most]}…" if len(text) > most else text
    return "".join(c if c.isprintable() else " " for c in short)


def quoted(text: str) -> str:
    """Return what was found, short enough to read."""
    return f"“{shown(text)}”" if text else "nothing"


def as_day(text: str) -> dt.date | None:
    """Return the day written `2020-02-05`, else None."""
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def as_number(text: str) -> float | None:
    """Return the finite number written `1234.5` or `1,234.5`, else None."""
    value = float(text.replace(",", "")) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def as_amount(text: str) -> Decimal | None:
    """Return the pounds written `1234.5`, `£1,234.50`, `-£12` or `(12.00)` (less than nothing).

    None for anything else, more than two decimals among it.
    """
    bare = text.strip().replace("−", "-").replace("£ ", "£").replace("£-", "-£")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1].strip()}"
    found = _AMOUNT.fullmatch(bare)
    if not found:
        return None
    sign, pounds, pence = found.groups()
    return Decimal(f"{sign}{pounds.replace(',', '')}{pence or ''}").quantize(Decimal("0.01"))


def read(path: Path) -> Sheet:
    """Return the table in a CSV or XLSX file (the first sheet). Raises Rejected."""
    name = path.name
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            found = f"{size / 1024 / 1024:.0f} MB"
            raise Rejected([Problem(name, found, f"at most {MOST_BYTES // 1024 // 1024} MB")])
        content = path.read_bytes()
    except OSError as error:
        raise Rejected([Problem(name, "no file to read", "a CSV or XLSX file")]) from error
    if path.suffix.lower() == ".csv":
        return _sheet(name, _csv_rows(name, content))
    if path.suffix.lower() == ".xlsx":
        return _sheet(name, _xlsx_rows(name, content))
    raise Rejected([Problem(name, quoted(path.suffix), "a file that ends in .csv or .xlsx")])


def _csv_rows(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = _row_after(content[: error.start])
        found = f"the byte 0x{content[error.start]:02X}"
        expected = "UTF-8 text (in Excel: save as “CSV UTF-8”)"
        raise Rejected([Problem(name, found, expected, row)]) from error
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            yield row, cells
    except csv.Error as error:
        raise Rejected([csv_fault(name, str(error), row + 1)]) from error


def csv_fault(name: str, fault: str, row: int) -> Problem:
    """Return what the reader of CSV found wrong, in words."""
    if "field larger" in fault:
        found = f"a cell of more than {csv.field_size_limit():,} characters"
        expected = f"at most {MOST_CELL:,} (is a quotation mark left open?)"
        return Problem(name, found, expected, row)
    found = _CSV_FAULTS.get(fault, fault)
    return Problem(name, found, "cells in matching quotation marks", row)


def _row_after(before: bytes) -> int:
    """Return the row that follows this much of a CSV file; a line end in quotes ends no row."""
    return sum(part.count(b"\n") for part in before.split(b'"')[::2]) + 1


def _xlsx_rows(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    plain = unpacked(name, content)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        sheet = book.get_sheet_by_index(0)
        first = sheet.start[0] if sheet.start else 0
        rows = sheet.to_python(skip_empty_area=True)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Rejected([Problem(name, shown(str(error), 120), "a readable workbook")]) from error
    for number, cells in enumerate(rows, start=first + 1):
        yield number, [cell_text(cell) for cell in cells]


def unpacked(name: str, content: bytes, *, failing: bool = False) -> bytes:
    """Return the workbook as a plain archive, so that what is read is what was measured here.

    Raises Rejected where it would unpack to far more than a table is, where its cells stand so
    far apart that the table would not fit in memory, and where a formula failed, unless `failing`.
    """
    plain = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(plain, "w") as out:
            entries = {entry.filename: entry for entry in packed.infolist()}
            _refuse_bomb(name, sum(e.file_size for e in packed.infolist()), len(content))
            for entry in entries.values():
                with packed.open(entry) as stream:  # told how much, it unpacks no more than that
                    part = stream.read(entry.file_size)
                _refuse_sheet(name, part, failing)
                out.writestr(entry.filename, part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        expected = f"an {Path(name).suffix[1:].upper()} workbook, whole"
        raise Rejected([Problem(name, "something else", expected)]) from error
    return plain.getvalue()


def _refuse_bomb(name: str, unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1024):
        found = f"{unpacked / 1024 / 1024:.0f} MB packed into {packed / 1024:.0f} kB"
        raise Rejected([Problem(name, found, "a workbook of ordinary size")])


def _refuse_sheet(name: str, part: bytes, failing: bool) -> None:
    rows, wide = _extent(part)
    if rows * wide > MOST_CELLS:
        found = f"a table that reaches row {rows:,} and is {wide:,} columns wide"
        raise Rejected([Problem(name, found, f"at most {MOST_CELLS:,} cells, empty ones too")])
    if not failing and (failed := _FAILED.search(part)):
        found = "a formula that failed, such as #REF! or #N/A"
        raise Rejected([Problem(name, found, "a value in every cell", int(failed[1]))])


def _extent(part: bytes) -> tuple[int, int]:
    """Return how many rows and columns a worksheet may span, never too few."""
    last, letters = 0, {b""}
    unplaced = _UNPLACED.search(part)
    for place in _PLACE.finditer(part):
        if place[1] or unplaced:  # an empty row far below is nothing; its cells may be something
            last = max(last, int(place[2]))
            letters.add(place[1].upper())
    wide = 0
    for letter in max(letters, key=lambda column: (len(column), column)):
        wide = wide * 26 + letter - 64
    if unplaced:  # cells without a place follow one another
        rows = _ROW.split(part)
        last = max(last, len(rows))
        wide += max(len(_CELL.findall(row)) for row in rows)
    return last, wide


def cell_text(cell: Any) -> str:
    """Return a workbook's cell as a CSV file would have it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _sheet(name: str, numbered: Iterator[tuple[int, list[str]]]) -> Sheet:
    _number, head = next(numbered, (1, []))
    width = len(head)
    while 0 < width <= SPREADSHEET and not head[width - 1].strip():
        width -= 1
    if width > MOST_COLUMNS:
        raise Rejected([Problem(name, f"{width:,} columns", f"at most {MOST_COLUMNS}", 1)])
    head = head[:width]
    columns = tuple(column_name(cell) for cell in head)
    problems = head_problems(name, head, columns) or row_problems(name, 1, head, columns)
    if problems:
        raise Rejected(problems)
    rows: list[Row] = []
    for number, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if not rows and width == 1 and sum(bool(cell.strip()) for cell in cells) > 1:
            expected = "the names of the columns (take out the title above them)"
            raise Rejected([Problem(name, quoted(head[0]), expected, 1)])
        problems += row_problems(name, number, cells, columns)
        if len(rows) >= MOST_ROWS:
            problems.append(Problem(name, "more rows", f"at most {MOST_ROWS:,} rows", number))
            break
        rows.append(Row(number, dict(zip(columns, map(str.strip, cells), strict=False))))
        if len(problems) >= 100:
            break
    if not rows and not problems:
        problems.append(Problem(name, "a heading and no rows", "at least one row", 1))
    if problems:
        raise Rejected(problems)
    return Sheet(name, columns, rows)


def column_name(heading: str) -> str:
    """Return a heading as a column's name: `Starts on` is `starts_on`."""
    return "_".join(heading.casefold().split())


def head_problems(name: str, head: list[str], columns: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with the names of the columns."""
    if not head:
        return [Problem(name, "nothing", "a heading row", 1)]
    for mark, marks in ((";", "semicolons"), ("\t", "tabs")):
        if len(head) == 1 and mark in head[0].strip():
            expected = "commas (or save the table as an XLSX workbook)"
            return [Problem(name, f"columns parted by {marks}", expected, 1)]
    problems = []
    for place, column in enumerate(columns, start=1):
        if not column:
            problems.append(Problem(name, f"column {place} without a name", "a name", 1))
        elif columns.index(column) != place - 1:
            problems.append(Problem(name, f"{quoted(column)} twice", "each column once", 1, column))
    return problems


def row_problems(
    name: str, number: int, cells: list[str], columns: tuple[str, ...]
) -> list[Problem]:
    """Return what is wrong with a row, whatever its cells mean."""
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        found = f"{len(cells)} cells"
        return [Problem(name, found, f"at most {len(columns)}, one for each column", number)]
    problems = []
    for cell, column in zip(cells, columns, strict=False):
        if len(cell) > MOST_CELL:
            found, expected = f"{len(cell):,} characters", f"at most {MOST_CELL:,}"
            problems.append(Problem(name, found, expected, number, column))
        elif "\0" in cell:
            problems.append(Problem(name, "a zero byte", "text", number, column))
    return problems
