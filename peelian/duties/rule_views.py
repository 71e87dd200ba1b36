"""The public pages of the rules behind the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.duties import calendar, words
from peelian.law.dates import financial_year, plain
from peelian.law.rule import Rule
from peelian.record import clock
from peelian.record.scope import PUBLIC

_BASES: dict[str, words.Text] = {
    "law": gettext_lazy("Date in law"),
    "standard": gettext_lazy("Date by local standard"),
}


class RuleFilter(forms.Form):
    """Which rules: of which pack, how sure, whose, and with a date in law or by a standard."""

    pack = forms.ChoiceField(label=gettext_lazy("Rules"), required=False)
    confidence = forms.ChoiceField(label=gettext_lazy("How sure"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    date = forms.ChoiceField(label=gettext_lazy("Date"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__({name: data.get(name) for name in ("pack", "confidence", "who", "date")})
        packs = [(pack.name, pack.title) for pack in calendar.packs()]
        sure = [(code, f"{code}: {said}") for code, said in words.CONFIDENCE.items()]
        self._offer("pack", packs)
        self._offer("confidence", sure)
        self._offer("who", list(words.WHO.items()))
        self._offer("date", list(_BASES.items()))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", _("Any")), *choices]

    def narrow(self, rules: Iterable[Rule]) -> list[Rule]:
        """Return the rules that match the answers given; none when an answer is unknown."""
        return [rule for rule in rules if self._matches(rule)] if self.is_valid() else []

    def _matches(self, rule: Rule) -> bool:
        basis = "standard" if rule.local_standard else "law"
        has = {"pack": rule.pack, "confidence": rule.confidence, "who": rule.who, "date": basis}
        return all(not asked or has[name] == asked for name, asked in self.cleaned_data.items())


def list_rules(request: HttpRequest) -> HttpResponse:
    """Show the rules: `?pack=precept&confidence=C&who=panel&date=law`.

    Those that do not bind this office stand apart.
    """
    filters = RuleFilter(request.GET)
    rules = filters.narrow(calendar.rules())
    ours = [rule for rule in rules if calendar.binds(rule)]
    packs = [
        (pack, [_row(rule) for rule in ours if rule.pack == pack.name]) for pack in calendar.packs()
    ]
    context = {
        "filters": filters,
        "count": len(rules),
        "sure": _sure(rules),
        "standards": sum(rule.local_standard for rule in rules),
        "packs": [(pack, rows) for pack, rows in packs if rows],
        "others": [_row(rule) for rule in rules if not calendar.binds(rule)],
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
    context = {
        "rule": rule,
        "facts": _facts(rule),
        "binds": calendar.binds(rule),
        "duties": calendar.due_between(this.first, this.shifted(1).last, scope=PUBLIC, only=found),
        "scope": PUBLIC,
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


def _sure(rules: list[Rule]) -> list[tuple[str, words.Text, int]]:
    """Return each degree of confidence with its words and its number of rules."""
    counts = Counter(rule.confidence for rule in rules)
    return [(code, said, counts[code]) for code, said in words.CONFIDENCE.items()]  # type: ignore[index]


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule,
        "who": _who(rule),
        "when": _when(rule),
        "line": _line(rule),
        "confidence": words.CONFIDENCE[rule.confidence],
    }


def _who(rule: Rule) -> str:
    """Return the body, and who within it acts where the rule says so."""
    body = str(words.WHO[rule.who])
    return f"{body}: {words.ROLES[rule.role]}" if rule.role else body


def _line(rule: Rule) -> str:
    """Return the line of the publication order with how often it is asked for, or nothing."""
    said = [_("line %(item)s of the publication order") % {"item": rule.item}] if rule.item else []
    if rule.cadence:
        said.append(f"{words.CADENCES[rule.cadence]} ({rule.cadence})")
    joined = ", ".join(said)
    return joined[:1].upper() + joined[1:]


def _threshold(rule: Rule) -> str:
    """Return the amount or number that the rule's words speak of, or nothing."""
    if rule.threshold is None:
        return ""
    if rule.counts_people:
        people = ngettext("%(count)s person", "%(count)s people", rule.threshold)
        return people % {"count": rule.threshold}
    return f"£{rule.threshold:,}"


def _when(rule: Rule) -> str:
    """Return the arithmetic in words, with what it counts from."""
    counted = rule.arithmetic.words
    if rule.trigger != "financial_year":
        counted = f"{words.trigger(rule)}: {counted}"
    return counted[:1].upper() + counted[1:]


def _facts(rule: Rule) -> list[tuple[str, Any]]:
    """Return the names and values of what a rule says, leaving out what it does not say."""
    pack = next(one.title for one in calendar.packs() if one.name == rule.pack)
    rows: list[tuple[str, Any]] = [
        (_("Who"), _who(rule)),
        (_("Law") if words.cites_law(rule) else _("Local standard, not law"), rule.citation),
        (_("Date by local standard, not law") if rule.local_standard else _("Due"), _when(rule)),
        (_("Condition"), rule.condition),
        (_("Counts as done"), rule.done),
        (_("If nothing is done"), rule.silence),
        (_("The clock stops"), words.listed(rule.pauses, words.PAUSES)),
        (_("The clock begins again after"), words.listed(rule.restarts, words.PAUSES)),
        (_("Publication order"), _line(rule)),
        (_("Threshold"), _threshold(rule)),
        (_("Limits"), words.limits(rule)),
        (_("In force"), _in_force(rule)),
        (_("Applies in"), words.listed(rule.jurisdictions, words.NATIONS)),
        (_("Applies to"), words.listed(rule.body_models, words.BODY_MODELS)),
        (_("How sure"), words.CONFIDENCE[rule.confidence]),
        (_("Note"), rule.note),
        (_("Changed by this office in"), rule.changed_in),
        (_("Why it was changed"), rule.changed_why),
        (_("Rule pack"), pack),
        (_("Rule"), rule.id),
    ]
    return [(label, value) for label, value in rows if value]


def _in_force(rule: Rule) -> str:
    until = plain(rule.effective_to) if rule.effective_to else _("no end date")
    said = _("From %(start)s, %(end)s") if rule.effective_to is None else _("%(start)s to %(end)s")
    return said % {"start": plain(rule.effective_from), "end": until}
