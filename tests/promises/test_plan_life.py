"""What becomes of a promise: moved, merged, superseded; with its day, reason and history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.promises import plan_life
from peelian.promises.kinds import SUCCESSION
from peelian.promises.references import resolve_plan_references
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.models import Change
from peelian.record.operations import approve
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, PAT, amend, make

pytestmark = pytest.mark.django_db

DAY = dt.date(2020, 4, 1)
WHY = "The board that oversees it has changed."


@pytest.fixture
def plan() -> dict[str, Any]:
    """A plan of two objectives: three commitments under the first, with activities."""
    plan = make("plan", reference="2016")
    one, two = (make("objective", parent=plan, number=n, reference=f"2016-{n}") for n in (1, 2))
    commitments = {
        ref: make("commitment", parent=one, reference=f"2016-{ref}", printed_reference=ref)
        for ref in ("1.1", "1.2")
    }
    activity = make("activity", parent=commitments["1.1"], reference="2016-1.1.1")
    return {"plan": plan, "one": one, "two": two, "activity": activity, **commitments}


def _settled(succession: Any) -> Any:
    return plan_life.settle(succession, by=CHRIS)


def _now(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def test_a_move_waits_for_approval_and_then_the_promise_stands_elsewhere(plan: Any) -> None:
    moved = plan_life.move_promise(plan["1.1"], to=plan["two"], day=DAY, why=WHY, by=PAT)
    assert (moved.status, _now(plan["1.1"]).parent_id) == ("in_review", plan["one"].pk)
    settled = _settled(moved)
    assert (settled.status, _now(plan["1.1"]).parent_id) == ("published", plan["two"].pk)
    assert _now(plan["1.1"]).is_open
    last = Change.objects.filter(record_id=plan["1.1"].pk).last()
    assert last is not None
    assert (last.by, WHY in last.why) == ("chris", True)


def test_what_was_printed_before_a_move_still_leads_to_it(plan: Any) -> None:
    moved = plan_life.move_promise(
        plan["1.1"], to=plan["two"], day=DAY, why=WHY, by=PAT, printed_reference="2.9"
    )
    found = resolve_plan_references({"1.1", "2.9"}, PUBLIC, "2016")
    assert [r.pk for r in found["1.1"]] == [plan["1.1"].pk]
    assert "2.9" not in found
    _settled(moved)
    found = resolve_plan_references({"1.1", "2.9"}, PUBLIC, "2016")
    assert {name: [r.pk for r in some] for name, some in found.items()} == {
        "1.1": [plan["1.1"].pk],
        "2.9": [plan["1.1"].pk],
    }


def test_a_reference_given_anew_leads_to_what_bears_it_now(plan: Any) -> None:
    _settled(
        plan_life.move_promise(
            plan["1.1"], to=plan["two"], day=DAY, why=WHY, by=PAT, printed_reference="2.9"
        )
    )
    heir = make("commitment", parent=plan["one"], reference="2016-1.1b", printed_reference="1.1")
    found = resolve_plan_references({"1.1"}, PUBLIC, "2016")
    assert [r.pk for r in found["1.1"]] == [heir.pk]


def test_a_merged_commitment_is_superseded_and_its_open_activities_move_along(plan: Any) -> None:
    done = make("activity", parent=plan["1.1"], reference="2016-1.1.2", progress="complete")
    merged = plan_life.merge_promises(plan["1.1"], into=plan["1.2"], day=DAY, why=WHY, by=PAT)
    _settled(merged)
    old = _now(plan["1.1"])
    assert (old.progress, old.closed_on) == ("superseded", merged.day)
    assert _now(plan["activity"]).parent_id == plan["1.2"].pk
    assert _now(done).parent_id == plan["1.1"].pk
    assert not SUCCESSION.all().exclude(status="published").exists()


def test_superseding_an_activity_leaves_its_commitment_alone(plan: Any) -> None:
    other = make("activity", parent=plan["1.2"], reference="2016-1.2.1")
    _settled(
        plan_life.supersede_promise(plan["activity"], superseded_by=other, day=DAY, why=WHY, by=PAT)
    )
    assert _now(plan["activity"]).progress == "superseded"
    assert _now(plan["1.1"]).is_open


@pytest.mark.parametrize(
    ("to", "field"), [("activity", "to"), ("1.1", "to"), ("plan", "to"), ("one", "to")]
)
def test_a_promise_goes_only_where_it_can_stand(plan: Any, to: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan_life.move_promise(plan["1.1"], to=plan[to], day=DAY, why=WHY, by=PAT)
    assert set(refused.value.errors) == {field}
    with pytest.raises(Invalid):
        plan_life.merge_promises(plan["1.1"], into=plan["two"], day=DAY, why=WHY, by=PAT)


def test_nothing_goes_without_a_reason(plan: Any) -> None:
    with pytest.raises(Invalid) as refused:
        plan_life.move_promise(plan["1.1"], to=plan["two"], day=DAY, why="  ", by=PAT)
    assert set(refused.value.errors) == {"reason"}


def test_only_a_public_open_promise_of_a_plan_ends_and_only_once(plan: Any) -> None:
    draft = make("commitment", parent=plan["one"], status="draft")
    closed = make("activity", parent=plan["1.1"], progress="complete")
    given = make("undertaking")
    for promise in (draft, closed, given):
        with pytest.raises(Refused):
            plan_life.merge_promises(promise, into=plan["1.2"], day=DAY, why=WHY, by=PAT)
    plan_life.merge_promises(plan["1.1"], into=plan["1.2"], day=DAY, why=WHY, by=PAT)
    with pytest.raises(Refused, match="waits already"):
        plan_life.supersede_promise(
            plan["1.1"], superseded_by=plan["1.2"], day=DAY, why=WHY, by=PAT
        )


def test_who_proposed_it_may_not_settle_it_nor_anybody_before_its_day(
    plan: Any, on_day: Any
) -> None:
    on_day("2020-04-01")
    now = plan_life.move_promise(plan["1.1"], to=plan["two"], day=DAY, why=WHY, by=CHRIS)
    with pytest.raises(Refused, match="other than the author"):
        _settled(now)
    later = plan_life.move_promise(
        plan["1.2"], to=plan["two"], day=DAY + dt.timedelta(days=1), why=WHY, by=PAT
    )
    with pytest.raises(Refused, match="2 April 2020"):
        _settled(later)
    assert _now(plan["1.2"]).parent_id == plan["one"].pk


def test_what_changed_since_it_was_read_is_not_settled(plan: Any) -> None:
    moved = plan_life.move_promise(plan["1.1"], to=plan["two"], day=DAY, why=WHY, by=PAT)
    moved.version -= 1
    with pytest.raises(Stale):
        _settled(moved)


# ---- stages ----


def test_a_plan_comes_to_a_stage_when_it_is_approved(plan: Any) -> None:
    moved = plan_life.move_plan(plan["plan"], stage="review", on=DAY, by=PAT)
    assert _now(plan["plan"]).stage == "delivery"
    approve(moved, by=CHRIS)
    assert (_now(plan["plan"]).stage, _now(plan["plan"]).stage_since) == ("review", DAY)


@pytest.mark.parametrize(
    ("stage", "day", "field"),
    [("delivery", DAY, "stage"), ("dreamt", DAY, "stage"), ("review", "2019-01-01", "on")],
)
def test_a_stage_is_another_one_and_not_before_the_last(stage: str, day: Any, field: str) -> None:
    plan = make("plan", stage="delivery", stage_since=DAY)
    on = dt.date.fromisoformat(day) if isinstance(day, str) else day
    with pytest.raises(Invalid) as refused:
        plan_life.move_plan(plan, stage=stage, on=on, by=PAT)
    assert set(refused.value.errors) == {field}


def test_an_ended_plan_stays_ended() -> None:
    with pytest.raises(Refused):
        plan_life.move_plan(make("plan", stage="ended"), stage="review", on=DAY, by=PAT)


def test_a_plan_neither_replaces_itself_nor_ends_before_it_starts() -> None:
    with pytest.raises(Invalid):
        make("plan", starts_on="2020-04-01", ends_on="2020-03-31")
    plan = make("plan")
    with pytest.raises(Invalid):
        amend(plan, replaces=plan)
