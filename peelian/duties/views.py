"""The public calendar of duties and the rules behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import calendar, words
from peelian.duties.calendar import Duty
from peelian.law.dates import FinancialYear, financial_year, plain
from peelian.law.packs import Rule
from peelian.pages import export
from peelian.record import clock
from peelian.record.scope import PUBLIC

DOWNLOAD = (
    gettext_lazy("Due"),
    gettext_lazy("Working deadline"),
    gettext_lazy("Warning"),
    gettext_lazy("Duty"),
    gettext_lazy("Occasion"),
    gettext_lazy("Who"),
    gettext_lazy("Condition"),
    gettext_lazy("Why this date"),
    gettext_lazy("Law"),
    gettext_lazy("Local standard"),
    gettext_lazy("How sure"),
    gettext_lazy("Steps before"),
    gettext_lazy("Record"),
    gettext_lazy("Rule"),
    gettext_lazy("Key"),
)


class CalendarFilter(forms.Form):
    """Which year, and whose duties under which rules."""

    year = forms.ChoiceField(label=gettext_lazy("Financial year"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    pack = forms.ChoiceField(label=gettext_lazy("Rules"), required=False)

    def __init__(self, data: Any, years: Sequence[FinancialYear], year: FinancialYear) -> None:
        super().__init__({"year": year.key, "who": data.get("who"), "pack": data.get("pack")})
        binding = {rule.pack for rule in calendar.rules() if calendar.binds(rule)}
        titles = [(pack.name, pack.title) for pack in calendar.packs() if pack.name in binding]
        self._offer("year", [(year.key, year.label) for year in years])
        self._offer("who", [("", _("Any")), *words.WHO.items()])
        self._offer("pack", [("", _("Any")), *titles])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices

    def narrow(self, duties: list[Duty]) -> list[Duty]:
        """Return the duties that match the answers given; none when an answer is unknown."""
        if not self.is_valid():
            return []
        who, pack = self.cleaned_data["who"], self.cleaned_data["pack"]
        return [
            duty
            for duty in duties
            if (not who or duty.rule.who == who) and (not pack or duty.rule.pack == pack)
        ]


def show_calendar(request: HttpRequest) -> HttpResponse:
    """Show the duties of one financial year, by month: `?year=2019-20&who=panel&pack=precept`."""
    year, filters, duties = _chosen(request)
    today = clock.today()
    years = calendar.years(today)
    at = years.index(year)
    upcoming = [duty for duty in duties if duty.occurrence.due >= today]
    context = {
        "year": year,
        "earlier": years[at - 1] if at else None,
        "later": years[at + 1] if at + 1 < len(years) else None,
        "filters": filters,
        "is_filtered": filters.data["who"] or filters.data["pack"],
        "months": _by_month(duties),
        "count": len(duties),
        "next": upcoming[0] if year == financial_year(today) and upcoming else None,
    }
    return render(request, "duties/calendar.html", context)


def export_calendar(request: HttpRequest, form: str) -> HttpResponse:
    """Download what the calendar shows, with the same year and filters, as CSV or XLSX."""
    year, _filters, duties = _chosen(request)
    head = [str(name) for name in DOWNLOAD]
    rows = [_download_row(duty) for duty in duties]
    response: HttpResponse = export.respond(f"calendar-{year.key}", head, rows, form)
    return response


def list_rules(request: HttpRequest) -> HttpResponse:
    """Show every rule of every pack, and apart from them those that do not bind this office."""
    packs = [
        (pack, [_rule_row(rule) for rule in pack.rules if calendar.binds(rule)])
        for pack in calendar.packs()
    ]
    context = {
        "packs": [(pack, rows) for pack, rows in packs if rows],
        "others": [_rule_row(rule) for rule in calendar.rules() if not calendar.binds(rule)],
        "breadcrumbs": [(_("Calendar"), reverse("calendar"))],
    }
    return render(request, "duties/rules.html", context)


def show_rule(request: HttpRequest, pack: str, name: str) -> HttpResponse:
    """Show one rule in words, and what it brings about in this financial year and the next."""
    found = [rule for rule in calendar.rules() if (rule.pack, rule.name) == (pack, name)]
    if not found:
        raise Http404
    rule = found[0]
    this = financial_year(clock.today())
    end = this.shifted(1).last
    title = next(one.title for one in calendar.packs() if one.name == rule.pack)
    context = {
        "rule": rule,
        "facts": _facts(rule, title),
        "binds": calendar.binds(rule),
        "duties": calendar.due_between(this.first, end, scope=PUBLIC, only=found),
        "undated": [
            (record.title, PUBLIC.url(record)) for record in calendar.undated(rule, scope=PUBLIC)
        ],
        "this": this,
        "following": this.shifted(1),
        "breadcrumbs": [
            (_("Calendar"), reverse("calendar")),
            (_("Rules behind the calendar"), reverse("duty-rules")),
        ],
    }
    return render(request, "duties/rule.html", context)


def _chosen(request: HttpRequest) -> tuple[FinancialYear, CalendarFilter, list[Duty]]:
    """Return the year asked for, the filters and the duties; Http404 for a year there is not."""
    today = clock.today()
    years = calendar.years(today)
    asked = request.GET.get("year") or financial_year(today).key
    year = next((one for one in years if one.key == asked), None)
    if year is None:
        raise Http404
    filters = CalendarFilter(request.GET, years, year)
    return year, filters, filters.narrow(calendar.due_between(year.first, year.last, scope=PUBLIC))


def _by_month(duties: list[Duty]) -> list[tuple[Any, list[Duty]]]:
    months = groupby(duties, key=lambda duty: duty.occurrence.due.replace(day=1))
    return [(month, list(found)) for month, found in months]


def _download_row(duty: Duty) -> list[Any]:
    occurrence, rule = duty.occurrence, duty.rule
    return [
        occurrence.due,
        occurrence.working_due,
        occurrence.warning,
        rule.title,
        occurrence.occasion,
        str(words.WHO[rule.who]),
        rule.condition,
        occurrence.because,
        rule.citation,
        _("Yes") if rule.local_standard else _("No"),
        str(words.CONFIDENCE[rule.confidence]),
        "; ".join(f"{plain(step.on)}: {step.step}" for step in duty.steps),
        duty.record.key if duty.record else "",
        rule.id,
        occurrence.key,
    ]


def _rule_row(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule,
        "who": words.WHO[rule.who],
        "when": _when(rule),
        "confidence": words.CONFIDENCE[rule.confidence],
    }


def _when(rule: Rule) -> str:
    """Return the arithmetic in words, with the event it counts from."""
    counted = rule.arithmetic.words
    if rule.trigger != "financial_year":
        counted = f"{words.trigger(rule)}: {counted}"
    return counted[:1].upper() + counted[1:]


def _facts(rule: Rule, pack_title: str) -> list[tuple[str, Any]]:
    """Return the names and values of what a rule says, leaving out what it does not say."""
    law = _("Local standard, not law") if rule.local_standard else _("Law")
    until = plain(rule.effective_to) if rule.effective_to else _("no end date")
    period = (
        _("From %(start)s, %(end)s") if rule.effective_to is None else _("%(start)s to %(end)s")
    )
    rows: list[tuple[str, Any]] = [
        (_("Who"), words.WHO[rule.who]),
        (law, rule.citation),
        (_("Due"), _when(rule)),
        (_("Condition"), rule.condition),
        (_("In force"), period % {"start": plain(rule.effective_from), "end": until}),
        (_("Applies in"), words.listed(rule.jurisdictions, words.NATIONS)),
        (_("Applies to"), words.listed(rule.body_models, words.BODY_MODELS)),
        (_("How sure"), words.CONFIDENCE[rule.confidence]),
        (_("Note"), rule.note),
        (_("Rule pack"), pack_title),
        (_("Rule"), rule.id),
    ]
    return [(label, value) for label, value in rows if value]
