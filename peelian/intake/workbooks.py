"""All sheets of an XLSX or ODS workbook, measured before they are read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from peelian.intake.tables import MOST_BYTES, Problem, Rejected, cell_text, shown, unpacked

MOST_CELLS = 2_000_000  # of a sheet, empty ones too; a published table has a few thousand
MOST_SHEETS = 200

_TAG = re.compile(
    rb"""<(/?)(?:[\w.-]+:)?(table|table-row|table-cell|covered-table-cell)\b"""
    rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
)
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,9})["']""")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,9})["']""")


def read_workbook(path: Path) -> dict[str, Iterator[tuple[int, list[str]]]]:
    """Return the rows of each sheet by its name, numbered as a spreadsheet numbers them.

    Raises Rejected for what is no workbook, or would not fit in memory.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    name = path.name
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise Rejected([Problem(name, "no file to read", "an XLSX or ODS workbook")]) from error
    if size > MOST_BYTES:
        found = f"{size / 1024 / 1024:.0f} MB"
        raise Rejected([Problem(name, found, f"at most {MOST_BYTES // 1024 // 1024} MB")])
    plain = unpacked(name, content)
    _refuse_spread(name, plain)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        names = [
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        return {one: _rows(book, one) for one in names[:MOST_SHEETS]}
    except (CalamineError, OSError, ValueError) as error:
        raise Rejected([Problem(name, shown(str(error), 120), "a readable workbook")]) from error


def _rows(book: object, sheet: str) -> Iterator[tuple[int, list[str]]]:
    rows = book.get_sheet_by_name(sheet)  # type: ignore[attr-defined]
    first = rows.start[0] if rows.start else 0
    for number, cells in enumerate(rows.to_python(skip_empty_area=True), start=first + 1):
        yield number, [cell_text(cell) for cell in cells]


def _refuse_spread(name: str, plain: bytes) -> None:
    """Raise Rejected for an ODS file whose cells stand so far apart that they would fill memory."""
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        if "content.xml" not in parts.namelist():
            return
        if b"encryption-data" in (
            parts.read("META-INF/manifest.xml")
            if "META-INF/manifest.xml" in parts.namelist()
            else b""
        ):
            raise Rejected([Problem(name, "a workbook with a password", "one without")])
        rows, wide = _extent(parts.read("content.xml"))
    if rows * wide > MOST_CELLS:
        found = f"a sheet that reaches row {rows:,} and is {wide:,} columns wide"
        raise Rejected([Problem(name, found, f"at most {MOST_CELLS:,} cells, empty ones too")])


def _extent(content: bytes) -> tuple[int, int]:
    """Return how many rows and columns the largest sheet of an ODS file spans, never too few."""
    most = (0, 0)
    row = last = column = wide = repeat = 0
    for end, tag, attributes in _TAG.findall(content):
        if tag == b"table":
            most = max(most, (last, wide), key=lambda size: size[0] * size[1])
            row = last = wide = 0
        elif end:
            continue
        elif tag == b"table-row":
            repeat, column = _times(_ROWS, attributes), 0
            row += repeat
        else:
            column += _times(_COLUMNS, attributes)
            if b"value" in attributes or not attributes.rstrip().endswith(b"/"):
                last, wide = row, max(wide, column)
    return max(most, (last, wide), key=lambda size: size[0] * size[1])


def _times(repeated: re.Pattern[bytes], attributes: bytes) -> int:
    found = repeated.search(attributes)
    return int(found[1]) if found else 1
