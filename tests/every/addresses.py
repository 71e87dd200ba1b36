"""Every address of the site, filled from records that there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from peelian.checks import findings
from peelian.duties import calendar
from peelian.received.models import Document, Finding, Line
from peelian.record import clock
from peelian.record.access import PUBLIC, Command
from peelian.record.kinds import kinds
from peelian.record.querysets import write_path
from peelian.record.scope import Scope
from peelian.retention.models import Hold
from peelian.retention.operations import place_hold


def patterns() -> list[URLPattern]:
    """Return every route there is, in the order in which they are tried."""
    found = list(_flat(get_resolver().url_patterns))
    assert len(found) > 300, "the resolver should hold every kind's routes"
    return found


def _flat(entries: list[Any]) -> Iterator[URLPattern]:
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from _flat(entry.url_patterns)


def needs(pattern: URLPattern) -> Any:
    """Return what a route says it needs: `public`, or an action and an area."""
    return getattr(pattern.callback, "needs", None)


def is_public(pattern: URLPattern) -> bool:
    """Return whether anybody may use the route."""
    return bool(needs(pattern) == PUBLIC)


def kind_of_route(pattern: URLPattern) -> str:
    """Return the name of the kind of record a route's `reference` stands for, or nothing."""
    address = str(pattern.pattern).removeprefix("office/").removeprefix("embed/")
    slug = address.partition("/")[0]
    if address.startswith("performance/proposals/<"):
        return "measure"
    return next((kind.name for kind in kinds() if kind.slug == slug), "")


def address_of(pattern: URLPattern, world: dict[str, Any]) -> str:
    """Return the address of a route, its parts taken from the records of a world."""
    wanted = pattern.pattern.converters
    parts: dict[str, Any] = {}
    for name in wanted:
        if name == "reference":
            parts[name] = world[kind_of_route(pattern)].reference
        elif name in ("activity", "area"):
            parts[name] = world[name].reference
        elif name == "owner":  # of the lines that nobody owns
            parts[name] = "none"
        elif name == "other":
            parts[name] = world["edition"].reference
        elif name in ("token", "day", "page"):
            made = {"token": "none-of-ours", "day": "2020-01-01", "page": "ieListDocuments"}
            parts[name] = made[name]
        elif name == "fingerprint":
            parts[name] = a_fingerprint()
        elif name in ("hold", "certificate"):
            parts[name] = {"hold": a_hold().pk, "certificate": 1}[name]
        elif name in ("step", "event", "which"):  # of a precept, which no event begins
            parts[name] = {"step": "report", "event": "poll", "which": "first"}[name]
        elif name == "name" and "processes" in str(pattern.pattern):
            parts[name] = "confirmation-hearing"
        elif name in ("pk", "number", "table"):
            parts[name] = {"pk": a_document().pk, "number": 1, "table": "delivery-plan"}[name]
        else:
            is_line = "publication-line" in str(pattern.name)
            rule = next(r for r in calendar.rules() if r.item or not is_line)
            parts[name] = {"pack": rule.pack, "name": rule.name}[name]
    return reverse(str(pattern.name), kwargs=parts)


def a_hold() -> Hold:
    """Return a hold on a class; placed where there is none."""
    known = Hold.objects.first()
    values = {"title": "A claim", "why": "It is not settled.", "rule": "retention/duties"}
    return known or place_hold(values | {"starts_on": clock.today()}, by=Command("test"))


def a_document() -> Document:
    """Return a received document with a finding and a line; made where there is none."""
    known = Document.objects.first()
    if known:
        return known
    place = {"file": "pack.txt", "line": 4}
    said = {"place": place, "quotation": "It will end.", "others": [], "reason": "", "mend": ""}
    cells = {"commitment_reference": "1.1", "activity": "Write it", "update": "Begun."}
    with write_path():
        made = Document(name="pack.txt", sha256="0" * 64, format="txt", received_by="Pat")
        made.save()
        Finding(
            document=made,
            number=1,
            fingerprint="0" * 12,
            check_name="stale-future",
            confidence="likely",
            said=said | {"title": "Stale"},
        ).save()
        Line(
            document=made, number=1, table="delivery-plan", cells=cells, place="line 4", context="…"
        ).save()
    return made


def a_fingerprint() -> str:
    """Return the mark of a finding that there is now; one that is not, where there is none."""
    everybody = type("Everybody", (), {"roles": ("administrator",)})()
    found = findings.run(Scope(everybody), clock.today())
    return found[0].fingerprint if found else "0" * 64
