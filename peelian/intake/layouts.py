"""Returns of figures as they come: long tables, wide ones, and a few that others publish.

A layout turns a table into readings: one value of a measure in an area for a period, as text, with
the row and column it stood in. What the names mean is for `peelian.figures` to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from peelian.intake.stream import Stream
from peelian.intake.tables import Problem, Rejected

LONG = ("measure", "area", "period", "value")
OPTIONAL = ("as_at", "source", "illustrative", "provisional", "note")
# What people write where there is no figure: a gap, and never a nought.
GAPS = frozenset({"", "..", ".", "-", "–", "—", "*", ":", "n/a", "na", "[x]", "[z]", "[c]", "[u]"})

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"([0-9]{4})[-_/.]?(0[1-9]|1[0-2])")
_NAMED = re.compile(r"([a-z]{3})[a-z]*[-_ ./]?([0-9]{4}|[0-9]{2})")
_OTHER = re.compile(r"[0-9]{4}/[0-9]{2}-Q[1-4]|[0-9]{4}-W[0-9]{2}|[0-9]{4}", re.IGNORECASE)


class Read(NamedTuple):
    """One value as a file has it, all text; `column` is where the value stood."""

    row: int
    column: str
    measure: str
    area: str
    period: str
    value: str
    as_at: str = ""
    source: str = ""
    illustrative: str = ""
    provisional: str = ""
    note: str = ""


@dataclass(frozen=True)
class Layout:
    """A way figures are laid out: how to know it, and how to read it."""

    name: str
    says: str
    fits: Callable[[tuple[str, ...]], bool]
    read: Callable[[Stream], Iterator[Read]]
    # Names that a file uses for what another of the same kind calls otherwise.
    renamed: Mapping[str, str]


def as_period(text: str) -> str:
    """Return a month written 2019-12, 201912, Dec-19 or December 2019 as `2019-12`.

    Anything else comes back as it is: a quarter, a week, a year, or no period at all.
    """
    plain = text.strip()
    if match := _NUMERIC.fullmatch(plain):
        return f"{match[1]}-{match[2]}"
    if (match := _NAMED.fullmatch(plain.casefold())) and match[1] in _MONTH_NAMES:
        year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
        return f"{year}-{_MONTH_NAMES.index(match[1]) + 1:02}"
    return plain.upper() if _OTHER.fullmatch(plain) else plain


def is_period(text: str) -> bool:
    """Return whether a heading names a period."""
    found = as_period(text)
    return bool(_NUMERIC.fullmatch(found) or _OTHER.fullmatch(found))


def read_long(stream: Stream) -> Iterator[Read]:
    """Yield the rows of a long table: a measure, an area, a period and a value in each."""
    places = {name: n for n, name in enumerate(stream.columns)}
    unknown = [c for c in stream.columns if c not in (*LONG, *OPTIONAL)]
    if unknown:
        expected = f"one of {', '.join((*LONG, *OPTIONAL))}"
        raise Rejected([Problem(stream.file, f"“{c}”", expected, 1, c) for c in unknown])
    m, a, p, v = (places[name] for name in LONG)
    more = [places.get(name, -1) for name in OPTIONAL]
    for row, cells in stream.rows:
        cells.append("")  # what a column that is not there holds
        yield Read(row, "value", cells[m], cells[a], cells[p], cells[v], *(cells[n] for n in more))


def read_wide(stream: Stream) -> Iterator[Read]:
    """Yield every cell of a wide table: a measure and an area in a row, a period in a column."""
    yield from _wide(stream, ("measure",), "area")


def _wide(stream: Stream, measure: tuple[str, ...], area: str) -> Iterator[Read]:
    columns = stream.columns
    periods = [(n, c, as_period(c)) for n, c in enumerate(columns) if is_period(c)]
    named = [columns.index(name) for name in measure]
    where = columns.index(area)
    extra = {name: columns.index(name) for name in OPTIONAL if name in columns}
    known = {*measure, area, *extra, *(c for _n, c, _p in periods)}
    if unknown := [c for c in columns if c not in known]:
        expected = f"{', '.join((*measure, area))} or a period such as 2019-12"
        raise Rejected([Problem(stream.file, f"“{c}”", expected, 1, c) for c in unknown])
    for row, cells in stream.rows:
        title = ": ".join(dict.fromkeys(cells[n] for n in named))
        more = {name: cells[n] for name, n in extra.items()}
        for n, column, period in periods:
            yield Read(row, column, title, cells[where], period, cells[n], **more)


def _fits_long(columns: tuple[str, ...]) -> bool:
    return set(LONG) <= set(columns)


def _fits_wide(columns: tuple[str, ...]) -> bool:
    return {"measure", "area"} <= set(columns) and "value" not in columns and _has_periods(columns)


def _fits_met(columns: tuple[str, ...]) -> bool:
    return {"majortext", "minortext"} <= set(columns) and _has_periods(columns)


def _has_periods(columns: tuple[str, ...]) -> bool:
    return any(map(is_period, columns))


def read_met(stream: Stream) -> Iterator[Read]:
    """Yield every cell of the Metropolitan Police's file of crimes by borough and month."""
    area = next(
        (c for c in ("boroughname", "borough", "lookup_boroughname") if c in stream.columns), ""
    )
    if not area:
        found = f"the columns {', '.join(stream.columns[:6])}, …"
        raise Rejected([Problem(stream.file, found, "a column “BoroughName”", 1)])
    yield from _wide(stream, ("majortext", "minortext"), area)


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout(
            "long",
            "a row for each value: measure, area, period, value",
            _fits_long,
            read_long,
            {},
        ),
        Layout(
            "wide",
            "a row for each measure and area, a column for each period",
            _fits_wide,
            read_wide,
            {},
        ),
        Layout(
            "met-boroughs",
            "crimes by London borough: MajorText, MinorText, BoroughName, months",
            _fits_met,
            read_met,
            # The file that begins in December 2023 calls one category otherwise.
            {
                "burglary: burglary - residential": "BURGLARY: DOMESTIC BURGLARY",
                "burglary: burglary residential": "BURGLARY: DOMESTIC BURGLARY",
            },
        ),
    )
}


def layout_of(stream: Stream, name: str = "") -> Layout:
    """Return the layout asked for, or the first that a table's columns fit. Raises Rejected."""
    for layout in [LAYOUTS[name]] if name else LAYOUTS.values():
        if layout.fits(stream.columns):
            return layout
    found = f"the columns {', '.join(stream.columns[:12])}"
    asked = [LAYOUTS[name]] if name else list(LAYOUTS.values())
    expected = "; or ".join(layout.says for layout in asked)
    if not name or name == "long":
        missing = [c for c in LONG if c not in stream.columns]
        if len(missing) < len(LONG) - 1:
            raise Rejected([Problem(stream.file, found, f"a column “{c}”", 1) for c in missing])
    raise Rejected([Problem(stream.file, found, expected, 1)])
