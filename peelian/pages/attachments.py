"""Sending files: one that is kept with a record, and one that is made when it is asked for."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpResponse

from peelian.blocks import Document
from peelian.documents import pdf
from peelian.record import files
from peelian.record.models import Attachment

Shown = Literal["inline", "attachment"]
PDF = "application/pdf"


def as_file(
    content: bytes | str, media_type: str, name: str, *, shown: Shown = "attachment"
) -> HttpResponse:
    """Return content as a file of a name, to be kept or shown in the browser."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response


def send_draft(document: Document, name: str) -> HttpResponse:
    """Return a document that holds drafts as a PDF; no browser and no proxy keeps it."""
    response = as_file(pdf.render(document), PDF, name, shown="inline")
    response["Cache-Control"] = "no-store"
    return response


def send(attachment: Attachment | None, *, shown: Shown = "inline") -> HttpResponse:
    """Return a file, to be shown in the browser or kept. Raises Http404 where there is none."""
    if attachment is None:
        raise Http404
    try:
        content = files.read(attachment)
    except FileNotFoundError as error:
        raise Http404 from error
    response = as_file(content, attachment.media_type, attachment.name, shown=shown)
    response["ETag"] = f'"{attachment.sha256}"'
    return response
