"""The form that goes with a step in a record's publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.record import clock
from peelian.record.guards import Question, questions
from peelian.record.models import Record, Status

NEEDS_REASON = {"send-back", "withdraw", "delete"}


class StepForm(forms.Form):
    """Asks for the reason of a step; publishing may also name an embargo and an expiry.

    Where a step makes something public, it also asks what the guards of that day want to know.
    """

    step = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("Why?"), max_length=1000, required=False)

    def __init__(self, step: str, data: Any, record: Record) -> None:
        super().__init__(data, initial={"step": step, "version": record.version})
        self.asked = self._asked(step, record)
        if step != "approve":
            del self.fields["version"]
        self.fields["why"].required = step in NEEDS_REASON or bool(self.asked)
        if step == "publish":
            hint = _("Leave empty to publish at once. For example 2026-11-27 09:30.")
            self.fields["embargo_until"] = forms.DateTimeField(
                label=_("Not before"), help_text=hint, required=False
            )
            self.fields["expires_at"] = forms.DateTimeField(label=_("Not after"), required=False)
        for question in self.asked:
            for name, words in question.yes_or_no.items():
                self.fields[name] = _yes_or_no(words)
        if self.asked:
            self.fields["why"].help_text = _("Say who needs it now, and what for.")
            self.order_fields([*self._answers(), "why"])

    def options(self) -> dict[str, Any]:
        """Return what the operation takes beside the record and the actor."""
        given = {n: v for n, v in self.cleaned_data.items() if n != "step" and v not in (None, "")}
        answers = {n: given.pop(n) == "yes" for n in self._answers() if n in given}
        return given | ({"answers": answers} if self.asked else {})

    def _asked(self, step: str, record: Record) -> list[Question]:
        """Return what is asked today, or on the day that is typed in as the first."""
        goes_public = step == "publish" or (step == "approve" and record.status == Status.PUBLISHED)
        if not goes_public:
            return []
        day = clock.today()
        try:
            typed = forms.DateTimeField(required=False).clean(self.data.get("embargo_until"))
        except forms.ValidationError:
            typed = None
        return questions(record, timezone.localdate(typed) if typed else day)

    def _answers(self) -> list[str]:
        return [name for question in self.asked for name in question.yes_or_no]


def _yes_or_no(label: Any) -> forms.ChoiceField:
    choices = [("yes", _("Yes")), ("no", _("No"))]
    errors = {"required": _("Answer yes or no.")}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors
    )
