"""Hearings and the other processes that an event begins: their weeks, their ends, their silence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.processes.declared import binding, process_named
from peelian.processes.operations import begin, choose_meeting, record_event, record_outcome
from peelian.processes.warnings import warnings_of
from peelian.record.errors import Invalid
from tests.makers import PAT, make
from tests.processes.conftest import Panel, prove, run, stands

pytestmark = pytest.mark.django_db
TOLD = dt.date(2020, 3, 2)


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-03-03")


def begun(name: str, event: str = "", on: dt.date | None = TOLD, **values: Any) -> Any:
    declared = process_named(name)
    assert declared
    return begin(declared, event=event or declared.events[0], on=on, by=PAT, **values)


def hearing() -> Any:
    return begun("confirmation-hearing", subject="Chief executive", person="Aster Wychwood")


def step_of(process: Any, name: str) -> Any:
    return run(process).step(name)


def test_three_weeks_begin_with_the_day_the_panel_is_told() -> None:
    report = step_of(hearing(), "report")
    assert report.on == dt.date(2020, 3, 22)
    assert report.working == dt.date(2020, 3, 20)
    assert report.because.startswith("Day 1 is 2 March 2020")


def test_the_hearing_is_planned_so_that_a_report_can_follow() -> None:
    course = run(hearing())
    step = course.step("hearing")
    assert step
    assert course.meeting_day(step) == dt.date(2020, 3, 17)
    said = warnings_of(step, course, (0, 0))
    assert (
        "For a meeting on Tuesday 17 March 2020 papers must be public by Monday 9 March" in said[1]
    )


def test_days_after_an_election_do_not_count() -> None:
    days = {"starts_on": dt.date(2020, 3, 10), "ends_on": dt.date(2020, 3, 12)}
    make("pause", form="post_election_period", parent=None, **days)
    report = step_of(hearing(), "report")
    assert report.on == dt.date(2020, 3, 25)
    assert "does not count" in report.because


def test_it_names_nobody_in_its_title_or_references() -> None:
    process = hearing()
    clock = run(process).held.begun[0]
    assert process.title == "Confirmation hearing: Chief executive"
    assert clock.title == "Aster Wychwood, Chief executive"
    assert clock.audience == "office"
    assert "wychwood" not in f"{process.reference} {clock.reference}".lower()


def test_there_is_no_veto_over_a_senior_appointment() -> None:
    process = hearing()
    with pytest.raises(Invalid, match=r"no veto"):
        record_outcome(process, {"finding": "veto"}, by=PAT)
    assert run(process).veto.stands is False


def test_from_telling_to_deciding(panel: Panel) -> None:
    process = hearing()
    found = stands(process)
    assert (found["notify"], found["decide"]) == ("before", "waits")
    assert {found[name] for name in ("hearing", "report", "publish-report")} == {"due"}
    assert run(process).next.declared.id == "call"
    choose_meeting(process, panel.meeting, second=False, by=PAT)
    found = stands(process)
    assert (found["call"], found["hearing"]) == ("done", "done")
    record_event(process, "senior_appointment_reported", on=dt.date(2020, 3, 3), by=PAT)
    decide = step_of(process, "decide")
    assert (decide.on, decide.stand) == (dt.date(2020, 3, 10), "due")
    duty = decide.duty.occurrence.key
    prove(duty, dt.date(2020, 3, 3))
    assert stands(process)["decide"] == "done"


def test_after_three_weeks_of_silence_the_appointment_is_free(on_day: Any) -> None:
    process = begun("chief-constable-appointment", person="Aster Wychwood")
    on_day("2020-03-24")
    report = step_of(process, "report")
    assert report.stand == "late"
    assert "the confirmation process ends and the policing body may appoint" in report.silence
    assert run(process).veto.stands is False


def test_a_vetoed_chief_constable_is_followed_by_a_reserve_candidate(panel: Panel) -> None:
    panel.vote(4)
    process = begun("chief-constable-appointment", person="Aster Wychwood")
    choose_meeting(process, panel.meeting, second=False, by=PAT)
    prove(step_of(process, "report").duty.occurrence.key, dt.date(2020, 3, 3))
    found = stands(process)
    assert (found["decide"], found["reserve"]) == ("not_needed", "waits")
    record_event(process, "chief_constable_vetoed", on=dt.date(2020, 3, 3), by=PAT)
    record_event(process, "reserve_candidate_notified", on=dt.date(2020, 3, 3), by=PAT)
    report = step_of(process, "reserve-report")
    assert report.on == dt.date(2020, 3, 23)
    assert "no second veto" in report.what


def test_a_call_to_resign_has_six_weeks_and_a_hearing_for_the_office() -> None:
    process = begun("call-to-resign", "call_to_resign_notified")
    assert process.audience == "office"
    assert step_of(process, "recommend").on == dt.date(2020, 4, 12)
    assert "Scrutiny ends" in step_of(process, "recommend").silence


def test_a_recommendation_with_a_day_for_its_response_is_answered_in_a_process(
    panel: Panel,
) -> None:
    made = make("recommendation", made_at=panel.meeting, respond_by=dt.date(2020, 3, 20))
    process = begun("written-response", on=None, subject="Late promises", record=made)
    found = stands(process)
    assert found == {"require": "done", "respond": "due"}
    assert step_of(process, "respond").on == dt.date(2020, 3, 20)


def test_what_did_not_arise_needs_no_step_and_says_why() -> None:
    process = begun("commissioner-complaint", subject="2020-01")
    refer = step_of(process, "refer")
    assert refer.stand == "depends"
    prove(refer.duty.occurrence.key, dt.date(2020, 3, 3), outcome="not_arisen", note="Not a crime.")
    refer = step_of(process, "refer")
    assert (refer.stand, refer.why_stands) == ("not_needed", "Not a crime.")


def test_two_that_begin_on_one_day_have_references_of_their_own() -> None:
    first, second = hearing(), hearing()
    assert first.reference != second.reference
    assert [len(run(one).held.begun) for one in (first, second)] == [1, 1]


def test_a_year_has_one_precept(on_day: Any) -> None:
    declared = process_named("precept")
    assert declared
    begin(declared, year=2020, by=PAT)
    with pytest.raises(Invalid):
        begin(declared, year=2020, by=PAT)


@pytest.mark.parametrize("name", [one.id for one in binding()])
def test_every_process_can_be_begun_and_has_a_step_that_is_next(name: str) -> None:
    declared = process_named(name)
    assert declared
    if declared.yearly:
        process = begin(declared, year=2020, by=PAT)
    elif name == "inspection-response":
        process = begun(name, subject="Something", record=make("inspection", published_on=TOLD))
    else:
        process = begun(name, subject="Something")
    course = run(process)
    assert course.next
    assert not course.is_over
    assert all(step.silence for step in course.steps)
    assert all(step.who for step in course.steps)


def test_an_event_that_does_not_begin_a_process_is_refused() -> None:
    with pytest.raises(Invalid, match="what it begins with"):
        begun("confirmation-hearing", "foi_request", subject="Chief executive")
