"""The delivery plan as an office has it: one flat table, one row an activity.

Columns: objective, element, commitment_reference, commitment, activity_reference, activity,
status, status_as_printed, as_at, update, oversight; and, where known, owner and due.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from peelian.intake.tables import Problem, Rejected, Row, Sheet
from peelian.people.models import OversightMechanism
from peelian.promises.kinds import ACTIVITY, COMMITMENT, UPDATE
from peelian.promises.models import Objective
from peelian.record import load
from peelian.record.access import Actor
from peelian.record.kinds import Kind
from peelian.record.values import Values

COLUMNS = (
    "objective",
    "element",
    "commitment_reference",
    "commitment",
    "activity_reference",
    "activity",
    "status",
    "as_at",
    "update",
    "oversight",
)
TITLE = 180


@dataclass
class _Plan:
    """What has been read of the table so far."""

    sheet: Sheet
    by: Actor
    why: str
    objectives: dict[str, Objective]
    mechanisms: dict[str, OversightMechanism]
    outcome: Counter[str] = field(default_factory=Counter)
    commitments: set[str] = field(default_factory=set)
    taken: Counter[str] = field(default_factory=Counter)


def load_delivery_plan(sheet: Sheet, by: Actor, why: str) -> Counter[str]:
    """Bring in commitments, activities and their updates. Raises Rejected with every problem."""
    sheet.require(COLUMNS)
    plan = _Plan(sheet, by, why, _objectives(), mechanisms_by_name())
    problems: list[Problem] = []
    for row in sheet.rows:
        try:
            _load_row(plan, row)
        except Rejected as error:
            problems += error.problems
    if problems:
        raise Rejected(problems)
    return plan.outcome


def _objectives() -> dict[str, Objective]:
    return {o.title.casefold(): o for o in Objective.objects.all().select_related("parent")}


def mechanisms_by_name() -> dict[str, OversightMechanism]:
    """Return the register of oversight mechanisms by every name each goes by, case-folded."""
    register = OversightMechanism.objects.all().in_order()
    return {plain_name(name): m for m in register for name in m.names()}


def plain_name(name: str) -> str:
    """Return a name without what typing changes: case, the form of the apostrophe, spaces."""
    return " ".join(name.casefold().replace("’", "'").split())


def _load_row(plan: _Plan, row: Row) -> None:
    objective = plan.objectives.get(row["objective"].casefold())
    if objective is None:
        expected = f"one of the objectives: {'; '.join(o.title for o in plan.objectives.values())}"
        raise Rejected([plan.sheet.problem(row, "objective", row["objective"], expected)])
    if not row["commitment_reference"]:
        raise Rejected([plan.sheet.problem(row, "commitment_reference", "", "a reference")])
    prefix = objective.parent.reference if objective.parent else ""
    commitment = f"{prefix}-{row['commitment_reference']}"
    if commitment not in plan.commitments:
        plan.commitments.add(commitment)
        _bring(plan, COMMITMENT, row, _commitment(row, commitment, objective))
    activity = _activity_reference(plan, row, prefix, commitment)
    _bring(plan, ACTIVITY, row, _activity(plan, row, activity, commitment))
    if row["update"]:
        _bring(plan, UPDATE, row, _update(row, activity))


def _activity_reference(plan: _Plan, row: Row, prefix: str, commitment: str) -> str:
    """Return a reference of our own where none is printed, or where it is printed twice."""
    printed = row["activity_reference"]
    base = f"{prefix}-{printed}" if printed else f"{commitment}-activity"
    plan.taken[base] += 1
    if plan.taken[base] > 1 or not printed:
        return f"{base}-{plan.taken[base]}"
    return base


def shortened(text: str) -> str:
    """Return a title: the first sentence, or what of it fits in 180 characters."""
    first = text.split(". ")[0].strip()
    if len(first) <= TITLE:
        return first.rstrip(".")
    return first[:TITLE].rsplit(" ", 1)[0].rstrip(",;:(") + "…"


def _commitment(row: Row, reference: str, objective: Objective) -> Values:
    title = shortened(row["commitment"])
    return {
        "reference": reference,
        "printed_reference": row["commitment_reference"],
        "title": title,
        "text": "" if title == row["commitment"].rstrip(".") else row["commitment"],
        "parent": objective,
        "element": row["element"],
        "owner": row["owner"] or None,
    }


def _activity(plan: _Plan, row: Row, reference: str, commitment: str) -> Values:
    title = shortened(row["activity"] or row["commitment"])
    names = [name.strip() for name in row["oversight"].split(";") if name.strip()]
    overseen = {m.pk: m for n in names if (m := plan.mechanisms.get(plain_name(n)))}
    return {
        "reference": reference,
        "printed_reference": row["activity_reference"],
        "title": title,
        "text": "" if title == row["activity"].rstrip(".") else row["activity"],
        "parent": f"commitment/{commitment}",
        "progress": row["status"],
        "progress_as_printed": row["status_as_printed"],
        "oversight_as_printed": "; ".join(names),
        "overseen_by": list(overseen.values()),
        "owner": row["owner"] or None,
        "due": row["due"] or None,
    }


def _update(row: Row, activity: str) -> Values:
    return {
        "parent": f"activity/{activity}",
        "as_at": row["as_at"],
        "progress": row["status"],
        "progress_as_printed": row["status_as_printed"],
        "text": row["update"],
    }


# Where a field of the record comes from in this table, for telling what is wrong.
_FROM: dict[str, dict[str, Any]] = {
    COMMITMENT.name: {
        "reference": "commitment_reference",
        "title": "commitment",
        "text": "commitment",
    },
    ACTIVITY.name: {
        "reference": "activity_reference",
        "title": "activity",
        "text": "activity",
        "progress": "status",
    },
    UPDATE.name: {"text": "update", "progress": "status"},
}


def _bring(plan: _Plan, kind: Kind, row: Row, values: Values) -> None:
    names = {column: name for name, column in _FROM[kind.name].items()}
    names |= {c: c for c in plan.sheet.columns if c not in names}
    done = load.store(kind, values, plan.sheet, row, names, by=plan.by, why=plan.why)
    plan.outcome[done] += 1
