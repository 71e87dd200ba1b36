"""Tables laid out in plain text, as rows with cells: columns side by side, strokes, tabulators.

A table begins with a line in pieces and goes on while lines keep to its columns. What only looks
alike (an agenda, a memo's head, names side by side, contents) stays text. Pages are read each on
its own; a table without a head right after one with as many columns goes on with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from peelian.expressions import expression
from peelian.intake.document import Line
from peelian.intake.text_blocks import Found, Laid
from peelian.intake.text_columns import Column, columns_of, place, split
from peelian.intake.text_heads import head_size, is_listed, is_table
from peelian.intake.text_pieces import Manner, Parted, Piece, alone, is_rule, parted, split_at
from peelian.intake.text_records import text_records
from peelian.intake.text_rows import Placed, Row, rows_of
from peelian.intake.text_run_on import run_on
from peelian.intake.text_stacked import text_stacked

_MOST_BLANKS = 4
_MOST_IN_TABLE = 4_000
_MOST_LOOKS, _MOST_TRIES = 12, 2
_WRAPPED = 45  # characters of a first cell's rest
_INDENT = 3
_NEAR = 2
_LONGEST_HEADING = 100
_LABELLED = expression(r"(?P<label>[A-Z][a-z]+(?:\s[a-z]+)?):\s")
_SENTENCE = expression(r"[A-Z][^;]{8,}[.]")
_NEWS = "Update"


@dataclass(frozen=True)
class _Grid:
    """A table: its columns, how many lines name them, its lines; `end` is where it ends."""

    columns: tuple[Column, ...]
    manner: Manner
    head: tuple[Placed, ...]
    rows: tuple[Row, ...]
    end: int


def text_tables(lines: Sequence[Line], running: frozenset[int] = frozenset()) -> Found:
    """Return the tables that lines lay out. Never raises; the time grows with the lines."""

    def free(n: int) -> bool:
        return n in running or not lines[n].text.strip()

    records = text_records(lines, free)
    made = _Finder(lines, running | records.taken).found()
    taken = made.taken | records.taken
    stacked = text_stacked(lines, lambda n: n in taken or free(n))
    tables = [*made.tables, *records.tables, *stacked.tables]
    return Found(tables, taken | stacked.taken)


class _Finder:
    """Looks through lines for tables, one after the other."""

    def __init__(self, lines: Sequence[Line], running: frozenset[int]) -> None:
        self.lines = lines
        self.running = running
        self.made = Found()
        self.parts: dict[int, Parted | None] = {}
        self.looked = self.passed = self.until = self.tries = 0
        self.last: _Grid | None = None

    def found(self) -> Found:
        """Return all tables."""
        at = 0
        while at < len(self.lines):
            begins = None if at in self.running else self._parted(at)
            grid = self._begun(at, begins) if begins else None
            if self.looked > _MOST_LOOKS * len(self.lines) + _MOST_IN_TABLE:
                break  # lines made to be looked at again and again are no document's
            if grid is None:
                at += 1
                continue
            self._keep(grid, at)
            at = grid.end
        return self.made

    def _begun(self, at: int, begins: Parted) -> _Grid | None:
        """Return the table that begins with a line, None for none."""
        first = begins.is_close or begins.manner == Manner.STROKES
        grid = self._run_on(at, begins) if first else None
        if grid is None and at >= self.passed:
            grid = self._grid(at, begins)
        return grid if grid or first else self._run_on(at, begins)

    # ---- where a table stands ----

    def _free(self, at: int) -> bool:
        return at in self.running or not self.lines[at].text.strip()

    def _extent(self, at: int, begins: Parted) -> int:
        """Return where the lines end that can be of one table with the line it begins with."""
        base, blanks, last = begins.filled[0].start if begins.filled else 0, 0, at + 1
        page = self.lines[at].origin.page
        for n in range(at + 1, min(at + _MOST_IN_TABLE, len(self.lines))):
            text = self.lines[n].text
            if self.lines[n].origin.page != page or blanks > _MOST_BLANKS:
                break
            if self._free(n) or (is_rule(text) and not blanks):
                blanks += self._free(n)
                continue
            pieces = self._parted(n)
            if pieces:
                if pieces.manner != begins.manner:
                    break
                if blanks and _covers(pieces, begins):
                    break
                base = min(base, *(p.start for p in pieces.filled[:1]))
            elif begins.manner != Manner.SPACES:
                break
            else:
                piece = alone(text)
                wraps = not blanks and len(piece.text) <= _WRAPPED
                if piece.start <= base + _INDENT and not wraps:
                    break
                if blanks and piece.text.isdecimal() and len(piece.text) < 5:
                    break  # a page's number
            blanks, last = 0, n + 1
        return last

    def _grid(self, at: int, begins: Parted) -> _Grid | None:
        """Return the table whose columns begin in a line, None for none."""
        end = self._extent(at, begins)
        self._try(at, end)
        held = [(n, self._pieces(n)) for n in range(at, end) if not self._free(n)]
        held = [(n, pieces) for n, pieces in held if not is_rule(self.lines[n].text)]
        if not held:
            return None
        columns, kept_lines = _aligned(held, begins.manner)
        if len(columns) < 2 and self.last is not None:
            columns = list(self.last.columns)  # a row alone, under columns that are known
        if len(columns) < 2:
            return None
        placed = self._placed(kept_lines, columns, begins.manner, at)
        end = placed[-1][0] + 1 if placed else at
        kept = [one for _n, one in placed]
        size = head_size(kept, len(columns))
        rows = rows_of(kept[size:], len(columns), begins.manner)
        grid = _Grid(tuple(columns), begins.manner, tuple(kept[:size]), tuple(rows), end)
        if is_listed(grid.head, kept[size:], len(columns)):
            self.passed = end
            return None
        known = not size and self._goes_on(grid, at)
        sure = is_table(grid.head, kept[size:], rows, len(columns), begins.manner)
        return grid if known or sure else None

    def _run_on(self, at: int, begins: Parted) -> _Grid | None:
        """Return the table under a head whose rows run on over the lines, None for none."""

        def free(n: int) -> bool:
            return self._free(n) or is_rule(self.lines[n].text)

        def slashed(n: int) -> Sequence[Piece]:
            return split_at(self.lines[n].text, " / ")

        pieces = slashed if begins.manner == Manner.SLASHES else self._pieces
        found = run_on(self.lines, at, begins, pieces, free)
        if found is None:
            return None
        columns = tuple(Column(n, n + 1) for n in range(found.columns))
        return _Grid(columns, Manner.TABS, (found.head,), found.rows, found.end)

    def _try(self, at: int, end: int) -> None:
        """Count how often lines are looked at; after a few vain tries they are passed over."""
        self.looked += end - at
        self.tries = self.tries + 1 if at < self.until else 0
        self.until = max(self.until, end)
        if self.tries > _MOST_TRIES:
            self.passed = self.until

    def _pieces(self, n: int) -> tuple[Piece, ...]:
        found = self._parted(n)
        return found.pieces if found else (alone(self.lines[n].text),)

    def _parted(self, n: int) -> Parted | None:
        if n not in self.parts:
            self.parts[n] = parted(self.lines[n].text)
        return self.parts[n]

    def _placed(
        self,
        held: Sequence[tuple[int, Sequence[Piece]]],
        columns: Sequence[Column],
        manner: Manner,
        at: int,
    ) -> list[tuple[int, Placed]]:
        """Return the lines with their cells, up to one that does not keep to the columns."""
        made: list[tuple[int, Placed]] = []
        before = at - 1
        for n, pieces in held:
            cells: dict[int, str] = {}
            note = False
            if manner == Manner.SPACES:
                goes_on = bool(made) and before == n - 1 and made[-1][1].is_note
                crosses = len(pieces) == 1 and _crosses(pieces[0], columns)
                if crosses or (goes_on and len(pieces) == 1 and self._below(n, pieces[0])):
                    if before < n - 1 or not made or pieces[0].start <= columns[0].start + _INDENT:
                        break
                    note, cells = True, {len(columns): pieces[0].text}
                    pieces = ()
                for piece in (part for whole in pieces for part in split(whole, columns)):
                    column = place(piece, columns)
                    cells[column] = f"{cells.get(column, '')} {piece.text}".strip()
            else:
                cells = {column: piece.text for column, piece in enumerate(pieces) if piece.text}
            if cells:
                made.append((n, Placed(self.lines[n], cells, before < n - 1, note)))
            before = n
        while made and len(made[-1][1].cells) == 1 and 0 in made[-1][1].cells:
            if not made[-1][1].gap and made[-1][1].cells[0][:1].islower():
                break
            made.pop()  # what stands below a table, not in it
        return made

    def _below(self, n: int, piece: Piece) -> bool:
        """Return whether a line begins where the line above it does."""
        above = self.lines[n - 1].text
        return abs(len(above) - len(above.lstrip()) - piece.start) <= 1

    # ---- what is kept of it ----

    def _goes_on(self, grid: _Grid, at: int) -> bool:
        """Return whether rows without a head go on with the table before."""
        last = self.last
        if last is None or not last.head or last.manner != grid.manner:
            return False
        between = [n for n in range(last.end, at) if not self._free(n)]
        if len(between) > 1 or at - last.end > 3 * _MOST_BLANKS:
            return False
        if any(not self._is_heading(n) for n in between):
            return False
        if len(grid.columns) != len(last.columns):
            return False
        turned = self.lines[at].origin.page != self.lines[last.end - 1].origin.page
        pairs = zip(grid.columns, last.columns, strict=True)
        alike = sum(
            abs(a.start - b.start) <= _NEAR or abs(a.end - b.end) <= _NEAR for a, b in pairs
        )
        return (turned and len(grid.columns) > 2) or alike == len(grid.columns)

    def _is_heading(self, n: int) -> bool:
        text = self.lines[n].text.strip()
        return len(text) <= _LONGEST_HEADING and text[-1:] not in ".,;"

    def _keep(self, grid: _Grid, at: int) -> None:
        """Add a table's rows to what is found."""
        if not grid.head and self._goes_on(grid, at) and self.last is not None:
            for n in range(self.last.end, at):
                if not self._free(n):
                    row = Row(self.lines[n], spanning=True)
                    row.cells[0] = [self.lines[n]]
                    self.made.tables[-1].rows.append(row)
                    self.made.taken.add(n)
            table = self.made.tables[-1]
            notes = table.columns > len(grid.columns)
            table.rows += grid.rows if notes else _with_notes_in(grid.rows, grid.columns)
            grid = replace(grid, head=self.last.head)
        else:
            head = _together(grid.head) if grid.head else None
            is_set = grid.manner == Manner.SPACES
            rows, columns = list(grid.rows), len(grid.columns)
            noted = [row for row in rows if columns in row.cells]
            if head and len(noted) * 2 >= len(rows):
                noted += [row for row in rows if row not in noted and _take_note(row, columns)]
                head.cells[columns] = [Line(_named(noted, columns), head.first.origin)]
                columns += 1
            else:
                rows = _with_notes_in(rows, grid.columns)
            self.made.tables.append(Laid(head, rows, columns, is_set))
        self.made.taken.update(n for n in range(at, grid.end) if n not in self.running)
        self.last = grid


def _with_notes_in(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Return rows with what runs over the columns below them in the widest of these."""
    for row in rows:
        if notes := row.cells.pop(len(columns), None):
            row.cells.setdefault(_widest(columns), []).extend(notes)
    return list(rows)


def _take_note(row: Row, columns: int) -> bool:
    """Return whether a row's second cell ends with a sentence, and take that for its note."""
    said = row.cells.get(1, [])
    if len(said) < _NEAR or not _SENTENCE.fullmatch(said[-1].text.strip()):
        return False
    row.cells[columns] = [said.pop()]
    return True


def _named(rows: Sequence[Row], column: int) -> str:
    """Return what the notes below rows are, by the label with which they begin: news, if none."""
    labels = Counter(
        match["label"]
        for row in rows
        if (match := _LABELLED.match(row.cells[column][0].text.strip()))
    )
    label, count = labels.most_common(1)[0] if labels else ("", 0)
    if count * 2 < len(rows):
        return _NEWS
    for row in rows:
        first = row.cells[column][0]
        row.cells[column][0] = Line(first.text.replace(f"{label}:", "", 1), first.origin)
    return label


def _together(lines: Sequence[Placed]) -> Row:
    """Return lines as one row."""
    row = Row(lines[0].line)
    for placed in lines:
        row.add(placed)
    return row


def _aligned(
    held: Sequence[tuple[int, Sequence[Piece]]], manner: Manner
) -> tuple[list[Column], list[tuple[int, Sequence[Piece]]]]:
    """Return the columns of lines, and those of them that stand in as many from the first on."""
    if manner == Manner.SPACES:
        return columns_of([pieces for _n, pieces in held if len(pieces) > 1]), list(held)
    count = len(held[0][1])
    until = next((n for n, (_at, pieces) in enumerate(held) if len(pieces) != count), len(held))
    return [Column(n, n + 1) for n in range(count)], list(held[:until])


def _covers(line: Parted, begins: Parted) -> bool:
    """Return whether a piece of a line runs over two of the places where the first has pieces."""
    if begins.manner != Manner.SPACES:
        return False
    starts = [piece.start for piece in begins.pieces]
    return any(sum(p.start < at < p.end for at in starts) > 1 for p in line.pieces)


def _widest(columns: Sequence[Column]) -> int:
    starts = [column.start for column in columns]
    ends = [*starts[1:], columns[-1].end]
    return max(range(len(columns)), key=lambda n: ends[n] - starts[n])


def _crosses(piece: Piece, columns: Sequence[Column]) -> bool:
    """Return whether words that stand alone in a line run from one column into the next."""
    column = place(piece, columns)
    after = columns[column + 1 :]
    return bool(after) and piece.end > after[0].start
