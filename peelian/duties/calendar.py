"""The office's calendar of duties: rule packs applied to its settings and to its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, get_args

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from peelian.duties import words
from peelian.duties.facts import events
from peelian.law.calendar import Occurrence, Office, PlannedStep, occurrences, plan_back
from peelian.law.dates import FinancialYear, Nation, financial_year
from peelian.law.packs import BodyModel, Rule, RulePack, all_rules, load_packs
from peelian.record.models import Record
from peelian.record.scope import Scope

YEARS_AHEAD = 5

# No working day is further than this before a due date, Christmas and Easter included.
_LONGEST_BREAK = timedelta(days=7)


@dataclass(frozen=True)
class Duty:
    """One duty falling due once, the record that brought it about, and the steps towards it.

    `record` is absent for a yearly duty; `url` is its address in the scope that asked.
    """

    occurrence: Occurrence
    record: Record | None = None
    url: str = ""
    steps: tuple[PlannedStep, ...] = ()

    @property
    def rule(self) -> Rule:
        """Return the rule that requires it."""
        return self.occurrence.rule

    @property
    def who(self) -> words.Text:
        """Return who has to do it."""
        return words.WHO[self.rule.who]

    @property
    def confidence(self) -> words.Text:
        """Return how sure the rule is."""
        return words.CONFIDENCE[self.rule.confidence]

    @property
    def at_the_latest(self) -> bool:
        """Return whether only the month of the event is known, so that this date is the latest."""
        return self.occurrence.fact is not None and self.occurrence.fact.latest


@cache
def packs() -> tuple[RulePack, ...]:
    """Return the installation's rule packs, read once. Raises RulePackError."""
    return load_packs(settings.RULES)


def rules() -> tuple[Rule, ...]:
    """Return every rule of the packs, also those that do not bind this office."""
    return all_rules(packs())


def office() -> Office:
    """Return the office the settings describe. Raises ImproperlyConfigured for an unknown one."""
    return Office(
        _setting("jurisdiction", "PEELIAN_JURISDICTION", get_args(Nation)),
        _setting("body_model", "PEELIAN_BODY_MODEL", get_args(BodyModel)),
    )


def binds(rule: Rule) -> bool:
    """Return whether a rule is for this office's nation and model."""
    here = office()
    return rule.applies_to(here.jurisdiction, here.body_model)


def due_between(
    start: date, end: date, *, scope: Scope, only: Iterable[Rule] | None = None
) -> list[Duty]:
    """Return what falls due from start to end, both included, by due date.

    `only` narrows it to those rules. Events come from records that the scope may see and from no
    others. One query for each area that provides events.
    """
    here, known = office(), events(scope)
    records = {(event.fact.kind, event.fact.reference): event.record for event in known}
    found = occurrences(
        rules() if only is None else only,
        office=here,
        facts=[event.fact for event in known],
        start=start,
        end=end,
    )
    return [_duty(occurrence, records, here, scope) for occurrence in found]


def due_soon(today: date, days: int, scope: Scope) -> list[Duty]:
    """Return what has to be done within so many days, by its working deadline.

    A duty stays until its due date has passed, also when its working deadline is behind.
    """
    until = today + timedelta(days=days)
    duties = due_between(today, until + _LONGEST_BREAK, scope=scope)
    in_time = [duty for duty in duties if duty.occurrence.working_due <= until]
    return sorted(in_time, key=lambda duty: duty.occurrence.working_due)


def undated(rule: Rule, *, scope: Scope) -> list[Record]:
    """Return the records that would start a rule's clock if they said when. One query an area."""
    return [
        event.record
        for event in events(scope)
        if event.fact.kind == rule.trigger and event.fact.on is None
    ]


def years(today: date) -> list[FinancialYear]:
    """Return the years the calendar can show: from the office's first rule to five years on."""
    starts = [rule.effective_from for rule in rules() if binds(rule)]
    first = financial_year(min(starts, default=today)).begins_in
    last = financial_year(today).begins_in + YEARS_AHEAD
    return [FinancialYear(year) for year in range(first, last + 1)]


def _duty(
    occurrence: Occurrence, records: dict[tuple[str, str], Record], here: Office, scope: Scope
) -> Duty:
    fact = occurrence.fact
    record = records[fact.kind, fact.reference] if fact else None
    steps = tuple(plan_back(occurrence, rules(), office=here))
    return Duty(occurrence, record, scope.url(record) if record else "", steps)


def _setting(name: str, variable: str, known: tuple[str, ...]) -> Any:
    value = str(settings.OFFICE[name]).lower()
    if value not in known:
        raise ImproperlyConfigured(
            _("%(variable)s: found “%(value)s”, expected one of %(known)s.")
            % {"variable": variable, "value": value, "known": ", ".join(known)}
        )
    return value
