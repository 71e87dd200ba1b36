"""A process on screen: how it stands for everyone and for the office, and its letters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.blocks import Document
from peelian.documents import html, pdf
from peelian.pages.attachments import PDF, as_file
from peelian.pages.views import find_as, frame, list_records, scope_for
from peelian.people.kinds import BODY
from peelian.people.membership import roll_of
from peelian.people.models import Body
from peelian.processes.actions import actions_of
from peelian.processes.ahead import runs_of, with_what_is_next
from peelian.processes.gathering import gather
from peelian.processes.kinds import PROCESS
from peelian.processes.letters import letter_of
from peelian.processes.models import Process
from peelian.processes.steps import Run, Step, run_of
from peelian.processes.warnings import warnings_of
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


def list_processes(request: HttpRequest, kind: Kind, *, office: bool = False) -> HttpResponse:
    """Show the processes; to the office with what is next in each, by when and how it stands."""
    return list_records(request, kind, office=office, more=with_what_is_next if office else None)


def show_process(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a process: what it is, where it stands, its steps with their dates and why.

    To the office with what waits laid over it, what to do next, warnings, buttons and letters.
    """
    scope = scope_for(request, office)
    process = find_as(Process, kind, reference, scope)
    if not office:
        return render(request, "processes/public.html", _public(process, scope))
    context = frame(request, kind, process, scope) | _office(process, scope)
    return render(request, "processes/office.html", context)


def _public(process: Process, scope: Scope) -> dict[str, Any]:
    run = run_of(gather(process, scope))
    return {
        "kind": PROCESS,
        "scope": scope,
        "record": process,
        "run": run,
        "facts": _facts(run, scope),
        "lines": [{"step": step} | _shown(step, scope) for step in run.steps],
    }


def _office(process: Process, scope: Scope) -> dict[str, Any]:
    run = runs_of([process], scope)[0]
    panel, today_members = _panel(run, scope)
    lines = [
        {
            "step": step,
            "warnings": warnings_of(step, run, today_members),
            "actions": actions_of(step, run, panel),
        }
        | _shown(step, scope)
        for step in run.steps
    ]
    ahead = run.next
    can_edit = may(scope.user, "edit", PROCESS.area)
    return {
        "run": run,
        "facts": _facts(run, scope),
        "lines": lines,
        "next": next((line for line in lines if line["step"] is ahead), None),
        "outcome_url": reverse("office-processes-outcome", args=[process.reference])
        if can_edit
        else "",
    }


def _panel(run: Run, scope: Scope) -> tuple[Body | None, tuple[int, int]]:
    """Return the office's panel, with how many members and vacant seats it has today."""
    panel = scope.of(BODY).filter(reference=settings.OFFICE["panel"]).first()
    if not isinstance(panel, Body):
        return None, (0, 0)
    if not run.held.declared.veto:
        return panel, (0, 0)
    roll, today = roll_of(panel, scope), run.held.today
    return panel, (len(roll.members(today)), len(roll.vacancies(today)))


def _shown(step: Step, scope: Scope) -> dict[str, Any]:
    """Return the records that show a step: its proof's evidence and page, its meeting."""
    links: list[tuple[str, str]] = []
    duty = step.duty if step.declared.duty else None
    if duty and duty.proof:
        if duty.evidence:
            links.append((duty.evidence.title, duty.evidence_url))
        if duty.proof.url:
            links.append((_("Where it is published"), duty.proof.url))
        if duty.proof_url:
            links.append((duty.proof.letter or _("What shows it"), duty.proof_url))
    elif duty and duty.shown and duty.published_at:
        links.append((_("Where it is published"), duty.published_at))
    if step.meeting and all(step.meeting.title != words for words, _url in links):
        links.append((step.meeting.title, scope.url(step.meeting)))
    return {"links": links}


def _facts(run: Run, scope: Scope) -> list[tuple[str, Any]]:
    """Return what the head of the page says of the process, as far as the scope may see it."""
    held, process = run.held, run.held.process
    found: list[tuple[str, Any]] = [(_("Law"), held.declared.law)]
    if held.declared.subject and process.subject:
        found.append((held.declared.subject, process.subject))
    for record in held.begun:
        words = held.declared.named if record is held.begun[0] and held.declared.named else ""
        found.append((words or _("Began with"), {"text": record.title, "url": scope.url(record)}))
    for label, words in (
        (_("Proposed"), process.proposal),
        (_("Proposed after the veto"), process.revised),
        (_("What the panel found"), process.get_finding_display()),
        (_("What the panel recommends"), process.recommendation),
        (_("Answer or decision"), process.decision),
    ):
        if words:
            found.append((label, words))
    return found


def show_letter(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Show the draft of a step's letter or report, for the office."""
    process, course, chosen = _letter_step(request, reference, step)
    document = _drafted(chosen, course)
    context = {
        "scope": course.held.scope,
        "record": process,
        "step": chosen,
        "document": html.render(document),
        "pdf_url": reverse("office-processes-letter-pdf", args=[reference, step]),
        "breadcrumbs": [
            (str(PROCESS.plural), reverse("office-processes-list")),
            (process.title, process.get_office_url()),
        ],
    }
    return render(request, "processes/letter.html", context)


def send_letter(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Send the draft of a step's letter or report as a PDF, for the office."""
    _process, course, chosen = _letter_step(request, reference, step)
    return as_file(pdf.render(_drafted(chosen, course)), PDF, f"{reference}-{step}.pdf")


def _letter_step(request: HttpRequest, reference: str, name: str) -> tuple[Process, Run, Step]:
    scope = Scope(request.user)
    process = find_as(Process, PROCESS, reference, scope)
    course = runs_of([process], scope)[0]
    step = course.step(name)
    if step is None:
        raise Http404
    return process, course, step


def _drafted(step: Step, course: Run) -> Document:
    document = letter_of(step, course)
    if document is None:
        raise Http404
    return document
