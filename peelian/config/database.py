"""What the database is asked to do that no query does."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import CheckConstraint, Model, Q


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
