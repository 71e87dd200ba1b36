"""The year of themes, one theme with all that was asked, and the commissioner's three lists."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from peelian.holding.asked import taken
from peelian.holding.kinds import ENQUIRY, NOTE, THEME
from peelian.holding.mine import Own, lists_of
from peelian.holding.models import Theme
from peelian.holding.year import year_of, years_with_themes
from peelian.law.dates import FinancialYear
from peelian.pages.views import find_as, frame, scope_for
from peelian.record import clock
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


def show_year(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show a year's themes month by month, what has been taken, which objective had none."""
    scope = scope_for(request, office)
    years = years_with_themes(scope, clock.today())
    context = {
        "scope": scope,
        "found": year_of(_year(request, years), scope),
        "years": years,
        "list_url": reverse(scope.name("themes-list")),
        "may_edit": office and may(request.user, "edit", THEME.area),
    }
    return render(request, "holding/year.html", context)


def _year(request: HttpRequest, years: list[FinancialYear]) -> FinancialYear:
    """Return the year that is asked for; Http404 for one without themes, else the newest begun."""
    asked = request.GET.get("year", "")
    if asked:
        found = next((year for year in years if year.key == asked), None)
        if found is None:
            raise Http404
        return found
    today = clock.today()
    return next((year for year in years if year.first <= today), years[-1])


def show_theme(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a theme: what is asked, what was answered, what was said before and what is so now."""
    scope = scope_for(request, office)
    theme = find_as(Theme, kind, reference, scope)
    [one] = taken([theme], scope)
    new = urlencode({"parent": theme.pk, "number": len(one.asked) + 1})
    context = frame(request, kind, theme, scope) | {
        "one": one,
        "note": scope.of(NOTE).filter(parent=one.meeting, issue__gt=0).first()
        if one.meeting
        else None,
        "may_edit": office and may(request.user, "edit", THEME.area),
        "may_answer": office and may(request.user, "edit", THEME.area) and _is_over(one.meeting),
        "new_url": f"{reverse(f'office-{ENQUIRY.slug}-new')}?{new}",
    }
    return render(request, "holding/theme.html", context)


def _is_over(meeting: Any) -> bool:
    return meeting is not None and meeting.held_on <= clock.today()


def show_lists(request: HttpRequest) -> HttpResponse:
    """Show what the commissioner promised, what is done and what is stuck."""
    scope = Scope(request.user)
    found = lists_of(scope, clock.today())
    lists: list[tuple[Any, Any, Any, list[Own]]] = [
        ("stuck", _("Stuck"), _("Nothing is stuck."), list(found.stuck)),
        ("promised", _("Promised and under way"), _("Nothing is open."), list(found.promised)),
        ("done", _("Done within a year"), _("Nothing was closed."), list(found.done)),
    ]
    context = {
        "scope": scope,
        "lists": lists,
        "breadcrumbs": [(_("Holding to account"), reverse("office-holding"))],
    }
    return render(request, "holding/lists.html", context)
