"""What a plan's records said on any past day, replayed from their changes alone.

A statement that carries a day of its own (an update's *as at*, a closing date) counts from that
day. Words without a day (a title, an owner, a due date) count from the moment they were official.
Nothing that became known after `known` is read, so that the same question has one answer for ever.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE, PLAN, UPDATE
from peelian.promises.models import Plan
from peelian.record import clock
from peelian.record.models import GONE, Audience, Change, Record, Status
from peelian.record.scope import PUBLIC, Scope
from peelian.record.values import Values

_TREE = tuple(kind.name for kind in (PLAN, OBJECTIVE, COMMITMENT, ACTIVITY, UPDATE))
_DEPTH = len(_TREE)
# What moves a promise to other words or another place; an update that is approved never does.
_MOVES = ("approved", "edited", "reopened", "brought_in")


@dataclass(frozen=True)
class Step:
    """One change of a record: when, by what action, and the columns it moved to."""

    at: dt.datetime
    action: str
    title: str
    values: Values


@dataclass(frozen=True)
class Life:
    """A record's steps up to the moment that counts, oldest first."""

    key: str
    steps: tuple[Step, ...]

    def at(self, moment: dt.datetime) -> Values:
        """Return its official values at a moment; `{}` where it had none."""
        values: Values = {}
        for step in self.steps:
            if step.at > moment:
                break
            values |= step.values
        return values

    @cached_property
    def latest(self) -> Values:
        """Return its newest official values."""
        return self.at(self.steps[-1].at)

    @cached_property
    def out(self) -> tuple[dt.datetime, str, Values] | None:
        """Return when it first became public, by what action, and what it said; None if never."""
        values: Values = {}
        for step in self.steps:
            values |= step.values
            if values.get("status") == Status.PUBLISHED:
                return step.at, step.action, dict(values)
        return None

    def then(self, moment: dt.datetime) -> Values:
        """Return what it said at a moment, or what it first said in public if that was later."""
        if self.out is None or self.out[0] > moment:
            return self.out[2] if self.out else {}
        return self.at(moment)

    def set_by_hand(self, column: str, moment: dt.datetime) -> dt.datetime | None:
        """Return when a column was last changed by itself up to a moment; None for never."""
        later = (s for s in self.steps[1:] if s.at <= moment and s.action in _MOVES)
        moved = [s.at for s in later if column in s.values]
        return moved[-1] if moved else None


@dataclass(frozen=True)
class Past:
    """The lives of all that ever stood in a plan, by `kind/reference`, as known at a moment."""

    plan: str
    known: dt.datetime
    lives: dict[str, Life]
    visible: frozenset[str]

    def of(self, kind: str) -> list[Life]:
        """Return the lives of a kind that may be seen, by reference."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[str, list[Life]]:
        found: dict[str, list[Life]] = defaultdict(list)
        for key in sorted(self.visible):
            found[key.partition("/")[0]].append(self.lives[key])
        return found

    def until(self, known: dt.datetime) -> Past:
        """Return the same as it was known earlier; what may be seen stays what may be seen now."""
        lives = {}
        for key, life in self.lives.items():
            if steps := tuple(step for step in life.steps if step.at <= known):
                lives[key] = Life(key, steps)
        public = frozenset(key for key, life in lives.items() if life.out)
        return Past(self.plan, known, lives, self.visible & public)

    def moment(self, day: dt.date) -> dt.datetime:
        """Return the end of a day, or what is known where that day is not over."""
        if day >= clock.today():
            return self.known
        end = dt.datetime.combine(
            day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone()
        )
        return min(self.known, end - dt.timedelta(microseconds=1))

    @cached_property
    def _loaded_with_plan(self) -> dt.datetime | None:
        """Return until when what is brought in came with its plan, from before this record."""
        out = self.lives[self.plan].out if self.plan in self.lives else None
        return out[0] + dt.timedelta(days=1) if out and out[1] == "brought_in" else None

    def is_from_before(self, life: Life) -> bool:
        """Return whether it was brought in together with its plan: it stands since that began."""
        limit = self._loaded_with_plan
        return bool(limit and life.out and life.out[1] == "brought_in" and life.out[0] <= limit)

    @cached_property
    def children(self) -> dict[str, list[Life]]:
        """Return the activities that may be seen, by their commitment."""
        found: dict[str, list[Life]] = defaultdict(list)
        for life in self.of(ACTIVITY.name):
            found[str(life.latest.get("parent"))].append(life)
        return found

    @cached_property
    def updates(self) -> dict[str, list[Life]]:
        """Return the updates that may be seen, by their promise, oldest *as at* first."""
        found: dict[str, list[Life]] = defaultdict(list)
        for life in self.of(UPDATE.name):
            found[str(life.latest.get("parent"))].append(life)
        for some in found.values():
            some.sort(key=lambda life: (str(life.latest["as_at"]), life.key))
        return found


def past_of(plan: Plan, scope: Scope, *, known: dt.datetime | None = None) -> Past:
    """Return all that stands or ever stood in a plan, as known at a moment or now.

    Only what is published, to the public where that is looking: now by the rule of the scope
    itself, for a past moment by what the changes say. Two queries, however many records there are.
    """
    tree = _tree(plan)
    lives = lives_of(Change.objects.filter(_concerns(tree)), known)
    visible = frozenset(_visible(plan.key, lives, scope, known or timezone.now()))
    if known is None:
        rows = scope.see(Record.objects.filter(pk__in=tree)).values_list("kind", "reference")
        visible &= frozenset(f"{kind}/{reference}" for kind, reference in rows)
    return Past(plan.key, known or timezone.now(), lives, visible)


def _tree(plan: Plan) -> QuerySet[Any, Any]:
    below = Q(pk=plan.pk)
    for level in range(1, _DEPTH):
        below |= Q(**{"__".join(["parent"] * level): plan.pk})
    return Record.objects.filter(below, kind__in=_TREE).values("pk")


def _concerns(tree: QuerySet[Any, Any]) -> Q:
    """Return the condition for changes of what is in the plan, was moved out of it, or is gone."""
    gone = Change.objects.filter(kind__in=_TREE, action__in=GONE).values("record_id")
    moved = Change.objects.filter(
        kind__in=(COMMITMENT.name, ACTIVITY.name),
        version__gt=1,
        action__in=_MOVES,
        values__has_key="parent",
    ).values("record_id")
    return Q(record_id__in=tree) | Q(record_id__in=gone) | Q(record_id__in=moved)


def lives_of(changes: QuerySet[Change], known: dt.datetime | None) -> dict[str, Life]:
    """Return the lives that changes tell, up to a moment or all, by `kind/reference`. One query."""
    if known:
        changes = changes.filter(at__lte=known)
    rows = changes.order_by("record_id", "version").values_list(
        "kind", "reference", "at", "action", "title", "values"
    )
    steps: dict[str, list[Step]] = defaultdict(list)
    for kind, reference, at, action, title, values in rows:
        new: dict[str, Any] = {name: pair[1] for name, pair in values.items()}
        steps[f"{kind}/{reference}"].append(Step(at, action, title, new))
    return {key: Life(key, tuple(some)) for key, some in steps.items()}


def public_lives(kinds: Iterable[str], known: dt.datetime, **only: Any) -> dict[str, Life]:
    """Return the lives of kinds that were public at a moment, by `kind/reference`. One query."""
    lives = lives_of(Change.objects.filter(kind__in=kinds, **only), known)
    return {key: life for key, life in lives.items() if is_out(life.latest, PUBLIC, known)}


def _visible(plan: str, lives: dict[str, Life], scope: Scope, moment: dt.datetime) -> Iterable[str]:
    """Yield what is out, and so is everything above it up to the plan."""
    for key in lives:
        above, top = key, ""
        while above in lives and is_out(lives[above].latest, scope, moment):
            above, top = lives[above].latest.get("parent") or "", above
        if top == plan and not above:
            yield key


def is_out(values: Values, scope: Scope, moment: dt.datetime) -> bool:
    """Return whether values are official at a moment, and to the public where it is looking."""
    begins, ends = (_time(values.get(name)) for name in ("embargo_until", "expires_at"))
    return (
        values.get("status") == Status.PUBLISHED
        and (not scope.is_public or values.get("audience") == Audience.PUBLIC)
        and (begins is None or begins <= moment)
        and (ends is None or ends > moment)
    )


def names_of(keys: Iterable[str], scope: Scope, known: dt.datetime) -> dict[str, str]:
    """Return what records were called at a moment, by `kind/reference`, where they may be named."""
    wanted = set(keys)
    references = {key.partition("/")[2] for key in wanted}
    kinds = {key.partition("/")[0] for key in wanted}
    changes = Change.objects.filter(kind__in=kinds, reference__in=references)
    lives = lives_of(changes, known) if wanted else {}
    return {
        key: life.steps[-1].title
        for key, life in lives.items()
        if key in wanted and is_out(life.latest, scope, known)
    }


def _time(raw: Any) -> dt.datetime | None:
    return dt.datetime.fromisoformat(raw) if raw else None
