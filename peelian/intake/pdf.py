"""PDF in: read in a process of its own, which a hostile file may break, fill or hold up.

The parsers are written in C. A file that breaks them, or takes more memory or time than any honest
one, ends that process and not ours.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from peelian.intake.document import Document
from peelian.intake.tables import Problem, Rejected

if TYPE_CHECKING:
    from peelian.intake.documents import Progress

MOST_MEMORY = 3 * 1024**3 // 2  # bytes of address space; an honest file takes a third
MOST_SECONDS = 300  # at work: a busy machine is not the file's fault
MOST_SILENCE = 120.0  # seconds without a page
_KNOWN = frozenset(("peelian.intake.document", "peelian.intake.tables"))


def read_pdf(path: Path, progress: Progress = lambda _done, _all: None) -> Document:
    """Return the document in a PDF; `progress` is told of pages. Raises Rejected.

    Nothing in the file is run, and nothing that it names is fetched.
    """
    limits = [str(MOST_MEMORY), str(MOST_SECONDS)]
    child = subprocess.Popen(  # noqa: S603 (our own module; the file's path goes in as data)
        [sys.executable, "-P", "-m", "peelian.intake.pdf_child", *limits, str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    said: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    stream = cast(IO[bytes], child.stdout)
    listener = threading.Thread(target=_listen, args=(stream, said), daemon=True)
    listener.start()
    try:
        return _told(said, progress)
    except _Ended as end:
        long = child.wait() == -signal.SIGXCPU
        found = _TOO_LONG.format(MOST_SECONDS) if long else _BREAKS
        raise _refused(path.name, found, end.page) from None
    except queue.Empty:
        raise _refused(path.name, _TOO_LONG.format(round(MOST_SILENCE)), 0) from None
    finally:
        child.kill()
        child.wait()
        listener.join()


_TOO_LONG = "a file that takes more than {} seconds to read"
_BREAKS = "a file that breaks its reader, or fills its memory"


class _Ended(Exception):
    """The other process ended without an answer, after so many pages."""

    def __init__(self, page: int) -> None:
        self.page = page


class _Plain(pickle.Unpickler):
    """Takes nothing but the parts of a document: a child that a file took over says no more."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that a document is made of. Raises UnpicklingError for any other."""
        if module in _KNOWN or (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _listen(stream: IO[bytes], said: queue.SimpleQueue[tuple[str, Any]]) -> None:
    with stream, contextlib.suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
        while True:
            said.put(_Plain(stream).load())
    said.put(("ended", None))


def _told(said: queue.SimpleQueue[tuple[str, Any]], progress: Progress) -> Document:
    page = 0
    parts: dict[str, list[Any]] = {"blocks": [], "lines": []}
    while True:
        kind, what = said.get(timeout=MOST_SILENCE)
        if kind == "page":
            page, most = what
            progress(page, most)
        elif kind in parts:
            parts[kind] += what
        elif kind == "document":
            return replace(what, blocks=tuple(parts["blocks"]), lines=tuple(parts["lines"]))
        elif kind == "rejected":
            raise Rejected(what)
        else:
            raise _Ended(page)


def _refused(file: str, found: str, page: int) -> Rejected:
    after = f", after page {page}" if page else ""
    return Rejected([Problem(file, found + after, "a PDF of ordinary size")])
