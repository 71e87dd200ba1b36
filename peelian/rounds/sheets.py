"""The workbook by which an owner may answer: one row a line, what may be filled in left open.

Each row carries, hidden and signed, what it was made from: the round, the line, the version that
was read and what stood in its open cells. So a sheet of another office or round, or one whose rows
were copied together, is refused, and what nobody touched is told from what somebody filled in.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.promises.models import Progress, ProgressUpdate, Release, UpdateRound
from peelian.promises.rounds import Row

_SALT = "peelian.rounds.sheet"
_LONGEST = 32_000  # characters in a cell of a workbook, with room to spare
_WIDTHS = (10, 44, 60, 14, 16, 70, 22, 2)
# The columns, by place.
LINE, PROMISED, LAST, NO_CHANGE, STATUS, WORDS, RELEASE, HIDDEN = range(8)
OPEN = (NO_CHANGE, STATUS, WORDS, RELEASE)
_ROW_HEIGHT = 75


@dataclass(frozen=True)
class Seal:
    """What a row was made from: its round, its line, the version read and its open cells then."""

    round: str
    promise: str
    version: int
    held: str


def columns() -> list[str]:
    """Return the headings, in order; the last is of the hidden column."""
    return [
        _("Line"),
        _("What was promised"),
        _("Last official update"),
        _("No change"),
        _("Status"),
        _("New update"),
        _("Who may hear it"),
        _("Leave as it is"),
    ]


def yes() -> str:
    """Return the word that says that nothing has changed."""
    return _("No change")


def workbook(round_: UpdateRound, rows: Iterable[Row], asked: str) -> bytes:
    """Return the XLSX workbook of these rows of a round; `asked` names whose lines they are."""
    import xlsxwriter

    rows, out = list(rows), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"{round_.title}: {asked}"})
        sheet = book.add_worksheet(_("Updates")[:31])
        looks = _looks(book)
        for column, (heading, width) in enumerate(zip(columns(), _WIDTHS, strict=True)):
            hidden = {"hidden": 1} if column == HIDDEN else {}
            sheet.set_column(column, column, width, looks["open"], hidden)
            sheet.write_string(0, column, heading, looks["head"])
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number, _ROW_HEIGHT)
            for column, text in enumerate(_cells(round_, row)):
                look = looks["open" if column in OPEN else "locked"]
                sheet.write_string(number, column, text[:_LONGEST], look)
        _choices(sheet, len(rows))
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.protect(options={"format_columns": True, "format_rows": True})
    return out.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    """Return how cells look. Text is marked as text: what begins with `=` is no formula."""
    every = {"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"}
    locked = {**every, "locked": True, "bg_color": "#F3F2F1", "border": 1}
    return {
        "head": book.add_format({**locked, "bold": True}),
        "locked": book.add_format(locked),
        "open": book.add_format({**every, "locked": False, "border": 1}),
    }


def _cells(round_: UpdateRound, row: Row) -> list[str]:
    before, held = row.before, open_cells(row)
    return [
        row.printed or row.promise.reference,
        row.promise.title,
        _official(before) if before else "",
        "",
        *held,
        seal(round_, row, held),
    ]


def open_cells(row: Row) -> tuple[str, str, str]:
    """Return what stands in a row's status, words and release before anybody touches them."""
    return labels(Progress)[row.progress], row.text, labels(Release)[row.release]


def _official(update: ProgressUpdate) -> str:
    says = {
        "status": update.get_progress_display(),
        "day": date_format(update.as_at, "j F Y"),
        "text": update.text,
    }
    return _("%(status)s, as at %(day)s: %(text)s") % says


def _choices(sheet: Any, rows: int) -> None:
    """Let the open cells that have a vocabulary offer it; what is superseded the office says."""
    statuses = [w for code, w in labels(Progress).items() if code != Progress.SUPERSEDED]
    offered = {NO_CHANGE: [yes()], STATUS: statuses, RELEASE: [*labels(Release).values()]}
    for column, source in offered.items():
        said = {"validate": "list", "source": source, "ignore_blank": True}
        said["error_title"] = _("Choose from the list")
        said["error_message"] = _("Only what the list offers can be read.")
        sheet.data_validation(1, column, max(rows, 1), column, said)


def labels(choices: Any) -> dict[str, str]:
    """Return the words of a vocabulary by code, in the language in use."""
    return {str(code): str(label) for code, label in choices.choices}


# ---- what a row was made from ----


def seal(round_: UpdateRound, row: Row, held: Iterable[str]) -> str:
    """Return the signed word that tells what a row was made from."""
    said = [round_.reference, row.promise.reference, row.version, digest(held)]
    return signing.dumps(said, salt=_SALT)


def unseal(word: str) -> Seal | None:
    """Return what a row was made from; None where this office never made it."""
    try:
        return Seal(*signing.loads(word.strip(), salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def digest(held: Iterable[str]) -> str:
    """Return what tells some cells from any others, however their line ends are written."""
    plain = [" ".join(text.split()) for text in held]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:16]
