"""What is done with an invitation: the one way by which any answer comes in, by whatever way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.promises import operations as promises
from peelian.promises.models import Promise
from peelian.record import writing
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Record
from peelian.rounds.models import Answer, Invitation, Line

_MOST_NAME = 60
_NAMED = {
    Answer.Way.LINK: gettext_lazy("%(name)s (by link), %(email)s"),
    Answer.Way.SPREADSHEET: gettext_lazy("%(name)s (by spreadsheet), %(email)s"),
    Answer.Way.EMAIL: gettext_lazy("%(name)s (by e-mail), %(email)s"),
}


@dataclass(frozen=True)
class Holder:
    """Whoever answers by an invitation, as the history names them. They have no role at all.

    What they may do is what `take_answer` and its kin let them: answer for the lines they were
    asked about, as drafts sent for review.
    """

    name: str
    roles: Iterable[str] = ()


def holder_of(invitation: Invitation, way: str = Answer.Way.LINK) -> Holder:
    """Return who answers by an invitation: their name, the way and the address that was asked."""
    says = {"name": invitation.called[:_MOST_NAME], "email": invitation.email}
    return Holder((str(_NAMED[Answer.Way(way)]) % says)[:150])


@writing.operation
def take_answer(
    invitation: Invitation,
    promise: Promise,
    *,
    progress: str,
    text: str,
    release: str,
    version: int | None,
    way: str,
    by: Actor,
    form: str = Answer.Form.UPDATE,
    submit: bool = True,
) -> Answer:
    """Keep what came in for a line: its update as a draft, sent for review unless `submit` is no.

    `version` is that of the update as it was read, None or 0 where there was none. Raises Stale
    where a colleague saved first, Invalid, and Refused where the invitation is closed or does not
    ask about the promise.
    """
    _require_line(invitation, promise)
    update = promises.record_update(
        promise,
        as_at=invitation.round.as_at,
        progress=progress,
        text=text,
        version=version,
        release=release,
        by=by,
    )
    if submit:
        promises.submit_updates([update], by=by)
    return _keep(invitation, promise, form, way=way, by=by, release=update.release)


@writing.operation
def decline(
    invitation: Invitation, promise: Promise, *, reason: str, way: str, by: Actor
) -> Answer:
    """Keep that whoever was asked will not answer for a line, and why.

    Raises Invalid without a reason, and Refused as `take_answer` does.
    """
    _require_line(invitation, promise)
    if not reason.strip():
        raise Invalid({"reason": [_("Say why you cannot answer for this line.")]})
    if len(reason) > writing.MOST_WHY:
        raise Invalid({"reason": [_("Give the reason in at most 1,000 characters.")]})
    return _keep(invitation, promise, Answer.Form.DECLINED, way=way, by=by, reason=reason.strip())


def expiry(closes_on: dt.date, days: int) -> dt.datetime:
    """Return when links run out: at the end of so many days after a round has closed."""
    last = dt.datetime.combine(closes_on + dt.timedelta(days=days + 1), dt.time())
    return timezone.make_aware(last)


def _require_line(invitation: Invitation, promise: Record) -> None:
    if not invitation.is_open:
        raise Refused(_("This link has run out. Ask the office for a new one."))
    if not Line.objects.filter(invitation=invitation, promise=promise.pk).exists():
        raise Refused(_("You were not asked about this line."))


def _keep(
    invitation: Invitation,
    promise: Promise,
    form: str,
    *,
    way: str,
    by: Actor,
    release: str = "",
    reason: str = "",
) -> Answer:
    return Answer.objects.create(
        invitation=invitation,
        promise=promise,
        form=form,
        way=way,
        by=by.name,
        said_by=invitation.email,
        release=release,
        reason=reason,
    )
