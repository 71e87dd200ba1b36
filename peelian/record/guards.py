"""What has to be answered before something becomes public: areas stand guard, the kernel asks.

A guard looks at a record and a day. Where it has a question, nobody publishes without an answer,
by whichever way; what was answered is kept by the guard in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from peelian.record.access import Actor
from peelian.record.kinds import Text
from peelian.record.models import Record

Answers = Mapping[str, bool]


@dataclass(frozen=True)
class Question:
    """What a guard asks: why it asks, and a name and words for each yes or no."""

    because: str
    yes_or_no: Mapping[str, Text]


class Guard(Protocol):
    """What stands between a record and the public."""

    def asks(self, record: Record, on: dt.date) -> Question | None:
        """Return the question that publishing on a day raises, or None."""

    def let_through(
        self, record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str
    ) -> None:
        """Keep the answers where this guard minds the day, or raise Refused."""


_guards: list[Guard] = []


def stand(guard: Guard) -> None:
    """Let a guard stand before everything that becomes public; called once by its area."""
    if guard not in _guards:
        _guards.append(guard)


def questions(record: Record, on: dt.date) -> list[Question]:
    """Return what is asked before a record becomes public on a day."""
    return [question for guard in _guards if (question := guard.asks(record, on))]


def pass_by(record: Record, on: dt.date, answers: Answers, *, by: Actor, why: str) -> None:
    """Let a record go public on a day, as it would then read. Raises Refused where a guard says no.

    A guard without an answer to its question says no.
    """
    for guard in _guards:
        guard.let_through(record, on, answers, by=by, why=why)
