"""The pages of an update round: fill it row by row, send it for review, review it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.pages.forms import number, press, typed, wants_json
from peelian.pages.views import edit, find, publish
from peelian.promises import operations
from peelian.promises.kinds import ACTIVITY, ROUND
from peelian.promises.models import Progress, ProgressUpdate, Promise, Release, UpdateRound
from peelian.promises.quality import remarks_on
from peelian.promises.rounds import Grid, GridFilter, Row, State, read_grid
from peelian.record.access import may
from peelian.record.clock import today
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.scope import Scope


def edit_round(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Lead to the opening of a round where it is new; else edit it as any record."""
    if not reference:
        return redirect("office-round-open")
    return edit(request, kind, reference)


def grid(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the activities a round asks about, each with a form of its own."""
    read = read_round(request, reference)
    return _page(request, read, saved=request.GET.get("saved", ""))


def save_row(request: HttpRequest, reference: str, activity: str) -> HttpResponse:
    """Save one row: JSON for the script, else back to the row or the page with what went wrong."""
    if request.method != "POST":
        return redirect("office-round-grid", reference)
    read = read_round(request, reference)
    row = row_of(read, activity)
    progress, text = typed(request, "progress"), typed(request, "text")
    if "copy" in request.POST and row.previous:
        row.keep_typed(row.previous.progress, row.previous.text)
        row.note = _("The last update is copied here. Save to keep it.")
        return _page(request, read, keep=activity)
    try:
        operations.record_update(
            row.promise,
            as_at=read.round.as_at,
            progress=progress,
            text=text,
            version=number(request.POST.get("version", "")),
            release=typed(request, "release"),
            by=cast(Any, request.user),
        )
    except RecordError as error:
        read = read_round(request, reference)
        row = row_of(read, activity)
        row.keep_typed(progress, text, typed(request, "release"))
        return _answer(request, read, row, _explain(row, error))
    if wants_json(request):
        read = read_round(request, reference)
        return _answer(request, read, row_of(read, activity), 200)
    query = request.GET.copy()
    query["saved"] = activity
    address = reverse("office-round-grid", args=[reference])
    return redirect(f"{address}?{query.urlencode()}#{row.anchor}")


def remarks(request: HttpRequest, reference: str, activity: str) -> HttpResponse:
    """Return what the checks remark on what stands in a row's form, as a fragment; saves nothing.

    The script asks for it while somebody types.
    """
    if request.method != "POST":
        return redirect("office-round-grid", reference)
    scope = Scope(request.user)
    asked = cast(UpdateRound, find(ROUND, reference, scope))
    found = remarks_on(
        cast(Promise, find(ACTIVITY, activity, scope)),
        progress=typed(request, "progress"),
        text=typed(request, "text"),
        as_at=asked.as_at,
        scope=scope,
    )
    return render(request, "promises/remarks.html", {"remarks": found})


def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Send every saved row of the round for review."""

    def do(by: Any) -> str:
        read = read_round(request, reference)
        saved = [row.update for row in read.in_state(State.SAVED) if row.update]
        sent = len(operations.submit_updates(saved, by=by))
        told = ngettext(
            "%(count)d update sent for review.", "%(count)d updates sent for review.", sent
        )
        return told % {"count": sent}

    press(request, do)
    return redirect("office-round-grid", reference)


def publish_update(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step with one update; making it official takes its promise's status along."""
    scope = Scope(request.user)
    is_timed = request.POST.get("embargo_until") or request.POST.get("expires_at")
    makes_official = request.POST.get("step") in ("approve", "publish") and not is_timed
    if not makes_official or not may(request.user, "approve", kind.area):
        return publish(request, kind, reference)
    update = cast(ProgressUpdate, find(kind, reference, scope))
    try:
        operations.approve_updates([update], by=cast(Any, request.user))
    except RecordError as error:
        messages.error(request, str(error))
    else:
        said = _("The update is approved and published.")
        messages.success(request, said)
    return redirect(update.get_office_url())


# ---- what the pages share ----


def read_round(request: HttpRequest, reference: str) -> Grid:
    """Return a round as whoever asks may see it. Raises Http404."""
    scope = Scope(request.user)
    return read_grid(cast(UpdateRound, find(ROUND, reference, scope)), scope)


def row_of(read: Grid, activity: str) -> Row:
    """Return the row of an activity. Raises Http404."""
    row = read.row(activity)
    if row is None:
        raise Http404
    return row


def _explain(row: Row, error: RecordError) -> int:
    """Put into the row what went wrong, above it what is beside no field; return its status."""
    status = row.refuse(error)
    if row.errors and not {"text", "progress"} & set(row.errors):
        row.note = str(error)
    return status


def _page(
    request: HttpRequest, read: Grid, *, status: int = 200, keep: str = "", saved: str = ""
) -> HttpResponse:
    filters = GridFilter(read, request.GET or None)
    rows = filters.narrow(read.rows, always=keep or saved)
    for row in rows:
        if saved and row.promise.reference == saved:
            row.note = _("Saved.")
            row.read_through(read.round.as_at, Scope(request.user))
    context = {
        "scope": Scope(request.user),
        "grid": read,
        "rows": rows,
        "form": {"errors": any(row.errors or row.theirs for row in rows)},
        "filters": filters,
        "is_closed": bool(read.round.closes_on and read.round.closes_on < today()),
        "may_approve": may(request.user, "approve", ROUND.area),
        "in_review": len(read.in_state(State.IN_REVIEW)),
        "to_submit": len(read.in_state(State.SAVED)),
        "breadcrumbs": breadcrumbs(),
        **_for_rows(request, read),
    }
    return render(request, "promises/round_grid.html", context, status=status)


def _for_rows(request: HttpRequest, read: Grid) -> dict[str, Any]:
    """Return what every row's fragment needs beside the row."""
    query = request.GET.copy()
    query.pop("saved", None)
    return {"round": read.round, "query": query.urlencode()} | {
        "statuses": Progress.choices,
        "releases": Release.choices,
    }


def _answer(request: HttpRequest, read: Grid, row: Row, status: int) -> HttpResponse:
    """Return the one row for the script, or the whole page with it."""
    if not wants_json(request):
        return _page(request, read, status=status, keep=row.promise.reference)
    row.read_through(read.round.as_at, Scope(request.user))
    context = {**_for_rows(request, read), "row": row}
    return JsonResponse(
        {
            "state": row.state,
            "version": row.version,
            "message": row.note or " ".join(row.errors.values()) or str(row.state.label),
            "html": render_to_string("promises/round_row.html", context, request),
            "progress": progress_line(read),
            "to_submit": len(read.in_state(State.SAVED)),
        },
        status=status,
    )


def progress_line(read: Grid) -> str:
    """Return how far the round is, in words."""
    return _("%(updated)d of %(asked)d updated") % {"updated": read.updated, "asked": read.asked}


def breadcrumbs(round_: UpdateRound | None = None) -> list[tuple[str, str]]:
    """Return the way back from a page of a round."""
    crumbs = [
        (_("Back office"), reverse("office-home")),
        (str(ROUND.plural), reverse("office-rounds-list")),
    ]
    if round_:
        crumbs.append((round_.title, reverse("office-round-grid", args=[round_.reference])))
    return crumbs
