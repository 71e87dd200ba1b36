"""A hold keeps what it covers, with all that is part of it, from going by any way there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.record import operations as record
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused
from peelian.retention import operations
from peelian.retention.holds import stopping
from tests.makers import CHRIS, PAT, ROBIN, make

pytestmark = pytest.mark.django_db
SAID = {"title": "A claim", "why": "It is not settled.", "starts_on": dt.date(2020, 1, 2)}
OLD = dt.date(2012, 3, 1)


def _hold(*records: Any, **values: Any) -> Any:
    return operations.place_hold(SAID | values, records, by=PAT)


def _undertaking() -> tuple[Any, Any]:
    one = make("undertaking", progress="complete", closed_on=OLD)
    return one, make("update", parent=one, as_at=OLD)


# What a hold is placed on, and whether it stops the undertaking and its update.
COVERED: dict[str, tuple[Any, bool, bool]] = {
    "the record": (lambda one, _part: _hold(one), True, True),
    "its part": (lambda _one, part: _hold(part), True, True),
    "its kind": (lambda _one, _part: _hold(kind="undertaking"), True, True),
    "the kind of its part": (lambda _one, _part: _hold(kind="update"), True, True),
    "its class": (lambda _one, _part: _hold(rule="retention/undertakings"), True, True),
    "another record": (lambda _one, _part: _hold(make("clock")), False, False),
    "another kind": (lambda _one, _part: _hold(kind="clock"), False, False),
    "another class": (lambda _one, _part: _hold(rule="retention/plans"), False, False),
}


@pytest.mark.parametrize("name", COVERED)
def test_a_hold_stops_what_it_covers_and_nothing_else(name: str) -> None:
    place, stops, stops_part = COVERED[name]
    one, part = _undertaking()
    place(one, part)
    found = stopping([one, part])
    assert (one.pk in found, part.pk in found) == (stops, stops_part)


def test_a_class_is_not_held_by_a_hold_on_another_that_shares_a_kind() -> None:
    activity = make("activity")
    update = make("update", parent=activity, as_at=OLD)
    _hold(rule="retention/undertakings")
    assert stopping([update]) == {}
    _hold(rule="retention/plans")
    assert set(stopping([update])) == {update.pk}


def test_what_is_held_cannot_be_deleted_until_the_hold_is_lifted() -> None:
    draft = make("clock", status="draft")
    hold = _hold(draft)
    with pytest.raises(Refused, match="under a hold, “A claim”"):
        record.delete(draft, by=CHRIS, why="Twice")
    draft.refresh_from_db()
    operations.lift_hold(hold, by=CHRIS, why="Settled")
    record.delete(draft, by=CHRIS, why="Twice")
    assert hold.names == [f"clock/{draft.reference}"]


def test_who_may_not_lift_a_hold_does_not_and_nobody_lifts_it_twice() -> None:
    hold = _hold(kind="clock")
    with pytest.raises(Refused, match="role"):
        operations.lift_hold(hold, by=PAT, why="Settled")
    with pytest.raises(Invalid):
        operations.lift_hold(hold, by=CHRIS, why=" ")
    operations.lift_hold(hold, by=CHRIS, why="Settled")
    with pytest.raises(Refused, match="already"):
        operations.lift_hold(hold, by=CHRIS, why="Settled")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "records"),
    ({"kind": "clock", "rule": "retention/duties"}, "records"),
    ({"kind": "clock", "title": " "}, "title"),
    ({"kind": "clock", "why": ""}, "why"),
    ({"kind": "clock", "starts_on": dt.date(2020, 1, 29)}, "starts_on"),
]


@pytest.mark.parametrize(("values", "field"), WRONG)
def test_a_hold_says_what_and_why_and_has_begun(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _hold(**values)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize("actor", [ROBIN, Command("nobody", ())])
def test_a_reader_places_no_hold(actor: Any) -> None:
    with pytest.raises(Refused):
        operations.place_hold(SAID | {"kind": "clock"}, by=actor)
