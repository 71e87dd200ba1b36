"""A month's payments brought in, with the names of people held back, and what a load changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from peelian.recognition.recipients import RecipientKind, Sign, masked, recipient, without_name
from peelian.record import operations
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Record, Status
from peelian.record.values import values_of
from peelian.record.writing import draft_of, keep, lock, operation
from peelian.transparency.kinds import SPENDING_MONTH
from peelian.transparency.models import Payment, SpendingMonth
from peelian.transparency.spending_file import Export, Line

Naming = Payment.Naming
_NAMING = {
    RecipientKind.BODY: Naming.BODY,
    RecipientKind.PERSON: Naming.WITHHELD,
    RecipientKind.DOUBTFUL: Naming.DOUBTFUL,
}


def withheld_name() -> str:
    """Return what stands in place of a person's name."""
    return _("Individual (name withheld)")


def sign_words(sign: str) -> str:
    """Return in words by what a recipient was taken for what it is."""
    words = {
        Sign.LEGAL_FORM: _("has a legal form, such as Ltd"),
        Sign.BODY_WORD: _("has a word of an organisation"),
        Sign.TRADING_AS: _("says “trading as”"),
        Sign.TITLE: _("begins with a title, such as Mr or Dr"),
        Sign.INITIALS: _("is initials and a surname"),
        Sign.FIRST_NAME: _("has a first name in it"),
        Sign.NO_SIGN: _("shows no sign of an organisation or a person"),
        "decided before": _("decided so in an earlier load"),
    }
    return words.get(sign, sign)


@operation
def load_spending(
    export: Export, month: dt.date, *, file: str, by: Actor
) -> tuple[SpendingMonth, int]:
    """Keep a month's payments as a further load that waits for release; return month and load.

    What the public reads stays until the load is approved. Raises Refused where a load of the
    month is in review.
    """
    held = _month(month.replace(day=1), file, by)
    if held.status == Status.IN_REVIEW or ((d := draft_of(held)) and d.in_review):
        raise Refused(_("This month is in review. Send it back before you load it again."))
    last = Payment.objects.filter(month_id=held.pk).order_by("-issue").first()
    issue = last.issue + 1 if last else 1
    known = decided_before(line.recipient for line in export.lines)
    Payment.objects.bulk_create(_payment(held, issue, line, known) for line in export.lines)
    why = _("Loaded from %(file)s: %(count)s payments") % {
        "file": file[:200],
        "count": len(export.lines),
    }
    edited = operations.edit(held, {"issue": issue}, version=held.version, by=by, why=why)
    if not isinstance(edited, SpendingMonth):
        raise TypeError(edited.kind)
    return edited, issue


def _month(month: dt.date, file: str, by: Actor) -> SpendingMonth:
    existing = SPENDING_MONTH.all().filter(month=month).first()
    if existing is None:
        why = _("Made to hold %(file)s") % {"file": file[:200]}
        existing = operations.create(SPENDING_MONTH, {"month": month}, by=by, why=why)
    held = lock(existing)
    if not isinstance(held, SpendingMonth):
        raise TypeError(held.kind)
    return held


def decided_before(originals: Iterable[str]) -> dict[str, str]:
    """Return for each recipient that somebody has decided on what was decided last. One query."""
    rows = Payment.objects.filter(original__in=set(originals)).exclude(decided_by="")
    return dict(rows.order_by("pk").values_list("original", "naming"))


def _payment(month: SpendingMonth, issue: int, line: Line, known: Mapping[str, str]) -> Payment:
    taken = recipient(line.recipient)
    naming = known.get(line.recipient, _NAMING[taken.kind])
    purpose, reasons = (
        public_words(said, line.recipient, naming) for said in (line.purpose, line.reasons)
    )
    exported = {"purpose": line.purpose, "reasons": line.reasons}
    return Payment(
        month_id=month.pk,
        issue=issue,
        row=line.row,
        recipient=public_name(line.recipient, naming),
        original=line.recipient,
        naming=naming,
        why="decided before" if line.recipient in known else str(taken.sign),
        purpose=purpose[:1000],
        reasons=reasons[:1000],
        as_exported=exported if (purpose, reasons) != (line.purpose, line.reasons) else {},
        amount=line.amount,
        paid_on=line.paid_on,
        paid_by=line.paid_by,
        contract=line.contract,
    )


def public_name(original: str, naming: str) -> str:
    """Return what the public reads for a recipient: the name of none that may be a person."""
    return original if naming in (Naming.BODY, Naming.SHOWN) else withheld_name()


def public_words(said: str, original: str, naming: str) -> str:
    """Return what the public reads of a payment's words: not the name that is withheld above."""
    words = masked(said)
    return words if naming in (Naming.BODY, Naming.SHOWN) else without_name(words, original)


def _decide(payment: Payment, naming: str, by: Actor) -> None:
    """Put a decision on a name into everything that the public reads of a payment."""
    said = {"purpose": payment.purpose, "reasons": payment.reasons} | payment.as_exported
    payment.naming, payment.decided_by = naming, by.name
    payment.recipient = public_name(payment.original, naming)
    told = {name: public_words(said[name], payment.original, naming) for name in said}
    payment.purpose, payment.reasons = told["purpose"][:1000], told["reasons"][:1000]
    payment.as_exported = said if told != said else {}
    payment.save()


@operation
def decide_recipients(
    month: SpendingMonth, decided: Mapping[str, str], *, by: Actor, why: str = ""
) -> int:
    """Publish or withhold recipients of the load that waits, by their name as exported.

    Returns how many payments changed. Raises Refused where the load is with its approver or out
    already, and Invalid for anything but `shown` and `withheld`.
    """
    held = lock(month)
    if not isinstance(held, SpendingMonth):
        raise TypeError(held.kind)
    if set(decided.values()) - {Naming.SHOWN, Naming.WITHHELD}:
        raise Invalid({"decided": [_("Choose to publish or to withhold each name.")]})
    if reason := closed_because(held):
        raise Refused(reason)
    rows = list(held.payments(held.waiting_issue()).filter(original__in=decided))
    changed = [row for row in rows if row.naming != decided[row.original] or not row.decided_by]
    for row in changed:
        _decide(row, decided[row.original], by)
    if changed:
        counts = Counter(row.naming for row in changed)
        said = ", ".join(f"{n} {Naming(name).label.lower()}" for name, n in sorted(counts.items()))
        proposed = {"recipients": [None, said]}
        keep(held, "recipients_decided", values_of(held), by=by, why=why, proposed=proposed)
    return len(changed)


def closed_because(month: SpendingMonth) -> str:
    """Return why names of the load that is looked at cannot be decided now, or nothing."""
    draft = draft_of(month)
    in_review = draft.in_review if draft else month.status == Status.IN_REVIEW
    if in_review or (not draft and month.status == Status.APPROVED):
        return _("This load is with its approver. Send it back before you change it.")
    if month.status == Status.PUBLISHED and month.waiting_issue() == month.issue:
        return _("This load is published. Withdraw the month, or load it again.")
    return ""


def undecided(month: Record) -> int:
    """Return how many payments of the load that is looked at wait for a decision on a name."""
    if not isinstance(month, SpendingMonth):
        return 0
    return int(month.payments(month.waiting_issue()).filter(naming=Naming.DOUBTFUL).count())


@dataclass(frozen=True)
class Difference:
    """What a load changes on the one before: payments added and gone, and both totals."""

    before: int
    added: Sequence[Payment]
    gone: Sequence[Payment]
    same: int
    total_before: Decimal
    total_after: Decimal


def difference(month: SpendingMonth) -> Difference | None:
    """Return what the load that waits changes, on the official or else the earlier one; or None.

    Two queries. A payment is the same where every exported value is.
    """
    issue = month.waiting_issue()
    official = month.issue if month.issue != issue else None
    earlier = Payment.objects.filter(Q(month_id=month.pk), issue__lt=issue or 0).order_by("-issue")
    newest = earlier.first()
    base = official or (newest.issue if newest else None)
    if not issue or not base:
        return None
    old, new = list(month.payments(base)), list(month.payments(issue))
    have, want = Counter(map(_exported, old)), Counter(map(_exported, new))
    gone, added = have - want, want - have
    return Difference(
        base,
        _take(new, added),
        _take(old, gone),
        sum((have & want).values()),
        sum((p.amount for p in old), Decimal(0)),
        sum((p.amount for p in new), Decimal(0)),
    )


def repeated(payments: Sequence[Payment]) -> list[Payment]:
    """Return one of each sort of payment that is there more than once, whatever its row."""
    counted = Counter(map(_exported, payments))
    return _take(payments, Counter({said: 1 for said, n in counted.items() if n > 1}))


def _exported(payment: Payment) -> tuple[object, ...]:
    said = payment.as_exported
    return (
        payment.original,
        payment.amount,
        payment.paid_on,
        said.get("purpose", payment.purpose),
        said.get("reasons", payment.reasons),
        payment.paid_by,
        payment.contract,
    )


def _take(payments: Sequence[Payment], wanted: Counter[tuple[object, ...]]) -> list[Payment]:
    """Return as many payments of each sort as are wanted."""
    left = Counter(wanted)
    taken = []
    for payment in payments:
        key = _exported(payment)
        if left[key] > 0:
            left[key] -= 1
            taken.append(payment)
    return taken
