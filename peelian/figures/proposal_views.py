"""The back office's pages of proposals: where an average may begin anew, and what is decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.blocks import Figure
from peelian.documents.html import render_block
from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.assessments import read_back
from peelian.figures.charting import read_chartings
from peelian.figures.charts import chart_of
from peelian.figures.dashboard import Seen, also_here
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Assessment, Measure, Phase
from peelian.figures.periods import period_label
from peelian.figures.proposals import decide
from peelian.figures.sentences import page_paragraph
from peelian.figures.wording import amount
from peelian.pages.views import find_as
from peelian.people.kinds import AREA
from peelian.people.models import Area
from peelian.record.errors import Invalid, RecordError
from peelian.record.scope import Scope

PER_PAGE = 25
REFUSED = {
    "too_recent": gettext_lazy("Not settled yet: too few periods since."),
    "unstable": gettext_lazy("Not settled yet: the newest level still rises or falls."),
    "drift": gettext_lazy("A steady rise or fall tells this series better than steps do."),
}


class DecisionForm(forms.Form):
    """What is decided of a proposal, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=Phase.Decision.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("What happened then? It is published beside the chart."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def list_proposals(request: HttpRequest) -> HttpResponse:
    """List the changes of level found and not decided, the surest first."""
    seen = Seen(Scope(request.user))
    rows = [
        (row, proposal)
        for row in seen.assessments().exclude(proposals=[])
        for proposal in row.proposals
        if not proposal["refused"]
    ]
    rows.sort(key=lambda pair: -pair[1]["confidence"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": seen.scope,
        "page": page,
        "also": also_here(request.user),
        "proposals": [_told(row, proposal, seen) for row, proposal in page],
    }
    return render(request, "figures/proposals.html", context)


def _told(row: Assessment, proposal: dict[str, Any], seen: Seen) -> dict[str, Any]:
    measure, area = seen.measures[row.measure_id], seen.areas[row.area_id]
    measured, _found = read_back(row, measure, area)
    day = dt.date.fromisoformat(proposal["period"])
    return {
        "measure": measure,
        "area": area,
        "day": proposal["period"],
        "period": period_label(measure.frequency, day),
        "before": amount(measured, proposal["before"], finer=1),
        "after": amount(measured, proposal["after"], finer=1),
        "confidence": f"{min(proposal['confidence'], 0.99):.0%}",
        "adverse": proposal["adverse"],
    }


def decide_proposal(request: HttpRequest, reference: str, area: str, day: str) -> HttpResponse:
    """Show the chart as it is and as it would be, and keep what is decided."""
    scope = Scope(request.user)
    measure = find_as(Measure, MEASURE, reference, scope)
    place = find_as(Area, AREA, area, scope)
    try:
        starts = dt.date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    now, then = _both(measure, place, starts, scope)
    form = DecisionForm(request.POST or None)
    actor: Any = request.user
    if request.method == "POST" and form.is_valid():
        accept = form.cleaned_data["decision"] == Phase.Decision.ACCEPTED
        try:
            made = decide(
                measure, place, starts, accept=accept, reason=form.cleaned_data["reason"], by=actor
            )
        except (Invalid, RecordError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Sent for review: somebody else must approve it."))
            return redirect(made.get_office_url())
    context = {
        "scope": scope,
        "measure": measure,
        "area": place,
        "period": period_label(measure.frequency, starts),
        "form": form,
        "now": _drawn(now),
        "then": _drawn(then),
        "adverse": _is_adverse(measure, then),
    }
    return render(request, "figures/proposal.html", context)


def _both(measure: Measure, area: Area, starts: dt.date, scope: Scope) -> tuple[Series, Series]:
    """Return the series as it is charted, and as it would be with a phase from that day."""
    now = assess([measure], scope).get((measure.pk, area.pk))
    if now is None or not now.periods[0] < starts <= now.periods[-1]:
        raise Http404
    what_if = read_chartings([measure.pk])
    what_if.phases[measure.pk].append(
        Phase(area_id=area.pk, starts=starts, decision=Phase.Decision.ACCEPTED)
    )
    return now, assess([measure], scope, decided=what_if)[measure.pk, area.pk]


def _drawn(series: Series) -> tuple[str, str]:
    """Return a series' paragraph and its chart."""
    measured = measured_of(series.measure, series.standard)
    said = page_paragraph(measured, series.reading, series.periods[-1])
    title = f"{series.measure.title}: {series.area.title}"
    figure = Figure(str(chart_of(series, said)), said, title)
    return said, render_block(figure)


def _is_adverse(measure: Measure, then: Series) -> bool:
    """Return whether the new phase's average is worse than the one before it."""
    better = {"higher": 1, "lower": -1}.get(measure.polarity, 0)
    phase, centre = then.chart.phase[then.row], then.chart.centre[then.row]
    before = centre[phase == phase[-1] - 1]
    return bool(better and len(before) and (centre[-1] - before[-1]) * better < 0)
