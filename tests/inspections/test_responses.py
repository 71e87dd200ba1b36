"""The response to a report: complete or refused, approved by another, out with its answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.blocks import text
from peelian.duties.calendar import due_between
from peelian.duties.kinds import PROOF
from peelian.duties.rulebook import rule_named
from peelian.inspections.document import response_document
from peelian.inspections.facts import to_be_answered
from peelian.inspections.findings import found_in
from peelian.inspections.kinds import ANSWER
from peelian.inspections.operations import (
    answer_finding,
    approve_response,
    begin_response,
    publish_response,
    submit_response,
)
from peelian.inspections.responses import missing_in
from peelian.processes.declared import process_named
from peelian.processes.gathering import gather
from peelian.processes.operations import begin
from peelian.processes.steps import Stand, run_of
from peelian.record import operations
from peelian.record.clock import today
from peelian.record.errors import Invalid, Refused, Stale
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, DAY, PAT, amend, make

pytestmark = pytest.mark.django_db
OFFICE = Scope(CHRIS)
WHOLE = {
    "invited_on": DAY,
    "chief_comments": "It is fair.",
    "comments": "We agree.",
    "reply": "Thank you.",
}


@pytest.fixture
def report() -> Any:
    made = make("inspection", title="PEEL", published_on=today())
    concern = make("finding", parent=made, form="concern", title="Calls")
    make("finding", parent=concern, title="Fill the posts")
    make("finding", parent=made, form="area", title="Victims")
    return made


def recommendation(report: Any) -> Any:
    return found_in(report, OFFICE)[0].under[0].finding


def answered(report: Any) -> Any:
    finding = recommendation(report)
    return answer_finding(finding, answer="accepted", text="By March.", version=None, by=PAT)


def written(report: Any, **values: Any) -> Any:
    response = begin_response(report, by=PAT)
    return amend(response, **(WHOLE | values))


def out(response: Any) -> Any:
    response = approve_response(submit_response(response, by=PAT), by=CHRIS)
    return publish_response(response, by=CHRIS)


@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"invited_on": None}, "invited to comment"),
        ({"chief_comments": ""}, "the chief officer’s comments"),
        ({"comments": ""}, "own comments"),
        ({"reply": " "}, "reply to the chief officer"),
    ],
)
def test_what_is_missing_is_named_and_stops_it(report: Any, lacks: Any, named: str) -> None:
    answered(report)
    response = written(report, **lacks)
    with pytest.raises(Refused, match=named):
        out(response)
    assert PUBLIC.of(ANSWER).count() == 0


def test_a_recommendation_without_an_answer_stops_it_by_either_way(report: Any) -> None:
    response = approve_response(submit_response(written(report), by=PAT), by=CHRIS)
    for publish in (publish_response, operations.publish):
        with pytest.raises(Refused, match="an answer to “Fill the posts”"):
            publish(response, by=CHRIS)


def test_the_word_that_no_comments_were_made_is_enough(report: Any) -> None:
    answered(report)
    response = written(report, chief_comments="", reply="", no_comments=True)
    assert missing_in(response, OFFICE) == []
    with pytest.raises(Invalid, match="There are comments"):
        amend(response, chief_comments="There are.")


def test_a_coroner_asks_for_no_comments_of_the_chief() -> None:
    coroner = make("inspection", form="coroner", published_on=DAY)
    concern = make("finding", parent=coroner, form="deaths", title="Welfare checks")
    response = make("inspection-response", parent=coroner, comments="Ours.", status="draft")
    response = amend(response, invited_on=None, chief_comments="", reply="")
    assert missing_in(response, OFFICE) == ["an answer to “Welfare checks”"]
    answer_finding(concern, answer="rejected", text="Because.", version=None, by=PAT)
    assert missing_in(response, OFFICE) == []


def test_it_goes_out_with_its_answers_and_the_law_is_proved(report: Any) -> None:
    answered(report)
    response = out(written(report))
    assert response.published_on == today()
    assert [answer.text for answer in PUBLIC.of(ANSWER)] == ["By March."]
    rules = ("invite-comments", "answer-recommendations", "response")
    met = {f"inspections/{report.reference}/{rule}" for rule in rules}
    assert set(PUBLIC.of(PROOF).values_list("key", flat=True)) == met
    words = text(response_document(response, report, PUBLIC))
    for said in ("It is fair.", "We agree.", "Thank you.", "Recommendation. Accepted\nBy March."):
        assert said in words
    assert "Draft" not in words


def test_whoever_wrote_it_does_not_approve_it(report: Any) -> None:
    answer_finding(recommendation(report), answer="accepted", text="Yes.", version=None, by=CHRIS)
    response = submit_response(written(report), by=PAT)
    with pytest.raises(Refused, match="Someone other than the author"):
        approve_response(response, by=CHRIS)
    assert ANSWER.all().get().status == "in_review"


def test_an_answer_changed_after_the_approval_is_read_again(report: Any) -> None:
    answer = answered(report)
    response = approve_response(submit_response(written(report), by=PAT), by=CHRIS)
    amend(answer, text="By May.")
    with pytest.raises(Refused, match="not approved yet"):
        publish_response(response, by=CHRIS)
    assert PUBLIC.of(ANSWER).count() == 0


def test_a_change_of_an_answer_that_is_out_goes_along(report: Any) -> None:
    answer = make("finding-answer", parent=recommendation(report), text="By March.")
    amend(answer, text="By May.")
    out(written(report))
    assert [one.text for one in PUBLIC.of(ANSWER)] == ["By May."]


def test_two_who_answer_the_same_finding_lose_nothing(report: Any) -> None:
    finding = recommendation(report)
    first = answered(report)
    with pytest.raises(Stale):
        answer_finding(finding, answer="rejected", text="No.", version=None, by=CHRIS)
    again = answer_finding(finding, answer="accepted", text="By March.", version=None, by=CHRIS)
    assert again.version == first.version
    changed = answer_finding(
        finding, answer="in_part", text="By May.", version=first.version, by=CHRIS
    )
    assert (changed.answer, ANSWER.all().count()) == ("in_part", 1)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"answer": ""}, "answer"), ({"text": " "}, "text"), ({"answer": "x"}, "answer")],
)
def test_an_answer_has_a_word_and_words(report: Any, said: Any, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        answer_finding(
            recommendation(report), **({"answer": "noted", "text": "T"} | said), version=0, by=PAT
        )
    assert field in caught.value.errors


def test_a_report_has_one_response(report: Any) -> None:
    begin_response(report, by=PAT)
    with pytest.raises(Refused, match="already"):
        begin_response(report, by=PAT)
    with pytest.raises(Refused, match="not been held"):
        begin_response(make("inspection", form="announced"), by=PAT)


@pytest.mark.parametrize(
    ("values", "asks"),
    [
        ({"form": "force"}, True),
        ({"form": "thematic"}, True),
        ({"form": "thematic", "not_subject": True, "not_subject_because": "No coast."}, False),
        ({"form": "internal"}, False),
        ({"form": "quality"}, False),
        ({"form": "announced"}, False),
    ],
)
def test_which_reports_start_the_56_days(values: Any, *, asks: bool) -> None:
    report = make("inspection", published_on="2020-01-02", **values)
    rule = rule_named("inspections/response")
    assert rule
    owed = due_between(DAY, DAY.replace(month=3), scope=PUBLIC, only=[rule])
    assert [duty.occurrence.due.isoformat() for duty in owed] == (["2020-02-26"] if asks else [])
    assert report.pk


def test_one_response_answers_a_national_report_that_finds_the_same(report: Any) -> None:
    national = make("inspection", form="thematic", answered_in=report)
    assert national not in to_be_answered(OFFICE)
    assert report in to_be_answered(OFFICE)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"form": "thematic", "not_subject": True}, "not_subject_because"),
        ({"not_subject": True, "not_subject_because": "It is not."}, "not_subject"),
    ],
)
def test_what_excuses_a_response_is_explained(values: Any, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        make("inspection", **values)
    assert field in caught.value.errors


# ---- the statutory process ----


def course(report: Any) -> Any:
    declared = process_named("inspection-response")
    assert declared
    return begin(declared, event="inspection_report", record=report, subject="PEEL", by=PAT)


def stands(process: Any) -> dict[str, str]:
    return {step.declared.id: step.stand for step in run_of(gather(process, OFFICE)).steps}


def next_of(process: Any) -> str:
    step = run_of(gather(process, OFFICE)).next
    return step.declared.id if step else ""


def test_one_step_after_another_is_next_until_the_copies(report: Any) -> None:
    process = course(report)
    assert next_of(process) == "invite"
    response = amend(begin_response(report, by=PAT), invited_on=DAY)
    assert next_of(process) == "comments"
    response = amend(response, chief_comments="Fair.", comments="Ours.", reply="Thanks.")
    assert next_of(process) == "draft"
    answered(report)
    assert next_of(process) == "approve"
    response = approve_response(submit_response(response, by=PAT), by=CHRIS)
    assert next_of(process) == "answers"
    publish_response(response, by=CHRIS)
    assert next_of(process) == "copies"
    assert {name for name, stand in stands(process).items() if stand == Stand.DONE} == {
        *("invite", "comments", "draft", "approve", "answers", "publish")
    }


def test_the_last_day_counts_the_day_of_publication(report: Any) -> None:
    step = run_of(gather(course(report), OFFICE)).step("publish")
    assert step is not None
    assert step.on is not None
    assert (step.on - report.published_on).days == 55


def test_a_process_begins_with_a_report_and_not_with_a_day_alone() -> None:
    declared = process_named("inspection-response")
    assert declared
    with pytest.raises(Invalid, match="Choose the record"):
        begin(declared, event="inspection_report", on=DAY, subject="PEEL", by=PAT)


def test_the_public_is_not_told_that_what_it_cannot_see_is_late(report: Any, on_day: Any) -> None:
    amend(begin_response(report, by=PAT), chief_comments="Fair.", received_on=DAY)
    process = course(report)
    on_day((report.published_on + dt.timedelta(days=50)).isoformat())
    found = {s.declared.id: s.stand for s in run_of(gather(process, PUBLIC)).steps}
    assert Stand.LATE not in (found["comments"], found["draft"], found["approve"])
    assert stands(process)["draft"] == Stand.LATE
