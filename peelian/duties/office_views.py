"""The office's calendar: how every duty stands, whose it is; and who owns which rule."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties import calendar, words
from peelian.duties.calendar import Duty
from peelian.duties.feed import own_token
from peelian.duties.filters import MINE, OfficeFilter, chosen_year
from peelian.duties.kinds import DUTY_OWNER, PROOF
from peelian.duties.owners import read_owners
from peelian.duties.proofs import LOOKS, State
from peelian.duties.views import DOWNLOAD, by_month, download_row
from peelian.law.calendar import standing
from peelian.law.dates import FinancialYear
from peelian.pages import export
from peelian.record import clock
from peelian.record.access import may
from peelian.record.scope import Scope


def show_duties(request: HttpRequest) -> HttpResponse:
    """Show the year's duties with their states and owners: `?state=overdue&owner=mine`."""
    year, years, filters, duties, counts = _chosen(request)
    at = years.index(year)
    user: Any = request.user
    today = clock.today()
    here = calendar.office()
    context = {
        "year": year,
        "earlier": years[at - 1] if at else None,
        "later": years[at + 1] if at + 1 < len(years) else None,
        "filters": filters,
        "is_filtered": filters.is_filtered,
        "counts": [(s, s.label, LOOKS[s], counts[s]) for s in State if counts[s]],
        "months": by_month(duties),
        "count": len(duties),
        "month": today if year.first <= today <= year.last else year.first,
        "steady": len(standing(calendar.rules(), office=here, on=today)),
        "scope": Scope(user),
        "mine": MINE,
        "may_prove": may(user, "edit", PROOF.area),
        "own_feed": reverse("calendar-own-feed", args=[own_token(user)]),
    }
    return render(request, "duties/office.html", context)


def export_duties(request: HttpRequest, form: str) -> HttpResponse:
    """Download what the office's calendar shows, with the same filters, as CSV or XLSX."""
    year, _years, _filters, duties, _counts = _chosen(request)
    head = [*(str(name) for name in DOWNLOAD), _("Owner")]
    rows = [[*download_row(duty), duty.owner.title if duty.owner else ""] for duty in duties]
    response: HttpResponse = export.respond(f"duties-{year.key}", head, rows, form)
    return response


def _chosen(
    request: HttpRequest,
) -> tuple[FinancialYear, list[FinancialYear], OfficeFilter, list[Duty], Counter[State]]:
    """Return the year, all years, the filters, what they leave, and how all the year's stand."""
    year, years = chosen_year(request.GET.get("year"))
    duties = calendar.due_between(year.first, year.last, scope=Scope(request.user))
    filters = OfficeFilter(request.GET, years, year, duties=duties, user=request.user)
    counts = Counter(duty.state for duty in duties if duty.state)
    return year, years, filters, filters.narrow(duties), counts


def list_owners(request: HttpRequest) -> HttpResponse:
    """Show who owns each rule that binds the office, by owner, and who acts for them."""
    user: Any = request.user
    owners = read_owners(Scope(user))
    bound = [rule for rule in calendar.rules() if calendar.binds(rule)]
    by_owner: dict[str, list[Any]] = {}
    for rule in bound:
        by_owner.setdefault(owners.of(rule).title, []).append(rule)
    context = {
        "owners": [
            (title, owners.of(rules[0]), rules)
            for title, rules in sorted(by_owner.items(), key=lambda pair: pair[0].casefold())
        ],
        "roles": words.ROLES.items(),
        "may_edit": may(user, "edit", DUTY_OWNER.area),
        "breadcrumbs": [(_("Duties"), reverse("office-duties"))],
    }
    return render(request, "duties/owners.html", context)
