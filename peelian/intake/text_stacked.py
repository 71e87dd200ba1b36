"""Tables whose cells stand one below the other, a row to a paragraph, into rows with cells.

So they come out of a PDF whose columns were lost, or out of a web page: the headings of the columns
as a paragraph of short lines, then paragraphs of as many lines each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.text_blocks import Found, Laid
from peelian.intake.text_rows import Row

_FEWEST_COLUMNS, _MOST_COLUMNS, _FEWEST_ROWS = 3, 8, 3
_WRAPS = 60  # letters of a line that may go on in the next
_HEADING = expression(r"[A-Z][^.;:!]{1,44}\??")
_BEGINS = expression(r"\W*[A-Z\d£‘“]")
Paragraph = list[int]  # the numbers of its lines


def text_stacked(lines: Sequence[Line], free: Callable[[int], bool]) -> Found:
    """Return the tables whose rows are paragraphs. Never raises; time grows with the lines."""
    paragraphs = _paragraphs(lines, free)
    found = Found()
    at = 0
    while at < len(paragraphs):
        head = paragraphs[at]
        rows, end = (
            _rows(lines, paragraphs, at + 1, len(head)) if _is_head(lines, head) else ([], at)
        )
        if len(rows) >= _FEWEST_ROWS:
            found.tables.append(_laid(lines, head, rows))
            found.taken.update(n for paragraph in paragraphs[at:end] for n in paragraph)
            at = end
        else:
            at += 1
    return found


def _paragraphs(lines: Sequence[Line], free: Callable[[int], bool]) -> list[Paragraph]:
    """Return the lines that stand together between free ones."""
    made: list[Paragraph] = [[]]
    for n in range(len(lines)):
        if not free(n):
            made[-1].append(n)
        elif made[-1]:
            made.append([])
    return [paragraph for paragraph in made if paragraph]


def _is_head(lines: Sequence[Line], paragraph: Paragraph) -> bool:
    """Return whether a paragraph's lines can be the headings of columns."""
    texts = [lines[n].text.strip() for n in paragraph]
    enough = _FEWEST_COLUMNS <= len(texts) <= _MOST_COLUMNS and len(set(texts)) == len(texts)
    return enough and all(_HEADING.fullmatch(text) for text in texts)


def _rows(
    lines: Sequence[Line], paragraphs: Sequence[Paragraph], first: int, columns: int
) -> tuple[list[list[Paragraph]], int]:
    """Return the rows that follow the headings, each with its cells, and where they end."""
    made: list[list[Paragraph]] = []
    at = first
    while at < len(paragraphs):
        cells = _cells(lines, paragraphs[at], columns)
        if not cells:
            break
        made.append(cells)
        at += 1
    return made, at


def _cells(lines: Sequence[Line], paragraph: Paragraph, columns: int) -> list[Paragraph]:
    """Return the lines of each cell of a row; nothing where a paragraph is none."""
    if len(paragraph) == columns and all(_BEGINS.match(lines[n].text) for n in paragraph):
        return [[n] for n in paragraph]
    cells: list[Paragraph] = []
    for n in paragraph:
        text = lines[n].text.strip()
        before = lines[n - 1].text.strip()
        wraps = len(before) >= _WRAPS and not before.endswith((".", "!", "?"))
        if cells and (wraps or not _BEGINS.match(text)):
            cells[-1].append(n)
        else:
            cells.append([n])
    return cells if len(cells) == columns else []


def _laid(lines: Sequence[Line], head: Paragraph, rows: Sequence[Sequence[Paragraph]]) -> Laid:
    first = Row(lines[head[0]], cells={n: [lines[at]] for n, at in enumerate(head)})
    made = [
        Row(
            lines[cells[0][0]],
            cells={n: [lines[at] for at in cell] for n, cell in enumerate(cells)},
        )
        for cells in rows
    ]
    return Laid(first, made, len(head))
