"""Delivery plans: objectives, commitments and the activities under them, with their updates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.intake.document import Document, Origin, Passage
from peelian.recognition.columns import ACTIVITY, OVERSIGHT, PLAN, STATUS, UPDATE, is_plan
from peelian.recognition.oversight import split_oversight
from peelian.recognition.plan_cards import card_plans, plan_lines
from peelian.recognition.plan_day import speaks_for
from peelian.recognition.plan_drafts import (
    ActivityDraft,
    CommitmentDraft,
    PlanDraft,
    share_spanning,
    share_updates,
)
from peelian.recognition.plan_lines import line_plans
from peelian.recognition.plan_table import table_plans
from peelian.recognition.spaced import spaced_rows
from peelian.recognition.status import status_of
from peelian.recognition.status_key import KeyEntry, state_of, status_key


@dataclass(frozen=True)
class Activity:
    """A line of a plan. `status` is a word of the record's vocabulary (`complete`), if said.

    `state` is the status as a cell of its own prints it; `told` is the update with the places
    of its lines, `state_at` where the state stands, if there are any.
    """

    reference: str  # as printed; empty where none is
    text: str
    update: str
    oversight: tuple[str, ...]
    origin: Origin
    status: str = ""
    state: str = ""
    told: Passage | None = None
    state_at: Origin | None = None

    @property
    def told_at(self) -> Origin:
        """Return where its update begins, else where it begins itself."""
        return self.told.origin if self.told else self.origin


@dataclass(frozen=True)
class Commitment:
    """A commitment with its activities; `objective` and `part` are the headings it stands under."""

    reference: str
    text: str
    objective: str
    part: str
    origin: Origin
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A delivery plan as a document prints it; `as_at` is the day its updates speak for.

    `key` holds the states that the document explains.
    """

    title: str
    commitments: tuple[Commitment, ...]
    origin: Origin
    as_at: dt.date | None = None
    key: tuple[KeyEntry, ...] = ()

    @property
    def activities(self) -> list[Activity]:
        """Return every activity, in order."""
        return [a for commitment in self.commitments for a in commitment.activities]


def plans(document: Document) -> list[Plan]:
    """Return the delivery plans in a document: from its tables, lines that were tables, or cards.

    Never raises, whatever the document holds.
    """
    drafts = (
        table_plans(document.blocks)
        or table_plans(spaced_rows(document.lines, PLAN, is_plan))
        or line_plans(document.lines)
        or card_plans(document)
    )
    key = status_key(plan_lines(document)) if drafts else ()
    return [_plan(draft, document, key) for draft in drafts]


def _plan(draft: PlanDraft, document: Document, key: tuple[KeyEntry, ...]) -> Plan:
    for commitment in draft.commitments:
        share_updates(commitment)
        share_spanning(commitment, OVERSIGHT)
    made = tuple(_commitment(one, key) for one in draft.commitments)
    return Plan(draft.title, made, draft.origin, speaks_for(document, draft.origin), key)


def _commitment(draft: CommitmentDraft, key: tuple[KeyEntry, ...]) -> Commitment:
    activities = tuple(_activity(one, key) for one in draft.activities)
    return Commitment(
        draft.reference, draft.text, draft.objective, draft.part, draft.origin, activities
    )


def _activity(draft: ActivityDraft, key: tuple[KeyEntry, ...]) -> Activity:
    update, state = draft.text(UPDATE), draft.text(STATUS)
    found = None if state_of(state, key) else status_of(update)
    status = state_of(state, key) or (found[0] if found else "")
    oversight = split_oversight(draft.text(OVERSIGHT))
    text = draft.text(ACTIVITY)
    return Activity(
        draft.reference,
        text,
        update,
        oversight,
        draft.origin,
        status,
        state,
        draft.passage(UPDATE),
        draft.begins(STATUS),
    )
