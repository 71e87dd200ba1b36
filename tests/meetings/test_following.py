"""Undertakings and recommendations: given, answered, closed with evidence and minuted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.intake.tables import Rejected
from peelian.meetings import following
from peelian.promises import operations as promises
from peelian.promises.kinds import RECOMMENDATION, UNDERTAKING
from peelian.promises.models import Promise
from peelian.record import operations
from peelian.record.access import ROLES, Command
from peelian.record.errors import Invalid, Refused
from peelian.record.kinds import Kind
from peelian.record.load import load_file
from peelian.record.models import Draft
from tests.makers import CHRIS, PAT, amend, approve_change, make, make_user

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER, FEBRUARY = dt.date(2019, 11, 27), dt.date(2019, 12, 20), dt.date(2020, 2, 5)
SAM = Command("sam", ("panel_officer",))


@pytest.fixture
def panel() -> dict[str, Any]:
    """A panel that met in November and February, each with a minute."""
    body = make("body", form="panel")
    november, february = (
        make("meeting", body=body, held_on=day, reference=str(day)) for day in (NOVEMBER, FEBRUARY)
    )
    return {
        "body": body,
        "november": november,
        "minute": make("minute", parent=november, number=321, reference="m321"),
        "later": make("minute", parent=february, number=330, reference="m330"),
    }


def approved(promise: Promise) -> Any:
    operations.approve(promise, by=CHRIS)
    promise.refresh_from_db()
    return promise


# ---- given ----


@pytest.mark.parametrize(
    ("kind", "ending"), [(UNDERTAKING, "-u"), (RECOMMENDATION, "-r")], ids=["promised", "asked"]
)
def test_what_is_given_is_named_by_its_minute_and_waits_for_review(
    panel: Any, kind: Kind, ending: str
) -> None:
    first = following.give(kind, panel["minute"], {"title": "Write"}, by=SAM)
    second = following.give(kind, panel["minute"], {"title": "Ring"}, by=SAM)
    assert [first.reference, second.reference] == [f"m321{ending}1", f"m321{ending}2"]
    assert (first.made_at_id, first.status) == (panel["minute"].pk, "in_review")
    assert first.progress == "not_started"


def test_a_recommendation_needs_a_beginning() -> None:
    with pytest.raises(Invalid, match="Name the minute or the meeting at which it was made"):
        make("recommendation", made_at=None)


# ---- answered ----


@pytest.mark.parametrize("answer", ["accepted", "in_part", "rejected", "noted"])
def test_a_response_becomes_official_when_it_is_approved(panel: Any, answer: str) -> None:
    one = make("recommendation", made_at=panel["minute"])
    said = {"answer": answer, "response": " We agree. ", "responded_on": DECEMBER}
    sent = following.answer(one, by=SAM, **said)
    assert sent.answer == ""
    now = approved(sent)
    assert (now.answer, now.response, now.responded_on) == (answer, "We agree.", DECEMBER)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"response": "  "}, "response"),
        ({"responded_on": dt.date(2999, 1, 1)}, "responded_on"),
        ({"responded_on": dt.date(2019, 11, 26)}, "responded_on"),
        ({"answer": "perhaps"}, "answer"),
    ],
)
def test_a_response_that_cannot_be_is_refused(
    panel: Any, changed: dict[str, Any], field: str
) -> None:
    one = make("recommendation", made_at=panel["minute"])
    said: dict[str, Any] = {"answer": "noted", "response": "Yes.", "responded_on": DECEMBER}
    with pytest.raises(Invalid) as error:
        following.answer(one, by=SAM, **said | changed)
    assert field in error.value.errors


@pytest.mark.parametrize(
    "said",
    [
        {"answer": "noted"},
        {"responded_on": "2019-12-20"},
        {"answer": "noted", "responded_on": "2019-12-20"},
    ],
)
def test_half_an_answer_is_refused_wherever_it_comes_from(panel: Any, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match=r"together with the day|what the response says"):
        make("recommendation", made_at=panel["minute"], **said)


# ---- closed ----


def close(one: Any, **changed: Any) -> Any:
    said = {"evidence": "The letter.", "closed_on": DECEMBER, "to_report": True}
    return following.close(one, by=SAM, **said | changed)


@pytest.mark.parametrize("kind", ["undertaking", "recommendation"])
@pytest.mark.parametrize("how", ["complete", "superseded"])
def test_a_closing_waits_for_a_second_person_and_is_then_official(
    panel: Any, kind: str, how: str
) -> None:
    sent = close(make(kind, made_at=panel["minute"]), progress=how)
    assert sent.is_open
    now = approved(sent)
    assert (now.progress, now.closed_on, now.evidence, now.to_report) == (
        how,
        DECEMBER,
        "The letter.",
        True,
    )


def test_a_record_is_evidence_too(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    now = approved(close(one, evidence="", shown_by=panel["later"]))
    assert now.shown_by_id == panel["later"].pk


def test_a_closing_at_a_meeting_has_its_minute_and_nothing_to_report(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    now = approved(close(one, closed_at=panel["later"]))
    assert (now.closed_at_id, now.to_report) == (panel["later"].pk, False)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no evidence": ({"evidence": " "}, "Say what shows"),
    "no minute and no word of it": ({"to_report": False}, "Name the minute at which it was closed"),
    "a day to come": ({"closed_on": dt.date(2999, 1, 1)}, "today or in the past"),
    "before it was given": ({"closed_on": dt.date(2019, 11, 26)}, "before the meeting"),
    "not an ending": ({"progress": "on_track"}, "complete or superseded"),
}


@pytest.mark.parametrize(("changed", "words"), REFUSED.values(), ids=REFUSED)
def test_a_closing_that_shows_nothing_is_refused(
    panel: Any, changed: dict[str, Any], words: str
) -> None:
    one = make("undertaking", made_at=panel["minute"])
    with pytest.raises(Invalid, match=words):
        close(one, **changed)
    assert not Draft.objects.exists()


def test_a_minute_of_another_body_or_of_a_meeting_before_is_refused(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    other = make("meeting", held_on=FEBRUARY, body=make("body", form="committee"))
    with pytest.raises(Invalid, match="a minute of the body to which it was given"):
        close(one, closed_at=make("minute", parent=other))
    with pytest.raises(Invalid, match="was before the closing"):
        close(one, closed_at=panel["minute"])


def test_what_is_closed_or_waits_to_be_is_not_closed_again(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    sent = close(one)
    with pytest.raises(Refused, match="waits for approval already"):
        close(sent)
    with pytest.raises(Refused, match="closed already"):
        close(approved(sent))


# No way round: the form of the record, a file, an update that says so.


@pytest.mark.parametrize("missing", ["evidence", "closed_on", "to_report"])
def test_the_record_itself_refuses_a_closing_without_proof(panel: Any, missing: str) -> None:
    done = {"progress": "complete", "evidence": "x", "closed_on": DECEMBER, "to_report": True}
    empty = {"evidence": "", "closed_on": None, "to_report": False}
    one = make("undertaking", made_at=panel["minute"])
    with pytest.raises(Invalid):
        amend(one, **done | {missing: empty[missing]})


def test_a_file_that_closes_without_proof_is_refused_whole_with_its_row(
    panel: Any, tmp_path: Path
) -> None:
    file = tmp_path / "recommendations.csv"
    file.write_text(
        "reference,title,made_at,progress,closed_on,evidence,closed_at\n"
        "R1,Open,m321,on_track,,,\n"
        "R2,Closed,m321,complete,2019-12-20,Seen,\n"
    )
    with pytest.raises(Rejected) as error:
        load_file(file, by=CHRIS)
    assert "recommendations.csv, row 3, column “closed_at”: found nothing" in str(error.value)
    assert not RECOMMENDATION.all().exists()


MALFORMED = {
    "no meeting": ("R1,A,,,", "column “made_at”: found nothing"),
    "unknown minute": ("R1,A,m999,,", "m999"),
    "no such answer": ("R1,A,m321,perhaps,2020-01-02", "perhaps"),
    "no such day": ("R1,A,m321,noted,2020-02-30", "2020-02-30"),
}


@pytest.mark.parametrize(("row", "words"), MALFORMED.values(), ids=MALFORMED)
def test_a_file_of_recommendations_says_what_is_wrong_where(
    panel: Any, tmp_path: Path, row: str, words: str
) -> None:
    file = tmp_path / "recommendations.csv"
    file.write_text(f"reference,title,made_at,answer,responded_on\n{row}\n")
    with pytest.raises(Rejected) as error:
        load_file(file, by=CHRIS)
    assert "row 2" in str(error.value)
    assert words in str(error.value)


def test_an_update_that_says_complete_reports_and_does_not_close(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    said = {"as_at": DECEMBER, "progress": "complete", "text": "Sent."}
    told = promises.record_update(one, version=None, by=PAT, **said)
    promises.submit_updates([told], by=PAT)
    told.refresh_from_db()
    promises.approve_updates([told], by=CHRIS)
    one.refresh_from_db()
    assert one.is_open


def test_an_update_that_it_goes_on_opens_it_again_whole(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"], progress="complete", closed_on=DECEMBER)
    told = make("update", parent=one, as_at=FEBRUARY, status="in_review")
    promises.approve_updates([told], by=CHRIS)
    one.refresh_from_db()
    assert (one.is_open, one.closed_on, one.evidence, one.to_report) == (True, None, "", False)


# ---- minuted ----


def test_the_minute_is_named_afterwards(panel: Any) -> None:
    one = approved(close(make("undertaking", made_at=panel["minute"])))
    now = approved(following.minute_closing(one, closed_at=panel["later"], by=SAM))
    assert (now.closed_at_id, now.to_report) == (panel["later"].pk, False)
    with pytest.raises(Refused, match="is minuted"):
        following.minute_closing(now, closed_at=panel["later"], by=SAM)


def test_what_is_open_has_no_minute_of_its_closing(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    with pytest.raises(Refused, match="not closed yet"):
        following.minute_closing(one, closed_at=panel["later"], by=SAM)


# ---- the office's pages ----


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(make_user("somebody", *roles))
    return client


FOLLOWS = ("policy_officer", "panel_officer", "chief_executive", "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_give_and_close(panel: Any, role: str) -> None:
    one = make("undertaking", made_at=panel["minute"])
    client, expected = signed_in(role), 200 if role in FOLLOWS else 403
    close_it = reverse("office-undertakings-close", args=[one.reference])
    add = reverse("office-meetings-recommendation", args=[panel["november"].reference])
    assert [client.get(address).status_code for address in (close_it, add)] == [expected] * 2
    page = client.get(one.get_office_url()).content.decode()
    assert (close_it in page) is (role in FOLLOWS)


def test_a_panel_officer_takes_a_recommendation_from_the_meeting_to_its_minuted_end(
    panel: Any,
) -> None:
    client = signed_in("panel_officer")
    meeting = panel["november"]
    asked = {
        "title": "Publish the indicators",
        "made_at": panel["minute"].pk,
        "respond_by": "2020-01-31",
        "made_to": panel["body"].pk,
    }
    client.post(reverse("office-meetings-recommendation", args=[meeting.reference]), asked)
    one = RECOMMENDATION.all().get()
    assert (one.reference, one.status, one.respond_by) == (
        "m321-r1",
        "in_review",
        dt.date(2020, 1, 31),
    )
    one = approved(one)

    def step(name: str, **said: Any) -> None:
        response = client.post(reverse(f"office-recommendations-{name}", args=["m321-r1"]), said)
        assert response.status_code == 302, response.content.decode()
        one.refresh_from_db()
        if Draft.objects.filter(record=one.pk).exists():
            approved(one)

    step("answer", answer="accepted", response="We will.", responded_on="2020-01-20")
    step("update", as_at="2020-01-21", progress="on_track", text="Begun.")
    step("close", progress="complete", evidence="On the site.", closed_on="2020-01-25", to_report=1)
    step("minute", closed_at=panel["later"].pk)
    assert (one.answer, one.progress, one.closed_at_id) == (
        "accepted",
        "complete",
        panel["later"].pk,
    )


def test_a_form_filled_in_badly_says_what_is_missing_and_keeps_what_was_typed(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    address = reverse("office-undertakings-close", args=[one.reference])
    said = {"progress": "complete", "closed_on": "2019-12-20", "evidence": "The letter."}
    html = signed_in("panel_officer").post(address, said).content.decode()
    assert "Name the minute at which it was closed, or say that it is to be reported" in html
    assert "The letter." in html


def test_an_update_of_a_day_that_a_colleague_wrote_is_not_written_over(panel: Any) -> None:
    one = make("undertaking", made_at=panel["minute"])
    make("update", parent=one, as_at="2020-01-21", text="Theirs.")
    address = reverse("office-undertakings-update", args=[one.reference])
    said = {"as_at": "2020-01-21", "progress": "on_track", "text": "Mine."}
    html = signed_in("panel_officer").post(address, said).content.decode()
    assert "A colleague saved this row" in html
    assert approve_change(amend(one, title="Still here")).title == "Still here"
