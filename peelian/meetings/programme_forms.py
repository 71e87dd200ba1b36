"""The forms of the work programme: whose board, and where an item goes and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.models import Meeting
from peelian.meetings.programme import Placed
from peelian.record.models import Record, Status

NEEDS_REASON = gettext_lazy("Say why it moves: what is public does not move without.")
NOWHERE = "none"  # the choice that takes an item off every meeting


class BodyForm(forms.Form):
    """Asks whose work programme to show."""

    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)

    def __init__(self, bodies: Sequence[Record], chosen: Record | None) -> None:
        super().__init__(initial={"body": chosen.key if chosen else ""})
        field: Any = self.fields["body"]
        field.choices = [(body.key, body.title) for body in bodies]


class MoveForm(forms.Form):
    """Asks where an item goes, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=gettext_lazy("Where to"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where it goes.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why does it move?"),
        help_text=gettext_lazy("Kept with the move, for whoever asks later."),
        max_length=1000,
        required=False,
        error_messages={"required": NEEDS_REASON},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, now: Placed, meetings: Sequence[Meeting], data: Any = None, *, to: str = ""
    ) -> None:
        super().__init__(data, initial={"version": now.item.version, "to": to})
        self.meetings = {one.reference: one for one in meetings}
        here = now.meeting.reference if now.meeting else ""
        choices = [
            (name, f"{one.title} ({date_format(one.held_on, 'D j M Y')})")
            for name, one in self.meetings.items()
            if name != here
        ]
        if now.meeting or now.month:
            choices.append((NOWHERE, _("No date")))
        field: Any = self.fields["to"]
        field.choices = choices
        if now.item.status == Status.PUBLISHED:
            self.fields["why"].required = True

    @property
    def target(self) -> Meeting | None:
        """Return the meeting that was chosen, or None for no date."""
        return self.meetings.get(self.cleaned_data["to"])
