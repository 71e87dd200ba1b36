"""Recording what shows that a duty was met, and sending the document that shows it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties.calendar import Duty
from peelian.duties.dated import duty_with_key
from peelian.duties.kinds import PROOF
from peelian.duties.operations import record_proof
from peelian.duties.proof_section import document_of
from peelian.pages.attachments import send
from peelian.pages.forms import form_field
from peelian.pages.views import find, scope_for
from peelian.record import clock, files
from peelian.record.errors import Invalid, RecordError
from peelian.record.models import Audience
from peelian.record.scope import Scope

_ASKED = ("outcome", "met_on", "url", "evidence", "letter", "note", "audience")


class ProofForm(forms.Form):
    """Asks what shows that one duty was met: a page, a record, or a letter or document."""

    document = forms.FileField(
        label=gettext_lazy("The letter or document itself"),
        help_text=gettext_lazy("PDF, Word, Excel or a picture, of at most 50 MB."),
        required=False,
    )
    document_public = forms.BooleanField(
        label=gettext_lazy("Everyone may see the document once the proof is published"),
        required=False,
    )

    def __init__(self, duty: Duty, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in _ASKED:
            self.fields[name] = form_field(PROOF, name, scope)
        if not duty.rule.condition:
            del self.fields["outcome"]
        self.fields["url"].help_text = _("The address of the page or file, if it is published.")
        self.fields["letter"].help_text = _("What it is, from whom, of what day. No private names.")
        first, last = [n for n in _ASKED if n not in ("note", "audience")], ["note", "audience"]
        self.order_fields([*first, "document", "document_public", *last])

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the record takes it."""
        return {n: v for n, v in self.cleaned_data.items() if n in _ASKED}

    def file(self, title: str) -> files.NewFile | None:
        """Return the document sent, or None."""
        sent = self.cleaned_data.get("document")
        if not sent:
            return None
        audience = Audience.PUBLIC if self.cleaned_data["document_public"] else Audience.OFFICE
        return files.NewFile(sent.name, sent.read(), title, audience=audience)


def prove(request: HttpRequest) -> HttpResponse:
    """Ask for the proof of one duty, `?key=precept/2019-20/panel-report`, and record it."""
    scope = Scope(request.user)
    duty = duty_with_key(request.GET.get("key", ""), scope)
    if duty is None:
        raise Http404
    if request.method == "POST":
        form = ProofForm(duty, scope, request.POST, request.FILES)
        if form.is_valid() and (saved := _save(request, form, duty)):
            messages.success(request, _("The proof is recorded. Somebody else can approve it."))
            return redirect(saved.get_office_url())
    else:
        audience = duty.record.audience if duty.record else Audience.PUBLIC
        form = ProofForm(duty, scope, initial={"met_on": clock.today(), "audience": audience})
    context = {
        "form": form,
        "duty": duty,
        "scope": scope,
        "breadcrumbs": [(_("Duties"), reverse("office-duties"))],
    }
    return render(request, "duties/prove.html", context)


def _save(request: HttpRequest, form: ProofForm, duty: Duty) -> Any:
    """Return the saved proof, or None having told the form what was wrong."""
    actor: Any = request.user
    occurrence = duty.occurrence
    title = f"{duty.rule.title}, {occurrence.occasion}"[:600]
    document = form.file(title[:300])
    values = form.values() | {"key": occurrence.key, "title": title}
    if document and not values["letter"]:
        values["letter"] = files.clean_name(document.name)
    try:
        return record_proof(values, document=document, by=actor)
    except Invalid as error:
        names = {"file": "document", "reference": "met_on"}
        for name, said in error.errors.items():
            shown = names.get(name, name)
            form.add_error(shown if shown in form.fields else None, said)
    except RecordError as error:
        form.add_error(None, str(error))
    return None


def send_document(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send the document kept with a proof; Http404 where there is none that may be seen."""
    scope = scope_for(request, office)
    return send(document_of(find(PROOF, reference, scope), scope), shown="attachment")
