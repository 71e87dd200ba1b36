"""What `A4.6` or `3.5` names: a commitment or activity of the plan; and where references lead."""

from __future__ import annotations

from dataclasses import dataclass

from peelian.promises.kinds import ACTIVITY, COMMITMENT, UPDATE
from peelian.promises.models import ProgressUpdate, Promise
from peelian.record.models import Record
from peelian.record.references import normal, resolve
from peelian.record.scope import Scope

DEEPEST = 4


def resolve_plan_references(
    names: set[str], scope: Scope, within: str
) -> dict[str, list[Record]]:
    """Return the commitments and activities of these printed references, in one query."""
    printed = names | {f"{n[0]}.{n[1:]}" for n in names if n[0].isalpha()}
    kinds = [COMMITMENT.name, ACTIVITY.name]
    found = scope.see(
        Promise.objects.filter(kind__in=kinds, printed_reference__in=printed)
    ).order_by("-kind", "sort_key")
    if within:
        found = found.filter(reference__startswith=f"{within}-")
    resolved: dict[str, list[Record]] = {}
    for promise in found:
        resolved.setdefault(normal(promise.printed_reference), []).append(promise)
    return resolved


def plan_of(promise: Record) -> str:
    """Return the reference of the plan whose numbering a promise uses: `2016` of `2016-A4.6`."""
    return promise.reference.partition("-")[0] if promise.kind != "undertaking" else ""


@dataclass(frozen=True)
class Step:
    """One step of a chain: this promise says to look at those."""

    promise: Record
    leads_to: list[Record]


def chain(promise: Promise, scope: Scope) -> list[Step]:
    """Return where a promise's references lead, step by step, each promise once.

    Three queries a step, four steps at most; a circle ends where it began.
    """
    steps: list[Step] = []
    seen = {promise.pk}
    level: list[Record] = [promise]
    for _step in range(DEEPEST):
        said = _what_they_say(level, scope)
        resolved = resolve(
            [text for texts in said.values() for text in texts], scope, within=plan_of(promise)
        )
        following: list[Record] = []
        for record in level:
            leads = _leads(record, said[record.pk], resolved)
            if leads:
                steps.append(Step(record, leads))
                following += [r for r in leads if r.pk not in seen]
                seen |= {r.pk for r in leads}
        level = following
        if not level:
            break
    return steps


def _leads(record: Record, texts: list[str], resolved: object) -> list[Record]:
    from peelian.record.references import Resolved, mentions

    assert isinstance(resolved, Resolved)
    found = {
        r.pk: r
        for text in texts
        for mention in mentions(text)
        if mention.form == "plan"
        for r in resolved.of(mention)
        if r.pk != record.pk
    }
    return list(found.values())


def _what_they_say(promises: list[Record], scope: Scope) -> dict[int, list[str]]:
    """Return the texts of each promise: its own, its latest update's, its unnumbered activity's."""
    own = {p.pk: p for p in scope.see(Promise.objects.filter(pk__in=[p.pk for p in promises]))}
    unnumbered = scope.see(
        Promise.objects.filter(parent__in=own, kind=ACTIVITY.name, printed_reference="")
    )
    speaks_for = {p.pk: p.pk for p in own.values()} | {c.pk: c.parent_id for c in unnumbered}
    texts: dict[int, list[str]] = {p.pk: [] for p in promises}
    for p in [*own.values(), *unnumbered]:
        texts[speaks_for[p.pk] or p.pk] += [p.title, p.text]
    for pk, update in latest_updates(list(speaks_for), scope).items():
        texts[speaks_for[pk] or pk].append(update.text)
    return texts


def latest_updates(promises: list[int], scope: Scope) -> dict[int, ProgressUpdate]:
    """Return the newest update of each promise that may be seen, by promise id, in one query."""
    found = scope.of(UPDATE).filter(parent__in=promises).order_by("as_at", "pk")
    return {update.parent_id: update for update in found}
