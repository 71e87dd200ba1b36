"""Saying what becomes of a promise: moved, merged or superseded, from which day and why."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages.forms import press, tell
from peelian.pages.views import find_as, publish
from peelian.promises import plan_life
from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE, PLAN, SUCCESSION
from peelian.promises.models import Became, Plan, Promise, Succession
from peelian.record.access import may
from peelian.record.clock import today
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind, kind_named
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

_OFFERED = (Became.MOVED, Became.MERGED, Became.SUPERSEDED)


class BecomesForm(forms.Form):
    """Asks what becomes of a promise, where it goes, from when and why."""

    became = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        choices=[(one.value, one.label) for one in _OFFERED],
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(
        label=gettext_lazy("Where does it go?"),
        help_text=gettext_lazy(
            "Of one that moves, what it then stands under. Of one that is merged or superseded, the"
            " promise that takes its place."
        ),
    )
    day = forms.DateField(label=gettext_lazy("From which day?"))
    printed_reference = forms.CharField(
        label=gettext_lazy("Printed reference from then on"),
        help_text=gettext_lazy(
            "Only where it moves and is called differently there. Texts that use the old one still"
            " lead to it."
        ),
        max_length=20,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Shown to the public beside it. Say it so that anybody follows."),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, promise: Promise, scope: Scope, data: Any = None) -> None:
        super().__init__(data, initial={"day": today()})
        self.targets = {target.key: target for target in _targets(promise, scope)}
        fields: dict[str, Any] = self.fields
        fields["to"].choices = [("", _("Choose")), *_grouped(self.targets.values())]


def becomes(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Ask what becomes of a commitment or activity, and send that for approval."""
    scope = Scope(request.user)
    promise = find_as(Promise, kind_named(kind), reference, scope)
    form = BecomesForm(promise, scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _do(promise, form, cast(Any, request.user))
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(
                request, _("Sent for approval. Nothing changes in public until it is published.")
            )
            return redirect(made.get_office_url())
    context = {
        "scope": scope,
        "record": promise,
        "form": form,
        "waiting": plan_life.waiting_of(promise),
    }
    return render(request, "promises/becomes.html", context)


def publish_succession(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step with what becomes of a promise; publishing it changes the promise with it.

    A correction of what was published changes its words alone.
    """
    scope = Scope(request.user)
    succession = find_as(Succession, SUCCESSION, reference, scope)
    makes_official = request.POST.get("step") in ("approve", "publish")
    is_out = succession.status == Status.PUBLISHED
    if is_out or not makes_official or not may(request.user, "approve", kind.area):
        return publish(request, kind, reference)

    def do(by: Any) -> str:
        if request.POST.get("embargo_until") or request.POST.get("expires_at"):
            return _("It takes effect when it is published, and cannot be timed: publish it then.")
        plan_life.settle(succession, by=by)
        return _("Published, and the promise changed with it.")

    press(request, do)
    return redirect(succession.get_office_url())


def _do(promise: Promise, form: BecomesForm, by: Any) -> Succession:
    said = form.cleaned_data
    to, told = form.targets[said["to"]], {"day": said["day"], "why": said["why"], "by": by}
    if said["became"] == Became.MOVED:
        return plan_life.move_promise(
            promise, to=to, printed_reference=said["printed_reference"], **told
        )
    if said["became"] == Became.MERGED:
        return plan_life.merge_promises(promise, into=to, **told)
    return plan_life.supersede_promise(promise, superseded_by=to, **told)


def _targets(promise: Promise, scope: Scope) -> list[Record]:
    """Return where a promise may go: in every plan that has not ended. At most four queries."""
    plans = scope.of(PLAN).exclude(stage=Plan.Stage.ENDED)
    objectives = list(scope.of(OBJECTIVE).filter(parent__in=plans).in_order())
    commitments = list(scope.of(COMMITMENT).filter(parent__in=objectives).in_order())
    found: list[Record] = [*commitments]
    if promise.kind == COMMITMENT.name:
        found = [*objectives, *found]
    else:
        found += scope.of(ACTIVITY).filter(parent__in=commitments).in_order()
    return [one for one in found if one.pk not in (promise.pk, promise.parent_id)]


def _grouped(targets: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in targets:
        printed = getattr(one, "printed_reference", "") or one.reference
        name = one.title if one.kind == OBJECTIVE.name else f"{printed} {one.title}"
        groups.setdefault(str(kind_named(one.kind).plural), []).append((one.key, name[:120]))
    return list(groups.items())
