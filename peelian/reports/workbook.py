"""A report as a workbook: its counts, every line with what changed, the plan in five columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from peelian.blocks import Block, Cell, Document, Heading, Run, Runs, Table, from_data, text
from peelian.pages.export import Sheet, as_workbook
from peelian.promises.changes import Heap, Mark
from peelian.reports.telling import status_of

_WIDE = 45  # characters, for columns of sentences
_NARROW = 16
MOST_NAME = 31  # letters in the name of a sheet
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")


def workbook_of(content: Mapping[str, Any]) -> bytes:
    """Return an issue as XLSX, from what it froze: one sheet for the tables under each heading."""
    lines = _lines(content["data"]["changes"])
    return as_workbook([lines, *_sheets(from_data(content["document"]))])


def _lines(changes: Mapping[str, Any]) -> Sheet:
    """Return every line of the plan with how it stood on both days, one row each."""
    rows = [_row(entry, changes) for entry in changes["entries"] if entry["is_line"]]
    return Sheet(_("Lines"), _head(), rows, (12, 25, _WIDE, 12, 12, 14, 14, 12, 70, 25, 12, 30))


def _row(entry: Mapping[str, Any], changes: Mapping[str, Any]) -> tuple[Any, ...]:
    before, after = entry["before"], entry["after"]
    said = after["said"] or {}
    objectives = {one["key"]: one["title"] for one in changes["objectives"]}
    return (
        entry["number"],
        objectives.get(changes["objective_of"][entry["key"]], ""),
        after["text"] or after["title"],
        str(Heap(entry["heap"]).label),
        "; ".join(str(Mark(mark).label) for mark in entry["marks"]),
        status_of(before["progress"]) if before else "",
        status_of(after["progress"]),
        _day(said.get("as_at")),
        said.get("text", ""),
        changes["names"].get(after["owner"], ""),
        _day(after["due"]),
        after["oversight"],
    )


def _head() -> tuple[str, ...]:
    return (
        _("Ref"),
        _("Objective"),
        _("Activity"),
        _("What became of it"),
        _("Late or stuck"),
        _("Status before"),
        _("Status now"),
        _("As at"),
        _("Progress update"),
        _("Owner"),
        _("Due"),
        _("Oversight mechanism"),
    )


def _day(raw: str | None) -> dt.date | None:
    return dt.date.fromisoformat(raw) if raw else None


def _sheets(document: Document) -> list[Sheet]:
    """Return a sheet for each heading of the first level whose tables have the same columns."""
    sheets: list[Sheet] = []
    used = {_("Lines").casefold()}
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
