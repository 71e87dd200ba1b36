"""The body of a Word document walked in order: its paragraphs, lists, tables, boxes and notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from peelian.expressions import expression
from peelian.intake.document import (
    Block,
    BlockKind,
    Cell,
    Faint,
    Note,
    NoteKind,
    Origin,
)
from peelian.intake.docx_contrast import faint
from peelian.intake.docx_numbering import Numbering
from peelian.intake.docx_paragraphs import Paragraph, places, without
from peelian.intake.docx_styles import (
    Style,
    Styles,
    W,
    attribute,
    level_of,
    numbering_of,
    switched,
    whole,
)
from peelian.intake.docx_tables import (
    MOST_COLUMNS,
    WRAPPERS,
    cells,
    looks_like_head,
    paragraphs,
    rows,
    span,
)
from peelian.intake.docx_text import MOST_QUOTED, Pages, Text, read_paragraph
from peelian.intake.flow import BULLET
from peelian.intake.packages import Element
from peelian.intake.rows import letters, row_of
from peelian.intake.tables import shown

MOST_BLOCKS = 50_000
MOST_CELLS = 200_000
MOST_WALKED = 200_000  # paragraphs, empty ones too
MOST_NOTES = 2_000
_WHITE = "FFFFFF"
_DEEPER = expression(r"\b[Ll]ist .*([2-5])$")  # Word's own styles of deeper lists


@dataclass(frozen=True)
class Comment:
    """A comment on a document, as the file has it."""

    author: str
    day: str
    text: str


@dataclass
class _TableState:
    """The table read last: what another that follows directly would have to be like."""

    number: int
    columns: int
    head: tuple[str, ...] = ()
    rows: int = 0
    is_marked: bool = False


@dataclass
class Walk:
    """A walk through the parts of a document. What it found is in the fields without underscore."""

    file: str
    styles: Styles
    numbering: Numbering
    comments: dict[str, Comment]
    footnotes: dict[tuple[str, str], Element]
    pages: Pages = field(default_factory=Pages)
    found: list[Paragraph] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    undescribed: list[Origin] = field(default_factory=list)
    unheaded: list[Origin] = field(default_factory=list)
    skipping: list[Origin] = field(default_factory=list)
    faint: list[Faint] = field(default_factory=list)
    pictures: int = 0
    _paragraph: int = 0
    _walked: int = 0
    _tables: int = 0
    _cells: int = 0
    _order: int = 0
    _level: int = 0
    _last: _TableState | None = None
    _referred: list[tuple[str, str, Origin]] = field(default_factory=list)
    _carried: Text | None = None

    @property
    def is_full(self) -> bool:
        """Return whether as much has been read as is read of a document."""
        many = len(self.found) >= MOST_BLOCKS or self._cells >= MOST_CELLS
        return many or self._walked >= MOST_WALKED

    def origin(
        self, table: int | None = None, cell: str = "", paragraph: int | None = None
    ) -> Origin:
        """Return the next place of the document."""
        self._order += 1
        return Origin(
            self.file, self.pages.page, None, paragraph, table, cell=cell, order=self._order
        )

    def note(self, kind: NoteKind, text: str, origin: Origin) -> None:
        """Take note of something, a few thousand times at most."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(Note(kind, shown(text, MOST_QUOTED + 100), origin))
        elif len(self.notes) == MOST_NOTES:
            self.notes.append(Note(NoteKind.CUT_SHORT, "more notes than are kept", origin))

    def body(self, parent: Element) -> None:
        """Read the paragraphs and tables in a part, in order."""
        for child in parent:
            if self.is_full:
                return
            if child.tag == W + "p":
                self._read_paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag in WRAPPERS:
                self.body(child)
            elif child.tag == W + "altChunk":
                said = "a document inside the document, which was not read"
                self.note(NoteKind.CUT_SHORT, said, self.origin())

    def end(self) -> None:
        """Read the footnotes and endnotes that the text refers to, and say what was cut off."""
        referred, self._referred = self._referred, []
        for count, (kind, name, origin) in enumerate(referred, 1):
            element = self.footnotes.get((kind, name))
            if element is None or self.is_full:
                continue
            for paragraph in element.iter(W + "p"):
                text = read_paragraph(paragraph, self.styles, Pages())
                self._remark(text, origin, is_grounded=True)
                if text.text:
                    self._order += 1
                    place = replace(origin, order=self._order)
                    block = Block(text.text, ((0, place),), number=str(count))
                    self.found.append(Paragraph(block))
        if self.is_full:
            said = f"more than {MOST_BLOCKS:,} paragraphs and rows, or {MOST_CELLS:,} cells"
            note = Note(NoteKind.CUT_SHORT, f"{said}; so many were read", self.origin())
            self.notes.append(note)

    # ---- paragraphs ----

    def _read_paragraph(self, element: Element) -> None:
        origin = self.origin(paragraph=self._paragraph + 1)
        begun = self.pages.page
        self._walked += 1
        text = read_paragraph(element, self.styles, self.pages, self._carried)
        self._carried = None if text.ends else text
        if not text.ends:
            return
        origin = replace(origin, page=text.page(begun))
        self._remark(text, origin, is_grounded=True)
        if text.text:
            self._paragraph += 1
            self._last = None
            self.found.append(self._block(element, text, origin))
        else:  # it has a number nevertheless, and is counted
            properties = element.find(W + "pPr")
            name = attribute(properties, "pStyle") or ""
            self._label(properties, self.styles.named(name), name)
        for box in text.boxes:
            self.body(box)

    def _block(self, element: Element, text: Text, origin: Origin) -> Paragraph:
        properties = element.find(W + "pPr")
        name = attribute(properties, "pStyle")
        style = self.styles.named(name)
        outline = attribute(properties, "outlineLvl")
        level = style.level if outline is None else level_of(outline)
        number, is_bullet, depth = self._label(properties, style, name or "")
        block = Block(text.text, places(text, origin), number=number)
        if style.is_title:
            return Paragraph(replace(block, kind=BlockKind.HEADING, level=1))
        if level:
            if self._level and level > self._level + 1:
                self.skipping.append(origin)
            self._level = level
            return Paragraph(replace(block, kind=BlockKind.HEADING, level=level))
        if is_bullet:
            return Paragraph(replace(block, kind=BlockKind.BULLET, level=depth + 1))
        if not number and (bullet := BULLET.match(block.text)):
            kept = without(block, bullet.end())
            return Paragraph(replace(kept, kind=BlockKind.BULLET, level=1))
        is_contents = style.name.casefold().startswith("toc")
        return Paragraph(block, text.is_bold, is_contents)

    def _label(self, properties: Element | None, style: Style, name: str) -> tuple[str, bool, int]:
        """Return the number that Word computes for a paragraph, if it is a bullet, how deep."""
        own = numbering_of(properties)
        number, level = own or style.numbering or ("", 0)
        if own and not number and style.numbering:
            number = style.numbering[0]
        if not own and number:
            linked = self.numbering.level(number, name)
            level = level if linked is None else linked
        if number in ("", "0"):
            return "", False, 0
        label, is_bullet = self.numbering.label(number, level)
        if not own and (deeper := _DEEPER.search(style.name)):
            level = int(deeper[1]) - 1
        return label, is_bullet, level

    def _remark(self, text: Text, origin: Origin, is_grounded: bool, ground: str = "") -> None:
        """Take note of what a paragraph holds besides its words."""
        for change in text.changes:
            deed = "inserted" if change.is_insertion else "deleted"
            by = f" by {change.author}" if change.author else ""
            on = f" on {change.day}" if change.day else ""
            said = f"{deed}{by}{on}: “{change.text.strip()}”"
            self.note(NoteKind.TRACKED_CHANGE, said, origin)
        if text.hidden.strip():
            self.note(NoteKind.HIDDEN, f"“{text.hidden.strip()}”", origin)
        for name in text.comments:
            comment = self.comments.pop(name, None)
            if comment:
                by = " ".join(part for part in (comment.author, comment.day) if part)
                self.note(NoteKind.COMMENT, f"{by}: “{comment.text}”", origin)
        self._referred += [(kind, name, origin) for kind, name in text.notes]
        self.pictures += len(text.pictures)
        self.undescribed += [origin] * text.pictures.count(False)
        if is_grounded and len(self.faint) < MOST_NOTES:
            for words in text.colours:
                ratio = faint(words, ground or _WHITE)
                if ratio is not None:
                    quoted = shown(words.text, MOST_QUOTED)
                    self.faint.append(Faint(quoted, round(ratio, 2), origin))

    # ---- tables ----

    def _table(self, element: Element) -> None:
        inside = rows(element)
        columns = max((sum(map(span, cells(row))) for row in inside[:20]), default=0)
        above, self._last = self._last, None
        if above is not None and above.columns == columns:
            state = above
        else:
            self._tables += 1
            state = _TableState(self._tables, columns)
        named = attribute(element, "tblPr/tblStyle")
        plain = not named or self.styles.named(named).name in ("Table Grid", "Normal Table")
        begun = len(self.found)
        for row in inside:
            if self.is_full:
                return
            nested: list[Element] = []
            block = self._row(row, state, plain, nested)
            state.rows += 1
            if block is not None:
                block = self._headed(row, block, state, len(inside))
                self.found.append(Paragraph(block))
            for inner in nested:
                self._nested(inner)
        has_rows = len(inside) > 1 and len(self.found) > begun and state is not above
        is_data = columns > 2 or bool(state.head)  # two columns may only set out a page
        if has_rows and is_data and not state.is_marked:
            self.unheaded.append(self.found[begun].block.origin)
        self._last = state

    def _nested(self, element: Element) -> None:
        """Read what stands in a cell and is no paragraph: a table, or a box."""
        self._last = None
        if element.tag == W + "tbl":
            self._table(element)
        else:
            self.body(element)
        self._last = None

    def _headed(self, row: Element, block: Block, state: _TableState, count: int) -> Block:
        """Return a row as one of headings, where it is marked, looks so, or repeats the first."""
        words = tuple(cell.text for cell in block.cells)
        marked = switched(row.find(W + "trPr"), "tblHeader") or False
        state.is_marked = state.is_marked or marked
        guessed = not state.head and state.rows == 1 and looks_like_head(block, count)
        if not (marked or guessed or (state.head and words == state.head)):
            return block
        state.head = state.head or words
        return replace(block, is_head=True)

    def _row(
        self, row: Element, state: _TableState, plain: bool, nested: list[Element]
    ) -> Block | None:
        """Return a row as a block, None where nothing is in it or it was taken out."""
        properties = row.find(W + "trPr")
        column = max(whole(attribute(properties, "gridBefore"), most=MOST_COLUMNS), 0)
        begun, furthest = self.pages.page, self.pages.page
        made: list[Cell] = []
        for element in cells(row):
            self.pages.page = begun
            origin = self.origin(state.number, f"{letters(column)}{state.rows + 1}")
            cell = self._cell(element, origin, plain, nested)
            furthest = max(furthest, self.pages.page)
            if not made:  # where a page begins with the row, its first cell says so
                begun = cell.origin.page or begun
            made.append(replace(cell, column=column, span=span(element)))
            column = min(column + span(element), MOST_COLUMNS)
        self.pages.page = furthest
        self._cells += len(made)
        if not any(cell.text for cell in made):
            return None
        said = " ".join(cell.text for cell in made)
        if properties is not None and properties.find(W + "del") is not None:
            self.note(NoteKind.TRACKED_CHANGE, f"deleted row: “{said}”", made[0].origin)
            return None
        if switched(properties, "hidden"):
            self.note(NoteKind.HIDDEN, f"a row: “{said}”", made[0].origin)
        return row_of(made, state.number)

    def _cell(self, element: Element, origin: Origin, plain: bool, nested: list[Element]) -> Cell:
        """Return a cell with its paragraphs as lines. A cell that goes on from above is empty."""
        properties = element.find(W + "tcPr")
        merged = None if properties is None else properties.find(W + "vMerge")
        goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
        ground = attribute(properties, "shd", "fill") or ""
        lines: list[str] = []
        marks: list[tuple[int, Origin]] = []
        length = 0
        carried: Text | None = None
        for paragraph in paragraphs(element, nested):
            begun = self.pages.page
            self._walked += 1
            text = read_paragraph(paragraph, self.styles, self.pages, carried)
            carried = None if text.ends else text
            if carried is not None:
                continue
            place = replace(origin, page=text.page(begun))
            self._remark(text, place, is_grounded=plain or bool(ground), ground=ground)
            nested += text.boxes
            line = "" if goes_on else self._line(paragraph, text.lines)
            if line:
                before = len(line) - len(text.lines) if text.lines else 0
                marks.append((length, place))
                marks += [(length + before + at, p) for at, p in places(text, place)[1:]]
                lines.append(line)
                length += len(line) + 1
        return Cell("\n".join(lines), tuple(marks) or ((0, origin),))

    def _line(self, paragraph: Element, text: str) -> str:
        """Return a paragraph of a cell as it is printed, its number or bullet before it."""
        properties = paragraph.find(W + "pPr")
        name = attribute(properties, "pStyle") or ""
        number, is_bullet, _depth = self._label(properties, self.styles.named(name), name)
        if not text:  # a column of numbers has nothing but what Word computes
            return number
        before = "•" if is_bullet else number
        return f"{before} {text}" if before else text
