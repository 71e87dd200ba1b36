"""A plan's life in the back office: its stages, the plan after it, and both published or ended."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.pages.forms import press, tell
from peelian.pages.views import find_as
from peelian.promises import new_plan, plan_life
from peelian.promises.kinds import OBJECTIVE, PLAN, SUCCESSION
from peelian.promises.models import Objective, Plan, Promise, Succession
from peelian.record.clock import today
from peelian.record.errors import RecordError
from peelian.record.scope import Scope

NOWHERE = "nowhere"


class BeginForm(forms.Form):
    """Asks what the next plan is called, from when it runs, and its objectives."""

    title = forms.CharField(label=gettext_lazy("What is the new plan called?"), max_length=200)
    reference = forms.CharField(
        label=gettext_lazy("What do its references begin with?"),
        help_text=gettext_lazy(
            "Letters and digits, for good: 2025, or 2025v2 for a plan that was varied. Commitment"
            " 1.1 is then 2025-1.1."
        ),
        max_length=20,
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From which day does it run?"),
        help_text=gettext_lazy("The plan before it runs until the day before."),
    )
    objectives = forms.CharField(
        label=gettext_lazy("Its objectives"),
        help_text=gettext_lazy("One a line, in their order."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_objectives(self) -> list[str]:
        """Return the objectives. Raises ValidationError for a line longer than a title."""
        lines = [line.strip() for line in self.cleaned_data["objectives"].splitlines()]
        if any(len(line) > 600 for line in lines):
            raise forms.ValidationError(_("Give each objective in at most 600 characters."))
        return [line for line in lines if line]


class StageForm(forms.Form):
    """Asks to which stage a plan comes, and since when."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage"), widget=forms.RadioSelect)
    on = forms.DateField(label=gettext_lazy("Since which day?"))
    why = forms.CharField(label=gettext_lazy("Why?"), max_length=900, required=False)

    def __init__(self, plan: Plan, data: Any = None) -> None:
        super().__init__(data, initial={"on": today()})
        fields: dict[str, Any] = self.fields
        fields["stage"].choices = [c for c in Plan.Stage.choices if c[0] != plan.stage]


class CarryForm(forms.Form):
    """Asks of each open commitment under which objective it goes on, or why it does not.

    A row that is left open is asked about again.
    """

    with_activities = forms.BooleanField(
        label=gettext_lazy("Carry their open activities along"), required=False, initial=True
    )

    def __init__(self, rows: list[Promise], objectives: list[Objective], data: Any = None) -> None:
        super().__init__(data)
        self.rows, self.objectives = rows, {str(o.number): o for o in objectives}
        choices = [
            ("", _("Not decided yet")),
            *((number, f"{number}. {o.title}") for number, o in self.objectives.items()),
            (NOWHERE, _("Not carried over")),
        ]
        for row in rows:
            self.fields[f"to-{row.pk}"] = forms.ChoiceField(choices=choices, required=False)
            self.fields[f"why-{row.pk}"] = forms.CharField(max_length=900, required=False)

    def asked(self) -> list[tuple[Promise, Any, Any]]:
        """Return each commitment with its two fields."""
        return [(row, self[f"to-{row.pk}"], self[f"why-{row.pk}"]) for row in self.rows]

    def choices(self) -> list[new_plan.Choice]:
        """Return what was decided."""
        said = self.cleaned_data
        return [
            new_plan.Choice(row, self.objectives.get(to), said[f"why-{row.pk}"])
            for row in self.rows
            if (to := said[f"to-{row.pk}"])
        ]


def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the plan after this one, and begin it as a draft."""
    scope = Scope(request.user)
    old = find_as(Plan, PLAN, reference, scope)
    objectives = scope.of(OBJECTIVE).filter(parent=old).in_order()
    initial = {"objectives": "\n".join(o.title for o in objectives)}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plan = new_plan.begin_plan(old, **form.cleaned_data, by=cast(Any, request.user))
        except RecordError as error:
            tell(form, error)
        else:
            return redirect("office-plans-carry", plan.reference)
    context = {"scope": scope, "record": old, "form": form}
    return render(request, "promises/plan_begin.html", context)


def carry(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask where each open commitment of the old plan goes, and draft what is decided."""
    scope = Scope(request.user)
    plan = find_as(Plan, PLAN, reference, scope)
    objectives = list(scope.of(OBJECTIVE).filter(parent=plan).in_order())
    posted = request.POST if request.method == "POST" else None
    form = CarryForm(new_plan.to_carry(plan), objectives, posted)
    if request.method == "POST" and form.is_valid():
        try:
            done = new_plan.carry_over(
                plan,
                form.choices(),
                with_activities=form.cleaned_data["with_activities"],
                by=cast(Any, request.user),
            )
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(request, _carried(done))
            return redirect("office-plans-carry", reference)
    context = {
        "scope": scope,
        "record": plan,
        "replaced": scope.by_id([plan.replaces_id]).get(plan.replaces_id or 0),
        "form": form,
        "decided": new_plan.carried_into(plan),
    }
    return render(request, "promises/plan_carry.html", context)


def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what was decided of a promise, and return to the rest."""
    succession = find_as(Succession, SUCCESSION, reference, Scope(request.user))

    def do(by: Any) -> str:
        new_plan.take_back(succession, by=by)
        return _("Taken back.")

    press(request, do)
    back = request.POST.get("back", "")
    return redirect("office-plans-carry", back) if back.isalnum() else redirect("office-plans-list")


def change_stage(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask to which stage of its life a plan comes, and send that for approval."""
    scope = Scope(request.user)
    plan = find_as(Plan, PLAN, reference, scope)
    form = StageForm(plan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_life.move_plan(plan, **form.cleaned_data, by=cast(Any, request.user))
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(request, _("Sent for approval."))
            return redirect(plan.get_office_url())
    context = {"scope": scope, "record": plan, "form": form}
    return render(request, "promises/plan_stage.html", context)


def send_all(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a plan and all in it for review."""
    return _press(request, reference, new_plan.send_plan, _("Sent for review."))


def publish_all(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish a plan and all in it that is in review; the plan that it replaces ends."""
    return _press(request, reference, new_plan.publish_plan, _("Published."))


def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End a plan in whose place a published one stands."""
    return _press(request, reference, new_plan.end_plan, _("Ended."))


def _press(request: HttpRequest, reference: str, operation: Any, said: str) -> HttpResponse:
    plan = find_as(Plan, PLAN, reference, Scope(request.user))

    def do(by: Any) -> str:
        operation(plan, by=by)
        return said

    press(request, do)
    return redirect(plan.get_office_url())


def _carried(done: Any) -> str:
    commitments = ngettext(
        "%(n)d commitment carried over", "%(n)d commitments carried over", done["commitments"]
    )
    activities = ngettext(
        "%(n)d activity with them", "%(n)d activities with them", done["activities"]
    )
    ended = ngettext("%(n)d not carried over", "%(n)d not carried over", done["ended"])
    words = [
        commitments % {"n": done["commitments"]},
        activities % {"n": done["activities"]},
        ended % {"n": done["ended"]},
    ]
    return _("Drafted: %(words)s.") % {"words": ", ".join(words)}
