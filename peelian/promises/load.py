"""The delivery plan as an office has it: one flat table, one row an activity.

Columns: objective, element, commitment_reference, commitment, activity_reference, activity,
status, status_as_printed, as_at, update, oversight; and, where known, owner, due and made_by.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from peelian.intake.tables import Problem, Rejected, Row, Sheet
from peelian.people.models import OversightMechanism
from peelian.promises.kinds import ACTIVITY, COMMITMENT, UPDATE
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
OPTIONAL = ("status_as_printed", "owner", "due", "made_by")
TITLE = 220
LEAST = 16
# “(1)”, “1.” or “1)” before a word begins a numbered step; a sentence ends before a capital.
_STEP = re.compile(r"(?:^|(?<=\s))(?:\(\d{1,2}\)|\d{1,2}[.)])\s*(?=[A-Za-z£‘“])")
_SENTENCE = re.compile(r"(?<=[a-z)’”]{2})\.\s+(?=[A-Z‘“])")


@dataclass
class _Plan:
    """What has been read of the table so far."""

    sheet: Sheet
    by: Actor
    why: str
    mechanisms: dict[str, OversightMechanism]
    outcome: Counter[str] = field(default_factory=Counter)
    commitments: dict[str, Row] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)


def load_delivery_plan(sheet: Sheet, by: Actor, why: str) -> Counter[str]:
    """Bring in commitments, activities and their updates. Raises Rejected with every problem."""
    sheet.require(COLUMNS)
    sheet.allow((*COLUMNS, *OPTIONAL))
    plan = _Plan(sheet, by, why, mechanisms_by_name())
    problems: list[Problem] = []
    for row in sheet.rows:
        try:
            _load_row(plan, row)
        except Rejected as error:
            problems += error.problems
            if len(problems) >= load.MOST_PROBLEMS:
                break
    if problems:
        raise Rejected(problems)
    return plan.outcome


def mechanisms_by_name() -> dict[str, OversightMechanism]:
    """Return the register of oversight mechanisms by every name each goes by, case-folded."""
    register = OversightMechanism.objects.all().in_order()
    return {plain_name(name): m for m in register for name in m.names()}


def plain_name(name: str) -> str:
    """Return a name without what typing changes: case, the form of the apostrophe, spaces."""
    return " ".join(name.casefold().replace("’", "'").split())


def _load_row(plan: _Plan, row: Row) -> None:
    said = _cells(plan, COMMITMENT, row)
    objective = said["parent"]
    if objective is None:
        raise Rejected([plan.sheet.problem(row, "objective", "", "an objective of the plan")])
    if not said["printed_reference"]:
        raise Rejected([plan.sheet.problem(row, "commitment_reference", "", "a reference")])
    prefix = objective.parent.reference if objective.parent else ""
    commitment = f"{prefix}-{said['printed_reference']}"
    first = plan.commitments.setdefault(commitment, row)
    if first is row:
        _bring(plan, COMMITMENT, row, said | _titled(commitment, row["commitment"]))
    else:
        _refuse_other_words(plan, row, first)
    activity = _activity_reference(plan, row, prefix, commitment)
    _bring(plan, ACTIVITY, row, _activity(plan, row, activity, commitment))
    if row["update"]:
        told = _cells(plan, UPDATE, row) | {"parent": f"activity/{activity}", "text": row["update"]}
        _bring(plan, UPDATE, row, told)


def _cells(plan: _Plan, kind: Kind, row: Row) -> Values:
    """Return what the columns of this table say of one kind; an absent column says nothing."""
    names = {c: n for c, n in _FILLS[kind.name].items() if c in plan.sheet.columns}
    return load.row_values(kind, plan.sheet, row, names)


def _refuse_other_words(plan: _Plan, row: Row, first: Row) -> None:
    """Refuse a commitment that is described in two ways, for only one of them could be kept."""
    problems = [
        plan.sheet.problem(row, column, row[column], f"the same as in row {first.number}")
        for column in ("objective", "element", "commitment")
        if row[column] != first[column]
    ]
    if problems:
        raise Rejected(problems)


def _activity_reference(plan: _Plan, row: Row, prefix: str, commitment: str) -> str:
    """Return a reference of our own where none is printed, or where it is printed twice."""
    printed = row["activity_reference"]
    base = f"{prefix}-{printed}" if printed else f"{commitment}-activity"
    plan.taken[base] += 1
    if plan.taken[base] > 1 or not printed:
        return f"{base}-{plan.taken[base]}"
    return base


def shortened(text: str) -> str:
    """Return a title: what stands before the first numbered step, or the first step itself.

    Of that the first sentence, or what of it fits in 220 characters.
    """
    steps = [part for part in _STEP.split(text) if part.strip(" :;,.")]
    first = _SENTENCE.split(steps[0] if steps else text)[0].strip(" :;,")
    if len(first) <= TITLE:
        return first.rstrip(".")
    return first[:TITLE].rsplit(" ", 1)[0].rstrip(",;:(") + "…"


def _titled(reference: str, text: str, title: str = "") -> Values:
    title = shortened(text or title)
    return {
        "reference": reference,
        "title": title,
        "text": "" if title == text.rstrip(".") else text,
    }


def _activity(plan: _Plan, row: Row, reference: str, commitment: str) -> Values:
    names = [name.strip() for name in row["oversight"].split(";") if name.strip()]
    overseen = {m.pk: m for n in names if (m := plan.mechanisms.get(plain_name(n)))}
    return {
        **_cells(plan, ACTIVITY, row),
        **_titled(reference, row["activity"], row["commitment"]),
        "parent": f"commitment/{commitment}",
        "oversight_as_printed": "; ".join(names),
        "overseen_by": list(overseen.values()),
    }


# Which field of each kind a column fills as it stands.
_FILLS: dict[str, dict[str, str]] = {
    COMMITMENT.name: {
        "objective": "parent",
        "element": "element",
        "commitment_reference": "printed_reference",
        "owner": "owner",
        "made_by": "made_by",
    },
    ACTIVITY.name: {
        "activity_reference": "printed_reference",
        "status": "progress",
        "status_as_printed": "progress_as_printed",
        "owner": "owner",
        "due": "due",
    },
    UPDATE.name: {
        "as_at": "as_at",
        "status": "progress",
        "status_as_printed": "progress_as_printed",
    },
}
# Where what is made of several cells comes from, for telling what is wrong.
_FROM: dict[str, dict[str, str]] = {
    COMMITMENT.name: {
        "commitment_reference": "reference",
        "commitment": "title",
    },
    ACTIVITY.name: {"activity_reference": "reference", "activity": "title"},
    UPDATE.name: {"update": "text"},
}


def _bring(plan: _Plan, kind: Kind, row: Row, values: Values) -> None:
    names = _FILLS[kind.name] | _FROM[kind.name]
    done = load.store(kind, values, plan.sheet, row, names, by=plan.by, why=plan.why)
    plan.outcome[done] += 1
