"""The calendar: rule packs applied to one office, its financial years and its events."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from peelian.law.arithmetic import ClearDays, FromEvent, Yearly
from peelian.law.dates import (
    FinancialYear,
    Nation,
    Worked,
    financial_year,
    full,
    last_working_day,
    month_end,
    plain,
    working_days_before,
)
from peelian.law.packs import BodyModel, Rule


@dataclass(frozen=True)
class Office:
    """The body whose calendar is made: the nation it is in and the model it is run on."""

    jurisdiction: Nation
    body_model: BodyModel


@dataclass(frozen=True)
class Fact:
    """An event that starts or ends a clock.

    ``kind`` is a rule's trigger and ``reference`` is unique within the kind and permanent.
    With ``latest`` the source gives only the month of ``on``; its last day is then taken.
    Without ``on`` nothing can be worked out and the fact yields no occurrence.
    """

    kind: str
    reference: str
    title: str
    on: date | None
    latest: bool = False


@dataclass(frozen=True)
class Occurrence:
    """One duty falling due once.

    ``key`` is stable for as long as the rule's id and the fact's reference are.
    ``working_due`` is the last working day on or before ``due``; ``warning`` says so when the
    two differ and is empty when they do not. ``fact`` is absent for a yearly duty.
    """

    rule: Rule
    key: str
    occasion: str
    due: date
    working_due: date
    because: str
    warning: str = ""
    fact: Fact | None = None


@dataclass(frozen=True)
class PlannedStep:
    """A step on the way to a duty; ``rule`` is absent for a step that is only good planning."""

    step: str
    on: date
    because: str
    rule: Rule | None = None


def occurrences(
    rules: Iterable[Rule], *, office: Office, facts: Sequence[Fact], start: date, end: date
) -> list[Occurrence]:
    """Every duty of the office that falls due from start to end, both days included.

    In order of due date, then key. A rule yields nothing for another nation or body model, nor
    where the event (or, for a yearly duty, the due date) is outside its effective dates.
    Raises ``ValueError`` when two facts share kind and reference.
    """
    _refuse_repeated_facts(facts)
    found = (
        occurrence
        for rule in rules
        if rule.applies_to(office.jurisdiction, office.body_model)
        for occurrence in _of_rule(rule, office.jurisdiction, facts, start, end)
        if start <= occurrence.due <= end
    )
    return sorted(found, key=lambda occurrence: (occurrence.due, occurrence.key))


def plan_back(
    occurrence: Occurrence, rules: Iterable[Rule], *, office: Office
) -> list[PlannedStep]:
    """The steps that have to come before a duty for it to be met, earliest first.

    Counted back from the working deadline through the rule's ``plan_back`` steps. A step that
    is itself an event brings in the notice that the rules require before such an event.
    Empty when the rule names no steps.
    """
    rules = [rule for rule in rules if rule.applies_to(office.jurisdiction, office.body_model)]
    steps: list[PlannedStep] = []
    mark = occurrence.working_due
    for step in occurrence.rule.plan_back:
        worked = working_days_before(mark, step.working_days_before, office.jurisdiction)
        steps.append(PlannedStep(step.step, worked.on, worked.because))
        if step.opens is not None:
            steps += _notices(step.opens, worked.on, rules, office.jurisdiction)
        mark = min(planned.on for planned in steps)
    return sorted(steps, key=lambda planned: planned.on)


def _notices(kind: str, on: date, rules: Iterable[Rule], nation: Nation) -> Iterator[PlannedStep]:
    for rule in rules:
        if rule.trigger == kind and isinstance(rule.arithmetic, ClearDays) and rule.in_force(on):
            worked = rule.arithmetic.work_out(on, nation)
            yield PlannedStep(rule.title, worked.on, worked.because, rule)


def _of_rule(
    rule: Rule, nation: Nation, facts: Sequence[Fact], start: date, end: date
) -> Iterator[Occurrence]:
    if isinstance(rule.arithmetic, Yearly):
        yield from _yearly(rule, rule.arithmetic, nation, start, end)
        return
    for fact in facts:
        if fact.kind == rule.trigger and fact.on is not None:
            on = month_end(fact.on) if fact.latest else fact.on
            if rule.in_force(on):
                yield _from_event(rule, rule.arithmetic, nation, fact, on)


def _yearly(
    rule: Rule, arithmetic: Yearly, nation: Nation, start: date, end: date
) -> Iterator[Occurrence]:
    first, last = financial_year(start).begins_in, financial_year(end).begins_in
    for year in map(FinancialYear, range(first, last + 1)):
        worked = arithmetic.work_out(year)
        if rule.in_force(worked.on):
            occasion = rule.occasion.format(
                year=year.label,
                next_year=year.shifted(1).label,
                previous_year=year.shifted(-1).label,
            )
            yield _occurrence(rule, year.key, occasion, worked, nation)


def _from_event(
    rule: Rule, arithmetic: FromEvent, nation: Nation, fact: Fact, on: date
) -> Occurrence:
    worked = arithmetic.work_out(on, nation)
    if fact.latest:
        month = plain(on).partition(" ")[2]
        taken = f"The source gives only {month}, so its last day, {plain(on)}, is taken."
        worked = Worked(worked.on, f"{taken} {worked.because}")
    # Percent-encoding keeps two different references two different keys.
    return _occurrence(rule, quote(fact.reference, safe=""), fact.title, worked, nation, fact)


def _occurrence(
    rule: Rule, slug: str, occasion: str, worked: Worked, nation: Nation, fact: Fact | None = None
) -> Occurrence:
    working_due = last_working_day(worked.on, nation)
    return Occurrence(
        rule=rule,
        key=f"{rule.pack}/{slug}/{rule.name}",
        occasion=occasion,
        due=worked.on,
        working_due=working_due,
        because=worked.because,
        warning=_warning(worked.on, working_due),
        fact=fact,
    )


def _warning(due: date, working_due: date) -> str:
    if due == working_due:
        return ""
    what = "falls at a weekend" if due.weekday() >= 5 else "is a bank holiday"
    return (
        f"{full(due)} {what} and the date does not move, "
        f"so the last working day in time is {full(working_due)}."
    )


def _refuse_repeated_facts(facts: Sequence[Fact]) -> None:
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        name = (fact.kind, fact.reference)
        if name in seen:
            raise ValueError(f"the {fact.kind} '{fact.reference}' is given twice")
        seen.add(name)
