"""Workbooks and CSV files as documents: each row a block, each cell with its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from peelian.intake.document import Accessibility, Document, Note, NoteKind, Origin
from peelian.intake.packages import Package, regular
from peelian.intake.properties import properties, warnings
from peelian.intake.sheets import MOST_CELLS, Sheet, Writer
from peelian.intake.sheets_ods import KIND as ODS
from peelian.intake.sheets_ods import ods_sheets
from peelian.intake.sheets_xlsx import KIND as XLSX
from peelian.intake.sheets_xlsx import xlsx_sheets
from peelian.intake.tables import MOST_BYTES, Problem, Rejected, csv_fault
from peelian.intake.text import MOST_CHARACTERS, decoded

_SEPARATORS = ",;\t|"
_TRIED = 20
MOST_ROWS = 100_000
_MOST_LINE = 1_000_000


def read_xlsx(path: Path) -> Document:
    """Return the document in an XLSX workbook. Raises Rejected where it cannot be read."""
    regular(path, XLSX, MOST_BYTES)
    with Package(path, XLSX) as package:
        writer = Writer(path.name)
        for sheet in xlsx_sheets(path, package):
            writer.add(sheet)
        return _document(package, writer, "xlsx")


def read_ods(path: Path) -> Document:
    """Return the document in an ODS workbook. Raises Rejected where it cannot be read."""
    regular(path, ODS, MOST_BYTES)
    try:
        with Package(path, ODS) as package:
            writer = Writer(path.name)
            for sheet in ods_sheets(package):
                writer.add(sheet)
            return _document(package, writer, "ods")
    except RecursionError as error:
        raise Rejected([Problem(path.name, "groups nested too deep", ODS)]) from error


def _document(package: Package, writer: Writer, form: str) -> Document:
    known = properties(package)
    seen = Accessibility(language=known.language or None, title=known.title)
    notes = (*warnings(package), *writer.notes)
    return Document(
        writer.file, form, tuple(writer.blocks), notes=notes, accessibility=seen,
        modified=known.modified,
    )  # fmt: skip


def read_csv(name: str, content: bytes) -> Document:
    """Return the document in a CSV file. Raises Rejected where quotation marks do not match."""
    notes: list[Note] = []
    text = decoded(name, content, notes)
    whole, text = text, text[:MOST_CHARACTERS]
    sheet = Sheet("")
    strict = len(text) == len(whole)  # a cut may fall between quotation marks
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=strict)
    row = filled = 0
    try:
        for row, cells in enumerate(reader, 1):
            kept = {column: cell.strip() for column, cell in enumerate(cells) if cell.strip()}
            filled += len(kept)
            if kept:
                sheet.rows.append((row, kept))
            if filled > MOST_CELLS or row > MOST_ROWS:
                break
    except csv.Error as error:
        raise Rejected([csv_fault(name, str(error), row + 1)]) from error
    if not strict or row > MOST_ROWS:
        said = f"more than {MOST_ROWS:,} rows or {MOST_CHARACTERS:,} characters; so many were read"
        notes.append(Note(NoteKind.CUT_SHORT, said, Origin(name)))
    writer = Writer(name)
    writer.add(sheet)
    return Document(name, "csv", tuple(writer.blocks), notes=(*notes, *writer.notes))


def _separator(text: str) -> str:
    """Return what parts the columns: what stands in the first lines alike, and most often."""
    lines = [line for line in text[:_MOST_LINE].split("\n", _TRIED)[:_TRIED] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines] for mark in _SEPARATORS}
    even = [m for m, found in counts.items() if found and min(found) > 0]
    return max(even, key=lambda mark: min(counts[mark]), default=",")
