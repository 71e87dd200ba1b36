"""Which kinds may have something exempt, who reads it, and what is kept of a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peelian.exempt.models import ExemptFile, ExemptPart, Reading
from peelian.record.access import may
from peelian.record.kinds import Kind, kind_named, kind_of
from peelian.record.models import Record

MOST_READINGS = 200
_able: list[str] = []


def may_be_exempt(*kinds: str) -> None:
    """Let records of these kinds have an exempt part and exempt files; called by their area."""
    _able.extend(name for name in kinds if name not in _able)


def able() -> list[Kind]:
    """Return the kinds whose records may have something exempt."""
    return [kind_named(name) for name in _able]


def may_read(actor: Any, record: Record) -> bool:
    """Return whether somebody reads what is exempt of a record: who manages its area."""
    return record.kind in _able and may(actor, "manage", kind_of(record).area)


def newest_parts(records: Iterable[Record]) -> dict[int, ExemptPart]:
    """Return the exempt part that counts of each record that has one, by id. One query.

    Only for a page or a copy that has asked who may read it.
    """
    ids = [record.pk for record in records]
    return {part.record_id: part for part in ExemptPart.objects.filter(record_id__in=ids)}


def newest_part(record: Record) -> ExemptPart | None:
    """Return the exempt part that counts, or None; only for a page that asks who may read it."""
    return newest_parts([record]).get(record.pk)


def files_of(records: Iterable[Record]) -> dict[int, list[ExemptFile]]:
    """Return the exempt files of records by id, the oldest first. One query."""
    found: dict[int, list[ExemptFile]] = {}
    ids = [record.pk for record in records]
    for file in ExemptFile.objects.filter(record_id__in=ids):
        found.setdefault(file.record_id, []).append(file)
    return found


def file_of(record: Record, pk: int) -> ExemptFile | None:
    """Return one exempt file of this record and no other's, or None."""
    return ExemptFile.objects.filter(record_id=record.pk, pk=pk).first()


def with_something(ids: Iterable[int]) -> set[int]:
    """Return which of these records have an exempt part or file: that there is one, not what."""
    ids = list(ids)
    parts = ExemptPart.objects.filter(record_id__in=ids).values_list("record_id", flat=True)
    files = ExemptFile.objects.filter(record_id__in=ids).values_list("record_id", flat=True)
    return {*parts.order_by(), *files.order_by()}


def readings_of(record: Record, *forms: str) -> list[Reading]:
    """Return the newest of who read, downloaded or copied what is exempt of a record."""
    found = Reading.objects.filter(record_id=record.pk).order_by("-pk")
    return list((found.filter(form__in=forms) if forms else found)[:MOST_READINGS])
