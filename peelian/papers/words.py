"""A Word document as blocks of ours, so that a pack sets it as its own tagged pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Heading, Paragraph, Table, plain, printable
from peelian.intake import document as read

UNDER = 2  # a paper's own heading is of this level


def as_blocks(document: read.Document) -> list[Block]:
    """Return what a document says as headings, paragraphs, lists and tables, in order.

    What is listed as its contents is left out: the pack has its own.
    """
    said = [b for b in document.blocks if b.kind != read.BlockKind.CONTENTS and b.text.strip()]
    captions = {t.number: t.caption for t in document.tables()}
    top = min((b.level for b in said if b.kind == read.BlockKind.HEADING), default=1)
    made: list[Block] = []
    for (kind, table), group in groupby(said, key=lambda b: (b.kind, b.table)):
        made += _group(kind, table, list(group), captions, top)
    return made


def _group(
    kind: read.BlockKind,
    table: int | None,
    group: Sequence[read.Block],
    captions: dict[int, str],
    top: int,
) -> Iterator[Block]:
    if kind == read.BlockKind.ROW:
        yield _table(group, captions.get(table or 0, ""), table or 0)
    elif kind == read.BlockKind.BULLET:
        yield Bullets(tuple(plain(printable(_numbered(b))) for b in group))
    elif kind == read.BlockKind.HEADING:
        for block in group:
            level = min(UNDER + 1 + max(block.level - top, 0), 4)
            yield Heading(level, printable(block.text), number=block.number or None)
    else:
        for block in group:
            if not block.is_caption:
                yield Paragraph(plain(printable(_numbered(block))))


def _numbered(block: read.Block) -> str:
    return f"{block.number} {block.text}" if block.number else block.text


def _table(rows: Sequence[read.Block], caption: str, number: int) -> Table:
    """Return rows as a table with a head: its own, else its first row."""
    columns = max(cell.column + cell.span for row in rows for cell in row.cells)
    heads = [row for row in rows if row.is_head]
    head = heads[0] if heads else rows[0]
    rest = [row for row in rows if row is not head]
    return Table(
        printable(caption) or _("Table %(number)s") % {"number": number},
        tuple(plain(words) for words in _cells(head, columns)),
        tuple(tuple(map(plain, _cells(row, columns))) for row in rest),
    )


def _cells(row: read.Block, columns: int) -> list[str]:
    words = [""] * columns
    for cell in row.cells:
        words[cell.column] = printable(cell.text)
    return words
