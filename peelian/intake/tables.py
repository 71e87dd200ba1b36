"""Tables in: a CSV or XLSX file becomes rows of text with their line numbers.

Nothing here knows what the rows mean. Every refusal names the file and, where there is one, the
row and column, what was found and what was expected.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_BYTES = 40 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 200
MOST_ROWS = 1_100_000
MOST_COLUMNS = 200
MOST_CELL = 100_000


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
            place += f", column “{self.column}”"
        return f"{place}: found {self.found}; expected {self.expected}."


class Rejected(Exception):
    """A file was refused whole; `problems` says why, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Row:
    """A row of a table: its number in the file (the heading is row 1) and its cells by column."""

    number: int
    cells: dict[str, str]

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
        missing = [c for c in columns if c not in self.columns]
        if missing:
            raise Rejected(
                [
                    Problem(
                        self.file, f"the columns {', '.join(self.columns)}", f"a column “{c}”", 1
                    )
                    for c in missing
                ]
            )


def quoted(text: str) -> str:
    """Return what was found, short enough to read."""
    if not text:
        return "nothing"
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def read(path: Path) -> Sheet:
    """Return the table in a CSV or XLSX file (the first sheet). Raises Rejected."""
    name = path.name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Rejected([Problem(name, "no such file", "a CSV or XLSX file")]) from error
    if size > MOST_BYTES:
        found = f"{size / 1024 / 1024:.0f} MB"
        raise Rejected([Problem(name, found, f"at most {MOST_BYTES // 1024 // 1024} MB")])
    content = path.read_bytes()
    if path.suffix.lower() == ".csv":
        return _sheet(name, _csv_rows(name, content))
    if path.suffix.lower() == ".xlsx":
        return _sheet(name, _xlsx_rows(name, content))
    raise Rejected([Problem(name, f"“{path.suffix}”", "a file that ends in .csv or .xlsx")])


def _csv_rows(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        found = f"the byte 0x{content[error.start]:02X}"
        expected = "UTF-8 text (in Excel: save as “CSV UTF-8”)"
        raise Rejected([Problem(name, found, expected, row)]) from error
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise Rejected([Problem(name, "a zero byte", "text", row)])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 1
    try:
        for cells in reader:
            yield row, cells
            row = reader.line_num + 1
    except csv.Error as error:
        raise Rejected([Problem(name, str(error), "cells in matching quotes", row)]) from error


def _xlsx_rows(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    _refuse_bomb(name, content)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        first = sheet.start[0] if sheet.start else 0
        rows = sheet.to_python(skip_empty_area=True)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Rejected([Problem(name, str(error)[:120], "a readable XLSX workbook")]) from error
    for number, cells in enumerate(rows, start=first + 1):
        yield number, [_text(cell) for cell in cells]


def _refuse_bomb(name: str, content: bytes) -> None:
    """Refuse an archive that would unpack to far more than a table is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Rejected([Problem(name, "something else", "an XLSX workbook")]) from error
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(content), 1024):
        found = f"{unpacked / 1024 / 1024:.0f} MB packed into {len(content) / 1024:.0f} kB"
        raise Rejected([Problem(name, found, "a workbook of ordinary size")])


def _text(cell: Any) -> str:
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
    columns = tuple(cell.strip().lower().replace(" ", "_") for cell in head)
    while columns and not columns[-1]:
        columns = columns[:-1]
    problems = _head_problems(name, columns)
    if problems:
        raise Rejected(problems)
    rows: list[Row] = []
    for number, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        problems += _row_problems(name, number, cells, columns)
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


def _head_problems(name: str, columns: tuple[str, ...]) -> list[Problem]:
    if not columns:
        return [Problem(name, "nothing", "a heading row", 1)]
    if len(columns) > MOST_COLUMNS:
        return [Problem(name, f"{len(columns)} columns", f"at most {MOST_COLUMNS}", 1)]
    found = []
    for place, column in enumerate(columns, start=1):
        if not column:
            found.append(Problem(name, f"column {place} without a name", "a name", 1))
        elif columns.index(column) != place - 1:
            found.append(Problem(name, f"“{column}” twice", "each column once", 1, column))
    return found


def _row_problems(
    name: str, number: int, cells: list[str], columns: tuple[str, ...]
) -> list[Problem]:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        found = f"{len(cells)} cells"
        return [Problem(name, found, f"at most {len(columns)}, one for each column", number)]
    return [
        Problem(name, f"{len(cell):,} characters", f"at most {MOST_CELL:,}", number, column)
        for cell, column in zip(cells, columns, strict=False)
        if len(cell) > MOST_CELL
    ]
