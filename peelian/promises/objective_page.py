"""What stands under an objective, a page at a time: its commitments with their activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from peelian.pages.paging import records_of
from peelian.promises.kinds import ACTIVITY, COMMITMENT
from peelian.promises.models import Element, Objective, Promise
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Line:
    """One activity and its place under its commitment; a commitment without one has none."""

    element: str
    commitment: int
    activity: int | None = None
    number: int = 0


@dataclass(frozen=True)
class Listed:
    """All lines under an objective in the plan's order, and how each activity stands."""

    lines: list[Line]
    progress: list[str]


@dataclass(frozen=True)
class Shown:
    """A commitment with those of its activities that a page shows, each with its number."""

    commitment: Promise
    activities: list[tuple[int, Promise]]


def listed_under(objective: Objective, scope: Scope) -> Listed:
    """Return what an objective has under it, not yet read in full. Two queries."""
    activities = scope.of(ACTIVITY).filter(parent__parent=objective).in_order()
    under: dict[int, list[int]] = {}
    progress = []
    for pk, parent, stands in activities.values_list("pk", "parent_id", "progress"):
        under.setdefault(parent, []).append(pk)
        progress.append(stands)
    commitments = scope.of(COMMITMENT).filter(parent=objective).in_order()
    found = list(commitments.values_list("pk", "element"))
    lines = [
        line
        for element in _HALVES
        for pk, half in found
        if half == element
        for line in _lines(element, pk, under.get(pk, []))
    ]
    return Listed(lines, progress)


_HALVES = (*Element.values, "")


def _lines(element: str, commitment: int, activities: list[int]) -> list[Line]:
    numbered = enumerate(activities, start=1)
    return [Line(element, commitment, pk, n) for n, pk in numbered] or [Line(element, commitment)]


def halves_of(lines: Sequence[Line], scope: Scope) -> list[tuple[str, list[Shown]]]:
    """Return the halves of the plan with their commitments, as far as a page shows them.

    One query.
    """
    wanted = {line.commitment for line in lines} | {line.activity for line in lines}
    read = records_of(Promise, sorted(pk for pk in wanted if pk), scope)
    promises = {promise.pk: promise for promise in read}
    halves: dict[str, dict[int, Shown]] = {}
    for line in lines:
        if line.commitment not in promises:
            continue
        half = halves.setdefault(line.element, {})
        shown = half.setdefault(line.commitment, Shown(promises[line.commitment], []))
        if line.activity in promises:
            shown.activities.append((line.number, promises[line.activity]))
    labels = {**dict(Element.choices), "": _("Other commitments")}
    return [(str(labels[element]), list(half.values())) for element, half in halves.items()]
