"""Asking owners by e-mail: send, send again, close, let live longer, hand a line on.

None of it changes the record; every row names who saw to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from peelian.promises.models import Promise, UpdateRound
from peelian.record.access import Actor
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Record
from peelian.rounds import letters, moment
from peelian.rounds.asking import Asked
from peelian.rounds.models import Answer, Contact, Invitation, Line
from peelian.rounds.operations import expiry

LONGER = 14  # days a link is let live longer by one press
MOST_HANDED_ON = 10  # colleagues that one invitation may be handed on to


@dataclass
class Sent:
    """What came of sending: who was asked, and whom the mail could not be handed over for."""

    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def keep_contact(owner: Record, *, email: str, name: str, by: Actor) -> Contact | None:
    """Keep where an owner is asked; an empty address forgets it. Raises Invalid."""
    email, name = email.strip(), name.strip()
    if not email:
        Contact.objects.filter(owner=owner.pk).delete()
        return None
    require_address(email, name)
    values = {"email": email, "name": name, "by": by.name, "changed_at": moment.now()}
    return Contact.objects.update_or_create(owner_id=owner.pk, defaults=values)[0]


def readdress(invitation: Invitation, *, email: str, name: str, by: Actor) -> Invitation:
    """Ask an owner at another address: the old links and codes serve nobody any more."""
    if email == invitation.email:
        return _note(invitation, by, name=name)
    with transaction.atomic():
        invitation.links.all().delete()
        invitation.codes.all().delete()
        return _note(invitation, by, name=name, email=email, sent_at=None, first_used_at=None)


def require_address(email: str, name: str, *, optional: bool = False) -> None:
    """Raise Invalid for what is no e-mail address, or for a name that is too long."""
    if optional and not email:
        return
    try:
        validate_email(email)
    except ValidationError:
        said = _("“%(found)s” is no e-mail address. It looks like name@force.example.")
        raise Invalid({"email": [said % {"found": email}]}) from None
    if len(email) > 254 or len(name) > 100:
        raise Invalid({"name": [_("Give a name of at most 100 characters.")]})


def link_days() -> int:
    """Return how many days a link lives after its round. Raises ImproperlyConfigured."""
    text = str(settings.OFFICE["round_link_days"]).strip()
    if not text.isdecimal() or int(text) > 366:
        raise ImproperlyConfigured(
            _("PEELIAN_ROUND_LINK_DAYS: found “%(value)s”, expected days like 28.")
            % {"value": text}
        )
    return int(text)


def ask_owners(round_: UpdateRound, asked: Iterable[Asked], *, by: Actor) -> Sent:
    """Mail each owner with an address one message with their lines; return what came of it.

    Asked twice, an owner is written to again only where lines have come that they do not know of.
    """
    sent = Sent()
    for one in asked:
        if not one.email or not one.is_waiting:
            continue
        try:
            invitation = _invite(round_, one, by)
        except IntegrityError:
            continue  # a colleague is asking them at this moment
        _mail(invitation, sent)
    return sent


def send_again(invitation: Invitation, *, by: Actor) -> Sent:
    """Mail an owner their lines again, with a further link; an earlier link goes on working.

    Raises Refused where the invitation is closed.
    """
    _require_open(invitation)
    _note(invitation, by)
    sent = Sent()
    _mail(invitation, sent)
    return sent


def revoke(invitation: Invitation, *, by: Actor) -> None:
    """Close every link of an invitation, and those of the colleagues it was handed on to."""
    for one in (invitation, *invitation.handed_on.all()):
        if one.revoked_at is None:
            _note(one, by, revoked_at=moment.now())


def extend(invitation: Invitation, *, by: Actor) -> Invitation:
    """Let an invitation's links live longer, also when they have run out or were closed."""
    begins = max(moment.now(), invitation.expires_at)
    until = begins + dt.timedelta(days=LONGER)
    return _note(invitation, by, expires_at=until, revoked_at=None)


def finish(invitation: Invitation, *, by: Actor) -> Invitation:
    """Note that whoever was asked says they are done; their link goes on working."""
    return _note(invitation, by, finished_at=moment.now())


def hand_on(
    invitation: Invitation, promise: Promise, *, email: str, name: str, way: str, by: Actor
) -> Invitation:
    """Ask a colleague about a line instead, by a link for the lines handed on to them alone.

    The first who was asked may still answer. Raises Invalid for what is no address, and Refused
    where the invitation is closed, was itself handed on, or has been handed on too often.
    """
    _require_open(invitation)
    email, name = email.strip().lower(), name.strip()
    require_address(email, name)
    if email == invitation.email.lower():
        raise Invalid({"email": [_("That is your own address.")]})
    if invitation.after_id:
        raise Refused(_("This was handed on to you: tell whoever did so, or the office."))
    if not invitation.lines.filter(promise=promise.pk).exists():
        raise Refused(_("You were not asked about this line."))
    others = invitation.handed_on.exclude(email=email)
    if others.count() >= MOST_HANDED_ON:
        raise Refused(_("You have handed lines on to as many colleagues as one may."))
    with transaction.atomic():
        values = {
            "round": invitation.round,
            "owner": invitation.owner,
            "name": name or email.partition("@")[0],
            "by": by.name,
            "expires_at": invitation.expires_at,
        }
        found = Invitation.objects.get_or_create(after=invitation, email=email, defaults=values)
        colleague = found[0]
        Line.objects.get_or_create(invitation=colleague, promise_id=promise.pk)
        Answer.objects.create(
            invitation=invitation,
            promise_id=promise.pk,
            form=Answer.Form.DELEGATED,
            way=way,
            by=by.name,
            said_by=invitation.email,
            reason=email,
        )
    sent = Sent()
    if colleague.is_open:
        _mail(colleague, sent)
    if sent.failed or not colleague.is_open:
        raise Refused(_("It is handed on, but the mail to %(to)s did not leave.") % {"to": email})
    return colleague


def _invite(round_: UpdateRound, one: Asked, by: Actor) -> Invitation:
    """Return the invitation of an owner, with all their lines on it."""
    closes = round_.closes_on or round_.as_at
    with transaction.atomic():
        invitation = one.invitation or Invitation.objects.create(
            round=round_,
            owner_id=one.owner.pk,
            name=one.name,
            email=one.email,
            by=by.name,
            expires_at=max(expiry(closes, link_days()), moment.now() + dt.timedelta(days=LONGER)),
        )
        for row in one.new:
            Line.objects.get_or_create(invitation=invitation, promise=row.promise)
    return invitation


def _mail(invitation: Invitation, sent: Sent) -> None:
    try:
        letters.ask(invitation)
    except letters.NOT_SENT:
        sent.failed.append(invitation.email)
    else:
        sent.asked.append(invitation.email)


def _note(invitation: Invitation, by: Actor, **values: object) -> Invitation:
    """Put values on an invitation, with who saw to it."""
    for name, value in (values | {"by": by.name}).items():
        setattr(invitation, name, value)
    invitation.save(update_fields=[*values, "by"])
    return invitation


def _require_open(invitation: Invitation) -> None:
    if not invitation.is_open:
        raise Refused(_("This invitation is closed. Let its links live longer first."))
