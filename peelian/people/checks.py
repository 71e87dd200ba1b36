"""What a careful reader would notice about who sits on a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.people.balance import ALTOGETHER, balance, without_member
from peelian.people.kinds import BODY, MEMBERSHIP, ROLE
from peelian.people.membership import Roll, Sitting, roll_of
from peelian.people.models import Body, Role
from peelian.record.scope import Scope

TERM_AHEAD = dt.timedelta(days=60)


def _rolls(scope: Scope) -> Iterator[Roll]:
    """Yield the roll of every body that has members. Three queries for each."""
    voting = scope.of(ROLE).exclude(standing=Role.Standing.NONE)
    for body in scope.of(BODY).filter(pk__in=voting.values("body_id")).in_order():
        yield roll_of(body, scope)


@check("held-twice", gettext_lazy("Seats and members that count twice"), Severity.ERROR)
def held_twice(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find two memberships at once of one seat, or of one person on one body.

    Each is refused as it is typed; two people who save at the same moment, or a role that becomes a
    member's later, can still bring it about.
    """
    for roll in _rolls(scope):
        voting = [s for s in roll.sittings if s.is_member]
        for one, other in combinations(voting, 2):
            if not _share_a_day(one, other):
                continue
            if one.membership.person_id == other.membership.person_id:
                yield _twice(roll.body, one, other, _("%(one)s and %(other)s are one person."))
            elif one.seat and one.seat == other.seat:
                yield _twice(
                    roll.body, one, other, _("%(one)s and %(other)s hold one seat at once.")
                )


def _share_a_day(one: Sitting, other: Sitting) -> bool:
    first = [s.membership.starts_on or dt.date.min for s in (one, other)]
    last = [s.membership.ends_on or dt.date.max for s in (one, other)]
    return max(first) <= min(last)


def _twice(body: Body, one: Sitting, other: Sitting, said: str) -> Finding:
    names = {"one": one.membership.title, "other": other.membership.title}
    return Finding(
        one.membership,
        body.title,
        said % names,
        _("Who may vote, and how many votes two-thirds are, would be counted wrongly."),
        _("End one of the two on the day before the other begins."),
        (other.membership,),
    )


@check("too-many-members", gettext_lazy("Panels with too many members"), Severity.ERROR)
def too_many_members(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find panels that have more members than the law allows."""
    for body in _panels(scope):
        members = len(roll_of(body, scope).members(as_at))
        if members > ALTOGETHER:
            yield Finding(
                body,
                body.title,
                _("It has %(members)s members.") % {"members": members},
                _("A panel has at most %(most)s members by law (Schedule 6 to the 2011 Act).")
                % {"most": ALTOGETHER},
                _("End the memberships of those who have left."),
            )


@check("authority-without-member", gettext_lazy("Authorities without a member"), Severity.WARNING)
def authorities_without_member(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find authorities of a panel's area that nobody sits for, where every member's is known."""
    for body in _panels(scope):
        told = balance(roll_of(body, scope), as_at, scope)
        for council in without_member(told) if told.members else ():
            yield Finding(
                body,
                body.title,
                _("%(council)s has no member.") % {"council": council.title},
                _("Each authority of the area has at least one member of the panel."),
                _("Ask it to nominate one, and record who it is."),
                (council,),
            )


@check("term-ends", gettext_lazy("Terms that run out"), Severity.NOTE)
def terms_that_end(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find members whose term ends within 60 days, or ended while they still sit."""
    ends = scope.of(MEMBERSHIP).filter(term_ends_on__lte=as_at + TERM_AHEAD).values("role_id")
    roles = scope.of(ROLE).exclude(standing=Role.Standing.NONE).filter(pk__in=ends)
    for body in scope.of(BODY).filter(pk__in=roles.values("body_id")).in_order():
        for sitting in roll_of(body, scope).members(as_at):
            last = sitting.membership.term_ends_on
            if last and last <= as_at + TERM_AHEAD:
                yield _term(body, sitting, last, as_at)


def _term(body: Body, sitting: Sitting, last: dt.date, as_at: dt.date) -> Finding:
    says = {"who": sitting.membership.title, "day": date_format(last, "j F Y")}
    over = last < as_at
    return Finding(
        sitting.membership,
        body.title,
        (
            _("%(who)s: the term ended on %(day)s.")
            if over
            else _("%(who)s: the term ends on %(day)s.")
        )
        % says,
        _("Whoever votes after the end of a term may not be a member."),
        _("Record the new appointment, or the last day of this one."),
        severity=Severity.WARNING if over else Severity.NOTE,
    )


def _panels(scope: Scope) -> Iterator[Body]:
    yield from scope.of(BODY).filter(form=Body.Form.PANEL).in_order()
