"""Sending a file that is kept with a record."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpResponse

from peelian.record import files
from peelian.record.models import Attachment


def send(
    attachment: Attachment | None, *, shown: Literal["inline", "attachment"] = "inline"
) -> HttpResponse:
    """Return a file, to be shown in the browser or kept. Raises Http404 where there is none."""
    if attachment is None:
        raise Http404
    try:
        content = files.read(attachment)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=attachment.media_type)
    response["Content-Disposition"] = f'{shown}; filename="{attachment.name}"'
    response["ETag"] = f'"{attachment.sha256}"'
    return response
