"""All sheets of an XLSX or ODS workbook, measured before they are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from peelian.expressions import expression
from peelian.intake.tables import MOST_BYTES, Problem, Rejected, cell_text, shown, unpacked

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_CELLS = 2_000_000  # of a sheet, empty ones too; a published table has a few thousand
MOST_SHEETS = 200
MOST_ERROR = 40
_FAILED = expression(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:[0-9]{3}")


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
    except (CalamineError, OSError, ValueError) as error:
        raise Rejected([Problem(name, shown(str(error), 120), "a readable workbook")]) from error
    if len(names) > MOST_SHEETS:
        raise Rejected([Problem(name, f"{len(names):,} sheets", f"at most {MOST_SHEETS}")])
    return {one: _rows(name, book, one) for one in names}


def _rows(name: str, book: CalamineWorkbook, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Yield a sheet's rows. A damaged sheet is found only now: Rejected."""
    from python_calamine import CalamineError

    try:
        found = book.get_sheet_by_name(sheet)
        first = found.start[0] if found.start else 0
        rows = found.to_python(skip_empty_area=True)
    except (CalamineError, OSError, ValueError) as error:
        problem = Problem(f"{name}, {sheet}", shown(str(error), 120), "a readable sheet")
        raise Rejected([problem]) from error
    for number, cells in enumerate(rows, start=first + 1):
        yield number, [cell_text(cell) for cell in cells]


def _refuse_spread(name: str, plain: bytes) -> None:
    """Raise Rejected for an ODS file that is not whole, or whose cells would fill memory.

    The library that reads it never comes back from a file that breaks off inside a tag.
    """
    with zipfile.ZipFile(io.BytesIO(plain)) as parts:
        if "content.xml" not in parts.namelist():
            return
        manifest = "META-INF/manifest.xml"
        if manifest in parts.namelist() and b"encryption-data" in parts.read(manifest):
            raise Rejected([Problem(name, "a workbook with a password", "one without")])
        extent = _Extent()
        try:
            extent.parser.Parse(parts.read("content.xml"), True)
        except (expat.ExpatError, ValueError) as error:
            raise Rejected([Problem(name, "something else", "an ODS workbook, whole")]) from error
    if extent.failed:
        sheet, row = extent.failed
        found = "a formula that failed, such as #REF! or #N/A"
        raise Rejected([Problem(f"{name}, {sheet}", found, "a value in every cell", row)])
    if extent.most > MOST_CELLS:
        found = f"a sheet that would fill {extent.most:,} cells"
        raise Rejected([Problem(name, found, f"at most {MOST_CELLS:,}, empty ones too")])


class _Extent:
    """How many cells the largest sheet of an ODS file fills, empty ones before the last included.

    `failed` is the sheet and row of the first formula that failed; some write a nought for it.
    Its parser raises ExpatError for XML that is not well-formed, ValueError for repeats that are
    no number and for a document type, which no spreadsheet has.
    """

    def __init__(self) -> None:
        self.most = self.row = self.last = self.column = self.wide = 0
        self.sheet, self.text, self.formula = "", "", False
        self.failed: tuple[str, int] | None = None
        self.parser = expat.ParserCreate()
        self.parser.CharacterDataHandler = self._read
        self.parser.EndElementHandler = self._end
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_declared: object) -> None:
        raise ValueError("a document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        named = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        match tag.rpartition(":")[2]:
            case "table":
                self.row = self.last = self.wide = 0
                self.sheet = named.get("name", "")
            case "table-row":
                self.row += int(named.get("number-rows-repeated", 1))
                self.column = 0
            case "table-cell" | "covered-table-cell":
                self.column += int(named.get("number-columns-repeated", 1))
                self.text, self.formula = "", "formula" in named
                if "value-type" in named or "formula" in named:
                    self._filled()
            case "p":
                self._filled()

    def _read(self, text: str) -> None:
        if self.formula and len(self.text) < MOST_ERROR:
            self.text += text

    def _end(self, tag: str) -> None:
        if tag.endswith("table-cell"):
            if self.formula and _FAILED.match(self.text.strip()):
                self.failed = self.failed or (self.sheet, self.row)
            self.formula = False

    def _filled(self) -> None:
        self.last, self.wide = self.row, max(self.wide, self.column)
        self.most = max(self.most, self.last * self.wide)
