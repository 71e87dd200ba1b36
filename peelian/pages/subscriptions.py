"""Telling people by e-mail what they asked for: a link begins it, another ends it, nothing twice.

An area says with `Letters` what it tells; its model extends `Subscribed`. What is told is claimed
in the database before the mail is handed over: cut off between the two, a mail may be lost, which
is reported, and is never repeated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.record.kinds import Text

CONFIRM_WITHIN = dt.timedelta(days=7)
N = TypeVar("N")
MOST_ASKED = 20  # subscriptions of one address, of each sort
CONFIRM, STOP = "confirm", "stop"


class Subscribed(models.Model):
    """An address that asked to be told of something: a private row, and no record.

    Purpose: to send what somebody asked for. Kept: the address, what it asked about and when it
    confirmed. Ends when it says stop; an address that never confirmed goes after seven days.
    """

    email = models.EmailField(gettext_lazy("E-mail address"))
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    told: Any  # the rows of what it has been told, of a model that extends Told

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def about(self) -> str:
        """Return what it is about, in words."""
        raise NotImplementedError

    def note_known(self) -> None:
        """Note what is there already, so that only what comes after is told."""
        raise NotImplementedError


class Told(models.Model):
    """What a subscriber has been told of; `state` is `sending` while the mail is handed over."""

    class State(models.TextChoices):
        KNOWN = "known", gettext_lazy("There before the subscription")
        SENDING = "sending", gettext_lazy("Being sent")
        SENT = "sent", gettext_lazy("Sent")

    state = models.CharField(max_length=7, choices=State)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Letters:
    """A sort of mail: whose subscriptions, under which routes, and what is said of them.

    The routes are `name-confirm` and `name-stop`. `question` and `promise` take `about`.
    """

    model: type[Subscribed]
    name: str
    title: Text
    question: Text
    promise: Text

    def salt(self, way: str) -> str:
        """Return what keeps links of one sort and way from serving for another."""
        return f"peelian.{self.name}.{way}"

    def link(self, subscription: Subscribed, way: str) -> str:
        """Return the link that confirms a subscription, or stops it."""
        token = signing.dumps(subscription.pk, salt=self.salt(way))
        return settings.SITE + reverse(f"{self.name}-{way}", args=[token])

    def found(self, token: str, way: str) -> Subscribed | None:
        """Return the subscription that a link is for; None where it is none of ours or too old."""
        age = CONFIRM_WITHIN if way == CONFIRM else None
        try:
            pk = signing.loads(token, salt=self.salt(way), max_age=age)
        except signing.BadSignature:
            return None
        found: Subscribed | None = self.model._default_manager.filter(pk=pk).first()
        return found


def ask(letters: Letters, email: str, **about: Any) -> None:
    """Keep that an address asks to be told of something, and mail it the link that confirms it.

    Whoever asks learns nothing of the address: one that has confirmed already, or has asked for too
    much, is sent nothing.
    """
    email = email.strip().lower()
    known = letters.model._default_manager.filter(email=email)
    made = known.filter(**about).first()
    recently = timezone.now() - dt.timedelta(hours=1)
    if made and (made.confirmed_at or made.asked_at > recently):
        return
    if made is None:
        if known.count() >= MOST_ASKED:
            return
        made = letters.model(email=email, **about)
    made.asked_at = timezone.now()
    made.save()
    context = {"link": letters.link(made, CONFIRM), "about": made.about}
    words = render_to_string("pages/subscribe_confirm.txt", context)
    subject = _("Confirm: e-mail about %(about)s") % {"about": made.about}
    EmailMultiAlternatives(_one_line(subject), words, settings.DEFAULT_FROM_EMAIL, [email]).send()


def confirm(subscription: Subscribed) -> None:
    """Begin to tell an address of what is new from now on."""
    rows = type(subscription)._default_manager
    with transaction.atomic():
        current = rows.select_for_update().get(pk=subscription.pk)
        if current.confirmed_at:
            return
        current.confirmed_at = timezone.now()
        current.save()
        current.note_known()


def forget_unconfirmed(model: type[Subscribed]) -> int:
    """Delete the addresses that never confirmed; return how many."""
    old = timezone.now() - CONFIRM_WITHIN
    return model._default_manager.filter(confirmed_at=None, asked_at__lt=old).delete()[0]


def claim(model: type[Told], **values: Any) -> bool:
    """Keep that something is told; return False where another process has done so already."""
    try:
        with transaction.atomic():
            model._default_manager.create(**values)
    except IntegrityError:
        return False
    return True


def note_known(subscription: Subscribed, keys: Iterable[str]) -> None:
    """Keep that what has these keys was there before, so that only what comes after is told."""
    rows = subscription.told
    made = (rows.model(subscription=subscription, key=k, state=Told.State.KNOWN) for k in keys)
    rows.bulk_create(made, ignore_conflicts=True)


def unheard(subscription: Subscribed, news: Mapping[str, N], *, keep: bool) -> dict[str, N]:
    """Return of the news, by its key, what a subscriber has not been told.

    With `keep` it is claimed, so that nobody else tells it.
    """
    told = set(subscription.told.values_list("key", flat=True))
    fresh = {key: new for key, new in news.items() if key not in told}
    if not keep:
        return fresh
    told_of, about = subscription.told.model, {"subscription": subscription}
    with transaction.atomic():
        return {
            key: new
            for key, new in fresh.items()
            if claim(told_of, key=key, state=Told.State.SENDING, **about)
        }


def note_sent(subscription: Subscribed, keys: Iterable[str]) -> None:
    """Note that the mail with what was claimed under these keys has been handed over."""
    claimed = subscription.told.filter(key__in=list(keys), state=Told.State.SENDING)
    claimed.update(state=Told.State.SENT, at=timezone.now())


def mail_each(
    letters: Letters,
    fresh_for: Callable[[Any], Sequence[N] | Mapping[str, N]],
    send: Callable[[Any, Any], None],
    *,
    dry_run: bool,
    what: str = "news",
) -> dict[str, int]:
    """Send every subscriber what is new to it; return how many mails, and of what they tell.

    ``unsure`` counts what an earlier run was cut off in: it is not sent again.
    """
    forget_unconfirmed(letters.model)
    subscriptions: Any = letters.model._default_manager
    unsure = subscriptions.filter(told__state=Told.State.SENDING).count()
    counts = {"mails": 0, what: 0, "unsure": unsure}
    for subscription in subscriptions.exclude(confirmed_at=None).order_by("pk"):
        fresh = fresh_for(subscription)
        if fresh:
            counts["mails"] += 1
            counts[what] += len(fresh)
            if not dry_run:
                send(subscription, fresh)
    return counts


def letter(letters: Letters, to: Subscribed, subject: str, text: str) -> EmailMultiAlternatives:
    """Return a mail with the headers by which a mail program can stop it (RFC 8058)."""
    stop = letters.link(to, STOP)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMultiAlternatives(_one_line(subject), text, sender, [to.email], headers=headers)


def _one_line(text: str) -> str:
    """Return a subject without line ends, which would begin another header."""
    return " ".join(text.split())[:200]
