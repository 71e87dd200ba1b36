"""The retention schedule: the classes the rules declare, and what each means for a record.

Which class a kind falls under is said on its model; for how long is said in the rules alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peelian.duties.rulebook import office, rule_named, rules
from peelian.law.arithmetic import EndOf, Period, Standard
from peelian.law.rule import Rule
from peelian.record import clock
from peelian.record.kinds import Kind, kind_named, kind_of, kinds
from peelian.record.models import Record
from peelian.record.scope import Scope

PACK = "retention"


@dataclass(frozen=True)
class Class:
    """A class of the schedule, and the kinds of record that fall under it."""

    rule: Rule
    kinds: tuple[Kind, ...]

    @property
    def period(self) -> Period | EndOf | None:
        """Return for how long its records are kept; None for good."""
        return period_of(self.rule)


@dataclass(frozen=True)
class Reckoned:
    """How long one record is kept: from which day, until when, and why in words."""

    record: Record
    rule: Rule
    counted_from: dt.date
    until: dt.date
    because: str

    @property
    def from_day(self) -> dt.date:
        """Return the first day on which it may be disposed of."""
        return self.until + dt.timedelta(days=1)


def period_of(rule: Rule) -> Period | EndOf | None:
    """Return for how long a rule has records kept after a day; None where that is for good."""
    return rule.form if isinstance(rule.form, Period | EndOf) else None


def classes() -> list[Class]:
    """Return the classes that bind this office now, in the order of the rules."""
    today, here = clock.today(), office()
    under = {kind.name: rules_of(kind) for kind in kinds()}
    named = set().union(*under.values())
    found = []
    for rule in rules():
        is_class = rule.id in named or (rule.pack == PACK and period_of(rule))
        if is_class and here.is_bound(rule, today):
            found.append(Class(rule, tuple(k for k in kinds() if rule.id in under[k.name])))
    return found


def rules_of(kind: Kind) -> set[str]:
    """Return the ids of the classes a kind's records can fall under, by themselves or as parts."""
    keeping = kind.model.keeping
    always_part = keeping.with_parent and kind.parents and not kind.alone
    found = {keeping.rule} if keeping.rule and not always_part else set()
    if keeping.with_parent:
        for name in kind.parents:
            found |= rules_of(kind_named(name)) if name != kind.name else set()
    return found


def stands_alone(record: Record) -> bool:
    """Return whether a record has a time of its own, and does not go with what it is part of."""
    keeping = kind_of(record).model.keeping
    return not (keeping.with_parent and record.parent_id)


def rule_for(kind: Kind) -> Rule | None:
    """Return the rule of a kind's own class where it binds this office today, or None."""
    rule = rule_named(kind.model.keeping.rule)
    return rule if rule and office().is_bound(rule, clock.today()) else None


def reckon(record: Record) -> Reckoned | None:
    """Return how long a record is kept.

    None for good, where it has no day to count from, where no rule binds, and for what goes with
    what it is part of. `record` is of its own model.
    """
    kind = kind_of(record)
    rule, column = rule_for(kind), kind.model.keeping.counted_from
    period = period_of(rule) if rule else None
    day = getattr(record, column) if column else None
    if rule is None or period is None or day is None or not stands_alone(record):
        return None
    nation = office().jurisdiction
    worked = period.work_out(day, nation)
    if isinstance(rule.arithmetic, Standard):
        worked = rule.arithmetic.explained(worked)
    return Reckoned(record, rule, day, worked.on, worked.because)


def due(scope: Scope, on: dt.date) -> list[Reckoned]:
    """Return what may be disposed of on a day, longest due first. One query for each dated kind."""
    reckoned = (reckon(record) for kind in _dated() for record in _before(on, kind, scope))
    found = [one for one in reckoned if one and one.from_day <= on]
    return sorted(found, key=lambda one: (one.from_day, one.record.kind, one.record.sort_key))


def without_a_day(scope: Scope) -> list[tuple[Kind, int]]:
    """Return each dated kind with how many of its records have no day to count from yet."""
    found = []
    for kind in _dated():
        empty = {f"{kind.model.keeping.counted_from}__isnull": True}
        found.append((kind, _alone(kind, scope).filter(**empty).count()))
    return [(kind, count) for kind, count in found if count]


def is_due(record: Record, on: dt.date) -> bool:
    """Return whether a record's own time is over on a day."""
    reckoned = reckon(record)
    return reckoned is not None and reckoned.from_day <= on


def kept_longer(parts: Iterable[Record], on: dt.date) -> list[Record]:
    """Return the parts that have a time of their own which is not over."""
    return [part for part in parts if stands_alone(part) and not is_due(part, on)]


def _dated() -> list[Kind]:
    """Return the kinds whose records can fall due here by themselves."""
    found = []
    for kind in kinds():
        rule = rule_for(kind) if kind.model.keeping.rule in rules_of(kind) else None
        if rule and period_of(rule) and kind.model.keeping.counted_from:
            found.append(kind)
    return found


def _alone(kind: Kind, scope: Scope) -> Any:
    records = scope.of(kind)
    return records.filter(parent=None) if kind.model.keeping.with_parent else records


def _before(on: dt.date, kind: Kind, scope: Scope) -> Any:
    """Return a kind's records that are counted from a day before another."""
    return _alone(kind, scope).filter(**{f"{kind.model.keeping.counted_from}__lt": on})
