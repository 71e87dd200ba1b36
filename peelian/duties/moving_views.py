"""“Moving to a mayor or board”: what the change of model means, and what goes over with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import calendar, words
from peelian.duties.calendar import Duty
from peelian.duties.moving import (
    Change,
    Open,
    next_change,
    open_duties,
    open_records,
    switch,
)
from peelian.pages import export
from peelian.record import clock
from peelian.record.scope import Scope

HEAD = (
    gettext_lazy("What"),
    gettext_lazy("Title"),
    gettext_lazy("Due"),
    gettext_lazy("Reference"),
)


class WhatIfForm(forms.Form):
    """Asks for a change to look at before the office's settings have one."""

    on = forms.DateField(label=gettext_lazy("Day of the change"))
    model = forms.ChoiceField(label=gettext_lazy("Becomes"), choices=[*words.BODY_MODELS.items()])


def show_moving(request: HttpRequest) -> HttpResponse:
    """Show the change that is set, or `?on=2028-05-08&model=mayor`, and what is open on its day."""
    scope, office, today = Scope(request.user), calendar.office(), clock.today()
    form, change, is_set = _asked(request)
    context: dict[str, Any] = {
        "form": form,
        "change": change,
        "is_set": is_set,
        "breadcrumbs": [(_("Duties"), reverse("office-duties"))],
    }
    if change:
        clocks, missing = open_duties(change, scope, today)
        context |= {
            "switch": switch(change, calendar.rules(), office),
            "before": words.BODY_MODELS[change.before],
            "after": words.BODY_MODELS[change.after],
            "clocks": clocks,
            "missing": missing,
            "records": open_records(scope),
            "asked": "" if is_set else f"?on={change.on:%Y-%m-%d}&model={change.after}",
        }
    return render(request, "duties/moving.html", context)


def export_moving(request: HttpRequest, form: str) -> HttpResponse:
    """Download what is open on the day of the change, as CSV or XLSX."""
    scope = Scope(request.user)
    _form, change, _is_set = _asked(request)
    rows: list[Open] = []
    if change:
        clocks, missing = open_duties(change, scope, clock.today())
        rows = [_row(_("Open clock"), duty) for duty in clocks]
        rows += [_row(_("No proof recorded"), duty) for duty in missing]
        rows += open_records(scope)
    body = [[str(row.what), row.title, row.due, row.key] for row in rows]
    head = [str(name) for name in HEAD]
    response: HttpResponse = export.respond("open-on-the-day", head, body, form)
    return response


def _row(what: str, duty: Duty) -> Open:
    occurrence = duty.occurrence
    title = f"{duty.rule.title}, {occurrence.occasion}"
    return Open(what, title, occurrence.due, occurrence.key, duty.url)


def _asked(request: HttpRequest) -> tuple[WhatIfForm, Change | None, bool]:
    """Return the form, the change to look at, and whether it is the one that is set."""
    office, today = calendar.office(), clock.today()
    known = next_change(office, today)
    if "on" in request.GET:
        form = WhatIfForm(request.GET)
        if form.is_valid():
            on, model = form.cleaned_data["on"], form.cleaned_data["model"]
            return form, Change(on, office.model_on(on - dt.timedelta(days=1)), model), False
        return form, known, known is not None
    begun = {"on": known.on, "model": known.after} if known else {"model": "mayor"}
    return WhatIfForm(initial=begun), known, known is not None
