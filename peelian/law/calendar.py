"""The calendar: rule packs applied to one office, its years, months and events."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from peelian.law.arithmetic import (
    ClearDays,
    EndOf,
    FromEvent,
    Period,
    Standard,
    UpToDate,
    Yearly,
)
from peelian.law.dates import (
    FinancialYear,
    Nation,
    Span,
    Stretch,
    Worked,
    financial_year,
    full,
    month_end,
    month_of,
    plain,
    stretches,
)
from peelian.law.office import Office
from peelian.law.pauses import Pause, lasting_at, restarted, still_stands
from peelian.law.rule import Role, Rule
from peelian.law.workdays import last_working_day, working_days_before


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
    two differ and is empty when they do not. ``fact`` is absent where no event but the
    calendar brings the duty about. With ``stopped_since`` the clock still stands, and ``due``
    is the earliest that it can come to.
    """

    rule: Rule
    key: str
    occasion: str
    due: date
    working_due: date
    because: str
    warning: str = ""
    fact: Fact | None = None
    stopped_since: date | None = None


@dataclass(frozen=True)
class _Opened:
    """A fact with the day its clocks start from and its part of their keys."""

    fact: Fact
    on: date
    slug: str


@dataclass(frozen=True)
class PlannedStep:
    """A step on the way to a duty; ``rule`` is absent for a step that is only good planning.

    ``role`` is who has to act where the pack says so.
    """

    step: str
    on: date
    because: str
    rule: Rule | None = None
    role: Role | None = None


def occurrences(
    rules: Iterable[Rule],
    *,
    office: Office,
    facts: Sequence[Fact],
    start: date,
    end: date,
    pauses: Sequence[Pause] = (),
) -> list[Occurrence]:
    """Every duty of the office that falls due from start to end, both days included.

    In order of due date, then key. Whether a rule binds goes by the office's nation, its body
    model and the rule's effective dates on one day: the event's; for a month or quarter its
    last; for a yearly duty the due date. A clock that an event has opened is not lost when the
    body model changes. A continuous duty comes up only where a standard reviews it.
    Raises ``ValueError`` when two facts share kind and reference.
    """
    by_kind = _opened(facts)
    found = (
        occurrence
        for rule in rules
        if office.is_ever_bound(rule)
        for occurrence in _of_rule(rule, office, by_kind, pauses, start, end)
        if start <= occurrence.due <= end
    )
    return sorted(found, key=lambda occurrence: (occurrence.due, occurrence.key))


def slot_title(occurrence: Occurrence) -> str:
    """What an occurrence is called on a work programme; empty for a duty that has no place there.

    The years are counted from that of its due date. What an event brought about is named too.
    """
    slot = occurrence.rule.programme
    if slot is None:
        return ""
    title = _occasion(slot.title, financial_year(occurrence.due))
    return f"{title}: {occurrence.fact.title}" if occurrence.fact else title


def standing(rules: Iterable[Rule], *, office: Office, on: date) -> list[Rule]:
    """The continuous duties that bind the office that day, in the order of the rules."""
    return [rule for rule in rules if rule.continuous and office.is_bound(rule, on)]


def plan_back(
    occurrence: Occurrence, rules: Iterable[Rule], *, office: Office
) -> list[PlannedStep]:
    """The steps that have to come before a duty for it to be met, earliest first.

    Counted back from the working deadline through the rule's ``plan_back`` steps. A step that
    is itself an event brings in the notice that the rules require before such an event.
    Empty when the rule names no steps.
    """
    if not occurrence.rule.plan_back:
        return []
    rules = tuple(rules)
    steps: list[PlannedStep] = []
    mark = occurrence.working_due
    for step in occurrence.rule.plan_back:
        worked = working_days_before(mark, step.working_days_before, office.jurisdiction)
        steps.append(PlannedStep(step.step, worked.on, worked.because, role=step.role))
        if step.opens is not None:
            steps += _notices(step.opens, worked.on, rules, office)
        mark = min(planned.on for planned in steps)
    return sorted(steps, key=lambda planned: planned.on)


def _notices(kind: str, on: date, rules: Iterable[Rule], office: Office) -> Iterator[PlannedStep]:
    for rule in rules:
        if rule.trigger == kind and isinstance(rule.form, ClearDays) and office.is_bound(rule, on):
            worked = rule.form.work_out(on, office.jurisdiction)
            yield PlannedStep(rule.title, worked.on, worked.because, rule)


def _opened(facts: Sequence[Fact]) -> dict[str, list[_Opened]]:
    """The facts that can open a clock, by kind."""
    seen: set[tuple[str, str]] = set()
    opened = defaultdict(list)
    for fact in facts:
        name = (fact.kind, fact.reference)
        if name in seen:
            raise ValueError(f"the {fact.kind} '{fact.reference}' is given twice")
        seen.add(name)
        if fact.on is not None:
            on = month_end(fact.on) if fact.latest else fact.on
            # Percent-encoding keeps two different references two different keys.
            opened[fact.kind].append(_Opened(fact, on, quote(fact.reference, safe="")))
    return opened


def _of_rule(
    rule: Rule,
    office: Office,
    facts: Mapping[str, Sequence[_Opened]],
    pauses: Sequence[Pause],
    start: date,
    end: date,
) -> Iterator[Occurrence]:
    form = rule.form
    if form is None:
        return
    if isinstance(form, Yearly):
        yield from _yearly(rule, form, office, start, end)
    elif rule.continuous and isinstance(form, EndOf):
        yield from _recurring(rule, form, form.span, office, start, end)
    elif rule.recurs is not None:
        yield from _recurring(rule, form, rule.recurs, office, start, end)
    else:
        kinds = {*rule.pauses, *rule.restarts}
        own = [pause for pause in pauses if pause.kind in kinds]
        for opened in facts.get(rule.trigger, ()):
            if office.is_bound(rule, opened.on):
                yield _from_event(rule, form, office.jurisdiction, opened, own)


def _yearly(
    rule: Rule, form: Yearly, office: Office, start: date, end: date
) -> Iterator[Occurrence]:
    first, last = financial_year(start).begins_in, financial_year(end).begins_in
    for year in map(FinancialYear, range(first, last + 1)):
        worked = form.work_out(year)
        if office.is_bound(rule, worked.on):
            occasion = _occasion(rule.occasion or "{year}", year)
            yield _occurrence(rule, year.key, occasion, worked, office.jurisdiction)


def _recurring(
    rule: Rule, form: FromEvent, span: Span, office: Office, start: date, end: date
) -> Iterator[Occurrence]:
    for stretch in stretches(span, start - form.reach, end):
        if office.is_bound(rule, stretch.last):
            worked = form.work_out(stretch.last, office.jurisdiction)
            occasion = _named(rule, stretch, span)
            yield _occurrence(rule, stretch.key, occasion, worked, office.jurisdiction)


def _named(rule: Rule, stretch: Stretch, span: Span) -> str:
    """What a month's, quarter's or year's occurrence is called, with a capital at its front."""
    if not rule.occasion:
        return stretch.label[:1].upper() + stretch.label[1:]
    return _occasion(rule.occasion, financial_year(stretch.last), **{span: stretch.label})


def _occasion(words: str, year: FinancialYear, **names: str) -> str:
    years = {
        "year": year.label,
        "next_year": year.shifted(1).label,
        "previous_year": year.shifted(-1).label,
    }
    occasion = words.format(**years, **names)
    return occasion[:1].upper() + occasion[1:]


def _from_event(
    rule: Rule, form: FromEvent, nation: Nation, opened: _Opened, pauses: Sequence[Pause]
) -> Occurrence:
    fact, on = opened.fact, opened.on
    stopped: Pause | None = None
    if pauses and isinstance(form, Period):
        worked, stopped = _clocked(rule, form, nation, opened, pauses)
    else:
        worked = form.work_out(on, nation)
    if fact.latest:
        taken = f"The source gives only {month_of(on)}, so its last day, {plain(on)}, is taken."
        worked = Worked(worked.on, f"{taken} {worked.because}")
    return _occurrence(rule, opened.slug, fact.title, worked, nation, fact, stopped)


def _clocked(
    rule: Rule, form: Period, nation: Nation, opened: _Opened, pauses: Sequence[Pause]
) -> tuple[Worked, Pause | None]:
    """The last day with what stopped the clock left out, and the pause that still lasts."""
    fact, on = opened.fact, opened.on
    own = [pause for pause in pauses if pause.concerns(fact.kind, fact.reference)]
    stops = [pause for pause in own if pause.kind in rule.pauses]
    begins, said = on, []
    worked = form.work_out(begins, nation, lasting_at(begins, stops))
    lasting: Pause | None = None
    for pause in sorted(own, key=lambda pause: (pause.start, pause.last)):
        if pause.kind in rule.restarts and on <= pause.start <= worked.on:
            begins = max(begins, pause.last)
            worked = form.work_out(begins, nation, lasting_at(begins, stops))
            said.append(restarted(pause))
            lasting = lasting or (pause if pause.end is None else None)
    for pause in lasting_at(begins, stops):
        if pause.end is None and begins <= pause.start <= worked.on:
            said.append(still_stands(pause))
            lasting = pause
    return Worked(worked.on, " ".join([*said, worked.because])), lasting


def _occurrence(
    rule: Rule,
    slug: str,
    occasion: str,
    worked: Worked,
    nation: Nation,
    fact: Fact | None = None,
    stopped: Pause | None = None,
) -> Occurrence:
    working_due = last_working_day(worked.on, nation)
    if isinstance(rule.arithmetic, Standard | UpToDate):
        worked = rule.arithmetic.explained(worked)
    return Occurrence(
        rule=rule,
        key=f"{rule.pack}/{slug}/{rule.name}",
        occasion=occasion,
        due=worked.on,
        working_due=working_due,
        because=worked.because,
        warning=_warning(worked.on, working_due),
        fact=fact,
        stopped_since=stopped.start if stopped else None,
    )


def _warning(due: date, working_due: date) -> str:
    if due == working_due:
        return ""
    what = "falls at a weekend" if due.weekday() >= 5 else "is a bank holiday"
    return (
        f"{full(due)} {what} and the date does not move, "
        f"so the last working day in time is {full(working_due)}."
    )
