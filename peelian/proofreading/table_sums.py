"""Totals of tables, added up again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelian.intake.document import Cell, Document, Table
from peelian.proofreading.arithmetic import Wrong, written
from peelian.recognition.figure_tables import cell_value

_TOTAL = re.compile(
    r"\s*(?:(?:grand|overall|force)\s+)?totals?\s*(?:\([^()]{0,30}\))?\s*:?\s*", re.IGNORECASE
)
_PARTIAL = re.compile(
    r"\bsub[- ]?total|\bof\s+which\b|\bincluding\b|\bnet\b|\bless\b|\bbalance\b|"
    r"\bopening\b|\bclosing\b|\btotal\s+\w",
    re.IGNORECASE,
)
_NO_SUM = re.compile(
    r"%|rate|average|mean|median|per\b|change|variance|rank|index|score|ratio|\byear\b|\bref\b|\bno\.|"
    r"number\s+of\s+days|\bdays\b|minutes|hours|target",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"£\s?(?:m\b|k\b|million|[’']?000)|[’']000|thousand|million", re.IGNORECASE)
_MOST_ROWS = 300


def sums_in_tables(document: Document) -> Iterator[Wrong]:
    """Yield each total of a table's column that the rows above it do not come to."""
    for table in document.tables():
        yield from _sums(table)


def _sums(table: Table) -> Iterator[Wrong]:
    rows = [row for row in table.rows if row.cells][:_MOST_ROWS]
    labels = [row.cells[0].text for row in rows]
    totals = [n for n, label in enumerate(labels) if _TOTAL.fullmatch(label)]
    if len(totals) != 1 or totals[0] < 2 or any(_PARTIAL.search(label) for label in labels):
        return
    above, total = rows[: totals[0]], rows[totals[0]]
    for cell in total.cells[1:]:
        column = table.head[cell.column] if cell.column < len(table.head) else ""
        parts = [part for row in above if (part := _at(row.cells, cell.column))]
        stated, values = cell_value(cell.text), _values([part.text for part in parts])
        if stated is None or values is None or _NO_SUM.search(column) or "%" in cell.text:
            continue
        came = sum(values)
        rounded = bool(_ROUNDED.search(f"{column} {table.caption}")) or "£" in cell.text
        step = max(_step(text, rounded) for text in (cell.text, *(part.text for part in parts)))
        if abs(came - stated) > step * (len(values) + 1) + 1e-6 and not _nested(values):
            yield Wrong(cell.origin, total.text, cell.text.strip(), written(came), "total")


def _at(cells: Sequence[Cell], column: int) -> Cell | None:
    return next((cell for cell in cells if cell.column == column), None)


def _values(texts: Sequence[str]) -> list[float] | None:
    """Return the numbers of a column; None where it holds words, shares or fewer than two."""
    made = []
    for text in texts:
        value = cell_value(text)
        if "%" in text or (value is None and text.strip(" -–—")):
            return None
        if value is not None:
            made.append(value)
    return made if len(made) > 1 else None


def _nested(values: Sequence[float]) -> bool:
    """Return whether a row is the sum of the rows right after or before it: a part of a whole."""
    for n, value in enumerate(values):
        for run in (values[n + 1 :], values[:n][::-1]):
            came = 0.0
            for count, part in enumerate(run, 1):
                came += part
                if count > 1 and value and abs(came - value) < 1e-6:
                    return True
    return False


def _step(text: str, rounded: bool) -> float:
    """Return half of the last place that a cell prints; whole numbers are exact unless rounded."""
    digits = re.sub(r"[^\d.]", "", text)
    decimals = len(digits.partition(".")[2])
    value = cell_value(text)
    shown = float(digits) if digits.strip(".") and digits.count(".") <= 1 else 0.0
    scale = abs(value / shown) if value and shown else 1.0
    exact = not decimals and scale == 1.0 and not rounded
    return 0.0 if exact else 0.5 * 10**-decimals * scale
