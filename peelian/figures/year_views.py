"""The page of a measure's financial year: the sum so far, and what was expected of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from peelian.blocks import Figure
from peelian.documents.html import render_blocks
from peelian.figures.assess import measured_of
from peelian.figures.assessments import refresh_changed
from peelian.figures.chart import render as drawn
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Assessment, Measure
from peelian.figures.year import chart_of_year, said_of_year, table_of_year, year_of
from peelian.pages.views import ancestors, find, scope_for
from peelian.people.models import Area


def show_year(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Show the financial year of a measure's newest month, in the area asked for or the force's."""
    refresh_changed()
    scope = scope_for(request, office)
    measure = find(MEASURE, reference, scope)
    if not isinstance(measure, Measure):
        raise Http404
    areas = scope.see(Area.objects.all()).in_bulk()
    rows = Assessment.objects.filter(measure=measure, area__in=areas)
    force = Area.Level.FORCE_AREA
    by_area = {areas[row.area_id]: row for row in rows}
    ordered = sorted(by_area, key=lambda a: (a.level != force, a.sort_key, a.pk))
    asked = request.GET.get("area", "")
    area = next((a for a in ordered if not asked or a.reference == asked), None)
    year = year_of(by_area[area], measure, area, scope) if area else None
    if area is None or year is None:
        raise Http404
    said = said_of_year(measured_of(measure, None), year)
    context = {
        "scope": scope,
        "record": measure,
        "area": area,
        "ancestors": [*ancestors(measure, scope), (measure.title, scope.url(measure))],
        "others": [other for other in ordered if other != area],
        "here": reverse(scope.name("measure-year"), args=[measure.reference]),
        "year": year,
        "said": said,
        "illustrative": by_area[area].illustrative,
    }
    if not year.why:
        chart = chart_of_year(measure, area, year, said[0])
        figure = Figure(str(drawn(chart)), said[0], chart.title)
        context["chart"] = render_blocks([figure])
        context["table"] = render_blocks([table_of_year(measure, area, year)])
    return render(request, "figures/year.html", context)
