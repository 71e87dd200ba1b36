"""Files to read in tests: workbooks and CSV made in memory, and the sentences they meet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from peelian.intake.tables import Rejected, read


def refusal(path: Path) -> str:
    """Return the sentences with which a file is refused."""
    with pytest.raises(Rejected) as refused:
        read(path)
    return str(refused.value)


def workbook(fill: Callable[[Any, Any], object]) -> bytes:
    """Return an XLSX whose only sheet was filled by `fill(book, sheet)`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        fill(book, book.add_worksheet())
    return out.getvalue()


def grid(*rows: list[Any]) -> bytes:
    """Return an XLSX of these rows."""

    def fill(_book: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(fill)


def csv_of(rows: list[list[str]]) -> str:
    """Return a CSV file of these rows."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Return a workbook with some of its parts replaced (`sheet1=…`)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(stem, old.read(name)))
    return out.getvalue()


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def ods(sheets: dict[str, str], **parts: str) -> bytes:
    """Return an ODS workbook of sheets given as the XML of their rows."""
    tables = (
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", parts.get("manifest", "<manifest/>"))
        book.writestr("content.xml", _ODS.format("".join(tables)))
    return out.getvalue()


def ods_rows(*rows: list[Any]) -> str:
    """Return rows of cells as ODS has them: text, and numbers as numbers."""
    return "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows
    )


def _ods_cell(value: Any) -> str:
    if isinstance(value, str):
        inner = f"<text:p>{value}</text:p>" if value else ""
        form = ' office:value-type="string"' if value else ""
        return f"<table:table-cell{form}>{inner}</table:table-cell>"
    if isinstance(value, dt.date):
        form = f'office:value-type="date" office:date-value="{value}"'
    else:
        form = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {form}><text:p>{value}</text:p></table:table-cell>"
