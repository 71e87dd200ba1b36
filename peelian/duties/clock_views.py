"""Opening a clock, and saying who owns what: the generic form, begun so that it is safe."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties import calendar, events
from peelian.pages import views
from peelian.record import clock
from peelian.record.kinds import Kind
from peelian.record.models import Audience


def choose_event(request: HttpRequest) -> HttpResponse:
    """Offer every event that opens a clock by hand, with the duties that each opens."""
    opened: dict[str, list[str]] = {}
    for rule in calendar.rules():
        if calendar.binds(rule):
            opened.setdefault(rule.trigger, []).append(rule.title)
    context = {
        "events": [(event, opened[event.id]) for event in events.by_hand() if event.id in opened],
        "by_record": [event for event in events.by_record() if event.id in opened],
        "breadcrumbs": [(_("Duties"), reverse("office-duties"))],
    }
    return render(request, "duties/choose_event.html", context)


def edit_clock(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Show the generic form; a new clock is of today, and private where its event may be."""
    event = request.GET.get("event", "")
    if not reference:
        _begin_with(request, audience=events.audience(event), opened_on=f"{clock.today():%d/%m/%Y}")
    return views.edit(request, kind, reference)


def edit_owner(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Show the generic form; who acts for an owner is for the office unless it says otherwise."""
    if not reference:
        _begin_with(request, audience=Audience.OFFICE)
    return views.edit(request, kind, reference)


def _begin_with(request: HttpRequest, **values: str) -> None:
    """Fill in what the address of a new form leaves open."""
    begun = request.GET.copy()
    for name, value in values.items():
        begun.setdefault(name, value)
    request.GET = begun  # type: ignore[assignment]
