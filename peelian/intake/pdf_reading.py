"""A PDF read in this process; what it holds may be hostile, so `pdf` has another one do it.

Words and drawing come from PDFium, what the file says of itself from qpdf; each page is closed
before the next is opened, so memory grows with the text alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pikepdf
import pypdfium2

from peelian.intake import pdf_facts
from peelian.intake.document import Accessibility, Document, Faint, Line, Note, NoteKind, Origin
from peelian.intake.pdf_blocks import Growing, as_blocks
from peelian.intake.pdf_grids import Grid
from peelian.intake.pdf_groups import drafts
from peelian.intake.pdf_layout import Stack, stack_of
from peelian.intake.pdf_lines import PageLine
from peelian.intake.pdf_pages import Page, pages, printed
from peelian.intake.pdf_rows import Sheet, SheetCell, sheet
from peelian.intake.pdf_tags import Tags, tags
from peelian.intake.tables import Problem, Rejected

if TYPE_CHECKING:
    from peelian.intake.documents import Progress

MOST_BYTES = 400 * 1024 * 1024
MOST_PAGES = 2_000
MOST_FAINT = 200

# What the two libraries raise for a file that is not as it should be.
BROKEN = (
    pikepdf.PdfError, pypdfium2.PdfiumError, ArithmeticError, AttributeError, LookupError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
T = TypeVar("T")


def read_here(path: Path, progress: Progress = lambda _done, _all: None) -> Document:
    """Return the document in a PDF. Raises Rejected where it cannot be read."""
    name = path.name
    _refuse_other(path)
    with _facts(path) as (pdf, warned), _opened(path, pdf) as (document, mended):
        notes = []
        if warned or mended:
            said = "the file is damaged; what could be read of it was read"
            notes.append(Note(NoteKind.MENDED, said, Origin(name)))
        count = len(document)
        if count > MOST_PAGES:
            said = f"{count:,} pages, of which the first {MOST_PAGES:,} were read"
            notes.append(Note(NoteKind.CUT_SHORT, said, Origin(name)))
        said_of_itself = _Facts(name, pdf)
        reader = _Reader(name, said_of_itself.tags)
        for page in pages(name, document, MOST_PAGES):
            reader.take(page)
            progress(page.number, min(count, MOST_PAGES))
        if count and reader.scanned == min(count, MOST_PAGES):
            said = "every page is a picture: the document has no text that can be read"
            notes.append(Note(NoteKind.SCANNED, said, Origin(name)))
        return Document(
            name,
            "pdf",
            tuple(as_blocks(reader.grown, reader.origin_of)),
            tuple(reader.lines),
            count,
            tuple(_safely(lambda: pdf_facts.bookmarks(document), [])),
            (*notes, *said_of_itself.notes, *reader.notes),
            said_of_itself.accessibility(reader),
            said_of_itself.modified,
        )


# ---- opening ----


def _refuse_other(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begins = file.read(1024)
    except OSError as error:
        raise Rejected([Problem(path.name, "no file to read", "a PDF")]) from error
    if size > MOST_BYTES:
        found = f"{size / 1024 / 1024:.0f} MB"
        raise Rejected([Problem(path.name, found, f"at most {MOST_BYTES // 1024 // 1024} MB")])
    if b"%PDF-" not in begins:
        raise Rejected([Problem(path.name, "something that is no PDF", "a PDF")])


@contextmanager
def _facts(path: Path) -> Iterator[tuple[pikepdf.Pdf, bool]]:
    """Open the file with qpdf, which mends what it can; tell whether it had to."""
    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
        warned = bool(len(pdf.pages) < 0 or pdf.get_warnings())
    except pikepdf.PasswordError as error:
        found, expected = "a file locked with a password", "a copy without one"
        raise Rejected([Problem(path.name, found, expected)]) from error
    except BROKEN as error:
        raise Rejected([_broken(path)]) from error
    with pdf:
        yield pdf, warned


def _broken(path: Path) -> Problem:
    found = "a PDF so damaged that it cannot be mended"
    return Problem(path.name, found, "a whole PDF (open it, and save or print it as PDF again)")


@contextmanager
def _opened(path: Path, pdf: pikepdf.Pdf) -> Iterator[tuple[pypdfium2.PdfDocument, bool]]:
    """Open the file for its pages; where PDFium cannot, or sees fewer, as qpdf mends it."""
    document = _pdfium(path)
    if document is not None and len(document) >= len(pdf.pages) > 0:
        with document:
            yield document, False
        return
    if document is not None:
        document.close()
    with tempfile.TemporaryDirectory() as folder:
        mended = Path(folder) / "mended.pdf"
        try:
            pdf.save(mended)
        except BROKEN as error:
            raise Rejected([_broken(path)]) from error
        document = _pdfium(mended)
        if document is None or not len(document):
            raise Rejected([_broken(path)])
        with document:
            yield document, True


def _pdfium(path: Path) -> pypdfium2.PdfDocument | None:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None


# ---- what comes of it ----


class _Facts:
    """What the file says of itself, whatever of it is broken left out."""

    def __init__(self, file: str, pdf: pikepdf.Pdf) -> None:
        self.tags = _safely(lambda: tags(file, pdf), Tags())
        self.title = _safely(lambda: pdf_facts.title(pdf), None)
        self.language = _safely(lambda: pdf_facts.language(pdf), None)
        self.modified = _safely(lambda: pdf_facts.modified(pdf), None)
        self.notes: list[Note] = _safely(lambda: pdf_facts.notes(file, pdf, MOST_PAGES), [])

    def accessibility(self, reader: _Reader) -> Accessibility:
        """Return it as the document's: without tags, no picture has words of its own."""
        told = self.tags
        pictures = told.pictures if told.tagged else len(reader.pictures)
        return Accessibility(
            told.tagged,
            self.language,
            self.title,
            pictures,
            tuple(told.undescribed if told.tagged else reader.pictures),
            tuple(told.unheaded),
            tuple(told.skipping),
            tuple(reader.faint[:MOST_FAINT]),
        )


class _Reader:
    """Takes page after page; what it keeps of each is lines and what is made of them."""

    def __init__(self, file: str, told: Tags) -> None:
        self.file, self.tags = file, told
        self.grown = Growing()
        self.lines: list[Line] = []
        self.notes: list[Note] = []
        self.faint: list[Faint] = []
        self.pictures: list[Origin] = []
        self.scanned = 0
        self._begins: dict[int, int] = {}  # the running number of each page's first line
        self._tables = 0

    def take(self, page: Page) -> None:
        """Take the next page."""
        self._begins[page.number] = len(self.lines)
        self.notes += page.notes
        self.faint += page.faint[: MOST_FAINT - len(self.faint)]
        self.pictures += [Origin(self.file, page.number)] * len(page.pictures)
        self.scanned += any(n.kind == NoteKind.SCANNED for n in page.notes)
        self._take_parts(page)
        for place, line in enumerate(printed(page), 1):
            line.place = place
            line.settle()
            self.grown.known.add(line.text)
            self.lines.append(Line(line.text, self.origin_of(page.number, line)))

    def _take_parts(self, page: Page) -> None:
        for n, part in enumerate(page.parts):
            if isinstance(part, Grid) and self._table(page.number, part, n == 0):
                continue
            if isinstance(part, Grid):
                part = page.parts[n] = stack_of(part.otherwise)
            if n or not self._runs_on(page.number, part):
                for line in part.lines:
                    line.told = self._told(page.number, line)
                self.grown.items += drafts(page.number, part)

    def _told(self, page: int, line: PageLine) -> tuple[int, bool, bool]:
        """Return what the tags of all words of a line say: heading, caption, entry of contents."""
        marks = {(page, word.mark) for word in line.words}
        levels = {self.tags.headings.get(mark, 0) for mark in marks}
        listed = len(marks & self.tags.listed)  # the dots between title and page have no tag
        return (
            levels.pop() if len(levels) == 1 else 0,
            marks <= self.tags.captions,
            listed > 0 and listed >= len(marks) - 1,
        )

    def _runs_on(self, page: int, stack: Stack) -> bool:
        """Return whether a page begins with the rest of a cell of the page before."""
        last = self.grown.items[-1] if self.grown.items else None
        if not (isinstance(last, Sheet) and last.last_page == page - 1):
            return False
        return last.take_lines(page, stack.lines)

    def _table(self, page: int, grid: Grid, leads: bool) -> bool:
        """Take a table, or the next page of one; False if it is none unless it goes on with one."""
        last = self.grown.items[-1] if self.grown.items else None
        if isinstance(last, Sheet) and leads and last.goes_on(page, grid):
            return True
        if grid.otherwise:
            return False
        self._tables += 1
        made = sheet(self._tables, page, grid)
        for row in made.rows:
            if not all(self._is_head(cell) for cell in row.cells if cell.lines):
                break
            row.is_head = True
        self.grown.items.append(made)
        return True

    def _is_head(self, cell: SheetCell) -> bool:
        return all(
            (page, word.mark) in self.tags.heads for page, line in cell.lines for word in line.words
        )

    def origin_of(
        self, page: int, line: PageLine, table: int | None = None, cell: str = ""
    ) -> Origin:
        """Return where a line stands."""
        order = self._begins[page] + line.place - 1
        return Origin(self.file, page, line.place, None, table, "", cell, order)


def _safely(ask: Callable[[], T], otherwise: T) -> T:
    """Return what is asked for, or something else where the file is broken there."""
    try:
        return ask()
    except BROKEN:
        return otherwise
