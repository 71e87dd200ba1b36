"""When the body model changes on a day: which duties end, begin or change, and what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.proofs import since
from peelian.law.office import Office
from peelian.law.rule import BodyModel, Rule
from peelian.record.models import Record
from peelian.record.scope import Scope

_DAY = timedelta(days=1)
# A clock opened before the day may have its last day this long after it.
_AFTER = timedelta(days=400)


@dataclass(frozen=True)
class Change:
    """A body that is run on another model from a day on, and the two models."""

    on: date
    before: BodyModel
    after: BodyModel


@dataclass(frozen=True)
class Open:
    """Something that goes over to the body that follows: what kind of thing, and until when."""

    what: Any
    title: str
    due: date | None
    key: str
    url: str


Provider = Callable[[Scope], Iterable[tuple[Any, Record, date | None]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an area name what is open on its records: what it is called, the record, its date."""
    if provider not in _providers:
        _providers.append(provider)


def next_change(office: Office, today: date) -> Change | None:
    """Return the first change of model from today on, else the last there was, else None."""
    found = [Change(day, office.model_on(day - _DAY), model) for day, model in office.models if day]
    return next((change for change in found if change.on >= today), found[-1] if found else None)


@dataclass(frozen=True)
class Switch:
    """The rules on both sides of a change: those that end, begin, change, and go on."""

    ends: list[Rule]
    begins: list[Rule]
    changes: list[tuple[Rule, Rule]]
    goes_on: int


def switch(change: Change, rules: Iterable[Rule], office: Office) -> Switch:
    """Return what a change does to the duties of an office.

    A rule that ends and one that begins with the same title are one duty that changes.
    """
    nation, eve = office.jurisdiction, change.on - _DAY
    rules = list(rules)
    old = [r for r in rules if r.in_force(eve) and r.applies_to(nation, change.before)]
    new = [r for r in rules if r.in_force(change.on) and r.applies_to(nation, change.after)]
    ends = [rule for rule in old if rule not in new]
    begins = {rule.title: rule for rule in new if rule not in old}
    changes = [(rule, begins[rule.title]) for rule in ends if rule.title in begins]
    changed = {rule.title for rule, _new in changes}
    return Switch(
        [rule for rule in ends if rule.title not in changed],
        [rule for title, rule in begins.items() if title not in changed],
        changes,
        sum(rule in new for rule in old),
    )


def open_duties(change: Change, scope: Scope, today: date) -> tuple[list[Duty], list[Duty]]:
    """Return the clocks open on the day of a change, and the duties before it without proof.

    What lies ahead of today is foreseen, not missing: it is among the open clocks alone.
    """
    found = calendar.due_between(since(min(today, change.on)), change.on + _AFTER, scope=scope)
    unproved = [duty for duty in found if not duty.is_closed]
    clocks = [
        duty
        for duty in unproved
        if duty.occurrence.due >= change.on
        and duty.occurrence.fact
        and duty.occurrence.fact.on
        and duty.occurrence.fact.on < change.on
    ]
    until = min(today, change.on)
    return clocks, [duty for duty in unproved if duty.occurrence.due < until]


def open_records(scope: Scope) -> list[Open]:
    """Return what the areas say is open: promises, recommendations and their like."""
    return [
        Open(what, record.title, due, record.key, scope.url(record))
        for provider in _providers
        for what, record, due in provider(scope)
    ]
