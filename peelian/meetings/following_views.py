"""The office's pages for giving, updating, answering, closing and minuting what meetings follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings import following
from peelian.meetings.asking import Question, ask
from peelian.meetings.following_forms import (
    AnswerForm,
    CloseForm,
    GiveForm,
    MinuteForm,
    UpdateForm,
)
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.pages.views import find_as
from peelian.promises import operations as promises
from peelian.promises.kinds import RECOMMENDATION, UNDERTAKING
from peelian.promises.models import Promise
from peelian.record import clock
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope

_SENT = gettext_lazy("Saved and sent for review. Somebody else approves it.")
_GIVEN = {
    UNDERTAKING.name: gettext_lazy("Add an undertaking"),
    RECOMMENDATION.name: gettext_lazy("Add a recommendation"),
}


def give(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Ask what was promised to a meeting, or recommended by it, and put it on the record."""
    scope = Scope(request.user)
    meeting = find_as(Meeting, MEETING, reference, scope)
    form = GiveForm(kind, meeting, scope, request.POST or None)

    def save(by: Any) -> Record:
        return following.give(kind, form.cleaned_data["made_at"], form.values(), by=by)

    response = _asked(request, meeting, form, save, _GIVEN[kind.name])
    if response.status_code == 302 and (line := request.POST.get("line", "")):  # taking minutes
        address = reverse("office-minutes-take", args=[reference])
        return redirect(f"{address}#{quote(line)}")
    return response


def update(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Ask what has happened to an undertaking or recommendation, and send it for review."""
    promise = find_as(Promise, kind, reference, Scope(request.user))
    form = UpdateForm(request.POST or None, initial={"as_at": clock.today()})

    def save(by: Any) -> Record:
        # Never over what a colleague wrote for the same day: that is Stale, and said so.
        made = promises.record_update(promise, version=None, by=by, **form.cleaned_data)
        promises.submit_updates([made], by=by)
        return promise

    return _asked(request, promise, form, save, _("Record an update"))


def answer(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Ask for the response to a recommendation."""
    promise = find_as(Promise, kind, reference, Scope(request.user))
    initial = {n: getattr(promise, n) for n in ("answer", "response", "responded_on")}
    form = AnswerForm(request.POST or None, initial=initial)

    def save(by: Any) -> Record:
        return following.answer(promise, by=by, **form.cleaned_data)

    return _asked(request, promise, form, save, _("Record the response"))


def close(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Ask what shows that something ended and where that is minuted, and close it."""
    scope = Scope(request.user)
    promise = find_as(Promise, kind, reference, scope)
    form = CloseForm(promise, scope, request.POST or None, initial={"closed_on": clock.today()})

    def save(by: Any) -> Record:
        return following.close(promise, by=by, **form.cleaned_data)

    return _asked(request, promise, form, save, _("Close with its evidence"))


def minute(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Ask for the minute that says that something is closed."""
    scope = Scope(request.user)
    promise = find_as(Promise, kind, reference, scope)
    form = MinuteForm(promise, scope, request.POST or None)

    def save(by: Any) -> Record:
        return following.minute_closing(promise, by=by, **form.cleaned_data)

    return _asked(request, promise, form, save, _("Name the minute"))


def _asked(
    request: HttpRequest,
    record: Record,
    form: forms.Form,
    save: Callable[[Any], Record],
    title: Any,
) -> HttpResponse:
    """Return the page of a form about a record; what is saved is shown."""
    url = record.get_office_url()
    above = [(record.title, url)]
    question = Question(title, record.title, _("Save and send for review"), _SENT, url, above)
    return ask(request, question, form, lambda by: save(by).get_office_url())
