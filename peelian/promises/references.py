"""What `A4.6` or `3.5` names: a commitment or activity of the plan; and where references lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from peelian.promises.kinds import ACTIVITY, COMMITMENT, FINDING, SUCCESSION, UPDATE
from peelian.promises.models import FOLLOWED, Promise
from peelian.recognition.references import mentions, normal
from peelian.record.models import Record
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope

DEEPEST = 3


def resolve_plan_references(names: set[str], scope: Scope, within: str) -> dict[str, list[Record]]:
    """Return the commitments and activities of these printed references, in one query.

    One that moved is also found by what it was called before, where nothing is called that now.
    """
    printed = names | {f"{n[0]}.{n[1:]}" for n in names if n[0].isalpha()}
    kinds = [COMMITMENT.name, ACTIVITY.name]
    moved = scope.of(SUCCESSION).filter(parent=OuterRef("pk"), printed_before__in=printed)
    called = moved.order_by("-day", "-pk").values("printed_before")[:1]
    found = scope.see(
        Promise.objects.annotate(called_before=Subquery(called)).filter(
            Q(printed_reference__in=printed) | Q(called_before__isnull=False), kind__in=kinds
        )
    ).order_by("-kind", "sort_key")
    if within:
        found = found.filter(reference__startswith=f"{within}-")
    now: dict[str, list[Record]] = {}
    before: dict[str, list[Record]] = {}
    for promise in found:
        if promise.printed_reference in printed:
            now.setdefault(normal(promise.printed_reference), []).append(promise)
        if promise.called_before:
            before.setdefault(normal(promise.called_before), []).append(promise)
    return before | now


def plan_of(promise: Record) -> str:
    """Return the reference of the plan whose numbering a promise uses: `2016` of `2016-A4.6`."""
    elsewhere = promise.kind in (*FOLLOWED, FINDING.name)
    return "" if elsewhere else promise.reference.partition("-")[0]


@dataclass(frozen=True)
class Step:
    """One step of a chain: this promise says to look at those."""

    promise: Record
    leads_to: list[Record]


def chain(
    promise: Promise,
    texts: Iterable[str],
    resolved: Resolved,
    scope: Scope,
    *,
    deepest: int = DEEPEST,
) -> list[Step]:
    """Return where a promise's references lead, step by step, each promise once.

    `texts` are the promise's own words and `resolved` their references. Two queries for each
    further step, three steps at most unless said otherwise; a circle ends where it began.
    """
    said = {promise.pk: list(texts)}
    steps: list[Step] = []
    seen = {promise.pk}
    level: list[Record] = [promise]
    for depth in range(deepest):
        if depth:
            said = _what_they_say(level, scope)
            everything = [text for texts_of in said.values() for text in texts_of]
            resolved = resolve(everything, scope, within=plan_of(promise))
        following: list[Record] = []
        for record in level:
            if leads := leads_of(record, said[record.pk], resolved):
                steps.append(Step(record, leads))
                following += [r for r in leads if r.pk not in seen]
                seen |= {r.pk for r in leads}
        level = following
        if not level:
            break
    return steps


def leads_of(record: Record, texts: Iterable[str], resolved: Resolved) -> list[Record]:
    """Return the other promises that a promise's words refer to."""
    found = {
        target.pk: target
        for text in texts
        for mention in mentions(text)
        if mention.form == "plan"
        for target in resolved.of(mention)
        if target.pk != record.pk
    }
    return list(found.values())


def _what_they_say(promises: list[Record], scope: Scope) -> dict[int, list[str]]:
    """Return the words of each promise: its own, and its newest update's.

    A commitment whose only activity has no printed reference speaks through that one's update.
    """
    ids = [p.pk for p in promises]
    unnumbered = Promise.objects.filter(
        parent__in=ids, kind=ACTIVITY.name, printed_reference=""
    ).values("pk")
    updates = (
        scope.of(UPDATE)
        .filter(Q(parent__in=ids) | Q(parent__in=unnumbered))
        .select_related("parent")
        .order_by("as_at", "pk")
    )
    said = {p.pk: [p.title, getattr(p, "text", "")] for p in promises}
    newest = {u.parent_id: u for u in updates}
    for update in newest.values():
        speaker = update.parent_id if update.parent_id in said else update.parent.parent_id
        said[speaker].append(update.text)
    return said
