"""The page that sets the areas of a measure beside one another, its drawing and its downloads."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.documents.png import as_png
from peelian.figures import comparison_words as words
from peelian.figures.assess import steps_a_year
from peelian.figures.comparison import (
    Compared,
    Over,
    Place,
    Subject,
    compare,
    newest_whole,
    periods_of,
    subject_of,
)
from peelian.figures.funnel_chart import render_funnel
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure
from peelian.figures.peer_groups import beside_others
from peelian.figures.periods import period_label, written
from peelian.pages.export import respond
from peelian.pages.views import find_as, scope_for
from peelian.people.models import Area
from peelian.record.scope import Scope

MOST_PERIODS = 120  # to choose from
ONE_PERIOD = {
    "weekly": gettext_lazy("One week"),
    "monthly": gettext_lazy("One month"),
    "quarterly": gettext_lazy("One quarter"),
    "yearly": gettext_lazy("One year"),
    "rolling_year": gettext_lazy("Twelve months"),
}
NOT_THERE = gettext_lazy("There is no “%(value)s” to choose; the usual is shown instead.")
Column = Callable[[Place], Any]
# What the table can be put in order of.
ORDERS: dict[str, Column] = {
    "area": lambda place: place.area.sort_key,
    "count": lambda place: place.count,
    "size": lambda place: place.size or 0.0,
    "value": lambda place: place.value,
    "limits": lambda place: (place.beyond, place.score or 0.0),
}


class Asked(forms.Form):
    """What to compare; what is not asked for, or not there, is as usual."""

    period = forms.ChoiceField(label=gettext_lazy("Up to"))
    over = forms.ChoiceField(label=gettext_lazy("Over"))
    level = forms.ChoiceField(label=gettext_lazy("Areas"))
    area = forms.ChoiceField(label=gettext_lazy("Look closely at"), required=False)
    sort = forms.ChoiceField(widget=forms.HiddenInput, choices=[])

    def __init__(
        self, given: QueryDict, choices: dict[str, list[tuple[str, Any]]], usual: dict[str, str]
    ) -> None:
        self.shown = {name: given.get(name) or usual.get(name, "") for name in choices}
        super().__init__(self.shown)
        for name, options in choices.items():
            field: Any = self.fields[name]
            field.choices = options
            field.error_messages["invalid_choice"] = NOT_THERE
        self.is_valid()
        self.shown |= {name: usual.get(name, "") for name in self.errors}

    def of(self, name: str) -> str:
        """Return what is shown."""
        return self.shown[name]


@dataclass(frozen=True)
class Page:
    """A measure's areas as they were asked for; ``compared`` is None where there is no figure."""

    measure: Measure
    scope: Scope
    areas: dict[int, Area]
    asked: Asked | None = None
    compared: Compared | None = None

    @property
    def chosen(self) -> Area | None:
        """Return the area to look closely at."""
        asked = self.asked.of("area") if self.asked else ""
        return next((a for a in self.areas.values() if asked and a.reference == asked), None)


def read_page(request: HttpRequest, reference: str, *, office: bool) -> Page:
    """Return what a request asks for. Raises Http404 for a measure that may not be seen."""
    scope = scope_for(request, office)
    measure = find_as(Measure, MEASURE, reference, scope)
    areas = {a.pk: a for a in scope.see(Area.objects.all()).in_order()}
    subject = subject_of(measure, scope)
    there = periods_of(subject, areas) if subject else {}
    if subject is None or not there:
        return Page(measure, scope, areas)
    asked = _asked(request.GET, subject, there, areas)
    periods = {written(subject.counted.frequency, period): period for period in there}
    compared = compare(
        subject,
        areas,
        period=periods[asked.of("period")],
        over=Over(asked.of("over")),
        level=asked.of("level"),
    )
    return Page(measure, scope, areas, asked, compared)


def _asked(
    given: QueryDict, subject: Subject, there: dict[dt.date, set[int]], areas: dict[int, Area]
) -> Asked:
    """Return the form with its choices, and what is as usual where nothing is asked for."""
    frequency = subject.counted.frequency
    held = set().union(*there.values())
    many = Counter(areas[pk].level for pk in held)
    levels = [one for one in Area.Level.values if one in many]
    most = max(levels, key=lambda one: many[one])
    level = given.get("level") if given.get("level") in many else most
    here = {pk for pk in held if areas[pk].level == level}
    spans = {Over.PERIOD: ONE_PERIOD[frequency], Over.YEAR: gettext_lazy("Twelve months")}
    usual = newest_whole(there, here, steps_a_year(frequency))
    near = sorted((areas[pk] for pk in held), key=lambda a: (a.pk not in here, a.sort_key))
    orders = [sign + name for name in ORDERS for sign in ("", "-")]
    return Asked(
        given,
        {
            "period": [
                (written(frequency, p), period_label(frequency, p))
                for p in list(there)[:MOST_PERIODS]
            ],
            "over": [(over.value, spans[over]) for over in subject.spans],
            "level": [(one, Area.Level(one).label) for one in levels],
            "area": [("", _("None")), *((a.reference, a.title) for a in near)],
            "sort": [(order, order) for order in orders],
        },
        {
            "period": written(frequency, usual),
            "over": Over.PERIOD.value,
            "level": most,
            "sort": "area",
        },
    )


def show_comparison(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Show a measure's areas beside one another: the funnel, its table, the most similar group."""
    page = read_page(request, reference, office=office)
    scope, measure = page.scope, page.measure
    address = {
        form: reverse(scope.name(f"measure-compare-{form}"), args=[measure.reference])
        for form in ("csv", "xlsx", "svg", "png")
    }
    context: dict[str, Any] = {
        "scope": scope,
        "record": measure,
        "here": reverse(scope.name("measure-compare"), args=[measure.reference]),
        "form": page.asked,
        "compared": page.compared,
        **{f"{form}_url": url for form, url in address.items()},
    }
    if page.asked and page.compared:
        context |= _shown(request, page, page.asked, page.compared)
    return render(request, "figures/comparison.html", context)


def _shown(request: HttpRequest, page: Page, asked: Asked, compared: Compared) -> dict[str, Any]:
    outcome = words.outcome(compared)
    area = page.chosen
    groups = beside_others(compared, area, page.scope, page.areas) if area else []
    own = compared.everywhere.get(area.pk) if area else None
    return {
        "outcome": outcome,
        "funnel": render_funnel(compared, outcome, area.pk if area else 0)
        if compared.funnel
        else "",
        "made": words.limits_made(compared),
        "head": list(_head(request, asked, compared)),
        "rows": [_row(page.scope, compared, place) for place in in_order(compared, asked)],
        "without": words.without_figures(compared),
        "chosen": area,
        "own": words.of_area(compared, own) if own else "",
        "beside": [words.beside(compared, own, group) for group in groups if own],
        "groups": [group for group in groups if group.group],
        "illustrative": any(place.illustrative for place in compared.places),
        "provisional": any(place.provisional for place in compared.places),
        "known": max((place.known for place in compared.places), default=None),
        "sources": list(dict.fromkeys(s for place in compared.places for s in place.sources)),
    }


def in_order(compared: Compared, asked: Asked) -> list[Place]:
    """Return the areas in the order asked for: by name, where none is."""
    order = asked.of("sort")
    by = ORDERS[order.removeprefix("-")]
    return sorted(compared.places, key=by, reverse=order.startswith("-"))


def _head(request: HttpRequest, asked: Asked, compared: Compared) -> Iterable[dict[str, Any]]:
    """Yield the columns, with links that put the table in their order."""
    subject, order = compared.subject, asked.of("sort")
    out_of = subject.out_of.title if subject.out_of else ""
    titles = {"area": _("Area"), "count": subject.counted.title, "size": out_of}
    if not subject.is_limited:
        titles = {"area": titles["area"], "value": subject.unit}
    else:
        titles |= {"value": subject.unit, "": _("95% interval"), "limits": _("Against the limits")}
    for name, text in titles.items():
        column: dict[str, Any] = {"text": text[:1].upper() + text[1:]}
        column["numeric"] = name not in ("area", "limits")
        if name:
            down = order == name
            query = request.GET.copy()
            query["sort"] = f"-{name}" if down else name
            column["sort_url"] = f"?{query.urlencode()}#table"
            if order.removeprefix("-") == name:
                column["sort"] = "ascending" if down else "descending"
        yield column


def _row(scope: Scope, compared: Compared, place: Place) -> list[Any]:
    """Return an area's cells, in the order of the head."""
    notes = [_("illustrative")] if place.illustrative else []
    notes += [_("provisional")] if place.provisional else []
    area = {"text": place.area.title, "url": scope.url(place.area), "note": ", ".join(notes)}
    value = {"text": words.number(compared, place.value), "numeric": True}
    if not compared.subject.is_limited:
        return [area, value]
    return [
        area,
        {"text": f"{place.count:,.0f}", "numeric": True},
        {"text": f"{place.size:,.0f}", "numeric": True},
        value,
        {"text": words.interval(compared, place.lower, place.upper), "numeric": True},
        words.position(compared, place),
    ]


def draw(request: HttpRequest, reference: str, form: str, *, office: bool = False) -> HttpResponse:
    """Download the funnel as SVG or PNG. Raises Http404 where the areas have no limits."""
    page = read_page(request, reference, office=office)
    compared = page.compared
    if compared is None or compared.funnel is None:
        raise Http404
    svg = render_funnel(compared, words.outcome(compared), page.chosen.pk if page.chosen else 0)
    made = (svg.encode(), "image/svg+xml") if form == "svg" else (as_png(svg), "image/png")
    response = HttpResponse(made[0], content_type=made[1])
    name = f"{page.measure.reference}-compare.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


HEAD = (
    "measure", "measure_title", "definition", "unit", "period", "period_label", "level", "area",
    "area_title", "count", "out_of", "out_of_measure", "out_of_period", "value", "lower", "upper",
    "average", "limit_95_lower", "limit_95_upper", "limit_998_lower", "limit_998_upper",
    "position", "as_at", "source", "illustrative", "provisional", "left_out",
)  # fmt: skip


def download(
    request: HttpRequest, reference: str, form: str, *, office: bool = False
) -> HttpResponse:
    """Download the table with its limits and sources; areas left out stand there with the why."""
    page = read_page(request, reference, office=office)
    rows = _file_rows(page.asked, page.compared) if page.asked and page.compared else ()
    response: HttpResponse = respond(f"measure-{page.measure.reference}-compare", HEAD, rows, form)
    return response


def _file_rows(asked: Asked, compared: Compared) -> Iterable[tuple[Any, ...]]:
    subject, measure = compared.subject, compared.subject.measure
    same = (
        measure.reference, measure.title, measure.definition, subject.unit, compared.period,
        compared.label, compared.level,
    )  # fmt: skip
    out_of = subject.out_of.reference if subject.out_of else ""
    for place in in_order(compared, asked):
        numbers = (place.value, place.lower, place.upper, compared.average)
        limits = place.limits or (None,) * 4
        yield (
            *same, place.area.reference, place.area.title, place.count, place.size, out_of,
            place.size_of, *map(_exact, (*numbers, *limits)), words.position(compared, place),
            place.known, "; ".join(place.sources), "yes" if place.illustrative else "no",
            "yes" if place.provisional else "no", "",
        )  # fmt: skip
    for one in compared.left_out:
        yield (*same, one.area.reference, one.area.title, *[None] * 17, one.why)


def _exact(value: float | None) -> float | None:
    """Return a number to eight figures, which no figure of the police is exact to."""
    return None if value is None else float(f"{value:.8g}")
