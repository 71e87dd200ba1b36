"""Two ways of seeing the record: what is public, and what the office sees.

Everything a page, feed, export or pack shows of other records goes through a scope, so that a
public page cannot name a record that is not public.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from peelian.record.models import Record

if TYPE_CHECKING:
    from peelian.record.kinds import Kind
    from peelian.record.querysets import RecordQuerySet


@dataclass(frozen=True)
class Scope:
    """Who is looking: `user=None` is the public."""

    user: Any = None

    @property
    def is_public(self) -> bool:
        """Return whether only published, public records may be seen."""
        return self.user is None

    @property
    def base_template(self) -> str:
        """Return the page frame for this scope."""
        return "base.html" if self.is_public else "base_office.html"

    def see(self, records: RecordQuerySet[Any]) -> RecordQuerySet[Any]:
        """Return those of the records that may be seen."""
        return records.public() if self.is_public else records.visible_to(self.user)

    def of(self, kind: Kind) -> RecordQuerySet[Any]:
        """Return all records of a kind that may be seen."""
        return self.see(kind.all())

    def url(self, record: Record) -> str:
        """Return the address of a record in this scope."""
        return record.get_absolute_url() if self.is_public else record.get_office_url()

    def name(self, route: str) -> str:
        """Return the name of a route in this scope."""
        return route if self.is_public else f"office-{route}"

    def by_id(self, ids: Iterable[int | None]) -> dict[int, Record]:
        """Return the records of these ids that may be seen, in one query."""
        wanted = {pk for pk in ids if pk}
        return self.see(Record.objects.filter(pk__in=wanted)).in_bulk() if wanted else {}


PUBLIC = Scope()
