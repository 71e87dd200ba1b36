"""All promises and what was said of them, read at once for whoever looks at them as a whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.checks.findings import once
from peelian.promises.kinds import COMMITMENT, FINDING, RECOMMENDATION, UNDERTAKING, UPDATE
from peelian.promises.models import ProgressUpdate, Promise
from peelian.recognition.references import Mention, mentions, only_refers
from peelian.record.models import Record
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope


@dataclass(frozen=True)
class Said:
    """One text of a promise: its own, or that of its newest update."""

    promise: Promise
    text: str
    place: str
    update: ProgressUpdate | None = None

    @cached_property
    def mentions(self) -> list[Mention]:
        """Return the references in the text."""
        return mentions(self.text)

    @property
    def others(self) -> tuple[Record, ...]:
        """Return the records involved besides the promise."""
        return (self.update,) if self.update else ()


@dataclass(frozen=True)
class Book:
    """The promises and updates that the checks read, by id, and the plan of each promise."""

    scope: Scope
    promises: dict[int, Promise]
    children: dict[int, list[Promise]]
    updates: dict[int, list[ProgressUpdate]]
    plans: dict[int, str]

    def newest(self, promise: Promise) -> ProgressUpdate | None:
        """Return a promise's newest update."""
        updates = self.updates.get(promise.pk)
        return updates[-1] if updates else None

    def only_refers(self, promise: Promise) -> bool:
        """Return whether the newest update, or else the promise, only says to look elsewhere."""
        update = self.newest(promise)
        return only_refers(update.text if update else promise.text or promise.title)

    def place(self, promise: Promise, update: ProgressUpdate | None = None) -> str:
        """Return where a promise stands, as people say it: `Activity 4.6, progress update …`."""
        place = self._named(promise)
        if update is None:
            return place
        day = date_format(update.as_at, "j F Y")
        return _("%(place)s, progress update as at %(day)s") % {"place": place, "day": day}

    def _named(self, promise: Promise) -> str:
        if promise.kind == UNDERTAKING.name:
            return _("Undertaking %(number)s") % {"number": promise.reference}
        if promise.kind == RECOMMENDATION.name:
            return _("Recommendation %(number)s") % {"number": promise.reference}
        if promise.kind == FINDING.name:
            return _("Finding %(number)s") % {"number": promise.reference}
        number, parent = promise.printed_reference, self.promises.get(promise.parent_id or 0)
        if promise.kind == COMMITMENT.name:
            return _("Commitment %(number)s") % {"number": number or promise.reference}
        if number or not parent:
            return _("Activity %(number)s") % {"number": number or promise.reference}
        if len(self.children[parent.pk]) == 1:
            return _("Activity %(number)s") % {"number": parent.printed_reference}
        says = {"number": parent.printed_reference, "title": promise.title}
        return _("Activity of %(number)s, “%(title)s”") % says

    @cached_property
    def said(self) -> list[Said]:
        """Return every text of every promise, in order."""
        return list(self._said())

    def _said(self) -> Iterator[Said]:
        for promise in self.promises.values():
            yield Said(promise, promise.text or promise.title, self.place(promise))
            if update := self.newest(promise):
                yield Said(promise, update.text, self.place(promise, update), update)

    @cached_property
    def resolved(self) -> dict[str, Resolved]:
        """Return what the references of all texts stand for, by plan; two queries a plan."""
        texts: dict[str, list[str]] = defaultdict(list)
        for said in self.said:
            texts[self.plans[said.promise.pk]].append(said.text)
        return {plan: resolve(said, self.scope, within=plan) for plan, said in texts.items()}


def book(scope: Scope, as_at: dt.date) -> Book:
    """Return the promises a scope may see with what was said of them until a day.

    Two queries, once for all the checks of a run.
    """
    return once("promises", lambda: _read(scope, as_at))


def _read(scope: Scope, as_at: dt.date) -> Book:
    found = scope.see(Promise.objects.all()).select_related("parent__parent__parent").in_order()
    promises = {promise.pk: promise for promise in found}
    children: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises.values():
        children[promise.parent_id or 0].append(promise)
    updates: dict[int, list[ProgressUpdate]] = defaultdict(list)
    for update in scope.of(UPDATE).filter(as_at__lte=as_at).order_by("as_at", "pk"):
        updates[update.parent_id].append(update)
    return Book(scope, promises, children, updates, {pk: _plan(p) for pk, p in promises.items()})


def _plan(promise: Promise) -> str:
    above: Record | None = promise
    while above is not None and above.kind != "plan":
        above = above.parent
    return above.reference if above else ""
