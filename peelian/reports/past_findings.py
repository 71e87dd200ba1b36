"""What inspectors said by a past day, and what else the record counts between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from peelian.promises.past import Life, public_lives
from peelian.record.models import sort_key


@dataclass(frozen=True)
class Grade:
    """One judgement: on what, as what, and as what before where the report says so."""

    question: str
    grade: str
    before: str


@dataclass(frozen=True)
class Inspected:
    """An inspection that was published by a day; `published_on` is empty where it has no day."""

    reference: str
    title: str
    body: str
    published_on: str
    published: str
    grades: tuple[Grade, ...]


@dataclass(frozen=True)
class Counted:
    """How many public records of a kind have their day in a term, and what they add up to."""

    name: str
    count: int
    pounds: str


# Kinds that are counted in a term: the column of their day, and that of their money if any.
_COUNTED = (
    ("decision", "decided_on", ""),
    ("contract", "made_on", "value"),
    ("public-question", "received_on", ""),
    ("petition", "received_on", ""),
)


def inspections_until(day: dt.date, known: dt.datetime) -> tuple[Inspected, ...]:
    """Return the inspections published by a day, as known at a moment, newest first. One query.

    One without a day of publication is told as it was printed, after the others.
    """
    lives = public_lives(("inspection", "grade"), known)
    found = [
        _inspected(life, lives)
        for key, life in lives.items()
        if key.startswith("inspection/") and (life.latest.get("published_on") or "") <= str(day)
    ]
    found.sort(key=lambda one: sort_key(one.reference))
    return tuple(sorted(found, key=lambda one: one.published_on, reverse=True))


def _inspected(life: Life, lives: dict[str, Life]) -> Inspected:
    own = [
        one
        for key, one in sorted(lives.items(), key=lambda pair: sort_key(pair[0]))
        if key.startswith("grade/") and one.latest.get("parent") == life.key
    ]
    return Inspected(
        life.key.partition("/")[2],
        life.latest["title"],
        (life.latest.get("body") or "").partition("/")[2],
        life.latest.get("published_on") or "",
        life.latest.get("published_as_printed") or "",
        tuple(_grade(one) for one in own),
    )


def _grade(life: Life) -> Grade:
    said = life.latest
    question = said.get("question") or said["title"]
    return Grade(question, said.get("grade") or "", said.get("previous_grade") or "")


def counted_between(since: dt.date, until: dt.date, known: dt.datetime) -> tuple[Counted, ...]:
    """Return what else the record has of a term; a kind of which it has nothing is left out."""
    lives = public_lives([kind for kind, _day, _money in _COUNTED], known)
    return tuple(_counted(lives, since, until))


def _counted(lives: dict[str, Life], since: dt.date, until: dt.date) -> Iterator[Counted]:
    for kind, day, money in _COUNTED:
        every = (life.latest for key, life in lives.items() if key.startswith(f"{kind}/"))
        own = [said for said in every if str(since) < (said.get(day) or "") <= str(until)]
        pounds = sum((Decimal(said[money]) for said in own if money and said.get(money)), Decimal())
        if own:
            yield Counted(kind, len(own), f"{pounds:.2f}" if pounds else "")
