"""Tables of numbers in plain text: a label, then numbers, apart by spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Cell, Document, Line, Table
from peelian.recognition.figure_tables import cell_value

_PART = expression(r"\S+(?: \S+)*")
_NO_VALUE = expression(r"[-–—]|n/?a|\.\.", re.IGNORECASE)
_LASTING = expression(r"\d{1,3}\s?m(?:ins?)?\s?\d{1,2}\s?s(?:ecs?)?")
_GAP = expression(r"\S\s{2,}\S")
_LETTER = expression(r"[A-Za-z]{2}")
_ENDS = expression(r"[.;]$")
# Of two lines of headings the lower tells only in what the values are.
_UNIT = expression(r"£\s?(?:m|k|bn|million|[’']?000s?)?|[’']000s?|%|no\.?|number", re.IGNORECASE)
_LONGEST, _MOST_COLUMNS, _MOST_LABEL, _MOST_ABOVE = 400, 20, 70, 6
_FIRST_NUMBER = 100_000  # of these tables: no reader counts so many


@dataclass(frozen=True)
class _Part:
    text: str
    start: int
    end: int

    @property
    def middle(self) -> float:
        """Return the middle of where it stands in its line."""
        return (self.start + self.end) / 2


def number_tables(document: Document) -> list[Table]:
    """Return the tables of numbers that a plain text lays out with spaces; none of other files."""
    if document.format != "txt":
        return []
    lines = document.lines
    found: list[Table] = []
    at = 0
    while at < len(lines):
        run = _run(lines, at)
        if len(run) > 2 or (len(run) > 1 and run[-1][1] and len(run[-1][1]) > 1):
            found.append(_table(lines, run, _FIRST_NUMBER + len(found)))
            at = run[-1][0]
        at += 1
    return found


def _run(lines: Sequence[Line], start: int) -> list[tuple[int, list[_Part]]]:
    """Return the rows that begin at a line, each with its line; free lines may stand between."""
    rows: list[tuple[int, list[_Part]]] = []
    at = start
    while at < len(lines):
        parts = _row_of(lines[at].text)
        if parts and (rows or _LETTER.search(parts[0].text)):
            rows.append((at, parts))
        elif not rows or lines[at].text.strip() or at - rows[-1][0] > 1:
            break
        at += 1
    return rows


def _row_of(text: str) -> list[_Part]:
    """Return the label and the numbers of a row; nothing where a line is none."""
    if not (_GAP.search(text[:_LONGEST]) or (text[:4].isspace() and text.strip())):
        return []
    parts = _parts(text)
    labelled = bool(_LETTER.search(parts[0].text)) and not _is_value(parts[0].text)
    values = parts[1:] if labelled else parts
    if not values or len(parts) > _MOST_COLUMNS or len(parts[0].text) > _MOST_LABEL:
        return []
    filled = [_is_value(one.text) for one in values]
    is_row = all(
        full or _NO_VALUE.fullmatch(one.text) for one, full in zip(values, filled, strict=True)
    )
    return parts if is_row and any(filled) else []


def _is_value(text: str) -> bool:
    return cell_value(text) is not None or bool(_LASTING.fullmatch(text))


def _parts(text: str) -> list[_Part]:
    return [_Part(m[0], *m.span()) for m in _PART.finditer(text[:_LONGEST])]


def _table(lines: Sequence[Line], run: Sequence[tuple[int, list[_Part]]], number: int) -> Table:
    rows = [parts for _at, parts in run]
    if len(_values(rows[-1])) == len(rows[-1]) < len(_values(rows[0])):  # the number of a page
        run, rows = run[:-1], rows[:-1]
    width = max(len(_values(parts)) for parts in rows)
    full = next(_values(parts) for parts in rows if len(_values(parts)) == width)
    heads, caption = _above(lines, run[0][0], rows[0][0].text)
    names = _names(heads, full)
    made = tuple(
        _block(lines[at], parts, full, number, is_last=n == len(run) - 1)
        for n, (at, parts) in enumerate(run)
    )
    return Table(number, ("", *names), made, caption)


def _values(parts: Sequence[_Part]) -> list[_Part]:
    return list(parts) if _is_value(parts[0].text) else list(parts[1:])


def _above(lines: Sequence[Line], first: int, label: str) -> tuple[list[_Part], str]:
    """Return the headings of the columns that stand above a table, and its caption."""
    told = [line.text for line in lines[max(first - _MOST_ABOVE, 0) : first] if line.text.strip()][
        ::-1
    ]
    if not told:
        return [], ""
    heads = _parts(told[0])
    if len(told) > 1 and all(_UNIT.fullmatch(head.text) for head in heads):
        above = _parts(told[1])
        if 1 < len(above) <= len(heads):
            nearest = [min(above, key=lambda one: abs(one.middle - h.middle)) for h in heads]
            heads = [
                replace(h, text=f"{one.text} {h.text}")
                for one, h in zip(nearest, heads, strict=True)
            ]
            return heads, told[2].strip() if len(told) > 2 and len(told[2]) < 100 else ""
    is_head = not _ENDS.search(told[0].strip()) and (len(heads) > 1 or heads[0].start >= len(label))
    if not is_head:
        return [], told[0].strip() if len(told[0]) < _MOST_LABEL else ""
    return heads, told[1].strip() if len(told) > 1 and len(told[1]) < 100 else ""


def _names(heads: Sequence[_Part], values: Sequence[_Part]) -> list[str]:
    """Return the heading of each column of values: the last of them, or those above them."""
    if len(heads) in (len(values), len(values) + 1):
        return [one.text for one in heads[-len(values) :]]
    if not heads:
        return ["" for _one in values]
    return [min(heads, key=lambda head: abs(head.middle - one.middle)).text for one in values]


def _block(
    line: Line, parts: Sequence[_Part], full: Sequence[_Part], number: int, *, is_last: bool
) -> Block:
    """Return a row as a block; the last may be a total without a label."""
    values = _values(parts)
    label = parts[0].text if len(values) < len(parts) else "Total" if is_last else ""
    origin = replace(line.origin, table=number)
    cells = [Cell(label, ((0, origin),), 0)]
    for n, one in enumerate(values):
        column = n
        if len(values) < len(full):
            column = min(range(len(full)), key=lambda at: abs(full[at].end - one.end))
        where = replace(origin, cell=str(column + 1))
        cells.append(Cell(one.text, ((0, where),), column + 1))
    text = "\t".join(cell.text for cell in cells)
    return Block(text, ((0, origin),), BlockKind.ROW, table=number, cells=tuple(cells))


def head_of(table: Table) -> Block:
    """Return the headings of a table's columns as a row."""
    origin = table.rows[0].origin
    cells = tuple(Cell(text, ((0, origin),), n) for n, text in enumerate(table.head))
    return Block("\t".join(table.head), ((0, origin),), BlockKind.ROW, cells=cells, is_head=True)


def lines_of(tables: Sequence[Table]) -> Iterator[int]:
    """Yield the places in reading order of the lines that are rows of tables."""
    for table in tables:
        yield from (row.origin.order for row in table.rows)
