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

from peelian.expressions import expression
from peelian.intake.forces import (
    TWICE,
    follows_a_neighbour,
    heads_forces,
    heads_smaller,
    is_sum,
)
from peelian.intake.readings import GAPS, Layout, Read, listed
from peelian.intake.spans import PERIOD, When, span, spans, unmarked, when_said
from peelian.intake.stream import MOST_PROBLEMS, Stream, place
from peelian.intake.tables import Problem, Rejected, as_number, quoted, shown
from peelian.intake.titles import FOOTED, counted_in, span_in

# Not the names of a long table: a fault is told by the heading that the file has.
COLUMNS = ("counted", "force", "span", "figure", "heading", "provisional_figure")
HEAD = 60  # rows in which the heading is looked for
SAMPLE = 40  # rows below it that tell numbers from names

PLAIN = frozenset(("count", "figure", "number", "total", "value"))  # says nothing of what
IDLE = expression(r"region|region name|country|(.* )?codes?|geocode|pfa\d{2}cd")
_FOOT = expression(r"(foot)?notes?\b:?|sources?\b.*", re.IGNORECASE)

Numbered = tuple[int, list[str]]


class Sheet(NamedTuple):
    """A sheet of a workbook, or a CSV file: its name, and its rows with their numbers."""

    name: str
    rows: Iterable[Numbered]


@dataclass(frozen=True)
class Table:
    """Where a table begins in a sheet, and what its columns hold.

    `periods` gives the period of each column that has one; else there is a column of them, `when`,
    or the title says it of the `whole`. `values` are the columns of figures, `dims` those that say
    what is counted.
    """

    row: int
    title: str
    headings: list[str]
    area: int
    when: When | None
    whole: str
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
        area = next((n for n, name in enumerate(names) if heads_forces(name)), None)
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
    where = f"{file}, {sheet}" if sheet else file
    if smaller := [
        cell.strip() for cell, name in zip(cells, names, strict=True) if heads_smaller(name)
    ]:
        return Problem(where, quoted(smaller[0]), "a table of whole forces", row)
    when = None if periods else when_said(names)
    whole = "" if periods or when else span_in(title)
    if not (periods or when or whole):
        named = listed([cell.strip() for cell in cells if cell.strip()])
        found = f"the columns {shown(named, 300)}"
        expected = (
            "a period, in a column such as “Year ending”, at the head of each column or in the"
            " title"
        )
        return Problem(where, found, expected, row)
    told = {*periods, area, *([when.column, when.quarter] if when else ())}
    values: list[int] = []
    dims: list[int] = []
    idle: list[str] = []
    for n, name in enumerate(names):
        if n in told or IDLE.fullmatch(name):
            continue
        column = [r[n] for r in below if n < len(r) and r[n].strip()]
        if not column:
            continue
        numbers = all(map(_is_value, column))
        if numbers and periods:
            idle.append(cells[n].strip() or f"column {n + 1}")
        else:
            (values if numbers else dims).append(n)
    return Table(
        row,
        counted_in(title),
        cells,
        area,
        when,
        whole,
        periods,
        values or list(periods),
        dims,
        idle,
    )


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
    doubtful: dict[tuple[str, str], list[tuple[Numbered, bool]]] = {}
    name = before = ""
    ended = regional = False
    for row, cells in sheet.rows:
        if row <= table.row:
            continue
        if len(stream.problems) >= MOST_PROBLEMS:
            return
        cells += [""] * (len(table.headings) - len(cells))
        if _is_heading(cells, table):
            told = place(stream, row, "", cells[table.area], "one table in a sheet")
            stream.problems.append(told)
            return
        ended = ended or _is_foot(cells)
        if ended or not any(cells[n].strip() for n in table.values):
            continue
        if not sheet.name and any(map(str.strip, cells[len(table.headings) :])):
            stream.problems.append(_too_wide(stream, row, cells, table))
        read = FOOTED.sub("", unmarked(cells[table.area]))
        before, name = (name if read != name else before), read
        if not name:
            stream.problems.append(
                place(stream, row, table.headings[table.area], "", "the name of a force")
            )
        elif is_sum(name, cells):
            sums[name] = None
            regional = regional or name.casefold() == "east midlands"
        elif name.casefold() == TWICE:
            when = table.when.written(cells) if table.when else ""
            same = doubtful.setdefault((_measured(table, cells, ""), when), [])
            same.append(((row, cells), follows_a_neighbour(before)))
        else:
            yield from _of_row(stream, table, name, row, cells)
    for rows in doubtful.values():
        forces = _forces(stream, table, rows, regional)
        if forces and len(forces) < len(rows):
            sums["West Midlands (region)"] = None
        for row, cells in forces:
            yield from _of_row(stream, table, "West Midlands", row, cells)


def _forces(
    stream: Stream, table: Table, rows: list[tuple[Numbered, bool]], regional: bool
) -> list[Numbered]:
    """Return those of the rows called West Midlands that are of the force, not of the region.

    One alone is of the force, unless other regions are in the table and nothing tells.
    """
    forces = [one for one, follows in rows if follows]
    if len(forces) in (1, len(rows)):
        return forces
    if len(rows) == 1 and not regional:
        return [rows[0][0]]
    for (row, _cells), _follows in rows:
        expected = "the force after West Mercia, and the region under another name or code"
        heading = table.headings[table.area]
        stream.problems.append(place(stream, row, heading, "West Midlands", expected))
    return []


def _too_wide(stream: Stream, row: int, cells: list[str], table: Table) -> Problem:
    found, expected = f"{len(cells)} cells", f"at most {len(table.headings)}, as in the heading"
    return Problem(stream.where, found, expected, row)


def _is_heading(cells: list[str], table: Table) -> bool:
    """Return whether a row below a table's heading is the heading of another."""
    names = [unmarked(cell).casefold() for cell in cells]
    says = bool(_across(cells)) or any(name in PERIOD for name in names)
    blank = not names[table.area] and len(_across(cells)) > 1
    return says and (heads_forces(names[table.area]) or blank)


def _is_foot(cells: list[str]) -> bool:
    """Return whether a row begins the notes below a table."""
    return bool(_FOOT.fullmatch(unmarked(next((cell for cell in cells if cell.strip()), ""))))


def _of_row(
    stream: Stream, table: Table, name: str, row: int, cells: list[str]
) -> Iterator[Numbered]:
    period: str | None = table.whole
    if table.when:
        period = table.when.of(cells)
        if period is None:
            expected = "a period, such as 2019, March 2020 or Apr 2019 to Mar 2020"
            heading, written = table.headings[table.when.column], table.when.written(cells)
            stream.problems.append(place(stream, row, heading, written, expected))
            return
    for n in table.values:
        value, provisional = _value(cells[n])
        heading = " ".join(unmarked(table.headings[n]).split())
        plain = len(table.values) == 1 and heading.casefold() in PLAIN
        measure = _measured(table, cells, "" if table.periods or plain else heading)
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
