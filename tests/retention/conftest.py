"""The day on which the office works, files of its own, and a search for a word everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

TODAY = "2020-01-28"


@pytest.fixture(autouse=True)
def _office(settings: Any, tmp_path: Path) -> None:
    settings.OFFICE = settings.OFFICE | {"today": TODAY}
    settings.MEDIA_ROOT = tmp_path / "files"


def traces(word: str) -> set[str]:
    """Return the tables and files that hold a word, the words to search included.

    An index may keep only the end of a word whose beginning it has already, so the end is sought.
    """
    end = word[2:].lower().encode()
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(end in _bytes(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    kept = Path(django_settings.MEDIA_ROOT).rglob("*")
    return found | {path.name for path in kept if path.is_file() and end in path.read_bytes()}


def _bytes(value: Any) -> bytes:
    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return raw.lower()
