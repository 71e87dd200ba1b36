"""Polls and their notices as events of the calendar."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from peelian.duties.calendar import office
from peelian.duties.facts import Source
from peelian.elections.kinds import ELECTION
from peelian.elections.models import Election
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

# Nobody takes office later than this after the poll.
_TO_TAKE_OFFICE = dt.timedelta(days=14)


def _polls(scope: Scope) -> RecordQuerySet[Election]:
    return scope.of(ELECTION)


def _noticed(scope: Scope) -> RecordQuerySet[Election]:
    return _polls(scope).exclude(notice_on=None)


def _ordinary(scope: Scope) -> RecordQuerySet[Election]:
    """Return the elections in which the office itself is elected: a plan is due after each.

    A mayor's is one only where the office is run by a mayor then, or is from a few days later when
    whoever was elected takes office: other mayors hold no police.
    """
    own = Q(form=Election.Form.COMMISSIONER)
    for start, model in office().models:
        if model == "mayor":
            first = start - _TO_TAKE_OFFICE if start else dt.date.min
            own |= Q(form=Election.Form.MAYOR, poll_on__gte=first)
    return _polls(scope).filter(own)


POLLS = (
    Source("poll", _polls, day="poll_on"),
    Source("election_notice", _noticed, day="notice_on"),
    Source("ordinary_election", _ordinary, day="poll_on"),
)
