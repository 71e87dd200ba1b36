"""A PDF page by page: words and drawing of each, what repeats at its edges, what is to be noted."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2

from peelian.intake.document import Faint, Note, NoteKind, Origin
from peelian.intake.pdf_contrast import unseen_and_faint
from peelian.intake.pdf_drawing import Box, Drawing, drawing, turn_to
from peelian.intake.pdf_grids import ruled
from peelian.intake.pdf_layout import Part, laid_out
from peelian.intake.pdf_lines import PageLine, whole_lines
from peelian.intake.pdf_running import EdgeLine, apart, at_edges, runs, runs_by_half
from peelian.intake.pdf_words import Lettering, Paged, Word, lettering

AHEAD = 4  # pages on either side in which what repeats is looked for


@dataclass
class Page:
    """A page as read: its parts in reading order, the running lines above and below them."""

    number: int
    parts: list[Part] = field(default_factory=list)
    above: list[PageLine] = field(default_factory=list)
    below: list[PageLine] = field(default_factory=list)
    turned: list[PageLine] = field(default_factory=list)  # what runs another way
    pictures: list[Box] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    faint: list[Faint] = field(default_factory=list)


@dataclass
class _Raw:
    number: int
    box: Box
    words: list[Word]
    turned: list[Word]
    drawn: Drawing
    notes: list[Note]
    faint: list[Faint]
    edges: list[EdgeLine]


def pages(file: str, document: pypdfium2.PdfDocument, most: int) -> Iterator[Page]:
    """Yield the pages of a document up to so many, each closed before the next is opened."""
    count = min(len(document), most)
    window: list[_Raw] = []
    done = 0
    for index in range(count):
        window.append(_raw(file, document, index))
        if len(window) > AHEAD:
            yield _page(window[done], window, count)
            done += 1
        if done > AHEAD:
            window.pop(0)
            done -= 1
    for raw in window[done:]:
        yield _page(raw, window, count)


def _raw(file: str, document: pypdfium2.PdfDocument, index: int) -> _Raw:
    number = index + 1
    here = Origin(file, number)
    try:
        drawn, letters, box = _printed(document, index)
    except pypdfium2.PdfiumError:
        note = Note(NoteKind.CUT_SHORT, "this page could not be read", here)
        return _Raw(number, Box(0, 0, 0, 0), [], [], Drawing(), [note], [], [])
    turn_to(drawn, letters.turn)
    words = [w for w in letters.words if _on(box, w)]
    notes = _notes(here, letters.letters, letters.unmapped, letters.cut or drawn.cut)
    if not letters.letters and _is_picture(drawn, box):
        notes.append(Note(NoteKind.SCANNED, "a picture without text", here))
    words, hidden, faint = unseen_and_faint(here, words, drawn)
    notes += hidden
    turned_words = [w for w in letters.turned if _on(box, w)]
    return _Raw(number, box, words, turned_words, drawn, notes, faint, at_edges(words, box))


def _is_picture(drawn: Drawing, box: Box) -> bool:
    """Return whether a page without letters shows something: a scan, or letters as drawings."""
    page = (box.right - box.left) * (box.bottom - box.top)
    large = any((p.right - p.left) * (p.bottom - p.top) > 0.1 * page for p in drawn.pictures)
    return large or len(drawn.grounds) > 200


def _printed(document: pypdfium2.PdfDocument, index: int) -> tuple[Drawing, Lettering, Box]:
    """Return what is drawn and written on a page, and its box. Raises PdfiumError."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            drawn = drawing(page.raw)
            letters = lettering(text.raw, drawn.depths)
        finally:
            text.close()
        return drawn, letters, _sheet(page, letters.turn)
    finally:
        page.close()


def _sheet(page: pypdfium2.PdfPage, turn: int) -> Box:
    """Return the page's box as its words see it."""
    left, bottom, right, top = page.get_cropbox()
    flat = Drawing(rules=[Box(left, bottom, right, top)])
    turn_to(flat, turn)
    return flat.rules[0]


def _on(box: Box, word: Word) -> bool:
    return box.holds((word.left + word.right) / 2, (word.top + word.bottom) / 2, 1)


def _notes(here: Origin, letters: int, unmapped: int, cut: bool) -> list[Note]:
    notes = []
    if unmapped > max(5, 0.05 * letters):
        said = f"{unmapped} of {letters} letters have no meaning in this file’s fonts"
        notes.append(Note(NoteKind.HIDDEN, said, here))
    if cut:
        notes.append(Note(NoteKind.CUT_SHORT, "more on this page than is read", here))
    return notes


def _page(raw: _Raw, window: list[_Raw], count: int) -> Page:
    page = Page(raw.number, notes=raw.notes, faint=raw.faint, pictures=raw.drawn.pictures)
    others = [other.edges for other in window if other is not raw]
    near = [other.words for other in window if other.number in (raw.number, raw.number - 1)]
    usual = statistics.median([w.size for w in raw.words] or [0.0])
    sure = [
        one
        for one in raw.edges
        if one.marked == Paged.YES or runs_by_half(one, others, near[::-1], usual)
    ]
    found = sure + [one for one in raw.edges if one not in sure and runs(one, others, count)]
    # A rule under a running head does not make it the first row of the table below.
    taken = {id(w) for one in sure for w in one.line.words}
    text = [w for w in raw.words if id(w) not in taken]
    tables = [grid.box for grid in ruled(raw.drawn, text)] if found else []
    upper = [one for one in found if one.height > 0]
    lower = [one for one in found if one.height <= 0]
    page.above = apart(raw.words, raw.box, upper, tables)
    page.below = apart(raw.words, raw.box, lower, tables)
    running = {id(w) for line in (*page.above, *page.below) for w in line.words}
    words = [w for w in raw.words if id(w) not in running]
    inside = [w for w in raw.turned if w.size < 40]
    page.parts = laid_out(words, raw.drawn)
    page.turned = whole_lines(inside)
    return page


def printed(page: Page) -> Iterator[PageLine]:
    """Yield the lines of a page in reading order."""
    yield from page.above
    for part in page.parts:
        if hasattr(part, "lines"):
            yield from part.lines
        else:
            for row in part.rows:
                for cell in row:
                    yield from cell.lines
    yield from page.below
    yield from page.turned
