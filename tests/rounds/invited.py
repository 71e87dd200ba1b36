"""Owners who have been asked for their updates, for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from peelian.promises.operations import open_round
from peelian.rounds.models import Invitation, Line
from tests.makers import PAT, make

MARCH = dt.date(2020, 3, 31)
APRIL = dt.date(2020, 4, 14)


def an_invitation(**values: Any) -> tuple[Invitation, Any]:
    """Return an invitation to answer for one activity, and the activity."""
    activity = make("activity", owner=make("role", title="Head of Crime"))
    plan = activity.parent.parent.parent
    round_ = open_round(plan, as_at=MARCH, closes_on=APRIL, by=PAT)
    return invite_to(round_, activity, **values), activity


def invite_to(round_: Any, *activities: Any, **values: Any) -> Invitation:
    """Return an invitation to answer for some activities of a round."""
    given = {
        "owner": activities[0].owner,
        "name": "Alex Reed",
        "email": "alex@force.example",
        "by": "pat",
        "expires_at": timezone.now() + dt.timedelta(days=30),
    }
    invitation = Invitation.objects.create(round=round_, **given | values)
    for activity in activities:
        Line.objects.create(invitation=invitation, promise=activity)
    return invitation
