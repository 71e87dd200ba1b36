"""What is done for retention: hold and lift, propose, keep after all, dispose of.

A disposal takes two people, whatever the office allows for approvals: it cannot be undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.record import clock
from peelian.record.access import Actor, may
from peelian.record.disposal import Contents, contents_of, destroy, referred_to_by, refusal
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.keeping import require_free
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.values import values_of
from peelian.record.writing import MOST_WHY, keep, lock, operation
from peelian.retention.models import Certificate, Disposed, HeldRecord, Hold, Lifting, Proposal
from peelian.retention.schedule import Reckoned, kept_longer, reckon

AREA = "retention"


@operation
def place_hold(values: Mapping[str, Any], records: Sequence[Record] = (), *, by: Actor) -> Hold:
    """Return a hold on records, on the `kind` or on the `rule` that the values name.

    Raises Invalid unless it covers one of the three, has a title and a reason and has begun;
    Refused for one who may not.
    """
    _require(by, "edit", AREA)
    _check_hold(values, records)
    hold = Hold(**values, names=sorted(record.key for record in records), by=by.name)
    hold.save()
    for record in records:
        HeldRecord(hold=hold, record_id=record.pk).save()
    return hold


@operation
def lift_hold(hold: Hold, *, by: Actor, why: str) -> Lifting:
    """End a hold, saying why. Raises Invalid without a reason, Refused where it is lifted."""
    _require(by, "approve", AREA)
    _require_why(why)
    if Lifting.objects.filter(hold=hold).exists():
        raise Refused(_("This hold was lifted already."))
    HeldRecord.objects.filter(hold=hold).delete()
    lifting = Lifting(hold=hold, by=by.name, why=why)
    lifting.save()
    return lifting


@operation
def propose(records: Sequence[Record], *, by: Actor, why: str) -> list[Proposal]:
    """Propose that records be disposed of, all or none. Raises Invalid without a reason.

    Raises Refused where one is not due, held, referred to, issued or proposed already, and for one
    who may not delete such records.
    """
    _require_why(why)
    proposals = []
    for record in records:
        current = lock(record)
        if Proposal.objects.filter(record_id=current.pk).exists():
            raise Refused(_("“%(title)s” is proposed already.") % {"title": current.title})
        contents = contents_of(current)
        for one in contents.records:
            _require(by, "edit", AREA)
            _require(by, "delete", kind_of(one).area)
        require_disposable(contents)
        keep(current, "disposal_proposed", values_of(current), by=by, why=why)
        seen = contents_of(current).sha256
        proposal = Proposal(record_id=current.pk, seen=seen, by=by.name, why=why)
        proposal.save()
        proposals.append(proposal)
    return proposals


@operation
def keep_after_all(proposals: Sequence[Proposal], *, by: Actor, why: str) -> None:
    """Take proposals off the list; each record stays, and its history says why."""
    _require(by, "edit", AREA)
    _require_why(why)
    for proposal in proposals:
        current = lock(proposal.record)
        if not Proposal.objects.filter(pk=proposal.pk).delete()[0]:
            raise Refused(_("A proposal is no longer there. Look at the list again."))
        keep(current, "kept_after_all", values_of(current), by=by, why=why)


@operation
def dispose_of(proposals: Sequence[Proposal], *, by: Actor, why: str = "") -> list[Certificate]:
    """Destroy what was proposed, all or none, and return a certificate of each.

    Raises Refused for whoever proposed it, without the right to approve, and where anything keeps
    it; Stale where it is no longer what was seen when it was proposed.
    """
    _require(by, "approve", AREA)
    if len(why) > MOST_WHY:
        raise Invalid({"why": [_("Give the reason in at most 1,000 characters.")]})
    made = []
    for proposal in proposals:
        waiting = Proposal.objects.filter(pk=proposal.pk).select_for_update().first()
        if waiting is None:
            raise Refused(_("A proposal is no longer there. Look at the list again."))
        if waiting.by == by.name:
            raise Refused(_("Someone other than whoever proposed it must dispose of it."))
        made.append(_dispose_of_one(waiting, by, why))
    return made


def _dispose_of_one(proposal: Proposal, by: Actor, why: str) -> Certificate:
    record = lock(proposal.record)
    contents = contents_of(record)
    if contents.sha256 != proposal.seen:
        raise Stale(
            _("“%(title)s” has changed since it was proposed. Keep it, or propose it anew.")
            % {"title": record.title},
            {},
        )
    reckoned = require_disposable(contents)
    public = set(
        Record.objects.public()
        .filter(pk__in=[one.pk for one in contents.records])
        .values_list("kind", "reference")
    )
    keys = [(one.kind, one.reference) for one in contents.records]
    certificate = _certificate(contents, reckoned, proposal, by, why)
    certificate.save()
    for kind, reference in keys:
        Disposed(
            certificate=certificate,
            kind=kind,
            reference=reference,
            was_public=(kind, reference) in public,
        ).save()
    said = _("Certificate %(number)s") % {"number": certificate.pk}
    destroy(record, seen=proposal.seen, by=by, why=said)
    return certificate


def _certificate(
    contents: Contents, reckoned: Reckoned, proposal: Proposal, by: Actor, why: str
) -> Certificate:
    return Certificate(
        kind=reckoned.record.kind,
        reference=reckoned.record.reference,
        rule=reckoned.rule.id,
        title=reckoned.rule.title[:300],
        citation=reckoned.rule.citation[:500],
        counted_from=reckoned.counted_from,
        kept_until=reckoned.until,
        because=reckoned.because,
        changes=contents.changes,
        files=len(contents.files) + len(contents.apart),
        sha256=contents.sha256,
        proposed_by=proposal.by,
        proposed_at=proposal.at,
        proposed_why=proposal.why,
        by=by.name,
        why=why,
    )


def require_disposable(contents: Contents) -> Reckoned:
    """Return how long the first of some records was kept. Raises Refused unless all may go now."""
    today = clock.today()
    record, *parts = contents.records
    reckoned = reckon(record)
    if reckoned is None:
        raise Refused(_("“%(title)s” has no day on which it may go.") % {"title": record.title})
    if reckoned.from_day > today:
        raise Refused(_not_before(record, reckoned.from_day))
    for one in contents.records:
        require_free(one)
    if longer := kept_longer(parts, today):
        raise Refused(
            _("“%(part)s”, which is part of “%(title)s”, is kept for longer.")
            % {"part": longer[0].title, "title": record.title}
        )
    if rows := referred_to_by(contents.records):
        raise Refused(f"“{record.title}”: {refusal(rows)}")
    return reckoned


def _not_before(record: Record, day: dt.date) -> str:
    said = {"title": record.title, "day": date_format(day, "j F Y")}
    return _("“%(title)s” may not be disposed of before %(day)s.") % said


def _check_hold(values: Mapping[str, Any], records: Sequence[Record]) -> None:
    errors: dict[str, list[str]] = {}
    if sum(map(bool, (records, values.get("kind"), values.get("rule")))) != 1:
        errors["records"] = [_("Name records, or choose one kind or one class.")]
    if not str(values.get("title") or "").strip():
        errors["title"] = [_("Give it a title.")]
    if not str(values.get("why") or "").strip():
        errors["why"] = [_("Say why.")]
    if values["starts_on"] > clock.today():
        errors["starts_on"] = [_("Give a day that has come already.")]
    if errors:
        raise Invalid(errors)


def _require_why(why: str) -> None:
    if not why.strip():
        raise Invalid({"why": [_("Say why.")]})
    if len(why) > MOST_WHY:
        raise Invalid({"why": [_("Give the reason in at most 1,000 characters.")]})


def _require(by: Actor, action: str, area: str) -> None:
    if not may(by, action, area):
        raise Refused(_("Your role does not allow this."))
