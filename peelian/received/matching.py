"""Which records a recognised line may already be: the nearest by their words."""

from __future__ import annotations

from peelian.received.likeness import likeness, words
from peelian.received.models import Line
from peelian.received.tables import kind_of_table
from peelian.record.models import Record
from peelian.record.scope import Scope

MOST = 8


def nearest(line: Line, scope: Scope) -> list[Record]:
    """Return the records of the line's kind that are most like it, the likest first.

    Only of tables whose lines have a reference of their own.
    """
    if "reference" not in line.cells:
        return []
    own = words(" ".join(str(line.cells.get(name, "")) for name in ("title", "text")))
    scored = [
        (likeness(own, words(record.title)), record)
        for record in scope.of(kind_of_table(line.table))
    ]
    near = sorted((s for s in scored if s[0] > 0), key=lambda s: (-s[0], s[1].sort_key))
    return [record for _score, record in near[:MOST]]
