"""A page's words in reading order: columns one after the other, tables apart, margins beside."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from peelian.intake.pdf_drawing import Box, Drawing
from peelian.intake.pdf_grids import Grid, GridCell, level_rules, ruled
from peelian.intake.pdf_lines import Gutters, PageLine, merged, segments, whole_lines
from peelian.intake.pdf_words import Word

MOST_TABLE_LINES = 6  # of a cell, on the average, where nothing but white space makes a table
_NUMBERED = re.compile(r"\(?(?:\d{1,4}(?:\.\d{1,3})*|[A-Z]\.?\d{0,2}|[ivx]{1,5}|[a-z])[.)]?\)?")


@dataclass(slots=True)
class Stack:
    """Lines that stand one under another. `margin`: headings beside what they are headings of;
    `whole`: a large figure with what it counts.
    """

    lines: list[PageLine]
    left: float
    right: float
    margin: bool = False
    whole: bool = False


Part = Stack | Grid
_Thing = PageLine | Grid


def laid_out(words: Sequence[Word], drawn: Drawing) -> list[Part]:
    """Return the parts of a page in the order in which they are read."""
    grids = ruled(drawn, words)
    rest = _outside(words, grids)
    halves = _half_ruled(level_rules(drawn), grids, rest)
    rest = _outside(rest, halves)
    things: list[_Thing] = [*segments(rest), *grids, *halves]
    return _ordered(things)


def _outside(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    if not grids:
        return list(words)
    return [
        w
        for w in words
        if not any(g.box.holds((w.left + w.right) / 2, (w.top + w.bottom) / 2) for g in grids)
    ]


def _box(thing: _Thing) -> Box:
    return thing.box


# ---- bands: what stands in the same columns, from the top of the page ----


def _ordered(things: list[_Thing]) -> list[Part]:
    parts: list[Part] = []
    for band, gutters in _bands(things):
        if not gutters.gaps:
            parts += _stacked(band)
        else:
            parts += _columns(band, gutters)
    return parts


def _levels(things: Sequence[_Thing]) -> list[list[_Thing]]:
    """Return things by rows: those that overlap for most of their height stand in one."""
    made: list[list[_Thing]] = []
    reach = 0.0
    for thing in sorted(things, key=lambda t: (_box(t).top + _box(t).bottom) / 2):
        box = _box(thing)
        middle = (box.top + box.bottom) / 2
        if made and middle < reach and not isinstance(thing, Grid):
            made[-1].append(thing)
            reach = max(reach, box.bottom - 0.3 * (box.bottom - box.top))
        else:
            made.append([thing])
            reach = box.bottom - 0.3 * (box.bottom - box.top)
    return made


def _bands(things: list[_Thing]) -> list[tuple[list[_Thing], Gutters]]:
    """Return runs of rows with the white stretches that run down through all of each run."""
    bands: list[tuple[list[list[_Thing]], Gutters]] = []
    for level in _levels(things):
        if bands:
            rows, gutters = bands[-1]
            both = [_box(t) for row in [*rows, level] for t in row]
            shared = Gutters.between(both, _least(level))
            alone = Gutters.between([_box(t) for t in level], _least(level))
            kept = bool(shared.gaps) or not (gutters.gaps or alone.gaps)
            # A row with a gap of its own begins a band where the rows before had none.
            if kept and (gutters.gaps or not alone.gaps) and not _far(rows[-1], level, gutters):
                bands[-1] = ([*rows, level], shared)
                continue
        own = Gutters.between([_box(t) for t in level], _least(level))
        bands.append(([level], own))
    return [([t for row in rows for t in row], _settled(rows, g)) for rows, g in bands]


def _far(before: Sequence[_Thing], level: Sequence[_Thing], gutters: Gutters) -> bool:
    """Return whether a row lies so far below columns that it is no longer of them."""
    if not gutters.gaps:
        return False
    gap = min(_box(t).top for t in level) - max(_box(t).bottom for t in before)
    high = max(_box(t).bottom - _box(t).top for t in before if isinstance(t, PageLine) or True)
    return gap > max(6 * min(high, 20), 60) and len(level) < 2


def _least(level: Sequence[_Thing]) -> float:
    sizes = [t.size for t in level if isinstance(t, PageLine)]
    return max(0.7 * min(sizes), 5.0) if sizes else 8.0


def _settled(rows: list[list[_Thing]], gutters: Gutters) -> Gutters:
    """Return the gutters that hold for a band: one row alone has none, nor has a list's dots."""
    beside = sum(len(row) > 1 for row in rows)
    dotted = any(isinstance(t, PageLine) and t.leads for row in rows for t in row)
    return gutters if beside >= 2 and not dotted else Gutters()


def _stacked(band: list[_Thing]) -> list[Part]:
    """Return things without columns: lines joined across, tables between them."""
    parts: list[Part] = []
    run: list[PageLine] = []
    for thing in sorted(band, key=lambda t: _box(t).top):
        if isinstance(thing, Grid):
            if run:
                parts.append(_stack(merged(run)))
            parts.append(thing)
            run = []
        else:
            run.append(thing)
    if run:
        parts.append(_stack(merged(run)))
    return parts


def _stack(lines: list[PageLine], margin: bool = False) -> Stack:
    return Stack(lines, min(b.left for b in lines), max(b.right for b in lines), margin)


# ---- columns: prose, margins, or a table that only white space makes ----


def _columns(band: list[_Thing], gutters: Gutters) -> list[Part]:
    columns: list[list[_Thing]] = [[] for _ in range(len(gutters.gaps) + 1)]
    for thing in band:
        box = _box(thing)
        columns[gutters.column((box.left + box.right) / 2)].append(thing)
    lines = [[t for t in column if isinstance(t, PageLine)] for column in columns]
    if all(lines) and not any(isinstance(t, Grid) for t in band):
        if _big_numbers(lines):
            return [replace(_stack(merged(column)), whole=True) for column in lines]
        margin = _margin(lines)
        if margin:
            return margin
        if not _is_prose(lines, gutters):
            return _white_table(band, gutters)
    return [part for column in columns for part in _ordered_column(column)]


def _ordered_column(column: list[_Thing]) -> list[Part]:
    return _ordered(column) if column else []


def _big_numbers(columns: list[list[PageLine]]) -> bool:
    """Return whether each column is a large figure over what it counts."""
    for column in columns:
        first, *rest = sorted(column, key=lambda b: b.top)
        if not rest or first.size < 1.4 * max(b.size for b in rest):
            return False
    return True


def _fullness(columns: list[list[PageLine]], gutters: Gutters) -> list[float]:
    """Return how far the lines of each column fill it, in the middle."""
    left = min(b.left for c in columns for b in c)
    right = max(b.right for c in columns for b in c)
    edges = [left, *((a + b) / 2 for a, b in gutters.gaps), right]
    return [
        statistics.median((b.right - b.left) / max(edges[i + 1] - edges[i], 1) for b in column)
        for i, column in enumerate(columns)
    ]


def _is_prose(columns: list[list[PageLine]], gutters: Gutters) -> bool:
    """Return whether columns are read one after the other: their lines fill them."""
    full = _fullness(columns, gutters)
    widths = [max(b.right for b in c) - min(b.left for b in c) for c in columns]
    long = all(statistics.mean(len(b.text) for b in c) > 18 for c in columns)
    even = min(widths) > 0.5 * max(widths)
    most = max(len(c) for c in columns)
    if len(columns) == 2 and even and long and most >= 4:
        return min(full) > 0.55 or most > 12
    return even and long and most >= 4 and min(full) > 0.75


def _margin(columns: list[list[PageLine]]) -> list[Part]:
    """Return numbered headings, each followed by what stands beside it; else nothing."""
    heads = [b for column in columns[:-1] for b in column]
    body = columns[-1]
    width = max(b.right for b in body) - min(b.left for b in heads)
    narrow = max(b.right for b in heads) - min(b.left for b in heads) < 0.42 * width
    if len(columns) > 3 or not narrow or not heads:
        return []
    starts = _starts(columns[0])
    numbered = sum(bool(_NUMBERED.fullmatch(s.words[0].text)) for s in starts)
    many = len(merged(body)) / max(len(starts), 1)
    if 2 * numbered < len(starts) or many < 2.5:
        return []
    if len(columns) == 3 and max(b.right - b.left for b in columns[0]) > 0.15 * width:
        return []
    parts: list[Part] = []
    edges = [s.top - 0.5 * s.size for s in starts]
    for n, edge in enumerate([float("-inf"), *edges]):
        end = edges[n] if n < len(edges) else float("inf")
        beside = [b for b in heads if edge <= b.top < end]
        under: list[_Thing] = [b for b in body if edge <= b.top < end]
        if beside:
            parts.append(_stack(_across(beside, columns[0]), margin=True))
        if under:
            parts += _ordered(under)
    return parts


def _across(beside: list[PageLine], first: list[PageLine]) -> list[PageLine]:
    """Return the lines of a heading, with its number before the first of them."""
    lines = merged(beside)
    return lines if lines else first


def _starts(column: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines of a narrow column with which something new begins there."""
    made: list[PageLine] = []
    before: PageLine | None = None
    for line in merged(column):
        new = before is None or line.base - before.base > 1.7 * max(line.size, before.size)
        if new or _NUMBERED.fullmatch(line.words[0].text):
            made.append(line)
        before = line
    return made


# ---- tables without upright rules ----


def _white_table(band: list[_Thing], gutters: Gutters) -> list[Part]:
    """Return the table that lines make by standing in columns, what is no row of it apart."""
    levels = [[t for t in row if isinstance(t, PageLine)] for row in _levels(band)]
    size = statistics.median(b.size for row in levels for b in row)
    while levels and len(levels[0]) < 2:
        levels.pop(0)
    while levels and len(levels[-1]) < 2 and not _wraps(levels, size):
        levels.pop()
    lines = [b for row in levels for b in row]
    rows = text_rows(lines, gutters)
    full = sum(len({gutters.column((b.left + b.right) / 2) for b in row}) > 1 for row in rows)
    tall = statistics.mean(len(merged(row)) for row in rows) if rows else 0
    if len(rows) < 3 or full < 0.6 * len(rows) or tall > MOST_TABLE_LINES:
        return _stacked(band)
    kept = {id(b) for b in lines}
    rest = [t for t in band if id(t) not in kept]
    above = [t for t in rest if _box(t).top < lines[0].top]
    below = [t for t in rest if _box(t).top >= lines[0].top]
    return [*_stacked(above), _white_grid(rows, gutters), *_stacked(below)]


def _wraps(levels: list[list[PageLine]], size: float) -> bool:
    """Return whether the last line of a table's cell is all that its last row is."""
    if len(levels) < 2:
        return False
    last = levels[-1][0]
    return last.base - levels[-2][0].base < 1.5 * size and abs(last.size - size) < 0.1 * size


def _white_grid(rows: list[list[PageLine]], gutters: Gutters) -> Grid:
    lines = [b for row in rows for b in row]
    box = Box(
        min(b.left for b in lines),
        min(b.top for b in lines),
        max(b.right for b in lines),
        max(b.bottom for b in lines),
    )
    edges = [box.left, *((a + b) / 2 for a, b in gutters.gaps), box.right]
    made = []
    for row in rows:
        cells: dict[int, GridCell] = {}
        for line in row:
            column = gutters.column(line.left + 0.1)
            last = gutters.column(line.right - 0.1)
            cell = cells.setdefault(column, GridCell(column, 1))
            cell.span = max(cell.span, last - column + 1)
            cell.words += line.words
        covered = {c for cell in cells.values() for c in range(cell.column, cell.column + cell.span)}
        for column in range(len(edges) - 1):
            if column not in covered:
                cells[column] = GridCell(column, 1)
        for cell in cells.values():
            cell.lines = whole_lines(cell.words)
        made.append(sorted(cells.values(), key=lambda c: c.column))
    levels = [min(b.top for b in row) for row in rows] + [box.bottom]
    return Grid(box, edges, levels, made)


def text_rows(lines: Sequence[PageLine], gutters: Gutters) -> list[list[PageLine]]:
    """Return lines by the rows of the table they make, where no rule parts them.

    A row begins where the first column and at least half of all have words, or below a gap.
    """
    wide = len(gutters.gaps) + 1
    visual: list[list[PageLine]] = []
    for line in sorted(lines, key=lambda b: b.base):
        if visual and line.base - visual[-1][0].base < 0.4 * line.size:
            visual[-1].append(line)
        else:
            visual.append([line])
    steps = [b[0].base - a[0].base for a, b in zip(visual, visual[1:], strict=False)]
    step = min(steps, default=0.0)
    close = statistics.median([s for s in steps if s < 1.4 * step] or [0.0])
    spaced = bool(steps) and sum(s > 1.25 * close for s in steps) >= 2
    rows: list[list[PageLine]] = []
    for row, above in zip(visual, [0.0, *steps], strict=False):
        held = {gutters.column((b.left + b.right) / 2) for b in row}
        starts = 0 in held and 2 * len(held) >= wide and len(held) > 1
        if not rows or (above > 1.25 * close if spaced else starts):
            rows.append([])
        rows[-1] += row
    return rows


def _half_ruled(rules: list[Box], grids: list[Grid], words: Sequence[Word]) -> list[Grid]:
    """Return the tables whose rows alone are ruled: white stretches part their columns."""
    groups: list[list[Box]] = []
    for rule in rules:
        if any(g.box.holds((rule.left + rule.right) / 2, rule.top, 3) for g in grids):
            continue
        for group in groups:
            last = group[-1]
            alike = abs(last.left - rule.left) < 6 and abs(last.right - rule.right) < 6
            if alike and rule.top - last.top < 260:
                if rule.top - last.top > 4:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    made = []
    for group in groups:
        if len(group) >= 3:
            grid = _between(group, words)
            if grid and not any(_meet(grid.box, other.box) for other in made):
                made.append(grid)
    return made


def _meet(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _between(rules: list[Box], words: Sequence[Word]) -> Grid | None:
    area = Box(rules[0].left, rules[0].top, rules[0].right, rules[-1].bottom)
    held = [w for w in words if area.holds((w.left + w.right) / 2, (w.top + w.bottom) / 2, 1)]
    lines = segments(held)
    strips: list[list[PageLine]] = []
    for above, below in zip(rules, rules[1:], strict=False):
        strips.append([b for b in lines if above.top < (b.top + b.bottom) / 2 < below.top])
    strips = [strip for strip in strips if strip]
    while strips and len(strips[0]) < 2:  # a heading between two rules
        strips.pop(0)
    if len(strips) < 2:
        return None
    single = [s for strip in strips if len(strip) > 1 for s in strip]
    gutters = Gutters.between(single, 5.0)
    beside = sum(len({gutters.column(b.left) for b in strip}) > 1 for strip in strips)
    if not gutters.gaps or beside < 0.6 * len(strips):
        return None
    if len(strips) == 2:  # a heading and all else
        strips = [strips[0], *text_rows(strips[1], gutters)]
    lines = [b for strip in strips for b in strip]
    columns = [[b for b in lines if gutters.column(b.left) == n] for n in range(len(gutters.gaps) + 1)]
    if any(not c for c in columns) or (len(strips) < 5 and _is_prose(columns, gutters)):
        return None
    return _white_grid(strips, gutters)
