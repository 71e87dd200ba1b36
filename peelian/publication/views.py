"""What must be published, and where it is: for the public, and for the office with what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import words as duty_words
from peelian.pages import export
from peelian.pages.tables import number
from peelian.pages.views import scope_for
from peelian.publication import scheme, telling, visits, words
from peelian.publication.history import publications_of
from peelian.publication.kinds import PLACE
from peelian.publication.scheme import Line
from peelian.record import clock
from peelian.record.access import may

MOST_VISITS = 30


class ScoreFilter(forms.Form):
    """Which lines: by how they stand and how often they are to be published."""

    standing = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False)
    cadence = forms.ChoiceField(label=gettext_lazy("How often"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._offer("standing", words.STANDINGS)
        self._offer("cadence", words.CADENCES)

    def _offer(self, name: str, choices: dict[str, words.Text]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("Any")), *choices.items()]

    def narrow(self, lines: list[Line]) -> list[Line]:
        """Return the lines that match the answers given; none when an answer is unknown."""
        if not self.is_valid():
            return []
        standing, cadence = self.cleaned_data["standing"], self.cleaned_data["cadence"]
        return [
            line
            for line in lines
            if (not standing or line.standing == standing)
            and (not cadence or line.rule.cadence == cadence)
        ]


def show_score(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show every line of the order: `?standing=late&cadence=M`."""
    scope, today = scope_for(request, office), clock.today()
    lines = scheme.lines(scope, today)
    filters = ScoreFilter(request.GET)
    shown = filters.narrow(lines)
    counts = scheme.score(lines)
    context = {
        "scope": scope,
        "today": today,
        "total": len(lines),
        "met": dict(counts)["met"],
        "is_new": not any(line.places for line in lines),
        "score_head": [_("How it stands"), number(_("Lines"))],
        "score": [
            [
                {
                    "text": str(words.STANDINGS[code]),
                    "code": words.TONES[code],
                    "note": str(words.MEANINGS[code]),
                },
                number(count),
            ]
            for code, count in counts
        ],
        "filters": filters,
        "is_filtered": bool(request.GET.get("standing") or request.GET.get("cadence")),
        "rows": telling.line_rows(shown, scope, today),
        "self_url": reverse(scope.name("publication")),
        "csv_url": reverse(scope.name("publication-csv")),
        "xlsx_url": reverse(scope.name("publication-xlsx")),
        "may_edit": office and may(request.user, "edit", PLACE.area),
    }
    return render(request, "publication/score.html", context)


def export_score(request: HttpRequest, form: str, *, office: bool = False) -> HttpResponse:
    """Download what the score shows, with the same filters, as CSV or XLSX."""
    scope = scope_for(request, office)
    lines = ScoreFilter(request.GET).narrow(scheme.lines(scope, clock.today()))
    head = [str(name) for name in telling.DOWNLOAD]
    rows = telling.download_rows(lines, duty_words.CONFIDENCE)
    response: HttpResponse = export.respond("publication", head, rows, form)
    return response


def show_line(request: HttpRequest, pack: str, name: str, *, office: bool = False) -> HttpResponse:
    """Show one line with the evidence behind it: places, publications and visits."""
    scope, today = scope_for(request, office), clock.today()
    found = [r for r in scheme.requirements(today) if (r.pack, r.name) == (pack, name)]
    if not found:
        raise Http404
    line = scheme.line_of(found[0], scope, today)
    places = [one.place for one in line.places]
    found_there = visits.newest(places, MOST_VISITS)
    [row] = telling.line_rows([line], scope, today)
    history = publications_of(places)
    context = {
        "scope": scope,
        "line": line,
        "rule": line.rule,
        "row": row,
        "meaning": words.MEANINGS[line.standing],
        "confidence": duty_words.CONFIDENCE[line.rule.confidence],
        "visits": telling.visit_rows(found_there),
        "published": [(place, history[place.pk]) for place in places if history[place.pk]],
        "breadcrumbs": [(_("What must be published"), reverse(scope.name("publication")))],
        "may_edit": office and may(request.user, "edit", PLACE.area),
        "new_url": reverse("office-publication-places-new"),
    }
    return render(request, "publication/line.html", context)
