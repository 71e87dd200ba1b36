"""How a plan stands: its activities counted by status, for its page and for the report."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from peelian.blocks import Block, Paragraph, Table, plain
from peelian.promises.kinds import ACTIVITY, OBJECTIVE
from peelian.promises.models import Objective, Plan, Progress
from peelian.record.scope import Scope

Counts = list[tuple[str, str, int]]


def counts_of(progress: list[str]) -> Counts:
    """Return `(code, label, count)` of each status that occurs, in the vocabulary's order."""
    counted = Counter(progress)
    return [(code, str(label), counted[code]) for code, label in Progress.choices if counted[code]]


def standing(plan: Plan, scope: Scope) -> list[tuple[Objective, Counts]]:
    """Return each objective of a plan with its activities counted by status. Two queries."""
    objectives = list(scope.of(OBJECTIVE).filter(parent=plan).in_order())
    activities = scope.of(ACTIVITY).filter(parent__parent__in=objectives)
    by_objective: dict[int, list[str]] = {}
    for objective, progress in activities.values_list("parent__parent_id", "progress"):
        by_objective.setdefault(objective, []).append(progress)
    return [(o, counts_of(by_objective.get(o.pk, []))) for o in objectives]


def standing_blocks(plan: Plan, scope: Scope) -> list[Block]:
    """Return a plan's activities by objective and status as a table with a total."""
    rows = standing(plan, scope)
    used = [
        (code, str(label))
        for code, label in Progress.choices
        if any(c == code for _objective, counts in rows for c, _label, _number in counts)
    ]
    if not used:
        return [Paragraph(plain(_("The plan has no published activities.")))]
    totals: Counter[str] = Counter()
    body = []
    for objective, counts in rows:
        numbers = {code: number for code, _label, number in counts}
        totals.update(numbers)
        cells = [str(numbers.get(code, 0)) for code, _label in used]
        body.append((objective.title, *cells, str(sum(numbers.values()))))
    body.append((_("All"), *(str(totals[code]) for code, _l in used), str(totals.total())))
    head = (_("Objective"), *(label for _code, label in used), _("All"))
    table = Table(
        _("Activities by objective and status"),
        tuple(plain(h) for h in head),
        tuple(tuple(plain(cell) for cell in row) for row in body),
        row_header=True,
    )
    return [table]
