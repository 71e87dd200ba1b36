"""The pages of the plan: where the generic page of a record is not enough."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.pages.paging import PER_PAGE, few_of, records_of
from peelian.pages.views import find_as, frame, scope_for
from peelian.promises import digest, money
from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE
from peelian.promises.models import Objective, Plan, Promise
from peelian.promises.objective_page import halves_of, listed_under
from peelian.promises.plan_page import kin_of, stages_of
from peelian.promises.references import chain
from peelian.promises.sections import lines_of
from peelian.promises.standing import counts_of, standing
from peelian.promises.story import leads_on, promise_at, story, successions_of
from peelian.record.access import may
from peelian.record.kinds import Kind
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

_LISTS = ("commitments", "activities", "undertakings")
PLAN_AREA = OBJECTIVE.area
CHAIN = 2  # how far a page follows references; each further step asks the database twice


def show_plan(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a plan: where it is in its life, its objectives, how its activities stand, its money."""
    scope = scope_for(request, office)
    plan = find_as(Plan, kind, reference, scope)
    rows = standing(plan, scope)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    total: Counter[str] = Counter()
    for _objective, counts in rows:
        total.update({code: number for code, _label, number in counts})
    context = frame(request, kind, plan, scope) | {
        "objectives": list(page),
        "page": page,
        "counts": counts_of(list(total.elements())),
        "kin": kin_of(plan, scope),
        "stages": stages_of(plan),
        "money": _money_table(plan, [o for o, _counts in rows], scope),
        "changes_url": _changes(plan, scope),
        "life": [] if scope.is_public else _ways_on(plan, request.user),
        **_follow(plan),
        **{f"{slug}_url": reverse(scope.name(f"{slug}-list")) for slug in _LISTS},
    }
    return render(request, "promises/plan.html", context)


def _money_table(
    of: Plan | Objective, objectives: list[Objective], scope: Scope
) -> dict[str, Any] | None:
    """Return money by objective and year as a table; None where none is known."""
    found = money.totals(of, scope)
    if not found.years:
        return None
    shown = [(o.title, o.pk) for o in objectives if o.pk in found.rows]
    return {
        "head": [_("Objective"), *found.head()],
        "rows": [[title, *found.cells(pk)] for title, pk in shown],
        "foot": [_("All"), *found.foot()] if len(shown) > 1 else [],
    }


def _changes(plan: Plan, scope: Scope) -> str:
    """Return where the plan's newest quarter is; nothing of a plan that has not begun."""
    quarter = digest.newest_quarter(plan)
    has_begun = plan.starts_on is None or plan.starts_on <= quarter.last
    is_out = plan.status == Status.PUBLISHED
    return digest.path_of(plan, quarter, scope) if has_begun and is_out else ""


def _ways_on(plan: Plan, user: Any) -> list[tuple[str, str, bool]]:
    """Return `(label, address, is pressed)` of what may be done with a plan as a whole."""
    ended, waits = plan.stage == Plan.Stage.ENDED, plan.status != Status.PUBLISHED
    ways: list[tuple[str, str, bool]] = []
    if may(user, "edit", PLAN_AREA):
        if not ended:
            ways.append((_("Change the stage"), "stage", False))
        if not waits:
            ways.append((_("Start the next plan"), "next", False))
        if waits and plan.replaces_id:
            ways.append((_("Carry commitments over"), "carry", False))
        if waits:
            ways.append((_("Send the whole plan for review"), "send", True))
    if may(user, "approve", PLAN_AREA):
        if plan.status in (Status.IN_REVIEW, Status.APPROVED):
            ways.append((_("Publish the whole plan"), "publish-all", True))
        if not ended and not waits:
            ways.append((_("End this plan: the next one is published"), "end", True))
    return [(label, reverse(f"office-plans-{n}", args=[plan.reference]), p) for label, n, p in ways]


def _follow(record: Record) -> dict[str, str]:
    """Return where a record may be followed, by e-mail and as a feed."""
    return {
        f"{way}_url": reverse(f"{record.kind}-{way}", args=[record.reference])
        for way in ("follow", "feed")
    }


def show_objective(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show an objective: its commitments in both halves of the plan, with their activities."""
    scope = scope_for(request, office)
    objective = find_as(Objective, kind, reference, scope)
    listed = listed_under(objective, scope)
    page = Paginator(listed.lines, PER_PAGE).get_page(request.GET.get("page"))
    context = frame(request, kind, objective, scope) | {
        "halves": halves_of(list(page), scope),
        "page": page,
        "counts": counts_of(listed.progress),
        "money": _money_table(objective, [objective], scope),
        **_follow(objective),
    }
    return render(request, "promises/objective.html", context)


def show_promise(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a promise: by whom, to whom, by when, how it stands, and all that happened to it."""
    scope = scope_for(request, office)
    promise = promise_at(kind, reference, scope)
    under, few = _under(promise, scope) if kind is COMMITMENT else ({}, [])
    page = Paginator(list(under), PER_PAGE).get_page(request.GET.get("page"))
    children = records_of(Promise, list(page), scope, read=few)
    lines = lines_of([promise], scope, under=children)
    line = lines.of(promise)
    words = [*line.texts(), *_spoken_for(children, lines)]
    became = successions_of(promise, scope)
    ids = [promise.owner_id, promise.made_to_id, promise.made_at_id]
    related = scope.by_id([*ids, *became.ids()])
    turns = became.turns(related)
    own_money = money.money_for(promise, scope) if promise.has_money else []
    context = frame(request, kind, promise, scope) | {
        "line": line,
        "lines": lines,
        "activities": [lines.of(child) for child in children],
        "page": page,
        "counts": counts_of(list(under.values())),
        "chain": chain(promise, words, lines.references, scope, deepest=CHAIN),
        "made_at": related.get(promise.made_at_id or 0),
        "made_to": related.get(promise.made_to_id or 0),
        "owner": related.get(promise.owner_id or 0),
        "timeline": story(line.updates, turns),
        "turns": leads_on(turns),
        "money": own_money,
        "money_total": money.total_of(own_money),
        "becomes_url": _becomes(promise, request.user) if office else "",
        **_follow(promise),
    }
    return render(request, "promises/promise.html", context)


def _under(promise: Promise, scope: Scope) -> tuple[dict[int, str], list[Promise] | None]:
    """Return how each activity under a commitment stands, by its id; and all, where they are few.

    One query, two where they are many.
    """
    activities = scope.of(ACTIVITY).filter(parent=promise).in_order()
    few = few_of(activities)
    if few is not None:
        return {activity.pk: activity.progress for activity in few}, few
    return dict(activities.values_list("pk", "progress")), None


def _becomes(promise: Promise, user: Any) -> str:
    """Return where one says what becomes of a promise; nothing where this user may not."""
    is_of_plan = promise.kind in (COMMITMENT.name, ACTIVITY.name)
    if not is_of_plan or promise.status != Status.PUBLISHED or not may(user, "edit", PLAN_AREA):
        return ""
    slug = COMMITMENT.slug if promise.kind == COMMITMENT.name else ACTIVITY.slug
    return reverse(f"office-{slug}-becomes", args=[promise.reference])


def _spoken_for(children: list[Promise], lines: Any) -> list[str]:
    """Return what unnumbered activities say: their commitment speaks through them."""
    unnumbered = (child for child in children if not child.printed_reference)
    return [text for child in unnumbered for text in lines.of(child).texts()]
