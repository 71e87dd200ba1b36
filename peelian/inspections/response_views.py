"""A response on screen: its document and PDF, the answers to findings, its way to the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.blocks import Document
from peelian.documents import html, pdf
from peelian.inspections import operations
from peelian.inspections.document import response_document
from peelian.inspections.findings import Found, flat, found_in
from peelian.inspections.kinds import ANSWER, INSPECTION, RESPONSE
from peelian.inspections.models import Inspection, Response
from peelian.pages.attachments import PDF, as_file
from peelian.pages.forms import plain_text, read_at, tell
from peelian.pages.publication import StepForm
from peelian.pages.views import find_as, frame, publish, scope_for, steps
from peelian.promises.models import Answer
from peelian.record import writing
from peelian.record.access import may
from peelian.record.errors import RecordError, Stale
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


def show_response(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a response as the document it is; to the office with what it lacks and the answers."""
    scope = scope_for(request, office)
    response, report = _found(reference, scope)
    slug = "office-responses-pdf" if office else "responses-pdf"
    user: Any = request.user
    context = frame(request, kind, response, scope) | {
        "document": html.render(response_document(response, report, scope)),
        "report": report,
        "pdf_url": reverse(slug, args=[reference]),
        "answers_url": reverse("office-responses-answers", args=[reference])
        if office and may(user, "edit", kind.area)
        else "",
    }
    return render(request, "inspections/response.html", context)


def send_response(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send a response as a tagged PDF: the office its draft too, the public what is published."""
    scope = scope_for(request, office)
    response, report = _found(reference, scope)
    document: Document = response_document(response, report, scope)
    return as_file(pdf.render(document), PDF, f"{reference}.pdf")


def _found(reference: str, scope: Scope) -> tuple[Response, Inspection]:
    response = find_as(Response, RESPONSE, reference, scope)
    report = scope.of(INSPECTION).filter(pk=response.parent_id).first()
    if not isinstance(report, Inspection):
        raise Http404
    return response, report


_STEPS = {
    "submit": operations.submit_response,
    "approve": operations.approve_response,
    "publish": operations.publish_response,
}


def publish_response(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step of a response and of its answers with it; other steps as for any record."""
    scope = Scope(request.user)
    response = find_as(Response, kind, reference, scope)
    step = request.POST.get("step") or request.GET.get("step", "")
    user: Any = request.user
    allowed = dict(steps(response, user))
    if step not in _STEPS or step not in allowed or writing.draft_of(response):
        return publish(request, kind, reference)
    form = StepForm(step, request.POST if request.method == "POST" else None, response)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _STEPS[step](response, by=user, **form.options())
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": allowed[step]})
            return redirect(response.get_office_url())
    context = {
        "kind": kind,
        "scope": scope,
        "record": response,
        "step": step,
        "label": allowed[step],
        "form": form,
    }
    return render(request, "pages/publish.html", context)


class AnswerForm(forms.Form):
    """Asks for the answer to one finding, with the version that was read."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[("", gettext_lazy("None yet")), *Answer.choices],
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("What has been or will be done, or why nothing"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=20_000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was filled in; an answer and its words go together."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") and not cleaned.get("text", "").strip():
            self.add_error("text", _("Say what has been or will be done, or why nothing."))
        if cleaned.get("text", "").strip() and not cleaned.get("answer"):
            self.add_error("answer", _("Choose an answer."))
        return cleaned


@dataclass(frozen=True)
class _Row:
    found: Found
    form: AnswerForm


def answer_findings(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the answer to every finding of a report on one page, and save all that were given.

    All or none: where one is refused, what was typed stays on the page.
    """
    scope = Scope(request.user)
    response, report = _found(reference, scope)
    rows = [_row(one, request) for one in flat(found_in(report, scope))]
    # Each form is asked, so that each says what is wrong with it.
    wrong = request.method == "POST" and [row for row in rows if not row.form.is_valid()]
    if request.method == "POST" and not wrong and _saved(rows, request.user):
        messages.success(request, _("The answers are saved."))
        return redirect(response.get_office_url())
    context = {
        "scope": scope,
        "record": response,
        "report": report,
        "rows": rows,
        "has_errors": any(row.form.errors for row in rows),
        "breadcrumbs": [
            (str(INSPECTION.plural), reverse("office-inspections-list")),
            (report.title, report.get_office_url()),
            (response.title, response.get_office_url()),
        ],
    }
    return render(request, "inspections/answers.html", context)


def _row(one: Found, request: HttpRequest) -> _Row:
    initial: dict[str, Any] = {}
    if one.answer:
        draft = writing.draft_of(one.answer)
        initial = {"answer": one.answer.answer, "text": one.answer.text}
        initial |= dict(draft.values) if draft else {}
        initial["version"] = one.answer.version
    prefix = f"finding-{one.finding.pk}"
    data = request.POST if request.method == "POST" else None
    return _Row(one, AnswerForm(data, prefix=prefix, initial=initial))


def _saved(rows: list[_Row], user: Any) -> bool:
    """Return whether every answer given was saved; where one was not, its form says why."""
    try:
        with transaction.atomic():
            for row in rows:
                _save(row, user)
    except RecordError:
        return False
    return True


def _save(row: _Row, user: Any) -> None:
    said = row.form.cleaned_data
    if not said["answer"]:
        return
    try:
        operations.answer_finding(
            row.found.finding,
            answer=said["answer"],
            text=plain_text(said["text"]),
            version=said["version"],
            by=user,
        )
    except RecordError as error:
        tell(row.form, error)
        if isinstance(error, Stale):
            newest = ANSWER.all().filter(parent=row.found.finding).order_by("pk").last()
            read_at(row.form, version=newest.version if newest else 0)
        raise
