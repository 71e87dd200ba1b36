"""Questions and petitions by the form: confirmed by a link, decided by an officer, never public."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from peelian.meetings import submissions
from peelian.meetings.models import Petition, PublicQuestion, Submission
from peelian.meetings.submissions import decide, forget_submissions
from peelian.record import operations
from peelian.record.errors import Refused
from peelian.record.models import Change
from tests.makers import CHRIS, amend, bring_to, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db

ANN = {"name": "Ann Ash", "email": "Ann@Example.org", "area": "Saltmere"}
QUESTION = {**ANN, "text": "How fast are calls answered?"}
PETITION = {**ANN, "title": "Keep the counter", "text": "Keep it open.", "signatures": 300}


@pytest.fixture
def meeting(on_day: Any, settings: Any) -> Any:
    on_day("2020-01-20")
    body = make("body", form="panel", reference=settings.OFFICE["panel"])
    values = {"held_on": dt.date(2020, 2, 5), "state": "planned", "reference": "feb"}
    return make("meeting", body=body, title="February", **values)


def send(values: dict[str, Any], address: str = "/meetings/feb/ask/") -> str:
    return Client().post(address, values).content.decode()


def confirm() -> str:
    """Open the link of the newest mail, press its button, and return what is said then."""
    found = re.search(r"/take-part/confirm/\S+", mail.outbox[-1].body)
    assert found
    client = Client()
    assert "Yes, this is mine" in client.get(found[0]).content.decode()
    return client.post(found[0]).content.decode()


def officer(role: str = "panel_officer") -> Client:
    client = Client()
    client.force_login(make_user(f"one-{role}", role))
    return client


def press(client: Client, way: str = "accept", **values: str) -> Any:
    one = Submission.objects.get()
    return client.post(f"/office/submissions/{one.pk}/decide/", {way: "1", **values}, follow=True)


def test_the_form_says_by_when_how_long_and_how_it_is_kept(meeting: Any) -> None:
    page = read("/meetings/feb/ask/")
    for words in (
        "by noon on Wednesday 29 January 2020.",
        "At most 150 words.",
        "may put 2 questions",
        "deleted after 5 May 2020",
    ):
        assert words in page.words, words
    assert page.queries <= 12
    assert read("/meetings/feb/").links["Ask a question"] == "/meetings/feb/ask/"


def test_a_question_goes_from_the_form_to_the_record_and_its_answer_back(meeting: Any) -> None:
    assert "Look in your mail" in send(QUESTION)
    assert [m.to for m in mail.outbox] == [["ann@example.org"]]
    client = officer()
    assert "Ann Ash" not in client.get("/office/submissions/").content.decode()
    assert "It has reached us" in confirm()
    assert "Ann Ash" in client.get("/office/submissions/").content.decode()
    assert "by the form: to be decided" in client.get("/office/").content.decode()
    assert "draft, to be approved" in press(client).content.decode()
    question = PublicQuestion.objects.get()
    assert (question.question, question.asked_by) == (QUESTION["text"], "")
    assert (question.state, question.received_on) == ("accepted", dt.date(2020, 1, 20))
    assert QUESTION["text"] not in read("/meetings/feb/").words
    bring_to(question, "published", by=CHRIS, approver=make_user("x", "administrator"))
    assert QUESTION["text"] in read("/meetings/feb/").words
    assert "is taken" in mail.outbox[-1].subject
    made = Submission.objects.get()
    address = f"/office/submissions/{made.pk}/answer/"
    assert "no answer on the record" in client.post(address, follow=True).content.decode()
    question.refresh_from_db()
    answered = {"answer": "In ten seconds.", "answered_on": dt.date(2020, 2, 5)}
    edited = amend(question, **answered)
    bring_to_public(edited)
    client.post(address)
    assert "In ten seconds." in mail.outbox[-1].body
    count = len(mail.outbox)
    assert "sent before" in client.post(address, follow=True).content.decode()
    assert len(mail.outbox) == count


def bring_to_public(record: Any) -> None:
    operations.submit(record, by=CHRIS)
    operations.approve(record, by=make_user("y", "administrator"))


def test_the_address_is_nowhere_on_the_record_and_the_name_only_where_it_may_be(
    meeting: Any,
) -> None:
    send({**QUESTION, "is_name_public": "on"})
    confirm()
    press(officer())
    question = PublicQuestion.objects.get()
    assert question.asked_by == "Ann Ash"
    held = " ".join(str(change.values) for change in question_changes(question))
    assert "example.org" not in held
    assert "Saltmere" not in held
    for address in ("/meetings/feb/", "/public-questions/", "/search/?q=calls", "/feed/"):
        page = Client().get(address).content.decode()
        assert "Ann Ash" not in page
        assert QUESTION["text"] not in page


def question_changes(question: Any) -> Any:
    return Change.objects.filter(record_id=question.pk)


def test_a_refusal_has_its_ground_and_its_sender_is_told(meeting: Any) -> None:
    send(QUESTION)
    confirm()
    client = officer()
    assert press(client, "refuse", because="weather").status_code == 404
    assert Submission.objects.get().state == "waiting"
    press(client, "refuse", because="repeated")
    assert PublicQuestion.objects.get().refused_because == "repeated"
    assert "much the same" in mail.outbox[-1].body
    with pytest.raises(Refused, match="decided before"):
        decide(Submission.objects.get(), by=CHRIS)


def test_a_petition_comes_in_the_same_way(meeting: Any) -> None:
    assert "From 250 signatures" in read("/take-part/petition/").words
    send(PETITION, "/take-part/petition/")
    confirm()
    press(officer())
    petition = Petition.objects.get()
    assert (petition.title, petition.signatures) == ("Keep the counter", 300)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({**QUESTION, "text": "word " * 151}, "Your question has 151 words, and 150 are allowed."),
        ({**QUESTION, "text": " "}, "This field is required"),
        ({**QUESTION, "email": "a@b\nBcc: x@example.org"}, "valid email"),
        ({**QUESTION, "name": ""}, "This field is required"),
        ({**QUESTION, "name": "n" * 201}, "200 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    meeting: Any, values: dict[str, Any], says: str
) -> None:
    page = send(values)
    assert says in page
    assert "govuk-error-summary" in page
    assert not Submission.objects.exists()
    assert mail.outbox == []


def test_a_robot_is_told_the_same_and_nothing_is_kept(meeting: Any) -> None:
    assert "Look in your mail" in send({**QUESTION, "website": "https://spam.example"})
    assert not Submission.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/meetings/feb/ask/", QUESTION).status_code == 403


def test_nobody_is_worn_down_by_mails_that_others_ask_for(meeting: Any, monkeypatch: Any) -> None:
    said = {send(QUESTION).count("Look in your mail") for _time in range(8)}
    assert said == {2}
    assert len(mail.outbox) == submissions.MOST_OF_ADDRESS
    monkeypatch.setattr(submissions, "MOST_IN_HOUR", 1)
    assert "try again in an hour" in send({**QUESTION, "email": "bob@example.org"})


def test_one_person_puts_as_many_questions_as_the_scheme_allows(meeting: Any) -> None:
    for words in ("reached us", "reached us", "as many questions as one person may"):
        send(QUESTION)
        assert words in confirm()
    assert Submission.objects.exclude(confirmed_at=None).count() == 2


def test_no_question_after_the_hour_nor_to_what_takes_none(meeting: Any, on_day: Any) -> None:
    hearing = make("meeting", body=meeting.body, form="confirmation", state="planned")
    board = make("meeting", body=make("oversight-mechanism"), state="planned")
    hidden = make("meeting", body=meeting.body, state="planned", status="draft")
    for one in (hearing, board, hidden):
        assert read(f"/meetings/{one.reference}/ask/").status == 404
    on_day("2020-01-30")
    assert "had to reach us by noon" in send(QUESTION)
    assert "Ask a question" not in read("/meetings/feb/").links
    assert not Submission.objects.exists()


def test_what_is_over_goes_by_itself(meeting: Any, on_day: Any) -> None:
    send(QUESTION)
    confirm()
    send(QUESTION)
    old = timezone.now() - dt.timedelta(days=8)
    Submission.objects.filter(confirmed_at=None).update(asked_at=old)
    assert forget_submissions() == 1
    on_day("2020-05-05")
    assert forget_submissions() == 0
    on_day("2020-05-06")
    assert forget_submissions() == 1


def test_a_mail_that_cannot_be_sent_is_said_and_no_stack_trace(
    meeting: Any, monkeypatch: Any
) -> None:
    send(QUESTION)
    confirm()

    def refuse(self: Any, **_options: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert "write to the sender yourself" in press(officer()).content.decode()
    assert PublicQuestion.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reader", False),
        ("analyst", False),
        ("policy_officer", False),
        ("panel_officer", True),
        ("chief_executive", True),
        ("administrator", True),
    ],
)
def test_who_reads_names_and_addresses(meeting: Any, role: str, may: bool) -> None:
    send(QUESTION)
    confirm()
    client = officer(role)
    one = Submission.objects.get()
    assert client.get("/office/submissions/").status_code == (200 if may else 403)
    assert (client.post(f"/office/submissions/{one.pk}/decide/").status_code == 403) is not may
    assert PublicQuestion.objects.exists() is may


def test_the_list_asks_no_more_for_many(meeting: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        send({**QUESTION, "email": f"p{number}@example.org"})
        confirm()
    client = officer()
    with django_assert_max_num_queries(12):
        assert client.get("/office/submissions/").status_code == 200
