"""One published record of every kind, each pointing to the others wherever a column can."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peelian.packs.operations import build
from peelian.record.access import Command
from peelian.record.kinds import Kind, kind_named, kinds
from peelian.record.models import ToRecord
from peelian.record.operations import release
from tests.makers import make_all

CHANGED = "Nothing but a test."
# Where a column takes several kinds, the one that brings most along.
PREFERRED = ("activity", "role", "minute", "body", "objective", "edition")


def target_of(kind: Kind, name: str) -> str:
    """Return the kind of record that a column of this kind is filled with, or nothing."""
    if name in kind.links:
        return kind.links[name][0]
    field: Any = kind.model._meta.get_field(name)
    if not isinstance(field, ToRecord):
        return ""
    allowed = kind.parents if name == "parent" else field.kinds
    offered = [k for k in (*PREFERRED, *allowed) if k in allowed and k != kind.name]
    return offered[0] if offered else ""


def pointers(kind: Kind, world: dict[str, Any]) -> dict[str, Any]:
    """Return every column that can hold a record, filled from the world."""
    found: dict[str, Any] = {}
    for name in kind.fields:
        if target := target_of(kind, name):
            found[name] = [world[target]] if name in kind.links else world[target]
    return found


def one_of_each(**of_each: dict[str, Any]) -> dict[str, Any]:
    """Return a published record of every kind, by the kinds' names; the pack is a built one.

    `of_each` are further values for a kind, its name written with underscores.
    """
    world: dict[str, Any] = {}
    for kind in in_order_of_need():
        if kind.name != "pack":
            given = of_each.get(kind.name.replace("-", "_"), {})
            [world[kind.name]] = make_all(kind, pointers(kind, world) | given)
    world["pack"] = issued_pack(world["meeting"])
    return world


def issued_pack(meeting: Any, reason: str = CHANGED) -> Any:
    """Return a meeting's pack, built and published as the commands do it."""
    made = build(meeting, by=Command("build"), reason=reason)
    release(made, by=Command("release"))
    made.refresh_from_db()
    return made


def in_order_of_need() -> list[Kind]:
    """Return the kinds so that each comes after those its columns point to."""
    ordered: list[Kind] = []

    def add(kind: Kind) -> None:
        if kind not in ordered:
            for name in kind.fields:
                if target := target_of(kind, name):
                    add(kind_named(target))
            ordered.append(kind)

    for kind in kinds():
        add(kind)
    return ordered


def days(count: int) -> list[dt.date]:
    """Return as many days, each by itself."""
    return [dt.date(2019, 1, 1) + dt.timedelta(days=n) for n in range(count)]
