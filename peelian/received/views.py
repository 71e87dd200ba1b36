"""The pages of received documents: check one, read what was found, dismiss, forget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.config.uploads import is_too_long
from peelian.intake.tables import Problem, Rejected
from peelian.pages.attachments import as_file
from peelian.pages.tables import number
from peelian.proofreading import output
from peelian.proofreading.findings import check_named
from peelian.proofreading.places import place_words
from peelian.proofreading.report import CONFIDENCE, Report
from peelian.received import operations, shelf
from peelian.received.forms import TOO_LONG, ReceiveForm
from peelian.received.models import Document, Finding
from peelian.received.pictures import page_picture
from peelian.record import clock
from peelian.record.errors import Invalid
from peelian.record.scope import Scope

PER_PAGE = 30
MOST_TOLD = 50


def documents(request: HttpRequest) -> HttpResponse:
    """List what came in; take a document, check it and lead to what was found."""
    by: Any = request.user
    sent = request.method == "POST"
    form = ReceiveForm(request.POST, request.FILES) if sent else ReceiveForm()
    problems: list[Problem] = []
    if sent and is_too_long(request.META):
        form.errors["file"] = form.error_class([str(TOO_LONG)])
    elif sent and form.is_valid():
        said = form.cleaned_data
        try:
            made = operations.receive(
                said["file"].name,
                said["file"].read(),
                by=by,
                earlier=said["earlier"],
                as_at=said["as_at"],
            )
            return redirect(made.get_absolute_url())
        except Rejected as error:
            problems = error.problems[:MOST_TOLD]
            form.add_error("file", _("This cannot be read. Nothing of it was kept."))
    page = Paginator(shelf.documents(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"scope": Scope(by), "form": form, "problems": problems, "page": page}
    return render(request, "received/documents.html", context)


class FindingsForm(forms.Form):
    """Narrows the findings by how sure they are and by kind."""

    confidence = forms.ChoiceField(
        label=gettext_lazy("How sure"),
        required=False,
        choices=[("", gettext_lazy("Any")), *CONFIDENCE.items()],
    )
    check = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, data: Any, report: Report) -> None:
        super().__init__(data)
        self.fields["check"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *((check.name, check.title) for check, _numbers in report.counts),
        ]


def show_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was found in a document, the surest first, and what was recognised in it."""
    document = find(pk)
    report = shelf.report_of(document)
    form = FindingsForm(request.GET, report)
    wanted = form.cleaned_data if form.is_valid() else {}
    kept = [
        finding
        for finding in document.findings.all()
        if finding.dismissed_at is None
        and wanted.get("confidence", "") in ("", finding.confidence)
        and wanted.get("check", "") in ("", finding.check_name)
    ]
    order = list(CONFIDENCE)
    kept.sort(key=lambda finding: (order.index(cast(Any, finding.confidence)), finding.number))
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": Scope(request.user),
        "document": document,
        "report": report,
        "counts_head": [_("Kind of finding"), *map(number, CONFIDENCE.values())],
        "counts": [[str(c.title), *map(number, n.values())] for c, n in report.counts],
        "filters": form,
        "page": page,
        "findings": [shown(finding) for finding in page],
        "tables": shelf.tables_of(document),
        "dismissed": document.findings.exclude(dismissed_at=None),
        "list_url": document.get_absolute_url(),
    }
    return render(request, "received/document.html", context)


def shown(finding: Finding) -> dict[str, Any]:
    """Return a finding as its card shows it."""
    found = shelf.found_again(finding)
    title = check_named(finding.check_name).title
    place = place_words(found.place.origin)
    said = f"“{found.place.quotation}”"
    others = [f"{place_words(o.origin)}: “{o.quotation}”" for o in found.others]
    severity = {"certain": "error", "likely": "warning"}.get(finding.confidence, "notice")
    return {
        "severity": severity,
        "severity_label": CONFIDENCE[found.confidence],
        "where": f"{capfirst(place)}: {title}",
        "found": said,
        "beside": others,
        "why": found.reason,
        "mend": found.mend,
        "page": found.place.origin.page,
        "actions": [
            {
                "label": format_html(
                    '{}<span class="govuk-visually-hidden">: {}, {}</span>',
                    _("Dismiss"),
                    place,
                    title,
                ),
                "url": reverse(
                    "office-document-finding", args=[finding.document_id, finding.number]
                ),
            }
        ],
    }


class DismissForm(forms.Form):
    """Why a finding may stand."""

    reason = forms.CharField(
        label=gettext_lazy("Why may this stand as it is?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say why this may stand as it is.")},
    )


def dismiss_finding(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask why a finding may stand, and dismiss it; or take that back."""
    document = find(pk)
    finding = shelf.finding(document, number)
    if finding is None:
        raise Http404
    by: Any = request.user
    sent = request.method == "POST"
    if sent and request.POST.get("step") == "back":
        operations.take_back(finding, by=by)
        return redirect(document.get_absolute_url())
    form = DismissForm(request.POST if sent else None)
    if sent and form.is_valid():
        try:
            operations.dismiss(finding, reason=form.cleaned_data["reason"], by=by)
            messages.success(request, _("Dismissed. It stays so when the document comes again."))
            return redirect(document.get_absolute_url())
        except Invalid as error:
            form.add_error("reason", cast(Any, error.errors["reason"]))
    context = {
        "scope": Scope(request.user),
        "document": document,
        "finding": shown(finding) | {"actions": None},
        "kept": finding,
        "form": form,
    }
    return render(request, "received/dismiss.html", context)


def download_report(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Return the report as a file."""
    document = find(pk)
    report, day = shelf.report_of(document), clock.today()
    ways: dict[str, tuple[Callable[[], bytes | str], str]] = {
        "pdf": (lambda: output.as_pdf(report, day), "application/pdf"),
        "html": (lambda: output.as_html(report, day), "text/html; charset=utf-8"),
        "json": (lambda: output.as_json(report), "application/json"),
        "md": (lambda: output.as_markdown(report), "text/markdown; charset=utf-8"),
    }
    made, media = ways[form]
    return as_file(made(), media, f"findings.{form}")


def page_png(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Return a page of a PDF as a picture."""
    picture = page_picture(find(pk), number)
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def forget_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to delete a document with its findings, and do so."""
    document = find(pk)
    if request.method == "POST":
        operations.forget(document, by=cast(Any, request.user))
        messages.success(request, _("Deleted. What was loaded from it stays on the record."))
        return redirect("office-documents")
    context = {"scope": Scope(request.user), "document": document}
    return render(request, "received/forget.html", context)


def find(pk: int) -> Document:
    """Return a document. Raises Http404."""
    document = shelf.document(pk)
    if document is None:
        raise Http404
    return document
