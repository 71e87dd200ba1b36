"""Returns of figures as they come: long tables, wide ones, and a few that others publish.

A layout turns a table into readings: one value of a measure in an area for a period, as text, with
the row and column it stood in. What the names mean is for `peelian.figures` to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from peelian.intake import police_uk, published
from peelian.intake.readings import Layout, Read, Renamed, as_period, is_period
from peelian.intake.stream import Stream
from peelian.intake.tables import Problem, Rejected

LONG = ("measure", "area", "period", "value")
OPTIONAL = ("as_at", "source", "illustrative", "provisional", "note")


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


# The file that begins in December 2023 calls one category otherwise.
MET_BURGLARY = Renamed("BURGLARY: DOMESTIC BURGLARY", since="2023-12")

LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout(
            "long",
            "a row for each value: measure, area, period, value",
            _fits_long,
            read_long,
        ),
        Layout(
            "wide",
            "a row for each measure and area, a column for each period",
            _fits_wide,
            read_wide,
        ),
        Layout(
            "met-boroughs",
            "crimes by London borough: MajorText, MinorText, BoroughName, months",
            _fits_met,
            read_met,
            {
                "burglary: burglary - residential": MET_BURGLARY,
                "burglary: burglary residential": MET_BURGLARY,
            },
        ),
        police_uk.LAYOUT,
        published.LAYOUT,
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
