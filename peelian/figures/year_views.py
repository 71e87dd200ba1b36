"""The page of a measure's financial year: the sum so far, and what was expected of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from peelian.blocks import Figure
from peelian.documents.html import render_blocks
from peelian.figures.assess import measured_of
from peelian.figures.assessments import by_area, refresh_changed
from peelian.figures.chart import render as drawn
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.figures.year import Year, chart_of_year, said_of_year, table_of_year, year_of
from peelian.pages.views import find_as, scope_for


def show_year(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Show the financial year of a measure's newest month, in the area asked for or the force's."""
    refresh_changed()
    scope = scope_for(request, office)
    measure = find_as(Measure, MEASURE, reference, scope)
    rows = by_area(measure, scope)
    asked = request.GET.get("area", "")
    area = next((a for a in rows if not asked or a.reference == asked), None)
    if area is None and asked:
        raise Http404
    year = year_of(rows[area], measure, area, scope) if area else Year("", why="none")
    said = said_of_year(measured_of(measure, None), year)
    context = {
        "scope": scope,
        "record": measure,
        "area": area,
        "others": [other for other in rows if other != area] if area and year.starts else [],
        "here": reverse(scope.name("measure-year"), args=[measure.reference]),
        "year": year,
        "said": said,
        "illustrative": bool(area and rows[area].illustrative),
    }
    if area and not year.why:
        chart = chart_of_year(measure, area, year, said[0])
        figure = Figure(str(drawn(chart)), said[0], chart.title)
        context["chart"] = render_blocks([figure])
        context["table"] = render_blocks([table_of_year(measure, area, year)])
    return render(request, "figures/year.html", context)
