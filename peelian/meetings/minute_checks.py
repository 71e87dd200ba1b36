"""What a careful reader would notice about minutes as a whole: numbers and confirmation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.meetings.kinds import MEETING, MINUTE
from peelian.meetings.models import Meeting
from peelian.record.models import Status
from peelian.record.scope import Scope


@check("minute-numbers", gettext_lazy("Numbers of minutes"), Severity.WARNING)
def minute_numbers(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find minutes of a body whose number was given twice, or leaves others out.

    A body may begin again at one with a new year.
    """
    held = Meeting.objects.filter(pk=OuterRef("parent_id"))
    found: Any = scope.of(MINUTE).exclude(status=Status.WITHDRAWN)
    minutes = list(
        found.annotate(body=Subquery(held.values("body_id")), day=Subquery(held.values("held_on")))
        .select_related("parent")
        .order_by("body", "day", "parent_id", "number", "pk")
    )
    for before, minute in pairwise(minutes):
        if before.body == minute.body and (said := _oddity(before, minute)):
            yield Finding(
                minute,
                minute.parent.title,
                said,
                _("A number names one minute of a body, and a gap looks like a minute taken out."),
                _("Correct the number, or bring in the minutes that are missing."),
                (before,),
            )


def _oddity(before: Any, minute: Any) -> str:
    """Return what is odd about two minutes that follow each other, or nothing."""
    first_of_year = minute.number == 1 and minute.parent_id != before.parent_id
    if minute.number == before.number + 1 or first_of_year:
        return ""
    says = {"number": minute.number, "before": before.number, "meeting": before.parent.title}
    if minute.number > before.number:
        return _("Minute %(number)s follows %(before)s: numbers are left out.") % says
    if minute.number == before.number:
        return _("Two minutes have the number %(number)s.") % says
    return _("Minute %(number)s comes after %(before)s of “%(meeting)s”.") % says


@check("minutes-unconfirmed", gettext_lazy("Minutes not confirmed"), Severity.WARNING)
def minutes_unconfirmed(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find minutes that are still a draft though their body has met since."""
    drafts = scope.of(MEETING).filter(minutes_stage=Meeting.Stage.PUBLISHED)
    later = Meeting.objects.filter(
        body=OuterRef("body"), held_on__gt=OuterRef("held_on"), held_on__lt=as_at, state="held"
    ).order_by("held_on", "pk")
    for meeting in drafts.annotate(met=Subquery(later.values("held_on")[:1])).in_order():
        if meeting.met:
            yield Finding(
                meeting,
                "",
                _("The minutes of “%(title)s” are a draft, and the body met on %(day)s.")
                % {"title": meeting.title, "day": date_format(meeting.met, "j F Y")},
                _("Minutes are confirmed at the next meeting that can."),
                _("Record their confirmation, with the corrections that were agreed."),
            )
