"""Links without login: how one is made, whom it lets in, and how its holder says who they are.

A link is a secret of 256 random bits, kept as its SHA-256. That it was forwarded helps nobody:
whoever opens it in a browser first gives a code that is mailed to the invited address. What is
counted here holds up guessing; a browser that has given its code is never held up by others.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from peelian.rounds.models import Code, Invitation, Knock, Link

CODE_LIVES = dt.timedelta(minutes=15)
BROWSER_LIVES = dt.timedelta(hours=12)
MOST_TRIES = 5  # wrong ones of one code
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MOST_CODES = ((5, HOUR), (10, DAY))  # of one invitation
MOST_ASKED = ((100, HOUR),)  # codes asked for from one network address: a whole force may share it
MOST_UNKNOWN = ((60, HOUR),)  # links that are none of ours, from one network address
MOST_SAVED = ((300, HOUR),)  # answers by one invitation
MOST_LOOKED = ((1_500, HOUR),)  # looks at what is being typed, a pause each
_SALT = "peelian.rounds."


def new_link(invitation: Invitation) -> str:
    """Return the address of a new link of an invitation; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    Link.objects.create(invitation=invitation, token_hash=_hash(token))
    return settings.SITE + reverse("answer", args=[token])


def found(token: str) -> Invitation | None:
    """Return the invitation that a link is for; None for one unknown, run out or revoked alike."""
    links = Link.objects.select_related("invitation__round", "invitation__owner")
    link = links.filter(token_hash=_hash(token)).first()
    return link.invitation if link and link.invitation.is_open else None


# ---- who is it ----


def new_code(invitation: Invitation) -> str:
    """Return a new code of six digits; empty where the invitation has had too many.

    An earlier code serves no longer.
    """
    if too_many(f"code/{invitation.pk}", MOST_CODES):
        return ""
    code = f"{secrets.randbelow(1_000_000):06}"
    with transaction.atomic():
        Code.objects.filter(invitation=invitation).delete()
        Code.objects.create(invitation=invitation, code_hash=_code_hash(invitation, code))
    return code


def is_code(invitation: Invitation, typed: str) -> bool:
    """Return whether it is the code that was mailed last; a right one serves once."""
    digits = "".join(c for c in typed if c.isdecimal())
    with transaction.atomic():
        code = Code.objects.select_for_update().filter(invitation=invitation).first()
        if code is None or code.used_at or code.tries >= MOST_TRIES:
            return False
        if code.made_at < timezone.now() - CODE_LIVES:
            return False
        if constant_time_compare(code.code_hash, _code_hash(invitation, digits)):
            code.used_at = timezone.now()
            code.save()
            return True
        Code.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
    return False


def let_in(response: HttpResponse, invitation: Invitation) -> None:
    """Remember in this browser that its user has given the code."""
    if invitation.first_used_at is None:
        Invitation.objects.filter(pk=invitation.pk).update(first_used_at=timezone.now())
    response.set_cookie(
        _cookie(invitation),
        signing.dumps(invitation.email, salt=_salt("browser", invitation)),
        max_age=BROWSER_LIVES,
        path=reverse("answer", args=["x"]).removesuffix("x/"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def is_let_in(request: HttpRequest, invitation: Invitation) -> bool:
    """Return whether this browser's user has given the code of this invitation."""
    said = request.COOKIES.get(_cookie(invitation), "")
    try:
        email = signing.loads(said, salt=_salt("browser", invitation), max_age=BROWSER_LIVES)
    except signing.BadSignature:
        return False
    return bool(email == invitation.email)


def form_key(invitation: Invitation) -> str:
    """Return what the forms of an invitation carry: only who was let in has seen it.

    It stands in for Django's token, which needs the referrer that these pages send to nobody.
    """
    return salted_hmac(_salt("form", invitation), str(invitation.pk)).hexdigest()


def is_own_form(request: HttpRequest, invitation: Invitation) -> bool:
    """Return whether a form that was sent is one of the invitation's own."""
    return constant_time_compare(request.POST.get("key", ""), form_key(invitation))


# ---- how often ----


def too_many(who: str, limits: tuple[tuple[int, dt.timedelta], ...]) -> bool:
    """Count that somebody asks for something; return whether they did too often.

    What is over the limit is not counted, so that waiting helps.
    """
    if is_over(who, limits):
        return True
    Knock.objects.create(who=_hash_of(who))
    return False


def is_over(who: str, limits: tuple[tuple[int, dt.timedelta], ...]) -> bool:
    """Return whether somebody has asked too often already; nothing is counted."""
    now = timezone.now()
    asked = Knock.objects.filter(who=_hash_of(who))
    return any(asked.filter(at__gt=now - within).count() >= most for most, within in limits)


def forget_knocks() -> None:
    """Delete what was counted more than a day ago."""
    Knock.objects.filter(at__lt=timezone.now() - DAY).delete()


def network_of(request: HttpRequest) -> str:
    """Return the network address that a request comes from, as far as the server knows it.

    Behind the proxy that an office with HTTPS has, it is the one that the proxy added last; what
    stands before that is whatever the visitor sent.
    """
    if settings.HTTPS and (through := request.headers.get("X-Forwarded-For")):
        return through.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_of(who: str) -> str:
    """Return a keyed hash: nobody can read network addresses out of the table."""
    return salted_hmac(f"{_SALT}knock", who, algorithm="sha256").hexdigest()


def _code_hash(invitation: Invitation, code: str) -> str:
    return salted_hmac(_salt("code", invitation), code, algorithm="sha256").hexdigest()


def _salt(what: str, invitation: Invitation) -> str:
    return f"{_SALT}{what}.{invitation.pk}"


def _cookie(invitation: Invitation) -> str:
    return f"peelian-answer-{invitation.pk}"
