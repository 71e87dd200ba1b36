"""What a careful reader would notice of votes: who could not vote, and numbers that disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.meetings.declarations import left_for
from peelian.meetings.kinds import ATTENDANCE, VOTE
from peelian.meetings.models import Attendance
from peelian.meetings.votes import WAYS, Tally, tallies
from peelian.people.membership import members_on
from peelian.record.models import Record
from peelian.record.scope import Scope


@check("vote-miscounted", gettext_lazy("Votes that do not add up"), Severity.ERROR)
def miscounted_votes(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find votes by two ways, by who was no member or had left, too many votes, other hands."""
    found = tallies(scope.of(VOTE).in_order(), scope)
    could = _could_vote(found, scope)
    left = left_for((tally.vote.parent_id for tally in found), scope)
    people = scope.by_id(pk for tally in found for named in tally.named.values() for pk in named)
    for tally in found:
        able = could.get(tally.meeting.pk if tally.meeting else 0)
        gone = left.get(tally.vote.parent_id or 0, set())
        for said in _faults(tally, able, gone, people):
            yield Finding(
                tally.vote,
                tally.vote.title,
                said,
                _("Whether a motion was carried follows from who voted."),
                _("Correct the vote, the membership, the attendance or the declaration."),
            )


def _faults(
    tally: Tally, could: set[int] | None, gone: set[int], people: dict[int, Record]
) -> Iterator[str]:
    voted = frozenset().union(*(tally.named[way] for way in WAYS))
    if tally.twice:
        yield _("%(names)s voted in two ways.") % {"names": _names(tally.twice, people)}
    if could and (others := voted - could):
        yield _("%(names)s voted without being a member, or a substitute for one.") % {
            "names": _names(others, people)
        }
    if away := voted & gone:
        yield _("%(names)s voted, and had left the room with an interest in the item.") % {
            "names": _names(away, people)
        }
    if tally.counts and tally.members and sum(tally.counts) > tally.members:
        yield tally.because
    if tally.is_named and tally.by_hands and tally.by_hands != tally.counts:
        yield _("The hands that were counted are not the votes that were recorded by name.")


def _names(ids: Iterable[int], people: dict[int, Record]) -> str:
    return ", ".join(sorted(people[pk].title if pk in people else _("Somebody") for pk in ids))


def _could_vote(found: list[Tally], scope: Scope) -> dict[int, set[int]]:
    """Return by meeting the ids of members that day, and of substitutes. Two queries.

    Of a body without recorded members nothing is said.
    """
    meetings = {tally.meeting.pk: tally.meeting for tally in found if tally.meeting}
    pairs = {(m.body_id, m.held_on) for m in meetings.values()}
    members = members_on(pairs, scope)
    could = {pk: set(members[m.body_id, m.held_on]) for pk, m in meetings.items()}
    stood_in = scope.of(ATTENDANCE).filter(
        parent__in=meetings, capacity=Attendance.Capacity.SUBSTITUTE
    )
    for meeting, person in stood_in.values_list("parent_id", "person_id"):
        if could[meeting]:
            could[meeting].add(person)
    return could
