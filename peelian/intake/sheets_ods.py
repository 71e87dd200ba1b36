"""The sheets of an ODS workbook, with what does not show in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peelian.expressions import expression
from peelian.intake.packages import Element, Package
from peelian.intake.sheets import MOST_CELLS, Sheet
from peelian.intake.tables import as_day, as_number, cell_text

KIND = "an ODS workbook"
MOST_SHEETS = 200
MOST_REPEATED = 1_000  # of what is filled and said to repeat
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FAILED = expression(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:[0-9]{3}")
_GROUPS = {
    _TABLE + name
    for name in (
        "table-header-rows", "table-row-group", "table-rows", "table-header-columns",
        "table-column-group", "table-columns",
    )
}  # fmt: skip


def ods_sheets(package: Package) -> Iterator[Sheet]:
    """Yield the sheets of a workbook. Raises Rejected for what is none, or fits no memory."""
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise package.refused("a workbook with a password", "one without")
    root = package.tree("content.xml")
    if root is None:
        raise package.refused("a package without content", KIND)
    unseen = {
        style.get(_STYLE + "name")
        for style in root.iter(_STYLE + "style")
        if any(
            properties.get(_TABLE + "display") == "false"
            for properties in style.iter(_STYLE + "table-properties")
        )
    }
    tables = list(root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"))
    if len(tables) > MOST_SHEETS:
        raise package.refused(f"{len(tables):,} sheets", f"at most {MOST_SHEETS}")
    filled = 0
    for table in tables:
        sheet = Sheet(table.get(_TABLE + "name", ""))
        sheet.is_hidden = table.get(_TABLE + "style-name") in unseen
        _columns(table, sheet)
        filled += _rows(table, sheet, MOST_CELLS + 1 - filled)
        yield sheet


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _GROUPS:
            yield from _inside(child, tag)


def _columns(table: Element, sheet: Sheet) -> None:
    place = 0
    for column in _inside(table, _TABLE + "table-column"):
        count = _repeated(column, "columns")
        if column.get(_TABLE + "visibility") in ("collapse", "filter"):
            sheet.hidden_columns.update(range(place, place + min(count, MOST_REPEATED)))
        place += count


def _rows(table: Element, sheet: Sheet, most: int) -> int:
    """Read the rows of a table, filled cells up to a number; return how many there were."""
    number, filled = 1, 0
    for row in _inside(table, _TABLE + "table-row"):
        if filled > most:
            return filled
        count = _repeated(row, "rows")
        cells = _cells(row, sheet, number)
        hidden = row.get(_TABLE + "visibility") in ("collapse", "filter")
        for offset in range(min(count, MOST_REPEATED) if cells else 0):
            if filled > most:
                return filled
            filled += len(cells)
            sheet.rows.append((number + offset, dict(cells)))
            if hidden:
                sheet.hidden_rows.add(number + offset)
        number += count
    return filled


def _cells(row: Element, sheet: Sheet, number: int) -> dict[int, str]:
    cells: dict[int, str] = {}
    column = 0
    for cell in row:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        count = _repeated(cell, "columns")
        text = _text(cell) if cell.tag == _TABLE + "table-cell" else ""
        if text:
            for offset in range(min(count, MOST_REPEATED)):
                cells[column + offset] = text
            span = cell.get(_TABLE + "number-columns-spanned", "1")
            if span.isdecimal() and 1 < len(span) + int(span[:5]) < MOST_REPEATED:
                sheet.spans[number, column] = int(span[:5])
            if cell.get(_TABLE + "formula") is not None and _FAILED.match(text):
                sheet.failed.append((number, column, text))
            for remark in cell.iterfind(_OFFICE + "annotation"):
                said = " ".join("".join(remark.itertext()).split())
                sheet.comments.append((f"{number}", said))
        column += count
    return cells


def _text(cell: Element) -> str:
    """Return a cell's value as a CSV file would have it; a percentage as it is printed."""
    printed = "\n".join(
        " ".join("".join(p.itertext()).split()) for p in cell.iterfind(_TEXT + "p")
    ).strip()
    kind = cell.get(_OFFICE + "value-type", "")
    if _FAILED.match(printed):
        return printed
    if kind == "date":
        day = as_day(cell.get(_OFFICE + "date-value", "")[:10])
        return day.isoformat() if day else printed
    if kind == "boolean":
        return "yes" if cell.get(_OFFICE + "boolean-value") == "true" else "no"
    if kind in ("float", "currency"):
        value = as_number(cell.get(_OFFICE + "value", ""))
        return printed if value is None else cell_text(value)
    return printed


def _repeated(element: Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(int(text), 1) if re.fullmatch("[0-9]{1,7}", text) else 1
