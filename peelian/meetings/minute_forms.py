"""The forms for the minutes of a meeting. What they may hold is said by the operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from peelian.meetings.kinds import MEETING, MINUTE
from peelian.meetings.minute_page import Seat
from peelian.meetings.minute_taking import OF_MEMBERS, Came
from peelian.meetings.minutes import Correction, later_meetings
from peelian.meetings.models import Meeting, Minute
from peelian.pages.forms import RecordForm, read_at
from peelian.people.kinds import PERSON
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope

# What the steps of the minutes' life write.
STEPS_WRITE = ("minutes_stage", "confirmed_at", "confirmed_on", "signed_by", "signed_on")
ASKED = ("way", "substitute", "arrived", "left")  # of each member
CORRECTIONS = 5  # as many as the form of a confirmation has room for; more can follow one by one


class MeetingForm(RecordForm):
    """Asks for a meeting's fields, without what the life of its minutes writes."""

    def __init__(self, kind: Kind, scope: Scope, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(kind, scope, *args, is_new=is_new, **options)
        for name in STEPS_WRITE:
            self.fields.pop(name)


class AttendanceForm(forms.Form):
    """Asks of each member whether they came, sent apologies, and who came in their place."""

    def __init__(self, seats: Sequence[Seat], scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.seats = seats
        people = scope.of(PERSON).in_order()
        for seat in seats:
            self._ask(seat, people)

    def _ask(self, seat: Seat, people: Any) -> None:
        pk, row, stood_in = seat.person.pk, seat.row, seat.stood_in
        ways: list[tuple[str, Any]] = [(one.value, one.label) for one in OF_MEMBERS]
        if row is None:
            ways.append(("", _("Not recorded")))
        widget = forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"})
        self.fields[f"way-{pk}"] = forms.ChoiceField(
            label=seat.name,
            choices=ways,
            required=row is not None,
            initial=row.capacity if row else "",
            widget=widget,
        )
        self.fields[f"substitute-{pk}"] = forms.ModelChoiceField(
            people,
            label=_now("Substitute for %(name)s") % {"name": seat.name},
            required=False,
            initial=stood_in.person_id if stood_in else None,
        )
        sat = stood_in or row
        for name, label, at in (
            ("arrived", _now("%(name)s arrived at"), sat and sat.arrived_at),
            ("left", _now("%(name)s left at"), sat and sat.left_at),
        ):
            self.fields[f"{name}-{pk}"] = forms.TimeField(
                label=label % {"name": stood_in.title if stood_in else seat.name},
                required=False,
                initial=at,
                input_formats=("%H:%M", "%H.%M", "%H:%M:%S"),
                widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
            )
        for name, kept in (("version", row), ("place", stood_in)):
            self.fields[f"{name}-{pk}"] = forms.IntegerField(
                required=False,
                initial=kept.version if kept else None,
                widget=forms.HiddenInput,
            )

    def read_at_newest(self) -> None:
        """Let a second save, made after reading the page again, go through."""
        hidden = {n: f.initial for n, f in self.fields.items() if isinstance(f, forms.IntegerField)}
        read_at(self, **hidden)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the four fields of each member, for the page."""
        pks = [seat.person.pk for seat in self.seats]
        return [tuple(self[f"{name}-{pk}"] for name in ASKED) for pk in pks]

    def answers(self) -> list[Came]:
        """Return what was filled in of each member."""
        said = self.cleaned_data
        return [
            Came(
                seat.person,
                said[f"way-{seat.person.pk}"],
                said[f"substitute-{seat.person.pk}"],
                said[f"version-{seat.person.pk}"],
                said[f"place-{seat.person.pk}"],
                said[f"arrived-{seat.person.pk}"],
                said[f"left-{seat.person.pk}"],
            )
            for seat in self.seats
        ]


class StepForm(forms.Form):
    """Asks for a word with a step of the minutes' life."""

    why = forms.CharField(
        label=_("A word about it"),
        help_text=_("Kept in the history of the meeting."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, meeting: Meeting, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        self.meeting, self.scope = meeting, scope

    def values(self) -> dict[str, Any]:
        """Return what the step's operation is told."""
        return dict(self.cleaned_data)


class ReturnForm(StepForm):
    """Asks what the chair wants changed."""

    def __init__(self, meeting: Meeting, scope: Scope, data: Any = None) -> None:
        super().__init__(meeting, scope, data)
        self.fields["why"].label = _("What is to be changed?")
        self.fields["why"].required = True


class SignForm(StepForm):
    """Asks who signed the minutes, and when."""

    signed_on = forms.DateField(label=_("Signed on"))

    def __init__(self, meeting: Meeting, scope: Scope, data: Any = None) -> None:
        super().__init__(meeting, scope, data)
        people = scope.of(PERSON).in_order()
        self.fields["signed_by"] = forms.ModelChoiceField(people, label=_("Signed by"))
        self.order_fields(["signed_by", "signed_on", "why"])


class ConfirmForm(StepForm):
    """Asks at which meeting the minutes were confirmed, and with what corrections."""

    def __init__(self, meeting: Meeting, scope: Scope, data: Any = None) -> None:
        super().__init__(meeting, scope, data)
        later = scope.of(MEETING).filter(body=meeting.body_id, held_on__gt=meeting.held_on)
        self.fields["confirmed_at"] = forms.ModelChoiceField(
            later.order_by("held_on"), label=_("Confirmed at"), empty_label=None
        )
        minutes = scope.of(MINUTE).filter(parent=meeting).order_by("number")
        for n in range(1, CORRECTIONS + 1):
            says = {"n": n}
            self.fields[f"minute-{n}"] = _OwnMinute(
                minutes, label=_now("Correction %(n)d: minute") % says, required=False
            )
            self.fields[f"said-{n}"] = forms.CharField(
                label=_now("Correction %(n)d: for the words") % says, max_length=220, required=False
            )
            self.fields[f"says-{n}"] = forms.CharField(
                label=_now("Correction %(n)d: read") % says, max_length=220, required=False
            )
        self.order_fields([name for name in ("confirmed_at", *self.fields) if name != "why"])

    def clean(self) -> dict[str, Any]:
        """Return what was filled in. Raises ValidationError for half a correction."""
        said = super().clean() or {}
        for n in range(1, CORRECTIONS + 1):
            parts = [said.get(f"{name}-{n}") for name in ("minute", "said", "says")]
            if any(parts) and not (parts[0] and parts[2]):
                missing = "minute" if not parts[0] else "says"
                self.add_error(f"{missing}-{n}", _("Fill this in, or leave the correction out."))
        return said

    def values(self) -> dict[str, Any]:
        """Return the meeting and the corrections."""
        said = self.cleaned_data
        corrections = [
            Correction(said[f"minute-{n}"], said[f"said-{n}"], said[f"says-{n}"])
            for n in range(1, CORRECTIONS + 1)
            if said[f"minute-{n}"]
        ]
        return {"at": said["confirmed_at"], "corrections": corrections, "why": said["why"]}


class CorrectForm(forms.Form):
    """Asks which words of a confirmed minute a later meeting corrected, and where that is said."""

    said = forms.CharField(
        label=_("For the words"),
        help_text=_("As they stand in the minute. Leave empty to add words."),
        max_length=220,
        required=False,
    )
    says = forms.CharField(label=_("Read"), max_length=220)

    def __init__(self, minute: Minute, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        later = later_meetings(minute, scope)
        self.fields["corrected_at"] = _OwnMinute(
            scope.of(MINUTE).filter(parent__in=later.values("pk")).order_by("-number"),
            label=_("Minute of the correction"),
        )


class _OwnMinute(forms.ModelChoiceField):
    def label_from_instance(self, minute: Record) -> str:
        """Return a minute by its number and title."""
        return f"{minute.number} {minute.title}"  # type: ignore[attr-defined]
