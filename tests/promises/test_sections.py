"""How a promise looks: its updates newest first, its overseers as printed and as registered."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.blocks import Table, text
from peelian.promises.sections import lines_of
from peelian.promises.standing import counts_of, standing, standing_blocks
from peelian.record import operations
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, ROBIN, make

pytestmark = pytest.mark.django_db


def test_updates_come_newest_first_and_only_public_ones() -> None:
    activity = make("activity")
    for day, status in (
        ("2019-09-30", "published"),
        ("2019-12-31", "published"),
        ("2020-03-31", "draft"),
    ):
        make("update", parent=activity, as_at=day, status=status)
    public = lines_of([activity], PUBLIC).of(activity)
    assert [u.as_at.isoformat() for u in public.updates] == ["2019-12-31", "2019-09-30"]
    assert public.latest == public.updates[0]
    assert len(lines_of([activity], Scope(ROBIN)).of(activity).updates) == 3


def test_a_promise_without_updates_has_no_latest() -> None:
    activity = make("activity")
    assert lines_of([activity], PUBLIC).of(activity).latest is None


@pytest.mark.parametrize(
    "printed", ["Victims’ Board", "victims' board", "VB", "The Victims’ Board"]
)
def test_a_printed_name_finds_its_mechanism_by_any_of_its_names(printed: str) -> None:
    board = make(
        "oversight-mechanism", title="Victims’ Board", also_known_as="VB; The Victims’ Board"
    )
    activity = make("activity", oversight_as_printed=f"{printed}; Another", overseen_by=[board])
    known, unknown = lines_of([activity], PUBLIC).of(activity).oversight
    assert (known.name, known.mechanism) == (printed, board)
    assert (unknown.name, unknown.mechanism) == ("Another", None)


def test_a_mechanism_that_is_not_printed_is_named_all_the_same() -> None:
    board = make("oversight-mechanism", title="Victims’ Board")
    activity = make("activity", oversight_as_printed="Another", overseen_by=[board])
    found = lines_of([activity], PUBLIC).of(activity).oversight
    assert [o.name for o in found] == ["Another", "Victims’ Board"]


def test_a_withdrawn_mechanism_is_only_its_printed_name() -> None:
    board = make("oversight-mechanism", title="Victims’ Board")
    activity = make("activity", oversight_as_printed="Victims’ Board", overseen_by=[board])
    operations.withdraw(board, by=CHRIS, why="Ended")
    (only,) = lines_of([activity], PUBLIC).of(activity).oversight
    assert (only.name, only.mechanism) == ("Victims’ Board", None)


def test_three_queries_serve_any_number_of_promises() -> None:
    commitment = make("commitment")
    board = make("oversight-mechanism")
    activities = [make("activity", parent=commitment, overseen_by=[board]) for _n in range(6)]
    for activity in activities:
        make("update", parent=activity, text="See A4.6")
    for some in (activities[:1], activities):
        with CaptureQueriesContext(connection) as queries:
            lines = lines_of(some, PUBLIC)
        assert len(queries) == 3
        assert len(lines.under(commitment)) == len(some)


def test_counts_stand_in_the_order_of_the_vocabulary() -> None:
    counts = counts_of(["complete", "on_track", "at_risk", "on_track"])
    assert counts == [
        ("on_track", "On track", 2),
        ("at_risk", "At risk", 1),
        ("complete", "Complete", 1),
    ]
    assert counts_of([]) == []


def test_a_plan_stands_as_its_public_activities_do() -> None:
    plan = make("plan")
    first, second = (make("objective", parent=plan, title=f"Objective {n}") for n in (1, 2))
    commitment = make("commitment", parent=first)
    for progress, status in (
        ("on_track", "published"),
        ("at_risk", "published"),
        ("off_track", "draft"),
    ):
        make("activity", parent=commitment, progress=progress, status=status)
    rows = [(o.title, [(c, n) for c, _label, n in counts]) for o, counts in standing(plan, PUBLIC)]
    assert rows == [("Objective 1", [("on_track", 1), ("at_risk", 1)]), ("Objective 2", [])]
    (table,) = standing_blocks(plan, PUBLIC)
    assert isinstance(table, Table)
    assert text(table).splitlines() == [
        "Activities by objective and status",
        "Objective\tOn track\tAt risk\tAll",
        "Objective 1\t1\t1\t2",
        "Objective 2\t0\t0\t0",
        "All\t1\t1\t2",
    ]
    assert second.pk


def test_a_plan_without_activities_says_so() -> None:
    assert "no published activities" in text(standing_blocks(make("plan"), PUBLIC)[0])
