"""Polls and their notices as events of the calendar."""

from __future__ import annotations

from peelian.duties.facts import Source
from peelian.elections.kinds import ELECTION
from peelian.elections.models import Election
from peelian.record.querysets import RecordQuerySet
from peelian.record.scope import Scope

# The elections in which the office itself is elected: a plan is due in the year of each.
_ORDINARY = frozenset({Election.Form.COMMISSIONER, Election.Form.MAYOR})


def _polls(scope: Scope) -> RecordQuerySet[Election]:
    return scope.of(ELECTION)


def _noticed(scope: Scope) -> RecordQuerySet[Election]:
    return _polls(scope).exclude(notice_on=None)


def _ordinary(scope: Scope) -> RecordQuerySet[Election]:
    return _polls(scope).filter(form__in=_ORDINARY)


POLLS = (
    Source("poll", _polls, day="poll_on"),
    Source("election_notice", _noticed, day="notice_on"),
    Source("ordinary_election", _ordinary, day="poll_on"),
)
