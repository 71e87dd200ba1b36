"""The edit form of a kind, made from its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peelian.record.errors import Invalid, RecordError
from peelian.record.kinds import AUDIENCE, LINK_LABELS, Kind, label
from peelian.record.models import Record, ToRecord
from peelian.record.scope import Scope
from peelian.record.values import Values

MOST_DIGITS = 10


class RecordForm(forms.Form):
    """Asks for a kind's fields, the version they were read at, and why they change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Why are you making this change?"),
        help_text=_("Kept with the change and shown in its history."),
        max_length=1000,
        required=False,
    )

    def __init__(self, kind: Kind, scope: Scope, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        for name in (*kind.fields, AUDIENCE):
            self.fields[name] = form_field(kind, name, scope)
        if not is_new:
            self.fields.pop("reference", None)
        self.order_fields([*kind.fields, AUDIENCE, "why", "version"])

    def ask_for_correction(self) -> None:
        """Ask for the reason that stands on the page beside a correction of what was issued."""
        self.fields["why"].label = _("What is corrected, and why?")
        self.fields["why"].help_text = _("Published beside the correction.")
        self.fields["why"].required = True

    def values(self) -> Values:
        """Return what was filled in, as the record's operations take it."""
        cleaned = {n: v for n, v in self.cleaned_data.items() if n not in ("version", "why")}
        return {name: _plain(value) for name, value in cleaned.items()}


def tell(form: forms.Form, error: RecordError) -> None:
    """Say on a form what the record refused: beside the field it is about, else above them all."""
    if not isinstance(error, Invalid):
        form.add_error(None, str(error))
        return
    for name, said in error.errors.items():
        form.add_error(name if name in form.fields else None, said)


def press(request: HttpRequest, do: Callable[[Any], str]) -> None:
    """Do what a button asks, as whoever pressed it, and say what came of it or why it is refused.

    `do` returns what is to be said, nothing for what shows by itself. A page that is only read
    presses nothing.
    """
    if request.method != "POST":
        return
    try:
        said = do(request.user)
    except RecordError as error:
        messages.error(request, str(error))
    else:
        if said:
            messages.success(request, said)


def plain_text(text: str) -> str:
    """Return typed text with plain line ends and without what no database keeps."""
    return text.replace("\r\n", "\n").replace("\x00", "")


def typed(request: HttpRequest, name: str) -> str:
    """Return what was typed under a name, as `plain_text` gives it."""
    return plain_text(request.POST.get(name, ""))


def number(text: str) -> int | None:
    """Return the number typed or sent along, None for anything else."""
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None


def read_at(form: forms.Form, **versions: int | None) -> None:
    """Let a second save, made after reading what is there now, go through.

    It names the fields that hold the version read, and the newest of each.
    """
    form.data = form.data.copy()  # type: ignore[attr-defined]
    for name, version in versions.items():
        form.data[form.add_prefix(name)] = "" if version is None else str(version)  # type: ignore[index]


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asks, which shows what comes back itself."""
    return request.headers.get("Accept") == "application/json"


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain_text(value)
    return list(value) if isinstance(value, models.QuerySet) else value


def form_field(kind: Kind, name: str, scope: Scope) -> forms.Field:
    """Return the form field for one of a kind's fields."""
    if name in kind.links:
        choices = scope.see(Record.objects.filter(kind__in=kind.links[name])).in_order()
        return forms.ModelMultipleChoiceField(
            choices, label=LINK_LABELS[name], required=False, widget=forms.CheckboxSelectMultiple
        )
    field = kind.model._meta.get_field(name)
    if isinstance(field, ToRecord):
        kinds = kind.parents if name == "parent" else field.kinds
        choices = scope.see(Record.objects.filter(kind__in=kinds)).order_by("kind", "sort_key")
        below = name == "parent" and bool(kind.parents) and not kind.alone
        required = not field.blank or below
        return forms.ModelChoiceField(choices, label=label(kind, name), required=required)
    options: Any = {"assume_scheme": "https"} if isinstance(field, models.URLField) else {}
    made: Any = field.formfield(**options)  # type: ignore[union-attr]
    if name == "reference" or (name == "title" and _makes_its_own(kind)):
        made.required = not _makes_its_own(kind)
    if name == "title":
        made.widget = forms.Textarea(attrs={"rows": 2})
    formed: forms.Field = made
    return formed


def _makes_its_own(kind: Kind) -> bool:
    return kind.model.complete.__func__ is not Record.complete.__func__  # type: ignore[attr-defined]
