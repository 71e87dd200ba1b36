"""The pages by which a plan lives: what becomes of a promise, the next plan, its stages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.people.models import User
from peelian.promises import plan_life
from peelian.promises.kinds import ACTIVITY, COMMITMENT, PLAN, SUCCESSION
from peelian.record import operations
from tests.makers import CHRIS, PAT, amend, approve_change, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db

MODEL = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def plan(on_day: Any) -> dict[str, Any]:
    """A public plan of two objectives with a commitment and an activity under the first."""
    on_day("2021-04-02")
    plan = make("plan", reference="2016", title="The old plan", starts_on="2016-04-01")
    one, two = (
        make("objective", parent=plan, number=n, reference=f"2016-{n}", title=f"Aim {n}")
        for n in (1, 2)
    )
    commitment = make("commitment", parent=one, reference="2016-1.1", printed_reference="1.1")
    activity = make("activity", parent=commitment, reference="2016-1.1.1")
    return {"plan": plan, "one": one, "two": two, "1.1": commitment, "activity": activity}


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=MODEL)
    return client


SAID = {"became": "moved", "to": "objective/2016-2", "day": "1/4/2021", "why": "Fits there."}


def test_a_policy_officer_proposes_a_move_and_the_chief_executive_settles_it(
    plan: Any, pat: User, chris: User
) -> None:
    sent = _client(pat).post("/office/commitments/2016-1.1/becomes/", SAID, follow=True)
    assert "Sent for approval" in sent.content.decode()
    made = SUCCESSION.all().get()
    assert made.status == "in_review"
    settled = _client(chris).post(
        f"/office/successions/{made.reference}/publish/", {"step": "approve"}, follow=True
    )
    assert "Published, and the promise changed with it." in settled.content.decode()
    assert COMMITMENT.all().get(pk=plan["1.1"].pk).parent_id == plan["two"].pk
    page = read("/commitments/2016-1.1/")
    assert "Moved to Aim 2" in page.words
    assert page.links["Aim 2"] == "/objectives/2016-2/"


@pytest.mark.parametrize("left_out", ["became", "to", "day", "why"])
def test_what_is_left_out_is_asked_for_and_what_was_typed_stays(
    plan: Any, pat: User, left_out: str
) -> None:
    said = SAID | {left_out: ""}
    page = _client(pat).post("/office/commitments/2016-1.1/becomes/", said).content.decode()
    assert "There is a problem" in page
    assert left_out == "why" or "Fits there." in page
    assert not SUCCESSION.all().exists()


def test_a_commitment_is_not_merged_into_an_objective(plan: Any, pat: User) -> None:
    said = SAID | {"became": "merged"}
    page = _client(pat).post("/office/commitments/2016-1.1/becomes/", said).content.decode()
    assert "It cannot go to that kind of record." in page


def test_a_second_proposal_is_shown_the_first(plan: Any, pat: User) -> None:
    plan_life.move_promise(
        plan["1.1"], to=plan["two"], day=dt.date(2021, 4, 1), why="Fits.", by=PAT
    )
    page = read("/office/commitments/2016-1.1/becomes/", "policy_officer")
    assert "is proposed already and waits for approval" in page.words
    assert "<form" not in page.html


def test_what_takes_effect_at_once_cannot_be_timed(plan: Any, chris: User) -> None:
    made = plan_life.move_promise(
        plan["1.1"], to=plan["two"], day=dt.date(2021, 4, 1), why="Fits.", by=PAT
    )
    told = {"step": "publish", "embargo_until": "1/1/2030 10:00"}
    page = _client(chris).post(f"/office/successions/{made.reference}/publish/", told, follow=True)
    assert "cannot be timed" in page.content.decode()
    assert SUCCESSION.all().get().status == "in_review"


def test_a_corrected_reason_moves_nothing_again(plan: Any, chris: User) -> None:
    made = plan_life.settle(
        plan_life.merge_promises(
            plan["activity"],
            into=make("activity", parent=plan["1.1"]),
            day=dt.date(2021, 4, 1),
            why="Mistyped.",
            by=PAT,
        ),
        by=CHRIS,
    )
    make("update", parent=plan["activity"], as_at="2021-04-02")
    approve_change(amend(plan["activity"], progress="on_track", closed_on=None))
    operations.submit(amend(made, reason="The same work."), by=PAT)
    _client(chris).post(f"/office/successions/{made.reference}/publish/", {"step": "approve"})
    assert SUCCESSION.all().get().reason == "The same work."
    assert ACTIVITY.all().get(pk=plan["activity"].pk).is_open


def test_the_next_plan_is_begun_filled_sent_and_published(
    plan: Any, pat: User, chris: User
) -> None:
    office, chief = _client(pat), _client(chris)
    begun = {
        "title": "The new plan",
        "reference": "2021",
        "starts_on": "1/4/2021",
        "objectives": "Aim A\r\n\r\nAim B\r\n",
    }
    carry = office.post("/office/plans/2016/next/", begun)
    assert carry.headers["Location"] == "/office/plans/2021/carry/"
    row = plan["1.1"].pk
    said = {f"to-{row}": "2", f"why-{row}": "Still to do.", "with_activities": "on"}
    drafted = office.post("/office/plans/2021/carry/", said, follow=True).content.decode()
    assert "1 commitment carried over, 1 activity with them, 0 not carried over" in drafted
    assert "Every open commitment of the old plan is decided." in drafted
    for address in ("/plans/2021/", "/commitments/2021-1.1/"):
        assert read(address).status == 404
    assert "new plan" not in read("/plans/2016/").words
    office.post("/office/plans/2021/send-all/")
    chief.post("/office/plans/2021/publish-all/")
    assert read("/plans/2021/").status == 200
    assert "Replaced by The new plan from 1 April 2021" in read("/plans/2016/").words
    assert "Carried into the next plan as" in read("/commitments/2016-1.1/").words
    assert "Carries on, from the plan before," in read("/commitments/2021-1.1/").words
    assert ACTIVITY.all().get(reference="2021-1.1.1").status == "published"


def test_a_carry_over_that_says_no_reason_keeps_what_was_chosen(plan: Any, pat: User) -> None:
    office = _client(pat)
    begun = {"title": "New", "reference": "2021", "starts_on": "1/4/2021", "objectives": "Aim"}
    office.post("/office/plans/2016/next/", begun)
    said = {f"to-{plan['1.1'].pk}": "nowhere"}
    page = office.post("/office/plans/2021/carry/", said).content.decode()
    assert "Say why these are not carried over: 1.1." in page
    assert '<option value="nowhere" selected>' in page


def test_a_decision_is_taken_back_from_the_same_page(plan: Any, pat: User) -> None:
    office = _client(pat)
    begun = {"title": "New", "reference": "2021", "starts_on": "1/4/2021", "objectives": "Aim"}
    office.post("/office/plans/2016/next/", begun)
    office.post("/office/plans/2021/carry/", {f"to-{plan['1.1'].pk}": "1"})
    made = SUCCESSION.all().get(parent=plan["1.1"])
    back = office.post(f"/office/successions/{made.reference}/take-back/", {"back": "2021"})
    assert back.headers["Location"] == "/office/plans/2021/carry/"
    assert not SUCCESSION.all().exists()


def test_a_bad_beginning_is_told_beside_its_field(plan: Any, pat: User) -> None:
    begun = {"title": "New", "reference": "20-21", "starts_on": "1/4/2015", "objectives": " "}
    page = _client(pat).post("/office/plans/2016/next/", begun).content.decode()
    assert "There is a problem" in page
    begun["objectives"] = "Aim"
    page = _client(pat).post("/office/plans/2016/next/", begun).content.decode()
    assert "Use letters and digits only" in page
    assert "It must begin after the plan that it replaces." in page
    assert PLAN.all().count() == 1


PRESSED = ("send-all", "publish-all", "end")


@pytest.mark.parametrize("role", ["reader", "analyst", "panel_officer"])
def test_who_may_not_edit_promises_is_offered_nothing_and_may_do_nothing(
    plan: Any, role: str
) -> None:
    page = read("/office/plans/2016/", role)
    assert "Start the next plan" not in page.words
    client = _client(make_user(f"{role}-2", role))
    for way in ("next", "carry", "stage", *PRESSED):
        assert client.post(f"/office/plans/2016/{way}/").status_code == 403
    assert client.post("/office/commitments/2016-1.1/becomes/", SAID).status_code == 403


def test_a_policy_officer_neither_publishes_nor_ends_a_plan(plan: Any, pat: User) -> None:
    for way in ("publish-all", "end"):
        assert _client(pat).post(f"/office/plans/2016/{way}/").status_code == 403


def test_a_plan_shows_its_stage_and_what_the_law_asks_at_it(plan: Any, pat: User) -> None:
    page = read("/plans/2016/")
    assert "Being delivered" in page.words
    assert page.links["Keep the plan under review"].startswith("/duties/rules/")
    strategy = make("plan", form="strategy", delivers=plan["plan"], title="Rural strategy")
    assert "What the law asks" not in read(strategy.get_absolute_url()).words
    assert "Strategy: Rural strategy" in read("/plans/2016/").words
    sent = _client(pat).post(
        "/office/plans/2016/stage/", {"stage": "review", "on": "1/4/2021"}, follow=True
    )
    assert "Sent for approval." in sent.content.decode()
    assert "Under review" not in read("/plans/2016/").words


def test_a_promise_shows_its_measures_and_the_minutes_that_cite_it(plan: Any) -> None:
    measure = make("measure", title="Farm thefts")
    activity = make("activity", parent=plan["1.1"], printed_reference="A4.6", measured_by=[measure])
    meeting = make("meeting", held_on="2019-11-27", title="The November meeting")
    make("minute", parent=meeting, title="Rural crime", text="The panel asked about A4.6.")
    make("minute", parent=meeting, number=2, title="Other", text="The panel noted A4.61.")
    make("minute", parent=meeting, number=3, title="Secret", text="A4.6.", status="draft")
    page = read(activity.get_absolute_url())
    assert page.links["Farm thefts"] == measure.get_absolute_url()
    assert page.links["Rural crime"].startswith("/minutes/")
    assert "Other" not in page.links
    assert "Secret" not in page.html
    assert page.queries <= 12


def test_minutes_from_before_the_plan_ran_speak_of_another_number(plan: Any) -> None:
    activity = make("activity", parent=plan["1.1"], printed_reference="A4.6")
    meeting = make("meeting", held_on="2015-11-27")
    make("minute", parent=meeting, title="Rural crime", text="The panel asked about A4.6.")
    assert "Spoken of at meetings" not in read(activity.get_absolute_url()).words


def test_the_home_page_counts_the_plan_that_runs_and_no_strategy(plan: Any) -> None:
    ended = make("plan", reference="2012", stage="ended", title="Long ago")
    strategy = make("plan", form="strategy")
    coming = make("plan", starts_on="2022-04-01")
    for other, title in ((ended, "Past aim"), (strategy, "Rural aim"), (coming, "Coming aim")):
        make("objective", parent=other, title=title)
    words = read("/").words
    assert "Aim 1" in words
    counted = words.partition("How the plan stands")[2]
    assert [t for t in ("Past aim", "Rural aim", "Coming aim") if t in counted] == []
