"""How a duty stands: met by its proof, due, overdue, or still ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peelian.duties.facts import Event
from peelian.duties.kinds import PROOF
from peelian.duties.models import Proof
from peelian.law.calendar import Occurrence
from peelian.law.dates import financial_year
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

# A duty counts as due this long before its last working day, or from its first planned step.
DUE_WITHIN = timedelta(days=28)
_AT_ONCE = 500  # keys in one question, so that no database refuses it


class State(models.TextChoices):
    """How a duty stands on a day."""

    OVERDUE = "overdue", _("Overdue")
    QUESTION = "question", _("Did it arise?")
    DUE = "due", _("Due")
    PAUSED = "paused", _("Paused")
    NOT_YET = "not_yet", _("Not yet")
    MET = "met", _("Met")
    NOT_ARISEN = "not_arisen", _("Did not arise")
    UNRECORDED = "unrecorded", _("No proof recorded")


# The status whose shape and colour a state borrows.
LOOKS = {
    State.OVERDUE: "late",
    State.QUESTION: "in_review",
    State.DUE: "due",
    State.PAUSED: "on_hold",
    State.NOT_YET: "not_started",
    State.MET: "met",
    State.NOT_ARISEN: "superseded",
    State.UNRECORDED: "not_started",
}


def since(today: date) -> date:
    """Return from when on the office keeps proofs: as it is set, else this financial year."""
    if set_to := str(settings.OFFICE["duties_since"]):
        return date.fromisoformat(set_to)
    return financial_year(today).first


def proofs_of(keys: Iterable[str], scope: Scope) -> dict[str, Proof]:
    """Return by duty the proof that closes it: the earliest that is not withdrawn.

    One query. Where the proof is a record that the scope may not see, it is there without it.
    """
    wanted = sorted(set(keys))
    found: dict[str, Proof] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        kept = scope.of(PROOF).filter(key__in=wanted[at : at + _AT_ONCE])
        kept = kept.exclude(status=Status.WITHDRAWN).order_by("met_on", "pk")
        for proof in kept:
            found.setdefault(proof.key, proof)
    return found


def own_proof(occurrence: Occurrence, event: Event | None, record: Record | None) -> Proof | None:
    """Return the proof that the record of an event is in itself, kept nowhere; else None.

    It may be without its day, as where an entry was brought in from another website.
    """
    if not (event and record and (event.item or event.met_on)):
        return None
    if event.item != occurrence.rule.item:
        return None
    day: Any = event.met_on
    return Proof(
        kind=PROOF.name,
        status=Status.PUBLISHED,
        key=occurrence.key,
        title=record.title,
        met_on=day,
        changed_at=record.changed_at,
    )


def state_of(
    occurrence: Occurrence, proof: Proof | None, starts: date, today: date, *, public: bool
) -> State | None:
    """Return how a duty stands; the public learns of proofs and of no more than their absence."""
    if proof:
        not_arisen = proof.outcome == Proof.Outcome.NOT_ARISEN
        return State.NOT_ARISEN if not_arisen else State.MET
    past = occurrence.due < today
    if occurrence.stopped_since:
        return None if public else State.PAUSED
    if public:
        return State.UNRECORDED if past and occurrence.due >= since(today) else None
    if past and occurrence.due < since(today):
        return State.UNRECORDED
    if past:
        return State.QUESTION if occurrence.rule.condition else State.OVERDUE
    return State.DUE if today >= min(starts, occurrence.working_due - DUE_WITHIN) else State.NOT_YET


def met_day(proof: Proof | None) -> date | None:
    """Return the day that a proof gives; None without one, as an entry of a register may be."""
    return proof.met_on if proof else None


def met_words(occurrence: Occurrence, proof: Proof) -> str:
    """Return whether a proof shows that a duty was met in time, or how late; else nothing."""
    day = met_day(proof)
    if day is None:
        return ""
    late = (day - occurrence.due).days
    if proof.outcome == Proof.Outcome.NOT_ARISEN:
        return ""
    if late <= 0:
        return str(_("in time"))
    return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
