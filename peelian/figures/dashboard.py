"""Every measure in every area at a glance, what stands out first: on screen and as a download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.figures.assessments import read_back, refresh_changed
from peelian.figures.icons import icon_key
from peelian.figures.kinds import KINDS, MEASURE, TOPIC
from peelian.figures.lines import line_of
from peelian.figures.models import Assessment, Measure
from peelian.figures.sentences import dashboard_line
from peelian.pages.export import respond
from peelian.pages.views import scope_for
from peelian.people.models import Area
from peelian.record.access import may
from peelian.record.scope import Scope

PER_PAGE = 50
# What a reader should see first, among what stands out and among the rest.
WEIGHT = {
    Assessment.Variation.CONCERN: 0,
    Assessment.Variation.IMPROVEMENT: 1,
    Assessment.Variation.HIGH: 2,
    Assessment.Variation.LOW: 2,
    Assessment.Variation.MIXED: 2,
    Assessment.Variation.COMMON: 3,
    Assessment.Variation.NONE: 4,
}


class DashboardFilter(forms.Form):
    """What to look at: every part may be left open."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    frequency = forms.ChoiceField(
        label=gettext_lazy("Frequency"),
        required=False,
        choices=[("", gettext_lazy("All")), *Measure.Frequency.choices],
    )
    variation = forms.ChoiceField(
        label=gettext_lazy("Variation"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("stands-out", gettext_lazy("Stands out")),
            *Assessment.Variation.choices,
        ],
    )


@dataclass(frozen=True)
class Seen:
    """The measures and areas that a scope may see: assessments are theirs."""

    scope: Scope

    @cached_property
    def measures(self) -> dict[int, Measure]:
        """Return the measures by id."""
        return self.scope.of(MEASURE).in_bulk()

    @cached_property
    def areas(self) -> dict[int, Area]:
        """Return the areas by id, in their order."""
        return {a.pk: a for a in self.scope.see(Area.objects.all()).in_order()}

    def assessments(self) -> QuerySet[Assessment]:
        """Return the assessments of visible measures in visible areas, weightiest first."""
        found = Assessment.objects.filter(measure__in=self.measures, area__in=self.areas)
        return found.order_by(*weightiest_first())


def weightiest_first() -> list[Any]:
    """Return the order in which assessments are read: what stands out, then by what they are."""
    weights = [When(variation=code, then=Value(n)) for code, n in WEIGHT.items()]
    return [
        F("stands_out").desc(),
        Case(*weights, output_field=IntegerField()),
        F("chance").asc(nulls_last=True),
        "measure_id",
        "area_id",
    ]


def dashboard(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show the assessments that the filter leaves, a page at a time, and how many are expected."""
    refresh_changed()
    seen = Seen(scope_for(request, office))
    form, found = _filtered(request, seen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    here = reverse(seen.scope.name("dashboard"))
    context = {
        "scope": seen.scope,
        "form": form,
        "here": here,
        "page": page,
        "lines": [
            line_of(row, seen.measures[row.measure_id], seen.areas[row.area_id]) for row in page
        ],
        "counts": counts_of(found),
        "key": icon_key(),
        "also": also_here(request.user) if office else [],
        "brings": may(request.user, "edit", "figures"),
        "narrowed": bool(request.GET.keys() - {"page"}),
        **{f"{f}_url": reverse(seen.scope.name(f"dashboard-{f}")) for f in ("csv", "xlsx")},
    }
    return render(request, "figures/dashboard.html", context)


def also_here(user: Any) -> list[tuple[Any, str]]:
    """Return the pages of the back office's figures that this person may use."""
    bring = [(_("Load a return"), reverse("office-returns"))]
    return [
        (_("Signal or noise"), reverse("office-dashboard")),
        *(bring if may(user, "edit", "figures") else []),
        (_("Proposed changes of level"), reverse("office-proposals")),
        *((kind.plural, reverse(f"office-{kind.slug}-list")) for kind in KINDS),
    ]


def _filtered(request: HttpRequest, seen: Seen) -> tuple[DashboardFilter, QuerySet[Assessment]]:
    form = DashboardFilter(request.GET)
    topics = seen.scope.of(TOPIC).in_order()
    fields: dict[str, Any] = form.fields
    fields["area"].choices = [
        ("", _("All")),
        *((a.reference, a.title) for a in seen.areas.values()),
    ]
    fields["topic"].choices = [("", _("All")), *((str(t.pk), t.title) for t in topics)]
    form.is_valid()
    asked = form.cleaned_data
    found = seen.assessments()
    if asked.get("area"):
        found = found.filter(area__reference=asked["area"])
    if asked.get("topic"):
        topic = int(asked["topic"])
        found = found.filter(
            measure__in=[m.pk for m in seen.measures.values() if m.parent_id == topic]
        )
    if asked.get("frequency"):
        found = found.filter(measure__frequency=asked["frequency"])
    if asked.get("variation") == "stands-out":
        found = found.filter(stands_out=True)
    elif asked.get("variation"):
        found = found.filter(variation=asked["variation"])
    return form, found


def counts_of(found: QuerySet[Assessment]) -> dict[str, Any]:
    """Return how many series are there, flagged, standing out; in words, how many by chance."""
    flagged = ~Q(signal="")
    counts = found.order_by().aggregate(
        all=Count("pk"),
        judged=Count("pk", filter=~Q(variation=Assessment.Variation.NONE)),
        flagged=Count("pk", filter=flagged),
        stands_out=Count("pk", filter=Q(stands_out=True)),
        expected=Sum("expected"),
    )
    by_chance = counts["expected"] or 0
    few = _("fewer than one") if by_chance else _("none")
    many = _("about %(number)s") % {"number": f"{by_chance:,.0f}"}
    return counts | {"expected": many if by_chance >= 1 else few}


def download(request: HttpRequest, form: str, *, office: bool = False) -> HttpResponse:
    """Download what the dashboard shows with the same filter, every page of it."""
    seen = Seen(scope_for(request, office))
    _form, found = _filtered(request, seen)
    head = (
        "measure", "measure_title", "area", "area_title", "period", "value", "unit", "average",
        "lower", "upper", "variation", "assurance", "rule", "stands_out", "chance", "method",
        "illustrative", "sentence",
    )  # fmt: skip
    body = (_row(row, seen) for row in found)
    response: HttpResponse = respond("performance", head, body, form)
    return response


def _row(row: Assessment, seen: Seen) -> tuple[Any, ...]:
    measure, area = seen.measures[row.measure_id], seen.areas[row.area_id]
    measured, found = read_back(row, measure, area)
    return (
        measure.reference, measure.title, area.reference, area.title, row.period, found.value,
        measure.unit, found.centre, found.lower, found.upper, row.variation, row.assurance,
        row.signal, "yes" if row.stands_out else "no", row.chance, row.method,
        "yes" if row.illustrative else "no", dashboard_line(measured, found, row.period),
    )  # fmt: skip
