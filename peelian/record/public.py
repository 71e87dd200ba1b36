"""The one rule of what is public, as a condition of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import BooleanField, Expression
from django.db.models.expressions import Col
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

# update → activity → commitment → objective → plan → policing body
DEPTH = 5

_OUT = (
    "{status} = 'published' AND {audience} = 'public'"
    " AND ({embargo_until} IS NULL OR {embargo_until} <= %s)"
    " AND ({expires_at} IS NULL OR {expires_at} > %s)"
)


class IsPublic(Expression):
    """That a record is out now: published, public, in time; and so are its parents, if asked.

    Written as SQL in one piece: every page asks this several times, and as three dozen lookups it
    took Django longer to put together than the database takes to answer.
    """

    output_field = BooleanField()

    def __init__(self, *, parents: bool = True) -> None:
        super().__init__()
        self.levels = DEPTH + 1 if parents else 1
        self.columns: list[Col] = []

    def get_source_expressions(self) -> list[Any]:
        """Return the `status` of the record and of each parent, one for each table joined."""
        return self.columns

    def set_source_expressions(self, exprs: Any) -> None:
        """Take the columns back, for example under the new names of their tables."""
        self.columns = list(exprs)

    def resolve_expression(
        self,
        query: Any = None,
        allow_joins: bool = True,
        reuse: set[str] | None = None,
        summarize: bool = False,
        for_save: bool = False,
    ) -> Self:
        """Return the condition with its tables joined to a query."""
        if self.columns:  # In a subquery, Django comes once more with the outer query.
            return self
        names = ["parent__" * level + "status" for level in range(self.levels)]
        found = self.copy()
        found.columns = [query.resolve_ref(name, allow_joins, reuse, summarize) for name in names]
        return found

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the condition as SQL, and the moment it is asked for its parameters."""
        quote = compiler.quote_name_unless_alias
        said = []
        child = ""
        for status in self.columns:
            table = quote(str(status.alias))
            column = {
                field.name: f"{table}.{quote(str(field.column))}"
                for field in status.target.model._meta.local_fields
            }
            out = _OUT.format(**column)
            said.append(f"({child} IS NULL OR ({out}))" if child else out)
            child = column["parent"]
        if self.levels > 1:
            # All parents in one piece: PostgreSQL then looks up each parent once and remembers it.
            said[1:] = [f"COALESCE({' AND '.join([*said[1:], f'{child} IS NULL'])}, FALSE)"]
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        return f"({' AND '.join(said)})", (now,) * (2 * self.levels)
