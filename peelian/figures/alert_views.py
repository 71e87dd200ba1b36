"""Asking for alerts about a measure, an area, or one in the other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peelian.figures.alerts import ALERTS
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.pages import subscription_views
from peelian.people.kinds import AREA
from peelian.people.models import Area
from peelian.record.scope import PUBLIC


def ask_for_alerts(request: HttpRequest) -> HttpResponse:
    """Ask for an address to tell, or for what, where the address of the page does not say it."""
    measure, area = _subject(request)
    back = measure or area
    if back is None:
        return render(request, "figures/alerts_choose.html", {"scope": PUBLIC})
    template = "figures/alerts_ask.html"
    return subscription_views.ask(request, ALERTS, template, back, measure=measure, area=area)


def _subject(request: HttpRequest) -> tuple[Measure | None, Area | None]:
    """Return the public measure and area that the address names. Raises Http404 for others."""
    found: dict[str, Any] = {}
    for kind in (MEASURE, AREA):
        reference = request.GET.get(kind.name, "")
        found[kind.name] = (
            PUBLIC.of(kind).filter(reference=reference).first() if reference else None
        )
        if reference and found[kind.name] is None:
            raise Http404
    return found["measure"], found["area"]
