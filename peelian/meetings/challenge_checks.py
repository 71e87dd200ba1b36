"""What a careful reader would notice of challenges in writing: no response by its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.meetings.kinds import CHALLENGE
from peelian.record.scope import Scope


@check("challenge-overdue", gettext_lazy("Challenges without their response"), Severity.ERROR)
def overdue_challenges(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find challenges in writing whose day for a response has passed without one."""
    open_ones = scope.of(CHALLENGE).filter(responded_on=None, respond_by__lt=as_at)
    found = list(open_ones.order_by("respond_by", "pk"))
    asked = scope.by_id(one.put_to_id for one in found)
    for one in found:
        to = asked.get(one.put_to_id or 0)
        says = {
            "to": to.title if to else _("Nobody who is named"),
            "asked": date_format(one.asked_on, "j F Y"),
            "due": date_format(one.respond_by, "j F Y"),
        }
        yield Finding(
            one,
            one.title,
            _("%(to)s was asked on %(asked)s to respond by %(due)s, and no response is recorded.")
            % says,
            _("A challenge that nobody answers holds nobody to account."),
            _("Record the response with its day, or follow it with a further challenge."),
            (to,) if to else (),
        )
