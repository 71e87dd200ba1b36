"""The page of a body: who sits on it today or on any day, what is vacant, what two-thirds are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.pages import tables
from peelian.pages.related import related
from peelian.pages.views import find_as, frame, scope_for
from peelian.people.kinds import MEMBERSHIP, SEAT
from peelian.people.membership import (
    Roll,
    Sitting,
    Vacancy,
    counted_in_words,
    needed_in_words,
    roll_of,
)
from peelian.people.models import Body
from peelian.record import clock
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

Cell = dict[str, Any] | str


class DayForm(forms.Form):
    """The day on which to look: `?on=2019-11-27`; nothing is today."""

    on = forms.DateField(
        label=gettext_lazy("Members on"),
        required=False,
        error_messages={"invalid": gettext_lazy("Give a day like 2019-11-27 or 27/11/2019.")},
    )

    def day(self) -> dt.date:
        """Return the day asked for; today where none, or none that there is, was asked for."""
        asked: dt.date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return asked or clock.today()


def show_body(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a body with its members on a day; a day that is none is told, and today's are shown."""
    scope = scope_for(request, office)
    body = find_as(Body, kind, reference, scope)
    form = DayForm(request.GET if "on" in request.GET else {"on": ""})
    day, roll = form.day(), roll_of(body, scope)
    seen = scope.by_id([body.area_id, body.parent_id])
    groups, page = related(
        body, scope, request.GET.get("page"), without=[SEAT] if roll.has_members else ()
    )
    context = frame(request, kind, body, scope) | {
        "facts": _facts(body, seen, scope),
        "form": form,
        "day": day,
        "is_today": day == clock.today(),
        "groups": groups,
        "page": page,
        **_sitting(roll, day, scope),
    }
    return render(request, "people/body.html", context, status=200 if form.is_valid() else 400)


def _facts(body: Body, seen: dict[int, Record], scope: Scope) -> list[tuple[str, Cell]]:
    """Return names and values of what is known of the body itself."""
    whole, area = seen.get(body.parent_id or 0), seen.get(body.area_id or 0)
    facts: list[tuple[str, Cell]] = [
        (_("Form"), str(body.get_form_display())),
        (_("Part of"), _link(whole, whole.title if whole else "", scope)),
        (_("Also known as"), body.also_known_as),
        (_("Area"), _link(area, area.title if area else "", scope)),
    ]
    return [(label, value) for label, value in facts if value]


def _sitting(roll: Roll, day: dt.date, scope: Scope) -> dict[str, Any]:
    """Return the tables of who sat on the body on a day, and the numbers that follow."""
    members, vacancies = roll.members(day), roll.vacancies(day)
    edits = not scope.is_public and may(scope.user, "edit", "people")
    drafts = [s for s in members if s.membership.status != Status.PUBLISHED]
    return {
        "roll": roll,
        "is_panel": roll.body.form == Body.Form.PANEL,
        "counted": counted_in_words(len(members), len(vacancies)),
        "needed": needed_in_words(len(members)) if members else "",
        "has_chair": any(s.standing == "chair" for s in members),
        "unpublished": 0 if scope.is_public else len(drafts),
        "edits": edits,
        "add_urls": _add_urls(roll.body) if edits else [],
        "balance_url": "" if scope.is_public else _balance_url(roll.body),
        **_members(members, scope, edits),
        **_vacancies(vacancies, scope),
        "other_head": [_("Name"), _("Role"), _("From"), _("Until")],
        "others": [_served(s, scope) for s in roll.others(day)],
        "past": [_served(s, scope) for s in roll.past(day)],
    }


def _members(members: list[Sitting], scope: Scope, edits: bool) -> dict[str, Any]:
    """Return the table of members without the columns in which nothing is recorded."""
    head = [_("Name"), _("Role"), _("Seat"), _("Nominated by"), _("Party"), _("Term ends")]
    rows = [_member(sitting, scope) for sitting in members]
    if edits:
        head.append(_("Change"))
        rows = [[*row, _change(sitting)] for row, sitting in zip(rows, members, strict=True)]
    head, rows = _filled(head, rows)
    return {"member_head": head, "members": rows}


def _filled(head: list[str], rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Return a table without the columns that are empty in every row."""
    said = [n for n, _name in enumerate(head) if any(row[n] for row in rows)]
    return [head[n] for n in said], [[row[n] for n in said] for row in rows]


def _member(sitting: Sitting, scope: Scope) -> list[Cell]:
    seat, authority = sitting.seat, sitting.authority
    return [
        _link(sitting.person, sitting.name, scope),
        _link(sitting.role, sitting.role.title if sitting.role else "", scope),
        _link(seat, (seat.get_basis_display() or seat.title) if seat else "", scope),
        _link(authority, authority.title if authority else "", scope),
        sitting.membership.party,
        tables.display(sitting.membership.term_ends_on),
    ]


def _change(sitting: Sitting) -> Cell:
    address = reverse(f"office-{MEMBERSHIP.slug}-edit", args=[sitting.membership.reference])
    hidden = format_html('<span class="govuk-visually-hidden"> {}</span>', sitting.name)
    return {"text": format_html("{}{}", _("Change"), hidden), "url": address}


def _vacancies(vacancies: list[Vacancy], scope: Scope) -> dict[str, Any]:
    """Return the table of vacant seats."""
    head, rows = _filled(
        [_("Seat"), _("How it is filled"), _("Nominated by"), _("Vacant since")],
        [_vacancy(vacancy, scope) for vacancy in vacancies],
    )
    return {"vacancy_head": head, "vacancies": rows}


def _vacancy(vacancy: Vacancy, scope: Scope) -> list[Cell]:
    seat, authority = vacancy.seat, vacancy.authority
    return [
        _link(seat, seat.title, scope),
        str(seat.get_basis_display()),
        _link(authority, authority.title if authority else "", scope),
        tables.display(vacancy.since) or _("Not recorded"),
    ]


def _served(sitting: Sitting, scope: Scope) -> list[Cell]:
    one = sitting.membership
    return [
        _link(sitting.person, sitting.name, scope),
        _link(one, sitting.role.title if sitting.role else one.title, scope),
        tables.display(one.starts_on) or _("Not recorded"),
        {"text": tables.display(one.ends_on), "note": one.note},
    ]


def _link(record: Record | None, words: str, scope: Scope) -> Cell:
    return {"text": words, "url": scope.url(record)} if record else words


def _add_urls(body: Body) -> list[tuple[str, str]]:
    """Return `(words, address)` of what may be added to a body."""
    return [
        (_("Add a member"), reverse(f"office-{MEMBERSHIP.slug}-new")),
        (_("Add a seat"), f"{reverse(f'office-{SEAT.slug}-new')}?body={body.pk}"),
    ]


def _balance_url(body: Body) -> str:
    if body.form != Body.Form.PANEL:
        return ""
    return reverse("office-bodies-balance", args=[body.reference])
