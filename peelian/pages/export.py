"""What is filtered can be downloaded: the same rows as CSV and as XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A spreadsheet runs a cell that begins like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767  # characters in a cell of a workbook


def respond(name: str, head: Sequence[str], body: Iterable[Sequence[Any]], form: str) -> Any:
    """Return a download called `name` of the rows as `csv` or `xlsx`."""
    content, media = (as_xlsx, XLSX) if form == "xlsx" else (as_csv, "text/csv; charset=utf-8")
    response = HttpResponse(content(head, body), content_type=media)
    stamp = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{stamp}.{form}"'
    return response


def as_csv(head: Sequence[str], body: Iterable[Sequence[Any]]) -> bytes:
    """Return UTF-8 with a byte-order mark, which Excel needs to read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(value) for value in row] for row in body)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(head: Sequence[str], body: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook of one sheet, its first row frozen and filterable."""
    return as_workbook([Sheet("Sheet1", head, body)])


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, its head and its rows; widths in characters, if given."""

    name: str
    head: Sequence[str]
    body: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def as_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook of these sheets, the first row of each frozen and filterable."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = {
            "bold": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "money": book.add_format({"num_format": "£#,##0.00"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return out.getvalue()


def _write(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    page.write_row(0, 0, sheet.head, formats["bold"])
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width, formats["wrapped"])
    last = 0
    for last, row in enumerate(sheet.body, start=1):
        for column, value in enumerate(row):
            if _is_day(value):
                page.write_datetime(last, column, _midnight(value), formats["day"])
            elif isinstance(value, Decimal):
                page.write_number(last, column, value, formats["money"])
            else:
                page.write(last, column, "" if value is None else _plain(value))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(last, 1), max(len(sheet.head) - 1, 0))


def _is_day(value: Any) -> bool:
    """Return whether it is a date that a workbook can hold; its days begin with 1900."""
    is_date = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return is_date and value.year > 1900


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _plain(value: Any) -> Any:
    if isinstance(value, int | float | bool):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value
