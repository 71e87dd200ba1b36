"""The yearly self-assessment on screen, as XLSX and as PDF."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.documents import pdf
from peelian.duties import calendar
from peelian.law.dates import FinancialYear, financial_year
from peelian.pages import export
from peelian.pages.attachments import PDF, as_file
from peelian.publication import assessment
from peelian.record import clock
from peelian.record.scope import Scope


def show_assessment(request: HttpRequest) -> HttpResponse:
    """Show how each line did in a financial year: `?year=2019-20`."""
    year, years = _year(request)
    found = assessment.assess(year, Scope(request.user), clock.today())
    # The law stands on each line's own page, and in the files.
    rows = [[_cell(value) for value in row[:-1]] for row in assessment.rows_of(found)]
    asked = f"?year={year.key}"
    context = {
        "year": year,
        "years": [(one, f"?year={one.key}") for one in reversed(years)],
        "is_over": year.last < clock.today(),
        "met": sum(one.result == "met" for one in found),
        "total": len(found),
        "head": [str(name) for name in assessment.HEAD[:-1]],
        "rows": rows,
        "xlsx_url": reverse("office-publication-assessment-xlsx") + asked,
        "pdf_url": reverse("office-publication-assessment-pdf") + asked,
        "breadcrumbs": [(_("What must be published"), reverse("office-publication"))],
    }
    return render(request, "publication/assessment.html", context)


def export_assessment(request: HttpRequest, form: str) -> HttpResponse:
    """Download the assessment of a year as XLSX or PDF."""
    year, _years = _year(request)
    found = assessment.assess(year, Scope(request.user), clock.today())
    name = f"publication-self-assessment-{year.key}"
    if form == "pdf":
        content = pdf.render(assessment.document(year, found, clock.today()))
        return as_file(content, PDF, f"{name}.pdf")
    head = [str(one) for one in assessment.HEAD]
    made: HttpResponse = export.respond(name, head, assessment.rows_of(found), form)
    return made


def _year(request: HttpRequest) -> tuple[FinancialYear, list[FinancialYear]]:
    """Return the year asked for, and those there are; Http404 for another."""
    today = financial_year(clock.today())
    years = [one for one in calendar.years(clock.today()) if one <= today]
    asked = request.GET.get("year") or today.key
    year = next((one for one in years if one.key == asked), None)
    if year is None:
        raise Http404
    return year, years


def _cell(value: Any) -> Any:
    return assessment.shown(value)
