"""How a vote came out: who voted how, what was needed on that day, and that in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.law.majority import Majority, Outcome, outcome
from peelian.meetings.kinds import MEETING, VOTE
from peelian.meetings.models import Meeting, Vote
from peelian.people.membership import members_on
from peelian.record.models import Link, Record
from peelian.record.scope import Scope

WAYS = ("voted_for", "voted_against", "abstained")


@dataclass(frozen=True)
class Tally:
    """A vote, the meeting it was taken at, who voted how, and how many were members that day.

    `named` holds the ids of persons by way; a person under two ways counts in none of them.
    """

    vote: Vote
    meeting: Meeting | None
    named: dict[str, frozenset[int]]
    members: int

    @property
    def twice(self) -> frozenset[int]:
        """Return the ids of those who are said to have voted in more than one way."""
        one, two, three = (self.named[way] for way in WAYS)
        return (one & two) | (one & three) | (two & three)

    @property
    def by_hands(self) -> tuple[int, int, int] | None:
        """Return the hands for, against and to abstain, or None where none were counted."""
        hands = (self.vote.hands_for, self.vote.hands_against, self.vote.hands_abstained)
        if all(number is None for number in hands):
            return None
        return tuple(number or 0 for number in hands)  # type: ignore[return-value]

    @property
    def is_named(self) -> bool:
        """Return whether it was recorded who voted."""
        return any(self.named.values())

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """Return for, against and abstained: the names where there are any, else the hands."""
        if not self.is_named:
            return self.by_hands
        found = [len(self.named[way] - self.twice) for way in WAYS]
        return found[0], found[1], found[2]

    @property
    def outcome(self) -> Outcome | None:
        """Return how it came out, or None where the record does not tell.

        It does not where nobody's vote is on it, where two-thirds are needed and no member is, or
        where there are more votes than members.
        """
        counts, two_thirds = self.counts, self.vote.majority == Majority.TWO_THIRDS
        if counts is None or sum(counts) == 0:
            return None
        members = self.members if self.members or two_thirds else sum(counts)
        if sum(counts) > members:
            return None
        for_, against, abstained = counts
        rule = Majority(self.vote.majority)
        return outcome(rule, members=members, for_=for_, against=against, abstained=abstained)

    @property
    def carried(self) -> bool | None:
        """Return whether it was carried, a tie by the casting vote; None where nothing tells."""
        came_out = self.outcome
        if came_out is None:
            return None
        by_chair = came_out.tied and self.vote.casting == Vote.Casting.FOR
        return came_out.carried or by_chair

    @property
    def result(self) -> str:
        """Return `Carried`, `Lost`, or that it is not known."""
        return {True: _("Carried"), False: _("Lost"), None: _("Result not known")}[self.carried]

    @property
    def because(self) -> str:
        """Return in words how the result follows, or what is missing for it to be known."""
        came_out = self.outcome
        if came_out is None:
            return self._why_unknown()
        said = [_cast(came_out), self._needed(came_out)]
        if came_out.tied:
            said.append(self._tie())
        return " ".join(said)

    def _why_unknown(self) -> str:
        if self.counts is None or sum(self.counts) == 0:
            return _("No vote is on the record.")
        if self.members == 0:
            return _("Nobody is on the record as a member that day, so two-thirds is not known.")
        return _("%(votes)s votes are on the record and only %(members)s members.") % {
            "votes": sum(self.counts),
            "members": self.members,
        }

    def _needed(self, came_out: Outcome) -> str:
        says = {
            "members": came_out.members,
            "needed": came_out.needed,
            "day": date_format(self.meeting.held_on, "j F Y") if self.meeting else "",
        }
        if came_out.rule == Majority.TWO_THIRDS:
            return (
                _(
                    "Two-thirds of all members is needed, present or not, vacant seats left out: "
                    "%(needed)s of the %(members)s there were on %(day)s."
                )
                % says
            )
        return _("More than half of those who voted is needed: %(needed)s.") % says

    def _tie(self) -> str:
        if self.vote.casting == Vote.Casting.FOR:
            return _("It was a tie, and the chair’s casting vote was for it.")
        if self.vote.casting == Vote.Casting.AGAINST:
            return _("It was a tie, and the chair’s casting vote was against it.")
        return _("It was a tie, and no casting vote is on the record.")


def _cast(came_out: Outcome) -> str:
    voted = ngettext("%(n)s voted for", "%(n)s voted for", came_out.for_) % {"n": came_out.for_}
    return _("%(voted)s, %(against)s against, %(abstained)s abstained.") % {
        "voted": voted,
        "against": came_out.against,
        "abstained": came_out.abstained,
    }


def tallies(votes: Iterable[Vote], scope: Scope) -> list[Tally]:
    """Return the tally of each of some votes, whenever they were taken. Four queries."""
    votes = list(votes)
    links = Link.objects.filter(source__in=votes, form__in=WAYS)
    cast: dict[int, list[tuple[str, int]]] = {}
    for source, form, target in links.values_list("source_id", "form", "target_id"):
        cast.setdefault(source, []).append((form, target))
    meetings = _meetings(votes, scope)
    members = members_on(((m.body_id, m.held_on) for m in meetings.values()), scope)
    found = []
    for vote in votes:
        meeting = meetings.get(vote.pk)
        count = len(members[meeting.body_id, meeting.held_on]) if meeting else 0
        found.append(tally_of(vote, cast.get(vote.pk, ()), meeting, count))
    return found


def tally_of(
    vote: Vote, cast: Iterable[tuple[str, int]], meeting: Meeting | None, members: int
) -> Tally:
    """Return the tally of a vote from who voted in which way, and how many were members."""
    named: dict[str, set[int]] = {way: set() for way in WAYS}
    for way, person in cast:
        if way in named:
            named[way].add(person)
    ways = {way: frozenset(people) for way, people in named.items()}
    return Tally(vote, meeting, ways, members)


def _meetings(votes: list[Vote], scope: Scope) -> dict[int, Meeting]:
    """Return the meeting of each vote, by the vote's id. Two queries."""
    under = Record.objects.filter(pk__in=[vote.parent_id for vote in votes])
    held_at = dict(scope.see(under).values_list("pk", "parent_id"))
    meetings = scope.of(MEETING).filter(pk__in=[pk for pk in held_at.values() if pk]).in_bulk()
    found = {vote.pk: meetings.get(held_at.get(vote.parent_id) or 0) for vote in votes}
    return {pk: meeting for pk, meeting in found.items() if meeting}


def taken_under(scope: Scope) -> Exists:
    """Return the condition that a vote was taken under an agenda item or minute."""
    return Exists(scope.of(VOTE).filter(parent=OuterRef("pk")))


def taken_at(meeting: Meeting, members: int, scope: Scope) -> list[Tally]:
    """Return the tallies of the votes under a meeting's items and minutes. One query."""
    return taken_at_each([(meeting, members)], scope)[meeting.pk]


def taken_at_each(meetings: Iterable[tuple[Meeting, int]], scope: Scope) -> dict[int, list[Tally]]:
    """Return what `taken_at` does for some meetings with their members, by meeting. One query."""
    counted = {meeting.pk: (meeting, members) for meeting, members in meetings}
    found: Any = scope.of(VOTE).filter(parent__parent__in=list(counted)).in_order()
    cast: dict[int, list[tuple[str, int]]] = {}
    votes: dict[int, Vote] = {}
    at: dict[int, int] = {}
    rows = found.annotate(
        way=F("links_out__form"), who=F("links_out__target_id"), at=F("parent__parent_id")
    )
    for row in rows:
        votes.setdefault(row.pk, row)
        at[row.pk] = row.at
        cast.setdefault(row.pk, []).append((row.way, row.who))
    taken: dict[int, list[Tally]] = {pk: [] for pk in counted}
    for pk, vote in votes.items():
        taken[at[pk]].append(tally_of(vote, cast[pk], *counted[at[pk]]))
    return taken
