"""Totals of tables, added up again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Cell, Document, Table
from peelian.proofreading.arithmetic import Wrong, rounded_off, written
from peelian.proofreading.parts_listed import last_place, short
from peelian.proofreading.times import date_spans
from peelian.recognition.figure_tables import cell_value
from peelian.recognition.future import sentence_at
from peelian.recognition.numbers import numbers

_TOTAL = expression(
    r"\s*(?:(?:grand|overall|force)\s+)?totals?\s*(?:\([^()]{0,30}\))?\s*:?\s*", re.IGNORECASE
)
_PARTIAL = expression(
    r"\bsub[- ]?total|\bof\s+which\b|\bincluding\b|\bnet\b|\bless\b|\bbalance\b|"
    r"\bopening\b|\bclosing\b|\btotal\s+\w",
    re.IGNORECASE,
)
_NO_SUM = expression(
    r"%|rate|average|mean|median|per\b|change|variance|rank|index|score|ratio|\byear\b|\bref\b|\bno\.|"
    r"number\s+of\s+days|\bdays\b|minutes|hours|target",
    re.IGNORECASE,
)
_ROUNDED = expression(r"£\s?(?:m\b|k\b|million|[’']?000)|[’']000|thousand|million", re.IGNORECASE)
_NET = expression(r"\s*net(?:\s+\w+){0,2}\s*(?:\([^()]{0,30}\))?\s*", re.IGNORECASE)
_BEGINS = expression(r"\b(?:base|opening|brought\s+forward|budget|balance)\b", re.IGNORECASE)
_ENDS = expression(r"\b(?:requirement|closing|carried\s+forward|budget|balance)\b", re.IGNORECASE)
# What else a row is called that may be a sum: its other columns show whether it is.
_IN_ALL = expression(
    r"\s*(?:all(?:\s+\w+){0,2}|in\s+all|overall|altogether|sum|together|(?:whole\s+)?(?:force|county|area)"
    r"(?:[\s-]?wide)?|everyone)\s*:?\s*",
    re.IGNORECASE,
)
_MOST_ROWS, _LEAST_SUM, _FEWEST_IN_SUM = 300, 20, 4
_NEARLY = 0.03  # of a total: so little is nobody's share
_MOST_APART, _ABOVE = 0.15, 3


def sums_in_tables(tables: Iterable[Table]) -> Iterator[Wrong]:
    """Yield each total of a table's column that the rows above it do not come to."""
    for table in tables:
        yield from _sums(table)


def _sums(table: Table) -> Iterator[Wrong]:
    rows = [row for row in table.rows if row.cells][:_MOST_ROWS]
    labels = [row.cells[0].text for row in rows]
    totals = [n for n, label in enumerate(labels) if _TOTAL.fullmatch(label)]
    totals = totals or _net_of(rows) or _end_of_movement(labels) or _adds_up(rows)
    within = (
        labels[1:-1] if totals == [len(labels) - 1] and not _TOTAL.fullmatch(labels[-1]) else labels
    )
    if len(totals) != 1 or totals[0] < 2 or any(_PARTIAL.search(label) for label in within):
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
        if abs(came - stated) > rounded_off(len(values), step) + 1e-6 and not _nested(values):
            yield Wrong(cell.origin, total.text, cell.text.strip(), written(came), "total")


def _net_of(rows: Sequence[Block]) -> list[int]:
    """Return which row is the net of all others, of which some are taken off, in brackets."""
    if not _NET.fullmatch(rows[-1].cells[0].text if rows else ""):
        return []
    taken_off = any("(" in cell.text for row in rows[:-1] for cell in row.cells[1:])
    return [len(rows) - 1] if taken_off else []


def _end_of_movement(labels: Sequence[str]) -> list[int]:
    """Return which row is what all before it come to, from one budget or balance to the next."""
    if len(labels) < 4 or not (_BEGINS.search(labels[0]) and _ENDS.search(labels[-1])):
        return []
    within = labels[1:-1]
    mixed = any(_BEGINS.search(label) or _ENDS.search(label) for label in within)
    return [] if mixed or labels[0] == labels[-1] else [len(labels) - 1]


def _adds_up(rows: Sequence[Block]) -> list[int]:
    """Return whether the last row is the sum of the others: in a column or more, called so, or
    nearly, where it has but one value."""
    if len(rows) < 4:
        return []
    sums = []
    for cell in rows[-1].cells[1:]:
        parts = [part for row in rows[:-1] if (part := _at(row.cells, cell.column))]
        stated, values = cell_value(cell.text), _values([part.text for part in parts])
        if stated and values and len(values) == len(rows) - 1 and min(values) >= 0:
            sums.append((stated, sum(values)))
    right = [stated for stated, came in sums if abs(came - stated) < 1e-6]
    if _IN_ALL.fullmatch(rows[-1].cells[0].text):
        is_sum = len(right) > 1 or any(stated >= _LEAST_SUM for stated in right)
        return [len(rows) - 1] if is_sum else []
    if len(right) > 1 and min(right) >= _FEWEST_IN_SUM:
        return [len(rows) - 1]  # called by the name of the whole: two columns add up
    one = len(rows) > 4 and len(sums) == 1 and len(rows[-1].cells) == 2
    nearly = one and abs(sums[0][1] - sums[0][0]) <= _NEARLY * sums[0][0] >= 1
    return [len(rows) - 1] if nearly else []


def sums_of_lists(document: Document, tables: Sequence[Table]) -> Iterator[Wrong]:
    """Yield each amount to which a sentence says that the list right below it comes, wrongly."""
    blocks = [b for b in document.blocks if b.kind != BlockKind.ROW and b.text.endswith(":")]
    for table in tables:
        first = table.origin.order
        above = [b for b in blocks if first - _ABOVE <= b.marks[-1][1].order < first]
        labels = [row.cells[0].text for row in table.rows if row.cells]
        if not above or any(_TOTAL.fullmatch(one) or _PARTIAL.search(one) for one in labels):
            continue
        last, end = sentence_at(above[-1].text, len(above[-1].text) - 1)
        text = above[-1].text[last:end]
        said = [one for one in numbers(text, date_spans(text)) if one.mark == "£"]
        texts = [row.cells[1].text for row in table.rows if len(row.cells) == 2]
        values = _values(texts) if len(texts) == len(labels) > 2 else None
        if len(said) != 1 or said[0].more or values is None or any("£" not in t for t in texts):
            continue
        came, stated = sum(values), said[0].value
        step = max(last_place(said[0]), *(_step(one, rounded=False) for one in texts))
        if rounded_off(len(values), step) < abs(came - stated) <= _MOST_APART * stated:
            origin = above[-1].at(last + said[0].start)
            yield Wrong(origin, text, said[0].printed, f"£{short(came)}", "total")


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
