"""Reading records. There is no writing here: every bulk write is refused."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models

from peelian.record.errors import WriteRefused
from peelian.record.public import IsPublic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peelian.record.models import Record

R = TypeVar("R", bound="Record")
M = TypeVar("M", bound=models.Model)

_on_the_path: ContextVar[bool] = ContextVar("on_the_path", default=False)
_disposing: ContextVar[bool] = ContextVar("disposing", default=False)


@contextmanager
def write_path() -> Iterator[None]:
    """Open the one write path; only `peelian.record.operations` enters it."""
    token = _on_the_path.set(True)
    try:
        yield
    finally:
        _on_the_path.reset(token)


def require_write_path() -> None:
    """Raise WriteRefused unless an operation of the record is under way."""
    if not _on_the_path.get():
        raise WriteRefused(
            "Records are written by peelian.record.operations only, so that every change is kept."
        )


@contextmanager
def disposal_path() -> Iterator[None]:
    """Open the only way to empty the history; only `peelian.record.disposal` enters it."""
    token = _disposing.set(True)
    try:
        yield
    finally:
        _disposing.reset(token)


def _require_disposal() -> None:
    if not _disposing.get():
        raise WriteRefused("Only a disposal empties what the record keeps of its past.")


class RecordQuerySet(models.QuerySet[R]):
    """Adjectives that every kind of record shares."""

    def public(self) -> Self:
        """Return what anybody may see now: published, public, in time, and under public parents."""
        return self.filter(IsPublic())

    def visible_to(self, user: Any) -> Self:
        """Return what this user may see in the back office; private kinds are closed by default."""
        from peelian.record.access import closed_kinds_hidden_from

        return self.exclude(kind__in=closed_kinds_hidden_from(user))

    def in_order(self) -> Self:
        """Return them in the order people number them: 2.9 before 2.10, A.1 before B.1."""
        return self.order_by("sort_key", "pk")

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WriteRefused("Bulk writes leave no change behind. Use peelian.record.operations.")

    create = get_or_create = update_or_create = _refuse
    update = delete = bulk_create = bulk_update = _refuse
    acreate = aget_or_create = aupdate_or_create = _refuse
    aupdate = adelete = abulk_create = abulk_update = _refuse


class KeptQuerySet(models.QuerySet[M]):
    """Rows that belong to a record: an operation writes them, nobody else."""

    def update(self, **values: Any) -> int:
        """Change the rows; only inside an operation."""
        require_write_path()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows; only inside an operation."""
        require_write_path()
        return super().delete()

    def bulk_create(self, *args: Any, **options: Any) -> list[M]:
        """Add rows; only inside an operation."""
        require_write_path()
        return super().bulk_create(*args, **options)


class AppendOnlyQuerySet(KeptQuerySet[M]):
    """Rows that are only ever added, and emptied or destroyed in a disposal alone."""

    def blank(self, **values: Any) -> int:
        """Put values that say nothing into the rows; only in a disposal."""
        _require_disposal()
        return super().update(**values)

    def destroy(self) -> tuple[int, dict[str, int]]:
        """Delete the rows; only in a disposal."""
        _require_disposal()
        return super().delete()

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WriteRefused("This is the history of the record: it is added to, never changed.")

    update = delete = bulk_update = update_or_create = _refuse
    aupdate = adelete = abulk_update = aupdate_or_create = _refuse
