"""What areas tell a process of the law: which records may begin it, how far one has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peelian.record.models import Record
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Beginning:
    """The records of an area that may begin a process with an event, and how they are asked for."""

    label: Any
    help: Any
    records: Callable[[Scope], RecordQuerySet[Record]]


@dataclass(frozen=True)
class Stage:
    """How far a step met by a record has come: the day it was done, or words for what is missing.

    `label` and `url` lead to where the office does it, if who looks may.
    """

    is_done: bool
    words: str = ""
    done_on: dt.date | None = None
    label: str = ""
    url: str = ""


# Asked for several runs at once, each with the records that began it.
Teller = Callable[[Sequence[Sequence[Record]], Scope], Sequence[Mapping[str, Stage]]]

_beginnings: dict[str, Beginning] = {}
_tellers: dict[str, Teller] = {}


def begins_with(event: str, beginning: Beginning) -> None:
    """Let records of an area begin processes with an event; called once by the area."""
    _beginnings[event] = beginning


def beginning_of(events: Sequence[str]) -> Beginning | None:
    """Return which records may begin a process that knows these events, or None."""
    return next((_beginnings[event] for event in events if event in _beginnings), None)


def tell_stages(process: str, teller: Teller) -> None:
    """Let an area say how the steps of a process stand that are met by its records."""
    _tellers[process] = teller


def stages_of_each(
    asked: Sequence[tuple[str, Sequence[Record]]], scope: Scope
) -> list[Mapping[str, Stage]]:
    """Return by step how far the records of an area have come, for each process and its records.

    Nothing where no area tells. As many queries as for one.
    """
    told: list[Mapping[str, Stage]] = [{} for _one in asked]
    for name, teller in _tellers.items():
        places = [place for place, (process, _begun) in enumerate(asked) if process == name]
        found = teller([asked[place][1] for place in places], scope) if places else ()
        for place, stages in zip(places, found, strict=True):
            told[place] = stages
    return told
