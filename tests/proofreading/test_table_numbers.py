"""Rows of a table that share a number."""

from __future__ import annotations

import pytest

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.proofreading import table_numbers  # noqa: F401
from peelian.proofreading.findings import run
from tests.proofreading.conftest import MakeProof


def _row(order: int, *texts: str, is_head: bool = False) -> Block:
    marks = ((0, Origin("log.docx", table=1, order=order)),)
    cells = tuple(Cell(text, marks, column=n) for n, text in enumerate(texts))
    return Block("\t".join(texts), marks, BlockKind.ROW, table=1, cells=cells, is_head=is_head)


@pytest.mark.parametrize(
    ("head", "numbers", "is_told"),
    [
        ("No.", "1 2 3 3 4 5", True),
        ("Decision ref", "2021/07 2021/08 2021/08 2021/09 2021/10", True),
        ("No.", "1 2 3 4 5 6", False),
        ("No.", "1 1 2 2 3 3 4 4", False),
        ("Ward", "1 2 3 3 4 5", False),
    ],
)
def test_two_rows_of_one_number_are_told(
    proof: MakeProof, head: str, numbers: str, is_told: bool
) -> None:
    rows = [_row(n, text, f"Work {n}") for n, text in enumerate(numbers.split(), 1)]
    document = Document("log.docx", "docx", (_row(0, head, "Work", is_head=True), *rows))
    told = run(proof(document, plans=[]), only=["duplicate-reference"])
    assert bool(told) is is_told
