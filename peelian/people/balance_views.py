"""The report on a panel's balance, as a page and as a file of who sits for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.pages import export
from peelian.pages.tables import number
from peelian.pages.views import find_as
from peelian.people.balance import Balance, Limit, balance, without_member
from peelian.people.body_views import DayForm
from peelian.people.kinds import BODY
from peelian.people.membership import Roll, counted_in_words, roll_of
from peelian.people.models import Body
from peelian.record.scope import Scope


def show_balance(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how balanced a panel is, `?on=` a day; a day that is none is told."""
    scope = Scope(request.user)
    form, roll = _asked(request, reference, scope)
    told = balance(roll, form.day(), scope)
    address = reverse("office-bodies-balance", args=[reference])
    context = {
        "scope": scope,
        "kind": BODY,
        "record": roll.body,
        "form": form,
        "day": form.day(),
        "counted": counted_in_words(len(told.members), told.vacancies),
        "without_member": without_member(told),
        "unjudged": told.unjudged,
        "limit_head": [_("Members"), number(_("Found")), _("In law"), _("As in law")],
        "limits": [[li.what, number(li.found), li.law, _kept(li)] for li in told.limits],
        **_tables(told, scope),
        "csv_url": address.rstrip("/") + ".csv",
        "xlsx_url": address.rstrip("/") + ".xlsx",
    }
    return render(request, "people/balance.html", context, status=200 if form.is_valid() else 400)


def export_balance(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Download every seat that is held, and every vacant one, with what the report counts."""
    scope = Scope(request.user)
    asked, roll = _asked(request, reference, scope)
    if not asked.is_valid():
        raise Http404
    response: HttpResponse = export.respond(
        f"balance-{reference}", _head(), _lines(roll, asked.day()), form
    )
    return response


def _asked(request: HttpRequest, reference: str, scope: Scope) -> tuple[DayForm, Roll]:
    body = find_as(Body, BODY, reference, scope)
    form = DayForm(request.GET if "on" in request.GET else {"on": ""})
    return form, roll_of(body, scope)


def _kept(limit: Limit) -> str:
    return {True: _("Yes"), False: _("No"), None: _("Cannot be judged")}[limit.holds]


def _tables(told: Balance, scope: Scope) -> dict[str, Any]:
    """Return the report's tables: by authority, by area, by party."""
    return {
        "authority_head": [_("Authority"), number(_("Members")), number(_("Vacant seats"))],
        "authorities": [
            [{"text": one.title, "url": scope.url(one)}, number(held), number(vacant)]
            for one, held, vacant in told.authorities
        ],
        "authority_foot": [_("Authority not recorded"), number(told.unknown), number("")],
        "area_head": [_("Area"), number(_("Members of its authorities"))],
        "areas": [
            [{"text": one.title, "url": scope.url(one)}, number(held)] for one, held in told.areas
        ],
        "area_foot": [_("Part of the area not recorded"), number(told.placeless)],
        "party_head": [_("Party"), number(_("Members"))],
        "parties": [[party or _("Not recorded"), number(n)] for party, n in told.parties],
    }


def _head() -> list[str]:
    return [
        *(_("Seat"), _("How it is filled"), _("Nominated by"), _("Name"), _("Role"), _("Party")),
        *(_("From"), _("Term ends")),
    ]


def _lines(roll: Roll, day: dt.date) -> list[list[Any]]:
    held = [
        [
            s.seat.title if s.seat else "",
            str(s.seat.get_basis_display()) if s.seat else "",
            s.authority.title if s.authority else "",
            s.name,
            s.role.title if s.role else "",
            s.membership.party,
            s.membership.starts_on,
            s.membership.term_ends_on,
        ]
        for s in roll.members(day)
    ]
    vacant = [
        [
            v.seat.title,
            str(v.seat.get_basis_display()),
            v.authority.title if v.authority else "",
            _("Vacant"),
            *("", ""),
            v.since,
            None,
        ]
        for v in roll.vacancies(day)
    ]
    return held + vacant
