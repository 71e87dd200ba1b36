"""The calendar for diaries: iCalendar with the reason of each date, public or one person's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from icalendar import Event

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.kinds import PROOF
from peelian.duties.proofs import met_day
from peelian.law.dates import financial_year
from peelian.pages.diary import diary, uid
from peelian.people.models import User
from peelian.record import clock
from peelian.record.access import may
from peelian.record.scope import PUBLIC, Scope

SALT = "peelian.duties.feed"
_MARK = 16  # characters of what changes with a person's password


def own_token(user: Any) -> str:
    """Return the sign by which a person's own feed is known; a new password makes a new one."""
    return signing.dumps([user.pk, _mark(user)], salt=SALT)


def user_of(token: str) -> User | None:
    """Return whose feed a token opens; None for one that is not ours or opens no longer."""
    try:
        pk, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    known = user is not None and constant_time_compare(str(mark), _mark(user))
    return user if known and may(user, "view", PROOF.area) else None


def _mark(user: User) -> str:
    return user.get_session_auth_hash()[:_MARK]


def public_feed() -> bytes:
    """Return the public calendar of last, this and next financial year."""
    return as_ical(_around(PUBLIC), str(_("Duties of %(office)s") % {"office": _name()}))


def own_feed(user: User) -> bytes:
    """Return the duties that somebody acts for, and has not proved, in those years."""
    mine = [d for d in _around(Scope(user)) if d.owner and d.owner.is_user(user)]
    named = {"person": user.full_name, "office": _name()}
    return as_ical(mine, str(_("Duties of %(person)s, %(office)s") % named))


def _name() -> str:
    return str(settings.OFFICE["name"])


def _around(scope: Scope) -> list[Duty]:
    year = financial_year(clock.today())
    return calendar.due_between(year.shifted(-1).first, year.shifted(1).last, scope=scope)


def as_ical(duties: Iterable[Duty], name: str) -> bytes:
    """Return duties as a calendar of whole days, the same to the byte while nothing changes."""
    return diary(name, "Duties", map(_event, duties))


def _event(duty: Duty) -> Event:
    occurrence, rule = duty.occurrence, duty.rule
    event = Event()
    event.add("uid", uid(occurrence.key))
    event.add("dtstamp", _stamp(duty))
    event.add("dtstart", occurrence.due)
    event.add("dtend", occurrence.due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(duty))
    event.add("description", _description(duty))
    event.add("url", settings.SITE + reverse("duty-rule", args=[rule.pack, rule.name]))
    return event


def _stamp(duty: Duty) -> dt.datetime:
    """Return when the entry last changed: a moment of the record, so that it stays the same."""
    moments = [record.changed_at for record in (duty.record, duty.proof) if record]
    if duty.shown and duty.shown.at and not duty.proof:
        moments.append(duty.shown.at)
    begun = dt.datetime.combine(duty.rule.effective_from, dt.time(), dt.UTC)
    return max([begun, *moments]).astimezone(dt.UTC)


def _summary(duty: Duty) -> str:
    title = f"{duty.rule.title} ({duty.occurrence.occasion})"
    if duty.is_closed and duty.state:
        return f"{duty.state.label}: {title}"
    return title


def _description(duty: Duty) -> str:
    occurrence, rule = duty.occurrence, duty.rule
    owner = duty.owner.title if duty.owner else str(duty.who)
    standard = _("The office’s own standard, not law.") if rule.local_standard else ""
    met = ""
    if day := met_day(duty.proof):
        met = _("Proof of %(day)s %(how)s") % {
            "day": f"{day:%Y-%m-%d}",
            "how": duty.met_words,
        }
    elif duty.shown and duty.is_closed:
        met = duty.shown.said
    said = (
        rule.duty,
        rule.condition,
        occurrence.because,
        occurrence.warning,
        standard,
        _("Who: %(who)s.") % {"who": owner},
        f"{rule.citation}. {duty.confidence}.",
        met.strip(),
    )
    return "\n".join(part for part in said if part)
