"""Packs on screen: the HTML pack, its PDF, and the button that builds one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peelian.blocks import from_json
from peelian.documents import html
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.packs.kinds import PACK
from peelian.packs.models import Pack
from peelian.packs.operations import Stopped, build, stopping
from peelian.pages.attachments import send
from peelian.pages.views import find, frame, scope_for
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.models import Snapshot
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
    pack, snapshot = _issued(kind, reference, scope)
    context = frame(request, kind, pack, scope) | {
        "snapshot": snapshot,
        "attachment": snapshot.attachments.first() if snapshot else None,
        "supplement": pack.supplement_of(snapshot) if snapshot else None,
        "document": _rendered(snapshot) if snapshot else "",
    }
    return render(request, "packs/pack.html", context)


def _issued(kind: Kind, reference: str, scope: Scope) -> tuple[Pack, Snapshot | None]:
    """Return the pack with the issue that counts; the office reads the one that waits."""
    pack = find(kind, reference, scope)
    if not isinstance(pack, Pack):
        raise Http404
    waiting = None if scope.is_public else pack.waiting()
    return pack, waiting or pack.issued()


def _rendered(snapshot: Snapshot) -> SafeString:
    """Return a snapshot as HTML; it never changes, so each process sets it once."""
    key = f"pack-{snapshot.sha256}-{get_language()}"
    made = cache.get_or_set(key, lambda: _set(snapshot), timeout=None)
    return mark_safe(str(made))  # noqa: S308 — made by the block templates, which escape


def _set(snapshot: Snapshot) -> str:
    return str(html.render(from_json(snapshot.content.encode())))


def download(request: HttpRequest, reference: str, *, office: bool = False) -> HttpResponse:
    """Send the PDF of the issue that counts."""
    _pack, snapshot = _issued(PACK, reference, scope_for(request, office))
    attachment = snapshot.attachments.first() if snapshot else None
    return send(attachment)


def download_supplement(
    request: HttpRequest, reference: str, *, office: bool = False
) -> HttpResponse:
    """Send the PDF of what the issue that counts changed; Http404 where it is the first."""
    pack, snapshot = _issued(PACK, reference, scope_for(request, office))
    return send(pack.supplement_of(snapshot) if snapshot else None)


def build_pack(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what the pack of a meeting is to hold, show what stops it, and build it."""
    meeting = find(MEETING, reference, Scope(request.user))
    if not isinstance(meeting, Meeting):
        raise Http404
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
