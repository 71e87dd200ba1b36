"""Who sits on a body, as the meetings that came from another site expected them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from peelian.intake.moderngov import Attendee, Councillor, Meeting
from peelian.originals.matching import began_with
from peelian.people.kinds import MEMBERSHIP, ROLE
from peelian.people.models import Role
from peelian.record.models import Record

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """Somebody in one standing at meetings without a break, up to the last that expected them."""

    attendee: Attendee
    standing: str
    first: dt.date
    ended: dt.date | None


def runs(meetings: Sequence[Meeting]) -> list[Run]:
    """Return the newest run of each member over the meetings of one body, in order of name.

    Who is not expected any more is taken to have left on the day before the meeting that did not.
    """
    told = [one for one in meetings if one.attendees]
    found: dict[str, Run] = {}
    for meeting in told:
        expected = {}
        for one in meeting.attendees:
            if standing := _standing(one):
                expected[one.id or one.name] = one, standing
        for key, run in found.items():
            if key not in expected and run.ended is None:
                found[key] = Run(run.attendee, run.standing, run.first, meeting.held_on - _DAY)
        for key, (one, standing) in expected.items():
            before = found.get(key)
            if before is None or before.ended or before.standing != standing:
                found[key] = Run(one, standing, meeting.held_on, None)
    return sorted(found.values(), key=lambda run: run.attendee.name)


def _standing(one: Attendee) -> str | None:
    """Return the standing that a role's words name; None for officers, substitutes and guests."""
    role = one.role.lower()
    if not role or any(word in role for word in ("officer", "substitute", "reserve", "attendance")):
        return None
    if "chair" in role:
        is_vice = "vice" in role or "deputy" in role
        return Role.Standing.VICE_CHAIR if is_vice else Role.Standing.CHAIR
    return Role.Standing.MEMBER if "member" in role else None


def role_values(body: Record, standing: str) -> dict[str, Any]:
    """Return the values of a body's role of chair, vice-chair or member."""
    label = Role.Standing(standing).label
    return {
        "reference": f"{body.reference[:60]}-{standing.replace('_', '-')}",
        "title": _("%(role)s of the %(body)s") % {"role": label, "body": body.title},
        "body": body,
        "standing": standing,
    }


def membership_values(
    run: Run, person: Record, role: Record, councillors: Mapping[str, Councillor]
) -> dict[str, Any]:
    """Return the values of a membership, which says that its days are those of meetings."""
    councillor = councillors.get(run.attendee.id)
    return {
        "person": person,
        "role": role,
        "party": councillor.party[:100] if councillor else "",
        "starts_on": run.first,
        "ends_on": run.ended,
        "note": _("From and until are days of meetings that came from Modern.Gov."),
    }


def may_be_told(body: Record, by: str) -> bool:
    """Return whether a body has no members on the record but those that came this way before."""
    of_body = ROLE.all().filter(body=body).values("pk")
    return all(began_with(one, by) for one in MEMBERSHIP.all().filter(role__in=of_body))
