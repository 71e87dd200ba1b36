"""A file read on the day it comes: its words page by page, what it says to who cannot see it.

What cannot be set in a pack is refused now, with a sentence, and not on the day the pack is built.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from peelian.blocks import Document, Pages, blocks_from_data, printable, text, to_data
from peelian.documents import pdf
from peelian.intake.document import Block, BlockKind, NoteKind
from peelian.intake.document import Document as Read
from peelian.intake.documents import read_document
from peelian.intake.tables import Rejected
from peelian.papers.words import as_blocks
from peelian.record.errors import Invalid

TAKEN = (".pdf", ".docx")
MOST_PAGES = 400
MOST_WORDS = 100_000  # letters


@dataclass(frozen=True)
class Reading:
    """What was read in a file: the columns of a `PaperFile`."""

    texts: list[str] = field(default_factory=list)
    landscape: list[int] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    is_tagged: bool | None = None
    says_language: bool = True
    says_title: bool = True
    undescribed: int = 0
    pictures_lost: int = 0
    comments: int = 0


def read(name: str, content: bytes, language: str) -> Reading:
    """Return what is in a file; `name` is a clean one. Raises Invalid for one that is not taken."""
    if Path(name).suffix.lower() not in TAKEN:
        raise Invalid({"file": [_("Choose a PDF or a Word document (.docx).")]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            document = read_document(path)
        except Rejected as error:
            raise Invalid({"file": [str(problem) for problem in error.problems]}) from error
        if document.format not in ("pdf", "docx"):
            raise Invalid({"file": [_("Choose a PDF or a Word document (.docx).")]})
        if document.format == "docx":
            return _of_word(document)
        reading = _of_pdf(document, path)
        _require_settable(name, path, content, reading, language)
        return reading


def words_of(reading: Reading) -> str:
    """Return the words of a file in one piece, as far as a search keeps them."""
    words = "\n\n".join(reading.texts)
    if not words:
        words = "\n".join(text(one) for one in blocks_from_data(reading.blocks))
    return words[:MOST_WORDS]


def _of_word(document: Read) -> Reading:
    blocks = as_blocks(document)
    if not blocks:
        raise Invalid({"file": [_("There are no words in this document.")]})
    said = document.accessibility
    return Reading(
        blocks=[to_data(block) for block in blocks],
        says_language=bool(said.language),
        says_title=bool(said.title),
        pictures_lost=said.pictures or 0,
        comments=_remarks(document),
    )


def _of_pdf(document: Read, path: Path) -> Reading:
    count = document.pages or 0
    if not 1 <= count <= MOST_PAGES:
        expected = _("Choose a PDF of at most %(most)s pages; this one has %(count)s.")
        raise Invalid({"file": [expected % {"most": MOST_PAGES, "count": count}]})
    said = document.accessibility
    return Reading(
        texts=page_texts(document, count),
        landscape=landscape_pages(path),
        is_tagged=bool(said.tagged),
        says_language=bool(said.language),
        says_title=bool(said.title),
        undescribed=len(said.undescribed),
        comments=_remarks(document),
    )


def page_texts(document: Read, count: int) -> list[str]:
    """Return the words of each page, paragraphs parted by an empty line; of a table its rows."""
    pages: list[list[str]] = [[] for _number in range(count)]
    row_before: int | None = None
    for block in document.blocks:
        is_row = block.kind == BlockKind.ROW
        for page, words in _by_page(block):
            if not 1 <= page <= count or not words.strip():
                continue
            if is_row and row_before == page and pages[page - 1]:
                pages[page - 1][-1] += "\n" + words
            else:
                pages[page - 1].append(words)
            row_before = page if is_row else None
    for line in document.lines:  # a page that holds nothing but what runs at its edges
        page = line.origin.page or 0
        if 1 <= page <= count and not pages[page - 1] and line.text.strip():
            pages[page - 1].append(line.text.strip())
    return [printable("\n\n".join(parts)) for parts in pages]


def _by_page(block: Block) -> list[tuple[int, str]]:
    """Return a block's words by the page they stand on: a paragraph may run on to the next."""
    ends = [offset for offset, _place in block.marks[1:]] + [len(block.text)]
    found: list[tuple[int, str]] = []
    for (begin, place), end in zip(block.marks, ends, strict=True):
        words = block.text[begin:end].replace("\t", "; ")
        if found and found[-1][0] == (place.page or 0):
            found[-1] = (found[-1][0], found[-1][1] + words)
        else:
            found.append((place.page or 0, words))
    if found and block.number:
        found[0] = (found[0][0], f"{block.number} {found[0][1]}")
    return found


def landscape_pages(path: Path) -> list[int]:
    """Return the numbers of the pages that are wider than high, as they are turned."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as opened:
        sizes = [opened.get_page_size(index) for index in range(len(opened))]
    return [number for number, (width, height) in enumerate(sizes, 1) if width > height]


def _remarks(document: Read) -> int:
    """Return how many comments, tracked changes and hidden parts a file holds."""
    private = (NoteKind.COMMENT, NoteKind.TRACKED_CHANGE, NoteKind.HIDDEN)
    return sum(note.kind in private for note in document.notes)


def _require_settable(
    name: str, path: Path, content: bytes, reading: Reading, language: str
) -> None:
    """Raise Invalid for a PDF whose pages cannot be set: better today than when the pack is due."""
    digest = hashlib.sha256(content).hexdigest()
    pages = Pages(digest, name, name, tuple(reading.texts), tuple(reading.landscape), language)
    trial = Document(_("Trial"), name, dt.date(2000, 1, 1), (pages,), cover=False)
    try:
        pdf.render(trial, path_of=lambda _digest: path)
    except ValueError as error:
        said = _(
            "The pages of “%(name)s” cannot be set in a pack: it is locked or damaged. Open it, "
            "and save or print it as PDF again."
        )
        raise Invalid({"file": [said % {"name": name}]}) from error
