"""A return opened, whatever it is: a table, a published workbook, an archive of files."""

from __future__ import annotations

from pathlib import Path

from peelian.intake.police_uk import is_archive, open_archive
from peelian.intake.stream import Progress, Stream, open_table


def open_return(path: Path, *, progress: Progress = lambda _bytes: None) -> Stream:
    """Return the rows of a return. Raises Rejected where there is no table to be read in it."""
    if is_archive(path):
        return open_archive(path, progress=progress)
    return open_table(path, progress=progress)
