"""What a careful reader would notice of exempt items: no paper behind them, nothing before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.exempt.apart import with_something
from peelian.meetings.kinds import AGENDA_ITEM, MEETING
from peelian.meetings.models import AgendaItem, Meeting
from peelian.record.models import Status
from peelian.record.scope import Scope


@check("exempt-without-paper", gettext_lazy("Exempt items without a paper"), Severity.WARNING)
def exempt_without_paper(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find exempt items of meetings to come with neither an exempt part nor an exempt file.

    The public is not told whether there is one.
    """
    if scope.is_public:
        return
    items = _exempt_items(scope, as_at)
    has_paper = with_something(item.pk for item in items)
    for item in items:
        if item.pk not in has_paper:
            yield Finding(
                item,
                _place(item),
                _("The item is exempt, and nobody has kept its exempt paper yet."),
                _("The members have nothing to read, or read it in an e-mail."),
                _("Keep the paper on the item’s exempt page, or take the exemption off."),
            )


@check("exempt-without-summary", gettext_lazy("Exempt items without a summary"), Severity.WARNING)
def exempt_without_summary(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find exempt items of meetings to come that tell the public nothing of what they are about."""
    for item in _exempt_items(scope, as_at):
        if not item.text.strip():
            yield Finding(
                item,
                _place(item),
                _("The item is exempt and has no summary for the public."),
                _("The public learns nothing of what the meeting decides without it."),
                _("Write in its text what can be said without what is exempt."),
            )


def _exempt_items(scope: Scope, as_at: dt.date) -> list[AgendaItem]:
    """Return the exempt items of meetings still to be held. Two queries."""
    ahead = scope.of(MEETING).filter(state=Meeting.State.PLANNED, held_on__gte=as_at)
    items = scope.of(AGENDA_ITEM).filter(exempt_paragraph__isnull=False)
    of_these = items.filter(parent__in=ahead.values("pk")).exclude(status=Status.WITHDRAWN)
    return list(of_these.select_related("parent").in_order())


def _place(item: AgendaItem) -> str:
    says = {"number": item.number, "meeting": item.parent}
    return _("Agenda item %(number)s, %(meeting)s") % says
