"""Tables of figures by police force as the Home Office, the ONS and others publish them.

Above the heading stand titles, below the table notes; among the forces are regions and totals, and
a sheet holds what the next one counts otherwise. What is read is the forces, once each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import NamedTuple

from peelian.intake.readings import GAPS, Layout, Read, listed
from peelian.intake.spans import span, spans, unmarked
from peelian.intake.stream import Stream, place
from peelian.intake.tables import Problem, Rejected, as_number, quoted, shown

# Not the names of a long table: a fault is told by the heading that the file has.
COLUMNS = ("counted", "force", "span", "figure", "heading", "provisional_figure")
HEAD = 60  # rows in which the heading is looked for
SAMPLE = 40  # rows below it that tell numbers from names

AREA = frozenset(
    {
        "force",
        "police force",
        "police force area",
        "police force area name",
        "pfa",
        "pfa name",
        "force name",
        "force area",
        "area name",
        "force/region",
        "police force/region",
        "region/force",
        "authority",
        "police authority",
    }
)
_PFA = re.compile(r"pfa\d{2}nm")
PERIOD = frozenset(
    {
        "period",
        "time period",
        "year",
        "financial year",
        "quarter",
        "month",
        "date",
        "as at",
        "12 months ending",
        "year ending",
        "12 months to",
        "year to",
    }
)
ROLLING = frozenset(("12 months ending", "year ending", "12 months to", "year to"))
IDLE = re.compile(r"region|region name|country|(.* )?codes?|geocode|pfa\d{2}cd")
# English regions and the nation of Wales: sums of forces. "West Midlands" is a force too.
REGIONS = frozenset(
    {
        "north east",
        "north west",
        "yorkshire and the humber",
        "yorkshire & the humber",
        "east midlands",
        "eastern",
        "east of england",
        "east",
        "london",
        "south east",
        "south west",
        "wales",
        "england",
        "england and wales",
        "england & wales",
        "united kingdom",
        "great britain",
        "all forces",
    }
)
# What such tables list among the forces and is neither place nor force.
OTHERS = frozenset(
    {
        "central service secondments",
        "action fraud",
        "cifas",
        "uk finance",
        "hmrc",
        "home office",
        "ministry of defence",
        "soca / nca",
        "not stated",
        "unknown",
    }
)
TWICE = "west midlands"
_TOTAL = re.compile(r"(grand |sub-?)?totals?\b.*|.*\b(total|region)", re.IGNORECASE)
_FOOT = re.compile(r"(foot)?notes?\b:?|sources?\b.*", re.IGNORECASE)
_TABLE = re.compile(r"^table\s+[a-z]*\d+[a-z0-9.]*\s*[:.–-]?\s*", re.IGNORECASE)
_BY = re.compile(r"\s*(,|\bby (police )?force|\bby (pfa|area)\b).*", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_UNIT = re.compile(r"\(([^()]*)\)\s*$")
_FOOTED = re.compile(r"(?<=[a-z)])\s*[0-9](,[0-9])*$")

Numbered = tuple[int, list[str]]


class Sheet(NamedTuple):
    """A sheet of a workbook, or a CSV file: its name, and its rows with their numbers."""

    name: str
    rows: Iterable[Numbered]


@dataclass(frozen=True)
class Table:
    """Where a table begins in a sheet, and what its columns hold.

    `periods` gives the period of each column that has one; where `when` is a column of periods
    there are none. `values` are the columns of figures, `dims` those that say what is counted.
    """

    row: int
    title: str
    headings: list[str]
    area: int
    when: int | None
    rolling: bool
    periods: dict[int, str]
    values: list[int]
    dims: list[int]
    idle: list[str]


def open_published(file: str, sheets: Iterable[Sheet]) -> Stream | None:
    """Return the figures of all sheets that hold a table of forces, None where none does.

    Raises Rejected for a single sheet whose table is of forces but of no period.
    """
    found: list[tuple[Sheet, Table]] = []
    other: list[str] = []
    wrong: list[Problem] = []
    for sheet in sheets:
        rows = iter(sheet.rows)
        head = list(islice(rows, HEAD + SAMPLE))
        table = _located(file, sheet.name, head)
        if isinstance(table, Table):
            found.append((Sheet(sheet.name, chain(head, rows)), table))
        else:
            other.append(sheet.name)
            wrong += [table] if table else []
    if not found:
        if wrong:
            raise Rejected(wrong)
        return None
    stream = Stream(file, COLUMNS, iter(()))
    if found[0][0].name:
        read = listed([sheet.name for sheet, _table in found])
        stream.notes.append(f"Sheets read: {read}.")
    if other:
        stream.notes.append(f"Sheets without a table of forces and periods: {listed(other)}.")
    stream.rows = _rows(stream, found)
    return stream


# ---- where the table is ----


def _located(file: str, sheet: str, head: list[Numbered]) -> Table | Problem | None:
    """Return the table of a sheet; what is wrong with one of forces; None if there is none."""
    title = ""
    for place_, (row, cells) in enumerate(head[:HEAD]):
        names = [unmarked(cell).casefold() for cell in cells]
        area = next((n for n, name in enumerate(names) if name in AREA or _PFA.match(name)), None)
        after = (cells for _row, cells in head[place_ + 1 : place_ + 1 + SAMPLE])
        below = list(takewhile(lambda cells: not _is_foot(cells), after))
        periods = _across(cells)
        if area is None and periods and not names[0] and _is_head(cells, periods, below):
            area = 0
        if area is not None:
            return _table(file, sheet, row, title, cells, area, periods, below)
        if not title and any(names):
            title = next(cell for cell in cells if cell.strip())
    return None


def _across(cells: list[str]) -> dict[int, str]:
    return {n: period for n, period in enumerate(spans(cells)) if period and n}


def _is_head(cells: list[str], periods: dict[int, str], below: list[list[str]]) -> bool:
    """Return whether a row whose first cell is empty is the heading of a table all the same.

    It holds no number but its periods, and below it are names with figures.
    """
    others = [cell for n, cell in enumerate(cells) if n not in periods]
    if any(as_number(cell.strip()) is not None for cell in others):
        return False
    rows = [row for row in below if len(row) > max(periods) and row[0].strip()]
    return any(span(row[0]) is None and all(_is_value(row[n]) for n in periods) for row in rows[:5])


def _table(
    file: str, sheet: str, row: int, title: str, cells: list[str], area: int,
    periods: dict[int, str], below: list[list[str]],
) -> Table | Problem:  # fmt: skip
    names = [unmarked(cell).casefold().replace("_", " ") for cell in cells]
    when = None
    if not periods:
        when = next((n for n, name in enumerate(names) if name in PERIOD), None)
        if when is None:
            named = listed([cell.strip() for cell in cells if cell.strip()])
            found = f"the columns {shown(named, 300)}"
            expected = "a period, in a column such as “Year ending” or at the head of each column"
            return Problem(f"{file}, {sheet}" if sheet else file, found, expected, row)
    values: list[int] = []
    dims: list[int] = []
    idle: list[str] = []
    for n, name in enumerate(names):
        if n in periods or n in (area, when) or IDLE.fullmatch(name):
            continue
        column = [r[n] for r in below if n < len(r) and r[n].strip()]
        if not column:
            continue
        numbers = all(map(_is_value, column))
        if numbers and periods:
            idle.append(cells[n].strip() or f"column {n + 1}")
        else:
            (values if numbers else dims).append(n)
    rolling = when is not None and names[when] in ROLLING
    return Table(
        row, _titled(title), cells, area, when, rolling, periods, values or list(periods), dims,
        idle,
    )  # fmt: skip


def _titled(title: str) -> str:
    """Return what a title says is counted, with its unit: `Police officers (FTE)`."""
    plain = _TABLE.sub("", unmarked(title))
    unit = _UNIT.search(plain)
    counted = _FOOTED.sub("", _BY.sub("", _ASIDE.sub("", plain)).strip())
    return f"{counted} ({unit[1]})" if unit else counted


def _is_value(text: str) -> bool:
    value = _value(text)[0]
    return value in GAPS or as_number(value) is not None


def _value(text: str) -> tuple[str, bool]:
    """Return a figure without its marks, and whether it is marked as provisional."""
    plain = text.strip().casefold()
    if plain in GAPS or plain in ("…", "[low]"):
        return "" if plain == "…" else plain, False
    bare = unmarked(plain)
    return (bare, "[p]" in plain or "(p" in plain) if bare else (plain, False)


# ---- what is in it ----


def _rows(stream: Stream, found: list[tuple[Sheet, Table]]) -> Iterator[Numbered]:
    sums: dict[str, None] = {}
    idle: dict[str, None] = {}
    for sheet, table in found:
        stream.part = sheet.name
        idle.update(dict.fromkeys(" ".join(name.split()) for name in table.idle))
        yield from _figures(stream, sheet, table, sums)
    stream.part = ""
    if sums:
        stream.notes.append(f"Regions, totals and others that are no force: {listed(list(sums))}.")
    if idle:
        stream.notes.append(f"Columns without a period: {listed(list(idle))}.")


def _figures(
    stream: Stream, sheet: Sheet, table: Table, sums: dict[str, None]
) -> Iterator[Numbered]:
    """Yield a row for each figure of a force, in the order of the sheet."""
    doubtful: dict[tuple[str, str], list[Numbered]] = {}
    for row, cells in sheet.rows:
        if row <= table.row:
            continue
        cells += [""] * (len(table.headings) - len(cells))
        if _is_foot(cells):
            break
        if not any(cells[n].strip() for n in table.values):
            continue
        name = _FOOTED.sub("", unmarked(cells[table.area]))
        if not name:
            stream.problems.append(
                place(stream, row, table.headings[table.area], "", "the name of a force")
            )
        elif name.casefold() in REGIONS | OTHERS or _TOTAL.fullmatch(name):
            sums[name] = None
        elif name.casefold() == TWICE:
            when = "" if table.when is None else cells[table.when]
            doubtful.setdefault((_measured(table, cells, ""), when), []).append((row, cells))
        else:
            yield from _of_row(stream, table, name, row, cells)
    for rows in doubtful.values():
        if len(rows) == 2:  # the region holds the force
            sums["West Midlands (region)"] = None
            rows = [min(rows, key=lambda one: _size(table, one[1]))]
        for row, cells in rows:
            yield from _of_row(stream, table, "West Midlands", row, cells)


def _is_foot(cells: list[str]) -> bool:
    """Return whether a row begins the notes below a table."""
    return bool(_FOOT.fullmatch(unmarked(next((cell for cell in cells if cell.strip()), ""))))


def _size(table: Table, cells: list[str]) -> float:
    return sum(as_number(_value(cells[n])[0]) or 0.0 for n in table.values)


def _of_row(
    stream: Stream, table: Table, name: str, row: int, cells: list[str]
) -> Iterator[Numbered]:
    period: str | None = None
    if table.when is not None:
        written = cells[table.when]
        [period] = spans([written]) if not table.rolling else [span(written, rolling=True)]
        if period is None:
            expected = "a period, such as 2019, March 2020 or Apr 2019 to Mar 2020"
            stream.problems.append(
                place(stream, row, table.headings[table.when], written, expected)
            )
            return
    for n in table.values:
        value, provisional = _value(cells[n])
        heading = " ".join(unmarked(table.headings[n]).split())
        measure = _measured(table, cells, "" if table.periods else heading)
        measure = measure or Path(stream.file).stem
        yield row, [
            measure, name, period or table.periods[n], value, heading,
            "yes" if provisional else "",
        ]  # fmt: skip


def _measured(table: Table, cells: list[str], heading: str) -> str:
    """Return what a figure measures: what the row says, else the heading, else the title."""
    said = ": ".join(filter(None, (unmarked(cells[n]) for n in table.dims)))
    if not said:
        said = heading
    elif heading and len(table.values) > 1:
        said = f"{said}: {heading}"
    return said if not table.title else f"{table.title}: {said}".removesuffix(": ")


def read_published(stream: Stream) -> Iterator[Read]:
    """Yield the figures of the forces in published tables."""
    for row, (measure, force, period, value, heading, provisional) in stream.rows:
        yield Read(row, heading, measure, force, period, value, provisional=provisional)


LAYOUT = Layout(
    "force-table",
    "a published table by police force, with periods across or in a column: CSV, XLSX or ODS",
    lambda columns: columns == COLUMNS,
    read_published,
    national=True,
    made={"unit": "as published"},
)


def no_sheet(file: str, name: str, there: list[str]) -> Rejected:
    """Return the refusal of a sheet that a workbook has not."""
    return Rejected([Problem(file, f"the sheets {listed(there)}", f"a sheet {quoted(name)}")])
