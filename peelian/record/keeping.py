"""How long a record is kept: its model says under which class, and what may stop its going."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peelian.record.errors import Refused

if TYPE_CHECKING:
    from peelian.record.models import Record


@dataclass(frozen=True)
class Keeping:
    """Under which class of the retention schedule a model's records fall; the rule has the period.

    `counted_from` is the column of the day it is counted from; without one they are kept for good.
    One `with_parent` goes when what it is part of goes, and has a class only while it is part of
    nothing.
    """

    rule: str = ""
    counted_from: str = ""
    with_parent: bool = False


WITH_PARENT = Keeping(with_parent=True)

Guard = Callable[["Record"], str]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> None:
    """Let a guard say why a record must stay; called once by the area that knows of holds."""
    if guard not in _guards:
        _guards.append(guard)


def require_free(record: Record) -> None:
    """Raise Refused where a guard says that a record must stay."""
    for guard in _guards:
        if reason := guard(record):
            raise Refused(reason)
