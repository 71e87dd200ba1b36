"""A page's words in reading order: columns one after the other, tables apart, margins beside."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.pdf_drawing import Box, Drawing
from peelian.intake.pdf_grids import Grid, level_rules, ruled
from peelian.intake.pdf_lines import Gutters, PageLine, merged, segments
from peelian.intake.pdf_white import half_ruled, is_prose, text_rows, white_grid
from peelian.intake.pdf_words import Word

DEEPEST = 12  # columns within columns
_NUMBERED = expression(r"\(?(?:\d{1,4}(?:\.\d{1,3})*|[A-Z]\.?\d{0,2}|[ivx]{1,5}|[a-z])[.)]?\)?")


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
    halves = half_ruled(level_rules(drawn), grids, rest)
    rest = _outside(rest, halves)
    things: list[_Thing] = [*segments(rest), *grids, *halves]
    levels = _levels(things)
    first = [t for t in levels[0] if isinstance(t, PageLine)] if levels else []
    if len(first) > 1 and len(levels[0]) == len(first) and _alone(levels):
        row = white_grid([first], Gutters.between(first, _least(first)))
        row.otherwise = merged(first)
        return [row, *_ordered([t for level in levels[1:] for t in level])]
    return _ordered(things)


def _alone(levels: list[list[_Thing]]) -> bool:
    """Return whether the first row of a page has nothing below it that stands in its columns."""
    if len(levels) < 2:
        return True
    first, below = levels[0][0], levels[1][0]
    if len(levels[1]) > 1 or not isinstance(first, PageLine):
        return False
    if not isinstance(below, PageLine) or abs(below.size - first.size) > 0.1 * first.size:
        return True
    gap = below.top - max(_box(t).bottom for t in levels[0])
    both = [_box(t) for level in levels[:2] for t in level]
    return gap > first.size or not Gutters.between(both, _least(levels[1])).gaps


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


def _ordered(things: list[_Thing], depth: int = 0) -> list[Part]:
    parts: list[Part] = []
    for band, gutters in _bands(things):
        if not gutters.gaps or depth > DEEPEST:
            parts += _stacked(band)
        else:
            parts += _columns(band, gutters, depth)
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
        alone = Gutters.between([_box(t) for t in level], _least(level))
        if bands:
            rows, gutters = bands[-1]
            shared = Gutters()
            # A row with a gap of its own begins a band where the rows before had none; one that
            # crosses what has parted three rows ends theirs.
            kept = not alone.gaps
            if gutters.gaps:
                both = [_box(t) for row in [*rows, level] for t in row]
                shared = Gutters.between(both, _least(level))
                kept = bool(shared.gaps) and not _far(rows[-1], level)
                kept = kept and not (len(level) == 1 and _crosses(level[0], rows, gutters))
            if kept:
                rows.append(level)
                bands[-1] = (rows, shared)
                continue
        begins = [level]
        while (
            bands
            and alone.gaps
            and not bands[-1][1].gaps
            and _leads(bands[-1][0], begins[0], alone)
        ):
            begins.insert(0, bands[-1][0].pop())
            if not bands[-1][0]:
                bands.pop()
        bands.append((begins, alone))
    return [([t for row in rows for t in row], _settled(rows, g)) for rows, g in bands]


def _leads(rows: list[list[_Thing]], level: list[_Thing], gutters: Gutters) -> bool:
    """Return whether the row before is the first line of a later column, which begins higher."""
    only = rows[-1][0]
    if len(rows[-1]) > 1 or not isinstance(only, PageLine):
        return False
    near = min(_box(t).top for t in level) - only.bottom < 0.8 * only.size
    return near and any(only.left >= left - 1 for left, _right in gutters.gaps)


def _far(before: Sequence[_Thing], level: Sequence[_Thing]) -> bool:
    """Return whether a row lies so far below columns that it is no longer of them."""
    gap = min(_box(t).top for t in level) - max(_box(t).bottom for t in before)
    return gap > 60


def _crosses(thing: _Thing, rows: list[list[_Thing]], gutters: Gutters) -> bool:
    """Return whether a thing lies over a stretch that has words on both sides in three rows."""
    box = _box(thing)
    for n, (left, right) in enumerate(gutters.gaps):
        if box.left < left and box.right > right:
            held = [{gutters.column((_box(t).left + _box(t).right) / 2) for t in r} for r in rows]
            if sum({n, n + 1} <= columns for columns in held) >= 3:
                return True
    return False


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
                parts.append(stack_of(merged(run)))
            parts.append(thing)
            run = []
        else:
            run.append(thing)
    if run:
        parts.append(stack_of(merged(run)))
    return parts


def stack_of(lines: list[PageLine], margin: bool = False) -> Stack:
    """Return lines as a column of their own."""
    return Stack(lines, min(b.left for b in lines), max(b.right for b in lines), margin)


# ---- columns: prose, margins, or a table that only white space makes ----


def _columns(band: list[_Thing], gutters: Gutters, depth: int) -> list[Part]:
    columns = _by_column(band, gutters)
    lines = [[t for t in column if isinstance(t, PageLine)] for column in columns]
    held = any(isinstance(t, Grid) for t in band)
    if all(lines) and not held:
        if _big_numbers(lines):
            return [replace(stack_of(merged(column)), whole=True) for column in lines]
        margin = _margin(lines, depth)
        if margin:
            return margin
    if not (all(lines) and is_prose(lines, gutters)):
        runs = _runs(band)
        if len(runs) > 1:
            return [part for run in runs for part in _ordered(run, depth + 1)]
        if not held:
            return _white_table(band, gutters, depth)
    return [part for column in columns for part in _ordered(column, depth + 1)]


def _by_column(band: Sequence[_Thing], gutters: Gutters) -> list[list[_Thing]]:
    columns: list[list[_Thing]] = [[] for _ in range(len(gutters.gaps) + 1)]
    for thing in band:
        columns[gutters.column((_box(thing).left + _box(thing).right) / 2)].append(thing)
    return columns


def _runs(band: list[_Thing]) -> list[list[_Thing]]:
    """Return what is no prose in its runs: a heading, a table or a gap stands between two."""
    levels = _levels(band)
    sizes = [t.size for t in band if isinstance(t, PageLine)]
    body = statistics.median(sizes) if sizes else 0.0
    runs: list[list[_Thing]] = []
    apart = True
    for above, level in zip([[], *levels], levels, strict=False):
        only = level[0] if len(level) == 1 else None
        heads = isinstance(only, PageLine) and (only.size > 1.1 * body or only.bold)
        table = any(isinstance(t, Grid) for t in level)
        gap = 0.0
        if above:
            gap = min(_box(t).top for t in level) - max(_box(t).bottom for t in above)
        if apart or table or gap > 2.5 * body or (heads and gap > 0.4 * body):
            runs.append([])
        runs[-1] += level
        apart = table or (
            heads and only is not None and isinstance(only, PageLine) and only.size > 1.1 * body
        )
    return runs


def _big_numbers(columns: list[list[PageLine]]) -> bool:
    """Return whether each column is a large figure over what it counts."""
    for column in columns:
        first, *rest = sorted(column, key=lambda b: b.top)
        if not rest or first.size < 1.4 * max(b.size for b in rest):
            return False
    return True


def _margin(columns: list[list[PageLine]], depth: int) -> list[Part]:
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
            parts.append(stack_of(_across(beside, columns[0]), margin=True))
        if under:
            parts += _ordered(under, depth + 1)
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


def _white_table(band: list[_Thing], gutters: Gutters, depth: int) -> list[Part]:
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
    if full < 0.6 * len(rows) or len(rows) < (3 if tall < 1.5 else 2):
        if len(rows) == 2 == full and len(lines) == sum(map(len, levels)) == len(band):
            grid = white_grid(rows, gutters)
            grid.otherwise = merged(lines)
            return [grid]
        if tall < 1.5 or len(rows) < 2:
            return _stacked(band)
        columns = _by_column(band, gutters)
        return [part for column in columns for part in _ordered(column, depth + 1)]
    kept = {id(b) for b in lines}
    rest = [t for t in band if id(t) not in kept]
    above = [t for t in rest if _box(t).top < lines[0].top]
    below = [t for t in rest if _box(t).top >= lines[0].top]
    return [*_stacked(above), white_grid(rows, gutters), *_stacked(below)]


def _wraps(levels: list[list[PageLine]], size: float) -> bool:
    """Return whether the last line of a table's cell is all that its last row is."""
    if len(levels) < 2:
        return False
    last = levels[-1][0]
    return last.base - levels[-2][0].base < 1.5 * size and abs(last.size - size) < 0.1 * size
