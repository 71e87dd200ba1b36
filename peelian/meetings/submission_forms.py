"""The forms by which the public asks a question or hands in a petition, and that of the officer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peelian.law.rule import Rule
from peelian.meetings.models.participation import Refusal
from peelian.pages.forms import plain_text

MOST_TEXT = 20_000


class SubmissionForm(forms.Form):
    """Who asks, where they live, and whether their name may be public."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you a link to confirm, and then the answer. It is never public."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    area = forms.CharField(
        label=_("Where you live or work"),
        max_length=120,
        required=False,
        help_text=_("A town or district is enough."),
    )
    is_name_public = forms.BooleanField(
        label=_("My name may be public with what I send"), required=False
    )
    # What no person sees, and a robot fills in.
    website = forms.CharField(required=False, max_length=200)

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as it is kept."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "website"}
        said["text"] = plain_text(said["text"]).strip()
        return said

    @property
    def is_robot(self) -> bool:
        """Return whether the field was filled in that no person sees."""
        return bool(self.cleaned_data.get("website"))


class QuestionForm(SubmissionForm):
    """A question within the scheme's number of words."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, rule: Rule, data: Any = None) -> None:
        super().__init__(data)
        self.most = rule.limit("words")
        if self.most:
            said = ngettext("At most %(n)s word.", "At most %(n)s words.", self.most)
            self.fields["text"].help_text = said % {"n": self.most}
        self.order_fields(["text", "name", "is_name_public", "email", "area"])

    def clean_text(self) -> str:
        """Return the question. Raises ValidationError where it has too many words."""
        text = str(self.cleaned_data["text"])
        count = len(text.split())
        if self.most and count > self.most:
            said = _("Your question has %(n)s words, and %(most)s are allowed.")
            raise forms.ValidationError(said % {"n": count, "most": self.most})
        return text


class PetitionForm(SubmissionForm):
    """A petition: what it asks for, and how many have signed it."""

    title = forms.CharField(label=_("What the petition is called"), max_length=200)
    text = forms.CharField(
        label=_("What it asks for"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    signatures = forms.IntegerField(
        label=_("How many have signed it"),
        min_value=1,
        max_value=10_000_000,
        help_text=_("We may ask to see the signatures. They are counted, and not kept here."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        order = ["title", "text", "signatures", "name", "is_name_public", "email", "area"]
        self.order_fields(order)


class RefuseForm(forms.Form):
    """Why a question or petition is not taken."""

    because = forms.ChoiceField(label=_("Why it is refused"), choices=Refusal)
