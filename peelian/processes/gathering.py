"""What the record holds of a running process, asked once: its duties, meetings and vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.rulebook import rule_named
from peelian.duties.stages import Stage, stages_of
from peelian.law.dates import FinancialYear, financial_year
from peelian.law.process import Declared
from peelian.law.rule import Rule
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting, Vote
from peelian.meetings.votes import Tally, taken_at
from peelian.people.membership import members_on
from peelian.processes.models import Process
from peelian.record import clock
from peelian.record.models import Link, Record
from peelian.record.scope import Scope

BEGUN_BY = "begun_by"
# No duty of a process falls due later than this after the last year of the calendar.
LOOK_AHEAD = dt.timedelta(days=366)


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
    known = process.declared
    if links is None:
        links = _begun(process)
    begun = scope.by_id(links)
    meetings = _meetings(process, scope)
    meeting = meetings.get(process.meeting_id or 0)
    tally, members = _voted(process, known, meeting, scope)
    return Held(
        process=process,
        declared=known,
        scope=scope,
        today=clock.today(),
        begun=tuple(begun.values()),
        duties=_duties(process, known, begun, scope),
        meeting=meeting,
        second_meeting=meetings.get(process.second_meeting_id or 0),
        tally=tally,
        members=members,
        stages=stages_of(known.id, tuple(begun.values()), scope),
    )


def _begun(process: Process) -> list[int]:
    links = Link.objects.filter(source=process, form=BEGUN_BY)
    return list(links.order_by("pk").values_list("target_id", flat=True))


def _meetings(process: Process, scope: Scope) -> dict[int, Any]:
    wanted = [pk for pk in (process.meeting_id, process.second_meeting_id) if pk]
    return scope.of(MEETING).filter(pk__in=wanted).in_bulk() if wanted else {}


def _voted(
    process: Process, known: Declared, meeting: Meeting | None, scope: Scope
) -> tuple[Tally | None, int]:
    """Return the vote on a veto, and how many were members: of those at the meeting, if one is.

    A vote that needs two-thirds is on a veto; of several, the one that the process names.
    """
    if not known.veto or meeting is None:
        return None, 0
    pair = (meeting.body_id, meeting.held_on)
    members = len(members_on([pair], scope)[pair])
    taken = taken_at(meeting, members, scope)
    vetoes = [t for t in taken if t.vote.majority == Vote.Majority.TWO_THIRDS]
    named = [tally for tally in taken if tally.vote.pk == process.vote_id]
    chosen = named or (vetoes if len(vetoes) == 1 else [])
    return (chosen[0] if chosen else None), members


def rules_of(known: Declared) -> list[Rule]:
    """Return the rules that a process's steps have to do with, each once."""
    names = dict.fromkeys(step.rule for step in known.steps)
    return [rule for rule in map(rule_named, names) if rule]


def _duties(
    process: Process, known: Declared, begun: dict[int, Record], scope: Scope
) -> dict[str, Duty]:
    """Return a process's own duties by rule: of its year, and of what began its clocks."""
    rules, year = rules_of(known), process.financial_year
    if year and not begun:
        first, last = year.first, year.last
    else:
        every = calendar.years(clock.today())
        first, last = every[0].first, every[-1].last + LOOK_AHEAD
    found = calendar.due_between(first, last, scope=scope, only=rules)
    return {duty.rule.id: duty for duty in found if _is_own(duty, year, begun)}


def _is_own(duty: Duty, year: FinancialYear | None, begun: dict[int, Record]) -> bool:
    """Return whether a duty is of the year of a process, or of what began its clocks."""
    if duty.occurrence.fact is None:
        return financial_year(duty.occurrence.due) == year
    return duty.record is not None and duty.record.pk in begun
