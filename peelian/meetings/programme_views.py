"""The pages of the work programme: the board, moving an item, and what the law asks in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.duties.filters import chosen_year
from peelian.meetings.kinds import WORK_PROGRAMME
from peelian.meetings.models import Meeting, WorkProgrammeItem
from peelian.meetings.programme import (
    Column,
    Placed,
    Programme,
    bodies_of,
    panel_of,
    programme_of,
)
from peelian.meetings.programme_forms import NOWHERE, BodyForm, MoveForm
from peelian.meetings.programme_moves import move_item, moves_of, open_meetings, standing_of
from peelian.meetings.programme_slots import (
    Slot,
    Standing,
    place_slots,
    slots_in,
    slots_of_items,
    unnamed,
)
from peelian.pages.forms import press, tell
from peelian.pages.tables import display
from peelian.pages.views import find_as, scope_for
from peelian.record import clock
from peelian.record.access import may
from peelian.record.errors import RecordError
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

MOVES_SHOWN = 30


def show_board(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show a body's work programme by meeting, `?body=body/reference`, else the panel's."""
    scope = scope_for(request, office)
    bodies = bodies_of(scope)
    body = _chosen(request, bodies)
    board = programme_of(body, scope, clock.today()) if body else Programme()
    may_edit = office and may(request.user, "edit", WORK_PROGRAMME.area)
    panel = panel_of(scope) if office else None
    context: dict[str, Any] = {
        "scope": scope,
        "body": body,
        "breadcrumbs": [(_("Meetings"), reverse(scope.name("meetings-list")))],
        "form": BodyForm(bodies, body) if len(bodies) > 1 else None,
        **_shown(board, slots_of_items(scope, clock.today()) if may_edit else None),
        "may_edit": may_edit,
        "list_url": reverse(scope.name("work-programme-list")),
    }
    if office and body:
        context |= {
            "new_url": f"{reverse('office-work-programme-new')}?{urlencode({'body': body.pk})}",
            "is_panel": panel is not None and panel.pk == body.pk,
            **_moved(board, scope),
        }
    return render(request, "meetings/programme.html", context)


def _chosen(request: HttpRequest, bodies: Sequence[Record]) -> Record | None:
    """Return the body asked for, else the first. Http404 for one there is not."""
    asked = request.GET.get("body")
    if not asked:
        return bodies[0] if bodies else None
    for body in bodies:
        if body.key == asked:
            return body
    raise Http404


def _shown(board: Programme, slots: Mapping[int, Slot] | None) -> dict[str, Any]:
    """Return the board as the template reads it: each item with where it may be moved.

    `slots` are the duties of items, or None to whom may move none.
    """
    planned = [] if slots is None else [c.meeting for c in board.ahead if not c.is_cancelled]

    def lines(items: Sequence[Placed]) -> list[dict[str, Any]]:
        return [
            {"placed": one, **_steps(one, planned, (slots or {}).get(one.item.pk))} for one in items
        ]

    def columns(found: Sequence[Column]) -> list[dict[str, Any]]:
        return [{"column": one, "lines": lines(one.items)} for one in found]

    return {
        "ahead": columns(board.ahead),
        "dated": lines(board.dated),
        "undated": lines(board.undated),
        "past": columns(board.past),
        "is_empty": not (board.items or board.ahead),
    }


def _steps(one: Placed, planned: Sequence[Meeting], slot: Slot | None) -> dict[str, str]:
    """Return the next meeting before and after the one at which an item stands, by reference.

    And which places its duty refuses, with the reason.
    """
    refused = {m.reference: slot.refuses(m) for m in planned} if slot else {}
    refused |= {NOWHERE: slot.refuses(None)} if slot else {}
    refused = {name: why for name, why in refused.items() if why}
    day = one.meeting.held_on if one.meeting else None
    free = [m for m in planned if m.reference not in refused]
    earlier = [m.reference for m in free if day and m.held_on < day]
    later = [m.reference for m in free if day is None or m.held_on > day]
    return {
        "earlier": earlier[-1] if earlier else "",
        "later": later[0] if later else "",
        "refused": " ".join(refused),
        "why_not": next(iter(refused.values()), ""),
    }


def _moved(board: Programme, scope: Scope) -> dict[str, Any]:
    """Return what moved on a board as a table, the newest first."""
    moves = moves_of((one.item for one in board.items), scope)
    return {
        "moves_head": [_("Item"), _("When"), _("From"), _("To"), _("Why"), _("By")],
        "moves": [
            [
                {"text": move.item.title, "url": scope.url(move.item)},
                {"text": display(move.at)},
                move.before,
                move.after,
                move.why,
                {"text": move.by, "note": move.outcome},
            ]
            for move in moves[:MOVES_SHOWN]
        ],
        "moves_left": max(len(moves) - MOVES_SHOWN, 0),
    }


def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask where an item goes and why, `?to=` a meeting or `none`, and move it."""
    scope = Scope(request.user)
    item = find_as(WorkProgrammeItem, WORK_PROGRAMME, reference, scope)
    now = standing_of(item, scope)
    meetings = open_meetings(now, scope)
    form = MoveForm(now, meetings, request.POST or None, to=request.GET.get("to", ""))
    if request.method == "POST" and form.is_valid() and (moved := _moved_to(request, form, item)):
        waits = moved.status == Status.PUBLISHED
        sent = _("Sent for review. The public reads the old place until somebody approves it.")
        place = form.target.title if form.target else _("No date")
        messages.success(request, sent if waits else _("Moved to: %(place)s.") % {"place": place})
        return redirect(f"{_board_url(now, form.target)}#{item.reference}")
    context = {
        "scope": scope,
        "form": form,
        "now": now,
        "has_choice": bool(form.fields["to"].choices),  # type: ignore[attr-defined]
        "back_url": _board_url(now, None),
        "breadcrumbs": [(_("Work programme"), _board_url(now, None))],
    }
    return render(request, "meetings/programme_move.html", context)


def _moved_to(request: HttpRequest, form: MoveForm, item: WorkProgrammeItem) -> Record | None:
    """Return the moved item, or None having told the form what was wrong."""
    actor: Any = request.user
    version, why = form.cleaned_data["version"], form.cleaned_data["why"]
    try:
        return move_item(item, form.target, version=version, by=actor, why=why)
    except RecordError as error:
        tell(form, error)
    return None


def _board_url(now: Placed, to: Meeting | None) -> str:
    """Return the address of the board on which an item stands."""
    meeting = to or now.meeting
    body = meeting.body if meeting else now.item.body
    asked = f"?{urlencode({'body': body.key})}" if body else ""
    return reverse("office-programme") + asked


def show_slots(request: HttpRequest) -> HttpResponse:
    """Show what the law asks of the panel in a year, `?year=2026-27`, and what is placed of it."""
    scope = Scope(request.user)
    year, years = chosen_year(request.GET.get("year"))
    found = slots_in(year, scope, clock.today())
    context = {
        "scope": scope,
        "breadcrumbs": [(_("Work programme"), reverse("office-programme"))],
        "year": year,
        "years": [one for one in years if one.last >= clock.today()],
        "slots": found,
        "to_place": sum(slot.standing == Standing.OPEN for slot in found),
        "without": [slot for slot in found if slot.standing == Standing.NONE],
        "unnamed": list(unnamed(scope)),
        "may_edit": may(request.user, "edit", WORK_PROGRAMME.area),
    }
    return render(request, "meetings/programme_duties.html", context)


def place(request: HttpRequest) -> HttpResponse:
    """Place what the law asks in a year as drafts, and show the year."""
    year, _years = chosen_year(request.POST.get("year"))

    def do(by: Any) -> str:
        made = len(place_slots(year, by=by))
        said = ngettext(
            "%(n)s item was placed as a draft.", "%(n)s items were placed as drafts.", made
        )
        return said % {"n": made} if made else _("Nothing was left to place.")

    press(request, do)
    return redirect(f"{reverse('office-programme-duties')}?{urlencode({'year': year.key})}")
