"""The yearly page of what a body achieved, and the same as a download."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.achieved import achieved, file_head, file_rows, years_of
from peelian.meetings.arising_blocks import matter_lines
from peelian.pages import export
from peelian.pages.views import find
from peelian.record import clock
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import PUBLIC


def show_achieved(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Show what a body achieved in a financial year, `?year=2019-20`; else in its last one."""
    body, year, years = _asked(request, kind, reference)
    found = achieved(body, year, clock.today())
    file_url = reverse(f"{kind.slug}-achieved-csv", args=[body.reference])
    address = reverse(f"{kind.slug}-achieved", args=[body.reference])
    context = {
        "body": body,
        "scope": PUBLIC,
        "year": year,
        "years": [(y.label, f"{address}?year={y.key}") for y in years if y != year],
        "found": found,
        "today": clock.today(),
        "recommendations": matter_lines(found.recommendations),
        "undertakings": matter_lines(found.undertakings),
        "csv_url": f"{file_url}?year={year.key}",
        "is_panel": body.reference == settings.OFFICE["panel"],
        "breadcrumbs": [(_("Home"), "/"), (body.title, body.get_absolute_url())],
    }
    return render(request, "meetings/achieved.html", context)


def export_achieved(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Download what the page lists as CSV."""
    body, year, _years = _asked(request, kind, reference)
    name = f"achieved-{body.reference}-{year.key}"
    rows: Any = file_rows(achieved(body, year, clock.today()))
    response: HttpResponse = export.respond(name, file_head(), rows, "csv")
    return response


def _asked(
    request: HttpRequest, kind: Kind, reference: str
) -> tuple[Record, FinancialYear, list[FinancialYear]]:
    """Return the body, the year asked for, and the years there are. Raises Http404."""
    body = find(kind, reference, PUBLIC)
    years = years_of(body, clock.today())
    key = request.GET.get("year", "")
    if not key:
        return body, years[0] if years else financial_year(clock.today()), years
    year = next((year for year in years if year.key == key), None)
    if year is None:
        raise Http404(_("There is no such year."))
    return body, year, years
