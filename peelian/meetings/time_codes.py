"""Time codes of a webcast, and links to that moment of it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

_CODE = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)")
is_time_code = RegexValidator(
    re.compile(rf"^{_CODE.pattern}\Z"),
    _("Give hours, minutes and seconds, for example 1:02:15, or minutes and seconds: 4:30."),
)
# Players that take the moment as a query of their own; all others as a media fragment.
_BY_QUERY = ("youtube.com", "youtu.be")


def seconds(code: str) -> int | None:
    """Return how many seconds a time code is from the beginning; None where it is none."""
    found = _CODE.fullmatch(code)
    if not found:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def at_moment(address: str, code: str) -> str:
    """Return the address of a webcast at a time code; the address itself where that is none.

    YouTube takes `t` in seconds; others the time of Media Fragments URI 1.0, section 4.2.1.
    """
    moment = seconds(code)
    if moment is None:
        return address
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in _BY_QUERY:
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "t"]
        return urlunsplit(parts._replace(query=urlencode([*kept, ("t", moment)])))
    return urlunsplit(parts._replace(fragment=f"t={moment}"))
