"""What takes long to make is made once for all the processes of a test run.

Each process has a database of its own. Whichever comes first makes it and keeps a copy as a file;
another waits for that and begins from the copy. On PostgreSQL each process makes its own.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction


@contextmanager
def taking_turns(factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the folder that the processes of this run share, to one of them at a time.

    On PostgreSQL, where nothing is shared, nobody waits.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "turn").open("w") as turn:
        if connection.vendor == "sqlite":
            fcntl.flock(turn, fcntl.LOCK_EX)  # until it is closed
        yield shared


@contextmanager
def beginning_from(kept: Path) -> Iterator[None]:
    """Fill the test database from a file before it is set up, or the file from it afterwards.

    A set-up that finds the tables there brings them up to date, which they are.
    """
    if connection.vendor != "sqlite":
        yield
        return
    creation: Any = connection.creation
    name = creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as database:
        is_there = kept.exists()
        if is_there:
            fill(database, kept)
        yield
        if not is_there:
            with closing(sqlite3.connect(kept)) as file:
                database.backup(file)


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """Let what is written before the yield stand under a module's tests, and be gone after them.

    Each test has a transaction within this one, so none sees what another did. Those that want
    nothing there are elsewhere.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def fill(database: sqlite3.Connection, kept: Path) -> None:
    """Put what a file holds into a database, in the place of all that it held."""
    with closing(sqlite3.connect(kept)) as file:
        file.backup(database)
