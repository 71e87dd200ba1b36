"""Performance tables whose rows are known."""

from __future__ import annotations

from collections.abc import Sequence

from peelian.intake.document import Block, BlockKind, Line
from peelian.recognition.columns import (
    OBJECTIVE,
    PERFORMANCE,
    STATEMENT,
    TOPIC,
    VALUE,
    is_performance,
    normal,
    role_of,
)
from peelian.recognition.performance import PerformanceLine
from peelian.recognition.performance_draft import LineDraft

_ROWS_TO_HEAD = 12
_ROLES_OF_WORDS = (TOPIC, STATEMENT)


def table_lines(blocks: Sequence[Block]) -> list[PerformanceLine]:
    """Return the lines of the performance tables among the tables of blocks, in order."""
    tables: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind == BlockKind.ROW and block.table is not None:
            tables.setdefault(block.table, []).append(block)
    return [line for rows in tables.values() for line in _table(rows)]


def _table(rows: Sequence[Block]) -> list[PerformanceLine]:
    for n, head in enumerate(rows[:_ROWS_TO_HEAD]):
        filled = [cell for cell in head.cells if cell.text.strip()]
        roles = {cell.column: role_of(cell.text, PERFORMANCE) for cell in filled}
        known = [role for role in roles.values() if role]
        if is_performance(known) and len(known) * 2 > len(filled):
            names = {cell.column: " ".join(cell.text.split()) for cell in filled}
            return _rows(rows[n + 1 :], head, {c: r or VALUE for c, r in roles.items()}, names)
    return []


def _rows(
    rows: Sequence[Block], head: Block, roles: dict[int, str], names: dict[int, str]
) -> list[PerformanceLine]:
    """Return the lines of a table's rows: headings over the width are the objective."""
    said = [normal(cell.text) for cell in head.cells]
    made: list[PerformanceLine] = []
    objective = ""
    for row in rows:
        filled = [cell for cell in row.cells if cell.text.strip()]
        if not filled or row.is_head or [normal(c.text) for c in row.cells] == said:
            continue
        if len({cell.text.strip() for cell in filled}) == 1:
            objective = filled[0].text.strip()
            continue
        draft = LineDraft(row.origin, objective)
        for cell in filled:
            role = roles.get(cell.column, "")
            if role == VALUE:
                draft.values.append((names.get(cell.column, ""), " ".join(cell.text.split())))
            elif role and role != OBJECTIVE:
                paragraphs = cell.text.split("\n") if role in _ROLES_OF_WORDS else [cell.text]
                for text in filter(str.strip, paragraphs):
                    draft.add(role, Line(text, cell.origin), paragraph=True)
        made += draft.lines()
    return made
