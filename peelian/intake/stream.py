"""A table row by row, however long: a CSV file is never held in memory as a whole.

A workbook is read whole by `peelian.intake.tables`, which refuses what would not fit.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from peelian.intake.tables import (
    MOST_COLUMNS,
    Problem,
    Rejected,
    column_name,
    csv_fault,
    head_problems,
    quoted,
    read,
    row_problems,
)

MOST_BYTES = 2 * 1024**3
MOST_LINE = 16 * 1024**2
MOST_PROBLEMS = 100
NO_ROWS = "a heading and no rows"
Progress = Callable[[int], None]


@dataclass
class Stream:
    """A table that is read as it comes: its columns, and an iterator of numbered rows of text.

    Rows that are not rows of this table are left out and told in `problems`; `notes` says what
    else one should know. Both are whole when `rows` has come to its end. `part` is the file of an
    archive, or the sheet of a workbook, that the row read last stands in.
    """

    file: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    part: str = ""

    @property
    def where(self) -> str:
        """Return the file's name, with the part of it that is being read."""
        return f"{self.file}, {self.part}" if self.part else self.file


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def open_table(path: Path, *, progress: Progress = lambda _bytes: None) -> Stream:
    """Return the table in a CSV or XLSX file. Raises Rejected where it has no proper heading.

    ``progress`` is told how many bytes have been read since it was last told.
    """
    name = path.name
    if path.suffix.lower() != ".csv":
        sheet = read(path)
        progress(path.stat().st_size)
        rows = ((r.number, [r[column] for column in sheet.columns]) for r in sheet.rows)
        return Stream(name, sheet.columns, rows)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Rejected([Problem(name, "no file to read", "a CSV or XLSX file")]) from error
    if size > MOST_BYTES:
        found = f"{size / 1024**3:.1f} GB"
        raise Rejected([Problem(name, found, f"at most {MOST_BYTES // 1024**3} GB")])
    return open_csv(name, lambda: path.open("rb"), progress=progress)


def open_csv(
    name: str, opened: Callable[[], IO[bytes]], *, progress: Progress = lambda _bytes: None
) -> Stream:
    """Return the table in what opens as a CSV file. Raises Rejected without a proper heading."""
    numbered = csv_rows(name, opened, progress)
    _number, head = next(numbered, (1, []))
    while head and not head[-1].strip() and len(head) <= MOST_COLUMNS * 10:
        head = head[:-1]
    if len(head) > MOST_COLUMNS * 10:
        raise Rejected([Problem(name, f"{len(head):,} columns", f"at most {MOST_COLUMNS * 10}", 1)])
    columns = tuple(column_name(cell) for cell in head)
    if problems := head_problems(name, head, columns):
        raise Rejected(problems)
    stream = Stream(name, columns, iter(()))
    stream.rows = _kept(stream, numbered)
    return stream


def _kept(
    stream: Stream, numbered: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are rows of this table, padded to its width."""
    width, any_row = len(stream.columns), False
    for number, cells in numbered:
        if not any(map(str.strip, cells)):
            continue
        any_row = True
        if wrong := row_problems(stream.file, number, cells, stream.columns):
            stream.problems += wrong
            if len(stream.problems) >= MOST_PROBLEMS:
                return
            continue
        cells = [cell.strip() for cell in cells[:width]]
        yield number, cells + [""] * (width - len(cells))
    if not any_row:
        stream.problems.append(Problem(stream.file, NO_ROWS, "at least one row", 1))


def csv_rows(
    name: str, opened: Callable[[], IO[bytes]], progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file as they stand, numbered from one. Raises Rejected."""
    row, told = 0, 0
    with opened() as content:
        lines = _lines(name, content)
        try:
            for row, cells in enumerate(csv.reader(lines, strict=True), 1):
                if row % 5000 == 0:
                    progress(content.tell() - told)
                    told = content.tell()
                yield row, cells
        except csv.Error as error:
            raise Rejected([csv_fault(name, str(error), row + 1)]) from error
        progress(content.tell() - told)


def _lines(name: str, content: IO[bytes]) -> Iterator[str]:
    """Yield a file's lines as text. Raises Rejected at the first that is not UTF-8, or endless."""
    for number, line in enumerate(iter(lambda: content.readline(MOST_LINE), b""), 1):
        if len(line) == MOST_LINE:
            found = f"a line of more than {MOST_LINE // 1024**2} MB"
            raise Rejected([Problem(name, found, "lines of text", number)])
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            found = f"the byte 0x{line[error.start]:02X}"
            expected = "UTF-8 text (in Excel: save as “CSV UTF-8”)"
            raise Rejected([Problem(name, found, expected, number)]) from error


def place(stream: Stream, row: int | None, column: str, found: str, expected: str) -> Problem:
    """Return a problem at a place of a table."""
    return Problem(stream.where, quoted(found), expected, row or None, column)
