"""The steps of the minutes' life as pages: to the chair, out as a draft, confirmed, signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings import minutes
from peelian.meetings.asking import Question, ask
from peelian.meetings.kinds import MEETING, MINUTE
from peelian.meetings.minute_forms import ConfirmForm, CorrectForm, ReturnForm, SignForm, StepForm
from peelian.meetings.minutes import MOVES, Correction, Stage
from peelian.meetings.models import Meeting, Minute
from peelian.pages.views import find_as
from peelian.record.access import may
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
    question = _question(chosen.label, meeting)

    def take(by: Any) -> str:
        chosen.take(meeting, by=by, **form.values())
        return question.back_url

    return ask(request, question, form, take)


def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what a later meeting corrected in a confirmed minute, and show it beside the minute."""
    scope = Scope(request.user)
    minute = find_as(Minute, MINUTE, reference, scope)
    meeting = find_as(Meeting, MEETING, minute.parent.reference, scope)
    form = CorrectForm(minute, scope, request.POST or None)
    question = _question(_("Correct a confirmed minute"), meeting, minute.text)

    def take(by: Any) -> str:
        said = form.cleaned_data
        one = Correction(minute, said["said"], said["says"])
        minutes.correct(one, at=said["corrected_at"], by=by)
        return question.back_url

    return ask(request, question, form, take)


def _question(title: Any, meeting: Meeting, quoted: str = "") -> Question:
    """Return what the page of a step says around its form; it leads back to the minutes."""
    address = reverse("office-minutes-take", args=[meeting.reference])
    above = [(meeting.title, meeting.get_office_url()), (_("Minutes"), address)]
    return Question(title, meeting.title, title, _("Done."), address, above, quoted)
