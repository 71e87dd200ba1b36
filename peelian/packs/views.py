"""Packs on screen: the HTML pack, its PDF, and the button that builds one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.packs.kinds import PACK
from peelian.packs.models import Pack
from peelian.packs.operations import Stopped, build, stopping
from peelian.pages.attachments import send
from peelian.pages.issues import pdf_of, shown
from peelian.pages.views import find_as, frame, scope_for
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


class BuildForm(forms.Form):
    """What a pack is to hold, and why it goes on where findings stand."""

    extract = forms.ChoiceField(
        label=gettext_lazy("Delivery plan extract"),
        choices=Pack.Extract.choices,
        initial=Pack.Extract.ALL,
        widget=forms.RadioSelect,
    )
    two_sided = forms.BooleanField(
        label=gettext_lazy("It will be printed on both sides"),
        help_text=gettext_lazy(
            "Each item begins on a right-hand page; a page left blank for that says so."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason to go on despite the findings"),
        help_text=gettext_lazy("Printed in the pack and kept on the record."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def show_pack(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show the issued pack as a page, to the office the issue that waits; the PDF is beside it."""
    scope = scope_for(request, office)
    pack = find_as(Pack, kind, reference, scope)
    snapshot = pack.issue_for(scope)
    context = frame(request, kind, pack, scope) | shown(snapshot)
    context["supplement"] = pack.supplement_of(snapshot) if snapshot else None
    return render(request, "packs/pack.html", context)


def download(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send the PDF of the issue that counts."""
    scope = scope_for(request, office)
    return send(pdf_of(find_as(Pack, PACK, reference, scope).issue_for(scope)))


def download_supplement(
    request: HttpRequest, reference: str, *, office: bool = False
) -> HttpResponse:
    """Send the PDF of what the issue that counts changed; Http404 where it is the first."""
    scope = scope_for(request, office)
    pack = find_as(Pack, PACK, reference, scope)
    snapshot = pack.issue_for(scope)
    return send(pack.supplement_of(snapshot) if snapshot else None)


def build_pack(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what the pack of a meeting is to hold, show what stops it, and build it."""
    meeting = find_as(Meeting, MEETING, reference, Scope(request.user))
    form = BuildForm(request.POST or None)
    actor: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            pack = build(meeting, by=actor, **form.cleaned_data)
        except Stopped as error:
            form.add_error("reason", str(error))
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The pack has been built."))
            return redirect(pack.get_office_url())
    context = {
        "meeting": meeting,
        "form": form,
        "findings": stopping(meeting),
        "scope": Scope(request.user),
    }
    return render(request, "packs/build.html", context)
