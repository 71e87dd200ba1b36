"""The words that narrow a list are found wherever they stand, by an index where there is one."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from peelian.config import database
from peelian.pages import tables
from peelian.pages.tables import FilterForm
from peelian.promises.models import ProgressUpdate
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.scope import PUBLIC
from tests.makers import make

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL keeps an index of words"
)


def _found(name: str, words: str) -> set[str]:
    kind = kind_named(name)
    found = FilterForm(kind, PUBLIC, {"q": words}).narrow(PUBLIC.of(kind))
    return {record.reference for record in found}


@pytest.mark.parametrize("named", [0, 1_000])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("farm", {"in-title", "in-text", "in-evidence", "farm-9"}),
        ("FARM visits", {"in-title"}),
        ("rm vis", {"in-title"}),
        ("m-9", {"farm-9"}),
        ("50%", {"in-percent"}),
        ("5_%", set()),
        ("zebra", set()),
    ],
)
def test_words_are_found_in_title_reference_and_texts_however_many_hold_them(
    words: str, expected: set[str], named: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "NAMED", named)
    make("activity", reference="in-title", title="Farm visits")
    make("activity", reference="in-text", text="Seven farms")
    make("activity", reference="in-evidence", evidence="The farmer’s letter")
    make("activity", reference="farm-9")
    make("activity", reference="in-percent", text="50% of all")
    make("activity", reference="hidden", title="Farm", status="draft")
    make("commitment", reference="another-kind", title="Farm")
    assert _found("activity", words) == expected


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("model", "columns", "index"),
    [(Record, ("title", "reference"), "record_words"), (ProgressUpdate, ("text",), "update_words")],
)
def test_an_index_answers_for_the_words_of_each_table(
    model: Any, columns: tuple[str, ...], index: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read sooner than found
    asked = Q(*((f"{name}__icontains", "zebra") for name in columns), _connector=Q.OR)
    assert index in model.objects.filter(asked).values("pk").explain()


def test_a_table_is_asked_for_its_own_words_alone() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert _found("update", "zebra") == set()
    (only,) = [q["sql"] for q in queries if "zebra" in q["sql"]]
    own, of_all = only.split("UNION ALL")
    assert ("record_record" in own, "promises_progressupdate" in of_all) == (False, False)


@ON_POSTGRESQL
def test_a_database_without_the_extension_is_told_and_set_up_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(database, "TRIGRAMS", "no_such_extension")
    with caplog.at_level(logging.WARNING), connection.schema_editor() as editor:
        database.index_words(editor, "other_words", "record_record", "title")
    assert "other_words is not made" in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'other_words'")
        assert cursor.fetchone() == (0,)
