"""Moving to a mayor or board: duties end, begin or change; what is open goes over."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from peelian.duties import calendar
from peelian.duties.moving import Change, next_change, open_duties, switch
from peelian.record.scope import Scope
from tests.makers import CHRIS, make
from tests.makers import make_user as user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_rules")]
DAY = date(2028, 5, 8)
OFFICE = Scope(CHRIS)


@pytest.fixture(autouse=True)
def office(on_day: Any, settings: Any) -> None:
    on_day("2028-05-01")
    settings.OFFICE = settings.OFFICE | {"body_model": "pcc, 2028-05-08 mayor"}


@pytest.fixture
def chris(client: Client) -> Client:
    client.force_login(user("chris", "chief_executive"))
    return client


def change() -> Change:
    found = next_change(calendar.office(), date(2028, 5, 1))
    assert found
    return found


def text(client: Client, query: str = "") -> str:
    page = client.get(f"/office/duties/moving/{query}")
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_the_setting_names_the_day_and_the_models() -> None:
    assert change() == Change(DAY, "pcc", "mayor")
    assert calendar.office().model_on(date(2028, 5, 7)) == "pcc"
    assert calendar.office().model_on(DAY) == "mayor"


def test_rules_end_begin_and_go_on() -> None:
    found = switch(change(), calendar.rules(), calendar.office())
    names = {rule.id for rule in found.ends}, {rule.id for rule in found.begins}
    assert "ours/reply-to-report" in names[0]
    assert "precept/panel-report" in names[0]
    assert "ours/mayors-letter" in names[1]
    assert found.goes_on >= 2  # answering requests, answering inspections


def test_a_yearly_duty_of_the_old_model_stops_and_one_of_the_new_begins() -> None:
    due = calendar.due_between(date(2028, 4, 1), date(2029, 3, 31), scope=OFFICE)
    rules = [d.rule.id for d in due]
    assert "precept/panel-report" not in rules
    assert rules.count("ours/mayors-letter") == 1


def test_a_clock_opened_before_the_day_goes_over_and_a_proved_one_does_not() -> None:
    make("clock", event="plan_draft_received", opened_on="2028-05-01", reference="late")
    make("clock", event="plan_draft_received", opened_on="2028-04-28", reference="proved")
    make("clock", event="plan_draft_received", opened_on="2028-01-03", reference="before")
    make("clock", event="plan_draft_received", opened_on="2028-05-08", reference="after")
    key = "ours/proved/reply-to-report"
    make("proof", key=key, met_on="2028-04-30", letter="Reply")
    clocks, missing = open_duties(change(), OFFICE, date(2028, 5, 1))
    own = [d.occurrence.key for d in clocks if d.rule.pack == "ours"]
    assert own == ["ours/late/reply-to-report"]
    assert "ours/before/reply-to-report" not in {d.occurrence.key for d in missing}


def test_what_is_past_without_proof_is_listed(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"duties_since": "2027-04-01"}
    _clocks, missing = open_duties(change(), OFFICE, date(2028, 5, 1))
    keys = {duty.occurrence.key for duty in missing}
    assert "precept/2027-28/panel-report" in keys
    assert all(duty.occurrence.due < date(2028, 5, 1) for duty in missing)


def test_the_page_says_what_changes_and_what_is_open(chris: Client) -> None:
    make("clock", event="plan_draft_received", opened_on="2028-05-01", title="Draft plan")
    make("undertaking", title="Share the figures")
    make("undertaking", title="Long since kept", progress="complete")
    page = text(chris)
    assert "On Monday 8 May 2028" in page
    for said in ("Send the mayor's letter", "Draft plan", "Share the figures"):
        assert said in page
    assert "Long since kept" not in page
    assert "only a look ahead" not in page


def test_the_download_holds_what_the_page_lists(chris: Client) -> None:
    make("clock", event="plan_draft_received", opened_on="2028-05-01", reference="late")
    promise = make("undertaking", title="Share the figures")
    content = chris.get("/office/duties/moving.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert {row["Reference"] for row in rows} >= {"ours/late/reply-to-report", promise.key}
    assert chris.get("/office/duties/moving.xlsx").status_code == 200


def test_an_office_without_a_change_can_look_ahead(chris: Client, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"body_model": "pcc"}
    assert "one body model and no change" in text(chris)
    page = text(chris, "?on=2028-05-08&model=mayor")
    assert "only a look ahead" in page
    assert "Send the mayor's letter" in page


@pytest.mark.parametrize("query", ["?on=never&model=mayor", "?on=2028-05-08&model=king", "?on="])
def test_a_look_ahead_that_cannot_be_says_so(chris: Client, query: str) -> None:
    assert "There is a problem" in text(chris, query)
