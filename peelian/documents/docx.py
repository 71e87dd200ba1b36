"""Blocks as a Word document: real headings, tables whose head repeats, the language set.

Drawings become pictures with their alternative text; the pages of another PDF their words.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
from django.utils import translation
from django.utils.formats import date_format
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from peelian import blocks as b
from peelian.documents.png import as_png

_WIDTH = 16.0  # of what is printed on an upright page, in centimetres
_WIDE = 25.7


def render(document: b.Document, *, site: str = "") -> bytes:
    """Return a document as DOCX; without `site`, links to pages of this site are left out."""
    document = b.arranged(document)
    made = docx.Document()
    writer = _Writer(made, site.rstrip("/"))
    _describe(made, document)
    with translation.override(document.language.lower()):
        writer.opening(document)
        for block in document.blocks:
            writer.write(block)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _describe(made: Any, document: b.Document) -> None:
    """Set the title, the language and the page of a document."""
    facts = made.core_properties
    facts.title, facts.author = document.title, document.publisher
    facts.language = document.language
    facts.created = facts.modified = dt.datetime.combine(document.date, dt.time())
    facts.comments = ""
    style = made.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), document.language)
    style.append(language)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin"):
        setattr(page, side, Cm(2.5))


class _Writer:
    """Writes blocks one after another; what follows a wide page break is landscape."""

    def __init__(self, made: Any, site: str) -> None:
        self.made, self.site, self.width = made, site, _WIDTH
        self.marks = 0

    def opening(self, document: b.Document) -> None:
        """Write what stands above the first block: title, subtitle, who and when."""
        self.made.add_paragraph(b.printable(document.title), style="Title")
        if document.subtitle:
            self.made.add_paragraph(b.printable(document.subtitle), style="Subtitle")
        day = date_format(document.date, "j F Y")
        self.made.add_paragraph(b.printable(f"{document.publisher}, {day}"))
        if document.status:
            self.made.add_paragraph(b.printable(document.status))

    def write(self, block: b.Block) -> None:
        """Write one block."""
        match block:
            case b.Heading():
                self._heading(block)
            case b.Paragraph():
                self._runs(self.made.add_paragraph(), block.runs)
            case b.Bullets():
                for item in block.items:
                    style = "List Number" if block.ordered else "List Bullet"
                    self._runs(self.made.add_paragraph(style=style), item)
            case b.Table():
                self._table(block)
            case b.Facts():
                for term, said in block.items:
                    paragraph = self.made.add_paragraph()
                    self._runs(paragraph, (b.Run(f"{term}: ", bold=True), *said))
            case b.Notice():
                self.made.add_paragraph(b.printable(block.text), style="Intense Quote")
            case b.PageBreak():
                self._page(block)
            case b.Figure():
                self._figure(block)
            case b.Pages():
                for words in (block.title, *block.texts):
                    self.made.add_paragraph(b.printable(words))

    def _heading(self, block: b.Heading) -> None:
        paragraph = self.made.add_heading(b.printable(block.full), level=block.level)
        if block.anchor:
            self._mark(paragraph, block.anchor)

    def _mark(self, paragraph: Any, anchor: str) -> None:
        """Make a heading a place that links of the document lead to."""
        self.marks += 1
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(name)
            mark.set(qn("w:id"), str(self.marks))
            if name == "w:bookmarkStart":
                mark.set(qn("w:name"), _bookmark(anchor))
            paragraph._p.append(mark)

    def _page(self, block: b.PageBreak) -> None:
        section = self.made.add_section(WD_SECTION.NEW_PAGE)
        wide = block.landscape
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
        margin = Cm(2) if wide else Cm(2.5)
        section.left_margin = section.right_margin = margin
        self.width = _WIDE if wide else _WIDTH

    def _table(self, block: b.Table) -> None:
        self.made.add_paragraph(b.printable(block.caption), style="Caption")
        table = self.made.add_table(rows=1 + len(block.rows), cols=len(block.head))
        table.style, table.autofit = "Table Grid", False
        widths = block.widths or (1.0,) * len(block.head)
        _describe_table(table, block)
        for cell, runs in zip(table.rows[0].cells, block.head, strict=True):
            self._runs(cell.paragraphs[0], tuple(b.Run(r.text, r.href, bold=True) for r in runs))
        for made, row in zip(list(table.rows)[1:], block.rows, strict=True):
            for cell, said in zip(made.cells, row, strict=True):
                self._cell(cell, said)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(self.width * width / sum(widths))

    def _cell(self, cell: Any, said: b.Cell) -> None:
        """Write a cell's words; its first paragraph is there already."""
        empty: list[Any] = [cell.paragraphs[0]]
        for part in said:
            match part:
                case b.Run():
                    self._runs(cell.paragraphs[0], (part,))
                case b.Paragraph():
                    self._runs(empty.pop() if empty else cell.add_paragraph(), part.runs)
                case b.Bullets():
                    for item in part.items:
                        paragraph = empty.pop() if empty else cell.add_paragraph()
                        paragraph.style = "List Bullet"
                        self._runs(paragraph, item)

    def _figure(self, block: b.Figure) -> None:
        picture = self.made.add_picture(BytesIO(as_png(block.svg)), width=Cm(self.width))
        picture._inline.docPr.set("descr", b.printable(block.alt))
        self.made.add_paragraph(b.printable(block.caption), style="Caption")

    def _runs(self, paragraph: Any, runs: b.Runs) -> None:
        for run in runs:
            made = paragraph.add_run(b.printable(run.text))
            made.bold, made.italic = run.bold or None, run.italic or None
            if run.href:
                self._link(paragraph, made, run.href)

    def _link(self, paragraph: Any, made: Any, href: str) -> None:
        """Make a run lead somewhere; a paper cannot follow a path without its site."""
        if href.startswith("/") and not self.site:
            return
        link = OxmlElement("w:hyperlink")
        if href.startswith("#"):
            link.set(qn("w:anchor"), _bookmark(href[1:]))
        else:
            target = self.site + href if href.startswith("/") else href
            related = paragraph.part.relate_to(
                target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link.set(qn("r:id"), related)
        made.font.underline = True
        paragraph._p.append(link)
        link.append(made._r)


def _describe_table(table: Any, block: b.Table) -> None:
    """Let a table's head repeat on each page and be announced, and its rows not break."""
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1" if block.row_header else "0")
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), b.printable(block.caption))
    table._tbl.tblPr.append(said)


def _bookmark(anchor: str) -> str:
    """Return an anchor as Word names places: letters, digits and underlines, at most forty."""
    kept = "".join(c if c.isascii() and c.isalnum() else "_" for c in anchor)
    return f"p_{kept}"[:40]
