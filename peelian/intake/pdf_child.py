"""Reads one PDF in a process of its own, and says on standard output what came of it."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from peelian.intake.pdf_reading import read_here
from peelian.intake.tables import Rejected

AT_ONCE = 500  # blocks or lines


def main() -> None:
    """Read a file within limits: the command line gives bytes, seconds and the file's path."""
    memory, seconds, path = sys.argv[1:]
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_CPU, int(seconds))
    _limit(resource.RLIMIT_CORE, 0)
    # What the parsers print must not get among what is said here.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, sys.stdout.fileno())

    def say(kind: str, what: Any) -> None:
        pickle.dump((kind, what), out, protocol=pickle.HIGHEST_PROTOCOL)
        out.flush()

    try:
        document = read_here(Path(path), lambda done, most: say("page", (done, most)))
    except Rejected as error:
        say("rejected", error.problems)
    else:
        for name in ("blocks", "lines"):  # bit by bit: one large piece takes as much again
            every = getattr(document, name)
            for begin in range(0, len(every), AT_ONCE):
                say(name, every[begin : begin + AT_ONCE])
        say("document", replace(document, blocks=(), lines=()))
    out.close()
    os._exit(0)  # the parsers' own clearing up is of no use any more


def _limit(what: int, most: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
        resource.setrlimit(what, (most, most + 5))  # asked to end before it is made to


if __name__ == "__main__":
    main()
