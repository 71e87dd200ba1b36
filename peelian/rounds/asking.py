"""What a round asks of whom: each owner with their lines, and what nobody can be asked about."""

from __future__ import annotations

from dataclasses import dataclass, field

from peelian.promises.models import UpdateRound
from peelian.promises.rounds import Row, read_grid
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.rounds.models import Contact, Invitation, Line


@dataclass
class Asked:
    """An owner in a round: all their lines, those not asked about yet, where they are asked."""

    owner: Record
    rows: list[Row] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)
    contact: Contact | None = None
    invitation: Invitation | None = None

    @property
    def email(self) -> str:
        """Return the address that is known, or nothing."""
        known = self.invitation or self.contact
        return known.email if known else ""

    @property
    def name(self) -> str:
        """Return the name that is known, or nothing."""
        known = self.invitation or self.contact
        return known.name if known else ""

    @property
    def is_revoked(self) -> bool:
        """Return whether the office has closed this owner's links."""
        return self.invitation is not None and self.invitation.revoked_at is not None

    @property
    def is_waiting(self) -> bool:
        """Return whether there are lines that this owner has not been asked about by mail."""
        never_sent = self.invitation is not None and self.invitation.sent_at is None
        return not self.is_revoked and (bool(self.new) or never_sent)


@dataclass(frozen=True)
class Plan:
    """What a round asks: by owner, and the lines that nobody owns."""

    asked: list[Asked]
    ownerless: list[Row]

    @property
    def lines(self) -> int:
        """Return how many lines are asked about."""
        return sum(len(one.rows) for one in self.asked)

    @property
    def waiting(self) -> list[Asked]:
        """Return the owners who have not been asked yet, and those with lines that are new."""
        return [one for one in self.asked if one.is_waiting]

    @property
    def without_address(self) -> list[Asked]:
        """Return the owners nobody has an address of."""
        return [one for one in self.asked if not one.email]


def plan_of(round_: UpdateRound, scope: Scope) -> Plan:
    """Return what a round asks of whom, as far as `scope` may see. Three queries beside the grid.

    A line is asked about while its promise is open or its update of this round is under way.
    """
    invitations = {
        i.owner_id: i
        for i in Invitation.objects.filter(round=round_, after=None).select_related("owner")
    }
    lines = Line.objects.filter(invitation__round=round_, invitation__after=None)
    known = set(lines.values_list("invitation__owner_id", "promise_id"))
    owners: dict[int, Asked] = {}
    ownerless = []
    for row in read_grid(round_, scope).rows:
        if not row.is_asked:
            continue
        if row.owner is None:
            ownerless.append(row)
            continue
        one = owners.setdefault(row.owner.pk, Asked(row.owner))
        one.rows.append(row)
        if (row.owner.pk, row.promise.pk) not in known:
            one.new.append(row)
    contacts = {c.owner_id: c for c in Contact.objects.filter(owner__in=owners)}
    for pk, one in owners.items():
        one.contact, one.invitation = contacts.get(pk), invitations.get(pk)
    return Plan(sorted(owners.values(), key=lambda one: one.owner.title.casefold()), ownerless)
