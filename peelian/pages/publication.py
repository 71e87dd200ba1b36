"""The form that goes with a step in a record's publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NEEDS_REASON = {"send-back", "withdraw", "delete"}


class StepForm(forms.Form):
    """Asks for the reason of a step; publishing may also name an embargo and an expiry."""

    step = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(label=_("Why?"), max_length=1000, required=False)

    def __init__(self, step: str, data: Any, *, version: int) -> None:
        super().__init__(data, initial={"step": step, "version": version})
        if step != "approve":
            del self.fields["version"]
        self.fields["why"].required = step in NEEDS_REASON
        if step == "publish":
            hint = _("Leave empty to publish at once. For example 2026-11-27 09:30.")
            self.fields["embargo_until"] = forms.DateTimeField(
                label=_("Not before"), help_text=hint, required=False
            )
            self.fields["expires_at"] = forms.DateTimeField(label=_("Not after"), required=False)

    def options(self) -> dict[str, Any]:
        """Return what the operation takes beside the record and the actor."""
        return {n: v for n, v in self.cleaned_data.items() if n != "step" and v not in (None, "")}
