"""What a running hold covers: records it names, a kind or a class, and all that is part of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peelian.duties.rulebook import rule_named
from peelian.record.kinds import kind_named, kinds
from peelian.record.models import Record
from peelian.retention.models import Hold


@dataclass(frozen=True)
class _Node:
    """What a hold asks of a record."""

    pk: int
    kind: str
    parent_id: int | None


def every() -> QuerySet[Hold]:
    """Return every hold, the newest first, with whether it is lifted."""
    return Hold.objects.select_related("lifting").order_by("-pk")


def hold(pk: int) -> Hold | None:
    """Return a hold, or None."""
    return every().filter(pk=pk).first()


def running() -> list[Hold]:
    """Return the holds that are not lifted, with the records they name. Two queries."""
    return list(Hold.objects.filter(lifting=None).order_by("pk").prefetch_related("held"))


def covers(hold: Hold) -> str:
    """Return what a hold covers, in words; the names of records are not among them."""
    if hold.kind:
        known = {kind.name: kind.plural for kind in kinds()}
        return _("Every record of the kind “%(kind)s”") % {"kind": known.get(hold.kind, hold.kind)}
    if hold.rule:
        rule = rule_named(hold.rule)
        return _("Every record of the class “%(class)s”") % {
            "class": rule.title if rule else hold.rule
        }
    return _("The records named")


def why_held(record: Record) -> str:
    """Return why a hold keeps a record, or nothing. One query where there is no hold."""
    found = stopping([record]).get(record.pk)
    if not found:
        return ""
    return _("“%(title)s” is under a hold, “%(hold)s”, and must stay until that is lifted.") % {
        "title": record.title,
        "hold": found[0].title,
    }


def stopping(records: Sequence[Record]) -> dict[int, list[Hold]]:
    """Return the holds that keep each record: on it, on what it is part of, on a part of it.

    One query where there is no hold; else few, however many records.
    """
    holds = running()
    if not holds:
        return {}
    nodes = {one.pk: _Node(one.pk, one.kind, one.parent_id) for one in records}
    _add_parents(nodes)
    trees = _trees(records, nodes)
    found = {}
    for one in records:
        members = trees[one.pk]
        classes = {_class_of(pk, nodes) for pk in members}
        about = set(_line(one.pk, nodes)) | members
        kept = [hold for hold in holds if _covers(hold, about, classes, nodes)]
        if kept:
            found[one.pk] = kept
    return found


def _covers(hold: Hold, about: set[int], classes: set[str], nodes: dict[int, _Node]) -> bool:
    if hold.kind:
        return any(nodes[pk].kind == hold.kind for pk in about)
    if hold.rule:
        return hold.rule in classes
    return any(held.record_id in about for held in hold.held.all())


def _add(nodes: dict[int, _Node], found: Iterable[tuple[int, str, int | None]]) -> list[int]:
    new = [_Node(*row) for row in found if row[0] not in nodes]
    nodes |= {node.pk: node for node in new}
    return [node.pk for node in new]


def _add_parents(nodes: dict[int, _Node]) -> None:
    columns = ("pk", "kind", "parent_id")
    while missing := {n.parent_id for n in nodes.values() if n.parent_id} - set(nodes):
        _add(nodes, Record.objects.filter(pk__in=missing).values_list(*columns))


def _trees(records: Sequence[Record], nodes: dict[int, _Node]) -> dict[int, set[int]]:
    """Return each record with all that is part of it, adding the parts to the nodes."""
    trees = {one.pk: {one.pk} for one in records}
    level = {one.pk: {one.pk} for one in records}  # a part, and the records it is part of
    columns = ("pk", "kind", "parent_id")
    while level:
        rows = list(Record.objects.filter(parent_id__in=level).values_list(*columns))
        _add(nodes, rows)
        following = {}
        for pk, _kind, parent_id in rows:
            following[pk] = level[parent_id or 0]
            for root in following[pk]:
                trees[root].add(pk)
        level = following
    return trees


def _line(pk: int, nodes: dict[int, _Node]) -> list[int]:
    """Return a record and what it is part of, outwards."""
    found: list[int] = []
    at: int | None = pk
    while at:
        found.append(at)
        at = nodes[at].parent_id
    return found


def _class_of(pk: int, nodes: dict[int, _Node]) -> str:
    """Return the class of a record: its own, or that of what it goes with."""
    for at in _line(pk, nodes):
        keeping = kind_named(nodes[at].kind).model.keeping
        if not (keeping.with_parent and nodes[at].parent_id):
            return keeping.rule
    return ""
