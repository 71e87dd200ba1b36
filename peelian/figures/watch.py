"""A folder that returns are put into: each complete one is loaded, once, and moved out of the way.

A file counts as complete when neither its size nor its time has changed between two looks. It is
loaded in one transaction, together with a last look at whether it has grown meanwhile; then it is
moved to `loaded` or `refused`, with a report beside it. Cut off between the two, the next look
finds the very same file on the record and only moves it.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import NamedTuple

from django.db import Error, close_old_connections, transaction
from django.utils import timezone

from peelian.figures.load import Given, Overtaken, load_return
from peelian.intake.tables import Rejected
from peelian.record import clock
from peelian.record.access import Actor

LOADED, REFUSED = "loaded", "refused"
REPORT = ".report.txt"
# What programs call a file that they are still writing, or only hold open.
UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp", ".swp")
HIDDEN = (".", "~")
Tell = Callable[[str], None]


class Busy(Exception):
    """Somebody else watches this folder already."""


class Look(NamedTuple):
    """A file as it was seen."""

    size: int
    changed: int


class Grown(Exception):
    """A file changed while it was read."""


class Watch:
    """The watch over one folder: `given` holds for every return, `tell` hears what is done.

    A return that names no day is as at the day it is loaded. `troubles` are the files that were
    refused, or could not be read or moved when last looked at.
    """

    def __init__(self, folder: Path, given: Given, *, by: Actor, tell: Tell) -> None:
        self.folder, self.given, self.by, self.tell = folder, given, by, tell
        self.seen: dict[Path, Look] = {}
        self.troubles: dict[Path, str] = {}

    def look(self) -> list[Path]:
        """Return the files that have not changed since the last look, by name."""
        try:
            now = {path: look for path in _files(self.folder) if (look := _look(path))}
        except OSError as error:
            self._leave(self.folder, str(error))
            return []
        self.troubles.pop(self.folder, None)
        ready = sorted(path for path, look in now.items() if self.seen.get(path) == look)
        self.seen = now
        return ready

    def take(self, path: Path) -> None:
        """Load a file that is complete, and move it.

        One that is locked, gone or still growing is left for the next look; so are all while the
        database is away.
        """
        try:
            where, report = self._load(path)
            self._move(path, where, report)
        except FileNotFoundError:
            self.troubles.pop(path, None)
        except Grown:
            self.seen.pop(path, None)
        except Overtaken as error:
            self._leave(path, str(error))
        except (OSError, Error) as error:
            self._leave(path, f"{path.name}: {str(error).strip() or type(error).__name__}")
        else:
            self.troubles.pop(path, None)
            self.tell(f"{where}: {report[0]}")
            if where == REFUSED:
                self.troubles[path] = report[0]

    def _load(self, path: Path) -> tuple[str, list[str]]:
        """Load a file whole; return where it belongs, and the lines of its report."""
        before = _look(path)
        if before and not before.size:
            raise OSError("it is empty")
        given = replace(self.given, as_at=self.given.as_at or clock.today())
        try:
            with transaction.atomic():
                outcome = load_return(path, given, by=self.by)
                if _look(path) != before:
                    raise Grown
        except Overtaken:
            raise
        except Rejected as error:
            if _look(path) != before:
                raise Grown from error
            count = len(error.problems)
            said = f"{count} problem{'s' if count > 1 else ''}"
            head = f"{path.name} was not loaded: {said}. Nothing of it was kept."
            return REFUSED, [head, *map(str, error.problems)]
        if outcome.repeated:
            return LOADED, [str(outcome)]
        layout = f"Layout: {outcome.layout}. As at: {given.as_at}."
        return LOADED, [str(outcome), layout, *outcome.notes]

    def _move(self, path: Path, where: str, report: list[str]) -> None:
        """Write the report, then move the file beside it, over nothing that is there."""
        target = _free(self.folder / where, path.name)
        target.parent.mkdir(exist_ok=True)
        when = timezone.localtime().strftime("%Y-%m-%d %H:%M:%S")
        with target.with_name(target.name + REPORT).open("a", encoding="utf-8") as out:
            out.write("\n".join((f"{when}  {report[0]}", *report[1:], "")))
        path.rename(target)

    def _leave(self, path: Path, why: str) -> None:
        """Leave a file for the next look, and say once why."""
        if self.troubles.get(path) != why:
            self.tell(f"waiting: {why}")
        self.troubles[path] = why


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that may be returns: none that is hidden or still being written."""
    for path in folder.iterdir():
        unfinished = path.suffix.lower() in UNFINISHED or path.name.startswith(HIDDEN)
        if not unfinished and not path.is_symlink() and path.is_file():
            yield path


def _look(path: Path) -> Look | None:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return Look(seen.st_size, seen.st_mtime_ns)


def _free(folder: Path, name: str) -> Path:
    """Return a path for this name where no file is yet: `november.csv`, then `november-2.csv`."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let nobody else watch this folder for the while. Raises Busy where somebody does.

    The lock is the system's and goes with the process, however it ends.
    """
    with (folder / ".peelian-watch").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield


def run(watch: Watch, stop: Event, *, once: bool, pause: float) -> None:
    """Look, pause, look again and take what is complete, until told to stop; or once.

    A stop waits for the return that is being loaded, and for no other.
    """
    watch.look()
    while not stop.wait(pause):
        close_old_connections()
        for path in watch.look():
            if stop.is_set():
                return
            watch.take(path)
        if once:
            return
