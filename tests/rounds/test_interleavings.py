"""Two owners and an officer at the same 110 lines at once: no update is lost, no conflict hidden.

Each of the three reads a line, and writes it later, in any order with the others; between them
lines are sent for review, approved and sent back. A model beside the record says what must happen.
`python -m bench.interleavings` runs a thousand; here there are fewer.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from peelian.promises import operations as promises
from peelian.promises.models import Progress
from peelian.promises.rounds import Row, State
from peelian.record import operations
from peelian.record.errors import RecordError, Stale
from peelian.record.models import Change, Status
from peelian.record.writing import unexplained
from peelian.rounds.models import Answer
from peelian.rounds.operations import holder_of, take_answer
from tests.makers import CHRIS, PAT, make
from tests.rounds.invited import APRIL, MARCH, invite_to

pytestmark = pytest.mark.django_db

LINES = 110
INTERLEAVINGS = int(os.environ.get("PEELIAN_INTERLEAVINGS", "60"))
WRITES_EACH = 2
STATUSES = [Progress.ON_TRACK, Progress.AT_RISK, Progress.OFF_TRACK]


@dataclass
class Model:
    """What the record must say of each line, and what was accepted and refused on the way."""

    versions: dict[int, int] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    accepted: list[tuple[int, str]] = field(default_factory=list)
    conflicts: int = 0


class Writer:
    """Somebody who reads lines and writes them later, by the way that is theirs."""

    def __init__(self, name: str, write: Any) -> None:
        self.name, self.write = name, write
        self.read: dict[int, int] = {}


def writers(one, two):
    """Return an officer at the grid, an owner at the link, an owner with a sheet."""

    def officer(activity, said, version):
        promises.record_update(activity, as_at=MARCH, version=version, by=PAT, **said)

    def owner(invitation, way, submit):
        by = holder_of(invitation, way)

        def write(activity, said, version):
            given = {**said, "release": "public", "version": version, "submit": submit}
            take_answer(invitation, activity, way=way, by=by, **given)

        return write

    return [
        Writer("officer", officer),
        Writer("link", owner(one, Answer.Way.LINK, True)),
        Writer("sheet", owner(two, Answer.Way.SPREADSHEET, False)),
    ]


def version_of(activity):
    update = promises.update_for(activity, MARCH)
    return update.version if update else 0


def attempt(model, writer, activity, number, random) -> None:
    """Let one write, and hold what comes of it against the model."""
    said = {"progress": random.choice(STATUSES), "text": f"{writer.name} {number}"}
    version = writer.read.pop(activity.pk)
    fits = version == model.versions.get(activity.pk, 0)
    try:
        writer.write(activity, said, version)
    except Stale:
        assert not fits, "somebody who had read the newest was refused"
        model.conflicts += 1
        assert shown_to_them(activity) == model.words[activity.pk]
        return
    assert fits, "a colleague's words were written over without a word"
    model.words[activity.pk] = said["text"]
    model.versions[activity.pk] = version_of(activity)
    model.accepted.append((activity.pk, said["text"]))


def shown_to_them(activity) -> str:
    """Return what the page of a conflict shows of the colleague's words."""
    update = promises.update_for(activity, MARCH)
    draft = promises.writing.draft_of(update)
    row = Row(activity, "", None, None, None, update, draft, None)
    row.show_conflict()
    assert row.state == State.CONFLICT
    assert row.theirs is not None
    return row.theirs["text"]


def move_on(model, activity, random) -> None:
    """Send a line for review, approve it or send it back, where it is so far; words stay."""
    update = promises.update_for(activity, MARCH)
    if update is None:
        return
    try:
        if random.random() < 0.5:
            promises.submit_updates([update], by=PAT)
        elif random.random() < 0.5:
            promises.approve_updates([update], by=CHRIS)
        else:
            operations.send_back(update, by=CHRIS, why="Say more.")
    except RecordError:
        return
    model.versions[activity.pk] = version_of(activity)


def interleave(model, people, activities, number, random) -> None:
    """Let the three read and write a few of the lines in a random order."""
    lines = random.sample(activities, 3)
    steps = [
        (step, writer, random.choice(lines))
        for writer in people
        for step in ("read", "write") * WRITES_EACH
    ] + [("move", people[0], random.choice(lines))]
    random.shuffle(steps)
    for place, (step, writer, activity) in enumerate(steps):
        if step == "read":
            writer.read[activity.pk] = version_of(activity)
        elif step == "move":
            move_on(model, activity, random)
        else:
            writer.read.setdefault(activity.pk, version_of(activity))
            attempt(model, writer, activity, f"{number}.{place}", random)


def test_no_update_is_lost_and_every_conflict_is_shown() -> None:
    plan = make("plan")
    over = make("commitment", parent=make("objective", parent=plan), owner=make("role"))
    activities = [make("activity", parent=over, owner=over.owner) for _ in range(LINES)]
    round_ = promises.open_round(plan, as_at=MARCH, closes_on=APRIL, by=PAT)
    one = invite_to(round_, *activities)
    two = invite_to(round_, *activities, email="sam@force.example", owner=over)
    model, random, people = Model(), Random(20200331), writers(one, two)
    for number in range(INTERLEAVINGS):
        interleave(model, people, activities, number, random)
    assert model.conflicts > INTERLEAVINGS // 2
    assert len(model.accepted) > INTERLEAVINGS
    require_nothing_lost(model, activities)
    sys.stdout.write(f"{len(model.accepted):,} kept, {model.conflicts:,} conflicts shown\n")


def require_nothing_lost(model, activities) -> None:
    """Compare the record with the model: what stands, and that the history has all that stood."""
    touched = [a for a in activities if a.pk in model.words]
    for activity in touched:
        update = promises.update_for(activity, MARCH)
        said = promises.said_by(update, promises.writing.draft_of(update))
        assert said["text"] == model.words[activity.pk]
        assert unexplained(update) == {}
    history = "\n".join(
        f"{change.values} {change.proposed}" for change in Change.objects.filter(kind="update")
    )
    assert [text for _pk, text in model.accepted if f"'{text}'" not in history] == []
    published = [a for a in touched if promises.update_for(a, MARCH).status == Status.PUBLISHED]
    assert len(published) < len(touched)
