"""Proposals and certificates as pages ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from peelian.record import clock
from peelian.record.access import closed_kinds_hidden_from
from peelian.record.disposal import Contents, contents_of
from peelian.record.errors import RecordError
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.record.values import find
from peelian.retention import holds, schedule
from peelian.retention.models import Certificate, Disposed, Hold, Proposal
from peelian.retention.operations import require_disposable


@dataclass(frozen=True)
class Due:
    """A record whose time is over, the holds that stop it, and whether it is proposed already."""

    reckoned: schedule.Reckoned
    holds: tuple[Hold, ...]
    proposed: bool

    @property
    def record(self) -> Record:
        """Return the record."""
        return self.reckoned.record

    @property
    def is_free(self) -> bool:
        """Return whether it may be proposed."""
        return not self.holds and not self.proposed


@dataclass(frozen=True)
class Preview:
    """Exactly what would go with one record, and what keeps it if anything does."""

    record: Record
    reckoned: schedule.Reckoned | None
    contents: Contents
    refused: str
    proposal: Proposal | None = None

    @property
    def has_changed(self) -> bool:
        """Return whether it is no longer what was seen when it was proposed."""
        return self.proposal is not None and self.proposal.seen != self.contents.sha256


def due(scope: Scope) -> list[Due]:
    """Return what may be disposed of today, longest due first."""
    reckoned = schedule.due(scope, clock.today())
    stopping = holds.stopping([one.record for one in reckoned])
    proposed = set(proposals(scope).values_list("record_id", flat=True))
    return [
        Due(one, tuple(stopping.get(one.record.pk, ())), one.record.pk in proposed)
        for one in reckoned
    ]


def named(keys: Iterable[str], scope: Scope) -> list[Record]:
    """Return the records of these `kind/reference`, each as its own model.

    Raises Record.DoesNotExist for one that there is not, or that the scope may not see.
    """
    found = []
    for key in dict.fromkeys(keys):
        record = find(key)
        whole = scope.of(kind_of(record)).filter(pk=record.pk).first()
        if whole is None:
            raise Record.DoesNotExist(key)
        found.append(whole)
    return found


def preview(record: Record, proposal: Proposal | None = None) -> Preview:
    """Return what would go with a record."""
    contents = contents_of(record)
    refused = ""
    try:
        require_disposable(contents)
    except RecordError as error:
        refused = str(error)
    return Preview(record, schedule.reckon(record), contents, refused, proposal)


def proposals(scope: Scope) -> QuerySet[Proposal]:
    """Return the proposals that wait, the oldest first, of records the scope may see."""
    seen = scope.see(Record.objects.all()).values("pk")
    return Proposal.objects.filter(record__in=seen).select_related("record").order_by("pk")


def is_proposed(record: Record) -> bool:
    """Return whether a record waits for a second person."""
    return Proposal.objects.filter(record_id=record.pk).exists()


def preview_proposal(proposal: Proposal) -> Preview:
    """Return what would go by a proposal."""
    model = kind_of(proposal.record).model
    return preview(model._base_manager.get(pk=proposal.record_id), proposal)


def certificates(user: Any) -> QuerySet[Certificate]:
    """Return the certificates this user may see, the newest first, with how many records went."""
    hidden = closed_kinds_hidden_from(user)
    return (
        Certificate.objects.exclude(kind__in=hidden).annotate(went=Count("records")).order_by("-pk")
    )


def certificate(user: Any, pk: int) -> Certificate | None:
    """Return a certificate this user may see, or None."""
    return certificates(user).filter(pk=pk).first()


def disposed(kind: str, reference: str) -> Disposed | None:
    """Return what became of a record that was disposed of, or None. One query."""
    gone = Disposed.objects.filter(kind=kind, reference=reference)
    return gone.select_related("certificate").first()
