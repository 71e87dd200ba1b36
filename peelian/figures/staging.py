"""Many observations at once, on SQLite and PostgreSQL: staged, compared in the database, appended.

A return is written to a temporary table first, so that what is new, the same or in conflict is
found by joins, and memory stays level however long the return is. All of it is inside the caller's
transaction: killed at any moment, nothing of the return is there. Every name in the SQL is one of
this module's own; values are parameters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection

from peelian.figures.models import Observation, Return

BATCH = 10_000
TABLE = Observation._meta.db_table
KEY = ("measure_id", "area_id", "period", "known", "source")
COLUMNS = (*KEY, "value", "illustrative", "provisional", "note")
TYPES = (
    "bigint", "bigint", "date", "date", "varchar(300)",
    "double precision", "boolean", "boolean", "varchar(300)",
)  # fmt: skip
SAME = " AND ".join(f"o.{column} = i.{column}" for column in KEY)
SERIES = " AND ".join(f"o.{column} = i.{column}" for column in KEY[:3])
# A staged row beside the value that pages show for its series and period now, if there is one.
BESIDE_NEWEST = (
    f"FROM incoming i LEFT JOIN {TABLE} n ON n.id = (SELECT o.id FROM {TABLE} o WHERE {SERIES}"
    " ORDER BY o.known DESC, o.id DESC LIMIT 1)"
)
IN_ORDER = "i.row, i.measure_id, i.area_id, i.period"
CHANGED = "n.value <> i.value AND n.known <= i.known"


class Staged(NamedTuple):
    """An observation on its way in: the row of the file it stood in, if in one; its columns."""

    row: int | None
    measure_id: int
    area_id: int
    period: dt.date
    known: dt.date
    source: str
    value: float
    illustrative: bool
    provisional: bool
    note: str


class Revision(NamedTuple):
    """A staged value that will be shown in place of another: its row, what of, then both values."""

    row: int | None
    measure_id: int
    area_id: int
    period: dt.date
    before: float
    after: float


class Stage:
    """The temporary table, while it is there."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.waiting: list[Staged] = []

    def add(self, staged: Staged) -> None:
        """Add an observation; they are written many at a time."""
        self.waiting.append(staged)
        if len(self.waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write those that wait."""
        names = ", ".join(("row", *COLUMNS))
        if connection.vendor == "postgresql":
            with self.cursor.copy(f"COPY incoming ({names}) FROM STDIN") as copy:
                for staged in self.waiting:
                    copy.write_row(staged)
        elif self.waiting:
            marks = ", ".join(["?"] * (len(COLUMNS) + 1))
            rows = [(s[0], s[1], s[2], str(s[3]), str(s[4]), *s[5:]) for s in self.waiting]
            self.cursor.cursor.executemany(f"INSERT INTO incoming ({names}) VALUES ({marks})", rows)
        self.waiting.clear()

    def twice(self, most: int) -> list[tuple[int | None, int | None, int, dt.date]]:
        """Return rows that say again, of the same period and day, what an earlier row said.

        Each is the earlier row, the row, the measure's id and the period.
        """
        keys = ", ".join(KEY)
        return self._rows(
            "SELECT min(row), max(row), measure_id, period FROM incoming"
            f" GROUP BY {keys} HAVING count(*) > 1 ORDER BY 2, 3, 4 LIMIT {most}"
        )

    def conflicts(self, most: int) -> list[tuple[int | None, float, float, int, int, dt.date]]:
        """Return the rows whose value is not the one stored for the same day.

        Each is the row, both values, and the measure, area and period they are of.
        """
        return self._rows(
            "SELECT i.row, i.value, o.value, i.measure_id, i.area_id, i.period"
            f" FROM incoming i JOIN {TABLE} o ON {SAME}"
            f" WHERE o.value <> i.value ORDER BY {IN_ORDER} LIMIT {most}"
        )

    def counts(self) -> tuple[int, int, int]:
        """Return how many are new, revise an earlier value, and are the same."""
        stored = f"EXISTS (SELECT 1 FROM {TABLE} o WHERE {SAME})"
        known = f"EXISTS (SELECT 1 FROM {TABLE} o WHERE {SERIES})"
        [(total, same, revised)] = self._rows(
            f"SELECT count(*), coalesce(sum(CASE WHEN {stored} THEN 1 ELSE 0 END), 0),"
            f" coalesce(sum(CASE WHEN {known} AND NOT {stored} THEN 1 ELSE 0 END), 0)"
            " FROM incoming i"
        )
        return total - same - revised, revised, same

    def effects(self) -> dict[str, tuple[int, int]]:
        """Return for each effect on what is shown how many rows have it, and a sum.

        `same` is stored already; `new` has no value yet; `changed` puts another value in its place,
        `confirmed` the same value as of a later day; `older` was known earlier than what is shown.
        The sums add up the ids of the values shown now: they differ when what is stored has.
        """
        found = self._rows(
            "SELECT effect, count(*), sum(shown) FROM (SELECT coalesce(n.id, 0) AS shown, CASE"
            " WHEN n.id IS NULL THEN 'new'"
            f" WHEN EXISTS (SELECT 1 FROM {TABLE} o WHERE {SAME}) THEN 'same'"
            f" WHEN {CHANGED} THEN 'changed'"
            " WHEN n.known <= i.known THEN 'confirmed' ELSE 'older' END AS effect"
            f" {BESIDE_NEWEST}) AS told GROUP BY effect ORDER BY effect"
        )
        return {effect: (count, int(shown)) for effect, count, shown in found}

    def revisions(self, most: int) -> list[Revision]:
        """Return the first rows that put another value in the place of one that is shown."""
        found = self._rows(
            "SELECT i.row, i.measure_id, i.area_id, i.period, n.value, i.value"
            f" {BESIDE_NEWEST} WHERE {CHANGED}"
            f" AND NOT EXISTS (SELECT 1 FROM {TABLE} o WHERE {SAME})"
            f" ORDER BY {IN_ORDER} LIMIT {most}"
        )
        return [Revision(*row) for row in found]

    def values(
        self, measures: Sequence[int], periods: Sequence[dt.date]
    ) -> Iterator[tuple[int, int, dt.date, float]]:
        """Yield measure, area, period and value of the rows of these measures and periods."""
        if not measures or not periods:
            return
        among = [", ".join(["%s"] * len(these)) for these in (measures, periods)]
        self.cursor.execute(
            "SELECT measure_id, area_id, period, value FROM incoming"
            f" WHERE measure_id IN ({among[0]}) AND period IN ({among[1]}) ORDER BY known, row",
            [*measures, *map(str, periods)],
        )
        while rows := self.cursor.fetchmany(BATCH):
            yield from rows

    def append(self, came_in: Return) -> None:
        """Append those that are not stored yet, as of this return."""
        names, own = ", ".join(COLUMNS), ", ".join(f"i.{column}" for column in COLUMNS)
        self.cursor.execute(
            f"INSERT INTO {TABLE} ({names}, came_in_id, row) SELECT {own}, {int(came_in.pk)}, i.row"
            f" FROM incoming i LEFT JOIN {TABLE} o ON {SAME} WHERE o.id IS NULL"
            " ORDER BY i.measure_id, i.area_id, i.period"
        )

    def measures(self) -> list[int]:
        """Return the measures that there is anything of."""
        return [pk for (pk,) in self._rows("SELECT DISTINCT measure_id FROM incoming")]

    def totals(self) -> list[tuple[int, dt.date, float, int]]:
        """Return for each measure and period the sum of its values and how many there are."""
        return self._rows(
            "SELECT measure_id, period, sum(value), count(*) FROM incoming"
            " GROUP BY measure_id, period ORDER BY measure_id, period"
        )

    def _rows(self, query: str) -> list[Any]:
        self.cursor.execute(query)
        return list(self.cursor.fetchall())


@contextmanager
def stage() -> Iterator[Stage]:
    """Give a stage that is gone when the block ends, whatever happens in it."""
    columns = ", ".join(_columns(COLUMNS, TYPES))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming")
        cursor.execute(f"CREATE TEMPORARY TABLE incoming (row integer, {columns})")
        yield Stage(cursor)
        cursor.execute("DROP TABLE IF EXISTS incoming")


def _columns(names: Sequence[str], types: Sequence[str]) -> list[str]:
    return [f"{name} {form}" for name, form in zip(names, types, strict=True)]
