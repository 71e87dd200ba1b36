"""The pre-election period: from the notice of election to the close of poll."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.duties.calendar import office, rules
from peelian.elections.kinds import ELECTION
from peelian.elections.models import Election
from peelian.law.arithmetic import BeforeEvent
from peelian.record.scope import PUBLIC

# The rule that says when the notice must be out at the latest; how many days is its own affair.
NOTICE = "elections/notice"
# No last day by law is longer than this before a poll; a day that the office entered may be.
_LONGEST = dt.timedelta(days=120)


@dataclass(frozen=True)
class Period:
    """A pre-election period, both days included.

    `is_latest` is true where no notice is known yet, so that it begins on the last day by law.
    """

    election: Election
    starts: dt.date
    ends: dt.date
    is_latest: bool

    def __contains__(self, day: dt.date) -> bool:
        return self.starts <= day <= self.ends

    def __str__(self) -> str:
        return _("%(election)s: %(starts)s to %(ends)s") % {
            "election": self.election.title,
            "starts": date_format(self.starts, "j F Y"),
            "ends": date_format(self.ends, "j F Y"),
        }


def period_of(election: Election) -> Period | None:
    """Return the period before an election; None where neither notice nor rule says when."""
    if election.notice_on:
        return Period(election, election.notice_on, election.poll_on, False)
    rule = next((rule for rule in rules() if rule.id == NOTICE), None)
    if rule is None or not isinstance(rule.arithmetic, BeforeEvent):
        return None
    starts = rule.arithmetic.work_out(election.poll_on, office().jurisdiction).on
    return Period(election, starts, election.poll_on, True)


def periods_between(first: dt.date, last: dt.date) -> list[Period]:
    """Return the periods that share a day with first to last, by poll. One query.

    Only published elections count: a poll is public, and a draft of one may be an error.
    """
    may_have_begun = Q(poll_on__lte=last + _LONGEST) | Q(notice_on__lte=last)
    near = PUBLIC.of(ELECTION).filter(may_have_begun, poll_on__gte=first)
    made = (period_of(election) for election in near.order_by("poll_on", "pk"))
    return [period for period in made if period and period.starts <= last]


def period_on(day: dt.date) -> Period | None:
    """Return the period that a day is in, that of the nearest poll where there are several."""
    return next(iter(periods_between(day, day)), None)
