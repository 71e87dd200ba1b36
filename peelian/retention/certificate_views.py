"""The certificates of what was disposed of: a list, one of them, and a download."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.pages import export
from peelian.pages.tables import number
from peelian.record.kinds import kind_named
from peelian.record.scope import Scope
from peelian.retention import registers
from peelian.retention.models import Certificate

PER_PAGE = 50


def list_certificates(request: HttpRequest) -> HttpResponse:
    """Show what was disposed of, the newest first."""
    found = registers.certificates(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": Scope(request.user),
        "page": page,
        "head": [
            *(_("Certificate"), _("What"), _("Class"), _("Disposed of")),
            number(_("Records")),
        ],
        "rows": [_row(one) for one in page],
        "csv_url": reverse("office-retention-certificates-csv"),
        "breadcrumbs": [(_("Retention"), reverse("office-retention"))],
    }
    return render(request, "retention/certificates.html", context)


def _row(one: Certificate) -> list[Any]:
    return [
        {"text": _("Certificate %(number)s") % {"number": one.pk}, "url": one.get_absolute_url()},
        f"{kind_named(one.kind).label} {one.reference}",
        one.title,
        {"text": date_format(one.at, "j F Y, H:i"), "note": one.by},
        number(one.went),  # type: ignore[attr-defined]  # counted by the query
    ]


def export_certificates(request: HttpRequest) -> HttpResponse:
    """Download all the certificates as CSV."""
    names = [field.name for field in Certificate._meta.concrete_fields]
    head = [_("Certificate"), *names[1:], _("Records")]
    rows = (
        [*(_value(one, name) for name in names), " ".join(str(gone) for gone in one.records.all())]
        for one in registers.certificates(request.user).prefetch_related("records")
    )
    response: HttpResponse = export.respond("certificates", head, rows, "csv")
    return response


def _value(one: Certificate, name: str) -> Any:
    value = getattr(one, name)
    return value.isoformat(timespec="seconds") if name.endswith("at") else value


def show_certificate(request: HttpRequest, certificate: int) -> HttpResponse:
    """Show one certificate with the records that it covers."""
    found = registers.certificate(request.user, certificate)
    if found is None:
        raise Http404
    context = {
        "scope": Scope(request.user),
        "certificate": found,
        "label": kind_named(found.kind).label,
        "said": _facts(found),
        "records": [
            (kind_named(one.kind).label, one, _history_of(one)) for one in found.records.all()
        ],
        "breadcrumbs": [
            (_("Retention"), reverse("office-retention")),
            (_("Certificates"), reverse("office-retention-certificates")),
        ],
    }
    return render(request, "retention/certificate.html", context)


def _history_of(one: Any) -> str:
    return reverse(f"office-{kind_named(one.kind).slug}-history", args=[one.reference])


def _facts(one: Certificate) -> list[dict[str, Any]]:
    facts = [
        (_("What"), f"{kind_named(one.kind).label} {one.reference}"),
        (_("Class"), f"{one.title} ({one.rule})"),
        (_("Basis"), one.citation),
        (_("Counted from"), date_format(one.counted_from, "j F Y")),
        (_("Kept until"), date_format(one.kept_until, "j F Y")),
        (_("In words"), one.because),
        (_("Steps of history emptied"), one.changes),
        (_("Files destroyed"), str(one.files)),
        (_("SHA-256 of what was destroyed"), one.sha256),
        (_("Proposed by"), f"{one.proposed_by}, {date_format(one.proposed_at, 'j F Y, H:i')}"),
        (_("Why it was proposed"), one.proposed_why),
        (_("Disposed of by"), f"{one.by}, {date_format(one.at, 'j F Y, H:i')}"),
        (_("Why it was disposed of"), one.why),
    ]
    return [{"label": label, "value": value} for label, value in facts]
