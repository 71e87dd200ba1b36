"""What areas remark on a record that was just typed in, without any importing another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy

from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.values import load
from peelian.record.writing import draft_of

Remark = Callable[[Record], Iterable[str]]
_remarks: list[Remark] = []


def remark(says: Remark) -> None:
    """Let an area remark on what is saved in the office; called once by its application."""
    if says not in _remarks:
        _remarks.append(says)


def remarks_on(record: Record) -> list[str]:
    """Return what the areas remark, for the person who typed it. What waits as a draft is read."""
    typed = _as_typed(record)
    return [said for says in _remarks for said in says(typed)]


def _as_typed(record: Record) -> Record:
    draft = draft_of(record)
    if draft is None:
        return record
    kind, typed = kind_of(record), copy(record)
    for name, value in load(kind, draft.values).items():
        if name not in kind.links:
            setattr(typed, name, value)
    return typed
