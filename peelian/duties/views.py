"""The public calendar of duties and the rules behind it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import calendar, words
from peelian.duties.calendar import Duty
from peelian.duties.filters import CalendarFilter, chosen_year
from peelian.law.dates import FinancialYear, financial_year, plain
from peelian.pages import export
from peelian.record import clock
from peelian.record.scope import PUBLIC

DOWNLOAD = (
    gettext_lazy("Due"),
    gettext_lazy("Working deadline"),
    gettext_lazy("Warning"),
    gettext_lazy("Duty"),
    gettext_lazy("Occasion"),
    gettext_lazy("Who"),
    gettext_lazy("Condition"),
    gettext_lazy("Why this date"),
    gettext_lazy("Law"),
    gettext_lazy("Local standard"),
    gettext_lazy("How sure"),
    gettext_lazy("Steps before"),
    gettext_lazy("Record"),
    gettext_lazy("State"),
    gettext_lazy("Met on"),
    gettext_lazy("Published at"),
    gettext_lazy("Record that shows it"),
    gettext_lazy("Rule"),
    gettext_lazy("Key"),
)


def show_calendar(request: HttpRequest) -> HttpResponse:
    """Show the duties of one financial year, by month: `?year=2019-20&who=panel&pack=precept`."""
    year, years, filters, duties = _chosen(request)
    today = clock.today()
    at = years.index(year)
    upcoming = [d for d in duties if d.occurrence.due >= today and not d.is_closed]
    context = {
        "year": year,
        "earlier": years[at - 1] if at else None,
        "later": years[at + 1] if at + 1 < len(years) else None,
        "filters": filters,
        "is_filtered": filters.is_filtered,
        "months": by_month(duties),
        "count": len(duties),
        "next": upcoming[0] if year == financial_year(today) and upcoming else None,
        "month": today if year == financial_year(today) else year.first,
        "scope": PUBLIC,
    }
    return render(request, "duties/calendar.html", context)


def export_calendar(request: HttpRequest, form: str) -> HttpResponse:
    """Download what the calendar shows, with the same year and filters, as CSV or XLSX."""
    year, _years, _filters, duties = _chosen(request)
    head = [str(name) for name in DOWNLOAD]
    rows = [download_row(duty) for duty in duties]
    response: HttpResponse = export.respond(f"calendar-{year.key}", head, rows, form)
    return response


def _chosen(
    request: HttpRequest,
) -> tuple[FinancialYear, list[FinancialYear], CalendarFilter, list[Duty]]:
    """Return the year asked for, all years, the filters and the duties they leave."""
    year, years = chosen_year(request.GET.get("year"))
    filters = CalendarFilter(request.GET, years, year)
    duties = calendar.due_between(year.first, year.last, scope=PUBLIC)
    return year, years, filters, filters.narrow(duties)


def by_month(duties: list[Duty]) -> list[tuple[Any, list[Duty]]]:
    """Return duties in the order given, with the first day of the month each run falls in."""
    months = groupby(duties, key=lambda duty: duty.occurrence.due.replace(day=1))
    return [(month, list(found)) for month, found in months]


def download_row(duty: Duty) -> list[Any]:
    """Return a duty as the columns of `DOWNLOAD`."""
    occurrence, rule = duty.occurrence, duty.rule
    return [
        occurrence.due,
        occurrence.working_due,
        occurrence.warning,
        rule.title,
        occurrence.occasion,
        str(words.WHO[rule.who]),
        rule.condition,
        occurrence.because,
        rule.citation,
        _("Yes") if rule.local_standard else _("No"),
        str(words.CONFIDENCE[rule.confidence]),
        "; ".join(f"{plain(step.on)}: {step.step}" for step in duty.steps),
        duty.record.key if duty.record else "",
        str(duty.state.label) if duty.state else "",
        duty.met_on or "",
        duty.published_at,
        duty.evidence.key if duty.evidence else "",
        rule.id,
        occurrence.key,
    ]
