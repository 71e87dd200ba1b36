"""Numbers that a table's first column gives to two of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Block, Table
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.proofreading.references import DUPLICATE
from peelian.proofreading.registers import doubled

_HEAD = expression(
    r"\s*(?:(?:action|decision|item|log|risk|recommendation)\s*)?"
    r"(?:#|id|item|no\.?|num(?:ber)?|ref(?:erence)?\.?(?:\s+no\.?)?)\s*",
    re.IGNORECASE,
)
_NUMBER = expression(r"\s*[A-Z]{0,6}[ /-]?\d{1,4}(?:[ ./-]\d{1,4}){0,2}[a-z]?\.?\s*")
_FEWEST = 4


@check(*DUPLICATE)
def rows_of_one_number(proof: Proof) -> Iterator[Finding]:
    """Find rows of a numbered table that have the number of another; plans are judged as such."""
    planned = {plan.origin.file for plan in proof.plans}
    for document in proof.documents:
        if document.file not in planned:
            known = {one.origin.order for one in proof.numbered(document)}
            known |= doubled(proof, document)
            for table in document.tables():
                yield from _repeated(table, known)


def _repeated(table: Table, known: set[int]) -> Iterator[Finding]:
    if not table.head or not _HEAD.fullmatch(table.head[0]):
        return
    rows: dict[str, list[Block]] = {}
    for row in table.rows:
        if (
            len(row.cells) > 1
            and _NUMBER.fullmatch(row.cells[0].text)
            and row.origin.order not in known
        ):
            number = row.cells[0].text.strip(" .\n")
            if all(_rest(row) != _rest(other) for other in rows.get(number, [])[:1]):
                rows.setdefault(number, []).append(row)
    again = {number: same for number, same in rows.items() if len(same) > 1}
    # Where many repeat, the column numbers something else: a page, a ward, a group of rows.
    if len(rows) < _FEWEST or len(again) * 4 > len(rows):
        return
    for number, same in again.items():
        yield Finding(
            _place(same[1]),
            _("The number %(number)s is given twice.") % {"number": number},
            _("Give one of them a number of its own: a reference can mean either."),
            Confidence.LIKELY,
            (_place(same[0]),),
        )


def _rest(row: Block) -> str:
    return " ".join(" ".join(cell.text for cell in row.cells[1:]).split()).casefold()


def _place(row: Block) -> Place:
    return Place(row.origin, shortened(row.text.replace("\t", " | ")))
