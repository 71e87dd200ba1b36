"""How much may be sent to the site in one form: the rest is not even written to disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST_BYTES = 20 * 1024 * 1024
MOST_FIELDS = 1024 * 1024  # beside the file itself: names, boundaries, a few words


class Limited(FileUploadHandler):
    """Lets no file through where the whole request is longer than a file may be.

    It stands first among the handlers, so it speaks before anything is kept. The form then has no
    file; `is_too_long` tells the view why.
    """

    def new_file(self, *args: Any, **more: Any) -> None:
        """Skip the file of a request that is too long."""
        super().new_file(*args, **more)
        if self.request and is_too_long(self.request.META):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the data on to the handlers that keep it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that kept it."""


def is_too_long(meta: dict[str, Any]) -> bool:
    """Return whether a request says that it is longer than one with a file may be."""
    said = str(meta.get("CONTENT_LENGTH") or "0")
    return said.isdecimal() and int(said) > MOST_BYTES + MOST_FIELDS
