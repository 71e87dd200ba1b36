"""Published records of every kind, each pointing to others wherever a column can."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peelian.packs.operations import build
from peelian.people.models import User
from peelian.record.access import Command
from peelian.record.kinds import Kind, kind_named, kinds
from peelian.record.models import ToRecord
from peelian.record.operations import release
from tests.makers import make_all

World = dict[str, Any]
# Where a column takes several kinds, the one that brings most along.
PREFERRED = ("activity", "role", "minute", "body", "objective", "edition")


def targets_of(kind: Kind) -> dict[str, str]:
    """Return for each column that points to records the kind of record to fill it with."""
    found = {}
    for name in kind.fields:
        allowed = kind.links.get(name, ())
        if name not in kind.links:
            field: Any = kind.model._meta.get_field(name)
            if not isinstance(field, ToRecord):
                continue
            allowed = kind.parents if name == "parent" else field.kinds
        offered = [k for k in (*PREFERRED, *allowed) if k in allowed and k != kind.name]
        if offered:
            found[name] = offered[0]
    return found


def pointers(kind: Kind, world: World) -> World:
    """Return every column that can hold a record, filled from the world."""
    return {
        name: [world[target]] if name in kind.links else world[target]
        for name, target in targets_of(kind).items()
    }


def in_order_of_need(*wanted: Kind) -> list[Kind]:
    """Return kinds (all, or those wanted) and what they point to, each after what it needs."""
    ordered: list[Kind] = []

    def add(kind: Kind) -> None:
        if kind not in ordered:
            for target in targets_of(kind).values():
                add(kind_named(target))
            ordered.append(kind)

    for kind in wanted or kinds():
        add(kind)
    return ordered


def one_of_each(*wanted: Kind, of_each: dict[str, World] | None = None, ending: str = "") -> World:
    """Return a published record of every kind, or of those wanted and all they point to, by name.

    The pack is a built one. `of_each` are further values for a kind; `ending` is what every
    reference ends with.
    """
    world: World = {}
    needed = in_order_of_need(*wanted)
    for kind in (k for k in needed if k.name != "pack"):
        values = {"reference": f"{kind.name}{ending}", **pointers(kind, world)}
        [world[kind.name]] = make_all(kind, values | (of_each or {}).get(kind.name, {}))
    if kind_named("pack") in needed:
        world["pack"] = issued_pack(world["meeting"])
    return world


def issued_pack(meeting: Any) -> Any:
    """Return a meeting's pack, built and published as the commands do it."""
    made = build(meeting, by=Command("build"), reason="Nothing but a test.")
    release(made, by=Command("release"))
    made.refresh_from_db()
    return made


def person(username: str, *roles: str) -> User:
    """Return somebody to be signed in by force: without a password, which takes long to make."""
    user = User(username=username, full_name=username.title(), roles=list(roles))
    user.set_unusable_password()
    user.save()
    return user


def days(count: int) -> list[dt.date]:
    """Return as many days, each by itself."""
    return [dt.date(2019, 1, 1) + dt.timedelta(days=n) for n in range(count)]
