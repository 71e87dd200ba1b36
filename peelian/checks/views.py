"""The findings page: what the checks find, grouped and filtered, downloaded, acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks import findings as checks
from peelian.checks.findings import Finding, Severity
from peelian.pages import export
from peelian.record import clock
from peelian.record.access import may
from peelian.record.errors import RecordError
from peelian.record.kinds import kind_named
from peelian.record.models import Acknowledgement
from peelian.record.scope import Scope

PER_PAGE = 40


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it; what is not here is the finding's own."""

    finding: Finding
    fingerprint: str
    acknowledgement: Acknowledgement | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.finding, name)

    @property
    def acknowledged(self) -> str:
        """Return the reason given, by whom and when; nothing where nobody has."""
        held = self.acknowledgement
        if held is None:
            return ""
        says = {
            "reason": held.reason,
            "by": held.by,
            "day": date_format(localtime(held.at), "j F Y"),
        }
        return _("%(reason)s (%(by)s, %(day)s)") % says

    @property
    def actions(self) -> list[dict[str, Any]]:
        """Return the link to acknowledge it, unless somebody has."""
        if self.acknowledgement:
            return []
        hidden = '<span class="govuk-visually-hidden">: {}</span>'
        label = format_html(f"{{}}{hidden}", _("Acknowledge"), self.finding.where)
        return [{"label": label, "url": reverse("office-finding", args=[self.fingerprint])}]

    @property
    def words(self) -> str:
        """Return everything that can be searched for."""
        said = [self.finding.where, self.finding.found, *(r.title for r in self.finding.records)]
        return " ".join(said).casefold()

    @property
    def record_kind(self) -> str:
        """Return the name of the kind of record to mend."""
        return self.finding.record.kind if self.finding.record else ""


class FindingsForm(forms.Form):
    """Narrows the findings; offers only what there is."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)
    check = forms.ChoiceField(label=gettext_lazy("Check"), required=False)
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        required=False,
        choices=[("", gettext_lazy("Any")), *Severity.choices],
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Acknowledged"),
        required=False,
        choices=[
            ("", gettext_lazy("Not acknowledged")),
            ("acknowledged", gettext_lazy("Acknowledged")),
            ("all", gettext_lazy("All")),
        ],
    )

    def __init__(self, data: Any, shown: Sequence[Shown]) -> None:
        super().__init__(data)
        kinds = [kind_named(name) for name in {s.record_kind for s in shown if s.record_kind}]
        self.fields["check"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *((one.name, one.title) for one in checks.checks()),
        ]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *sorted((kind.name, str(kind.label)) for kind in kinds),
        ]

    def narrow(self, shown: Sequence[Shown]) -> list[Shown]:
        """Return the findings that match the answers given; none where an answer is no choice."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        words = wanted["q"].casefold().split()
        return [
            s
            for s in shown
            if wanted["check"] in ("", s.finding.check)
            and wanted["severity"] in ("", s.finding.severity)
            and wanted["kind"] in ("", s.record_kind)
            and (wanted["state"] == "all" or bool(wanted["state"]) == bool(s.acknowledgement))
            and all(word in s.words for word in words)
        ]


def _shown(scope: Scope) -> list[Shown]:
    found = checks.run(scope, clock.today())
    held = checks.acknowledged(found)
    prints = [finding.fingerprint for finding in found]
    return [Shown(f, p, held.get(p)) for f, p in zip(found, prints, strict=True)]


def findings(request: HttpRequest) -> HttpResponse:
    """Show what the checks find, by check, a page at a time."""
    scope = Scope(request.user)
    everything = _shown(scope)
    filters = FindingsForm(request.GET, everything)
    narrowed = filters.narrow(everything)
    page = Paginator(narrowed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": scope,
        "filters": filters,
        "page": page,
        "groups": _grouped(list(page), narrowed),
        "counts": _counts(everything),
        "counts_head": [
            _("Check"),
            *({"text": str(severity.label), "numeric": True} for severity in Severity),
            {"text": _("Acknowledged"), "numeric": True},
        ],
        "as_at": clock.today(),
        "may_acknowledge": may(request.user, "acknowledge", "record"),
        "list_url": reverse("office-findings"),
        "csv_url": reverse("office-findings-csv"),
        "xlsx_url": reverse("office-findings-xlsx"),
    }
    return render(request, "checks/findings.html", context)


def _grouped(on_page: Sequence[Shown], narrowed: Sequence[Shown]) -> list[dict[str, Any]]:
    """Return the page's findings by check, each group with how many there are on all pages."""
    groups: list[dict[str, Any]] = []
    for one in checks.checks():
        here = [s for s in on_page if s.finding.check == one.name]
        if here:
            total = sum(s.finding.check == one.name for s in narrowed)
            groups.append({"check": one, "count": total, "findings": here})
    return groups


def _counts(everything: Sequence[Shown]) -> list[dict[str, Any]]:
    """Return for each check that found something how many stand, as rows of a table."""
    address = reverse("office-findings")
    rows: list[dict[str, Any]] = []
    for one in checks.checks():
        mine = [s for s in everything if s.finding.check == one.name]
        still = [s for s in mine if not s.acknowledgement]
        numbers = [sum(s.finding.severity == severity for s in still) for severity in Severity]
        if mine:
            cells: list[Any] = [{"text": one.title, "url": f"{address}?check={one.name}"}]
            cells += [{"text": n or "–", "numeric": True} for n in numbers]
            cells += [{"text": len(mine) - len(still) or "–", "numeric": True}]
            rows.append({"cells": cells})
    return rows


def export_findings(request: HttpRequest, form: str) -> HttpResponse:
    """Download the findings that the page shows, all pages, as CSV or XLSX."""
    everything = _shown(Scope(request.user))
    narrowed = FindingsForm(request.GET, everything).narrow(everything)
    head = [
        _("Check"),
        _("Severity"),
        _("Where"),
        _("Record"),
        _("Found"),
        _("Why it matters"),
        _("How to mend it"),
        _("Other records"),
        _("Acknowledged"),
    ]
    body = [
        [
            str(checks.check_named(s.finding.check).title),
            s.finding.severity_label,
            s.finding.where,
            s.finding.record.key if s.finding.record else "",
            s.finding.found,
            s.finding.why,
            s.finding.mend,
            "; ".join(record.key for record in s.finding.others),
            s.acknowledged,
        ]
        for s in narrowed
    ]
    response: HttpResponse = export.respond("findings", head, body, form)
    return response


class AcknowledgeForm(forms.Form):
    """Asks why a finding may stand."""

    reason = forms.CharField(
        label=gettext_lazy("Reason why this may stand"),
        help_text=gettext_lazy(
            "Kept with your name. The finding comes back if one of its records changes."
        ),
        error_messages={"required": gettext_lazy("Say why this may stand as it is.")},
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def acknowledge(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Show one finding and ask for the reason why it may stand.

    A finding that is gone, or whose records have changed since the page was read, is not found.
    """
    shown = next((s for s in _shown(Scope(request.user)) if s.fingerprint == fingerprint), None)
    if shown is None:
        raise Http404
    form = AcknowledgeForm(request.POST or None)
    actor: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            checks.acknowledge(shown.finding, by=actor, reason=form.cleaned_data["reason"])
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Acknowledged: %(where)s.") % {"where": shown.where})
            return redirect("office-findings")
    context = {
        "scope": Scope(request.user),
        "check": checks.check_named(shown.finding.check),
        "finding": shown,
        "form": form,
        "breadcrumbs": [(_("Findings"), reverse("office-findings"))],
    }
    return render(request, "checks/finding_acknowledge.html", context)
