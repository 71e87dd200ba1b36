"""A report as a workbook: its counts, every line with what changed, the plan in five columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from peelian.blocks import Block, Cell, Document, Heading, Run, Runs, Table, from_data, text
from peelian.pages.export import Sheet, as_workbook

_WIDE = 45  # characters, for columns of sentences
_NARROW = 16
MOST_NAME = 31  # letters in the name of a sheet
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")


def workbook_of(content: Mapping[str, Any]) -> bytes:
    """Return an issue as XLSX, from what it froze: one sheet for the tables under each heading."""
    return as_workbook(_sheets(from_data(content["document"])))


def _sheets(document: Document) -> list[Sheet]:
    """Return a sheet for each heading of the first level whose tables have the same columns."""
    sheets: list[Sheet] = []
    used: set[str] = set()
    for title, tables in _by_chapter(document.blocks):
        alike: dict[tuple[str, ...], list[list[str]]] = {}
        for where, table in tables:
            head = tuple(_words(cell) for cell in table.head)
            rows = [[where, *map(_words, row)] for row in table.rows]
            alike.setdefault(head, []).extend(rows)
        for head, rows in alike.items():
            name = _named(title, used)
            widths = (_WIDE // 2, _NARROW, *[_WIDE] * (len(head) - 1))
            sheets.append(Sheet(name, (_("Under"), *head), rows, widths))
    return sheets


def _by_chapter(blocks: Sequence[Block]) -> list[tuple[str, list[tuple[str, Table]]]]:
    """Return the headings of the first level, each with its tables and what heads those."""
    chapters: list[tuple[str, list[tuple[str, Table]]]] = []
    heads: dict[int, str] = {}
    for block in blocks:
        if isinstance(block, Heading):
            heads = {level: said for level, said in heads.items() if level < block.level}
            heads[block.level] = block.full
            if block.level == 1:
                chapters.append((block.full, []))
        elif isinstance(block, Table) and chapters:
            below = [said for level, said in sorted(heads.items()) if level > 1]
            chapters[-1][1].append((", ".join(below) or block.caption, block))
    return chapters


def _words(cell: Cell | Runs) -> str:
    return "".join(part.text if isinstance(part, Run) else text(part) + "\n" for part in cell)


def _named(title: str, used: set[str]) -> str:
    """Return a name that no sheet has yet, of the letters that a workbook takes."""
    base = title.translate(_FORBIDDEN).strip("' ") or "Sheet"
    names = (base, *(f"{base[: MOST_NAME - 3]} {n}" for n in range(2, 99)))
    name = next(n[:MOST_NAME] for n in names if n[:MOST_NAME].casefold() not in used)
    used.add(name.casefold())
    return name
