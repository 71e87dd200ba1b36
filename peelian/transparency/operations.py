"""Verbs of decisions: issue a notice, note when it was published."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format

from peelian.blocks import to_json
from peelian.pages.issues import attach_pdf, keep_document
from peelian.record.access import Actor
from peelian.record.models import Change, Record, Snapshot, Status
from peelian.record.values import values_of
from peelian.record.writing import keep, lock, operation
from peelian.transparency.models import Decision
from peelian.transparency.models.decisions import first_seen
from peelian.transparency.notices import Correction, corrections, notice


@operation
def issue_notice(decision: Decision, *, by: Actor, why: str = "") -> Snapshot | None:
    """Keep the notice of a published decision with its PDF, if it says anything new.

    Notes the day of first publication as well. Returns the newest notice; None where the decision
    is not published. `why` is printed in a correction.
    """
    current = _locked(decision)
    if current.status != Status.PUBLISHED:
        return None
    current = _dated(current, by=by)
    issued = list(current.snapshots.order_by("number"))
    corrected = corrections(issued)
    if issued and to_json(notice(current, corrected)).decode("ascii") == issued[-1].content:
        return issued[-1]
    now = timezone.now()
    number = len(issued) + 1
    if issued:
        day = date_format(timezone.localtime(now), "j F Y")
        corrected.append(Correction(number, day, why.strip()))
    document = notice(current, corrected)
    snapshot = keep_document(current, document, by=by, why=why.strip(), at=now)
    attach_pdf(current, snapshot, document, "decision", by=by, why=why, called="version")
    return snapshot


def _locked(decision: Record) -> Decision:
    current = lock(decision)
    if not isinstance(current, Decision):
        raise TypeError(current.kind)
    return current


def _dated(current: Decision, *, by: Actor) -> Decision:
    """Note the day on which the public could first read it; what was loaded says that itself."""
    was_published_here = Change.objects.filter(record_id=current.pk, action="published").exists()
    is_noted = current.published_on and not _was_taken_back_unseen(current)
    if is_noted or not was_published_here:
        return current
    old = values_of(current)
    current.published_on = first_seen(current.embargo_until)
    keep(current, "first_published", old, by=by, why="")
    return current


def _was_taken_back_unseen(current: Decision) -> bool:
    """Return whether it was withdrawn before the day came that was noted: nobody read it then."""
    changes = Change.objects.filter(record_id=current.pk)
    noted = changes.filter(action="first_published").order_by("pk").last()
    if noted is None:
        return False
    day = current.published_on
    return changes.filter(action="withdrawn", pk__gt=noted.pk, at__date__lt=day).exists()
