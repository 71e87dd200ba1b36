"""Delivery plans in tables whose rows are known: of Word, of a spreadsheet, of a ruled PDF.

The words at the head tell the columns. A row without a reference continues the commitment above; a
row that is one cell is the objective or part; a cell that a page broke is put together again; the
head printed anew on each page is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peelian.intake.document import Block, BlockKind, Cell, Line
from peelian.recognition.columns import (
    ACTIVITY,
    COMMITMENT,
    OBJECTIVE,
    OVERSIGHT,
    PLAN,
    REFERENCE,
    STATUS,
    UPDATE,
    Heading,
    is_plan,
    normal,
    role_of,
    settled,
)
from peelian.recognition.plan_drafts import (
    SENTENCE,
    ActivityDraft,
    CommitmentDraft,
    PlanDraft,
    components,
    printed_reference,
)
from peelian.recognition.plan_labels import OWNER, label_role

# A spreadsheet may have a title, a date and a key above its head.
_ROWS_TO_HEAD = 12
_TOLD = 60  # characters
_LAST_COUNTS = {UPDATE, STATUS}


@dataclass
class _Headings:
    """The headings that stand above a table, by their levels."""

    stack: list[tuple[int, str]] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Take the next heading."""
        level = block.level or 1
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, block.text.strip()))

    def texts(self) -> list[str]:
        """Return them, the highest first."""
        return [text for _level, text in self.stack]


def table_plans(blocks: Sequence[Block]) -> list[PlanDraft]:
    """Return the plans in the tables of blocks. Tables in a row with like heads are one."""
    made: list[PlanDraft] = []
    roles: dict[int, str] = {}
    top = Block("", ())
    for above, rows in _tables(blocks):
        head, found = _head(rows)
        goes_on = not found and bool(made) and _goes_on(rows, roles)
        if not found and not goes_on:
            continue
        if found and (not made or list(found.values()) != list(roles.values())):
            made.append(PlanDraft(above[0] if above else "", rows[0].origin))
        if found:
            roles, top = found, rows[head]
        under = [text for text in above if text != made[-1].title]
        _read(made[-1], rows[head + 1 :], top, roles, under)
    return [draft for draft in made if any(c.activities for c in draft.commitments)]


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[list[str], list[Block]]]:
    """Yield each table's rows, with the headings above it."""
    headings = _Headings()
    rows: list[Block] = []
    for block in blocks:
        ends = block.kind in (BlockKind.ROW, BlockKind.HEADING)
        if rows and ends and block.table != rows[0].table:
            yield headings.texts(), rows
            rows = []
        if block.kind == BlockKind.ROW:
            rows.append(block)
        elif block.kind == BlockKind.HEADING:
            headings.take(block)
    if rows:
        yield headings.texts(), rows


def _head(rows: Sequence[Block]) -> tuple[int, dict[int, str]]:
    """Return which row is the head of a plan, and what its columns are for; none for no plan."""
    for n, row in enumerate(rows[:_ROWS_TO_HEAD]):
        cells = [cell for cell in row.cells if cell.text.strip()]
        headings = settled([Heading(role_of(c.text, PLAN), c.text) for c in cells])
        roles = {
            cell.column: heading.role
            for cell, heading in zip(cells, headings, strict=True)
            if heading.role
        }
        roles = _without_owners(roles, cells)
        if roles and UPDATE not in roles.values():
            roles |= _unnamed_update(row, rows)
        # Most of the headings must be known: one word of two sentences is no head.
        if is_plan(list(roles.values())) and len(roles) * 2 > len(cells):
            return n, roles
    return -1, {}


def _goes_on(rows: Sequence[Block], roles: dict[int, str]) -> bool:
    """Return whether rows without a head are of the plan before: its columns, and references.

    What heads the columns of each page may have been taken for a part of the page.
    """
    first = next((column for column, role in roles.items() if role == REFERENCE), None)
    columns = {cell.column for row in rows for cell in row.cells if cell.text.strip()}
    printed = [c.text for row in rows for c in row.cells if c.column == first and c.text.strip()]
    numbered = sum(bool(printed_reference(text)) for text in printed)
    return columns == set(roles) and len(printed) > 1 and numbered == len(printed)


def _unnamed_update(head: Block, rows: Sequence[Block]) -> dict[int, str]:
    """Return the column without a heading in which rows tell what has been done, if any is."""
    unnamed = {cell.column for cell in head.cells if not cell.text.strip()}
    told = [c.column for r in rows for c in r.cells if c.column in unnamed and len(c.text) > _TOLD]
    return {told[0]: UPDATE} if 2 * len(told) > len(rows) else {}


def _without_owners(roles: dict[int, str], cells: Sequence[Cell]) -> dict[int, str]:
    """Return the columns without those of owners where others say which bodies watch."""
    watch = [c for c in cells if roles.get(c.column) == OVERSIGHT]
    owners = {cell.column for cell in watch if label_role(cell.text) == OWNER}
    if len(owners) == len(watch):
        return roles
    return {column: role for column, role in roles.items() if column not in owners}


def _read(
    draft: PlanDraft, rows: Sequence[Block], head: Block, roles: dict[int, str], above: list[str]
) -> None:
    """Add the rows of one table to a plan."""
    said = [normal(cell.text) for cell in head.cells]
    kept = [row for row in rows if not row.is_head and [normal(c.text) for c in row.cells] != said]
    reader = _Reader(draft, _numbers_activities(kept, roles), above)
    for row in kept:
        alone = _heading_row(row, roles)
        if alone is not None:
            reader.headed(alone)
        else:
            reader.take(row, _by_role(row, roles))


def _by_role(row: Block, roles: dict[int, str]) -> dict[str, list[Cell]]:
    """Return a row's cells by what they are for; of two updates the last that is filled in."""
    found: dict[str, list[Cell]] = {}
    for cell in row.cells:
        role = roles.get(cell.column, "")
        if not role or not cell.text.strip():
            continue
        if role in _LAST_COUNTS:
            found[role] = [cell]
        else:
            found.setdefault(role, []).append(cell)
    return found


def _heading_row(row: Block, roles: dict[int, str]) -> str | None:
    """Return the words of a row that is one cell over the whole width, else None."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if len({cell.text.strip() for cell in filled}) != 1:
        return None
    text = filled[0].text.strip()
    wide = filled[0].span > 1 or len(filled) > 1
    # Alone in the column of references it is no reference; elsewhere the row is not filled in yet.
    first = roles.get(filled[0].column) == REFERENCE
    sentence = text[:1].islower() or len(text) > 200
    return text if (wide or (first and len(text.split()) > 1)) and not sentence else None


def _numbers_activities(rows: Sequence[Block], roles: dict[int, str]) -> bool:
    """Return whether the references are those of activities: rows of one commitment differ."""
    if COMMITMENT not in roles.values():
        return True
    before = ""
    for row in rows:
        cells = _by_role(row, roles)
        said = _text(cells, COMMITMENT)
        if cells.get(REFERENCE) and cells.get(ACTIVITY) and (not said or said == before):
            return True
        before = said or before
    return False


def _printed(cell: Cell) -> list[Line]:
    """Return the printed lines of a cell."""
    ends = [*(offset for offset, _origin in cell.marks[1:]), len(cell.text)]
    pieces = [
        Line(cell.text[start:end].strip(), origin)
        for (start, origin), end in zip(cell.marks, ends, strict=True)
    ]
    return [line for line in pieces if line.text]


def _text(cells: dict[str, list[Cell]], role: str) -> str:
    return " ".join(cell.text.strip() for cell in cells.get(role, ()))


class _Reader:
    """Rows put together into a plan's commitments, one after another."""

    def __init__(self, draft: PlanDraft, numbers_activities: bool, above: Sequence[str]) -> None:
        self.draft = draft
        self.numbers_activities = numbers_activities
        self.objective = above[0] if above else ""
        self.part = above[1] if len(above) > 1 else ""
        self.headings = 0
        self.commitment: CommitmentDraft | None = None
        self.activity: ActivityDraft | None = None

    def headed(self, text: str) -> None:
        """Take a row that is a heading: the second of two in a row is the part."""
        if self.headings or (text.endswith(":") and self.objective):
            self.part = text
        else:
            self.objective, self.part = text, ""
        self.headings += 1
        self.commitment = self.activity = None

    def take(self, row: Block, cells: dict[str, list[Cell]]) -> None:
        """Take the next row."""
        if not cells:
            return
        self.headings = 0
        if cells.get(OBJECTIVE):
            said = _text(cells, OBJECTIVE)
            if said != self.objective:
                self.objective, self.commitment = said, None
        if self._continues(cells):
            self._add(cells)
            return
        self._place(row, cells)
        if self.commitment is not None and set(cells) - {REFERENCE, COMMITMENT, OBJECTIVE}:
            self._activity(row, cells)

    def _continues(self, cells: dict[str, list[Cell]]) -> bool:
        """Return whether a row goes on with the cells of the row above, which a page broke."""
        if self.activity is None or cells.get(REFERENCE) or not set(cells) - {OBJECTIVE}:
            return False
        if not cells.get(ACTIVITY) and not cells.get(COMMITMENT):
            return True
        begun = {role: self.activity.text(role) for role in cells}
        if self.commitment is not None:
            begun[COMMITMENT] = self.commitment.text
        small = [role for role in cells if _text(cells, role)[:1].islower()]
        broken = [role for role in small if begun.get(role) and not SENTENCE.search(begun[role])]
        opens = {ACTIVITY, COMMITMENT} & set(cells) - set(small)
        return bool(broken) and not opens

    def _add(self, cells: dict[str, list[Cell]]) -> None:
        for role, found in cells.items():
            for line in (line for cell in found for line in _printed(cell)):
                if role == COMMITMENT and self.commitment is not None:
                    self.commitment.lines.append(line)
                elif self.activity is not None and role != OBJECTIVE:
                    self.activity.add(role, line)

    def _place(self, row: Block, cells: dict[str, list[Cell]]) -> None:
        """Open the row's commitment, unless it is the one that stands open."""
        said = _text(cells, COMMITMENT)
        printed = "" if self.numbers_activities else _text(cells, REFERENCE)
        same = self.commitment is not None and (
            not said or " ".join(said.split()) == self.commitment.text
        )
        alike = self.commitment is not None and (
            not printed or components(printed) == components(self.commitment.reference)
        )
        if same and alike and self.commitment is not None:
            return
        reference, text = printed, said
        if not reference and (found := printed_reference(said)):
            reference, text = found[0], said[found[2] :]
        self.commitment = CommitmentDraft(reference, self.objective, self.part, row.origin)
        if text:
            self.commitment.lines.append(Line(text, cells[COMMITMENT][0].origin))
        self.draft.commitments.append(self.commitment)
        self.activity = None

    def _activity(self, row: Block, cells: dict[str, list[Cell]]) -> None:
        reference = _text(cells, REFERENCE) if self.numbers_activities else ""
        self.activity = ActivityDraft(reference, row.origin)
        for role, found in cells.items():
            if role in (REFERENCE, COMMITMENT, OBJECTIVE):
                continue
            for line in (line for cell in found for line in _printed(cell)):
                self.activity.add(role, line)
        if self.commitment is not None:
            self.commitment.activities.append(self.activity)
        first = self.activity.text(ACTIVITY)
        if not reference and (inside := printed_reference(first)) and len(first) > inside[2]:
            line = self.activity.cells[ACTIVITY][0]
            self.activity.reference = inside[0]
            rest = printed_reference(line.text)
            if rest:
                self.activity.cells[ACTIVITY][0] = Line(line.text[rest[2] :], line.origin)
