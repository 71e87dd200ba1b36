"""What the pages of a round ask for: its scope and days, and a code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from peelian.people.kinds import OVERSIGHT_MECHANISM
from peelian.promises.kinds import OBJECTIVE, PLAN, PROMISES
from peelian.promises.models import Every, Objective, Plan, UpdateRound
from peelian.record.clock import today
from peelian.record.models import Record
from peelian.record.scope import Scope

_TIME_TO_ANSWER = dt.timedelta(days=14)


class RoundForm(forms.Form):
    """Asks for the plan, what of it, the day the updates are about, and the last day to answer."""

    plan: forms.ModelChoiceField[Plan] = forms.ModelChoiceField(label=_("Plan"), queryset=None)
    objective: forms.ModelChoiceField[Objective] = forms.ModelChoiceField(
        label=_("Only of this objective"), queryset=None, required=False
    )
    asked_of: forms.ModelChoiceField[Record] = forms.ModelChoiceField(
        label=_("Only of this owner"), queryset=None, required=False
    )
    board: forms.ModelChoiceField[Record] = forms.ModelChoiceField(
        label=_("Only of what this board oversees"), queryset=None, required=False
    )
    every = forms.ChoiceField(
        label=_("How often do you ask?"), choices=Every.choices, widget=forms.RadioSelect
    )
    as_at = forms.DateField(
        label=_("What day are the updates about?"),
        help_text=_("Usually the last day of a quarter or month, for example 31/3/2026."),
    )
    closes_on = forms.DateField(
        label=_("When must they be in?"),
        help_text=_("For example 14/4/2026. Rows can still be saved after this day."),
    )

    def __init__(
        self, scope: Scope, data: Any = None, *, before: UpdateRound | None = None
    ) -> None:
        plans = scope.of(PLAN).exclude(stage=Plan.Stage.ENDED).in_order()
        super().__init__(
            data, initial=_offered(before) | ({} if before else {"plan": plans.first()})
        )
        owned = {"owned__kind__in": PROMISES}
        choices = {
            "plan": plans,
            "objective": scope.of(OBJECTIVE).in_order(),
            "asked_of": scope.see(Record.objects.filter(**owned)).distinct().order_by("title"),
            "board": scope.of(OVERSIGHT_MECHANISM).order_by("title", "pk"),
        }
        for name, offered in choices.items():
            self.fields[name].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the answers. An objective is one of the plan's."""
        answers = super().clean() or {}
        objective, plan = answers.get("objective"), answers.get("plan")
        if objective and plan and objective.parent_id != plan.pk:
            self.add_error("objective", _("This is no objective of that plan."))
        return answers


class CodeForm(forms.Form):
    """Asks for the code that was mailed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        ),
    )


def _offered(before: UpdateRound | None) -> dict[str, Any]:
    """Return what a form begins with: the last round's scope, and the day that comes next."""
    if before is None:
        as_at = _last_day(today(), months=3)
        closes = max(today(), as_at) + _TIME_TO_ANSWER
        return {"every": Every.QUARTER, "as_at": as_at, "closes_on": closes}
    months = 1 if before.every == Every.MONTH else 3
    as_at = _last_day(before.as_at + dt.timedelta(days=31 * months + 1), months=1)
    return {
        "plan": before.parent_id,
        "objective": before.objective_id,
        "asked_of": before.asked_of_id,
        "board": before.board_id,
        "every": before.every,
        "as_at": as_at,
        "closes_on": max(today(), as_at) + _TIME_TO_ANSWER,
    }


def _last_day(day: dt.date, *, months: int) -> dt.date:
    """Return the last day of the month, or of the quarter, that was over by a day."""
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    return first - dt.timedelta(days=1)
