"""Who in the office sees to a duty: whoever it gave the rule to, else whoever has the role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peelian.duties import words
from peelian.duties.kinds import DUTY_OWNER
from peelian.duties.models import DutyOwner
from peelian.law.rule import Rule
from peelian.people.models import User
from peelian.record.access import may
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

MONITORING_OFFICER = "monitoring_officer"
# Which role of this software acts for a role in law where the office has not said who does.
_ACTS = {
    "panel_support_officer": "panel_officer",
    "chair": "panel_officer",
    "panel": "panel_officer",
}
_OTHERWISE = "chief_executive"


@dataclass(frozen=True)
class Owner:
    """Who owns a duty: what they are called, their role on the record, and who acts for it."""

    title: str
    role: Record | None
    users: tuple[User, ...]

    def is_user(self, user: Any) -> bool:
        """Return whether somebody acts for this owner."""
        return any(one.pk == user.pk for one in self.users)


class Owners:
    """The owners of an installation's duties, read once in two queries."""

    def __init__(self, entries: Iterable[DutyOwner], users: Iterable[User]) -> None:
        self._entries = {entry.covers: entry for entry in entries}
        self._users = [user for user in users if may(user, "view", DUTY_OWNER.area)]
        self._made: dict[str, Owner] = {}

    def of(self, rule: Rule) -> Owner:
        """Return who owns a rule: by itself, by its role in law, or by its body."""
        if rule.id not in self._made:
            covers = rule.id if rule.id in self._entries else rule.role or rule.who
            self._made[rule.id] = self._owner(covers, rule.role or rule.who, str(words.role(rule)))
        return self._made[rule.id]

    def of_role(self, role: str) -> Owner:
        """Return who has a role in law."""
        return self._owner(role, role, str(words.ROLES[role]))

    def _owner(self, covers: str, role: str, title: str) -> Owner:
        entry = self._entries.get(covers)
        holders = tuple(u for u in self._users if entry and u.username == entry.holder)
        wanted = _ACTS.get(role, _OTHERWISE)
        acting = holders or tuple(user for user in self._users if wanted in user.roles)
        owner = entry.owner if entry else None
        return Owner(owner.title if owner else title, owner, acting)


def read_owners(scope: Scope) -> Owners:
    """Return the owners a scope may see, with the users who act for them. Two queries."""
    entries = scope.of(DUTY_OWNER).exclude(status=Status.WITHDRAWN).select_related("owner")
    return Owners(entries, User.objects.filter(is_active=True).order_by("username"))
