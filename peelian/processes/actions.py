"""Where a step is done: the pages that its buttons lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties.events import by_hand
from peelian.duties.events import title as event_title
from peelian.duties.kinds import PROOF
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.processes.kinds import PROCESS
from peelian.processes.steps import Run, Stand, Step
from peelian.promises.kinds import RECOMMENDATION
from peelian.record.access import may
from peelian.record.models import Record


@dataclass(frozen=True)
class Action:
    """A button: its words and where it leads."""

    label: str
    url: str


def actions_of(step: Step, run: Run, panel: Record | None) -> list[Action]:
    """Return what whoever looks may do about a step, what is most needed first. No query."""
    user: Any = run.held.scope.user
    found: list[Action] = []
    if not step.is_settled:
        stage = run.held.stages.get(step.declared.id)
        if stage and stage.url:
            found.append(Action(stage.label, stage.url))
        if may(user, "edit", PROCESS.area):
            found += _begin_its_clock(step, run)
        if may(user, "edit", MEETING.area):
            found += _at_meeting(step, run, panel)
        if may(user, "edit", PROOF.area):
            found += _answer(step, run) or _prove(step)
    if step.declared.letter and step.stand not in (Stand.NOT_NEEDED, Stand.BEFORE):
        at = reverse("office-processes-letter", args=[run.held.process.reference, step.declared.id])
        found.append(Action(_("Draft of the letter or report"), at))
    return found


def _begin_its_clock(step: Step, run: Run) -> list[Action]:
    rule = step.rule
    if step.stand != Stand.WAITS or rule is None:
        return []
    if rule.trigger not in {event.id for event in by_hand()}:
        return []
    at = reverse("office-processes-event", args=[run.held.process.reference, rule.trigger])
    return [Action(_("Record the day: %(event)s") % {"event": event_title(rule.trigger)}, at)]


def _at_meeting(step: Step, run: Run, panel: Record | None) -> list[Action]:
    by, process = step.declared.met_by, run.held.process
    meeting = run.held.meeting if by == "vote" else step.meeting
    if by in ("", "record") or (by == "vote" and meeting is None):
        return []
    if meeting is None:
        day = run.meeting_day(step)
        new: dict[str, Any] = {"title": process.title, "body": panel.pk if panel else ""}
        if step.declared.private:
            new["audience"] = "office"
        if day:
            new["held_on"] = f"{day:%d/%m/%Y}"
        return [
            Action(_("Plan the meeting"), f"{reverse('office-meetings-new')}?{urlencode(new)}"),
            Action(
                _("Choose the meeting"),
                reverse("office-processes-meeting", args=[process.reference, _field(by)]),
            ),
        ]
    agenda = reverse("office-agenda", args=[meeting.reference])
    if by == "vote":
        return [Action(_("Record the vote"), agenda)]
    if meeting.state == Meeting.State.PLANNED:
        minutes = reverse("office-minutes-take", args=[meeting.reference])
        return [Action(_("Agenda"), agenda), Action(_("Take the minutes"), minutes)]
    return []


def _field(met_by: str) -> str:
    return "second" if met_by == "second_meeting" else "first"


def _answer(step: Step, run: Run) -> list[Action]:
    """Return where a recommendation that began the process is answered, if one did."""
    record = step.duty.record if step.duty and step.declared.duty else None
    if record is None or record.kind != RECOMMENDATION.name:
        return []
    at = reverse(f"office-{RECOMMENDATION.slug}-answer", args=[record.reference])
    return [Action(_("Answer"), at)]


def _prove(step: Step) -> list[Action]:
    if not step.declared.duty or step.duty is None:
        return []
    key = urlencode({"key": step.duty.occurrence.key})
    words = _("Record the proof")
    if step.duty.rule.condition:
        words = _("Record the proof, or that it did not arise")
    return [Action(words, f"{reverse('office-duties-prove')}?{key}")]
