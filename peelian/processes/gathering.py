"""What the record holds of a running process, asked once: its duties, meetings and vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.owners import Owners
from peelian.duties.rulebook import rule_named
from peelian.duties.stages import Stage, stages_of_each
from peelian.law.dates import FinancialYear, financial_year
from peelian.law.process import Declared
from peelian.law.rule import Rule
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting, Vote
from peelian.meetings.votes import Tally, taken_at_each
from peelian.people.membership import members_on
from peelian.processes.models import Process
from peelian.record import clock
from peelian.record.models import Link, Record
from peelian.record.scope import Scope

BEGUN_BY = "begun_by"
# No duty of a process falls due later than this after the last year of the calendar.
LOOK_AHEAD = dt.timedelta(days=366)

Run = tuple[Process, tuple[Record, ...]]  # with the records that began it


@dataclass(frozen=True)
class Held:
    """A process with what a scope may see of it. `begun` are the records that began its clocks.

    `duties` has, by rule, the duty that is this process's own; where an event came twice, the one
    that falls due last. `members` counts who was a member on the day of the meeting; `stages` are
    the steps that records of another area have met, or not yet.
    """

    process: Process
    declared: Declared
    scope: Scope
    today: dt.date
    begun: tuple[Record, ...]
    duties: dict[str, Duty]
    meeting: Meeting | None
    second_meeting: Meeting | None
    tally: Tally | None
    members: int
    stages: Mapping[str, Stage]

    @property
    def events(self) -> frozenset[str]:
        """Return the kinds of event that have happened, as far as rules count from them."""
        facts = (duty.occurrence.fact for duty in self.duties.values())
        return frozenset(fact.kind for fact in facts if fact)

    @property
    def first_day(self) -> dt.date | None:
        """Return the day of the earliest event from which its duties are counted."""
        facts = (duty.occurrence.fact for duty in self.duties.values())
        return min((fact.on for fact in facts if fact and fact.on), default=None)


def gather(process: Process, scope: Scope, links: Iterable[int] | None = None) -> Held:
    """Return what a scope may see of a process; `links` are the ids that began it, where known.

    At most eleven queries in the public's scope.
    """
    return gather_each([(process, links)], scope)[0]


def gather_each(
    asked: Iterable[tuple[Process, Iterable[int] | None]], scope: Scope, *, in_brief: bool = False
) -> list[Held]:
    """Return what `gather` does of each process, in as many queries as for one.

    In brief neither who owns a duty is asked nor the record that proves it: for a list.
    """
    asked = list(asked)
    of = {process.pk: links for process, links in asked if links is not None}
    links = _begun([process.pk for process, known in asked if known is None]) | of
    seen = scope.by_id(pk for ids in links.values() for pk in ids)
    runs = [
        (process, tuple(seen[pk] for pk in dict.fromkeys(links.get(process.pk, ())) if pk in seen))
        for process, _links in asked
    ]
    meetings = _meetings([process for process, _begun in runs], scope)
    voted = _voted([process for process, _begun in runs], meetings, scope)
    duties = _duties(runs, scope, in_brief)
    stages = stages_of_each([(process.process, begun) for process, begun in runs], scope)
    return [
        Held(
            process=process,
            declared=process.declared,
            scope=scope,
            today=clock.today(),
            begun=begun,
            duties=own,
            meeting=meetings.get(process.meeting_id or 0),
            second_meeting=meetings.get(process.second_meeting_id or 0),
            tally=tally,
            members=members,
            stages=told,
        )
        for (process, begun), own, (tally, members), told in zip(
            runs, duties, voted, stages, strict=True
        )
    ]


def _begun(processes: list[int]) -> dict[int, Iterable[int]]:
    """Return the ids of what began some processes, by process."""
    found: dict[int, Iterable[int]] = {}
    if not processes:
        return found
    links = Link.objects.filter(source__in=processes, form=BEGUN_BY).order_by("pk")
    for source, target in links.values_list("source_id", "target_id"):
        found[source] = (*found.get(source, ()), target)
    return found


def _meetings(processes: Iterable[Process], scope: Scope) -> dict[int, Any]:
    wanted = {pk for one in processes for pk in (one.meeting_id, one.second_meeting_id) if pk}
    return scope.of(MEETING).filter(pk__in=wanted).in_bulk() if wanted else {}


def _voted(
    processes: Sequence[Process], meetings: Mapping[int, Meeting], scope: Scope
) -> list[tuple[Tally | None, int]]:
    """Return of each process the vote on a veto, and how many were members at its meeting.

    A vote that needs two-thirds is on a veto; of several, the one that the process names.
    """
    at = [meetings.get(one.meeting_id or 0) if one.declared.veto else None for one in processes]
    pairs = {(meeting.body_id, meeting.held_on) for meeting in at if meeting}
    if not pairs:
        return [(None, 0) for _one in processes]
    sat = {pair: len(found) for pair, found in members_on(pairs, scope).items()}
    counted = {m.pk: (m, sat[m.body_id, m.held_on]) for m in at if m}
    taken = taken_at_each(counted.values(), scope)
    return [
        (_veto(process, taken[meeting.pk]), counted[meeting.pk][1]) if meeting else (None, 0)
        for process, meeting in zip(processes, at, strict=True)
    ]


def _veto(process: Process, taken: Iterable[Tally]) -> Tally | None:
    vetoes = [tally for tally in taken if tally.vote.majority == Vote.Majority.TWO_THIRDS]
    named = [tally for tally in taken if tally.vote.pk == process.vote_id]
    chosen = named or (vetoes if len(vetoes) == 1 else [])
    return chosen[0] if chosen else None


def rules_of(known: Declared) -> list[Rule]:
    """Return the rules that a process's steps have to do with, each once."""
    names = dict.fromkeys(step.rule for step in known.steps)
    return [rule for rule in map(rule_named, names) if rule]


def _duties(runs: Sequence[Run], scope: Scope, in_brief: bool) -> list[dict[str, Duty]]:
    """Return each process's own duties by rule: of its year, and of what began its clocks."""
    if not runs:
        return []
    rules = {rule.id: rule for process, _begun in runs for rule in rules_of(process.declared)}
    spans = [_span(process, begun) for process, begun in runs]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    found = calendar.due_between(
        first,
        last,
        scope=scope,
        only=rules.values(),
        owners=Owners((), ()) if in_brief else None,
        in_brief=in_brief,
    )
    return [_own(process, begun, found) for process, begun in runs]


def _span(process: Process, begun: Sequence[Record]) -> tuple[dt.date, dt.date]:
    """Return between which days the duties of a process can fall due."""
    year = process.financial_year
    if year and not begun:
        return year.first, year.last
    every = calendar.years(clock.today())
    return every[0].first, every[-1].last + LOOK_AHEAD


def _own(process: Process, begun: Sequence[Record], found: Iterable[Duty]) -> dict[str, Duty]:
    rules = {step.rule for step in process.declared.steps}
    year, ids = process.financial_year, {record.pk for record in begun}
    return {
        duty.rule.id: duty for duty in found if duty.rule.id in rules and _is_own(duty, year, ids)
    }


def _is_own(duty: Duty, year: FinancialYear | None, begun: set[int]) -> bool:
    """Return whether a duty is of the year of a process, or of what began its clocks."""
    if duty.occurrence.fact is None:
        return financial_year(duty.occurrence.due) == year
    return duty.record is not None and duty.record.pk in begun
