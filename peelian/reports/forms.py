"""What the officer is asked for: a report's days, and the lines it tells in full."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.meetings.kinds import MEETING
from peelian.promises.changes import quarters_before
from peelian.promises.kinds import PLAN
from peelian.record import clock
from peelian.record.models import Audience, Status
from peelian.record.scope import Scope
from peelian.reports.kinds import REPORT
from peelian.reports.models import Report


class StartForm(forms.Form):
    """A report's plan, form and two days; whom it is for, and the meeting it goes to."""

    plan: Any = forms.ModelChoiceField(None, label=gettext_lazy("Plan"))
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=Report.Form.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(
        label=gettext_lazy("What changed after"),
        help_text=gettext_lazy("The last day of the report before, for example 30/9/2019."),
    )
    until = forms.DateField(
        label=gettext_lazy("Up to"), help_text=gettext_lazy("For example 31/12/2019.")
    )
    meeting: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Meeting it goes to"),
        required=False,
        help_text=gettext_lazy("Its pack then holds this report."),
    )
    audience = forms.ChoiceField(label=gettext_lazy("Who may see it"), choices=Audience.choices)

    def __init__(self, scope: Scope, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        plans = scope.of(PLAN).filter(status=Status.PUBLISHED).order_by("-starts_on", "-reference")
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["plan"].initial = plans.first()
        meetings = scope.of(MEETING).order_by("-held_on")
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the answers; the last day must not be before the first, nor lie ahead."""
        answers: dict[str, Any] = super().clean() or {}
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        if until and until > clock.today():
            self.add_error("until", _("The last day must be today or in the past."))
        return answers


class Offered(NamedTuple):
    """Two days that are offered, and what they are in words."""

    label: str
    since: dt.date
    until: dt.date


def offered(scope: Scope) -> list[Offered]:
    """Return the days that are mostly wanted: since the last report, the last meeting, a quarter.

    Two queries.
    """
    today = clock.today()
    quarter = _quarter_end(today)
    found = [Offered(_("The last whole quarter"), quarters_before(quarter, 1), quarter)]
    held = scope.of(MEETING).filter(held_on__lt=today).order_by("-held_on").first()
    if held:
        found.insert(0, Offered(_("Since the last meeting"), held.held_on, today))
    last = scope.of(REPORT).filter(form=Report.Form.MONITORING, until__lt=today)
    if report := last.order_by("-until").first():
        found.insert(0, Offered(_("Since the last report"), report.until, today))
    return found


def _quarter_end(today: dt.date) -> dt.date:
    """Return the last day of the newest quarter that is over."""
    first = dt.date(today.year, today.month - (today.month - 1) % 3, 1)
    return first - dt.timedelta(days=1)
