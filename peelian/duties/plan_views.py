"""“What can still be done, and by whom”: public, and the office's."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.dated import duty_with_key
from peelian.duties.owners import read_owners
from peelian.duties.plan import acts, planned
from peelian.pages.views import scope_for
from peelian.record import clock
from peelian.record.scope import Scope

# The duties ahead that are offered.
_AHEAD = timedelta(days=400)


def show_plan(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show the steps towards one duty, `?key=precept/2019-20/panel-report`, else the next."""
    scope, today = scope_for(request, office), clock.today()
    owners = read_owners(scope) if office else None
    coming = calendar.due_between(today, today + _AHEAD, scope=scope, owners=owners)
    offered = planned(coming)
    key = request.GET.get("key")
    duty = duty_with_key(key, scope) if key else next(iter(offered), None)
    if key and duty is None:
        raise Http404
    nation = calendar.office().jurisdiction
    context = {
        "duty": duty,
        "acts": acts(duty, today, nation, owners, _asked_for(duty, scope)) if duty else [],
        "offered": [one for one in offered if duty and one.occurrence.key != duty.occurrence.key],
        "today": today,
        "scope": scope,
        "here": reverse(scope.name("calendar-plan")),
        "breadcrumbs": [
            (_("Duties"), reverse("office-duties"))
            if office
            else (_("Calendar"), reverse("calendar"))
        ],
    }
    return render(request, "duties/plan.html", context)


def _asked_for(duty: Duty, scope: Scope) -> list[Duty]:
    """Return the duties that the steps towards another one are."""
    wanted = {step.rule for step in duty.steps if step.rule}
    if not wanted:
        return []
    first, last = duty.steps[0].on, duty.occurrence.due
    return calendar.due_between(first, last, scope=scope, only=wanted)
