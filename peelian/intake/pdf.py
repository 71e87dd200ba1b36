"""PDF in: read in a process of its own, which a hostile file may break, fill or hold up.

The parsers are written in C. A file that breaks them, or takes more memory or time than any honest
one, ends that process and not ours.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, cast

from peelian.intake.document import Document
from peelian.intake.documents import Progress
from peelian.intake.tables import Problem, Rejected

MOST_MEMORY = 3 * 1024**3 // 2  # bytes of address space; an honest file takes a third
MOST_SECONDS = 300.0
MOST_SILENCE = 60.0  # seconds for one page
_KNOWN = frozenset(("peelian.intake.document", "peelian.intake.tables"))


def read_pdf(path: Path, progress: Progress = lambda _done, _all: None) -> Document:
    """Return the document in a PDF; `progress` is told of pages. Raises Rejected.

    Nothing in the file is run, and nothing that it names is fetched.
    """
    limits = [str(MOST_MEMORY), str(int(MOST_SECONDS) + 10)]
    child = subprocess.Popen(  # noqa: S603 (our own module; the file's path goes in as data)
        [sys.executable, "-P", "-m", "peelian.intake.pdf_child", *limits, str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    said: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    listener = threading.Thread(
        target=_listen, args=(cast(IO[bytes], child.stdout), said), daemon=True
    )
    listener.start()
    try:
        return _told(path, said, progress)
    finally:
        child.kill()
        child.wait()
        listener.join()


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


def _told(path: Path, said: queue.SimpleQueue[tuple[str, Any]], progress: Progress) -> Document:
    until = time.monotonic() + MOST_SECONDS
    page = 0
    parts: dict[str, list[Any]] = {"blocks": [], "lines": []}
    while True:
        left = until - time.monotonic()
        try:
            kind, what = said.get(timeout=max(min(MOST_SILENCE, left), 0.01))
        except queue.Empty:
            limit = MOST_SILENCE if left > MOST_SILENCE else MOST_SECONDS
            found = f"a file that takes more than {limit:.0f} seconds to read{_after(page)}"
            raise Rejected([Problem(path.name, found, "a PDF of ordinary size")]) from None
        if kind == "page":
            page, most = what
            progress(page, most)
        elif kind == "document":
            return replace(what, blocks=tuple(parts["blocks"]), lines=tuple(parts["lines"]))
        elif kind in parts:
            parts[kind] += what
        elif kind == "rejected":
            raise Rejected(what)
        else:
            found = f"a file that breaks its reader, or fills its memory{_after(page)}"
            raise Rejected([Problem(path.name, found, "a PDF of ordinary size")])


def _after(page: int) -> str:
    return f", after page {page}" if page else ""
