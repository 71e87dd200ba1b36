"""A filled-in workbook read: what each row says, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from peelian.intake.formulas import formula_cells
from peelian.intake.tables import MOST_BYTES, Problem, Rejected, Row, Sheet, quoted, read, unpacked
from peelian.promises.models import Progress, Release, UpdateRound
from peelian.rounds.sheets import (
    HIDDEN,
    LINE,
    NO_CHANGE,
    OPEN,
    RELEASE,
    STATUS,
    WORDS,
    Seal,
    columns,
    digest,
    labels,
    unseal,
    yes,
)

_LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Filled:
    """A row as it came back; `row` is its number in the workbook.

    `is_touched` tells whether anything in its open cells differs from what was sent out.
    """

    row: int
    seal: Seal
    no_change: bool
    progress: str
    text: str
    release: str
    is_touched: bool


def read_sheet(path: Path, round_: UpdateRound) -> list[Filled]:
    """Return the rows of a workbook made for a round. Raises Rejected with all that is wrong."""
    if path.suffix.lower() != ".xlsx":
        expected = _("the workbook that was sent, saved as .xlsx")
        raise Rejected([Problem(path.name, quoted(path.suffix), expected)])
    sheet = read(path)
    heads = columns()
    if len(sheet.columns) != len(heads):
        found = _("%(count)d columns") % {"count": len(sheet.columns)}
        raise Rejected([Problem(sheet.file, found, _("the columns as they were sent"), 1)])
    formulas = _formulas(path)
    filled: list[Filled] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        made, wrong = _filled(sheet, row, round_, formulas)
        if made and (first := seen.setdefault(made.seal.promise, row.number)) != row.number:
            expected = _("each line once (it stands in row %(row)d already)") % {"row": first}
            wrong = [_problem(sheet, row, LINE, _cell(sheet, row, LINE), expected)]
        problems += wrong
        filled += [made] if made else []
    if problems:
        raise Rejected(problems)
    return filled


def _formulas(path: Path) -> set[str]:
    content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    return formula_cells(unpacked(path.name, content))


def _filled(
    sheet: Sheet, row: Row, round_: UpdateRound, formulas: set[str]
) -> tuple[Filled | None, list[Problem]]:
    """Return what a row says, or what is wrong with it."""
    seal = unseal(_cell(sheet, row, HIDDEN))
    if seal is None:
        expected = _("a row of a sheet that this office sent, unchanged")
        return None, [_problem(sheet, row, HIDDEN, _cell(sheet, row, LINE), expected)]
    if seal.round != round_.reference:
        expected = _("a sheet of “%(round)s”") % {"round": round_.title}
        return None, [_problem(sheet, row, HIDDEN, seal.round, expected)]
    wrong = [
        Problem(sheet.file, _("a formula"), _("words"), row.number, columns()[column])
        for column in OPEN
        if f"{_LETTERS[column]}{row.number}" in formulas
    ]
    wrong = wrong or list(_unknown(sheet, row))
    if wrong:
        return None, wrong
    return _said(sheet, row, seal), []


def _said(sheet: Sheet, row: Row, seal: Seal) -> Filled:
    held = [_cell(sheet, row, column) for column in (STATUS, WORDS, RELEASE)]
    no_change = bool(_cell(sheet, row, NO_CHANGE))
    return Filled(
        row.number,
        seal,
        no_change,
        _code(labels(Progress), held[0]),
        _plain(held[1]),
        _code(labels(Release), held[2]),
        no_change or digest(held) != seal.held,
    )


def _unknown(sheet: Sheet, row: Row) -> Iterator[Problem]:
    """Yield the cells whose words are not of their vocabulary."""
    vocabularies: dict[int, list[str]] = {
        NO_CHANGE: [yes()],
        STATUS: [*labels(Progress).values()],
        RELEASE: [*labels(Release).values()],
    }
    for column, words in vocabularies.items():
        found = _cell(sheet, row, column)
        known = {word.casefold() for word in words}
        if found and " ".join(found.split()).casefold() not in known:
            expected = _("one of: %(words)s") % {"words": ", ".join(words)}
            yield _problem(sheet, row, column, found, expected)


def _code(words: Mapping[str, str], said: str) -> str:
    plain = " ".join(said.split()).casefold()
    return next((code for code, label in words.items() if label.casefold() == plain), "")


def _plain(text: str) -> str:
    """Return words as the record keeps them; spreadsheets write some line ends in their own way."""
    return text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _cell(sheet: Sheet, row: Row, column: int) -> str:
    return row[sheet.columns[column]]


def _problem(sheet: Sheet, row: Row, column: int, found: str, expected: str) -> Problem:
    return Problem(sheet.file, quoted(found), expected, row.number, columns()[column])
