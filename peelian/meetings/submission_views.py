"""Asking a question or handing in a petition by a form, and the officer's list of what came in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.meetings import submissions
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting, Submission
from peelian.meetings.participation import PETITIONS, deadline, moment, scheme, scheme_of
from peelian.meetings.submission_forms import (
    PetitionForm,
    QuestionForm,
    RefuseForm,
    SubmissionForm,
)
from peelian.meetings.submission_list import waiting_list
from peelian.pages.forms import press
from peelian.pages.views import find_as
from peelian.record import clock
from peelian.record.scope import PUBLIC, Scope


def ask_question(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form for a question to a meeting, and take it; Http404 where it takes none."""
    meeting = find_as(Meeting, MEETING, reference, PUBLIC)
    body = PUBLIC.by_id([meeting.body_id]).get(meeting.body_id or 0)
    name = body.reference if body else ""
    rule, last = scheme_of(meeting, name), deadline(meeting, name)
    if rule is None or last is None:
        raise Http404
    context = {"scope": PUBLIC, "meeting": meeting, "body": body, "deadline": last}
    context |= {"limits": dict(rule.limits), "ends_on": meeting.held_on + submissions.KEPT}
    if last.is_over(moment()):
        return render(request, "meetings/submission_closed.html", context)
    form = QuestionForm(rule, request.POST or None)
    return _taken(request, form, meeting, "meetings/submit_question.html", context)


def hand_in(request: HttpRequest) -> HttpResponse:
    """Show the form for a petition, and take it; Http404 where the scheme takes none."""
    rule = scheme(PETITIONS)
    if rule is None:
        raise Http404
    context: dict[str, Any] = {"scope": PUBLIC, "signatures": rule.limit("signatures")}
    context |= {"ends_on": clock.today() + submissions.KEPT}
    form = PetitionForm(request.POST or None)
    return _taken(request, form, None, "meetings/submit_petition.html", context)


def _taken(
    request: HttpRequest,
    form: SubmissionForm,
    meeting: Meeting | None,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Take what is valid, or show the form; what is said then is the same for every address."""
    if request.method == "POST" and form.is_valid():
        if form.is_robot or submissions.ask(meeting, form.values()):
            return render(request, "meetings/submission_asked.html", context)
        form.add_error(None, _("It could not be taken now. Please try again in an hour."))
    return render(request, template, context | {"form": form})


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed; a press of the button confirms it, so no robot can."""
    one = submissions.found(token)
    if one is None:
        return render(request, "pages/subscribe_gone.html", {"scope": PUBLIC}, status=404)
    context: dict[str, Any] = {"scope": PUBLIC, "one": one, "done": bool(one.confirmed_at)}
    if request.method == "POST":
        context["done"] = submissions.confirm(one, _most(one))
        context["too_many"] = not context["done"]
    return render(request, "meetings/submission_confirm.html", context)


def _most(one: Submission) -> int | None:
    """Return how many questions one person may put to the meeting of a submission."""
    meeting = PUBLIC.of(MEETING).filter(pk=one.meeting_id or 0).first()
    body = PUBLIC.by_id([meeting.body_id]).get(meeting.body_id or 0) if meeting else None
    rule = scheme_of(meeting, body.reference) if isinstance(meeting, Meeting) and body else None
    return rule.limit("questions") if rule else None


def show_list(request: HttpRequest) -> HttpResponse:
    """Show what came in by the forms: what waits to be decided, then what was."""
    scope = Scope(request.user)
    rows = waiting_list(scope)
    context = {
        "scope": scope,
        "breadcrumbs": [(_("Meetings"), reverse("office-meetings-list"))],
        "waiting": [row for row in rows if row.one.state == Submission.State.WAITING],
        "decided": [row for row in rows if row.one.state != Submission.State.WAITING],
        "form": RefuseForm(),
    }
    return render(request, "meetings/submissions.html", context)


def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept a submission, or refuse it with its ground, and tell the sender."""
    one = _one(number)

    def do(by: Any) -> str:
        because = request.POST.get("because", "") if "refuse" in request.POST else ""
        if "refuse" in request.POST and not RefuseForm(request.POST).is_valid():
            raise Http404
        submissions.decide(one, by=by, refused_because=because)
        told = submissions.tell_decided(one)
        said = _("Refused.") if because else _("Accepted: it is a draft, to be approved.")
        return f"{said} {_mailed(told)}"

    press(request, do)
    return redirect("office-submissions")


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Send the answer on the record to who asked."""
    one = _one(number)
    press(request, lambda _by: _mailed(submissions.tell_answer(one)))
    return redirect("office-submissions")


def _mailed(told: bool) -> str:
    if told:
        return _("The sender was told by e-mail.")
    return _("The e-mail could not be sent: write to the sender yourself.")


def _one(number: int) -> Submission:
    found = submissions.confirmed(number)
    if found is None:
        raise Http404
    return found
