"""What the pages of received documents ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.config.uploads import MOST_BYTES
from peelian.intake.documents import ENDINGS
from peelian.received import shelf
from peelian.received.matching import nearest
from peelian.received.models import Document, Line
from peelian.received.tables import PLAN_TABLE, kind_of_table
from peelian.record.kinds import label
from peelian.record.load import field_name
from peelian.record.scope import Scope

TOO_LONG = gettext_lazy(
    "Choose a file of at most 20 MB. A longer one can be checked with the command “peelian check”."
)
LONG = 60  # characters from which a cell is given several lines


class ReceiveForm(forms.Form):
    """A document to check, and what helps to judge it."""

    file = forms.FileField(
        label=gettext_lazy("Document"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    earlier: forms.ModelChoiceField[Document] = forms.ModelChoiceField(
        label=gettext_lazy("What came before"),
        required=False,
        queryset=None,
        empty_label=gettext_lazy("Nothing"),
        help_text=gettext_lazy(
            "A document received earlier, such as the last minutes: what was undertaken in it is "
            "looked for in this one."
        ),
    )
    as_at = forms.DateField(
        label=gettext_lazy("Judge as at"),
        required=False,
        help_text=gettext_lazy(
            "The day by which a date counts as past, for example 5/2/2020. If you leave it empty, "
            "the day is taken from the document."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        taken = ", ".join(ending.removeprefix(".").upper() for ending in ENDINGS)
        fields["file"].help_text = _("One of %(taken)s, at most 20 MB.") % {"taken": taken}
        fields["earlier"].queryset = shelf.documents()

    def clean_file(self) -> UploadedFile:
        """Refuse what is too long to be looked at while somebody waits."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LONG)
        return file


class LineForm(forms.Form):
    """The cells of a recognised line, to be corrected."""

    def __init__(self, line: Line, scope: Scope, data: Any = None) -> None:
        super().__init__(data)
        if near := nearest(line, scope):
            own = str(line.cells["reference"])
            others = [(r.reference, f"{r.title[:100]} ({r.reference})") for r in near]
            known = any(reference == own for reference, _title in others)
            new = [] if known else [(own, _("A new one: %(reference)s") % {"reference": own})]
            self.fields["match"] = forms.ChoiceField(
                label=_("On the record as"), initial=own, choices=[*new, *others]
            )
        for name, words in line.cells.items():
            if choices := _choices(line.table, name):
                self.fields[name] = forms.ChoiceField(
                    label=column_label(line.table, name),
                    required=False,
                    initial=words,
                    choices=[("", "–"), *choices],
                )
                continue
            long = len(words) > LONG or name in ("text", "update", "purpose")
            self.fields[name] = forms.CharField(
                label=column_label(line.table, name),
                required=False,
                initial=words,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": min(12, 2 + len(words) // 60)})
                if long
                else forms.TextInput(),
            )

    def cells(self) -> dict[str, str]:
        """Return the cells as they were corrected; a record that was chosen gives its reference."""
        said = dict(self.cleaned_data)
        match = said.pop("match", "")
        if match and match != self.fields["match"].initial:
            said["reference"] = match
        return said


def _choices(table: str, name: str) -> list[tuple[str, str]]:
    """Return the words that a column takes; none where it takes any."""
    kind = kind_of_table(table)
    own = {"status": "progress", "element": "element"} if table == PLAN_TABLE else {}
    known = own.get(name) or (None if table == PLAN_TABLE else field_name(kind, name))
    if known is None or known in kind.links:
        return []
    field: Any = kind.model._meta.get_field(known)
    if isinstance(field, models.BooleanField):
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(str(code), str(words)) for code, words in field.flatchoices]


def column_label(table: str, name: str) -> str:
    """Return what a column is called on screen."""
    own = {
        "commitment_reference": _("Reference of the commitment"),
        "commitment": _("Commitment"),
        "activity_reference": _("Reference of the activity"),
        "activity": _("Activity"),
        "status": _("Status"),
        "as_at": _("As at"),
        "update": _("Update"),
        "oversight": _("Oversight"),
        "objective": _("Objective"),
        "element": _("Element"),
    }
    kind = kind_of_table(table)
    known = field_name(kind, name)
    if table != PLAN_TABLE and known:
        return str(label(kind, known))
    return own.get(name, name)
