"""Clocks opened by hand: last days in words, pauses, and who may see them."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from peelian.duties import calendar, events
from peelian.duties.kinds import CLOCK
from peelian.duties.models import Clock
from peelian.intake.tables import Rejected
from peelian.law.calendar import Fact, occurrences
from peelian.law.office import Office
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.record.load import load_file
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, bring_to, make, make_all
from tests.makers import make_user as user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_rules")]
OFFICE = Scope(CHRIS)


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2026-10-05")


def opened(event: str, day: str, **values: Any) -> Any:
    return make(CLOCK, event=event, opened_on=day, **values)


def due(scope: Scope = OFFICE) -> dict[str, tuple[date, str]]:
    found = calendar.due_between(date(2026, 4, 1), date(2027, 3, 31), scope=scope)
    return {d.rule.id: (d.occurrence.due, d.occurrence.because) for d in found if d.record}


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_the_last_day_is_explained_in_words() -> None:
    opened("plan_draft_received", "2026-10-01")
    last, because = due()["ours/reply-to-report"]
    assert last == date(2026, 11, 25)
    assert because == "Day 1 is 1 October 2026, so the last day is 25 November 2026 (day 56)."


def test_a_clock_has_a_page_with_days_left_and_the_way_to_the_proof(client: Client) -> None:
    clock = opened("plan_draft_received", "2026-10-01", audience="public")
    public = text(client, clock.get_absolute_url())
    assert "the last day is 25 November 2026 (day 56)" in public
    assert "Record the proof" not in public
    client.force_login(user("chris", "chief_executive"))
    own = text(client, clock.get_office_url())
    assert "51 days left" in own
    assert "Record the proof" in own
    assert "Pause this clock" in own


def test_waiting_for_a_clarification_moves_the_last_day() -> None:
    clock = opened("foi_request", "2026-10-01")
    assert due()["ours/answer-request"][0] == date(2026, 10, 29)
    make("pause", parent=clock, form="clarification", starts_on="2026-10-05", ends_on="2026-10-09")
    last, because = due()["ours/answer-request"]
    assert last == date(2026, 11, 5)
    assert "clarification" in because


def test_a_clock_that_stands_still_is_paused_and_never_overdue(on_day: Any) -> None:
    clock = opened("foi_request", "2026-10-01")
    make("pause", parent=clock, form="clarification", starts_on="2026-10-05")
    on_day("2027-03-01")
    found = calendar.due_between(date(2026, 4, 1), date(2027, 3, 31), scope=OFFICE)
    assert [str(d.state) for d in found if d.rule.name == "answer-request"] == ["paused"]


@pytest.mark.parametrize("form", ["fee", "post_election_period"])
def test_a_pause_that_the_rule_does_not_allow_moves_nothing(form: str) -> None:
    clock = opened("foi_request", "2026-10-01")
    make("pause", parent=clock, form=form, starts_on="2026-10-05", ends_on="2026-10-09")
    assert due()["ours/answer-request"][0] == date(2026, 10, 29)


def test_a_pause_of_another_clock_moves_nothing() -> None:
    opened("foi_request", "2026-10-01")
    other = opened("plan_draft_received", "2026-10-01")
    make("pause", parent=other, form="clarification", starts_on="2026-10-05", ends_on="2026-10-09")
    assert due()["ours/answer-request"][0] == date(2026, 10, 29)


def test_a_withdrawn_clock_opens_nothing() -> None:
    clock = opened("plan_draft_received", "2026-10-01")
    operations.withdraw(clock, by=CHRIS, why="It was another plan")
    assert "ours/reply-to-report" not in due()


@pytest.mark.parametrize(
    ("event", "audience"),
    [
        ("foi_request", "office"),
        ("complaint_against_commissioner", "office"),
        ("review_application", "office"),
        ("chief_constable_suspended", "office"),
        ("plan_draft_received", "public"),
        ("office_taken", "public"),
    ],
)
def test_what_may_concern_a_person_is_for_the_office(event: str, audience: str) -> None:
    values = {"event": event, "opened_on": date(2026, 10, 1)}
    clock = operations.create(CLOCK, values, by=CHRIS)
    assert clock.audience == audience
    assert clock.title == events.title(event)


def test_a_private_clock_is_in_no_public_page_however_published(client: Client) -> None:
    made = operations.create(
        CLOCK, {"event": "foi_request", "opened_on": "2026-10-01", "title": "Zqsecret"}, by=PAT
    )
    bring_to(made, "published", approver=CHRIS)
    assert "ours/answer-request" in due()
    assert due(PUBLIC) == {}
    assert client.get(made.get_absolute_url()).status_code == 404
    for address in (
        "/calendar/?basis=",
        "/calendar.csv?basis=",
        "/calendar.ics",
        "/calendar/month/",
    ):
        assert b"Zqsecret" not in client.get(address).content


def test_a_draft_clock_counts_in_the_office_at_once_and_nowhere_else() -> None:
    opened("plan_draft_received", "2026-10-01", status="draft", audience="public")
    assert "ours/reply-to-report" in due()
    assert due(PUBLIC) == {}


def test_an_officer_opens_a_clock_by_choosing_what_happened(client: Client) -> None:
    client.force_login(user("pat", "policy_officer"))
    page = client.get("/office/duties/open/").content.decode()
    address = "/office/clocks/new/?event=foi_request"
    assert address in page
    form = client.get(address).context["form"]
    assert (form["event"].value(), form["audience"].value()) == ("foi_request", "office")
    assert form["opened_on"].value() == "05/10/2026"
    sent = {"event": "foi_request", "opened_on": "05/10/2026", "audience": "office"}
    response = client.post(address, sent)
    assert response.status_code == 302
    made = CLOCK.all().get()
    assert isinstance(made, Clock)
    assert made.reference == "foi-request-2026-10-05"
    assert "Monday 2 November 2026" in text(client, response["Location"])


def test_a_record_and_a_clock_of_one_name_are_one_event() -> None:
    make_all("inspection", {"reference": "same", "published_on": date(2026, 9, 1)})
    clock = opened("plan_draft_received", "2026-10-01", reference="same")
    found = due()
    assert found["inspections/response"][0] == date(2026, 10, 26)
    assert found["ours/reply-to-report"][0] == date(2026, 11, 25)
    assert clock.reference == "same"


# ---- loading ----


def load(tmp_path: Path, content: str, name: str = "clocks") -> Any:
    path = tmp_path / f"{name}.csv"
    path.write_text(content, encoding="utf-8")
    return load_file(path, by=Command("peelian load"))


def test_clocks_are_loaded_by_bulk_and_loading_again_changes_nothing(tmp_path: Path) -> None:
    rows = "event,title,opened_on\nfoi_request,Request 1,2026-10-01\nfoi_request,R 2,2026-10-01\n"
    assert dict(load(tmp_path, rows).outcome) == {"new": 2}
    assert dict(load(tmp_path, rows).outcome) == {"same": 2}
    assert set(CLOCK.all().values_list("audience", flat=True)) == {"office"}


@pytest.mark.parametrize(
    ("rows", "column", "said"),
    [
        ("event,opened_on\ntea_break,2026-10-01\n", "event", "one of"),
        ("event,opened_on\nmeeting,2026-10-01\n", "event", "one of"),
        ("event,opened_on\nfoi_request,yesterday\n", "opened_on", "a date like"),
        ("event,opened_on\nfoi_request,2026-02-30\n", "opened_on", "a date like"),
        ("event,opened_on\nfoi_request,\n", "opened_on", "a value"),
        ("event,opened_on,due\nfoi_request,2026-10-01,x\n", "due", "one of"),
    ],
)
def test_a_malformed_file_of_clocks_is_refused_whole(
    tmp_path: Path, rows: str, column: str, said: str
) -> None:
    with pytest.raises(Rejected) as refused:
        load(tmp_path, rows)
    [problem] = refused.value.problems
    assert (problem.column, said in problem.expected) == (column, True)
    assert not CLOCK.all().exists()


def test_a_malformed_file_of_pauses_is_refused_whole(tmp_path: Path) -> None:
    opened("foi_request", "2026-10-01", reference="r1")
    bad = "clock,form,starts_on,ends_on\nr1,clarification,2026-10-09,2026-10-01\n"
    with pytest.raises(Rejected, match="before the first"):
        load(tmp_path, bad, "pauses")
    with pytest.raises(Rejected, match="clock"):
        load(tmp_path, "clock,form,starts_on\nnone,clarification,2026-10-09\n", "pauses")
    assert not kind_named("pause").all().exists()


# ---- and for every day ----


@given(st.dates(date(2014, 1, 1), date(2032, 12, 31)))
def test_the_page_and_the_law_agree_on_every_day(day: date) -> None:
    """A clock is the fact that the law's engine counts from, whatever the day."""
    fact = Fact("plan_draft_received", "r", "R", day)
    rule = [r for r in calendar.rules() if r.id == "ours/reply-to-report"]
    here = Office.always("england", "pcc")
    [one] = occurrences(rule, office=here, facts=[fact], start=day, end=date(day.year + 1, 12, 31))
    assert (one.due - day).days == 55
    assert one.working_due <= one.due
    assert str(one.due.year) in one.because
