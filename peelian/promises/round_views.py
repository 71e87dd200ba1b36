"""The pages of an update round: open it, fill it row by row, send it for review, review it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.pages.forms import press, tell
from peelian.pages.views import edit, find, publish
from peelian.promises import operations
from peelian.promises.kinds import PLAN, ROUND
from peelian.promises.models import Plan, Progress, ProgressUpdate, UpdateRound
from peelian.promises.rounds import Grid, GridFilter, Row, State, read_grid
from peelian.record.access import may
from peelian.record.clock import today
from peelian.record.errors import Invalid, RecordError, Stale
from peelian.record.kinds import Kind
from peelian.record.operations import send_back
from peelian.record.scope import Scope


class RoundForm(forms.Form):
    """Asks for the plan, the day the updates are about, and the last day to enter them."""

    plan: forms.ModelChoiceField[Plan] = forms.ModelChoiceField(
        label=gettext_lazy("Plan"), queryset=None
    )
    as_at = forms.DateField(
        label=gettext_lazy("What day are the updates about?"),
        help_text=gettext_lazy("Usually the last day of a quarter, for example 31/3/2026."),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("When must they be in?"),
        help_text=gettext_lazy("For example 14/4/2026. Rows can still be saved after this day."),
    )

    def __init__(self, scope: Scope, data: Any = None) -> None:
        plans = scope.of(PLAN).exclude(stage=Plan.Stage.ENDED).in_order()
        super().__init__(data, initial={"plan": plans.first()})
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]


def edit_round(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Lead to the opening of a round where it is new; else edit it as any record."""
    if not reference:
        return redirect("office-round-open")
    return edit(request, kind, reference)


def open_round(request: HttpRequest) -> HttpResponse:
    """Ask for a round's plan and days, and open it."""
    scope = Scope(request.user)
    form = RoundForm(scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        plan: Plan = answers.pop("plan")
        try:
            opened = operations.open_round(plan, **answers, by=cast(Any, request.user))
        except RecordError as error:
            tell(form, error)
        else:
            return redirect("office-round-grid", opened.reference)
    context = {"scope": scope, "form": form, "breadcrumbs": _breadcrumbs()}
    return render(request, "promises/round_open.html", context)


def grid(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the activities a round asks about, each with a form of its own."""
    read = _read(request, reference)
    return _page(request, read, saved=request.GET.get("saved", ""))


def save_row(request: HttpRequest, reference: str, activity: str) -> HttpResponse:
    """Save one row: JSON for the script, else back to the row or the page with what went wrong."""
    if request.method != "POST":
        return redirect("office-round-grid", reference)
    read = _read(request, reference)
    row = _row(read, activity)
    progress, text = _typed(request, "progress"), _typed(request, "text")
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
            version=_number(request.POST.get("version", "")),
            by=cast(Any, request.user),
        )
    except RecordError as error:
        read = _read(request, reference)
        row = _row(read, activity)
        status = _explain(row, error, progress, text)
        return _answer(request, read, row, status)
    if _wants_json(request):
        read = _read(request, reference)
        return _answer(request, read, _row(read, activity), 200)
    query = request.GET.copy()
    query["saved"] = activity
    address = reverse("office-round-grid", args=[reference])
    return redirect(f"{address}?{query.urlencode()}#{row.anchor}")


def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Send every saved row of the round for review."""

    def do(by: Any) -> str:
        read = _read(request, reference)
        saved = [row.update for row in read.in_state(State.SAVED) if row.update]
        sent = len(operations.submit_updates(saved, by=by))
        told = ngettext(
            "%(count)d update sent for review.", "%(count)d updates sent for review.", sent
        )
        return told % {"count": sent}

    press(request, do)
    return redirect("office-round-grid", reference)


def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is in review beside what is official; approve and publish it, or send it back."""
    read = _read(request, reference)
    waiting = read.in_state(State.IN_REVIEW)
    chosen = set(request.POST.getlist("update"))
    why, error = request.POST.get("why", "").strip(), ""
    if request.method == "POST":
        picked = [row for row in waiting if row.promise.reference in _references(chosen)]
        if not picked:
            error = _("Select at least one update.")
        elif request.POST.get("step") == "send-back" and not why:
            error = _("Say why you are sending them back.")
        else:
            _decide(request, picked, _versions(chosen), why)
            return redirect("office-round-review", reference)
    context = {
        "scope": Scope(request.user),
        "grid": read,
        "rows": waiting,
        "chosen": _references(chosen),
        "all_chosen": request.GET.get("select") == "all",
        "why": why,
        "error": error,
        "breadcrumbs": _breadcrumbs(read.round),
    }
    return render(request, "promises/round_review.html", context, status=400 if error else 200)


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
        messages.success(request, _said(False, 1))
    return redirect(update.get_office_url())


# ---- what the pages share ----


def _read(request: HttpRequest, reference: str) -> Grid:
    scope = Scope(request.user)
    return read_grid(cast(UpdateRound, find(ROUND, reference, scope)), scope)


def _row(read: Grid, activity: str) -> Row:
    row = read.row(activity)
    if row is None:
        raise Http404
    return row


def _explain(row: Row, error: RecordError, progress: str, text: str) -> int:
    """Put what went wrong into the row with what was typed; return the HTTP status for it."""
    row.keep_typed(progress, text)
    if isinstance(error, Stale):
        row.show_conflict()
        row.note = str(error)
        return 409
    if isinstance(error, Invalid):
        row.errors = {name: " ".join(said) for name, said in error.errors.items()}
        row.note = "" if {"text", "progress"} & set(row.errors) else str(error)
    else:
        row.note = str(error)
    return 400


def _page(
    request: HttpRequest, read: Grid, *, status: int = 200, keep: str = "", saved: str = ""
) -> HttpResponse:
    filters = GridFilter(read, request.GET or None)
    rows = filters.narrow(read.rows, always=keep or saved)
    for row in rows:
        if saved and row.promise.reference == saved:
            row.note = _("Saved.")
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
        "breadcrumbs": _breadcrumbs(),
        **_for_rows(request, read),
    }
    return render(request, "promises/round_grid.html", context, status=status)


def _for_rows(request: HttpRequest, read: Grid) -> dict[str, Any]:
    """Return what every row's fragment needs beside the row."""
    query = request.GET.copy()
    query.pop("saved", None)
    return {"round": read.round, "query": query.urlencode(), "statuses": Progress.choices}


def _answer(request: HttpRequest, read: Grid, row: Row, status: int) -> HttpResponse:
    """Return the one row for the script, or the whole page with it."""
    if not _wants_json(request):
        return _page(request, read, status=status, keep=row.promise.reference)
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


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _typed(request: HttpRequest, name: str) -> str:
    """Return what was typed, with plain line ends and without what no database keeps."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _breadcrumbs(round_: UpdateRound | None = None) -> list[tuple[str, str]]:
    crumbs = [
        (_("Back office"), reverse("office-home")),
        (str(ROUND.plural), reverse("office-rounds-list")),
    ]
    if round_:
        crumbs.append((round_.title, reverse("office-round-grid", args=[round_.reference])))
    return crumbs


# ---- deciding ----


def _versions(chosen: Iterable[str]) -> dict[str, int]:
    """Return the version that was read of each activity's update, from `reference:version`."""
    pairs = (value.rpartition(":") for value in chosen)
    return {reference: _number(version) or 0 for reference, _sep, version in pairs}


def _references(chosen: Iterable[str]) -> set[str]:
    return set(_versions(chosen))


def _decide(request: HttpRequest, rows: list[Row], read_at: dict[str, int], why: str) -> None:
    """Take the step for each row by itself, so that one refusal does not hold up the rest."""
    done = 0
    refused: dict[str, list[str]] = {}
    for row in rows:
        update = cast(ProgressUpdate, row.update)
        update.version = read_at[row.promise.reference]
        try:
            if request.POST.get("step") == "send-back":
                send_back(update, by=cast(Any, request.user), why=why)
            else:
                operations.approve_updates([update], by=cast(Any, request.user))
            done += 1
        except RecordError as error:
            refused.setdefault(str(error), []).append(row.printed)
    if done:
        messages.success(request, _said(request.POST.get("step") == "send-back", done))
    for sentence, names in refused.items():
        messages.error(request, f"{', '.join(names)}: {sentence}")


def _said(sent_back: bool, count: int) -> str:
    if sent_back:
        told = ngettext("%(count)d update sent back.", "%(count)d updates sent back.", count)
    else:
        told = ngettext(
            "%(count)d update approved and published.",
            "%(count)d updates approved and published.",
            count,
        )
    return told % {"count": count}
