"""A return opened, whatever it is: a table, a published workbook, an archive of files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from peelian.intake.layouts import LAYOUTS
from peelian.intake.police_uk import is_archive, open_archive
from peelian.intake.published import Sheet, no_sheet, open_published
from peelian.intake.stream import Progress, Stream, csv_rows, open_table
from peelian.intake.tables import MOST_BYTES, Problem, Rejected, quoted
from peelian.intake.workbooks import read_workbook

ENDINGS = (".csv", ".xlsx", ".ods", ".zip")


def open_return(path: Path, *, sheet: str = "", progress: Progress = lambda _bytes: None) -> Stream:
    """Return the rows of a return; of a workbook with many sheets those of ``sheet``, if named.

    Raises Rejected where there is no table to be read in it.
    """
    if is_archive(path):
        return open_archive(path, progress=progress)
    if path.suffix.lower() not in ENDINGS:
        expected = f"a file that ends in one of {', '.join(ENDINGS)}"
        raise Rejected([Problem(path.name, quoted(path.suffix), expected)])
    plain = refusal = None
    if path.suffix.lower() != ".ods" and not sheet:
        try:
            plain = open_table(path, progress=progress)
        except Rejected as error:
            refusal = error
        if plain and any(layout.fits(plain.columns) for layout in LAYOUTS.values()):
            return plain
    found = open_published(path.name, _sheets(path, sheet, refusal))
    if found:
        return found
    if plain:
        return plain
    raise refusal or _none(path.name)


def _sheets(path: Path, sheet: str, refusal: Rejected | None) -> Iterator[Sheet]:
    """Yield the sheets of a file. A CSV file is one without a name."""
    ending = path.suffix.lower()
    if ending == ".csv" and path.stat().st_size <= MOST_BYTES:
        yield Sheet("", csv_rows(path.name, lambda: path.open("rb"), lambda _bytes: None))
    elif ending in (".xlsx", ".ods"):
        book = read_workbook(path)
        if sheet and sheet not in book:
            raise no_sheet(path.name, sheet, list(book))
        for name, rows in book.items():
            if sheet in ("", name):
                yield Sheet(name, rows)
    elif refusal:
        raise refusal


def _none(file: str) -> Rejected:
    expected = "a heading with periods, or with columns for the force and the period"
    return Rejected([Problem(file, "no table of figures by police force", expected)])
