"""The word by which a reply is known to answer a mail of ours: a keyed tag, in two places.

It shows that whoever answers has seen the mail that went to the invited address. It does not show
who they are: a mail can be forwarded, and a sender's name can be made up. So an answer by e-mail
counts only with the tag and from the invited address, and is never more than a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from peelian.expressions import expression
from peelian.rounds.models import Invitation

_SALT = "peelian.rounds.reply"
_TAG = expression(r"(?<![0-9a-z])(?P<pk>[1-9]\d{0,11})-(?P<key>[0-9a-f]{24})(?![0-9a-z])", re.I)


def reply_tag(invitation: Invitation) -> str:
    """Return the tag of an invitation; nobody without the office's key can make it."""
    key = salted_hmac(_SALT, str(invitation.pk), algorithm="sha256").hexdigest()[:24]
    return f"{invitation.pk}-{key}"


def tagged(subject: str, invitation: Invitation) -> str:
    """Return the subject of a mail with its tag behind it, which a reply repeats."""
    return f"{subject} [{reply_tag(invitation)}]"


def reply_to(invitation: Invitation) -> list[str]:
    """Return the address that replies go to, with the tag in it; none where none is set up."""
    name, at, host = settings.REPLY_TO.rpartition("@")
    return [f"{name}+{reply_tag(invitation)}@{host}"] if at else []


def invitation_of(places: Iterable[str]) -> Invitation | None:
    """Return the invitation whose tag stands in one of the places: addresses, a subject."""
    for place in places:
        for match in _TAG.finditer(place):
            made = Invitation(pk=int(match["pk"]))
            if constant_time_compare(reply_tag(made), f"{made.pk}-{match['key'].lower()}"):
                found = Invitation.objects.select_related("round", "owner").filter(pk=made.pk)
                return found.first()
    return None
