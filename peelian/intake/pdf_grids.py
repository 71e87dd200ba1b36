"""Tables by their rules: what lines and filled grounds make of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from peelian.intake.pdf_drawing import THIN, Box, Drawing
from peelian.intake.pdf_lines import PageLine, segments, whole_lines
from peelian.intake.pdf_words import Word

SNAP = 3.0  # points: rules nearer than this are one
REACH = 60.0  # how far from a table's last rule a row of it may end
FAR_REACH = 500.0  # and one that has words in two of its columns
MOST_EDGES = 8_000
MOST_COLUMNS = 60
MOST_ROWS = 400


@dataclass(slots=True)
class GridCell:
    """A cell: where it begins, how many columns it covers, its lines."""

    column: int
    span: int
    words: list[Word] = field(default_factory=list)
    lines: list[PageLine] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table on one page. `edges` are its columns' borders, `levels` its rows'.

    `otherwise` are the lines that it is, if it does not go on with a table of the page before.
    """

    box: Box
    edges: list[float]
    levels: list[float]
    rows: list[list[GridCell]]
    owners: list[GridCell] = field(default_factory=list, repr=False)  # by place, row after row
    loose: bool = False  # white space alone parts its columns
    otherwise: list[PageLine] = field(default_factory=list)


@dataclass(slots=True)
class _Edge:
    at: float
    low: float
    high: float
    filled: bool = False  # the side of a filled ground, no rule


def ruled(drawn: Drawing, words: Sequence[Word]) -> list[Grid]:
    """Return the tables whose columns are parted by rules or grounds, with the words in them."""
    across, down = _edges(drawn, words)
    grids: list[Grid] = []
    for level, upright in sorted(_components(across, down), key=lambda part: part[0][0].at):
        _extend(level, upright, across, words)
        grid = _grid(level, upright)
        if grid and any(_inside(grid.box, other.box) for other in grids):
            continue  # what a table has been extended over
        if grid:
            grids.append(grid)
    for grid in grids:
        _fill(grid, words)
    return [grid for grid in grids if _is_table(grid)]


def level_rules(drawn: Drawing) -> list[Box]:
    """Return the level rules of a page, from the top, pieces in one line joined."""
    edges = [
        _Edge((b.top + b.bottom) / 2, b.left, b.right)
        for b in drawn.rules[:MOST_EDGES]
        if b.bottom - b.top <= THIN < b.right - b.left
    ]
    whole = [e for e in _joined(edges) if e.high - e.low > 60]
    return [Box(e.low, e.at, e.high, e.at) for e in sorted(whole, key=lambda e: e.at)][:2_000]


def _edges(drawn: Drawing, words: Sequence[Word]) -> tuple[list[_Edge], list[_Edge]]:
    across: list[_Edge] = []
    down: list[_Edge] = []
    for box in drawn.rules[:MOST_EDGES]:
        wide, high = box.right - box.left, box.bottom - box.top
        if high <= THIN and wide > high and wide > 4:
            across.append(_Edge((box.top + box.bottom) / 2, box.left, box.right))
        elif wide <= THIN and high > 4:
            down.append(_Edge((box.left + box.right) / 2, box.top, box.bottom))
    for ground in drawn.grounds[:MOST_EDGES]:
        box = ground.box
        wide, high = box.right - box.left, box.bottom - box.top
        if ground.colour is None or ground.colour == (255, 255, 255) or wide < 10:
            continue
        if 6 < high < 300 and len(drawn.grounds) < 2000 and _holds_any(box, words):
            across += [_Edge(y, box.left, box.right, True) for y in (box.top, box.bottom)]
            down += [_Edge(x, box.top, box.bottom, True) for x in (box.left, box.right)]
    return _joined(across), _joined(down)


def _holds_any(box: Box, words: Sequence[Word]) -> bool:
    return any(box.holds((w.left + w.right) / 2, (w.top + w.bottom) / 2) for w in words)


def _joined(edges: list[_Edge]) -> list[_Edge]:
    """Return edges on one line, and touching, as one."""
    grouped: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda e: e.at):
        if grouped and edge.at - grouped[-1][0].at <= SNAP:
            grouped[-1].append(edge)
        else:
            grouped.append([edge])
    made: list[_Edge] = []
    for group in grouped:
        at = sum(e.at for e in group) / len(group)
        last: _Edge | None = None
        for edge in sorted(group, key=lambda e: e.low):
            if last and edge.low <= last.high + SNAP:
                last.high = max(last.high, edge.high)
                last.filled = last.filled and edge.filled
            else:
                last = _Edge(at, edge.low, edge.high, edge.filled)
                made.append(last)
    return made


def _components(across: list[_Edge], down: list[_Edge]) -> list[tuple[list[_Edge], list[_Edge]]]:
    """Return the edges that touch one another, apart from those that do not."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    budget = 4_000_000
    for j, upright in enumerate(down, len(across)):
        for i, level in enumerate(across):
            budget -= 1
            meets = (
                level.low - SNAP <= upright.at <= level.high + SNAP
                and upright.low - SNAP <= level.at <= upright.high + SNAP
            )
            if meets:
                parent[root(i)] = root(j)
        if budget < 0:
            return []
    parts: dict[int, tuple[list[_Edge], list[_Edge]]] = defaultdict(lambda: ([], []))
    for i, edge in enumerate([*across, *down]):
        parts[root(i)][i >= len(across)].append(edge)
    return [part for part in parts.values() if part[0] and part[1]]


def _extend(
    level: list[_Edge], upright: list[_Edge], across: Sequence[_Edge], words: Sequence[Word]
) -> None:
    """Take in the rows beyond that only a rule or ground as wide as the table bounds."""
    left, right = min(e.at for e in upright), max(e.at for e in upright)
    if len(upright) < 3:
        return
    alike = [e for e in across if abs(e.low - left) < 2 * SNAP and abs(e.high - right) < 2 * SNAP][
        :MOST_ROWS
    ]
    inner = {round(e.at) for e in upright} - {round(left), round(right)}
    for _time in range(MOST_ROWS):
        top = min(min(e.at for e in level), min(e.low for e in upright))
        bottom = max(max(e.at for e in level), max(e.high for e in upright))
        for edge, least in _beyond(alike, top, bottom):
            above = edge.at < top
            gap = Box(left, *((edge.at, right, top) if above else (bottom, right, edge.at)))
            held = [w for w in words if gap.holds((w.left + w.right) / 2, (w.top + w.bottom) / 2)]
            if not _is_row(held, inner) or len({_column(w, inner) for w in held}) < least:
                continue
            level.append(edge)
            for each in upright:
                if above and each.low <= top + SNAP:
                    each.low = edge.at
                elif not above and each.high >= bottom - SNAP:
                    each.high = edge.at
            break
        else:
            break
    if all(e.filled for e in upright):
        _extend_by_words(level, upright, words)


def _beyond(edges: Sequence[_Edge], top: float, bottom: float) -> Iterator[tuple[_Edge, int]]:
    """Yield the edges outside a table that may bound a row of it, the nearest first.

    With each is told in how many columns a row that ends there has words at least.
    """
    reached = {True: False, False: False}
    for edge in sorted(edges, key=lambda e: max(top - e.at, e.at - bottom)):
        away = max(top - edge.at, edge.at - bottom)
        above = edge.at < top
        if SNAP < away < REACH:
            yield edge, 1
        elif REACH <= away < FAR_REACH and not reached[above]:
            yield edge, 2
        reached[above] = reached[above] or away > SNAP


def _column(word: Word, inner: set[int]) -> int:
    return sum(x < (word.left + word.right) / 2 for x in inner)


def _is_row(words: Sequence[Word], inner: set[int]) -> bool:
    """Return whether words are one row of a table: of one size, close, none over two columns."""
    sizes = [w.size for w in words]
    if not words or max(sizes) > 1.15 * min(sizes):
        return False
    bases = sorted({w.base for w in words})
    close = all(b - a < 1.6 * max(sizes) for a, b in pairwise(bases))
    return close and not any(w.left < x - 1 and w.right > x + 1 for w in words for x in inner)


def _extend_by_words(level: list[_Edge], upright: list[_Edge], words: Sequence[Word]) -> None:
    """Take in the row before and after that has no ground where every second row has one."""
    places = sorted({e.at for e in upright})
    ats = sorted({e.at for e in level})
    tall = 1.3 * max((b - a for a, b in pairwise(ats)), default=0.0)
    for above in (True, False):
        edge = ats[0] if above else ats[-1]
        low, high = (edge - tall, edge) if above else (edge, edge + tall)
        near = Box(places[0], low, places[-1], high)
        held = [w for w in words if near.holds((w.left + w.right) / 2, (w.top + w.bottom) / 2)]
        parts = segments(held) if held else []
        columns = [bisect_right(places, p.left + 1) for p in parts]
        fits = all(p.right < places[c] + 1 for p, c in zip(parts, columns, strict=True))
        if len(set(columns)) < max(2, len(parts)) or not fits:
            continue
        at = min(p.top for p in parts) - 1 if above else max(p.bottom for p in parts) + 1
        level.append(_Edge(at, places[0], places[-1]))
        for each in upright:
            each.low, each.high = min(each.low, at), max(each.high, at)


def _inside(box: Box, other: Box) -> bool:
    return other.holds(box.left, box.top, SNAP) and other.holds(box.right, box.bottom, SNAP)


def _places(values: Iterable[float]) -> list[float]:
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > SNAP:
            made.append(value)
    return made


def _grid(across: list[_Edge], down: list[_Edge]) -> Grid | None:
    """Return the cells that edges make: neighbours with nothing between them are one."""
    xs = _places([e.at for e in down] + [e.low for e in across] + [e.high for e in across])
    ys = _places([e.at for e in across] + [e.low for e in down] + [e.high for e in down])
    wide, high = len(xs) - 1, len(ys) - 1
    if not (1 <= wide <= MOST_COLUMNS and 1 <= high <= MOST_ROWS) or wide * high < 2:
        return None
    parent = list(range(wide * high))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    upright, level = _by_place(down), _by_place(across)
    for r in range(high):
        for c in range(wide):
            here = r * wide + c
            if c + 1 < wide and not _covered(upright, xs[c + 1], ys[r], ys[r + 1]):
                parent[root(here + 1)] = root(here)
            if r + 1 < high and not _covered(level, ys[r + 1], xs[c], xs[c + 1]):
                parent[root(here + wide)] = root(here)
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(wide * high):
        members[root(i)].append(i)
    rows: list[list[GridCell]] = [[] for _ in range(high)]
    owners: list[GridCell] = [GridCell(0, 1)] * (wide * high)
    for cells in members.values():
        columns, downs = [i % wide for i in cells], [i // wide for i in cells]
        cell = GridCell(min(columns), max(columns) - min(columns) + 1)
        rows[min(downs)].append(cell)
        for i in cells:
            owners[i] = cell
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys, rows, owners)


def _fill(grid: Grid, words: Sequence[Word]) -> None:
    """Put the words into their cells, and take out rows and columns that hold none."""
    wide = len(grid.edges) - 1
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if grid.box.holds(x, y):
            column = min(max(bisect_right(grid.edges, x) - 1, 0), wide - 1)
            level = min(max(bisect_right(grid.levels, y) - 1, 0), len(grid.rows) - 1)
            grid.owners[level * wide + column].words.append(word)
    for row in grid.rows:
        row[:] = [part for cell in row for part in _parted(cell, grid.edges)]
    used = sorted({c.column for row in grid.rows for c in row if c.words})
    for row in grid.rows:
        row[:] = [c for c in sorted(row, key=lambda c: c.column) if c.column in used]
        for cell in row:
            cell.span = sum(cell.column <= u < cell.column + cell.span for u in used)
            cell.column = used.index(cell.column)
            cell.lines = whole_lines(cell.words)
    grid.rows = [row for row in grid.rows if any(c.words for c in row)]
    grid.edges = [grid.edges[u] for u in used] + grid.edges[-1:]


def _parted(cell: GridCell, edges: Sequence[float]) -> list[GridCell]:
    """Return the cells that a cell over columns is, if its words stand in them as in others."""
    if cell.span < 2 or len(cell.words) < 2:
        return [cell]
    parts = segments(cell.words)
    columns = [bisect_right(edges, part.left + 1) - 1 for part in parts]
    fits = all(p.right < edges[c + 1] + 1 for p, c in zip(parts, columns, strict=True))
    rest = parts[0].text[:1].islower()  # of a cell that began on the page before
    if not fits or (len(set(columns)) < 2 and not rest):
        return [cell]
    made = [GridCell(cell.column + n, 1) for n in range(cell.span)]
    for part, column in zip(parts, columns, strict=True):
        made[column - cell.column].words += part.words
    return made


def _is_table(grid: Grid) -> bool:
    return len(grid.edges) > 2 and any(sum(bool(c.words) for c in row) > 1 for row in grid.rows)


def _by_place(edges: list[_Edge]) -> dict[int, list[_Edge]]:
    kept: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        for near in {int((edge.at - SNAP) // 10), int((edge.at + SNAP) // 10)}:
            kept[near].append(edge)
    return kept


def _covered(edges: dict[int, list[_Edge]], at: float, low: float, high: float) -> bool:
    """Return whether edges run along most of a border."""
    length = sum(
        max(0.0, min(e.high, high) - max(e.low, low))
        for e in edges.get(int(at // 10), ())
        if abs(e.at - at) <= SNAP
    )
    return length >= 0.6 * (high - low)
