"""Files to read in tests: workbooks and CSV made in memory, and the sentences they meet."""

from __future__ import annotations

import csv
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
