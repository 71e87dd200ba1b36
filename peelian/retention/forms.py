"""What the pages of retention ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.record import clock
from peelian.record.kinds import kinds
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.retention import registers, schedule

HELD, FREE, PROPOSED = "held", "free", "proposed"
STATES = [
    ("", gettext_lazy("Any")),
    (FREE, gettext_lazy("May be proposed")),
    (PROPOSED, gettext_lazy("Proposed already")),
    (HELD, gettext_lazy("Under a hold")),
]


class DueFilter(forms.Form):
    """Which of what is due: of which class, and whether anything stops it."""

    rule = forms.ChoiceField(label=gettext_lazy("Class"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False, choices=STATES)

    def __init__(self, data: Any) -> None:
        super().__init__({name: data.get(name) for name in ("rule", "state")})
        dated = [(one.rule.id, one.rule.title) for one in schedule.classes() if one.period]
        self.fields["rule"].choices = [("", _("Any")), *dated]  # type: ignore[attr-defined]

    def narrow(self, due: list[registers.Due]) -> list[registers.Due]:
        """Return those that match the answers given; none when an answer is unknown."""
        if not self.is_valid():
            return []
        rule, state = self.cleaned_data["rule"], self.cleaned_data["state"]
        return [
            one
            for one in due
            if rule in ("", one.reckoned.rule.id) and state in ("", state_of(one))
        ]


def state_of(due: registers.Due) -> str:
    """Return how a record that is due stands."""
    if due.holds:
        return HELD
    return PROPOSED if due.proposed else FREE


class WhyForm(forms.Form):
    """Asks why; what it says outlives the record, so it must not repeat the content."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy(
            "This stays on the certificate for good. Do not repeat what the record says; name "
            "nobody whom it is about."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Say why.")},
    )


class HoldForm(forms.Form):
    """Asks what is held and why: named records, a kind or a class."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "For example a claim, an inquiry or a request that is not answered."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    starts_on = forms.DateField(label=gettext_lazy("From"))
    records = forms.CharField(
        label=gettext_lazy("Records"),
        help_text=gettext_lazy(
            "One on each line, its kind and reference as in undertaking/2019-07. All that is part "
            "of one is held with it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        strip=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Or every record of a kind"), required=False)
    rule = forms.ChoiceField(label=gettext_lazy("Or every record of a class"), required=False)

    def __init__(self, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scope = scope
        self.fields["starts_on"].initial = clock.today()
        all_kinds = [(kind.name, str(kind.plural)) for kind in kinds()]
        classes = [(one.rule.id, one.rule.title) for one in schedule.classes() if one.kinds]
        self.fields["kind"].choices = [("", _("None")), *all_kinds]  # type: ignore[attr-defined]
        self.fields["rule"].choices = [("", _("None")), *classes]  # type: ignore[attr-defined]

    def clean_records(self) -> list[Record]:
        """Return the records named. Raises ValidationError naming each line that names none."""
        found: list[Record] = []
        wrong = []
        for number, line in enumerate(self.cleaned_data["records"].splitlines(), 1):
            if not (key := line.strip()):
                continue
            try:
                found += registers.named([key], self.scope)
            except (Record.DoesNotExist, Record.MultipleObjectsReturned):
                said = {"number": number, "found": key}
                wrong.append(_("Line %(number)s: there is no record “%(found)s”.") % said)
        if wrong:
            raise forms.ValidationError(wrong)
        return list({record.pk: record for record in found}.values())
