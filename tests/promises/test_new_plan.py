"""A new plan from the open commitments of the old one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.promises import new_plan
from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE, SUCCESSION
from peelian.promises.models import Plan, Promise
from peelian.promises.new_plan import Choice
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Link
from tests.makers import CHRIS, PAT, amend, approve_change, make

pytestmark = pytest.mark.django_db

STARTS = dt.date(2021, 4, 1)


@pytest.fixture
def old(on_day: Any) -> dict[str, Any]:
    """A plan near its end: a commitment with an open and a done activity, a bare and a done one."""
    on_day("2021-04-02")
    plan = make("plan", reference="2016", title="The old plan", starts_on="2016-04-01")
    aim = make("objective", parent=plan, number=1, reference="2016-1")

    def commitment(printed: str, **values: Any) -> Any:
        made = {"reference": f"2016-{printed}", "printed_reference": printed, "parent": aim}
        return make("commitment", **made | values)

    one = commitment("1.1", made_by="joint", overseen_by=[make("oversight-mechanism")])
    return {
        "plan": plan,
        "1.1": one,
        "1.2": commitment("1.2", due="2021-01-01"),
        "1.3": commitment("1.3", progress="complete"),
        "open": make("activity", parent=one, reference="2016-1.1.1"),
        "done": make("activity", parent=one, reference="2016-1.1.2", progress="complete"),
    }


def _begun(old: dict[str, Any], **values: Any) -> Any:
    said: dict[str, Any] = {
        "reference": "2021",
        "title": "The new plan",
        "starts_on": STARTS,
        "objectives": ["Safer homes", "Safer roads"],
    }
    return new_plan.begin_plan(old["plan"], **said | values, by=PAT)


def _carried(old: dict[str, Any], plan: Any, *, with_activities: bool = True) -> Any:
    aim = OBJECTIVE.all().get(reference="2021-2")
    choices = [Choice(old["1.1"], aim), Choice(old["1.2"], None, "The council does it now.")]
    return new_plan.carry_over(plan, choices, with_activities=with_activities, by=PAT)


def _now(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def test_a_new_plan_is_a_draft_with_its_objectives_in_order(old: Any) -> None:
    plan = _begun(old)
    assert (plan.status, plan.stage, plan.replaces_id) == ("draft", "draft", old["plan"].pk)
    aims = OBJECTIVE.all().filter(parent=plan).in_order()
    assert [(a.number, a.title, a.status) for a in aims] == [
        (1, "Safer homes", "draft"),
        (2, "Safer roads", "draft"),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reference": "2021-25"}, "reference"),
        ({"reference": "zwanzig…"}, "reference"),
        ({"objectives": []}, "objectives"),
        ({"starts_on": dt.date(2016, 4, 1)}, "starts_on"),
    ],
)
def test_a_plan_that_could_not_work_is_refused_whole(old: Any, values: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _begun(old, **values)
    assert set(refused.value.errors) == {field}
    assert not Plan.objects.exclude(pk=old["plan"].pk).exists()


def test_only_what_is_still_to_be_kept_is_asked_about(old: Any) -> None:
    plan = _begun(old)
    make("activity", parent=make("commitment", parent=old["1.1"].parent), progress="complete")
    make("commitment", parent=old["1.1"].parent, status="draft")
    assert [p.reference for p in new_plan.to_carry(plan)] == ["2016-1.1", "2016-1.2"]
    _carried(old, plan)
    assert new_plan.to_carry(plan) == []


def test_a_carried_commitment_is_drafted_with_its_open_activities_and_leads_back(old: Any) -> None:
    plan = _begun(old)
    done = _carried(old, plan)
    assert dict(done) == {"commitments": 1, "activities": 1, "ended": 1}
    made = COMMITMENT.all().get(reference="2021-1.1")
    assert (made.status, made.made_by, made.parent.reference) == ("draft", "joint", "2021-2")
    assert Link.objects.filter(source=made, form="overseen_by").count() == 1
    assert [a.title for a in ACTIVITY.all().filter(parent=made)] == [old["open"].title]
    said = {s.parent_id: (s.became, s.to_id) for s in SUCCESSION.all()}
    assert said[old["1.1"].pk] == ("carried", made.pk)
    assert said[old["1.2"].pk] == ("ended", None)
    assert _now(old["1.1"]).is_open  # nothing has happened to the old plan


def test_a_commitment_may_go_on_without_its_activities(old: Any) -> None:
    plan = _begun(old)
    assert _carried(old, plan, with_activities=False)["activities"] == 0


def test_a_day_that_has_gone_by_is_not_promised_again(old: Any) -> None:
    plan = _begun(old)
    aim = OBJECTIVE.all().get(reference="2021-1")
    new_plan.carry_over(plan, [Choice(old["1.2"], aim)], with_activities=True, by=PAT)
    assert COMMITMENT.all().get(reference="2021-1.2").due is None


def test_what_goes_nowhere_needs_a_reason_and_then_nothing_is_drafted(old: Any) -> None:
    plan = _begun(old)
    aim = OBJECTIVE.all().get(reference="2021-1")
    choices = [Choice(old["1.1"], aim), Choice(old["1.2"], None, " ")]
    with pytest.raises(Invalid, match=r"1\.2"):
        new_plan.carry_over(plan, choices, with_activities=True, by=PAT)
    assert not SUCCESSION.all().exists()


def test_a_decision_is_taken_back_with_its_draft(old: Any) -> None:
    plan = _begun(old)
    _carried(old, plan)
    new_plan.take_back(SUCCESSION.all().get(parent=old["1.1"]), by=PAT)
    assert [p.reference for p in new_plan.to_carry(plan)] == ["2016-1.1"]
    assert not Promise.objects.filter(reference__startswith="2021-").exists()


def test_published_whole_the_new_plan_runs_and_the_old_one_has_ended(old: Any) -> None:
    plan = _begun(old)
    _carried(old, plan)
    assert new_plan.send_plan(plan, by=PAT) == 8  # the plan, 2 aims, 2 promises, 3 that go
    assert new_plan.publish_plan(_now(plan), by=CHRIS) == 5
    assert (_now(plan).status, _now(plan).stage) == ("published", "delivery")
    ended = _now(old["plan"])
    assert (ended.stage, ended.stage_since, ended.ends_on) == (
        "ended",
        STARTS,
        STARTS - dt.timedelta(days=1),
    )
    for name in ("1.1", "1.2", "open"):
        assert (_now(old[name]).progress, _now(old[name]).closed_on) == ("superseded", STARTS)
    assert _now(old["done"]).progress == "complete"
    assert not new_plan.waiting_parts(_now(plan))


def test_before_its_first_day_the_old_plan_runs_on(old: Any, on_day: Any) -> None:
    plan = _begun(old)
    _carried(old, plan)
    new_plan.send_plan(plan, by=PAT)
    on_day("2021-03-20")
    new_plan.publish_plan(_now(plan), by=CHRIS)
    assert (_now(plan).stage, _now(old["plan"]).stage) == ("final", "delivery")
    assert _now(old["1.1"]).is_open
    with pytest.raises(Refused):
        new_plan.end_plan(_now(old["plan"]), by=CHRIS)
    on_day("2021-04-01")
    new_plan.end_plan(_now(old["plan"]), by=CHRIS)
    assert _now(old["plan"]).stage == "ended"
    assert not _now(old["1.1"]).is_open


def test_who_wrote_the_plan_may_not_publish_it_and_nothing_goes_out_unsent(old: Any) -> None:
    plan = _begun(old)
    with pytest.raises(Refused, match="Send the whole plan"):
        new_plan.publish_plan(plan, by=CHRIS)
    new_plan.send_plan(plan, by=PAT)
    with pytest.raises(Refused, match="other than the author"):
        new_plan.publish_plan(_now(plan), by=PAT)
    assert _now(plan).status == "in_review"


def test_what_is_still_being_written_holds_up_the_plan_and_is_named(old: Any) -> None:
    plan = _begun(old)
    new_plan.send_plan(plan, by=PAT)
    aim = OBJECTIVE.all().get(reference="2021-1")
    make("commitment", parent=aim, title="Half a sentence", status="draft")
    with pytest.raises(Refused, match="Half a sentence"):
        new_plan.publish_plan(_now(plan), by=CHRIS)
    assert _now(plan).status == "in_review"


def test_what_was_kept_meanwhile_is_not_made_superseded(old: Any) -> None:
    plan = _begun(old)
    _carried(old, plan)
    new_plan.send_plan(plan, by=PAT)
    approve_change(amend(old["1.2"], progress="complete"))
    with pytest.raises(Refused, match="was closed since"):
        new_plan.publish_plan(_now(plan), by=CHRIS)
    assert _now(old["1.2"]).progress == "complete"
    assert _now(plan).status == "in_review"
