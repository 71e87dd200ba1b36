"""The pages of a response: answers on one page, its steps, its document, who may do what."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from peelian.inspections.findings import flat, found_in
from peelian.inspections.kinds import ANSWER, RESPONSE
from peelian.inspections.operations import answer_finding, begin_response
from peelian.promises.kinds import FINDING
from peelian.record.models import Draft
from peelian.record.scope import PUBLIC
from tests.makers import DAY, PAT, amend, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
ROLES = ("reader", "policy_officer", "analyst", "panel_officer", "chief_executive")
EDITORS = ("policy_officer", "chief_executive")


def signed_in(role: str, name: str = "") -> Client:
    client = Client()
    user = make_user(name or f"user-{role}", role)
    client.force_login(user)
    return client


@pytest.fixture
def report() -> Any:
    made = make("inspection", title="PEEL", published_on=DAY)
    make("finding", parent=made, title="Fill the posts")
    make("finding", parent=made, title="Call back")
    return made


@pytest.fixture
def response(report: Any) -> Any:
    return begin_response(report, by=PAT)


def given(report: Any, *answers: tuple[str, str], version: str = "") -> dict[str, str]:
    data: dict[str, str] = {}
    for one, (answer, words) in zip(flat(found_in(report, PUBLIC)), answers, strict=True):
        prefix = f"finding-{one.finding.pk}"
        data |= {f"{prefix}-answer": answer, f"{prefix}-text": words, f"{prefix}-version": version}
    return data


def test_all_findings_are_answered_on_one_page(report: Any, response: Any) -> None:
    page = signed_in("policy_officer")
    at = f"{response.get_office_url()}answers/"
    assert page.get(at).content.decode().count("has to be answered") == 2
    sent = page.post(at, given(report, ("accepted", "By March.\r\nAll."), ("", "")))
    assert sent.status_code == 302
    assert [answer.text for answer in ANSWER.all()] == ["By March.\nAll."]
    assert ANSWER.all().get().status == "draft"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (("accepted", " "), "Say what has been or will be done"),
        (("", "By March."), "Choose an answer."),
        (("perhaps", "By March."), "Select a valid choice"),
    ],
)
def test_one_wrong_answer_saves_none_and_keeps_what_was_typed(
    report: Any, response: Any, second: tuple[str, str], said: str
) -> None:
    client = signed_in("policy_officer")
    sent = client.post(
        f"{response.get_office_url()}answers/", given(report, ("accepted", "Kept words."), second)
    )
    page = sent.content.decode()
    assert said in page
    assert "Kept words." in page
    assert "Nothing was saved yet" in page
    assert ANSWER.all().count() == 0


def test_a_colleague_who_saved_first_is_not_overwritten_unread(report: Any, response: Any) -> None:
    client, at = signed_in("policy_officer"), f"{response.get_office_url()}answers/"
    typed = given(report, ("accepted", "Mine."), ("", ""))
    first = FINDING.all().in_order().first()
    answer_finding(first, answer="rejected", text="Theirs.", version=None, by=PAT)
    page = client.post(at, typed).content.decode()
    assert "saved this answer while you were writing" in page
    assert "Mine." in page
    assert ANSWER.all().get().text == "Theirs."


def test_a_report_without_findings_says_where_to_add_them() -> None:
    empty = begin_response(make("inspection"), by=PAT)
    page = signed_in("policy_officer").get(f"{empty.get_office_url()}answers/").content.decode()
    assert "Add them on its page first." in page


@pytest.mark.parametrize("role", ROLES)
def test_who_may_begin_and_answer(role: str, report: Any) -> None:
    client = signed_in(role)
    expected = 200 if role in EDITORS else 403
    assert client.get(f"{report.get_office_url()}respond/").status_code == expected
    response = begin_response(report, by=PAT)
    assert client.get(f"{response.get_office_url()}answers/").status_code == expected
    assert client.get(f"{response.get_office_url()}response.pdf").status_code == 200


def test_the_public_gets_neither_page_nor_pdf_of_a_draft(response: Any) -> None:
    assert read(response.get_absolute_url()).status == 404
    assert Client().get(f"{response.get_absolute_url()}response.pdf").status_code == 404
    assert Client().get(f"{response.get_office_url()}response.pdf").status_code in (302, 403)


def test_a_response_is_begun_once_and_then_found_again(report: Any) -> None:
    client, at = signed_in("policy_officer"), f"{report.get_office_url()}respond/"
    assert "Nothing of it is public" in client.get(at).content.decode()
    for _time in range(2):
        sent = client.post(at)
        assert sent.status_code == 302
    assert RESPONSE.all().count() == 1
    assert client.get(at).headers["Location"] == RESPONSE.all().get().get_office_url()


def test_the_steps_take_the_answers_along_and_name_what_is_missing(
    report: Any, response: Any
) -> None:
    writer = signed_in("policy_officer", "writer")
    boss = signed_in("chief_executive", "boss")
    at = f"{response.get_office_url()}publish/"
    writer.post(f"{response.get_office_url()}answers/", given(report, ("noted", "N."), ("", "")))
    for client, step in ((writer, "submit"), (boss, "approve")):
        version = str(RESPONSE.all().get().version)
        assert client.post(at, {"step": step, "version": version}).status_code == 302
    assert ANSWER.all().get().status == "approved"
    page = boss.post(at, {"step": "publish"}).content.decode()
    assert "the policing body’s own comments" in page
    assert "an answer to “" in page
    assert RESPONSE.all().get().status == "approved"


def test_the_published_response_is_a_page_and_a_tagged_pdf(report: Any) -> None:
    for finding in FINDING.all():
        make("finding-answer", parent=finding, text="By March.")
    response = make("inspection-response", parent=report)
    page = read(response.get_absolute_url())
    assert "By March." in page.words
    assert "We agree." in page.words
    assert page.queries <= 12
    sent = Client().get(f"{response.get_absolute_url()}response.pdf")
    assert sent.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in sent.content


def test_a_change_of_a_published_response_waits_and_shows_nowhere(report: Any) -> None:
    for finding in FINDING.all():
        make("finding-answer", parent=finding)
    response = make("inspection-response", parent=report)
    amend(response, comments="Secret second thoughts.")
    assert Draft.objects.count() == 1
    assert "Secret" not in read(response.get_absolute_url()).words
    pdf = Client().get(f"{response.get_absolute_url()}response.pdf")
    assert b"Secret" not in pdf.content


def test_the_report_leads_to_the_process_with_itself_chosen(report: Any) -> None:
    client = signed_in("policy_officer")
    page = client.get(report.get_office_url()).content.decode()
    at = f"/office/processes/begin/inspection-response/?record={report.pk}"
    assert at in page
    form = client.get(at).content.decode()
    assert f'<option value="{report.pk}" selected' in form
    sent = client.post(at, {"record": str(report.pk)})
    assert sent.status_code == 302
    shown = client.get(sent.headers["Location"]).content.decode()
    assert "Response: PEEL" in shown
    assert "Begin the response" in shown
    assert "Plan the meeting" not in shown
