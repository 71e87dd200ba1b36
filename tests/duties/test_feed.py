"""The calendar for diaries: the same entries under the same names, for whom they are meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from icalendar import Calendar

from peelian.duties import calendar, feed
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.makers import make_user as user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-01-28")


def entries(content: bytes) -> dict[str, Any]:
    """The entries by the duty's key: what stands before the site's name in each one's own name."""
    return {str(e["uid"]).rpartition("@")[0]: e for e in Calendar.from_ical(content).walk("VEVENT")}


def own_address(person: Any) -> str:
    return f"/calendar/own/{feed.own_token(person)}.ics"


def test_the_feed_holds_what_the_calendar_holds_under_the_duties_own_keys(client: Client) -> None:
    answer = client.get("/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = entries(answer.content)
    due = calendar.due_between(date(2018, 4, 1), date(2021, 3, 31), scope=PUBLIC)
    assert set(found) == {duty.occurrence.key for duty in due}
    report = found["precept/2019-20/panel-report"]
    assert report["dtstart"].dt == date(2020, 2, 8)
    assert report["dtend"].dt == date(2020, 2, 9)
    assert "Report on the proposed precept (Police precept for 2020/21)" in report["summary"]
    for said in ("The date is fixed: 8 February 2020", "Friday 7 February 2020", "Schedule 5"):
        assert said in report["description"]
    assert report.walk("VALARM") == []


def test_two_offices_in_one_diary_keep_their_own_entries(client: Client, settings: Any) -> None:
    names = []
    for site in ("https://one.example", "https://two.example:8443"):
        settings.SITE = site
        walked = Calendar.from_ical(client.get("/calendar.ics").content).walk("VEVENT")
        names.append({str(entry["uid"]) for entry in walked})
    assert "precept/2019-20/panel-report@one.example" in names[0]
    assert "precept/2019-20/panel-report@two.example" in names[1]
    assert not names[0] & names[1]


def test_a_local_standard_is_not_sold_as_law(client: Client) -> None:
    found = entries(client.get("/calendar.ics").content)
    draft = found["plan-and-report/2019-20/annual-report-draft"]
    assert "The office’s own standard, not law." in draft["description"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/calendar.ics")
    assert client.get("/calendar.ics").content == first.content
    again = client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make("proof", key="precept/2019-20/panel-report", met_on="2020-01-27", letter="L")
    changed = client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    entry = entries(changed.content)["precept/2019-20/panel-report"]
    assert entry["summary"].startswith("Met: ")
    assert "in time" in entry["description"]


def test_a_title_with_line_ends_and_commas_stays_one_entry(client: Client, own_rules: None) -> None:
    title = "Plan; draft, of\nBEGIN:VEVENT\nUID:evil " + "ä" * 80
    make("clock", event="plan_draft_received", opened_on="2020-01-02", title=title, reference="p")
    found = entries(client.get("/calendar.ics").content)
    assert "evil" not in found
    assert "BEGIN:VEVENT" in found["ours/p/reply-to-report"]["summary"]


def test_ones_own_feed_holds_what_one_acts_for(client: Client) -> None:
    sam = user("sam", "panel_officer")
    found = entries(client.get(own_address(sam)).content)
    assert "precept/2019-20/panel-report" in found
    assert "precept/2019-20/notify-panel" not in found
    assert "private" in client.get(own_address(sam))["Cache-Control"]


def test_private_clocks_are_in_the_owners_feed_alone(client: Client, own_rules: None) -> None:
    chris = user("chris", "chief_executive")
    make("clock", event="foi_request", opened_on="2020-01-02", audience="office", reference="r1")
    assert "ours/r1/answer-request" in entries(client.get(own_address(chris)).content)
    assert "ours/r1/answer-request" not in entries(client.get("/calendar.ics").content)


def test_a_link_that_is_not_ours_opens_nothing(client: Client) -> None:
    chris = user("chris", "chief_executive")
    signed = [signing.dumps(said, salt=feed.SALT) for said in (1, [1, 2, 3], [chris.pk, "x"])]
    for token in ("x", "none-of-ours", signing.dumps([1, "x"]), *signed):
        assert client.get(f"/calendar/own/{token}.ics").status_code == 404


@pytest.mark.parametrize("change", ["left", "roles", "password"])
def test_a_link_closes_with_its_person(client: Client, change: str) -> None:
    chris = user("chris", "chief_executive")
    address = own_address(chris)
    assert client.get(address).status_code == 200
    if change == "left":
        chris.is_active = False
    elif change == "roles":
        chris.roles = []
    else:
        chris.set_password("another long password")
    chris.save()
    assert client.get(address).status_code == 404
