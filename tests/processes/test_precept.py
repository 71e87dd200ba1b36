"""The precept from notification to issue: which steps there are follows from vote and report."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.processes.declared import process_named
from peelian.processes.veto import veto_of
from peelian.processes.warnings import warnings_of
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.processes.conftest import Panel, prove, run, stands

pytestmark = pytest.mark.django_db

AFTER_VETO = ("respond-to-veto", "second-meeting", "second-report", "respond-and-issue")
REPORT = "precept/2019-20/panel-report"


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-01-20")


def precept(**values: Any) -> Any:
    return make("process", process="precept", year=2019, **values)


def of_veto(process: Any) -> dict[str, str]:
    found = stands(process)
    return {name: found[name] for name in ("vote", "respond", *AFTER_VETO)}


def test_the_dates_are_those_of_the_law_and_a_weekend_is_warned_of() -> None:
    steps = {step.declared.id: step for step in run(precept()).steps}
    days = {name: steps[name].on for name in ("notify", "report", *AFTER_VETO, "issue")}
    assert days == {
        "notify": dt.date(2020, 2, 1),
        "report": dt.date(2020, 2, 8),
        "respond-to-veto": dt.date(2020, 2, 15),
        "second-meeting": dt.date(2020, 2, 20),
        "second-report": dt.date(2020, 2, 22),
        "respond-and-issue": dt.date(2020, 3, 1),
        "issue": dt.date(2020, 2, 29),
    }
    report = steps["report"]
    assert report.working == dt.date(2020, 2, 7)
    assert "does not move" in warnings_of(report, run(precept()), (6, 0))[0]


def test_for_a_meeting_on_5_february_the_papers_are_due_before_the_panel_need_be_told(
    panel: Panel,
) -> None:
    planned = make("meeting", body=panel.body, held_on=dt.date(2020, 2, 5), state="planned")
    course = run(precept(meeting=planned))
    step = course.step("meeting")
    assert step
    said = " ".join(warnings_of(step, course, (6, 0)))
    assert "Notice and papers must be public by Tuesday 28 January 2020." in said
    assert "agree on an earlier day" in said


def test_before_a_meeting_is_chosen_the_last_day_for_its_papers_is_told() -> None:
    course = run(precept())
    step = course.step("meeting")
    assert step
    assert (step.on, step.is_planned) == (dt.date(2020, 2, 5), True)
    assert (
        "papers must be public by Tuesday 28 January 2020" in warnings_of(step, course, (0, 0))[0]
    )


def test_a_week_leaves_no_room_for_notice_of_the_second_meeting(panel: Panel, on_day: Any) -> None:
    on_day("2020-02-13")
    panel.vote(4)
    process = precept(meeting=panel.meeting)
    prove(REPORT, dt.date(2020, 2, 7))
    course = run(process)
    second = course.step("second-meeting")
    assert second
    assert second.on == dt.date(2020, 2, 20)
    said = warnings_of(second, course, (0, 0))
    assert "papers had to be public by Wednesday 12 February 2020" in said[0]
    assert "not enough clear days left" in said[1]


def test_while_nothing_is_decided_both_ways_are_open() -> None:
    assert of_veto(precept()) == dict.fromkeys(("vote", *AFTER_VETO), "depends") | {
        "respond": "ahead"
    }


@pytest.mark.parametrize(("votes", "is_veto"), [(4, True), (3, False)])
def test_two_thirds_of_all_members_and_a_report_in_time_make_a_veto(
    panel: Panel, on_day: Any, votes: int, is_veto: bool
) -> None:
    on_day("2020-02-07")
    panel.vote(votes)
    prove(REPORT, dt.date(2020, 2, 7))
    found = of_veto(precept(meeting=panel.meeting))
    assert found["vote"] == "done"
    assert (found["respond"] == "not_needed") == is_veto
    assert {found[name] == "not_needed" for name in AFTER_VETO} == {not is_veto}


@pytest.mark.parametrize("reported", [None, dt.date(2020, 2, 9)])
def test_a_veto_without_a_report_by_8_february_is_none(
    panel: Panel, on_day: Any, reported: dt.date | None
) -> None:
    on_day("2020-02-10")
    panel.vote(6)
    if reported:
        prove(REPORT, reported)
    process = precept(meeting=panel.meeting)
    veto = run(process).veto
    assert (veto.voted, veto.stands) == (True, False)
    assert "came by 8 February 2020: scrutiny has ended" in veto.because
    found = of_veto(process)
    assert {found[name] for name in AFTER_VETO} == {"not_needed"}
    assert found["respond"] != "not_needed"


def test_until_its_report_is_due_a_vote_for_a_veto_counts_only_with_it(panel: Panel) -> None:
    panel.vote(4)
    veto = run(precept(meeting=panel.meeting)).veto
    assert veto.stands
    assert "only if its report arrives by 8 February 2020" in veto.because


def test_what_the_process_says_does_not_stand_against_the_vote(panel: Panel) -> None:
    panel.vote(3)
    course = run(precept(meeting=panel.meeting, finding="too_high"))
    assert course.veto.stands is False
    vote = course.step("vote")
    assert vote
    assert "but the vote says otherwise" in " ".join(warnings_of(vote, course, (6, 0)))


def test_of_two_votes_at_a_meeting_the_process_names_the_one_on_its_veto(panel: Panel) -> None:
    second = make("agenda-item", parent=panel.meeting, number=7)
    panel.vote(2)
    vote = make("vote", parent=second, majority="two_thirds", voted_for=panel.people[:5])
    assert run(precept(meeting=panel.meeting)).held.tally is None
    named = run(precept(reference="another", meeting=panel.meeting, vote=vote))
    assert named.veto.stands


def test_a_veto_out_of_reach_of_those_present_is_warned_of(panel: Panel) -> None:
    for person in panel.people[:3]:
        make("attendance", parent=panel.meeting, person=person)
    course = run(precept(meeting=panel.meeting))
    vote = course.step("vote")
    assert vote
    said = " ".join(warnings_of(vote, course, (6, 1)))
    assert "3 who can vote are present. A veto needs 4 votes" in said
    assert "6 members and 1 vacant seat: a veto needs 4 votes" in said


def test_the_next_step_is_the_first_that_is_still_to_be_taken_and_then_none(panel: Panel) -> None:
    process = precept(meeting=panel.meeting)
    days = {
        "views-on-spending": dt.date(2020, 1, 10),
        "excessive-increase": dt.date(2020, 1, 10),
        "notify-panel": dt.date(2020, 1, 14),
    }
    for name, day in days.items():
        prove(f"precept/2019-20/{name}", day)
    ahead = run(process).next
    assert ahead
    assert ahead.declared.id == "report"
    for name in ("panel-report", "publish-panel-report", "respond-without-veto", "issue"):
        prove(f"precept/2019-20/{name}", dt.date(2020, 1, 20))
    course = run(process)
    assert course.next is None
    assert course.is_over


def test_the_public_sees_no_more_than_what_is_out(panel: Panel) -> None:
    prove(REPORT, dt.date(2020, 1, 20), status="draft")
    process = precept(meeting=panel.meeting)
    assert stands(process)["report"] == "done"
    assert stands(process, PUBLIC)["report"] == "ahead"


def test_another_year_has_dates_of_its_own() -> None:
    course = run(make("process", process="precept", year=2025, reference="precept-2026-27"))
    report = course.step("report")
    assert report
    assert (report.on, report.working) == (dt.date(2026, 2, 8), dt.date(2026, 2, 6))


# ---- whatever was voted, said and reported ----

DUE = dt.date(2020, 2, 8)
FINDINGS = ("", "support", "against", "too_high", "too_low")


@given(
    st.sampled_from((None, True, False)),
    st.sampled_from(FINDINGS),
    st.none() | st.dates(dt.date(2020, 1, 20), dt.date(2020, 2, 20)),
    st.dates(dt.date(2020, 1, 20), dt.date(2020, 2, 20)),
)
@settings(max_examples=200)
def test_a_veto_stands_if_it_was_voted_and_reported_in_time_and_never_else(
    carried: bool | None, finding: str, reported: dt.date | None, now: dt.date
) -> None:
    reported = reported if reported and reported <= now else None
    held: Any = SimpleNamespace(
        declared=process_named("precept"),
        tally=None if carried is None else SimpleNamespace(carried=carried, because="So it fell."),
        process=SimpleNamespace(finding=finding),
        duties={
            "precept/panel-report": SimpleNamespace(
                is_closed=reported is not None,
                met_on=reported,
                occurrence=SimpleNamespace(due=DUE),
            )
        },
        today=now,
        scope=SimpleNamespace(is_public=False),
    )
    voted = carried if carried is not None else finding in ("too_high", "too_low")
    in_time = (reported or now) <= DUE
    found = veto_of(held)
    assert bool(found.stands) == (voted and in_time)
    if found.stands is None:
        assert (carried, finding, reported) == (None, "", None)
        assert now <= DUE
    assert found.stands is None or found.because
