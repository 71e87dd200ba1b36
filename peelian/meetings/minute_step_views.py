"""The steps of the minutes' life as pages: to the chair, out as a draft, confirmed, signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings import minutes
from peelian.meetings.kinds import MEETING, MINUTE
from peelian.meetings.minute_forms import ConfirmForm, CorrectForm, ReturnForm, SignForm, StepForm
from peelian.meetings.minutes import MOVES, Correction, Stage
from peelian.meetings.models import Meeting, Minute
from peelian.pages.views import find_as
from peelian.record.access import may
from peelian.record.errors import Invalid, RecordError
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Step:
    """A step of the minutes' life: where it leads, who may take it, its words, form and verb."""

    to: str
    needs: str
    label: Any
    form: type[StepForm]
    take: Callable[..., Meeting]


STEPS: Mapping[str, Step] = {
    "send": Step(
        Stage.WITH_CHAIR,
        "edit",
        gettext_lazy("Send the minutes to the chair"),
        StepForm,
        minutes.send_to_chair,
    ),
    "return": Step(
        Stage.WRITING,
        "edit",
        gettext_lazy("Take the minutes back from the chair"),
        ReturnForm,
        minutes.return_to_writer,
    ),
    "publish": Step(
        Stage.PUBLISHED,
        "approve",
        gettext_lazy("Publish the minutes as a draft"),
        StepForm,
        minutes.publish_draft,
    ),
    "confirm": Step(
        Stage.CONFIRMED,
        "approve",
        gettext_lazy("Record that the minutes were confirmed"),
        ConfirmForm,
        minutes.confirm,
    ),
    "sign": Step(
        Stage.SIGNED,
        "approve",
        gettext_lazy("Record that the minutes were signed"),
        SignForm,
        minutes.sign,
    ),
}


def steps_open(meeting: Meeting, user: Any) -> list[tuple[Any, str]]:
    """Return `(label, address)` of the steps that a user may take with a meeting's minutes now."""
    return [
        (step.label, reverse(f"office-minutes-step-{name}", args=[meeting.reference]))
        for name, step in STEPS.items()
        if step.to in MOVES[meeting.minutes_stage] and may(user, step.needs, MEETING.area)
    ]


def take_step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Ask what a step needs to be told, and take it."""
    scope, chosen = Scope(request.user), STEPS[step]
    meeting = find_as(Meeting, MEETING, reference, scope)
    form = chosen.form(meeting, scope, request.POST or None)
    actor: Any = request.user

    def take() -> None:
        chosen.take(meeting, by=actor, **form.values())

    return _asked(request, form, take, chosen.label, meeting)


def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what a later meeting corrected in a confirmed minute, and show it beside the minute."""
    scope = Scope(request.user)
    minute = find_as(Minute, MINUTE, reference, scope)
    meeting = find_as(Meeting, MEETING, minute.parent.reference, scope)
    form = CorrectForm(minute, scope, request.POST or None)
    actor: Any = request.user

    def take() -> None:
        said = form.cleaned_data
        one = Correction(minute, said["said"], said["says"])
        minutes.correct(one, at=said["corrected_at"], by=actor)

    return _asked(request, form, take, _("Correct a confirmed minute"), meeting, minute.text)


def _asked(
    request: HttpRequest,
    form: forms.Form,
    take: Callable[[], None],
    title: Any,
    meeting: Meeting,
    quoted: str = "",
) -> HttpResponse:
    """Return the page of a form; what is filled in well is done, and the minutes shown."""
    address = reverse("office-minutes-take", args=[meeting.reference])
    if request.method == "POST" and form.is_valid():
        try:
            take()
        except Invalid as error:
            for name, said in error.errors.items():
                form.add_error(name if name in form.fields else None, said)
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Done."))
            return redirect(address)
    context = {
        "form": form,
        "title": title,
        "about": meeting.title,
        "quoted": quoted,
        "button": title,
        "scope": Scope(request.user),
        "back_url": address,
        "breadcrumbs": [(meeting.title, meeting.get_office_url()), (_("Minutes"), address)],
    }
    return render(request, "meetings/ask.html", context)
