"""Everything an office holds back: records in every hidden state, and changes that wait.

Each carries a word of its own that is nowhere else, in its reference, its title and every text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from peelian.exempt.operations import keep_exempt_file, keep_exempt_part
from peelian.figures.assessments import refresh
from peelian.figures.models import Observation
from peelian.packs.operations import build
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.files import NewFile
from peelian.record.kinds import Kind, kinds
from peelian.record.models import Record
from peelian.record.querysets import write_path
from peelian.transparency.models import Payment
from peelian.transparency.models.staff import ToldField
from peelian.transparency.staff import keep_staff_counts
from tests.every.world import World, pointers
from tests.makers import CHRIS, PAT, amend, bring_to, make, make_all

MARK = "zq"
DAY = timedelta(days=1)
# Columns of words that hold the name of a rule or of a duty, or a time code.
NO_WORDS = {"key", "covers", "duty", "webcast_at"}
MONTHS = [dt.date(2018 + n // 12, n % 12 + 1, 1) for n in range(24)]


def _stopped_at(status: str) -> Callable[[Record], Any]:
    return lambda record: bring_to(record, status)


def _published(**options: Any) -> Callable[[Record], Any]:
    return lambda record: bring_to(record, "published", **options)


def _for_the_office(record: Record) -> Any:
    newest = amend(record, audience="office")
    return bring_to(newest, "published")


# How each is hidden, from a draft on.
STATES: dict[str, Callable[[Record], Any]] = {
    "draft": _stopped_at("draft"),
    "inreview": _stopped_at("in_review"),
    "approved": _stopped_at("approved"),
    "withdrawn": _stopped_at("withdrawn"),
    "embargoed": _published(embargo_until=datetime.now(UTC) + DAY),
    "expired": _published(expires_at=datetime.now(UTC) - DAY),
    "office": _for_the_office,
}


def word(*parts: str) -> str:
    """Return a word that is nowhere else, made of letters only, so that a search can find it."""
    return MARK + "".join(parts).replace("-", "").replace("_", "")


def texts(kind: Kind, said: str) -> dict[str, str]:
    """Return every column of words of a kind, saying one word."""
    found = {"title": said.title()}
    for name in kind.fields:
        field = None if name in kind.links else kind.model._meta.get_field(name)
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        is_text &= not isinstance(field, models.URLField | ToldField) and name not in NO_WORDS
        if name != "reference" and is_text:
            room = getattr(field, "max_length", None) or 100
            found[name] = said.title()[:room]
        if isinstance(field, models.URLField):
            found[name] = f"https://example.org/{said}"
        elif name == "url":  # it takes addresses only
            found[name] = f"https://{said}.example/"
    if kind.name == "challenge":  # a response has its day
        found["responded_on"] = "2020-02-05"
    if "exempt_reason" in found:  # one goes with the other
        found["exempt_paragraph"] = "3"
    return found


def hide_some_of_each(world: World) -> list[Record]:
    """Return hidden records: of every kind one in every state, pointing into the public world."""
    hidden: dict[tuple[str, str], Record] = {}
    for kind in kinds():
        for state, hide in STATES.items():
            said = word(kind.name, state)
            values = pointers(kind, world) | texts(kind, said) | {"reference": said}
            values |= of_note(kind.name)
            if kind.name == "pack":
                values.pop("issue", None)
            if kind.name == "agenda-item" and state in ("draft", "embargoed"):  # papers stand under
                values |= {"exempt_paragraph": None, "exempt_reason": ""}
            if kind.name == "monitoring":  # a force is at one level a day
                year = dt.date(2001 + len(hidden) % 18, 1, 1)
                values |= {"begins_on": year, "ends_on": year}
            if kind.name == "membership":  # nobody sits twice, nor two in one seat
                values |= {name: hidden[name, state] for name in ("person", "seat")}
            hidden[kind.name, state] = hide(make(kind, status="draft", **values))
    return list(hidden.values())


def of_note(kind: str) -> dict[str, Any]:
    """Return what would make a hidden record show, if anything looked at it."""
    every: dict[str, dict[str, Any]] = {
        # Public texts speak of these: they must stay words, not become links.
        "activity": {"printed_reference": "A9.9", "progress": "off_track"},
        "commitment": {"printed_reference": "9.9"},
        "minute": {"number": 999},
        "oversight-mechanism": {"also_known_as": "The Printed Board"},
        # These open clocks, and are the newest of their kind.
        "meeting": {"held_on": "2020-01-30", "state": "planned"},
        "inspection": {"published_on": "2020-01-02"},
        "edition": {"period": "2020-01-01", "known": "2020-01-27"},
        "update": {"as_at": "2020-01-27", "progress": "off_track"},
        "undertaking": {"due": "2020-02-01"},
        "recommendation": {"respond_by": "2020-02-01"},
        "finding": {"due": "2020-02-01", "form": "concern"},
        "monitoring": {"level": "engage"},
        "theme": {"meeting": None},  # the one meeting is the panel's, and a theme is for another's
        "plan": {"starts_on": "2020-01-01"},
        "topic": {"order": 0},
        "clock": {"opened_on": "2020-01-27"},
        # It would make the site a sober one.
        "election": {"notice_on": "2020-01-20", "poll_on": "2020-02-20"},
        "pause": {"form": "post_election_period", "starts_on": "2019-01-01"},
        # It would close a duty that is past, and the next one.
        "proof": {"key": "precept/2019-20/notify-panel", "met_on": "2020-01-20"},
        "duty-owner": {"covers": "precept/notify-panel"},
        "agenda-item": {"number": 0},
        "publication-place": {"published_on": "2019-12-01"},
    }
    return every.get(kind, {})


def publish_some_under(hidden: list[Record], world: World) -> list[Record]:
    """Return published records of every kind under each hidden one: they are hidden with it."""
    made = []
    for parent in hidden:
        for kind in kinds():
            if parent.kind not in kind.parents or kind.name in ("pack", parent.kind):
                continue
            if kind.name == "paper" and getattr(parent, "exempt_paragraph", None):
                continue  # what is exempt is kept apart, and no paper goes out under it
            said = word("under", parent.reference, kind.name)
            values = pointers(kind, world) | texts(kind, said)
            values |= {"reference": said, "parent": parent}
            made += make_all(kind, values | of_note(kind.name))
    return made


def let_changes_wait(world: World, other: World) -> Iterator[Record]:
    """Propose for every record other words, and other records wherever it points; yield each."""
    for number, (name, record) in enumerate(world.items()):
        kind = next(k for k in kinds() if k.name == name)
        changed: dict[str, Any] = texts(kind, word("draft", name))
        if name not in ("seat", "membership", "monitoring"):  # each stays where the other is
            changed |= pointers(kind, other)
        if "progress" in kind.fields:
            changed |= {"progress": "off_track"}
        changed |= {} if name == "pack" else {"owner": other["role"]}
        changed |= {"audience": "office"} if number % 3 == 0 else {}
        drafted = amend(record, **changed)
        yield operations.submit(drafted, by=PAT) if number % 2 else drafted


def measure_in_secret(world: World, hidden: list[Record]) -> None:
    """Add figures of hidden measures, and of a public one in hidden areas."""
    areas = [r for r in hidden if r.kind == "area"]
    measures = [r for r in hidden if r.kind == "measure"]
    for area in areas:
        observe(world["measure"], area, 777_777)
    for measure in measures:
        observe(measure, world["area"], 777_777)


def observe(measure: Any, area: Any, value: float) -> None:
    """Add two years of a measure's values in an area."""
    Observation.objects.bulk_create(
        Observation(
            measure=measure,
            area=area,
            period=month,
            known=dt.date(2020, 1, 20),
            value=value + nth % 5,
            source="The force",
        )
        for nth, month in enumerate(MONTHS)
    )
    refresh()


def build_and_hold_back(world: World, unpacked: Any) -> None:
    """Build a further issue of a public pack, and the first pack of a meeting that has none."""
    for meeting in (world["meeting"], unpacked):
        build(meeting, by=Command("build"), reason=word("pack", "reason"))


def keep_what_is_exempt(world: World) -> None:
    """Keep an exempt paper and file of a public agenda item, and an exempt minute."""
    secret = word("exempt", "business")
    officer = Command("sam", ("panel_officer",))
    for kind in ("agenda-item", "minute"):
        keep_exempt_part(world[kind], text=secret, ground=secret, by=officer)
    file = NewFile(f"{secret}.pdf", b"%PDF-1.7 " + secret.encode(), secret)
    keep_exempt_file(world["agenda-item"], file, by=officer)


def spend_and_decide_in_secret(world: World) -> None:
    """Keep what waits for public records: payments, an exempt part, counts of staff."""
    said = word("payment", "waiting")
    values = {"recipient": said, "original": said, "purpose": said, "naming": "body"}
    with write_path():
        Payment.objects.bulk_create(
            Payment(
                month_id=world["spending-month"].pk,
                issue=99,
                row=row,
                amount=Decimal(9_999),
                paid_on=dt.date(2020, 2, 5),
                paid_by="commissioner",
                **values,
            )
            for row in range(2, 5)
        )
    secret = word("exempt", "part")
    keep_exempt_part(world["decision"], text=secret, ground=secret, by=CHRIS)
    counts = {"headcount": 41, "women": 38, "ethnic_minority": 3, "disabled": 9}
    keep_staff_counts(world["staff-count"], counts, by=CHRIS, why=word("staff", "counts"))


def hide_what_is_pointed_to(world: World) -> list[Record]:
    """Return hidden records that public ones point to, one for every column that can.

    The public record stays public, unless it is part of what is hidden.
    """
    hidden = []
    for kind in kinds():
        for number, (column, targets) in enumerate(_single_targets(kind).items()):
            for target in targets:
                said = word("target", kind.name, column, target)
                target_kind = next(k for k in kinds() if k.name == target)
                values = pointers(target_kind, world) | texts(target_kind, said)
                [aim] = make_all(target_kind, values | {"reference": said})
                own = pointers(kind, world)
                own[column] = [aim] if column in kind.links else aim
                if kind.name == "membership":  # a year for each: nobody sits twice
                    year = dt.date(1000 + len(hidden), 1, 1)
                    own |= {"starts_on": year, "ends_on": year + 300 * DAY}
                if kind.name == "monitoring":  # a force is at one level a day
                    year = dt.date(1000 + len(hidden), 1, 1)
                    own |= {"begins_on": year, "ends_on": year}
                if kind.name == "work-programme-item" and column in ("body", "meeting"):
                    own["meeting" if column == "body" else "body"] = None  # its meeting's body
                name = f"pointing-{kind.name}-{column}-{target}".replace("_", "-")
                make_all(kind, own | {"reference": name, "title": name})
                WAYS[number % len(WAYS)](aim)
                hidden.append(aim)
    return hidden


def _single_targets(kind: Kind) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in kind.fields:
        if name in kind.links:
            found[name] = kind.links[name]
        elif allowed := getattr(kind.model._meta.get_field(name), "kinds", ()):
            found[name] = allowed
    if kind.name != "pack":
        found["owner"] = ("role", "body")
        return found
    return {}


def _withdrawn(record: Record) -> None:
    operations.withdraw(record, by=CHRIS, why="Wrong")


def _reopened(record: Record) -> None:
    _withdrawn(record)
    operations.reopen(record, by=PAT)


def _narrowed(record: Record) -> None:
    amend(record, audience="office")
    operations.release(record, by=CHRIS)


# How what was public is hidden again.
WAYS: tuple[Callable[[Record], None], ...] = (_withdrawn, _reopened, _narrowed)
