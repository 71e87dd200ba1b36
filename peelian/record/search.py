"""Full-text search over official text, behind one small interface.

SQLite's FTS5 and PostgreSQL's text search each keep one table, made in a migration. Only records
of the queryset that is given are found, so that what may not be seen cannot crowd out what may.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from peelian.record.models import Record
    from peelian.record.querysets import RecordQuerySet

MOST = 5000
# More than this adds nothing that anybody looks for, and PostgreSQL keeps at most a megabyte.
_MOST_TEXT, _MOST_QUERY = 100_000, 300
_PART = re.compile(r"[^\W_]+")
_WORD = re.compile(rf"{_PART.pattern}(?:[’'.-]+{_PART.pattern})*")

_SQL = {
    "sqlite": {
        "index": "INSERT INTO record_search (rowid, title, body) VALUES (%s, %s, %s)",
        "forget": "DELETE FROM record_search WHERE rowid = %s",
        "find": (
            # The sign keeps SQLite from looking up the words once for each record among.
            "SELECT rowid FROM record_search WHERE record_search MATCH %s AND +rowid IN ({among})"
            " ORDER BY bm25(record_search, 4.0, 1.0), rowid LIMIT %s"
        ),
        # A forgotten row's words stay in the index until it is written anew.
        "expunge": "INSERT INTO record_search (record_search) VALUES ('optimize')",
    },
    "postgresql": {
        "index": (
            "INSERT INTO record_search (record_id, document) VALUES (%s,"
            " setweight(to_tsvector('english', %s), 'A') || to_tsvector('english', %s))"
        ),
        "forget": "DELETE FROM record_search WHERE record_id = %s",
        "find": (
            "SELECT record_id FROM record_search, websearch_to_tsquery('english', %s) AS wanted"
            " WHERE document @@ wanted AND record_id IN ({among})"
            " ORDER BY ts_rank(document, wanted) DESC, record_id LIMIT %s"
        ),
        "expunge": "",
    },
}
CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE record_search"
        " USING fts5(title, body, tokenize='porter unicode61 remove_diacritics 2')"
    ),
    "postgresql": (
        "CREATE TABLE record_search (record_id bigint PRIMARY KEY, document tsvector NOT NULL);"
        "CREATE INDEX record_search_document ON record_search USING gin (document)"
    ),
}
DROP = "DROP TABLE record_search"


def _plain(text: str) -> str:
    """Return the text without accents, so that both databases find `Llŷn` as `Llyn`."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def index(record: Record, names: tuple[str, ...]) -> None:
    """Keep the words of a record's title and of the text columns named."""
    text = " ".join([record.reference, *(str(getattr(record, n, "") or "") for n in names)])
    title, body = (" ".join(_PART.findall(_plain(t)[:_MOST_TEXT])) for t in (record.title, text))
    sql = _SQL[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql["forget"], [record.pk])
        cursor.execute(sql["index"], [record.pk, title, body])


def forget(pk: int) -> None:
    """Drop a deleted record's words."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor]["forget"], [pk])


def expunge() -> None:
    """Leave no word of what was forgotten in the index."""
    if sql := _SQL[connection.vendor]["expunge"]:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def find(query: str, among: RecordQuerySet[Any]) -> list[int]:
    """Return the ids of those `among` that hold every word of the query, best first, at most 5,000.

    Parts of a word stay together: `A4.6` is found where `A4` comes right before `6`.
    """
    words = _WORD.findall(_plain(query[:_MOST_QUERY]))
    if not words:
        return []
    wanted = " ".join(f'"{" ".join(_PART.findall(word))}"' for word in words)
    seen, values = among.order_by().values("pk").query.sql_with_params()
    sql = _SQL[connection.vendor]["find"].format(among=seen)
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, *values, MOST])
        return [row[0] for row in cursor.fetchall()]
