"""The page of a body's attendance, year by year, and its downloads."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.law.dates import FinancialYear
from peelian.meetings.attendance import Attended, attendance_in, years_of
from peelian.pages import export
from peelian.pages.tables import number
from peelian.pages.views import find_as, scope_for
from peelian.people.kinds import BODY
from peelian.people.models import Body
from peelian.record.scope import Scope


def show_attendance(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Show how often each member came in a financial year, `?year=2019-20`, else the latest."""
    scope = scope_for(request, office)
    body, year, years = _asked(request, reference, scope)
    found = attendance_in(body, year, scope) if year else None
    args = [body.reference]
    context = {
        "scope": scope,
        "body": body,
        "breadcrumbs": [
            (str(BODY.plural), reverse(scope.name("bodies-list"))),
            (body.title, scope.url(body)),
        ],
        "year": year,
        "years": years,
        "found": found,
        "head": [_head()[0], *map(number, _head()[1:])],
        "rows": [_row(one, scope) for one in found.rows] if found else [],
        **{
            f"{form}_url": reverse(scope.name(f"body-attendance-{form}"), args=args)
            for form in ("csv", "xlsx")
        },
    }
    return render(request, "meetings/attendance.html", context)


def export_attendance(
    request: HttpRequest, reference: str, form: str, *, office: bool = False
) -> HttpResponse:
    """Download the same as CSV or XLSX."""
    scope = scope_for(request, office)
    body, year, _years = _asked(request, reference, scope)
    found = attendance_in(body, year, scope).rows if year else ()
    rows = [[one.name, *_numbers(one)] for one in found]
    name = f"attendance-{body.reference}-{year.key if year else 'none'}"
    response: HttpResponse = export.respond(name, _head(), rows, form)
    return response


def _asked(
    request: HttpRequest, reference: str, scope: Scope
) -> tuple[Body, FinancialYear | None, list[FinancialYear]]:
    """Return the body, the year asked for or the latest, and all. Http404 for one there is not."""
    body = find_as(Body, BODY, reference, scope)
    years = years_of(body, scope)
    wanted = request.GET.get("year")
    if wanted is None:
        return body, years[0] if years else None, years
    for year in years:
        if year.key == wanted:
            return body, year, years
    raise Http404


def _head() -> list[str]:
    return [
        _("Member"),
        _("Meetings"),
        _("Came"),
        _("Sent a substitute"),
        _("Sent apologies"),
        _("Nothing recorded"),
    ]


def _numbers(one: Attended) -> list[int]:
    return [one.could, one.came, one.sent, one.apologies, one.absent]


def _row(one: Attended, scope: Scope) -> list[Any]:
    named = {"text": one.name, "url": scope.url(one.person) if one.person else ""}
    return [named, *map(number, _numbers(one))]
