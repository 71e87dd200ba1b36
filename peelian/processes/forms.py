"""The forms of processes. What they may hold is said by the operations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peelian.duties.events import by_hand
from peelian.duties.events import title as event_title
from peelian.duties.stages import Beginning, beginning_of, begins_with
from peelian.law.process import Declared
from peelian.meetings.kinds import MEETING
from peelian.pages.forms import form_field
from peelian.processes.declared import entitled, years
from peelian.processes.kinds import PROCESS
from peelian.promises.kinds import RECOMMENDATION
from peelian.record.scope import Scope

RESPONSE = "recommendation_requiring_response"

begins_with(
    RESPONSE,
    Beginning(
        _("Recommendation"),
        _("One for whose response the panel has set a day. Else give the day."),
        lambda scope: scope.of(RECOMMENDATION).filter(respond_by__isnull=False, responded_on=None),
    ),
)


class BeginForm(forms.Form):
    """Asks what a process needs to begin: its year, or its event and day; what it is about."""

    def __init__(self, declared: Declared, scope: Scope, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.declared = declared
        if declared.yearly:
            offered = [(year.begins_in, entitled(declared, year, "")) for year in years()]
            self.fields["year"] = forms.TypedChoiceField(
                label=_("Which"), choices=offered, coerce=int
            )
        else:
            self._ask_for_event(scope)
        if declared.subject:
            self.fields["subject"] = forms.CharField(
                label=declared.subject,
                max_length=200,
                required="record" not in self.fields,
            )
            if "record" in self.fields:
                self.fields["subject"].help_text = _(
                    "The title of the record, if you leave it empty."
                )
        if declared.named:
            self.fields["person"] = forms.CharField(
                label=declared.named,
                max_length=200,
                help_text=_("For the office only until the notification is made public."),
            )
        if declared.proposal:
            self.fields["proposal"] = forms.CharField(
                label=declared.proposal,
                max_length=500,
                required=False,
                help_text=_("It can be added later."),
            )

    def _ask_for_event(self, scope: Scope) -> None:
        events = [(event, event_title(event)) for event in self.declared.events]
        if len(events) > 1:
            self.fields["event"] = forms.ChoiceField(
                label=_("What has happened"),
                choices=events,
                widget=forms.RadioSelect,
                initial=events[0][0],
            )
        beginning = beginning_of(self.declared.events)
        has_clock = bool({event.id for event in by_hand()} & {*self.declared.events})
        if beginning:
            self.fields["record"] = forms.ModelChoiceField(
                beginning.records(scope).in_order(),
                label=beginning.label,
                required=not has_clock,
                help_text=beginning.help,
            )
        if not has_clock:
            return  # only a record says when such an event happened
        label = event_title(self.declared.events[0]) if len(events) == 1 else _("Day it happened")
        self.fields["on"] = forms.DateField(label=label, required=beginning is None)

    def clean(self) -> dict[str, Any]:
        """Return what was filled in; either a recommendation or a day is needed."""
        cleaned = super().clean() or {}
        record = cleaned.get("record")
        if "on" in self.fields and "record" in self.fields and not (record or cleaned.get("on")):
            self.add_error("on", _("Choose a record, or give the day."))
        if "subject" in self.fields and not cleaned.get("subject"):
            if record is None and "subject" not in self.errors and "record" in self.fields:
                self.add_error("subject", _("Say what it is about."))
            elif record is not None:
                cleaned["subject"] = record.title[:200]
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the operation takes it."""
        found = {name: value for name, value in self.cleaned_data.items() if value}
        if self.declared.events:
            found.setdefault("event", self.declared.events[0])
        return found


class EventForm(forms.Form):
    """Asks for the day on which something happened."""

    on = forms.DateField(label=_("Day it happened"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class MeetingForm(forms.Form):
    """Asks at which of a body's meetings a process is dealt with."""

    def __init__(self, body: int | None, scope: Scope, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        meetings = scope.of(MEETING).filter(body_id=body).order_by("-held_on")
        self.fields["meeting"] = forms.ModelChoiceField(meetings, label=_("Meeting"))


class OutcomeForm(forms.Form):
    """Asks what the panel found and recommends, and what was answered."""

    def __init__(self, declared: Declared, scope: Scope, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        asked = ["finding", "recommendation", "decision"]
        if declared.proposal:
            asked = ["proposal", *asked]
        if declared.proposal and declared.veto:
            asked.insert(1, "revised")
        for name in asked:
            self.fields[name] = form_field(PROCESS, name, scope)
        if not declared.veto:
            finding: Any = self.fields["finding"]
            finding.choices = [c for c in finding.choices if c[0] in ("", "support", "against")]
