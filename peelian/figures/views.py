"""The pages of figures: the performance summary, a topic, a measure by area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from peelian.blocks import Heading, Paragraph, Table, plain
from peelian.documents.html import render_blocks
from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.assessments import spark_of
from peelian.figures.beside import comparison_table, explained
from peelian.figures.corrections import past_of
from peelian.figures.difference import previous_of
from peelian.figures.edition import latest_edition, measure_blocks, statements_of
from peelian.figures.icons import sparkline
from peelian.figures.kinds import EDITION, MEASURE, QUOTED_FIGURE
from peelian.figures.models import Edition, Measure, Observation
from peelian.figures.operations import waits
from peelian.figures.periods import period_label
from peelian.figures.references import quoted_in
from peelian.figures.sentences import dashboard_line, how_limits_were_made
from peelian.figures.year import counts_by_month
from peelian.pages.export import respond
from peelian.pages.views import find, find_as, frame, scope_for
from peelian.people.models import Area
from peelian.record import clock
from peelian.record.access import may
from peelian.record.kinds import Kind

MOST_CHARTS = 8  # on one page; of more areas one is drawn and the rest are told in brief


def performance(request: HttpRequest) -> HttpResponse:
    """Lead to the newest edition of the performance summary, or say that there is none."""
    edition = latest_edition(clock.today(), scope_for(request, False))
    if edition:
        return redirect(edition.get_absolute_url())
    return render(request, "figures/no_edition.html")


def show_edition(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show an edition on one page: each topic by objective, with what its figures say.

    `?first` shows the words as they were first published.
    """
    scope = scope_for(request, office)
    edition = find_as(Edition, kind, reference, scope)
    lines = statements_of(edition, scope)
    past = past_of(lines)
    at_first = "first" in request.GET and bool(past.corrections)
    if at_first:
        for _topic, line in lines:
            line.data, line.commentary = past.first.get(line.pk, (line.data, line.commentary))
    objectives = scope.by_id(topic.objective_id for topic, _line in lines)
    by_objective: dict[int | None, list[Any]] = {}
    for topic, line in lines:
        by_objective.setdefault(topic.objective_id, []).append((topic, line))
    context = frame(request, kind, edition, scope) | {
        "groups": [(objectives.get(o or 0), some) for o, some in by_objective.items()],
        "illustrative": any(line.illustrative for _topic, line in lines),
        "previous": previous_of(edition, scope),
        "corrections": past.corrections,
        "at_first": at_first,
        "quoted": quoted_in(edition, scope),
        "editions": scope.of(EDITION).order_by("-period")[:12],
    }
    if office:
        context |= _open_steps(request.user, edition)
    return render(request, "figures/edition.html", context)


def _open_steps(user: Any, edition: Edition) -> dict[str, bool]:
    """Return what this user may do with an edition: edit its lines, send it on, publish it."""
    unsent, in_review = waits(edition)
    may_edit = may(user, "edit", EDITION.area)
    return {
        "may_edit_lines": may_edit,
        "may_submit": unsent and may_edit,
        "may_publish": in_review and may(user, "approve", EDITION.area),
    }


def show_topic(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a topic: the force's chart of each of its measures."""
    scope = scope_for(request, office)
    topic = find(kind, reference, scope)
    measures = list(scope.of(MEASURE).filter(parent=topic).order_by("order", "pk"))
    assessed = assess(measures, scope)
    series = [s for s in _in_order(assessed.values()) if s.reading.whole]
    objective = scope.by_id([getattr(topic, "objective_id", None)])
    context = frame(request, kind, topic, scope) | {
        "objective": next(iter(objective.values()), None),
        "measures": [(s.measure, render_blocks(measure_blocks(s, level=2)[1:])) for s in series],
        "without": [m for m in measures if m.pk not in {s.measure.pk for s in series}],
    }
    return render(request, "figures/topic.html", context)


def show_measure(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a measure: definition, and by area the sentence, the chart, the table and the limits.

    Where there are many areas, one is shown (the force, or the one asked for) beside all the rest
    in brief.
    """
    scope = scope_for(request, office)
    measure = find_as(Measure, kind, reference, scope)
    series = _in_order(assess([measure], scope).values())
    quoted = list(scope.of(QUOTED_FIGURE).filter(measure=measure).in_order())
    asked = request.GET.get("area", "")
    shown = [s for s in series if s.area.reference == asked]
    shown = shown or (series if len(series) <= MOST_CHARTS else series[:1])
    context = frame(request, kind, measure, scope) | {
        "owner": scope.by_id([measure.owner_id]).get(measure.owner_id or 0),
        "areas": [(s.area, *_parts(s), _frame(request, s)) for s in shown],
        "others": [(s.area, sparkline(spark_of(s)), _line_of(s)) for s in series if s not in shown],
        "asked": asked,
        "has_areas": len(series) > 1,
        "has_year": counts_by_month(measure),
        "compare_url": reverse(scope.name("measure-compare"), args=[measure.reference]),
        "illustrative": any(s.illustrative for s in series),
        "standard": next((s.standard for s in series if s.standard), None),
        "rules": explained(series[0]) if series else [],
        "quoted": quoted,
    }
    return render(request, "figures/measure.html", context)


def _frame(request: HttpRequest, series: Series) -> str:
    """Return the code that shows a chart on another site."""
    place = request.build_absolute_uri(reverse("measure-embed", args=[series.measure.reference]))
    title = f"{series.measure.reference} {series.area.reference}"
    # Shown as text to be copied: the page escapes it once more.
    return "" + format_html(
        '<iframe src="{}?area={}" title="{}" width="760" height="480"></iframe>',
        place,
        series.area.reference,
        title,
    )


def _line_of(series: Series) -> str:
    measured = measured_of(series.measure, series.standard)
    return dashboard_line(measured, series.reading, series.periods[-1])


def _parts(series: Series) -> tuple[str, str, str, str]:
    """Return a measure in an area: sentence and chart, table, source, beside other periods."""
    blocks = [Heading(1, series.area.title), *measure_blocks(series)[1:]]
    table = next(n for n, block in enumerate(blocks) if isinstance(block, Table))
    made = how_limits_were_made(measured_of(series.measure, series.standard), series.reading)
    limits = [Paragraph(plain(" ".join(made)))] if made else []
    beside = comparison_table(series)
    parts = (
        [*blocks[:table], *limits],
        blocks[table : table + 1],
        blocks[table + 1 :],
        [beside] if beside else [],
    )
    chart, values, source, others = (render_blocks(part) for part in parts)
    return chart, values, source, others


def _in_order(series: Any) -> list[Series]:
    return sorted(series, key=lambda s: (s.area.force_first, s.measure.order, s.measure.pk))


def observations(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Download every vintage of a measure's values, with source and the day it was known."""
    scope = scope_for(request, False)
    measure = find(MEASURE, reference, scope)
    areas = scope.see(Area.objects.all()).in_bulk()
    rows = Observation.objects.filter(measure=measure.pk, area__in=areas).order_by(
        "area_id", "period", "known", "pk"
    )
    frequency = getattr(measure, "frequency", "monthly")
    body = (
        (
            measure.reference,
            measure.title,
            getattr(measure, "definition", ""),
            areas[o.area_id].reference,
            areas[o.area_id].title,
            o.period,
            period_label(frequency, o.period),
            o.value,
            getattr(measure, "unit", ""),
            o.known,
            o.source,
            "yes" if o.illustrative else "no",
            "yes" if o.provisional else "no",
            o.note,
        )
        for o in rows
    )
    head = (
        "measure",
        "measure_title",
        "definition",
        "area",
        "area_title",
        "period",
        "period_label",
        "value",
        "unit",
        "as_at",
        "source",
        "illustrative",
        "provisional",
        "note",
    )
    response: HttpResponse = respond(f"measure-{measure.reference}", head, body, form)
    return response
