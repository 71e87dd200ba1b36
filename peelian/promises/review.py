"""What waits for a second pair of eyes in a round: by part of the plan, with what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from peelian.pages.comparison import Pair
from peelian.promises.models import ProgressUpdate, Release
from peelian.promises.quality import Remark, Unsaved, remarks_on_each
from peelian.promises.rounds import Grid, Row, State, key_of
from peelian.record.scope import Scope

UNCHANGED, ALL, NONE = "unchanged", "all", "none"


@dataclass(frozen=True)
class Part:
    """An objective in a round: how many lines it asks about, how many wait, how many are done."""

    key: str
    title: str
    asked: int
    waiting: int
    approved: int


@dataclass
class Waiting:
    """A line in review beside what is official now."""

    row: Row
    remarks: list[Remark] = field(default_factory=list)
    is_chosen: bool = False

    @property
    def before(self) -> ProgressUpdate | None:
        """Return what is official now."""
        return self.row.before

    @cached_property
    def is_unchanged(self) -> bool:
        """Return whether it says what the last published update says, to the same people."""
        old, new = self.before, self.row
        return bool(
            old
            and (old.progress, old.release) == (new.progress, new.release)
            and old.text.split() == new.text.split()
        )

    @cached_property
    def words(self) -> Pair:
        """Return the words before and now, with what differs."""
        return Pair(_("Progress update"), self.before.text if self.before else "", self.row.text)

    @property
    def has_moved(self) -> bool:
        """Return whether the status is another than before."""
        return bool(self.before and self.before.progress != self.row.progress)

    @property
    def release_label(self) -> str:
        """Return who may hear it, where that is not everybody."""
        is_public = self.row.release == Release.PUBLIC
        return "" if is_public else str(Release(self.row.release).label)


@dataclass(frozen=True)
class Review:
    """What waits in a round, or in one part of it."""

    parts: list[Part]
    part: str
    waiting: list[Waiting]

    @property
    def unchanged(self) -> int:
        """Return how many say again what is published."""
        return sum(one.is_unchanged for one in self.waiting)


def read_review(
    grid: Grid, scope: Scope, *, part: str = "", select: str = "", chosen: Collection[str] = ()
) -> Review:
    """Return what waits for approval, in one query for each form of reference in the words.

    `part` narrows it to one objective; `select` ticks all of it, or what did not change.
    """
    parts = _parts(grid)
    part = part if part in {one.key for one in parts} else ""
    rows = [
        row for row in grid.in_state(State.IN_REVIEW) if not part or key_of(row.objective) == part
    ]
    said = remarks_on_each(
        [Unsaved(row.promise, row.progress, row.text) for row in rows],
        as_at=grid.round.as_at,
        scope=scope,
    )
    waiting = [Waiting(row, remarks) for row, remarks in zip(rows, said, strict=True)]
    for one in waiting:
        wanted = select == ALL or (select == UNCHANGED and one.is_unchanged)
        one.is_chosen = wanted or one.row.promise.reference in chosen
    return Review(parts, part, waiting)


def _parts(grid: Grid) -> list[Part]:
    """Return the parts of a round in the order of the plan."""
    titles: dict[str, tuple[Any, str]] = {}
    asked: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    approved: Counter[str] = Counter()
    for row in grid.rows:
        key = key_of(row.objective)
        if row.is_asked:
            order = row.objective.sort_key if row.objective else "~"
            titles[key] = (order, row.objective.title if row.objective else _("No objective"))
            asked[key] += 1
            waiting[key] += row.state == State.IN_REVIEW
            approved[key] += row.state == State.APPROVED
    keys = sorted(titles, key=lambda key: titles[key])
    return [Part(k, titles[k][1], asked[k], waiting[k], approved[k]) for k in keys]
