"""What changed in a plan between two days: each promise in one heap, from what was official then.

`peelian.promises.past` says what counts on a day. The same days and the same moment of knowing
give the same answer for ever.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from peelian.promises.kinds import ACTIVITY
from peelian.promises.models import Plan, Progress
from peelian.promises.past import Past, names_of, past_of
from peelian.promises.stood import (
    Section,
    State,
    half_of,
    objective_of,
    objectives,
    place,
    stands,
    states,
)
from peelian.recognition.references import only_refers
from peelian.record.scope import Scope

# After so many quarters with the same words, an open promise is stuck.
QUARTERS = 2
# A status that calls for something to be done.
NEEDS_ACTION = (Progress.AT_RISK, Progress.OFF_TRACK)


class Heap(models.TextChoices):
    """What became of a promise between two days; each is in exactly one heap."""

    CLOSED = "closed", _("Closed")
    SUPERSEDED = "superseded", _("Superseded")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")


class Mark(models.TextChoices):
    """What stands beside the heap: why an open promise needs a second look."""

    LATE = "late", _("Late")
    STUCK = "stuck", _("Stuck")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: `name` is a field of a state, or `update` for its words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """A promise with how it stood on both days, what differs, and where it is sorted."""

    key: str
    kind: str
    is_line: bool
    before: State | None
    after: State
    heap: Heap
    differences: tuple[Difference, ...]
    marks: tuple[Mark, ...]

    @property
    def reference(self) -> str:
        """Return the reference by which it is cited."""
        return self.key.partition("/")[2]

    @property
    def number(self) -> str:
        """Return its printed number, or its reference where none is printed."""
        return self.after.number or self.reference


@dataclass(frozen=True)
class Changes:
    """What became of every promise of a plan from one day to another, in the plan's order.

    `objective_of` and `half_of` are by the `kind/reference` of a promise; `names` has titles of
    owners.
    """

    since: dt.date
    until: dt.date
    known: dt.datetime
    entries: tuple[Entry, ...]
    objectives: tuple[Section, ...]
    objective_of: dict[str, str]
    half_of: dict[str, str]
    names: dict[str, str]

    @cached_property
    def lines(self) -> tuple[Entry, ...]:
        """Return what is reported on: activities, and commitments that have none under them."""
        return tuple(entry for entry in self.entries if entry.is_line)

    def heap(self, heap: str) -> tuple[Entry, ...]:
        """Return the entries of a heap; a commitment with activities only where it is told of."""
        return tuple(
            entry
            for entry in self.entries
            if entry.heap == heap and (entry.is_line or heap != Heap.UNCHANGED)
        )

    def marked(self, mark: str) -> tuple[Entry, ...]:
        """Return the lines that bear a mark."""
        return tuple(entry for entry in self.lines if mark in entry.marks)

    def counts(self) -> dict[str, int]:
        """Return how many entries are in each heap, and how many bear each mark."""
        heaps = {str(h): len(self.heap(h)) for h in Heap}
        return heaps | {str(m): len(self.marked(m)) for m in Mark}

    def under(self, objective: str) -> tuple[Entry, ...]:
        """Return the entries under an objective, by its `kind/reference`."""
        return tuple(e for e in self.entries if self.objective_of[e.key] == objective)


def changes(
    plan: Plan,
    scope: Scope,
    *,
    since: dt.date,
    until: dt.date,
    known: dt.datetime | None = None,
    known_before: dt.datetime | None = None,
) -> Changes:
    """Return each promise of a plan sorted into what is new, changed, closed, superseded or not.

    Late and stuck are marks beside the heap. `known` is the moment up to which the record is
    read, so that a past report is made again exactly; `known_before` is what the report before
    knew, so that an update which came in late is news in the next one. Raises ValueError where
    `until` is before `since`. Three queries, however many promises there are.
    """
    if until < since:
        raise ValueError(f"until {until} is before {since}")
    past = past_of(plan, scope, known=known)
    then = past.until(known_before) if known_before and known_before < past.known else past
    now = states(past, until)
    before = states(then, since)
    parents = {state.parent for state in now.values()}
    days = (since, until)
    entries = [_entry(past, key, before.get(key), now[key], parents, days) for key in now]
    owners = {state.owner for some in (before, now) for state in some.values() if state.owner}
    places = {key: place(past, key, state) for key, state in now.items()}
    return Changes(
        since,
        until,
        past.known,
        tuple(sorted(entries, key=lambda e: (*places[e.key], e.key))),
        tuple(objectives(past, until)),
        {key: objective_of(past, key, state) for key, state in now.items()},
        {key: half_of(past, key) for key in now},
        names_of(owners, scope, past.known),
    )


def _entry(
    past: Past,
    key: str,
    before: State | None,
    after: State,
    parents: set[str],
    days: tuple[dt.date, dt.date],
) -> Entry:
    kind = key.partition("/")[0]
    is_line = kind == ACTIVITY.name or key not in parents
    differences = tuple(_differences(before, after)) if before else ()
    marks = tuple(_marks(past, key, before, after, days)) if is_line and after.is_open else ()
    heap = _heap(before, after, differences)
    return Entry(key, kind, is_line, before, after, heap, differences, marks)


def _heap(before: State | None, after: State, differences: tuple[Difference, ...]) -> Heap:
    if not after.is_open and (before is None or before.progress != after.progress):
        return Heap.CLOSED if after.progress == Progress.COMPLETE else Heap.SUPERSEDED
    if before is None:
        return Heap.NEW
    return Heap.CHANGED if differences else Heap.UNCHANGED


def _differences(before: State, after: State) -> Iterator[Difference]:
    """Yield what differs: the status first, then the update's words, then the promise's own."""
    if before.progress != after.progress:
        yield Difference("progress", before.progress, after.progress)
    if before.words != after.words:
        old, new = (state.said.text if state.said else "" for state in (before, after))
        yield Difference("update", old, new)
    for field in fields(State):
        if field.name in ("progress", "said", "since"):
            continue
        old, new = (str(getattr(state, field.name) or "") for state in (before, after))
        if old.split() != new.split():
            yield Difference(field.name, old, new)


def _marks(
    past: Past, key: str, before: State | None, after: State, days: tuple[dt.date, dt.date]
) -> Iterator[Mark]:
    since, until = days
    if after.due and after.due < until:
        yield Mark.LATE
    unmoved = before is not None and since < until and before.progress == after.progress
    if (unmoved and after.progress in NEEDS_ACTION) or _is_silent(past, key, after, until):
        yield Mark.STUCK


def _is_silent(past: Past, key: str, state: State, day: dt.date) -> bool:
    """Return whether it has had no new words for `QUARTERS`; what sends elsewhere has none."""
    if only_refers(state.said.text if state.said else state.text or state.title):
        return False
    limit = quarters_before(day, QUARTERS)
    if state.since is not None:
        return state.since <= limit
    return stands(past, past.lives[key], limit)


def quarters_before(day: dt.date, count: int) -> dt.date:
    """Return the same day so many quarters earlier; the last of a month leads to the last."""
    months = day.year * 12 + day.month - 1 - 3 * count
    year, month = months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if is_last else min(day.day, last))
