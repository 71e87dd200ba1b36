"""Issuing an edition on screen: the month, its form, and the day up to which figures are known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.figures.kinds import EDITION
from peelian.figures.models import Edition
from peelian.figures.operations import issue_edition, publish_edition, submit_edition
from peelian.pages.views import edit, find
from peelian.record import clock
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


class IssueForm(forms.Form):
    """What an edition needs to be told; the rest follows from the register and the figures."""

    period = forms.DateField(
        label=gettext_lazy("Month"), help_text=gettext_lazy("Its first day, for example 1/12/2019.")
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=Edition.Form.choices, widget=forms.RadioSelect
    )
    known = forms.DateField(
        label=gettext_lazy("Use figures known on"),
        help_text=gettext_lazy("Figures that became known later are left out."),
    )

    def clean_period(self) -> Any:
        """Return the first day of the month given."""
        return self.cleaned_data["period"].replace(day=1)


def edit_edition(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Lead to the issuing of an edition where it is new; else edit it as any record."""
    if not reference:
        return redirect("office-edition-issue")
    return edit(request, kind, reference)


STEPS: dict[str, tuple[Any, str, Any]] = {
    "submit": (submit_edition, "edit", gettext_lazy("Sent for review: %(count)s.")),
    "publish": (publish_edition, "approve", gettext_lazy("Approved and published: %(count)s.")),
}


def take_step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Send an edition with all its statements for review, or approve and publish them."""
    edition = find(EDITION, reference, Scope(request.user))
    work, _needs, said = STEPS[step]
    if request.method == "POST":
        try:
            count = work(edition, by=request.user)
            messages.success(request, said % {"count": count})
        except RecordError as error:
            messages.error(request, str(error))
    return redirect(edition.get_office_url())


def issue(request: HttpRequest) -> HttpResponse:
    """Make an edition with its statements as drafts, for the analyst to add to."""
    initial = {"form": Edition.Form.QUARTERLY, "known": clock.today()}
    form = IssueForm(request.POST or None, initial=initial)
    actor: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            edition = issue_edition(**form.cleaned_data, by=actor)
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The edition and its statements are drafts."))
            return redirect(edition.get_office_url())
    return render(request, "figures/issue.html", {"form": form, "scope": Scope(request.user)})
