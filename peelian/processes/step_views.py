"""The office's pages by which a process is begun and goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties.events import about, by_hand
from peelian.duties.events import title as event_title
from peelian.meetings.asking import Question, ask
from peelian.pages.views import edit, find_as
from peelian.people.kinds import BODY
from peelian.processes import operations
from peelian.processes.declared import binding, process_named
from peelian.processes.forms import BeginForm, EventForm, MeetingForm, OutcomeForm
from peelian.processes.gathering import rules_of
from peelian.processes.kinds import PROCESS
from peelian.processes.models import Process
from peelian.record import clock
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope


def choose_process(request: HttpRequest) -> HttpResponse:
    """Offer every process that binds this office, with what it is and its law."""
    context = {
        "processes": binding(),
        "scope": Scope(request.user),
        "breadcrumbs": [(str(PROCESS.plural), reverse("office-processes-list"))],
    }
    return render(request, "processes/choose.html", context)


def edit_process(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Lead to the beginning of a process where it is new; else edit it as any record."""
    if not reference:
        return redirect("office-processes-begin")
    return edit(request, kind, reference)


def begin(request: HttpRequest, name: str) -> HttpResponse:
    """Ask what a process needs to begin, and begin it; Http404 where there is none of the name."""
    declared = process_named(name)
    if declared is None:
        raise Http404
    form = BeginForm(
        declared,
        Scope(request.user),
        request.POST or None,
        initial={"on": f"{clock.today():%d/%m/%Y}", "record": request.GET.get("record")},
    )
    choose = reverse("office-processes-begin")
    question = Question(
        title=declared.name,
        about=declared.law,
        button=_("Begin"),
        done=_("The process is begun. Nothing of it is public yet."),
        back_url=choose,
        above=[(str(PROCESS.plural), reverse("office-processes-list")), (_("Begin one"), choose)],
        quoted=declared.about,
    )

    def do(by: Any) -> str:
        return operations.begin(declared, by=by, **form.values()).get_office_url()

    return ask(request, question, form, do)


def record_event(request: HttpRequest, reference: str, event: str) -> HttpResponse:
    """Ask for the day of a further event of a process, and open its clock."""
    process = _find(request, reference)
    triggers = {rule.trigger for rule in rules_of(process.declared)}
    if event not in triggers or event not in {one.id for one in by_hand()}:
        raise Http404
    form = EventForm(request.POST or None, initial={"on": f"{clock.today():%d/%m/%Y}"})

    def do(by: Any) -> Record:
        return operations.record_event(process, event, by=by, **form.cleaned_data)

    return _asked(request, process, form, event_title(event), do, quoted=about(event))


def choose_meeting(request: HttpRequest, reference: str, which: str) -> HttpResponse:
    """Ask at which meeting of the panel a process is dealt with: the `first` or the `second`."""
    process, scope = _find(request, reference), Scope(request.user)
    if which not in ("first", "second"):
        raise Http404
    panel = scope.of(BODY).filter(reference=settings.OFFICE["panel"]).first()
    form = MeetingForm(panel.pk if panel else None, scope, request.POST or None)

    def do(by: Any) -> Record:
        meeting = form.cleaned_data["meeting"]
        return operations.choose_meeting(process, meeting, second=which == "second", by=by)

    return _asked(request, process, form, _("Choose the meeting"), do)


def record_outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what came of a process so far: what the panel found, what was answered."""
    process = _find(request, reference)
    known = operations.current(process)
    form = OutcomeForm(process.declared, Scope(request.user), request.POST or None, initial=known)

    def do(by: Any) -> Record:
        return operations.record_outcome(process, form.cleaned_data, by=by)

    return _asked(request, process, form, _("What came of it"), do)


def _find(request: HttpRequest, reference: str) -> Process:
    return find_as(Process, PROCESS, reference, Scope(request.user))


def _asked(
    request: HttpRequest,
    process: Process,
    form: forms.Form,
    title: str,
    do: Callable[[Any], Record],
    quoted: str = "",
) -> HttpResponse:
    """Return the page of a form about a process, and go back to its page."""
    at = process.get_office_url()
    above = [(str(PROCESS.plural), reverse("office-processes-list")), (process.title, at)]
    question = Question(title, process.title, _("Save"), _("Saved."), at, above, quoted)

    def then(by: Any) -> str:
        do(by)
        return at

    return ask(request, question, form, then)
