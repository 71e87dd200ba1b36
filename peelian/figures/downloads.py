"""A chart to take away: as SVG, as PNG, and as a page to set into another site."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peelian.documents.png import as_png
from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.charts import chart_of
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.figures.sentences import page_summary
from peelian.pages.views import find_as
from peelian.record.scope import PUBLIC


def the_series(request: HttpRequest, reference: str) -> Series:
    """Return the public series of a measure in the area that the address names, or the force's.

    Raises Http404 where there is none.
    """
    measure = find_as(Measure, MEASURE, reference, PUBLIC)
    area = request.GET.get("area", "")
    series = sorted(assess([measure], PUBLIC).values(), key=lambda s: s.area.force_first)
    found = next((s for s in series if not area or s.area.reference == area), None)
    if found is None:
        raise Http404
    return found


def sentence_of(series: Series) -> str:
    """Return the sentence of a series, which its chart is described by."""
    measured = measured_of(series.measure, series.standard)
    return page_summary(measured, series.reading, series.periods[-1])


def chart_svg(request: HttpRequest, reference: str) -> HttpResponse:
    """Download the chart of a measure in an area as SVG."""
    series = the_series(request, reference)
    return _file(series, chart_of(series, sentence_of(series)).encode(), "svg", "image/svg+xml")


def chart_png(request: HttpRequest, reference: str) -> HttpResponse:
    """Download the chart of a measure in an area as PNG, large enough to print."""
    series = the_series(request, reference)
    content = as_png(chart_of(series, sentence_of(series)))
    return _file(series, content, "png", "image/png")


def _file(series: Series, content: bytes, form: str, media: str) -> HttpResponse:
    name = f"{series.measure.reference}-{series.area.reference}.{form}"
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def embed(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a chart alone, with its sentence, source and way back, for a frame of another site."""
    series = the_series(request, reference)
    sentence = sentence_of(series)
    context = {
        "series": series,
        "chart": chart_of(series, sentence),
        "sentence": sentence,
        "address": request.build_absolute_uri(series.measure.get_absolute_url()),
    }
    response = render(request, "figures/embed.html", context)
    # Any site may frame this page, which has nothing to press; no other page may be framed.
    setattr(response, "xframe_options_exempt", True)  # noqa: B010
    setattr(response, "_csp_replace", {"frame-ancestors": ["*"]})  # noqa: B010 - no attribute of the type
    return response
