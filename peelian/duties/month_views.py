"""The calendar as a month: public, and the office's."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties import calendar
from peelian.duties.month import weeks
from peelian.law.dates import month_end
from peelian.pages.views import scope_for
from peelian.record import clock

# Steps are planned back from duties that fall due this long after the month.
_AHEAD = timedelta(days=100)
_DAY = timedelta(days=1)


def show_month(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show one month: `?year=2020&month=2`. Http404 for a month that the calendar has not."""
    scope, today = scope_for(request, office), clock.today()
    first = _first(request, today)
    last = month_end(first)
    duties = calendar.due_between(first - _AHEAD, last + _AHEAD, scope=scope)
    years = calendar.years(today)
    before, after = (first - _DAY).replace(day=1), last + _DAY
    context = {
        "first": first,
        "weeks": weeks(first, duties, today),
        "count": sum(first <= duty.occurrence.due <= last for duty in duties),
        "earlier": before if before >= years[0].first else None,
        "later": after if after <= years[-1].last else None,
        "scope": scope,
        "here": reverse(scope.name("calendar-month")),
        "breadcrumbs": [
            (_("Duties"), reverse("office-duties")) if office else (_("Calendar"), _calendar())
        ],
    }
    return render(request, "duties/month.html", context)


def _calendar() -> str:
    return reverse("calendar")


def _first(request: HttpRequest, today: date) -> date:
    year, month = request.GET.get("year", ""), request.GET.get("month", "")
    if not year and not month:
        return today.replace(day=1)
    try:
        first = date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
    years = calendar.years(today)
    if not years[0].first <= first <= years[-1].last:
        raise Http404
    return first
