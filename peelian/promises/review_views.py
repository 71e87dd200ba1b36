"""The second pair of eyes in a round: part by part, line by line, or all that did not change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.pages.forms import number, press, typed
from peelian.promises import operations
from peelian.promises.comments import comment
from peelian.promises.models import ProgressUpdate
from peelian.promises.review import read_review
from peelian.promises.round_views import breadcrumbs, read_round, row_of
from peelian.promises.rounds import Row, State
from peelian.record.errors import Invalid, RecordError
from peelian.record.operations import send_back
from peelian.record.scope import Scope


def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is in review beside what is official; approve and publish it, or send it back."""
    grid, scope = read_round(request, reference), Scope(request.user)
    chosen = set(request.POST.getlist("update"))
    why, error = request.POST.get("why", "").strip(), ""
    part = request.POST.get("part") or request.GET.get("part", "")
    if request.method == "POST":
        waiting = grid.in_state(State.IN_REVIEW)
        picked = [row for row in waiting if row.promise.reference in _references(chosen)]
        if not picked:
            error = _("Select at least one update.")
        elif request.POST.get("step") == "send-back" and not why:
            error = _("Say why you are sending them back.")
        else:
            _decide(request, picked, _versions(chosen), why)
            return redirect(_here(reference, part))
    found = read_review(
        grid,
        scope,
        part=part,
        select=request.GET.get("select", ""),
        chosen=_references(chosen),
    )
    context = {
        "scope": scope,
        "grid": grid,
        "review": found,
        "rows": found.waiting,
        "chosen": _references(chosen),
        "select": request.GET.get("select", ""),
        "why": why,
        "error": error,
        "breadcrumbs": breadcrumbs(grid.round),
    }
    return render(request, "promises/round_review.html", context, status=400 if error else 200)


def say(request: HttpRequest, reference: str, activity: str) -> HttpResponse:
    """Keep a comment on a line's update, and lead back to where it was written."""
    if request.method != "POST":
        return redirect("office-round-grid", reference)
    row = row_of(read_round(request, reference), activity)
    if row.update is None:
        raise Http404
    update = row.update

    def do(by: Any) -> str:
        try:
            comment(update, text=typed(request, "comment"), by=by)
        except Invalid as error:
            raise RecordError(" ".join(error.errors["comment"])) from error
        return _("Your comment on %(printed)s is kept.") % {"printed": row.printed}

    press(request, do)
    if request.POST.get("from") == "review":
        return redirect(f"{_here(reference, request.POST.get('part', ''))}#{row.anchor}")
    return redirect(f"{reverse('office-round-grid', args=[reference])}#{row.anchor}")


def _here(reference: str, part: str) -> str:
    query = f"?{urlencode({'part': part})}" if part else ""
    return reverse("office-round-review", args=[reference]) + query


# ---- deciding ----


def _versions(chosen: Iterable[str]) -> dict[str, int]:
    """Return the version that was read of each activity's update, from `reference:version`."""
    pairs = (value.rpartition(":") for value in chosen)
    return {reference: number(version) or 0 for reference, _sep, version in pairs}


def _references(chosen: Iterable[str]) -> set[str]:
    return set(_versions(chosen))


def _decide(request: HttpRequest, rows: list[Row], read_at: dict[str, int], why: str) -> None:
    """Take the step for each row by itself, so that one refusal does not hold up the rest."""
    done = 0
    refused: dict[str, list[str]] = {}
    for row in rows:
        update = cast(ProgressUpdate, row.update)
        try:
            if update.version != read_at[row.promise.reference]:
                raise RecordError(_("It was changed after you read it; read it again."))
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
        said = ngettext("%(count)d update sent back.", "%(count)d updates sent back.", count)
    else:
        said = ngettext(
            "%(count)d update approved and published.",
            "%(count)d updates approved and published.",
            count,
        )
    return said % {"count": count}
