"""The story of a promise for its own page: what was said of it, and what became of it, by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from peelian.promises.kinds import ALLOCATION, SUCCESSION
from peelian.promises.models import Became, ProgressUpdate, Succession
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope

_LEAVES = {
    Became.MOVED: _("Moved to"),
    Became.MERGED: _("Merged into"),
    Became.SUPERSEDED: _("Superseded by"),
    Became.CARRIED: _("Carried into the next plan as"),
    Became.ENDED: _("Not carried into the next plan"),
}
_ARRIVES = {
    Became.MERGED: _("Took in"),
    Became.SUPERSEDED: _("Took the place of"),
    Became.CARRIED: _("Carries on, from the plan before,"),
}


@dataclass(frozen=True)
class Turn:
    """What became of a promise, seen from its own page or from that of where it went.

    `other` is the record at the other end, None where that may not be seen.
    """

    succession: Succession
    other: Record | None
    leaves: bool

    @property
    def words(self) -> str:
        """Return what happened, to be read before the name of the other record."""
        said = _LEAVES if self.leaves else _ARRIVES
        return str(said[Became(self.succession.became)])


@dataclass(frozen=True)
class Happening:
    """One thing on the timeline: an update, with the status before where it changed, or a turn."""

    day: dt.date
    update: ProgressUpdate | None = None
    before: ProgressUpdate | None = None
    turn: Turn | None = None


@dataclass(frozen=True)
class Successions:
    """What became of a promise, and what became part of it."""

    out: list[Succession]
    into: list[Succession]

    def ids(self) -> list[int | None]:
        """Return the ids of the records at the other ends."""
        return [s.to_id for s in self.out] + [s.parent_id for s in self.into]

    def turns(self, seen: Mapping[int, Record]) -> list[Turn]:
        """Return them with the records at the other ends; what came from nowhere seen is left out.

        One that moved is told where it stood, not where it came to stand.
        """
        out = [Turn(s, seen.get(s.to_id or 0), leaves=True) for s in self.out]
        into = [Turn(s, seen.get(s.parent_id or 0), leaves=False) for s in self.into]
        return out + [turn for turn in into if turn.other]


def promise_at(kind: Kind, reference: str, scope: Scope) -> Any:
    """Return a promise with whether it `has_turns` and `has_money`, or raise Http404. One query.

    Most promises have neither, and their page has few queries to ask.
    """
    turns = scope.of(SUCCESSION).filter(Q(parent=OuterRef("pk")) | Q(to=OuterRef("pk")))
    own_money = scope.of(ALLOCATION).filter(parent=OuterRef("pk"))
    found = scope.of(kind).filter(reference=reference).select_related("parent__parent__parent")
    promise = found.annotate(has_turns=Exists(turns), has_money=Exists(own_money)).first()
    if promise is None:
        raise Http404
    return promise


def successions_of(promise: Any, scope: Scope) -> Successions:
    """Return what became of a promise and what became part of it, as a scope may see.

    One query, none where `promise_at` found none.
    """
    if not promise.has_turns:
        return Successions([], [])
    found = scope.of(SUCCESSION).filter(Q(parent=promise) | Q(to=promise))
    rows = list(found.order_by("day", "pk"))
    ends = [row for row in rows if row.parent_id == promise.pk]
    return Successions(ends, [row for row in rows if row not in ends and row.is_ending])


def story(updates: Iterable[ProgressUpdate], turns: Iterable[Turn]) -> list[Happening]:
    """Return what happened to a promise, the newest first; `updates` come the newest first."""
    told = list(updates)
    happenings = [Happening(turn.succession.day, turn=turn) for turn in turns]
    for n, update in enumerate(told):
        earlier = told[n + 1] if n + 1 < len(told) else None
        changed = earlier if earlier and earlier.progress != update.progress else None
        happenings.append(Happening(update.as_at, update=update, before=changed))
    return sorted(happenings, key=lambda h: (h.day, h.turn is not None), reverse=True)


def leads_on(turns: Iterable[Turn]) -> list[Turn]:
    """Return the turns that end a promise where it stood, which its page says first."""
    return [turn for turn in turns if turn.leaves and turn.succession.is_ending]
