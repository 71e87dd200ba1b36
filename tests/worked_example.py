"""The worked example, set up once for a test run and shared by the tests that ask for it.

`pytestmark = pytest.mark.usefixtures("worked_example", "db")` makes every test of a module stand on
a second database that holds the example with its edition, its round and its pack. What a test
writes there is rolled back, as ever. A single test among others asks for `on_worked_example`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings

from peelian import cli
from peelian.cli.demonstrating import DEMO_REASON, EXAMPLES
from peelian.demo import steps, west_mercia
from tests.tables import fill, taking_turns

Example = tuple[BaseDatabaseWrapper, dict[str, Any]]
EXAMPLE = Path(__file__).resolve().parents[1] / "examples/west-mercia-2020"
COPY, DATABASE = "example", "database.sqlite3"


@pytest.fixture(scope="session")
def _example_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Example]:
    own = connections["default"]
    changed = {
        "OFFICE": settings.OFFICE | {"today": EXAMPLES["west-mercia"].settings["PEELIAN_TODAY"]},
        "MEDIA_ROOT": tmp_path_factory.mktemp("files"),
    }
    with taking_turns(tmp_path_factory) as shared, django_db_blocker.unblock():
        example = copy_of(own, COPY), changed
        if (shared / COPY).exists():
            _take_copy(example, shared / COPY)
        else:
            with standing_on(example):
                _set_up()
            if own.vendor == "sqlite":
                keep_copy(example, shared / COPY, str(shared / COPY / DATABASE))
    copy = example[0]
    yield example
    with django_db_blocker.unblock():
        copy.close()
        if own.vendor != "sqlite":
            own.creation.destroy_test_db(suffix=COPY, verbosity=0)


def copy_of(own: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    """Return a connection to a second database with the same tables."""
    if own.vendor == "sqlite":
        place = {**own.settings_dict, "NAME": f"file:{name}?mode=memory&cache=shared"}
        copy = type(own)(place, "default")
        own.ensure_connection()
        copy.ensure_connection()
        own.connection.backup(copy.connection)
        return copy
    own.close()
    own.creation.clone_test_db(name, verbosity=0)
    return type(own)(own.creation.get_test_db_clone_settings(name), "default")


def _set_up() -> None:
    steps.load(EXAMPLE)
    west_mercia.issue_edition()
    west_mercia.open_round()
    west_mercia.build_pack(cli._build, DEMO_REASON)
    west_mercia.prove_papers()


def _take_copy(example: Example, data: Path) -> None:
    """Put into an example what another process set up: its files, and its database."""
    copy, changed = example
    shutil.copytree(data / "files", changed["MEDIA_ROOT"], dirs_exist_ok=True)
    fill(copy.connection, data / DATABASE)


@pytest.fixture(scope="module")
def worked_example(_example_database: Example) -> Iterator[None]:
    """Every test of the module stands on the worked example, on its day."""
    with standing_on(_example_database):
        yield


@pytest.fixture
def on_worked_example(db: None, _example_database: Example) -> Iterator[None]:
    """This test stands on the worked example, on its day."""
    with standing_on(_example_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def standing_on(example: Example) -> Iterator[None]:
    """Stand on the worked example, on its day, meanwhile."""
    copy, changed = example
    own = connections["default"]
    connections["default"] = copy
    try:
        with override_settings(**changed):
            yield
    finally:
        connections["default"] = own


def keep_copy(example: Example, data: Path, name: str) -> None:
    """Put the example into a data folder: its files, and its database as a file or by that name."""
    copy, changed = example
    shutil.copytree(changed["MEDIA_ROOT"], data / "files", dirs_exist_ok=True)
    if copy.vendor == "sqlite":
        copy.ensure_connection()
        with closing(sqlite3.connect(name)) as kept:
            copy.connection.backup(kept)
        return
    copy.close()  # a database in use cannot be copied
    with copy._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy.settings_dict["NAME"]}"')
