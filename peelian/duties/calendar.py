"""The office's calendar of duties: rule packs applied to its settings and to its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from peelian.duties import words
from peelian.duties.facts import Event, events, pauses
from peelian.duties.models import Proof
from peelian.duties.owners import Owner, Owners, read_owners
from peelian.duties.proofs import LOOKS, State, met_words, own_proof, proofs_of, state_of
from peelian.duties.rulebook import binds, office, packs, rules
from peelian.duties.shown import Shown, shown
from peelian.law.calendar import Occurrence, PlannedStep, occurrences, plan_back
from peelian.law.dates import FinancialYear, financial_year
from peelian.law.office import Office
from peelian.law.rule import Rule
from peelian.record import clock
from peelian.record.models import Record
from peelian.record.scope import Scope

__all__ = [
    "Duty",
    "binds",
    "due_between",
    "due_by_law",
    "due_soon",
    "office",
    "packs",
    "rules",
    "undated",
]

YEARS_AHEAD = 5

# No working day is further than this before a due date, Christmas and Easter included.
_LONGEST_BREAK = timedelta(days=7)


@dataclass(frozen=True)
class Duty:
    """One duty falling due once: what brought it about, the steps towards it, how it stands.

    `record` is absent for a yearly duty; `url` is its address in the scope that asked. `evidence`
    is the record that proves it, where the scope may see that; `shown` is what visits show of a
    duty to publish. The public learns of no owner, and of no state but what proofs and visits say.
    """

    occurrence: Occurrence
    today: date
    record: Record | None = None
    url: str = ""
    steps: tuple[PlannedStep, ...] = ()
    proof: Proof | None = None
    proof_url: str = ""
    evidence: Record | None = None
    evidence_url: str = ""
    shown: Shown | None = None
    state: State | None = None
    owner: Owner | None = None

    @property
    def rule(self) -> Rule:
        """Return the rule that requires it."""
        return self.occurrence.rule

    @property
    def who(self) -> words.Text:
        """Return which body has to do it."""
        return words.WHO[self.rule.who]

    @property
    def role(self) -> words.Text:
        """Return who within the body has to do it."""
        return words.role(self.rule)

    @property
    def confidence(self) -> words.Text:
        """Return how sure the rule is."""
        return words.CONFIDENCE[self.rule.confidence]

    @property
    def at_the_latest(self) -> bool:
        """Return whether only the month of the event is known, so that this date is the latest."""
        return self.occurrence.fact is not None and self.occurrence.fact.latest

    @property
    def is_closed(self) -> bool:
        """Return whether a proof or a visit shows that it was met, or that it did not arise."""
        return self.proof is not None or bool(self.shown and self.shown.on)

    @property
    def met_on(self) -> date | None:
        """Return the day that closes it where it is known: a proof's, else what a visit found."""
        if self.proof:
            return self.proof.met_on
        return self.shown.on if self.shown else None

    @property
    def published_at(self) -> str:
        """Return the address where it is published, as far as proof or visit says."""
        if self.proof:
            return self.proof.url
        return self.shown.url if self.shown and self.shown.on else ""

    @property
    def look(self) -> str:
        """Return the status code whose shape and colour the state borrows."""
        return LOOKS[self.state] if self.state else ""

    @property
    def met_words(self) -> str:
        """Return whether it was met in time, or how late; nothing where that is not known.

        A date that a visit found later than the last day may be that of a change since.
        """
        if self.proof:
            return met_words(self.occurrence, self.proof)
        return str(_("in time")) if self.met_on and self.met_on <= self.occurrence.due else ""

    @property
    def days_left(self) -> int:
        """Return how many days remain to its last working day; negative once that is past."""
        return (self.occurrence.working_due - self.today).days

    @property
    def days_late(self) -> int:
        """Return how many days ago its last day was; negative while that is ahead."""
        return (self.today - self.occurrence.due).days


def due_between(
    start: date,
    end: date,
    *,
    scope: Scope,
    only: Iterable[Rule] | None = None,
    owners: Owners | None = None,
    today: date | None = None,
    in_brief: bool = False,
) -> list[Duty]:
    """Return what falls due from start to end, both included, by due date.

    `only` narrows it to those rules. Events and proofs come from records that the scope may see
    and from no others. One query for events and one for their records, one for proofs, one for what
    they point to, two for pauses; three for visits, where something is to be published; two for
    owners, unless they are handed over. In brief it says only which are
    closed: neither what proofs point to is asked, nor why visits close no more.
    """
    asked = None if only is None else list(only)
    known = events(scope, None if asked is None else {rule.trigger for rule in asked})
    found = occurrences(
        rules() if asked is None else asked,
        office=office(),
        facts=[event.fact for event in known],
        pauses=pauses(scope) if _can_pause(known) else [],
        start=start,
        end=end,
    )
    return _duties(found, known, scope, owners, today or clock.today(), in_brief)


def due_soon(today: date, days: int, scope: Scope) -> list[Duty]:
    """Return what has still to be done within so many days, by its working deadline.

    A duty stays until its due date has passed or a proof closes it, also when its working deadline
    is behind.
    """
    until = today + timedelta(days=days)
    end = until + _LONGEST_BREAK
    duties = due_between(today, end, scope=scope, today=today, in_brief=True)
    in_time = [d for d in duties if d.occurrence.working_due <= until and not d.is_closed]
    return sorted(in_time, key=lambda duty: duty.occurrence.working_due)


def due_by_law(today: date, days: int, scope: Scope) -> list[Duty]:
    """Return what `due_soon` does, without what is only the office's own standard."""
    return [duty for duty in due_soon(today, days, scope) if not duty.rule.local_standard]


def undated(rule: Rule, *, scope: Scope) -> list[Record]:
    """Return the records that would start a rule's clock if they said when. Two queries."""
    missing = [event.record_id for event in events(scope, {rule.trigger}) if event.fact.on is None]
    records = scope.by_id(missing)
    return [records[pk] for pk in missing if pk in records]


def years(today: date) -> list[FinancialYear]:
    """Return the years the calendar can show: from the office's first rule to five years on."""
    starts = [rule.effective_from for rule in rules() if binds(rule)]
    first = financial_year(min(starts, default=today)).begins_in
    last = financial_year(today).begins_in + YEARS_AHEAD
    return [FinancialYear(year) for year in range(first, last + 1)]


def _can_pause(known: Iterable[Event]) -> bool:
    """Return whether any event there is opened a clock that a pause can stop."""
    stopped = {rule.trigger for rule in rules() if rule.pauses or rule.restarts}
    return any(event.fact.kind in stopped for event in known)


def _duties(
    found: list[Occurrence],
    known: list[Event],
    scope: Scope,
    owners: Owners | None,
    today: date,
    in_brief: bool,
) -> list[Duty]:
    told = {(event.fact.kind, event.fact.reference): event for event in known}
    facts = [occurrence.fact for occurrence in found if occurrence.fact]
    records = scope.by_id(told[fact.kind, fact.reference].record_id for fact in facts)
    proofs = proofs_of((occurrence.key for occurrence in found), scope)
    shows = [] if in_brief else [proof.evidence_id for proof in proofs.values()]
    evidence = scope.by_id(shows)
    if owners is None and not scope.is_public:
        owners = read_owners(scope)
    here, all_rules, seen = office(), rules(), shown(found, scope, today, in_brief=in_brief)
    made = []
    for occurrence in found:
        fact = occurrence.fact
        event = told[fact.kind, fact.reference] if fact else None
        record = records.get(event.record_id) if event else None
        duty = Duty(occurrence, today, record, scope.url(record) if record else "")
        duty = replace(duty, shown=seen.get(occurrence.key))
        duty = _planned(duty, here, all_rules)
        proof = proofs.get(occurrence.key) or own_proof(occurrence, event, record)
        duty = _closed(duty, proof, evidence, scope)
        made.append(replace(duty, owner=owners.of(occurrence.rule)) if owners else duty)
    return made


def _planned(duty: Duty, here: Office, all_rules: Iterable[Rule]) -> Duty:
    if not duty.rule.plan_back:
        return duty
    return replace(duty, steps=tuple(plan_back(duty.occurrence, all_rules, office=here)))


def _closed(duty: Duty, proof: Proof | None, evidence: dict[int, Record], scope: Scope) -> Duty:
    """Return a duty with what closes it and how it stands."""
    starts = min((step.on for step in duty.steps), default=duty.occurrence.working_due)
    state = state_of(duty.occurrence, proof, starts, duty.today, public=scope.is_public)
    if proof is None:
        return replace(duty, state=State.MET if duty.is_closed else state)
    shown = evidence.get(proof.evidence_id or 0)
    extra: dict[str, Any] = {"evidence": shown, "evidence_url": scope.url(shown)} if shown else {}
    url = scope.url(proof) if proof.pk else ""
    return replace(duty, state=state, proof=proof, proof_url=url, **extra)
