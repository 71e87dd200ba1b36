"""Many small charts on one page: all measures of an area, or one measure in all its areas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peelian.figures.assessments import by_area, refresh_changed
from peelian.figures.dashboard import counts_of, weightiest_first
from peelian.figures.kinds import MEASURE, TOPIC
from peelian.figures.lines import Line, line_of
from peelian.figures.models import Assessment, Measure
from peelian.figures.small_chart import render_small, small_data
from peelian.pages.sections import Section
from peelian.pages.views import find_as, scope_for
from peelian.people.models import Area
from peelian.record.models import Record
from peelian.record.scope import Scope

MOST = 60  # charts on one page
SHARED = "shared"


def area_section(record: Record, scope: Scope) -> Section | None:
    """Return all measures of an area as small charts by objective, what stands out first said.

    Of more than 60 those that a reader should see first. At most six queries.
    """
    refresh_changed()
    area = cast(Area, record)
    measures = scope.of(MEASURE).in_bulk()
    found = Assessment.objects.filter(area=area, measure__in=measures)
    rows = list(found.order_by(*weightiest_first())[: MOST + 1])
    if not rows:
        return None
    lines = [line_of(row, measures[row.measure_id], area) for row in rows[:MOST]]
    shown = {
        "area": area,
        "counts": counts_of(found),
        "standing_out": [line for line in lines if line.assessment.stands_out],
        "groups": _by_objective(lines, scope),
        "most": MOST if len(rows) > MOST else 0,
        "dashboard": reverse(scope.name("dashboard")),
    }
    return Section(_("All measures"), "figures/area_section.html", shown)


def _by_objective(
    lines: Iterable[Line], scope: Scope
) -> list[tuple[Record | None, list[tuple[Line, SafeString]]]]:
    """Return the lines with their charts by objective, in the order of topics; the rest last."""
    own = list(lines)
    topics = scope.of(TOPIC).filter(pk__in={line.measure.parent_id or 0 for line in own})
    place = {topic.pk: (n, topic) for n, topic in enumerate(topics.in_order())}
    aims = {pk: getattr(topic, "objective_id", None) for pk, (_n, topic) in place.items()}
    objectives = scope.by_id(aims.values())

    def order(line: Line) -> tuple[int, int, int]:
        topic = place.get(line.measure.parent_id or 0)
        return topic[0] if topic else len(place), line.measure.order, line.measure.pk

    groups: dict[Record | None, list[Line]] = {
        o: [] for o in sorted(objectives.values(), key=lambda o: o.sort_key)
    }
    for line in sorted(own, key=order):
        objective = objectives.get(aims.get(line.measure.parent_id or 0) or 0)
        groups.setdefault(objective, []).append(line)
    return [(objective, _charted(some)) for objective, some in groups.items()]


def _charted(lines: Iterable[Line], *, shared: bool = False) -> list[tuple[Line, SafeString]]:
    """Return each line with its small chart, on the same scale where they share one."""
    data = [(line, small_data(line)) for line in lines]
    among = [chart for _line, chart in data] if shared else []
    return [(line, render_small(chart, among)) for line, chart in data]


def show_areas(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Show a measure in every area side by side, each on its own scale or all on the same."""
    refresh_changed()
    scope = scope_for(request, office)
    measure = find_as(Measure, MEASURE, reference, scope)
    found = by_area(measure, scope)
    pages = Paginator(list(found.items()), MOST)
    page = pages.get_page(request.GET.get("page"))
    shared = request.GET.get("scale") == SHARED
    lines = [line_of(row, measure, area) for area, row in page]
    here = reverse(scope.name("measure-areas"), args=[measure.reference])
    context: dict[str, Any] = {
        "scope": scope,
        "record": measure,
        "page": page,
        "counts": counts_of(Assessment.objects.filter(measure=measure, area__in=found)),
        "charts": _charted(lines, shared=shared),
        "scales": [
            (_("Each on its own scale"), here, not shared),
            (_("All on the same scale"), f"{here}?scale={SHARED}", shared),
        ],
        "compare_url": reverse(scope.name("measure-compare"), args=[measure.reference]),
        "sizes_differ": shared and not measure.is_ratio and not measure.unit.startswith("%"),
    }
    return render(request, "figures/areas.html", context)
