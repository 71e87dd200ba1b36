"""Tables laid out with spaces, as `pdftotext -layout` prints them, into rows.

The headings stand on one line with gaps between; each column begins where its heading does. What
stands below is a cell's when it begins there. Each page has its own places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Cell, Line
from peelian.intake.flow import joined
from peelian.recognition.columns import REFERENCE, Vocabulary, role_of
from peelian.recognition.plan_drafts import printed_reference

_PART = expression(r"\S+(?: \S+)*")
_LONGEST = 400
_MOST_BLANKS = 4
_NEAR = 3
_MOST_COLUMNS = 20

Part = tuple[int, str]


def spaced_rows(
    lines: Sequence[Line], vocabulary: Vocabulary, wanted: Callable[[Sequence[str]], bool]
) -> list[Block]:
    """Return the rows of tables laid out with spaces whose columns are wanted; none for none."""
    made: list[Block] = []
    at = table = 0
    while at < len(lines):
        head = _parts(lines[at].text)
        if not 2 < len(head) < _MOST_COLUMNS:
            head = []
        roles = [role_of(text, vocabulary) for _start, text in head]
        if roles and wanted([r for r in roles if r]) and all(roles):
            table += 1
            numbered = roles.index(REFERENCE) if REFERENCE in roles else None
            end = _end(lines, at + 1)
            while at + 1 < end and _wraps(lines[at + 1].text):
                at += 1
            starts = [start for start, _text in head]
            made.append(_row([[Line(t, lines[at].origin)] for _s, t in head], table, True))
            made += _rows(lines[at + 1 : end], starts, numbered, table)
            at = end
        else:
            at += 1
    return made


def _wraps(text: str) -> bool:
    """Return whether a line below a head only ends its headings: `mechanism`, `date (s)`."""
    parts = _parts(text)
    return bool(parts) and all(part[0].islower() or part[0] == "(" for _start, part in parts)


def _parts(text: str) -> list[Part]:
    """Return the pieces of a line between gaps of two spaces or more, with where they begin."""
    return [(m.start(), m[0]) for m in _PART.finditer(text[:_LONGEST])]


def _end(lines: Sequence[Line], start: int) -> int:
    """Return where a table ends: after many blank lines, or where the text is no longer parted."""
    blank = plain = 0
    for at in range(start, len(lines)):
        text = lines[at].text
        blank = 0 if text.strip() else blank + 1
        wide = len(text.strip()) > 60 and len(_parts(text)) == 1
        plain = plain + 1 if wide else 0 if text.strip() else plain
        if blank > _MOST_BLANKS or plain > 1:
            return at
    return len(lines)


def _rows(
    lines: Sequence[Line], starts: Sequence[int], numbered: int | None, table: int
) -> list[Block]:
    """Return the rows that lines make up."""
    made: list[Block] = []
    cells: list[list[Line]] = []
    blank, before, page = True, set[int](), lines[0].origin.page if lines else None
    for at, line in enumerate(lines):
        parts = _parts(line.text)
        if line.origin.page != page:
            page = line.origin.page
            starts = _starts_on_page(lines[at:], starts)
        if not parts:
            blank = True
            continue
        placed = [(_column(start, starts), Line(text, line.origin)) for start, text in parts]
        if not cells or _opens(placed, numbered, blank, before):
            if cells:
                made.append(_row(cells, table, False))
            cells = [[] for _s in starts]
        for column, piece in placed:
            cells[column].append(piece)
        blank, before = False, {column for column, _piece in placed}
    return [*made, _row(cells, table, False)] if cells else made


def _starts_on_page(lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    """Return where the columns begin on a page of its own: where most pieces of its lines do."""
    counted: Counter[int] = Counter()
    for line in lines:
        if line.origin.page != lines[0].origin.page:
            break
        counted.update(start for start, _text in _parts(line.text))
    kept: list[int] = []
    for start, _count in counted.most_common():
        if all(abs(start - other) > _NEAR for other in kept):
            kept.append(start)
    return sorted(kept[: len(starts)]) if len(kept) >= len(starts) else list(starts)


def _column(start: int, starts: Sequence[int]) -> int:
    """Return the column in which a piece stands that begins at a place in its line."""
    return max((n for n, s in enumerate(starts) if s <= start + _NEAR), default=0)


def _opens(
    placed: Sequence[tuple[int, Line]], numbered: int | None, blank: bool, before: set[int]
) -> bool:
    """Return whether a line begins a row.

    A reference does, a new cell after a blank line, and two cells that begin side by side.
    """
    columns = {column for column, _line in placed}
    if numbered in columns or any(_bracketed(line.text) for _column, line in placed):
        return True
    if blank:
        small = any(line.text[:1].islower() for _column, line in placed)
        return not small and (numbered is None or len(columns) > 1)
    fresh = [n for n, line in placed if n not in before and not line.text[:1].islower()]
    return len(fresh) > 1


def _bracketed(text: str) -> bool:
    found = printed_reference(text)
    return bool(found and found[1])


def _row(cells: Sequence[Sequence[Line]], table: int, head: bool) -> Block:
    """Return a row of a table with these lines in its cells."""
    made = []
    for column, held in enumerate(cells):
        if held:
            text, marks = joined(held)
            made.append(Cell(text, marks, column))
    first = next(line for held in cells for line in held)
    text = "\t".join(cell.text for cell in made)
    return Block(
        text, ((0, first.origin),), BlockKind.ROW, table=table, cells=tuple(made), is_head=head
    )
