"""Columns that only white space parts: whether they are prose, or a table and its rows."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

from peelian.intake.pdf_drawing import Box
from peelian.intake.pdf_grids import Grid, GridCell
from peelian.intake.pdf_lines import Gutters, PageLine, segments, whole_lines
from peelian.intake.pdf_words import Word


def _fullness(columns: list[list[PageLine]], gutters: Gutters) -> list[float]:
    """Return how far the lines of each column fill it, in the middle."""
    left = min(b.left for c in columns for b in c)
    right = max(b.right for c in columns for b in c)
    edges = [left, *((a + b) / 2 for a, b in gutters.gaps), right]
    return [
        statistics.median((b.right - b.left) / max(edges[i + 1] - edges[i], 1) for b in column)
        for i, column in enumerate(columns)
    ]


def is_prose(columns: list[list[PageLine]], gutters: Gutters) -> bool:
    """Return whether columns are read one after the other: full lines, sentences running on."""
    widths = [max(b.right for b in c) - min(b.left for b in c) for c in columns]
    long = all(statistics.mean(len(b.text) for b in c) > 18 for c in columns)
    even = min(widths) > 0.5 * max(widths)
    if not (even and long and max(len(c) for c in columns) >= 4):
        return False
    if min(_fullness(columns, gutters)) < (0.55 if len(columns) == 2 else 0.75):
        return False
    running = [sum(b.text[:1].islower() for b in c) / len(c) for c in columns]
    return min(running) > 0.3 and not _starts_together(columns, gutters)


def _starts_together(columns: list[list[PageLine]], gutters: Gutters) -> bool:
    """Return whether white runs across all columns and each begins anew below: a table."""
    lines = [b for c in columns for b in c]
    if not _spaces(_visual(lines)):
        return False
    rows = text_rows(lines, gutters)
    together = 0
    for row in rows:
        firsts: dict[int, float] = {}
        for line in sorted(row, key=lambda b: b.base):
            firsts.setdefault(gutters.column((line.left + line.right) / 2), line.base)
        level = max(firsts.values()) - min(firsts.values()) < 2
        together += len(firsts) == len(columns) and level
    return len(rows) >= 3 and together >= 0.8 * len(rows)


def white_grid(rows: list[list[PageLine]], gutters: Gutters) -> Grid:
    """Return the table of these rows, their columns parted by these gutters."""
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
        covered = {
            c for cell in cells.values() for c in range(cell.column, cell.column + cell.span)
        }
        for column in range(len(edges) - 1):
            if column not in covered:
                cells[column] = GridCell(column, 1)
        for cell in cells.values():
            cell.lines = whole_lines(cell.words)
        made.append(sorted(cells.values(), key=lambda c: c.column))
    levels = [min(b.top for b in row) for row in rows] + [box.bottom]
    return Grid(box, edges, levels, made, loose=True)


def text_rows(lines: Sequence[PageLine], gutters: Gutters) -> list[list[PageLine]]:
    """Return lines by the rows of the table they make, where no rule parts them.

    A row begins where the first column and at least half of all have words, or below a gap.
    """
    wide = len(gutters.gaps) + 1
    visual = _visual(lines)
    above = _spaces(visual)
    rows: list[list[PageLine]] = []
    for n, row in enumerate(visual):
        held = {gutters.column((b.left + b.right) / 2): b for b in row}
        starts = 0 in held and 2 * len(held) >= wide and len(held) > 1
        starts = starts and not held[0].text[:1].islower()
        if not rows or (above[n] if above else starts):
            rows.append([])
        rows[-1] += row
    return rows


def _visual(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """Return what stands on one line, over all columns."""
    visual: list[list[PageLine]] = []
    for line in sorted(lines, key=lambda b: b.base):
        if visual and line.base - visual[-1][0].base < 0.4 * line.size:
            visual[-1].append(line)
        else:
            visual.append([line])
    return visual


def _spaces(visual: list[list[PageLine]]) -> list[bool]:
    """Return above which lines more white stands than between most; nothing if hardly any has."""
    steps = [b[0].base - a[0].base for a, b in itertools.pairwise(visual)]
    step = min(steps, default=0.0)
    close = statistics.median([s for s in steps if s < 1.4 * step] or [0.0])
    above = [False, *(s > 1.25 * close for s in steps)]
    return above if sum(above) >= 2 else []


def half_ruled(rules: list[Box], grids: list[Grid], words: Sequence[Word]) -> list[Grid]:
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
    made: list[Grid] = []
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
    for above, below in itertools.pairwise(rules):
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
    columns = [
        [b for b in lines if gutters.column(b.left) == n] for n in range(len(gutters.gaps) + 1)
    ]
    if any(not c for c in columns) or (len(strips) < 5 and is_prose(columns, gutters)):
        return None
    return white_grid(strips, gutters)
