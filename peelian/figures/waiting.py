"""Files of figures that wait between a preview and its confirmation, seen by one person alone.

Each has a folder of its own with a name nobody can guess, readable by the server only: the file as
it was sent, and beside it what was said of it. After a day, or among too many, it is swept.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from peelian.people.models import User
from peelian.record.files import clean_name

KEPT_FOR = 24 * 60 * 60  # seconds
MOST_EACH = 10  # files that wait for one person
MOST_NAME = 200  # bytes: file systems take 255
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Waiting:
    """A file that waits, and what was said of it."""

    token: str
    file: Path
    about: dict[str, Any]


def keep(sent: UploadedFile, *, by: User) -> Waiting:
    """Write what was sent where only this person finds it again. OSError if it cannot be."""
    token = secrets.token_urlsafe(24)
    inner = _folder() / token / "file"
    inner.mkdir(mode=0o700, parents=True)
    inner.parent.chmod(0o700)
    file = inner / _named(sent.name or "")
    with file.open("xb") as out:
        for chunk in sent.chunks():
            out.write(chunk)
    waiting = Waiting(token, file, {})
    note(waiting, {}, by=by)
    return waiting


def _folder() -> Path:
    folder = Path(settings.DATA) / "waiting"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _named(name: str) -> str:
    """Return a name that every file system takes, its ending kept."""
    clean = Path(clean_name(name) or "return")
    room = MOST_NAME - len(clean.suffix.encode())
    return clean.stem.encode()[: max(room, 1)].decode(errors="ignore") + clean.suffix[:20]


def note(waiting: Waiting, about: dict[str, Any], *, by: User) -> None:
    """Keep what is said of a file that waits, in place of what was."""
    path = _folder() / waiting.token / "about.json"
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps({"user": by.pk, "about": about}), encoding="utf-8")
    partial.replace(path)


def find(token: str, *, by: User) -> Waiting | None:
    """Return the file that waits for this person under a token, or None."""
    if not _TOKEN.fullmatch(token):
        return None
    folder = _folder() / token
    user, about = _noted(folder)
    files = list(folder.glob("file/*"))
    return Waiting(token, files[0], about) if user == by.pk and files and about else None


def _noted(folder: Path) -> tuple[int | None, dict[str, Any]]:
    """Return whose a folder is and what is said of its file; nobody's where it is not whole."""
    try:
        kept = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        return kept["user"], kept["about"]
    except (OSError, ValueError):
        return None, {}


def discard(waiting: Waiting) -> None:
    """Delete a file that waits, and what was said of it."""
    shutil.rmtree(_folder() / waiting.token, ignore_errors=True)


def sweep(by: User) -> None:
    """Delete what has waited for a day, and what waits for this person beyond the newest few."""
    oldest = time.time() - KEPT_FOR
    mine = []
    for age, folder in sorted(_ages(), reverse=True):
        if age < oldest:
            shutil.rmtree(folder, ignore_errors=True)
        elif _noted(folder)[0] == by.pk:
            mine.append(folder)
    for folder in mine[MOST_EACH - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _ages() -> Iterator[tuple[float, Path]]:
    for folder in _folder().iterdir():
        try:
            yield folder.stat().st_mtime, folder
        except FileNotFoundError:  # another process has just swept it
            continue
