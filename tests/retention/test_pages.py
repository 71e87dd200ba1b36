"""The pages: what is due, proposing, the second person, holds, certificates, gone addresses."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from peelian.people.models import User
from peelian.record import operations as record
from peelian.record.models import Record
from peelian.retention import operations
from peelian.retention.models import Certificate, Hold, Proposal
from tests.every.world import person
from tests.makers import CHRIS, PAT, make

pytestmark = pytest.mark.django_db
OLD = dt.date(2012, 3, 1)
DUE, PROPOSALS = "/office/retention/", "/office/retention/proposals/"


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> Client:
    return _client(person("pat", "policy_officer"))


@pytest.fixture
def chief() -> Client:
    return _client(person("chris", "chief_executive"))


@pytest.fixture
def reader() -> Client:
    return _client(person("robin", "reader"))


def _page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def _gone(*records: Any) -> Certificate:
    proposals = operations.propose(records, by=PAT, why="Its time is over")
    return operations.dispose_of(proposals, by=CHRIS)[0]


def test_empty_lists_say_so(chief: Client) -> None:
    assert "Nothing is due" in _page(chief, DUE)
    assert "Nothing waits" in _page(chief, PROPOSALS)
    assert "There is no hold" in _page(chief, "/office/retention/holds/")
    assert "Nothing has been disposed of" in _page(chief, "/office/retention/certificates/")


def test_the_list_shows_what_is_due_by_class_and_what_stops_it(officer: Client) -> None:
    make("clock", opened_on=OLD, title="A clock of old")
    held = make("proof", met_on=OLD, title="A proof of old")
    make("clock", title="A clock of now")
    operations.place_hold({"title": "The claim", "why": "Open", "starts_on": OLD}, [held], by=PAT)
    page = _page(officer, DUE)
    assert "A clock of now" not in page
    assert "day 1 is 2 March 2012, so the last day of 6 years is 1 March 2018" in page
    assert "Held: The claim" in page
    assert page.count('name="record"') == 1  # what is held cannot be chosen
    assert "A clock of old" not in _page(officer, f"{DUE}?state=held")
    assert "A proof of old" not in _page(officer, f"{DUE}?state=free")
    assert "2 records of 2 due" in _page(officer, f"{DUE}?rule=retention/duties")
    assert "Nothing that is due matches" in _page(officer, f"{DUE}?rule=retention/casework")
    assert "Nothing that is due matches" in _page(officer, f"{DUE}?state=what")
    table = officer.get("/office/retention.csv?state=held").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["Title"], row["May go from"], row["Holds"]) == (
        "A proof of old",
        "2018-03-02",
        "The claim",
    )


def test_two_people_dispose_of_a_record_by_the_pages(officer: Client, chief: Client) -> None:
    one = make("undertaking", progress="complete", closed_on=OLD, title="A visit", reference="u-1")
    make("update", parent=one, as_at=OLD, title="What was said")
    shown = _page(officer, "/office/retention/propose/?record=undertaking/u-1")
    for said in ("A visit", "What was said", "stays as it was issued"):
        assert said in shown
    assert "Say why" in _sent(officer, "/office/retention/propose/", record="undertaking/u-1")
    sent = {"record": "undertaking/u-1", "why": "Its time is over"}
    assert officer.post("/office/retention/propose/", sent)["Location"] == PROPOSALS
    proposal = Proposal.objects.get()
    address = f"/office/retention/dispose/?proposal={proposal.pk}"
    assert "Its time is over" in _page(chief, PROPOSALS)
    assert "What was said" in _page(chief, address)
    assert officer.get(address).status_code == 403
    chief.post("/office/retention/dispose/", {"proposal": proposal.pk, "why": "Agreed"})
    certificate = Certificate.objects.get()
    assert (certificate.proposed_by, certificate.by) == ("pat", "chris")
    page = _page(officer, certificate.get_absolute_url())
    assert certificate.sha256 in page
    assert page.count("govuk-summary-list__row") == 13
    assert "A visit" not in page
    assert "u-1" in _page(officer, "/office/retention/certificates/")
    table = officer.get("/office/retention/certificates.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["reference"], row["why"]) == ("u-1", "Agreed")


def _sent(client: Client, address: str, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == 200
    return response.content.decode()


def test_whoever_proposed_is_told_that_somebody_else_decides(chief: Client) -> None:
    make("clock", opened_on=OLD, reference="c-1")
    chief.post("/office/retention/propose/", {"record": "clock/c-1", "why": "Over"})
    proposal = Proposal.objects.get()
    page = _page(chief, f"/office/retention/dispose/?proposal={proposal.pk}")
    assert "somebody else has to dispose of it" in page
    assert "This cannot be undone" not in page
    sent = {"proposal": proposal.pk, "why": "Over"}
    assert "Someone other" in _sent(chief, "/office/retention/dispose/", **sent)
    chief.post("/office/retention/keep/", sent)
    assert Proposal.objects.count() == 0
    assert "Kept after all" in _page(chief, "/office/clocks/c-1/history/")


def test_what_cannot_go_is_shown_with_the_reason_and_no_button(officer: Client) -> None:
    one = make("undertaking", progress="complete", closed_on=OLD, reference="u-1")
    make("quoted-figure", promise=one, reference="q-1", title="Quoted")
    page = _page(officer, "/office/retention/propose/?record=undertaking/u-1")
    assert "It is referred to by Quoted figure q-1, “Quoted”" in page
    assert '<form method="post"' not in page.partition("<main")[2].partition("</main>")[0]
    early = _page(officer, f"/office/retention/propose/?record={make('plan').key}")
    assert "has no day on which it may go" in early


BAD = [
    "/office/retention/propose/",
    "/office/retention/propose/?record=clock/none",
    "/office/retention/propose/?record=nothing",
    "/office/retention/dispose/",
    "/office/retention/dispose/?proposal=9999",
    "/office/retention/dispose/?proposal=x&proposal=٣",
    "/office/retention/keep/?proposal=99999999999999999999",
]


@pytest.mark.parametrize("address", BAD)
def test_what_is_not_there_leads_back_to_the_list(chief: Client, address: str) -> None:
    response = chief.get(address, follow=True)
    assert response.status_code == 200
    assert "Needs attention" in response.content.decode()


def test_a_hold_is_placed_and_lifted_by_the_pages(officer: Client, chief: Client) -> None:
    one = make("clock", opened_on=OLD, reference="c-1")
    new = "/office/retention/holds/new/"
    assert "clock/c-1" in _page(officer, f"{new}?record=clock/c-1")
    wrong = {"title": "A claim", "why": "Open", "starts_on": "2020-01-02", "records": "\nclock/x"}
    assert "Line 2: there is no record “clock/x”" in _sent(officer, new, **wrong)
    assert "choose one kind or one class" in _sent(officer, new, **wrong | {"records": ""})
    officer.post(new, wrong | {"records": "clock/c-1\nclock/c-1"})
    hold = Hold.objects.get()
    assert hold.names == ["clock/c-1"]
    assert "Held: A claim" in _page(officer, DUE)
    lift = f"{hold.get_absolute_url()}lift/"
    assert officer.get(lift).status_code == 403
    assert "Lift this hold" not in _page(officer, hold.get_absolute_url())
    chief.post(lift, {"why": "Settled"})
    assert "Settled" in _page(officer, hold.get_absolute_url())
    assert "Lifted on" in _page(officer, "/office/retention/holds/")
    assert "Held:" not in _page(officer, DUE)
    assert Record.objects.filter(pk=one.pk).exists()


def test_a_held_record_is_not_deleted_from_its_page(chief: Client) -> None:
    one = make("clock", status="draft", reference="c-1")
    operations.place_hold({"title": "The claim", "why": "Open", "starts_on": OLD}, [one], by=PAT)
    page = _sent(chief, "/office/clocks/c-1/publish/", step="delete", why="Twice")
    assert "is under a hold" in page
    assert Record.objects.filter(pk=one.pk).exists()


def test_a_record_says_to_the_office_how_long_it_is_kept(officer: Client) -> None:
    one = make("clock", opened_on=OLD, reference="c-1")
    page = _page(officer, "/office/clocks/c-1/")
    assert "It may be disposed of from 2 March 2018." in page
    assert "/office/retention/holds/new/?record=clock/c-1" in page
    assert "How long it is kept" not in _page(Client(), one.get_absolute_url())
    pause = make("pause", parent=one)
    assert "It goes with what it is part of" in _page(officer, pause.get_office_url())


# ---- what an address says afterwards ----


def test_what_was_public_answers_that_it_was_disposed_of(reader: Client) -> None:
    make("clock", opened_on=OLD, reference="c-1", title="Quagzebrun")
    assert "Quagzebrun" in _page(Client(), "/clocks/c-1/")
    certificate = _gone(Record.objects.get(reference="c-1"))
    for client, address in ((Client(), "/clocks/c-1/"), (reader, "/office/clocks/c-1/compare/")):
        page = _page(client, address, 410)
        assert "was disposed of" in page
        assert "Clocks, pauses and proofs of duties" in page
        assert "Quagzebrun" not in page
    assert certificate.get_absolute_url() not in _page(Client(), "/clocks/c-1/", 410)
    assert certificate.get_absolute_url() in _page(reader, "/office/clocks/c-1/", 410)
    history = _page(reader, "/office/clocks/c-1/history/")
    assert "Disposed of" in history
    assert "what it said is not" in history
    assert "Quagzebrun" not in history


def test_what_was_never_public_is_not_found_by_a_stranger(reader: Client) -> None:
    make("clock", opened_on=OLD, reference="c-1", status="draft")
    published = make("clock", opened_on=OLD, reference="c-2")
    record.withdraw(published, by=CHRIS, why="Wrong")
    _gone(*Record.objects.filter(kind="clock"))
    for reference in ("c-1", "c-2", "c-3"):
        _page(Client(), f"/clocks/{reference}/", 404)
    _page(reader, "/office/clocks/c-1/", 410)
    _page(reader, "/office/clocks/c-3/", 404)


def test_holds_and_proposals_change_nothing_for_the_public() -> None:
    one = make("clock", opened_on=OLD)
    pages = ("/", "/retention/", "/retention.csv", "/clocks/", one.get_absolute_url(), "/about/")
    before = [Client().get(page).content for page in pages]
    operations.place_hold({"title": "Claim", "why": "x", "starts_on": OLD, "kind": "plan"}, by=PAT)
    operations.propose([one], by=PAT, why="Over")
    assert [Client().get(page).content for page in pages] == before
