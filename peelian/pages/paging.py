"""Long lists a page at a time: counting has an end, and only the rows of one page are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django.core.paginator import Page, Paginator

from peelian.record.models import Record
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

R = TypeVar("R", bound=Record)

PER_PAGE = 50
# So many are read at once sooner than asked for twice.
FEW = 300
# How far a list counts and leads. Who needs what lies beyond narrows it, or downloads all.
MOST = 5_000


class Pages(Paginator):
    """The pages of records found within a scope.

    One query finds which records they are, in their order; a second reads those of one page.
    """

    def __init__(self, found: RecordQuerySet[Any], scope: Scope) -> None:
        ids = list(found.values_list("pk", flat=True)[: MOST + 1])
        super().__init__(ids[:MOST], PER_PAGE)
        self.has_more = len(ids) > MOST
        self._model: type[Record] = found.model
        self._scope = scope

    def page(self, number: int | str) -> Page[Any]:
        """Return a page with its records. Raises InvalidPage."""
        page = super().page(number)
        page.object_list = records_of(self._model, list(page.object_list), self._scope)
        return page


def few_of(found: RecordQuerySet[R]) -> list[R] | None:
    """Return the records found, None where there are more than a few. One query."""
    # Found in no order and ordered then, so that of many only a few are looked at.
    some = found.order_by().values("pk")[: FEW + 1]
    ordered = found.model.objects.filter(pk__in=some).order_by(*found.query.order_by)
    few = cast("list[R]", list(ordered))
    return few if len(few) <= FEW else None


def records_of(
    model: type[R], ids: Sequence[int], scope: Scope, *, read: Sequence[R] | None = None
) -> list[R]:
    """Return those of these records that a scope may see, in the order given.

    One query; none where they have been read already.
    """
    if read is None:
        read = list(scope.see(model.objects.filter(pk__in=ids)))
    seen = {record.pk: record for record in read}
    return [seen[pk] for pk in ids if pk in seen]
