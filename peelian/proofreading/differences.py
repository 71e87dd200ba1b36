"""Rows of a table that are the difference of the two rows above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peelian.expressions import expression
from peelian.intake.document import Block, Document
from peelian.proofreading.arithmetic import Wrong, written
from peelian.recognition.figure_tables import cell_value
from peelian.recognition.number_tables import number_tables

_DIFFERENCE = expression(
    r"\s*(?:annual\s+|budget\s+|funding\s+|net\s+|in-year\s+)*(?:shortfall|gap|deficit|surplus|variance|"
    r"difference|under-?spend|over-?spend|balance)s?(?:\s*[/(-].{0,30})?\s*",
    re.IGNORECASE,
)
_FEWEST, _SLACK = 3, 0.11  # columns that show what the row is; roundings of two values to a tenth


def differences_in_tables(document: Document) -> Iterator[Wrong]:
    """Yield each value of such a row that the two above it do not bear out, where others do."""
    for table in (*document.tables(), *document.once(number_tables)):
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
