"""The pages of the plan: where the generic page of a record is not enough."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.pages.views import find, frame, scope_for
from peelian.promises.kinds import ACTIVITY, COMMITMENT
from peelian.promises.models import Element, Plan, Promise
from peelian.promises.references import chain
from peelian.promises.sections import lines_of
from peelian.promises.standing import counts_of, standing
from peelian.record.kinds import Kind

_LISTS = ("commitments", "activities", "undertakings")


def show_plan(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a plan: its objectives, and how the activities under each stand. Four queries."""
    scope = scope_for(request, office)
    plan = find(kind, reference, scope)
    rows = standing(plan, scope) if isinstance(plan, Plan) else []
    total: Counter[str] = Counter()
    for _objective, counts in rows:
        total.update({code: number for code, _label, number in counts})
    context = frame(request, kind, plan, scope) | {
        "objectives": rows,
        "counts": counts_of(list(total.elements())),
        **{f"{slug}_url": reverse(scope.name(f"{slug}-list")) for slug in _LISTS},
    }
    return render(request, "promises/plan.html", context)


def show_objective(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show an objective: its commitments in both halves of the plan, with their activities."""
    scope = scope_for(request, office)
    objective = find(kind, reference, scope)
    commitments = list(scope.of(COMMITMENT).filter(parent=objective).in_order())
    activities = scope.of(ACTIVITY).filter(parent__in=commitments).in_order()
    under: dict[int | None, list[Promise]] = {}
    for activity in activities:
        under.setdefault(activity.parent_id, []).append(activity)
    halves = [
        (label, [(c, under.get(c.pk, [])) for c in commitments if c.element == code])
        for code, label in (*Element.choices, ("", _("Other commitments")))
    ]
    context = frame(request, kind, objective, scope) | {
        "halves": [half for half in halves if half[1]],
        "counts": counts_of([a.progress for some in under.values() for a in some]),
    }
    return render(request, "promises/objective.html", context)


def show_promise(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a promise: how it stands, its dated timeline, where it leads, who oversees it."""
    scope = scope_for(request, office)
    promise = find(kind, reference, scope)
    if not isinstance(promise, Promise):
        raise TypeError(kind.name)
    children = list(scope.of(ACTIVITY).filter(parent=promise).in_order())
    lines = lines_of([promise, *children], scope)
    line = lines.of(promise)
    words = [*line.texts(), *_spoken_for(children, lines)]
    related = scope.by_id([promise.owner_id, promise.made_to_id, promise.made_at_id])
    context = frame(request, kind, promise, scope) | {
        "line": line,
        "lines": lines,
        "activities": [lines.of(child) for child in children],
        "chain": chain(promise, words, lines.references, scope),
        "made_at": related.get(promise.made_at_id or 0),
        "made_to": related.get(promise.made_to_id or 0),
        "owner": related.get(promise.owner_id or 0),
    }
    return render(request, "promises/promise.html", context)


def _spoken_for(children: list[Promise], lines: Any) -> list[str]:
    """Return what unnumbered activities say: their commitment speaks through them."""
    unnumbered = (child for child in children if not child.printed_reference)
    return [text for child in unnumbered for text in lines.of(child).texts()]
