"""A page of a received PDF as a picture, beside what was recognised on it."""

from __future__ import annotations

from io import BytesIO

from peelian.received.models import Document
from peelian.record import files

WIDTH = 1000  # pixels


def page_picture(document: Document, number: int) -> bytes | None:
    """Return a page (from 1) as PNG; None where there is no such page, or it cannot be drawn."""
    if document.format != "pdf" or not 1 <= number <= (document.pages or 0):
        return None
    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(files.path_of(document.sha256))
        try:
            page = opened[number - 1]
            picture = page.render(scale=WIDTH / max(page.get_width(), 1)).to_pil()
        finally:
            opened.close()
    except (pypdfium2.PdfiumError, OSError, IndexError, MemoryError):
        return None
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()
