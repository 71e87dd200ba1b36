"""A document opened, whatever its format: PDF, DOCX, XLSX, ODS, CSV or plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from peelian.intake.document import Document

# Called with how much is done and how much there is, in pages or bytes.
Progress = Callable[[int, int], None]

ENDINGS = (".pdf", ".docx", ".xlsx", ".ods", ".csv", ".txt")


def read_document(path: Path, progress: Progress = lambda _done, _all: None) -> Document:
    """Return the document in a file. Raises Rejected where it cannot be read."""
    from peelian.intake.text import read_text

    return read_text(path.name, path.read_bytes())


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and of each folder named those that can be read, in order."""
    return [p for path in paths for p in (sorted(path.iterdir()) if path.is_dir() else [path])]
