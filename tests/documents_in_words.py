"""Documents for tests of recognition: written as text, or as the blocks of a text document."""

from __future__ import annotations

from collections.abc import Iterable

from peelian.intake.document import Block, BlockKind, Cell, Document, Origin
from peelian.intake.text import read_text


def printed(text: str, name: str = "pack.txt") -> Document:
    """Return a document as it comes from a text file."""
    return read_text(name, text.encode())


def written(parts: Iterable[tuple[str, str | list[str]]], name: str = "minutes.docx") -> Document:
    """Return a document of headings, paragraphs, bullets and rows; rows that adjoin are a table."""
    blocks: list[Block] = []
    table = 0
    for order, (kind, words) in enumerate(parts):
        if isinstance(words, list):
            table += not (blocks and blocks[-1].kind == BlockKind.ROW)
            origin = Origin(name, table=table, order=order)
            cells = tuple(Cell(w, ((0, origin),), column=n) for n, w in enumerate(words))
            made = Block("\t".join(words), ((0, origin),), BlockKind.ROW, table=table, cells=cells)
        else:
            origin = Origin(name, paragraph=order + 1, order=order)
            made = Block(words, ((0, origin),), BlockKind(kind), int(kind == "heading"))
        blocks.append(made)
    return Document(name, "docx", tuple(blocks))
