"""Exempt files as the pages of a copy: a PDF page by page, anything else by its name."""

from __future__ import annotations

import pypdfium2
from django.utils.translation import gettext as _

from peelian.blocks import Block, Heading, Pages, Paragraph, plain
from peelian.exempt.models import ExemptFile
from peelian.intake.documents import read_document
from peelian.intake.tables import Rejected
from peelian.papers.reading import landscape_pages, page_texts
from peelian.record.errors import Refused
from peelian.record.files import path_of

_PDF = "application/pdf"


def file_blocks(file: ExemptFile) -> list[Block]:
    """Return an exempt file under its title. Raises Refused for a PDF that cannot be read."""
    heading = Heading(3, file.title, anchor=f"exempt-file-{file.pk}")
    if file.media_type == _PDF:
        return [heading, _pages_of(file)]
    said = _("“%(name)s” is no PDF and is not set here: it is given out by itself.")
    return [heading, Paragraph(plain(said % {"name": file.name}))]


def _pages_of(file: ExemptFile) -> Pages:
    path = path_of(file.sha256)
    try:
        document = read_document(path)
        landscape = landscape_pages(path)
    except (Rejected, pypdfium2.PdfiumError) as error:
        said = _("“%(name)s” is locked or damaged. Keep it again, saved anew as PDF.")
        raise Refused(said % {"name": file.name}) from error
    return Pages(
        sha256=file.sha256,
        name=file.name,
        title=file.title,
        texts=tuple(page_texts(document, document.pages or 0)),
        landscape=tuple(landscape),
    )
