"""The pages of holds: which there are, a new one, one with its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.pages.forms import tell
from peelian.record.access import may
from peelian.record.errors import RecordError
from peelian.record.scope import Scope
from peelian.retention import holds, operations
from peelian.retention.forms import HoldForm, WhyForm
from peelian.retention.models import Hold


def list_holds(request: HttpRequest) -> HttpResponse:
    """Show every hold, running or lifted, the newest first."""
    user: Any = request.user
    context = {
        "scope": Scope(user),
        "rows": [(one, holds.covers(one)) for one in holds.every()],
        "may_place": may(user, "edit", operations.AREA),
        "breadcrumbs": _crumbs()[:1],
    }
    return render(request, "retention/holds.html", context)


def place(request: HttpRequest) -> HttpResponse:
    """Ask what is held and why, and hold it: `?record=undertaking/7` fills one in."""
    user: Any = request.user
    scope = Scope(user)
    if request.method == "POST":
        form = HoldForm(scope, request.POST)
        if form.is_valid() and (made := _placed(form, user)):
            messages.success(request, _("It is held from now on."))
            return redirect(made.get_absolute_url())
    else:
        form = HoldForm(scope, initial={"records": "\n".join(request.GET.getlist("record"))})
    context = {"scope": scope, "form": form, "breadcrumbs": _crumbs()}
    return render(request, "retention/hold_new.html", context)


def _placed(form: HoldForm, user: Any) -> Hold | None:
    """Return the hold, or None having told the form what was wrong."""
    values = dict(form.cleaned_data)
    records = values.pop("records")
    try:
        return operations.place_hold(values, records, by=user)
    except RecordError as error:
        tell(form, error)
    return None


def show_hold(request: HttpRequest, hold: int) -> HttpResponse:
    """Show a hold: what it covers, since when and why, and how it ended if it did."""
    found = _find(hold)
    user: Any = request.user
    context = {
        "scope": Scope(user),
        "hold": found,
        "covers": holds.covers(found),
        "may_lift": may(user, "approve", operations.AREA) and not hasattr(found, "lifting"),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "retention/hold.html", context)


def lift(request: HttpRequest, hold: int) -> HttpResponse:
    """Ask why a hold ends, and end it."""
    found = _find(hold)
    form = WhyForm(request.POST if request.method == "POST" else None)
    form.fields["why"].help_text = _("This stays with the hold for good.")
    actor: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            operations.lift_hold(found, by=actor, why=form.cleaned_data["why"])
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The hold is lifted."))
            return redirect(found.get_absolute_url())
    context = {
        "scope": Scope(request.user),
        "hold": found,
        "covers": holds.covers(found),
        "form": form,
        "breadcrumbs": _crumbs(),
    }
    return render(request, "retention/hold_lift.html", context)


def _find(pk: int) -> Hold:
    found = holds.hold(pk)
    if found is None:
        raise Http404
    return found


def _crumbs() -> list[tuple[str, str]]:
    return [
        (_("Retention"), reverse("office-retention")),
        (_("Holds"), reverse("office-retention-holds")),
    ]
