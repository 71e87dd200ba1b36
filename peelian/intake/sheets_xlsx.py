"""The sheets of an XLSX workbook, with what does not show in them."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peelian.expressions import expression
from peelian.intake.packages import Element, Package
from peelian.intake.sheets import MOST_CELLS, Sheet
from peelian.intake.tables import (
    SPREADSHEET,
    Problem,
    Rejected,
    cell_text,
    shown,
    unpacked,
)

KIND = "an XLSX workbook"
MOST_SPREAD = 2_000_000  # of a sheet, empty ones too
MOST_SHEETS = 200
_PLACE = expression(r"([A-Z]{1,3})([0-9]{1,7})")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECIMALS = expression(r"0(?:\.(0+))?%")
_PERCENT = {"9": 0, "10": 2}  # the formats that need no declaration


@dataclass
class _Marks:
    """What a worksheet's own XML says that its values do not."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    failed: list[tuple[int, int, str]] = field(default_factory=list)
    percent: dict[tuple[int, int], int] = field(default_factory=dict)
    spans: dict[tuple[int, int], int] = field(default_factory=dict)


def xlsx_sheets(path: Path, package: Package) -> Iterator[Sheet]:
    """Yield the sheets of a workbook. Raises Rejected for what is none, or fits no memory."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    name = path.name
    try:
        plain = unpacked(name, path.read_bytes(), failing=True)
    except OSError as error:
        raise Rejected([Problem(name, "no file to read", KIND)]) from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        known = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    except (CalamineError, OSError, ValueError) as error:
        raise Rejected([Problem(name, shown(str(error), 120), KIND)]) from error
    if len(known) > MOST_SHEETS:
        raise Rejected([Problem(name, f"{len(known):,} sheets", f"at most {MOST_SHEETS}")])
    parts, percents = _parts(package), _percents(package.tree("xl/styles.xml"))
    for one in known:
        part = parts.get(one.name, "")
        marks = _marks(package.tree(part) if part else None, percents)
        sheet = Sheet(one.name, spans=marks.spans, failed=marks.failed)
        sheet.hidden_rows, sheet.hidden_columns = marks.hidden_rows, marks.hidden_columns
        sheet.is_hidden = one.visible != SheetVisibleEnum.Visible
        sheet.comments = _comments(package, part)
        try:
            found = book.get_sheet_by_name(one.name)
            if (found.total_height + 1) * (found.total_width + 1) > MOST_SPREAD:
                said = f"{found.total_height:,} rows of {found.total_width:,} cells"
                raise Rejected([Problem(f"{name}, {one.name}", said, "a table of ordinary size")])
            values = found.to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError) as error:
            problem = Problem(f"{name}, {one.name}", shown(str(error), 120), "a readable sheet")
            raise Rejected([problem]) from error
        sheet.rows = list(_filled(values, marks))
        yield sheet


def _filled(
    values: Sequence[Sequence[object]], marks: _Marks
) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the rows that have text, by number, as they would be printed; no more than are read."""
    filled = 0
    failed = {(row, column): text for row, column, text in marks.failed}
    for number, row in enumerate(values, 1):
        cells = {}
        for column, value in enumerate(row):
            decimals = marks.percent.get((number, column))
            if decimals is not None and isinstance(value, float | int):
                text = f"{value * 100:.{decimals}f}%"
            else:
                text = failed.get((number, column)) or cell_text(value).strip()
            if text:
                cells[column] = text
        if cells:
            yield number, cells
        filled += len(cells)
        if filled > MOST_CELLS:
            return


def _parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    targets = _targets(package, "xl/workbook.xml")
    root = package.tree("xl/workbook.xml")
    return {
        sheet.get("name", ""): targets.get(sheet.get(f"{_R}id", ""), ("", ""))[1]
        for sheet in (root.iter("{*}sheet") if root is not None else ())
    }


def _targets(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to within the package: by id its kind, and the part's name."""
    folder, _slash, stem = part.rpartition("/")
    root = package.tree(f"{folder}/_rels/{stem}.rels")
    made = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            made[relation.get("Id", "")] = (kind, posixpath.normpath(inside))
    return made


def _percents(root: Element | None) -> dict[str, int]:
    """Return the styles of cells that print a share as a percentage, with their decimals."""
    if root is None:
        return {}
    formats = dict(_PERCENT)
    for one in root.iter("{*}numFmt"):
        if match := _DECIMALS.search(one.get("formatCode", "")):
            formats[one.get("numFmtId", "")] = len(match[1] or "")
    styles = root.find("{*}cellXfs")
    kinds = [style.get("numFmtId", "") for style in (styles if styles is not None else ())]
    return {str(n): formats[kind] for n, kind in enumerate(kinds) if kind in formats}


def _marks(root: Element | None, percents: dict[str, int]) -> _Marks:
    marks = _Marks()
    if root is None:
        return marks
    for column in root.iter("{*}col"):
        if column.get("hidden") in ("1", "true"):
            first, last = (_whole(column.get(end)) for end in ("min", "max"))
            marks.hidden_columns.update(range(first - 1, min(last, SPREADSHEET)))
    for row in root.iter("{*}row"):
        if row.get("hidden") in ("1", "true"):
            marks.hidden_rows.add(_whole(row.get("r")))
    for cell in root.iter("{*}c"):
        if cell.get("t") != "e" and cell.get("s") not in percents:
            continue
        place = _place(cell.get("r", ""))
        if place and cell.get("t") == "e":
            marks.failed.append((*place, cell.findtext("{*}v") or "#ERROR"))
        elif place:
            marks.percent[place] = percents[cell.get("s", "")]
    for merged in root.iter("{*}mergeCell"):
        first, _colon, last = merged.get("ref", "").partition(":")
        begin, end = _place(first), _place(last)
        if begin and end and begin[1] <= end[1]:
            marks.spans[begin] = end[1] - begin[1] + 1
    return marks


def _comments(package: Package, part: str) -> list[tuple[str, str]]:
    made = []
    for kind, target in _targets(package, part).values() if part else ():
        root = package.tree(target) if kind in ("comments", "threadedComment") else None
        for comment in root.iter("{*}comment", "{*}threadedComment") if root is not None else ():
            text = " ".join("".join(comment.itertext()).split())
            made.append((comment.get("ref", ""), text))
    return made


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0


def _place(name: str) -> tuple[int, int] | None:
    """Return the row (from 1) and column (from 0) that a cell's name says."""
    match = _PLACE.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1
