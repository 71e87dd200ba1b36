"""What figures have to say on the pages of promises, objectives and areas."""

from __future__ import annotations

from typing import cast

from django.db.models import Q
from django.utils.translation import gettext as _

from peelian.figures.indicators import indicators_of, measures_of
from peelian.figures.kinds import MEASURE, QUOTED_FIGURE, TOPIC
from peelian.figures.lines import Line, line_of
from peelian.figures.models import Assessment, Measure, QuotedFigure
from peelian.figures.multiples import area_section
from peelian.pages.sections import Section, offer
from peelian.people.models import Area
from peelian.record.kinds import LINK_LABELS
from peelian.record.models import Link, Record
from peelian.record.references import resolve
from peelian.record.scope import Scope


def figures_section(record: Record, scope: Scope) -> Section | None:
    """Return the figures of a promise: measures that show how it goes, as charts; and those quoted.

    One query; four and those of the sources named, where there are any.
    """
    measures = measures_of(record, scope)
    if not measures:
        return None
    quoted = list(scope.of(QUOTED_FIGURE).filter(promise=record, measure__in=measures).in_order())
    indicators = indicators_of(measures, scope)
    charted = {one.line.measure.pk for one in indicators} | {quote.measure_id for quote in quoted}
    shown = {
        "pairs": [(quote, measures[quote.measure_id]) for quote in quoted],
        "references": resolve((quote.source for quote in quoted), scope),
        "indicators": indicators,
        "bare": [measure for pk, measure in measures.items() if pk not in charted],
    }
    return Section(_("Related figures"), "figures/promise_section.html", shown)


def source_section(record: Record, scope: Scope) -> Section | None:
    """Return the edition and line a quoted figure was taken from, where its source names them."""
    quote = cast(QuotedFigure, record)
    found = resolve([quote.source], scope)
    if not found.by_form.get("summary"):
        return None
    shown = {"text": quote.source, "references": found}
    return Section(_("Taken from"), "figures/source_section.html", shown)


def topics_section(record: Record, scope: Scope) -> Section | None:
    """Return the topics and measures that show how an objective goes. Two queries."""
    topics = list(scope.of(TOPIC).filter(objective=record).in_order())
    measures = scope.of(MEASURE).filter(parent__in=topics).order_by("order", "pk")
    own: dict[int | None, list[Record]] = {}
    for measure in measures:
        own.setdefault(measure.parent_id, []).append(measure)
    if not topics:
        return None
    pairs = [(topic, own.get(topic.pk, [])) for topic in topics]
    return Section(_("How it is measured"), "figures/topics_section.html", {"pairs": pairs})


def sources_section(record: Record, scope: Scope) -> Section | None:
    """Return a measure beside those that measure the same from other sources. Two queries.

    They are shown together and never added up or averaged: each has its own definition.
    """
    same = Link.objects.filter(form="same_as")
    linked = Q(pk__in=same.filter(source=record).values("target"))
    linked |= Q(pk__in=same.filter(target=record).values("source"))
    others = list(scope.of(MEASURE).filter(linked).exclude(pk=record.pk).in_order())
    if not others:
        return None
    measures = {measure.pk: measure for measure in (cast(Measure, record), *others)}
    found = Assessment.objects.filter(
        measure__in=measures, area__in=scope.see(Area.objects.all())
    ).select_related("area")
    lines: dict[Area, dict[int, Line]] = {}
    for row in found.order_by("area__sort_key", "area"):
        line = line_of(row, measures[row.measure_id], row.area)
        lines.setdefault(row.area, {})[row.measure_id] = line
    rows = [
        (area, [(measure, own.get(pk)) for pk, measure in measures.items()])
        for area, own in lines.items()
    ]
    shown = {"measures": measures.values(), "rows": rows}
    return Section(LINK_LABELS["same_as"], "figures/sources_section.html", shown)


def register() -> None:
    """Offer these sections to the pages they belong on."""
    offer(("area",), area_section)
    offer(("measure",), sources_section)
    offer(("commitment", "activity", "undertaking", "recommendation"), figures_section)
    offer(("quoted-figure",), source_section)
    offer(("objective",), topics_section)
