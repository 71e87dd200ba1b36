"""How a challenge in writing stands, on its own page: whether its response came, and when."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.meetings.models import Challenge
from peelian.pages.sections import Section
from peelian.record import clock
from peelian.record.models import Record
from peelian.record.scope import Scope


def challenge_section(record: Record, scope: Scope) -> Section | None:
    """Return in a sentence how a challenge stands today, or None for another record."""
    if not isinstance(record, Challenge):
        return None
    context = {"words": standing_words(record)}
    return Section(_("How it stands"), "meetings/challenge_section.html", context)


def standing_words(challenge: Challenge) -> str:
    """Return in a sentence whether a challenge was answered, when, and how late."""
    late = challenge.late_by(clock.today())
    days = ngettext("%(n)s day", "%(n)s days", late) % {"n": late}
    if challenge.responded_on:
        said = _("Answered on %(day)s.") % {"day": date_format(challenge.responded_on, "j F Y")}
        return f"{said} {_('That was %(days)s late.') % {'days': days}}" if late else said
    if challenge.respond_by is None:
        return _("Not answered yet. No day was set.")
    due = {"day": date_format(challenge.respond_by, "j F Y"), "days": days}
    if late:
        return _("Not answered. The response was due by %(day)s: %(days)s ago.") % due
    return _("Not answered yet. The response is due by %(day)s.") % due
