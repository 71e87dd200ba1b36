"""The retention schedule, which is public, and the office's list of what is due."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties import words
from peelian.pages import export
from peelian.record import clock
from peelian.record.access import may
from peelian.record.kinds import kind_of
from peelian.record.scope import Scope
from peelian.retention import registers, schedule
from peelian.retention.forms import STATES, DueFilter, state_of
from peelian.retention.words import kept_for

PER_PAGE = 50


def show_schedule(request: HttpRequest) -> HttpResponse:
    """Show every class: what it covers, how long, from when, why and how sure that is."""
    context = {
        "classes": [(one, _row(one)) for one in schedule.classes()],
        "head": _head()[:4],
        "csv_url": reverse("retention-schedule-csv"),
    }
    return render(request, "retention/schedule.html", context)


def export_schedule(_request: HttpRequest) -> HttpResponse:
    """Download the schedule as CSV."""
    rows = [_row(one) for one in schedule.classes()]
    response: HttpResponse = export.respond("retention-schedule", _head(), rows, "csv")
    return response


def _head() -> list[str]:
    return [
        *(_("Class"), _("Kept for"), _("Counted from"), _("How sure")),
        *(_("Covers"), _("Why"), _("Basis"), _("Note"), _("Rule")),
    ]


def _row(one: schedule.Class) -> list[str]:
    rule, period = one.rule, one.period
    return [
        rule.title,
        kept_for(period),
        str(words.trigger(rule)) if period else "",
        str(words.CONFIDENCE[rule.confidence]),
        "; ".join(str(kind.plural) for kind in one.kinds) or _("Nothing that is kept here yet"),
        " ".join(rule.duty.split()),
        rule.citation,
        " ".join(rule.note.split()),
        rule.id,
    ]


def show_due(request: HttpRequest) -> HttpResponse:
    """Show what may be disposed of: `?rule=retention/duties&state=held`."""
    user: Any = request.user
    scope = Scope(user)
    filters = DueFilter(request.GET)
    found = registers.due(scope)
    page = Paginator(filters.narrow(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": scope,
        "today": clock.today(),
        "filters": filters,
        "page": page,
        "count": len(found),
        "rows": [(one, kind_of(one.record), scope.url(one.record)) for one in page],
        "undated": [
            (kind, count, reverse(f"office-{kind.slug}-list"))
            for kind, count in schedule.without_a_day(scope)
        ],
        "waiting": registers.proposals(scope).count(),
        "may_propose": may(user, "edit", "retention"),
        "csv_url": reverse("office-retention-csv"),
        "reset_url": reverse("office-retention"),
    }
    return render(request, "retention/due.html", context)


def export_due(request: HttpRequest) -> HttpResponse:
    """Download what the list shows, with the same filters, as CSV."""
    found = DueFilter(request.GET).narrow(registers.due(Scope(request.user)))
    head = [
        *(_("Kind"), _("Reference"), _("Title"), _("Class"), _("Counted from"), _("Kept until")),
        *(_("May go from"), _("In words"), _("How it stands"), _("Holds")),
    ]
    states = dict(STATES)
    rows = (
        [
            str(kind_of(one.record).label),
            one.record.reference,
            one.record.title,
            one.reckoned.rule.title,
            one.reckoned.counted_from,
            one.reckoned.until,
            one.reckoned.from_day,
            one.reckoned.because,
            str(states[state_of(one)]),
            "; ".join(hold.title for hold in one.holds),
        ]
        for one in found
    )
    response: HttpResponse = export.respond("due-for-disposal", head, rows, "csv")
    return response
