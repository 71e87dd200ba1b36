"""The forms for what meetings follow. What they may hold is said by the operations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peelian.meetings.following import meeting_of
from peelian.meetings.kinds import MEETING, MINUTE
from peelian.meetings.models import Meeting
from peelian.pages.forms import form_field
from peelian.promises.kinds import UNDERTAKING
from peelian.promises.models import Answer, Progress, Promise
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope

_CLOSED = [(c.value, c.label) for c in (Progress.COMPLETE, Progress.SUPERSEDED)]
_STILL_OPEN = [(code, label) for code, label in Progress.choices if code not in dict(_CLOSED)]


class GiveForm(forms.Form):
    """Asks what was promised to a meeting, or recommended by it, and who owes it by when."""

    def __init__(self, kind: Kind, meeting: Meeting, scope: Scope, data: Any) -> None:
        super().__init__(data, initial={"made_at": meeting.pk})
        for name in ("title", "text", "made_at", "owner", "made_to", "due"):
            self.fields[name] = form_field(kind, name, scope)
        there = Record.objects.filter(Q(pk=meeting.pk) | Q(parent=meeting.pk, kind=MINUTE.name))
        self.fields["made_at"] = forms.ModelChoiceField(
            scope.see(there).order_by("kind", "sort_key"),
            label=_("Given at"),
            help_text=_("The minute, or the meeting where the minute is not written yet."),
            empty_label=None,
        )
        self.fields["title"].help_text = _("In a few words, as a list will show it.")
        if kind is UNDERTAKING:
            self.fields["due_as_printed"] = form_field(kind, "due_as_printed", scope)
            self.fields["due_as_printed"].help_text = _("Where no date was named: “in June”.")
        else:
            self.fields["respond_by"] = form_field(kind, "respond_by", scope)
            self.fields["respond_by"].help_text = _("The day that the panel has set, if it has.")

    def values(self) -> dict[str, Any]:
        """Return what was filled in, without where it was given."""
        return {n: v for n, v in self.cleaned_data.items() if n != "made_at" and v is not None}


class AnswerForm(forms.Form):
    """Asks what was answered to a recommendation."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    response = forms.CharField(
        label=_("Response"),
        help_text=_("In the words of the response. It will be public."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    responded_on = forms.DateField(label=_("Answered on"))


class UpdateForm(forms.Form):
    """Asks what has happened since; something done is closed, not updated."""

    as_at = forms.DateField(label=_("As at"))
    progress = forms.ChoiceField(
        label=_("Status"), choices=_STILL_OPEN, widget=forms.RadioSelect, initial="on_track"
    )
    text = forms.CharField(
        label=_("What has happened since it was given"), widget=forms.Textarea(attrs={"rows": 6})
    )


class MinuteForm(forms.Form):
    """Asks for the minute that says that something is closed."""

    def __init__(self, promise: Promise, scope: Scope, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["closed_at"] = minute_field(promise, scope, required=True)


class CloseForm(forms.Form):
    """Asks how something ended, what shows it, and where that is minuted."""

    progress = forms.ChoiceField(
        label=_("How it ended"), choices=_CLOSED, widget=forms.RadioSelect, initial="complete"
    )
    evidence = forms.CharField(
        label=_("What shows it?"),
        help_text=_("Say what was done and where it can be seen, or name a record below."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    closed_on = forms.DateField(label=_("Closed on"))
    to_report = forms.BooleanField(
        label=_("It was not at a meeting: report it to the next one"),
        help_text=_("It stays under matters arising until a minute is named."),
        required=False,
    )

    def __init__(self, promise: Promise, scope: Scope, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["shown_by"] = form_field(UNDERTAKING, "shown_by", scope)
        self.fields["closed_at"] = minute_field(promise, scope, required=False)
        self.order_fields(
            ["progress", "evidence", "shown_by", "closed_on", "closed_at", "to_report"]
        )


def minute_field(promise: Promise, scope: Scope, *, required: bool) -> forms.ModelChoiceField:
    """Return a field that offers the minutes of the body's meetings since something was given."""
    given = meeting_of(promise.made_at)
    meetings = scope.of(MEETING)
    if given:
        meetings = meetings.filter(body_id=given.body_id, held_on__gte=given.held_on)
    minutes = scope.of(MINUTE).filter(parent__in=meetings.values("pk"))
    return _MinuteField(
        minutes.select_related("parent").order_by("-number", "-pk"),
        label=_("Minute of the closing"),
        required=required,
    )


class _MinuteField(forms.ModelChoiceField):
    def label_from_instance(self, minute: Any) -> str:
        """Return a minute by its number, its title and its meeting."""
        return f"{minute.number} {minute.title} ({minute.parent})"
