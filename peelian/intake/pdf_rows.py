"""Tables over pages: where one runs on, its headings repeated, a cell parted by the page's end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Cell, Line, Origin
from peelian.intake.pdf_grids import Grid, GridCell
from peelian.intake.pdf_groups import BULLET, ENDS
from peelian.intake.pdf_joining import Marks, Vocabulary, going_on, run_together
from peelian.intake.pdf_lines import PageLine

OriginOf = Callable[[int, PageLine, int | None, str], Origin]

# Points: as far as a column's border may move from one page to the next, a rule or white space.
NEAR, LOOSELY = 8.0, 40.0
_PERIOD = expression(r"\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b|\bQ[1-4]\b|£\s?000")
_NOTHING = expression(r"(?!)")
_FIGURE = expression(r"\W{0,3}\d[\d,.]{0,14}\s?(?:%|[a-z]{1,8})?\)?")


@dataclass
class SheetCell:
    """A cell of a table as it grows: its lines with their pages."""

    column: int
    span: int
    lines: list[tuple[int, PageLine]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its words in one line."""
        return " ".join(line.text for _page, line in self.lines)


@dataclass
class SheetRow:
    """A row of a table; `page` is where it begins."""

    page: int
    cells: list[SheetCell]
    is_head: bool = False

    def at(self, column: int) -> SheetCell | None:
        """Return the cell that begins in a column and has words."""
        return next((c for c in self.cells if c.column == column and c.lines), None)


@dataclass
class Sheet:
    """A table, joined across the pages over which it runs."""

    number: int
    edges: list[float]
    rows: list[SheetRow]
    last_page: int
    loose: bool = False  # white space alone parts its columns

    def goes_on(self, page: int, grid: Grid) -> bool:
        """Take the part of the table that the next page holds; False if it is not this one's."""
        if page != self.last_page + 1:
            return False
        columns = _fitting(self.edges, grid.edges, grid.loose)
        if len(grid.rows) == 1 and grid.otherwise:
            columns = self._under(grid)
        if columns is None:
            return False
        rows = _rows(page, grid, columns)
        known = [_plain(row) for row in self.rows[:3]]
        heads = 0
        while (
            heads < min(len(rows), 3) and heads < len(known) and _plain(rows[heads]) == known[heads]
        ):
            heads += 1
        if not heads and [e for e in _heads(rows) if e] and len(rows) > 1:
            return False  # headings of its own: another table
        for row in self.rows[:heads]:
            row.is_head = True
        rows = rows[heads:]
        if rows and self.rows and not self.rows[-1].is_head and self._runs_on(rows[0]):
            self._join(rows.pop(0))
        self.rows += rows
        self.last_page = page
        return True

    def take_lines(self, page: int, lines: Sequence[PageLine]) -> bool:
        """Take lines that are the rest of the last row's last cell; False if they are not."""
        last = next((c for c in reversed(self.rows[-1].cells) if c.lines), None)
        if last is None or last.column == 0:
            return False
        left, right = self.edges[last.column], self.edges[last.column + last.span]
        within = all(left - 2 <= b.left and b.right <= right + 30 for b in lines)
        begins = lines[0].text.lstrip("“‘(")[:1]
        if not within or not begins.islower() or ENDS.search(last.text):
            return False
        last.lines += [(page, line) for line in lines]
        return True

    def _under(self, grid: Grid) -> list[int] | None:
        """Return the columns in which the cells of one row stand, None if it is no row of ours."""
        last = next((c.lines[0][1] for c in self.rows[-1].cells if c.lines), None)
        columns: list[int] = []
        for cell in grid.rows[0]:
            left = min(line.left for line in cell.lines)
            right = max(line.right for line in cell.lines)
            at = bisect_right(self.edges, left + 1) - 1
            size = cell.lines[0].size
            alike = last is not None and abs(size - last.size) < 0.05 * size
            # The end of the last column is only as far as its words have reached until now.
            ends = at + 2 == len(self.edges) or (
                at + 1 < len(self.edges) and right < self.edges[at + 1]
            )
            if at < 0 or not ends or not alike or (columns and at <= columns[-1]):
                return None
            columns.append(at)
        return [*columns, columns[-1] + 1] if self.loose else None

    def _above(self, column: int) -> SheetCell | None:
        return next((c for row in reversed(self.rows) if (c := row.at(column))), None)

    def _runs_on(self, row: SheetRow) -> bool:
        """Return whether a page's first row is the rest of the row before."""
        held = [c for c in row.cells if c.lines]
        last = self.rows[-1]
        for cell in held:
            above = self._above(cell.column)
            begins = cell.text.lstrip("“‘(")[:1]
            if above and begins.islower() and not ENDS.search(above.text):
                return True
        full = sum(bool(c.lines) for c in last.cells)
        first = next((c.column for c in last.cells if c.lines), 0)
        sparse = 2 * len(held) <= full
        return sparse and not row.at(first) and all(last.at(c.column) for c in held)

    def _join(self, row: SheetRow) -> None:
        for cell in row.cells:
            if cell.lines:
                above = self.rows[-1].at(cell.column) or self._above(cell.column)
                if above:
                    above.lines += cell.lines
                else:
                    self.rows[-1].cells.append(cell)


def sheet(number: int, page: int, grid: Grid) -> Sheet:
    """Return the table that begins with this part of it."""
    rows = _rows(page, grid, list(range(len(grid.edges))))
    for row, head in zip(rows, _heads(rows), strict=False):
        row.is_head = head
    heads = sum(row.is_head for row in rows)
    if heads > 1 and any(c.span > 1 for row in rows[: heads - 1] for c in row.cells):
        rows[:heads] = [_one_head(rows[:heads])]
    return Sheet(number, grid.edges, rows, page, grid.loose)


def _one_head(heads: Sequence[SheetRow]) -> SheetRow:
    """Return headings that stand over headings as one row: each column with all that is over it."""
    columns = sorted({c.column for row in heads for c in row.cells})
    cells = []
    for column in columns:
        over = [c for row in heads for c in row.cells if c.column <= column < c.column + c.span]
        cells.append(SheetCell(column, 1, [line for c in over for line in c.lines]))
    return SheetRow(heads[0].page, cells, True)


def _rows(page: int, grid: Grid, columns: list[int]) -> list[SheetRow]:
    made = []
    for row in grid.rows:
        cells = [_cell(page, cell, columns) for cell in row]
        made.append(SheetRow(page, cells))
    return made


def _cell(page: int, cell: GridCell, columns: list[int]) -> SheetCell:
    end = min(cell.column + cell.span, len(columns) - 1)
    span = max(columns[end] - columns[cell.column], 1)
    return SheetCell(columns[cell.column], span, [(page, line) for line in cell.lines])


def _plain(row: SheetRow) -> str:
    return "|".join("".join(c.text.casefold().split()) for c in row.cells if c.lines)


def _fitting(known: Sequence[float], edges: Sequence[float], loose: bool) -> list[int] | None:
    """Return for each border of a page's part which of the table's it is; None if one is not."""
    near = LOOSELY if loose and len(known) == len(edges) else NEAR
    if abs(known[0] - edges[0]) > near or abs(known[-1] - edges[-1]) > near:
        shift = known[0] - edges[0]  # facing pages may have margins of their own
        if abs(known[-1] - edges[-1] - shift) > near:
            return None
        edges = [e + shift for e in edges]
    made = []
    for edge in edges:
        at, off = min(((i, abs(k - edge)) for i, k in enumerate(known)), key=lambda p: p[1])
        if off > near or at in made:
            return None
        made.append(at)
    return made


def _heads(rows: Sequence[SheetRow]) -> list[bool]:
    """Return which of the first rows are column headings: bold where the rest is not."""
    bold = [
        all(line.bold for c in row.cells for _p, line in c.lines)
        and any(c.lines for c in row.cells)
        for row in rows
    ]
    if all(bold) or not bold[0]:
        return [len(rows) > 2 and _reads_as_head(rows)] + [False] * (len(rows) - 1)
    heads = []
    for row, is_bold in zip(rows[:3], bold, strict=False):
        held = sum(bool(c.lines) for c in row.cells)
        if not is_bold or held < 2:
            break
        heads.append(True)
    return heads + [False] * (len(rows) - len(heads))


def _reads_as_head(rows: Sequence[SheetRow]) -> bool:
    """Return whether a first row only names what stands below: short words over figures."""
    first = [c.text for c in rows[0].cells]
    first = first[1:] if not first[0] else first  # nothing stands over the names of the rows
    if any(not t or len(t) > 40 or ENDS.search(t) for t in first) or len(set(first)) < len(first):
        return False
    periods = _PERIOD if len(rows[0].cells) > 2 else _NOTHING
    if any(c.isdigit() for t in first for c in periods.sub("", t)):
        return False
    figures = 0
    for cell in rows[0].cells:
        below = [c.text for row in rows[1:] if (c := row.at(cell.column))]
        numeric = sum(bool(_FIGURE.fullmatch(t)) for t in below)
        long = sum(len(t) > 45 for t in below)
        figures += bool(below) and 3 * max(numeric, long) >= 2 * len(below)
    return figures > 0


# ---- rows as blocks ----


def row_blocks(table: Sheet, origin_of: OriginOf, known: Vocabulary) -> list[Block]:
    """Return the rows of a table as blocks; `origin_of` tells where a line stands."""
    made = []
    for number, row in enumerate(table.rows, 1):
        cells = []
        fallback: Origin | None = None
        for cell in row.cells:
            for page, line in cell.lines:
                fallback = fallback or origin_of(page, line, table.number, "")
        if fallback is None:
            continue
        for cell in row.cells:
            name = _name(cell.column, number)
            lines = [(line, origin_of(p, line, table.number, name)) for p, line in cell.lines]
            text, marks = cell_text(lines, known)
            marks = marks or ((0, fallback),)
            text = text.replace("\n", " ") if row.is_head else text
            cells.append(Cell(text, marks, cell.column, cell.span))
        text, marks = _together(cells)
        made.append(
            Block(
                text,
                marks,
                BlockKind.ROW,
                table=table.number,
                cells=tuple(cells),
                is_head=row.is_head,
            )
        )
    return made


def _name(column: int, row: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _together(cells: Sequence[Cell]) -> tuple[str, Marks]:
    text = ""
    marks: list[tuple[int, Origin]] = []
    for n, cell in enumerate(cells):
        text += "\t" if n else ""
        if cell.text or not marks:
            marks += [(len(text) + offset, origin) for offset, origin in cell.marks]
        text += cell.text
    return text, tuple(marks)


def cell_text(lines: Sequence[tuple[PageLine, Origin]], known: Vocabulary) -> tuple[str, Marks]:
    """Return a cell's text, a line for each of its paragraphs, and where its lines stand."""
    groups: list[list[tuple[PageLine, Origin]]] = []
    for line, origin in lines:
        if not groups or _begins(groups[-1], line, origin, lines):
            groups.append([])
        groups[-1].append((line, origin))
    text = ""
    marks: list[tuple[int, Origin]] = []
    for group in groups:
        said = [Line(line.text, origin) for line, origin in group]
        part, places = run_together(said, known, going_on([line for line, _origin in group]))
        text += "\n" if text else ""
        marks += [(len(text) + offset, origin) for offset, origin in places]
        text += part
    return text, tuple(marks)


def _begins(
    group: Sequence[tuple[PageLine, Origin]],
    line: PageLine,
    origin: Origin,
    every: Sequence[tuple[PageLine, Origin]],
) -> bool:
    before, was = group[-1]
    if before.goes_on_in(line):
        return False
    if BULLET.match(line.text):
        return True
    if was.page != origin.page:
        return bool(ENDS.search(before.text)) and not line.text[:1].islower()
    if line.base - before.base > 1.5 * max(line.size, before.size):
        return True
    reach = max(one.right for one, _origin in every)
    room = reach - before.right > line.words[0].right - line.words[0].left + 0.6 * line.size
    return room and not line.text[:1].islower()
