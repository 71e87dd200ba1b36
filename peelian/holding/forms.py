"""The forms of holding to account. What they may hold is said by the operations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peelian.holding.kinds import ANSWER
from peelian.holding.models import Answer
from peelian.pages.forms import form_field, plain_text
from peelian.promises.kinds import UNDERTAKING
from peelian.record.scope import Scope

_PROMISED = ("promised", "promised_by", "due", "due_as_printed")


class AnswerForm(forms.Form):
    """Asks who answered what, whether that assures, and what was promised with it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scope: Scope, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name in ("answered_by", "text", "outcome", "finding"):
            self.fields[name] = form_field(ANSWER, name, scope)
        self.fields["outcome"] = forms.ChoiceField(
            label=_("Outcome"), choices=Answer.Outcome.choices, widget=forms.RadioSelect
        )
        self.fields["promised"] = forms.CharField(
            label=_("What was promised, in a few words"),
            help_text=_("Leave this empty if nothing was. It becomes an undertaking."),
            max_length=600,
            required=False,
        )
        self.fields["promised_by"] = form_field(UNDERTAKING, "owner", scope)
        self.fields["promised_by"].label = _("Who owes it")
        self.fields["due"] = form_field(UNDERTAKING, "due", scope)
        self.fields["due_as_printed"] = form_field(UNDERTAKING, "due_as_printed", scope)
        self.fields["due_as_printed"].label = _("By when, in words")
        self.fields["due_as_printed"].help_text = _("Where no date was named: “in June”.")

    def clean(self) -> dict[str, Any]:
        """Refuse who and when where nothing is said to have been promised."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("promised") and any(cleaned.get(name) for name in _PROMISED[1:]):
            self.add_error("promised", _("Say what was promised."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what was answered, as the operation takes it."""
        cleaned = self.cleaned_data
        found = {name: cleaned[name] for name in ("answered_by", "text", "outcome", "finding")}
        return {
            name: plain_text(value) if isinstance(value, str) else value
            for name, value in found.items()
        }

    def promise(self) -> dict[str, Any] | None:
        """Return what was promised as an undertaking takes it; None for nothing."""
        cleaned = self.cleaned_data
        if not cleaned.get("promised"):
            return None
        made = {"title": cleaned["promised"], "owner": cleaned["promised_by"]}
        made |= {name: cleaned[name] for name in ("due", "due_as_printed")}
        return {name: value for name, value in made.items() if value}


class NoteForm(forms.Form):
    """Asks what stands above the note."""

    introduction = forms.CharField(
        label=_("Introduction"),
        help_text=_("A few sentences for the public; leave it empty if the answers say enough."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
