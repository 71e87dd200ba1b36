"""How a promise looks, once: on its page, in its commitment's table and in the pack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from peelian.people.models import OversightMechanism
from peelian.promises.kinds import UPDATE
from peelian.promises.load import plain_name
from peelian.promises.models import ProgressUpdate, Promise
from peelian.promises.references import plan_of
from peelian.record.models import Record
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Overseer:
    """A name in an oversight cell, with the mechanism it stands for where it is registered."""

    name: str
    mechanism: Record | None


@dataclass(frozen=True)
class Line:
    """A promise with what has been said of it, newest first, and who oversees it."""

    promise: Promise
    updates: list[ProgressUpdate] = field(default_factory=list)
    oversight: list[Overseer] = field(default_factory=list)

    @property
    def latest(self) -> ProgressUpdate | None:
        """Return the newest update, or None."""
        return self.updates[0] if self.updates else None

    def texts(self) -> list[str]:
        """Return the words that may hold references."""
        return [self.promise.title, self.promise.text, *(u.text for u in self.updates)]


@dataclass(frozen=True)
class Lines:
    """Some promises, ready to be shown, and what their references stand for."""

    lines: list[Line]
    references: Resolved

    def of(self, promise: Record) -> Line:
        """Return the line of one promise."""
        return next(line for line in self.lines if line.promise.pk == promise.pk)

    def under(self, parent: Record) -> list[Line]:
        """Return the lines of the promises that are part of `parent`."""
        return [line for line in self.lines if line.promise.parent_id == parent.pk]


def lines_of(promises: Iterable[Promise], scope: Scope, *, under: Iterable[Promise] = ()) -> Lines:
    """Return promises as lines, whatever their number in three queries.

    Those `under` them follow with their newest update only, in one query more.
    """
    whole, briefly = list(promises), list(under)
    told = scope.of(UPDATE)
    found = list(told.filter(parent__in=[p.pk for p in whole]).order_by("-as_at", "-pk"))
    if briefly:
        found += told.filter(pk__in=_newest([p.pk for p in briefly], scope))
    updates: dict[int, list[ProgressUpdate]] = {}
    for update in found:
        updates.setdefault(update.parent_id, []).append(update)
    every = [*whole, *briefly]
    overseen = _overseen([p.pk for p in every], scope)
    lines = [Line(p, updates.get(p.pk, []), _oversight(p, overseen.get(p.pk, []))) for p in every]
    texts = (text for line in lines for text in line.texts())
    within = plan_of(every[0]) if every else ""
    return Lines(lines, resolve(texts, scope, within=within))


def _newest(ids: list[int], scope: Scope) -> QuerySet[Any, Any]:
    """Return the ids of the newest update of each of these promises."""
    told = scope.of(UPDATE).filter(parent=OuterRef("pk")).order_by("-as_at", "-pk")
    promises = Promise.objects.filter(pk__in=ids)
    newest = promises.annotate(last_told=Subquery(told.values("pk")[:1])).values("last_told")
    return newest.distinct()  # found first, and looked up by key; else PostgreSQL reads all updates


def _overseen(ids: list[int], scope: Scope) -> dict[int, list[OversightMechanism]]:
    """Return the mechanisms that a scope may see by the promises they oversee. One query."""
    linked = OversightMechanism.objects.filter(
        links_in__form="overseen_by", links_in__source__in=ids
    ).annotate(promise_id=F("links_in__source"))
    found: dict[int, list[OversightMechanism]] = {}
    for mechanism in scope.see(linked).order_by("links_in__pk"):
        found.setdefault(mechanism.promise_id, []).append(mechanism)
    return found


def _oversight(promise: Promise, mechanisms: list[OversightMechanism]) -> list[Overseer]:
    """Return the printed names, each with its mechanism, then linked ones that are not printed."""
    unprinted = {m.pk: m for m in mechanisms}
    overseers = []
    for name in promise.oversight_names():
        match = next((m for m in mechanisms if _is_called(m, name)), None)
        if match:
            unprinted.pop(match.pk, None)
        overseers.append(Overseer(name, match))
    return overseers + [Overseer(m.title, m) for m in unprinted.values()]


def _is_called(mechanism: OversightMechanism, name: str) -> bool:
    return plain_name(name) in {plain_name(n) for n in mechanism.names()}
