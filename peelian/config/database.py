"""What the database is asked to do that no query does."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import (
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.db.models import CheckConstraint, Model, Q

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

log = logging.getLogger(__name__)
# PostgreSQL's own, with which an index finds any three letters that follow one another.
TRIGRAMS = "pg_trgm"


def count_rows() -> None:
    """Let the database count: until it has, it plans every list as if the tables were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def keeps_its_constraints(row: Model) -> bool:
    """Return whether a row that is to be written would be taken, all its checks in one query.

    Django asks for each check by itself, between two savepoints; only that says which one fails.
    """
    checks: list[Any] = []
    values: dict[str, Any] = {}
    try:
        for model, constraints in row.get_constraints():
            values |= row._get_field_expression_map(meta=model._meta)  # type: ignore[attr-defined]
            for one in constraints:
                if isinstance(one, CheckConstraint):
                    checks.append(one.condition)
                else:
                    one.validate(model, row)
    except ValidationError:
        return False
    return Q(*checks).check(values)


def index_words(
    schema_editor: BaseDatabaseSchemaEditor, name: str, table: str, *columns: str
) -> None:
    """Let PostgreSQL find words within these columns by an index; SQLite reads fast enough.

    Where it has not the extension, or the role may not make it, every row is read as before.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    # Django asks `icontains` of the text in capitals.
    capitals = ", ".join(f"UPPER({column}::text) gin_trgm_ops" for column in columns)
    try:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute(f"CREATE EXTENSION IF NOT EXISTS {TRIGRAMS}")
            schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin ({capitals})")
    except (NotSupportedError, OperationalError, ProgrammingError) as error:
        log.warning("%s is not made, and words are found without an index: %s", name, error)


def forget_words(schema_editor: BaseDatabaseSchemaEditor, name: str) -> None:
    """Drop an index of words where there is one."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
