"""A duty is closed by its proof; without one it is overdue in the office, and never in public."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.kinds import PROOF
from peelian.duties.proofs import State, state_of
from peelian.intake.tables import Rejected
from peelian.record import operations
from peelian.record.access import ROLES, Command, may
from peelian.record.errors import Invalid
from peelian.record.load import load_file
from peelian.record.models import Record
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, make
from tests.makers import make_user as user

pytestmark = pytest.mark.django_db
OFFICE = Scope(CHRIS)
KEY = "precept/2019-20/panel-report"
VETO = "precept/2019-20/respond-to-veto"
PDF = b"%PDF-1.7 a letter"


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-03-10")


def duty(key: str = KEY, scope: Scope = OFFICE) -> Duty:
    found = calendar.due_between(date(2019, 4, 1), date(2020, 3, 31), scope=scope)
    [one] = [d for d in found if d.occurrence.key == key]
    return one


def proved(key: str = KEY, **values: Any) -> Any:
    return make(PROOF, **({"key": key, "met_on": "2020-02-07", "letter": "Letter"} | values))


def entry(client: Client, key: str = KEY) -> str:
    page = client.get("/calendar/?year=2019-20").content.decode()
    item = page.partition(f'id="{key}"')[2].partition('<li class="app-timeline__item"')[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", "<" + item)).split())


# ---- how a duty stands ----


def test_a_duty_past_its_day_without_proof_is_overdue_in_the_office_alone() -> None:
    assert duty().state == State.OVERDUE
    assert duty(scope=PUBLIC).state == State.UNRECORDED


@pytest.mark.parametrize(
    ("met_on", "words"),
    [
        ("2020-02-08", "in time"),
        ("2020-01-20", "in time"),
        ("2020-02-09", "1 day late"),
        ("2020-03-09", "30 days late"),
    ],
)
def test_a_proof_closes_it_in_time_or_so_many_days_late(met_on: str, words: str) -> None:
    proved(met_on=met_on)
    assert (duty().state, duty().met_words) == (State.MET, words)


def test_withdrawing_the_proof_opens_the_duty_again() -> None:
    proof = proved()
    operations.withdraw(proof, by=CHRIS, why="It was another letter")
    assert duty().state == State.OVERDUE
    assert duty(scope=PUBLIC).proof is None


def test_of_two_proofs_the_earlier_day_counts() -> None:
    proved(met_on="2020-02-20")
    proved(met_on="2020-02-06")
    assert duty().met_words == "in time"


def test_a_draft_proof_closes_the_duty_in_the_office_and_never_leaks(client: Client) -> None:
    proved(status="draft", letter="Zqsecretletter", url="https://example.org/zqsecret")
    assert duty().state == State.MET
    assert duty(scope=PUBLIC).state == State.UNRECORDED
    for address in ("/calendar/?basis=", "/calendar.csv?basis=", "/calendar.ics", "/", "/proofs/"):
        assert b"zqsecret" not in client.get(address).content.lower()


def test_the_public_reads_of_the_proof_and_where_it_is(client: Client) -> None:
    assert "No proof recorded" in entry(client)
    assert "verdue" not in entry(client)
    proved(url="https://example.org/report.pdf", letter="")
    said = entry(client)
    assert "Met on 7 February 2020, in time" in said
    assert "Where it is published" in said
    assert (
        'href="https://example.org/report.pdf"' in client.get("/calendar/?basis=").content.decode()
    )


def test_a_record_the_public_may_not_see_is_not_named_as_proof(client: Client) -> None:
    minute = make("minute", status="draft", title="Zqhidden")
    proved(evidence=minute, letter="")
    assert duty().evidence == Record.objects.get(pk=minute.pk)
    assert duty(scope=PUBLIC).evidence is None
    assert "Zqhidden" not in client.get("/calendar/?basis=").content.decode()


def test_only_a_duty_with_a_condition_can_fail_to_arise() -> None:
    assert duty(VETO).state == State.QUESTION
    proved(VETO, outcome="not_arisen")
    assert (duty(VETO).state, duty(VETO).met_words) == (State.NOT_ARISEN, "")
    with pytest.raises(Invalid, match="arises every time"):
        proved(outcome="not_arisen")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2019-12-01", State.NOT_YET),
        ("2020-01-10", State.DUE),
        ("2020-02-08", State.DUE),
        ("2020-02-09", State.OVERDUE),
        ("2020-04-01", State.UNRECORDED),
    ],
)
def test_it_is_due_once_its_first_step_or_four_weeks_before_have_come(
    on_day: Any, day: str, state: State
) -> None:
    on_day(day)
    assert duty().state == state


def test_the_office_says_from_when_it_keeps_proofs(on_day: Any, settings: Any) -> None:
    on_day("2020-04-01")
    settings.OFFICE = settings.OFFICE | {"duties_since": "2019-04-01"}
    assert duty().state == State.OVERDUE
    settings.OFFICE = settings.OFFICE | {"duties_since": "2020-02-09"}
    assert (duty().state, duty(scope=PUBLIC).state) == (State.UNRECORDED, None)


def test_from_one_day_to_the_next_a_duty_only_comes_nearer() -> None:
    occurrence = duty().occurrence
    order = [State.NOT_YET, State.DUE, State.OVERDUE]
    days = [date(2019, 4, 1) + timedelta(days=n) for n in range(366)]
    states = [state_of(occurrence, None, occurrence.due, day, public=False) for day in days]
    places = [order.index(state) for state in states if state in order]
    assert places == sorted(places)
    assert len(places) == len(days)


# ---- what counts as a proof ----


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"letter": ""}, "Say what shows it"),
        ({"key": "precept/2019-20/no-such-rule"}, "key of a duty"),
        ({"key": "precept"}, "key of a duty"),
        ({"key": "precept/panel-report"}, "key of a duty"),
        ({"met_on": "2020-03-11"}, "come already"),
        ({"url": "not an address"}, "valid URL"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_a_tick_is_no_proof(values: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        proved(**values)
    assert duty().state == State.OVERDUE


def test_each_of_the_three_is_enough() -> None:
    proved(letter="Letter of 7 February 2020 to the Commissioner")
    proved(met_on="2020-02-06", letter="", url="https://example.org/")
    proved(met_on="2020-02-05", letter="", evidence=make("minute"))
    assert PROOF.all().count() == 3


# ---- recording it ----


def sent(**values: Any) -> dict[str, Any]:
    return {"met_on": "7/2/2020", "audience": "public", **values}


def test_an_officer_records_a_letter_with_its_file(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(user("pat", "policy_officer"))
    address = f"/office/duties/prove/?key={KEY}"
    assert "What counts as done" in client.get(address).content.decode()
    file = SimpleUploadedFile("letter.pdf", PDF)
    response = client.post(address, sent(document=file))
    assert response.status_code == 302, response.context["form"].errors
    proof = PROOF.all().get()
    assert (proof.letter, proof.key) == ("letter.pdf", KEY)
    kept = client.get(f"/office/proofs/{proof.reference}/document/")
    assert (kept.status_code, kept.content) == (200, PDF)
    operations.release(proof, by=CHRIS)
    assert client.get(f"/proofs/{proof.reference}/document/").status_code == 404


def test_a_document_is_public_only_where_it_was_said_and_once_published(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(user("pat", "policy_officer"))
    file = SimpleUploadedFile("letter.pdf", PDF)
    client.post(f"/office/duties/prove/?key={KEY}", sent(document=file, document_public="on"))
    proof = PROOF.all().get()
    address = f"/proofs/{proof.reference}/document/"
    assert Client().get(address).status_code == 404
    operations.release(proof, by=CHRIS)
    answer = Client().get(address)
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Say what shows it"),
        ({"letter": "L", "met_on": "31/2/2020"}, "Enter a valid date"),
        ({"letter": "L", "met_on": "11/3/2020"}, "come already"),
        ({"document": SimpleUploadedFile("x.exe", b"MZ")}, "Choose a file that ends in"),
        ({"document": SimpleUploadedFile("x.pdf", b"MZ")}, "not really a .pdf"),
        ({"url": "ftp:/nowhere"}, "valid URL"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_kept(
    client: Client, settings: Any, tmp_path: Path, values: dict[str, Any], said: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(user("pat", "policy_officer"))
    response = client.post(f"/office/duties/prove/?key={KEY}", sent(**values))
    assert response.status_code == 200
    assert said in html.unescape(response.content.decode())
    assert not PROOF.all().exists()


def test_the_same_proof_twice_is_told_and_not_a_fault(client: Client) -> None:
    client.force_login(user("pat", "policy_officer"))
    for _time in range(2):
        response = client.post(f"/office/duties/prove/?key={KEY}", sent(letter="L"))
    assert response.status_code == 200
    assert PROOF.all().count() == 1


@pytest.mark.parametrize("key", ["", "nothing", "precept/1999-00/panel-report", "a/b/c", "%00/x/y"])
def test_a_duty_there_is_not_cannot_be_proved(client: Client, key: str) -> None:
    client.force_login(user("chris", "chief_executive"))
    assert client.get("/office/duties/prove/", {"key": key}).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_duties_records_a_proof(client: Client, role: str) -> None:
    person = user("somebody", role)
    client.force_login(person)
    response = client.post(f"/office/duties/prove/?key={KEY}", sent(letter="L"))
    assert (response.status_code == 302) == may(person, "edit", "duties")
    assert PROOF.all().exists() == may(person, "edit", "duties")


# ---- loading ----


def test_proofs_are_loaded_by_bulk(tmp_path: Path) -> None:
    path = tmp_path / "proofs.csv"
    path.write_text(f"key,met_on,url\n{KEY},2020-02-07,https://example.org/r\n", encoding="utf-8")
    by = Command("peelian load")
    assert dict(load_file(path, by=by).outcome) == {"new": 1}
    assert dict(load_file(path, by=by).outcome) == {"same": 1}
    assert duty(scope=PUBLIC).state == State.MET


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("precept/2019-20/nothing,2020-02-07,https://example.org/r", "key"),
        (f"{KEY},some day,https://example.org/r", "met_on"),
        (f"{KEY},2020-12-24,https://example.org/r", "met_on"),
        (f"{KEY},2020-02-07,nowhere", "url"),
        (f"{KEY},2020-02-07,", ""),
    ],
)
def test_a_malformed_file_of_proofs_is_refused_whole(tmp_path: Path, row: str, column: str) -> None:
    path = tmp_path / "proofs.csv"
    good = "precept/2019-20/notify-panel,2020-01-31,https://example.org/n"
    path.write_text(f"key,met_on,url\n{good}\n{row}\n", encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        load_file(path, by=Command("peelian load"))
    assert {(p.row, p.column) for p in refused.value.problems} == {(3, column)}
    assert not PROOF.all().exists()
