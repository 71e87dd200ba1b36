"""Glossaries of oversight bodies whose columns are parted by blanks, as in text set to a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.recognition.bodies import column_of, key_of, looks_like_a_body, titles_bodies
from peelian.recognition.mechanisms import Glossary, Key, Mechanism, rhythm, rhythm_at_end, unmarked
from peelian.recognition.printed import FURNITURE, raw_lines

_PARTED = expression(r"[ \xa0]{2,}|\t+|\s+\|\s+")
_FIRST = expression(r"[;,.]\s")
_FEWEST = 3
_LONGEST = 400  # letters of a line
_WIDEST_MARGIN = 8
_LONGEST_NAME = 7  # words
_MOST_FREE = 2  # lines between two rows


@dataclass
class _Row:
    """A row as far as it is read: its name, and its other cells by the place where they begin."""

    name: str
    origin: Origin
    cells: dict[int, str] = field(default_factory=dict)

    def add(self, start: int, text: str) -> None:
        """Add what stands at a place to the cell that begins nearest to it."""
        if not self.cells or rhythm(text):
            self.cells[start] = text
            return
        place = min(self.cells, key=lambda at: abs(at - start))
        self.cells[place] = f"{self.cells[place]} {text}"


def column_glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of bodies set in columns that blanks part, in order."""
    marks = key_of(document.blocks)
    return [
        glossary
        for above, rows in _tables(list(raw_lines(document)))
        if (glossary := _glossary(above, rows, marks))
    ]


def _tables(lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[_Row]]]:
    """Yield the rows that stand below each other, with the lines above them."""
    rows: list[_Row] = []
    begins = free = margin = 0
    for n, line in enumerate(lines):
        if not line.text.strip() or FURNITURE.fullmatch(line.text[:120]):
            free += 1
            continue
        if not rows and not _PARTED.search(line.text):
            continue
        cells = _cells(line.text[:_LONGEST])
        margin = margin if rows or not cells or cells[0][0] > _WIDEST_MARGIN else cells[0][0]
        cells = [(start - margin, text) for start, text in cells]
        taken = bool(cells) and free <= _MOST_FREE and bool(rows) and _goes_on(rows[-1], cells)
        begun = _begins_row(cells, bool(rows)) or (bool(rows) and not free and _is_bare(cells))
        if not taken and begun and (not rows or free <= _MOST_FREE):
            row = _Row(cells[0][1], line.origin, dict(cells[1:]))
            begins = begins if rows else n
            rows.append(row)
        elif not taken and rows:
            yield list(lines[max(begins - 6, 0) : begins]), rows
            rows = []
        free = 0
    if rows:
        yield list(lines[max(begins - 6, 0) : begins]), rows


def _cells(line: str) -> list[tuple[int, str]]:
    """Return the cells of a line with the places where they begin."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in [*_PARTED.finditer(line), None]:
        end = match.start() if match else len(line)
        text = line[start:end].strip(" |")
        if text:
            found.append((start, text))
        start = match.end() if match else end
    return found


def _begins_row(cells: Sequence[tuple[int, str]], among_rows: bool) -> bool:
    if len(cells) < 2 or cells[0][0] > 1 or not cells[0][1][0].isupper():
        return False
    name = cells[0][1]
    if column_of(name) == "name" and any(column_of(text) for _start, text in cells[1:]):
        return False  # the headings of the columns
    timed = any(_meets(text) for _start, text in cells[1:])
    return len(name) <= 100 and (looks_like_a_body(name) or (timed and among_rows))


def _is_bare(cells: Sequence[tuple[int, str]]) -> bool:
    """Return whether a line is a body's name and nothing else: how often it meets is not said."""
    if len(cells) != 1 or cells[0][0] > 1:
        return False
    words = cells[0][1].split()
    return len(words) <= _LONGEST_NAME and words[0][:1].isupper() and looks_like_a_body(words[-1])


def _goes_on(row: _Row, cells: Sequence[tuple[int, str]]) -> bool:
    """Take a line into a row where it goes on with it, and return whether it does."""
    if cells[0][0] > 1:
        for start, text in cells:
            row.add(start, text)
        return True
    name = cells[0][1]
    is_rest = not looks_like_a_body(row.name) or row.name.endswith(("and", "of", "&"))
    if not is_rest or any(_meets(text) for _start, text in cells) or len(name) > 60:
        return False
    row.name = f"{row.name} {name}"
    for start, text in cells[1:]:
        row.add(start, text)
    return True


def _glossary(above: Sequence[Line], rows: Sequence[_Row], marks: Key) -> Glossary | None:
    found = [_mechanism(row, marks) for row in rows]
    bodies = sum(looks_like_a_body(m.name) for m in found)
    timed = sum(bool(m.meets) for m in found)
    filled = [line for line in above if line.text.strip()]
    listed = bodies == len(found) and bool(filled) and titles_bodies(filled[-1].text)
    if len(found) < _FEWEST or bodies * 2 < len(found) or not (listed or timed * 3 >= len(found)):
        return None
    filled = filled if listed else [line for line in filled if len(_cells(line.text)) == 1]
    title = " ".join(filled[-1].text.split()) if filled else ""
    return Glossary(title if len(title) <= 120 else "", tuple(found), rows[0].origin)


def _meets(text: str) -> str:
    """Return how often, where a text says nothing else, or says it first: `monthly; in public`."""
    return rhythm(text) or rhythm(_FIRST.split(text, maxsplit=1)[0])


def _mechanism(row: _Row, marks: Key) -> Mechanism:
    name, own = unmarked(row.name)
    notes, public = marks.of(own)
    texts = list(row.cells.values())
    meets = next((said for text in texts if (said := _meets(text))), "")
    meets = meets or next((said for text in texts if (said := rhythm_at_end(text)[1])), "")
    purpose = max((t for t in texts if not rhythm(t)), key=len, default="")
    return Mechanism(name, purpose, meets, row.origin, "", notes, public)
