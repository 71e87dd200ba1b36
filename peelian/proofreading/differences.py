"""Rows of a table that are the difference of the two above them, and last columns that add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations, product

from peelian.expressions import expression
from peelian.intake.document import Block, Document, Table
from peelian.proofreading.arithmetic import Wrong, written
from peelian.recognition.figure_tables import cell_value
from peelian.recognition.number_tables import number_tables

Signs = Sequence[int]

_DIFFERENCE = expression(
    r"\s*(?:annual\s+|budget\s+|funding\s+|net\s+|in-year\s+)*(?:shortfall|gap|deficit|surplus|variance|"
    r"difference|under-?spend|over-?spend|balance)s?(?:\s*[/(-].{0,30})?\s*",
    re.IGNORECASE,
)
_TOTAL = expression(
    r"\s*(?:grand\s+|overall\s+)?(?:totals?|all|sum|force|county)\b.{0,20}", re.IGNORECASE
)
_NO_COUNT = expression(
    r"%|rate|average|mean|rank|ratio|days|minutes|hours|target|standard", re.IGNORECASE
)
_FEWEST_COLUMNS, _MOST_COLUMNS, _FEWEST_ROWS, _LEAST = 4, 6, 2, 5
_WAY = expression(r"\s*(?P<way>up|down|rise|fall|increase|decrease)\b.{0,20}", re.IGNORECASE)
_UP = frozenset({"up", "rise", "increase"})
_ROUNDED = 1.0  # per cent
_FEWEST, _SLACK = 3, 0.11  # columns that show what the row is; roundings of two values to a tenth


def _tables(document: Document) -> list[Table]:
    """Return the tables of a document, those that only their numbers show to be such among them."""
    found = document.tables()
    known = {row.origin.order for table in found for row in table.rows}
    numbered = document.once(number_tables)
    return [*found, *(t for t in numbered if not known & {row.origin.order for row in t.rows})]


def differences_in_tables(document: Document) -> Iterator[Wrong]:
    """Yield each value of such a row that the two above it do not bear out, where others do."""
    for table in _tables(document):
        rows = [row for row in table.rows if row.cells]
        for n, row in enumerate(rows):
            if n > 1 and _DIFFERENCE.fullmatch(row.cells[0].text):
                yield from _differing(row, rows[n - 2 : n])


def _differing(row: Block, above: Sequence[Block]) -> Iterator[Wrong]:
    wrong, right = [], 0
    for cell in row.cells[1:]:
        values = [
            cell_value(other.text)
            for one in above
            for other in one.cells
            if other.column == cell.column
        ]
        stated = cell_value(cell.text)
        if stated is None or len(values) != 2 or values[0] is None or values[1] is None:
            continue
        came = values[0] - values[1]
        if abs(abs(came) - abs(stated)) <= _SLACK:
            right += 1
        else:
            wrong.append((cell, came))
    if right >= _FEWEST - 1 and 0 < len(wrong) < right:
        for cell, came in wrong:
            quotation = row.text.replace("\t", " | ")
            yield Wrong(cell.origin, quotation, cell.text.strip(), written(abs(came)), "difference")


def movements_in_tables(document: Document) -> Iterator[Wrong]:
    """Yield each last value of a row that the values before it do not come to, as others' do.

    `Open at 31 May, closed, new, open at 31 August`: some are added, others taken off; or all are
    added. Which it is, the other rows show.
    """
    for table in _tables(document):
        if any(map(_NO_COUNT.search, table.head)):
            continue
        rows = [row for row in table.rows if row.cells and not _TOTAL.fullmatch(row.cells[0].text)]
        valued = [(row, values) for row in rows if (values := _values(row))]
        counts = {len(values) for _row, values in valued}
        least = _FEWEST_COLUMNS - bool(table.head and _DIFFERENCE.fullmatch(table.head[-1]))
        if len(counts) == 1 and least <= counts.copy().pop() <= _MOST_COLUMNS:
            yield from _moved(valued)


def _values(row: Block) -> list[float]:
    """Return the numbers of a row's cells; none where one holds words or a share."""
    values = [cell_value(cell.text) for cell in row.cells[1:]]
    shares = any("%" in cell.text for cell in row.cells)
    return [] if shares or None in values else [value for value in values if value is not None]


def _moved(rows: Sequence[tuple[Block, list[float]]]) -> Iterator[Wrong]:
    terms = len(rows[0][1]) - 1
    two = terms == _FEWEST_COLUMNS - 2  # the last says the difference of two, with its sign
    ways = product((1, -1), repeat=terms) if two else product((1,), *[(1, -1)] * (terms - 1))
    fits = [_fit(signs, rows, two=two) for signs in ways]
    if any(telling and not wrong for telling, wrong in fits):
        return
    telling, wrong = max(fits, key=lambda fit: (fit[0], -len(fit[1])))
    if telling >= _FEWEST_ROWS and len(wrong) < telling:
        for row, came in wrong:
            last = row.cells[-1]
            quotation = row.text.replace("\t", " | ")
            yield Wrong(last.origin, quotation, last.text.strip(), written(came), "movement")


def _fit(
    signs: Signs, rows: Sequence[tuple[Block, list[float]]], *, two: bool
) -> tuple[int, list[tuple[Block, float]]]:
    """Return how many rows show that the last value comes of the others so, and the other rows."""
    telling, wrong = 0, []
    for row, values in rows:
        came = _came(signs, values)
        if abs(came - values[-1]) > _SLACK:
            wrong.append((row, came))
        elif (two and values[-1]) or (values[-1] >= _LEAST and any(values[1:-1])):
            telling += 1
    return telling, wrong


def _came(signs: Signs, values: Sequence[float]) -> float:
    """Return what the values before the last come to, each added or taken off."""
    return sum(sign * value for sign, value in zip(signs, values, strict=False))


def shares_in_tables(document: Document) -> Iterator[Wrong]:
    """Yield each share in a column of shares that is not that of the two counts of its row.

    Which two columns they are, the other rows show.
    """
    for table in _tables(document):
        rows = [
            (row, _by_column(row)) for row in table.rows if len(row.cells) > _FEWEST_COLUMNS - 1
        ]
        shares = [
            n for n, head in enumerate(table.head) if "%" in head or "share" in head.casefold()
        ]
        if len(shares) == 1 and len(rows) >= _FEWEST:
            yield from _shares(rows, shares[0])


def _by_column(row: Block) -> dict[int, float]:
    values = {cell.column: cell_value(cell.text) for cell in row.cells[1:]}
    return {column: value for column, value in values.items() if value is not None}


def _shares(rows: Sequence[tuple[Block, dict[int, float]]], column: int) -> Iterator[Wrong]:
    columns = sorted(set.intersection(*(set(values) for _row, values in rows)) - {column})
    for part, whole in permutations(columns, 2):
        judged = [
            (row, v[column], 100 * v[part] / v[whole])
            for row, v in rows
            if column in v and 0 < v[part] < v[whole]
        ]
        wrong = [one for one in judged if abs(one[1] - one[2]) > _ROUNDED]
        if len(judged) == len(rows) and 0 < len(wrong) <= len(judged) // 3:
            for row, said, came in wrong:
                cell = next(cell for cell in row.cells if cell.column == column)
                quotation = row.text.replace("\t", " | ")
                yield Wrong(cell.origin, quotation, f"{said:g}%", f"{came:.1f}%", "share")
            return


def directions_in_tables(document: Document) -> Iterator[Wrong]:
    """Yield each `Up 14%` or `Down 9%` that ends a row whose two values go the other way."""
    for table in document.tables():
        for row in table.rows:
            cells = [cell for cell in row.cells[1:] if cell.text.strip()]
            way = _WAY.fullmatch(cells[-1].text) if len(cells) == _FEWEST else None
            was, now = (cell_value(cell.text) for cell in cells[:2]) if way else (None, None)
            if way is None or was is None or now is None or was == now:
                continue
            if (now > was) != (way["way"].casefold() in _UP):
                quotation = row.text.replace("\t", " | ")
                shown = f"{cells[0].text.strip()} – {cells[1].text.strip()}"
                yield Wrong(cells[-1].origin, quotation, cells[-1].text.strip(), shown, "direction")
