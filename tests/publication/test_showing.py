"""A visit closes the duty that it shows met, on every page alike, and no other."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bench.misbehaving import serve
from bench.watchdog import LOOPBACK, resolve
from peelian.duties import calendar
from peelian.duties.calendar import Duty
from peelian.duties.proofs import State
from peelian.law.calendar import occurrences
from peelian.publication import scheme
from peelian.publication.addresses import Gate
from peelian.publication.models import Visit
from peelian.publication.operations import keep_visits
from peelian.publication.periods import window
from peelian.publication.verdicts import Form, Verdict
from peelian.publication.visiting import Found, Manners, Target, visit_all
from peelian.record.access import Command
from peelian.record.scope import PUBLIC, Scope
from tests.every.world import person
from tests.makers import amend, approve_change, bring_to, make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2020, 1, 28)
BY = Command("watch")
MONTHLY, QUARTERLY, YEARLY, KEPT, MADE = (
    "publication-money/expenditure",
    "publication-people/allowances",
    "publication-money/total-budget",
    "publication-people/interests",
    "publication-performance/inspection-report",
)
DECEMBER = "publication-money/2019-12/expenditure"
IN_TIME = dt.date(2020, 1, 14)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with override_settings(OFFICE=settings.OFFICE | {"today": TODAY.isoformat()}):
        yield


def place(rule: str = MONTHLY, **values: Any) -> Any:
    return make("publication-place", **{"rule": rule, "url": "https://opcc.example/x"} | values)


def visited(
    one: Any, newest: dt.date | None, verdict: Verdict = Verdict.ANSWERS, **values: Any
) -> Visit:
    at = values.pop("at", TODAY)
    moment = dt.datetime.combine(at, dt.time(6), dt.UTC)
    found = Found(one.url, verdict, moment, modified=newest, **values)
    with override_settings(OFFICE=settings.OFFICE | {"today": at.isoformat()}):
        return keep_visits([one], {one.pk: found}, by=BY)[0]


def duty(key: str = DECEMBER, scope: Scope = PUBLIC) -> Duty:
    year = dt.date(2019, 4, 1), dt.date(2020, 6, 30)
    [found] = [d for d in calendar.due_between(*year, scope=scope) if d.occurrence.key == key]
    return found


# ---- which day closes which duty ----


@pytest.mark.parametrize(
    ("key", "day", "closes"),
    [
        # What a month needs can be published from the day after it, and is due on 30 January.
        (DECEMBER, "2019-12-31", False),
        (DECEMBER, "2020-01-01", True),
        (DECEMBER, "2020-01-28", True),
        ("publication-money/2019-11/expenditure", "2019-12-30", True),
        ("publication-money/2019-11/expenditure", "2019-12-31", False),
        ("publication-people/2019-20-q3/allowances", "2019-12-31", False),
        ("publication-people/2019-20-q3/allowances", "2020-01-02", True),
        ("publication-people/2019-20-q2/allowances", "2020-01-02", False),
        # The budget of the year that begins comes out in the quarter before.
        ("publication-money/2019-20/total-budget", "2019-12-30", False),
        ("publication-money/2019-20/total-budget", "2020-01-20", True),
        # A look from a month before a review to a month before the next one counts for it.
        ("publication-people/2019-20-q3/interests", "2019-11-29", False),
        ("publication-people/2019-20-q3/interests", "2019-11-30", True),
        ("publication-people/2019-20-q3/interests", "2020-01-20", True),
        ("publication-people/2019-20-q2/interests", "2020-01-20", False),
    ],
)
def test_a_day_in_its_own_time_closes_a_duty_and_no_other_day_does(
    key: str, day: str, closes: bool
) -> None:
    pack, _occasion, name = key.split("/")
    visited(place(f"{pack}/{name}"), dt.date.fromisoformat(day))
    assert duty(key).is_closed is closes
    assert (duty(key).state is State.MET) is closes


@given(st.sampled_from([MONTHLY, QUARTERLY, YEARLY, KEPT]), st.dates(dt.date(2012, 1, 1)))
def test_no_day_closes_two_duties_of_one_line(rule: str, day: dt.date) -> None:
    day = min(day, dt.date(2098, 1, 1))
    span = {"start": day - dt.timedelta(days=800), "end": day + dt.timedelta(days=800)}
    rules = [one for one in calendar.rules() if one.id == rule]
    found = occurrences(rules, office=calendar.office(), facts=[], **span)
    windows = [one for occasion in found if (one := window(occasion))]
    assert len(windows) == len(found) > 0
    assert all(one.first <= one.last < two.first for one, two in pairwise(windows))
    assert sum(one.first <= day <= one.last for one in windows) <= 1


def test_what_an_event_brings_about_is_proved_by_hand() -> None:
    on, published = dt.date(2022, 1, 28), dt.date(2022, 1, 10)
    with override_settings(OFFICE=settings.OFFICE | {"today": on.isoformat()}):
        make("inspection", reference="vawg", form="force", published_on=published)
        visited(place(MADE, published_on="2022-01-20"), dt.date(2022, 1, 20), at=on)
        due = calendar.due_between(published, on, scope=PUBLIC)
        [found] = [one for one in due if one.rule.id == MADE]
        [line] = [one for one in scheme.lines(PUBLIC, on) if one.rule.id == MADE]
    assert found.shown
    assert (found.is_closed, "by hand" in found.shown.said) == (False, True)
    assert line.standing == "not_checked"


# ---- what does not close one ----


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in ("answers", "moved")])
def test_what_a_reader_does_not_get_closes_nothing_and_says_why(verdict: Verdict) -> None:
    visited(place(), IN_TIME, verdict)
    found = duty()
    assert (found.is_closed, found.state) == (False, None)
    assert found.shown
    assert found.shown.said.startswith("The visit of 28 January 2020 found: ")


@pytest.mark.parametrize(
    ("values", "newest", "said"),
    [
        ({}, None, "The visit of 28 January 2020 found the page, and no date."),
        ({}, dt.date(2019, 6, 3), "The visit of 28 January 2020 found no newer date than 3 June"),
        ({"covers_until": "2019-11-30"}, IN_TIME, "covers the time to 30 November 2019."),
    ],
)
def test_an_open_duty_says_what_the_visit_lacked(
    values: dict[str, str], newest: dt.date | None, said: str
) -> None:
    visited(place(**values), newest)
    found = duty()
    assert found.shown
    assert (found.is_closed, said in found.shown.said) == (False, True)


def test_without_a_place_or_a_visit_that_is_what_is_said() -> None:
    before = duty().shown
    place(published_on="2020-01-14")
    after = duty().shown
    assert before
    assert after
    assert "has not said where" in before.said
    assert "not visited yet" in after.said
    assert not duty().is_closed


def test_a_day_that_was_announced_before_it_came_closes_nothing() -> None:
    one = place()
    visited(one, dt.date(2019, 12, 20), sha256="ab" * 32, at=dt.date(2020, 1, 3))
    visited(one, IN_TIME, sha256="ab" * 32)
    assert not duty().is_closed
    visited(one, IN_TIME, sha256="cd" * 32)
    assert duty().is_closed


def test_a_draft_or_a_place_for_the_office_alone_closes_nothing_for_anybody() -> None:
    for values in ({"status": "draft"}, {"audience": "office"}):
        one = bring_to(place(status="draft"), "draft") if "status" in values else place(**values)
        visited(one, IN_TIME)
    office = Scope(person("pat", "policy_officer"))
    assert [duty(scope=scope).is_closed for scope in (PUBLIC, office)] == [False, False]


@pytest.mark.parametrize(
    ("path", "closes"),
    [
        *(("/good", True), ("/moved", True), ("/away-today", True), ("/gone", False)),
        *(("/soft", False), ("/to-the-front", False), ("/to-home", False), ("/broken", False)),
        *(("/promised.pdf", False), ("/private/page", False), ("/to-loopback", False)),
    ],
)
def test_what_a_site_really_serves_decides(path: str, closes: bool) -> None:
    one = place()
    with serve() as (port, _heard):
        target = Target(f"http://a.test:{port}{path}")
        target = Target(target.url, Form.PDF if path.endswith(".pdf") else Form.PAGE)
        gate = Gate(frozenset({ip_address(LOOPBACK)}), frozenset({port, 80}), resolve)
        manners = Manners(pause=0.01)
        found = asyncio.run(visit_all([target], gate=gate, manners=manners, today=TODAY))
    keep_visits([one], {one.pk: found[target]}, by=BY)
    assert duty().is_closed is closes


# ---- in the course of time ----


def test_what_was_shown_once_stays_shown_when_the_page_goes_on_or_goes_away() -> None:
    one = place()
    visited(one, dt.date(2019, 12, 10), at=dt.date(2019, 12, 11))
    visited(one, IN_TIME)
    visited(one, None, Verdict.GONE)
    found = [duty(f"publication-money/2019-{month}/expenditure") for month in (11, 12)]
    assert [(d.met_on, d.met_words) for d in found] == [
        (dt.date(2019, 12, 10), "in time"),
        (IN_TIME, "in time"),
    ]
    approve_change(amend(one, url="https://opcc.example/new"))
    assert duty().published_at == "https://opcc.example/x"


def test_every_place_of_a_line_has_to_show_it_and_one_added_later_opens_nothing() -> None:
    visited(place(), IN_TIME)
    second = place(url="https://opcc.example/y")
    visited(second, dt.date(2019, 12, 1), at=dt.date(2020, 1, 20))
    assert not duty().is_closed
    visited(second, dt.date(2020, 1, 20))
    assert duty().met_on == dt.date(2020, 1, 20)
    visited(place(url="https://opcc.example/z"), None, at=dt.date(2020, 2, 1))
    assert duty().met_on == dt.date(2020, 1, 20)


def test_a_proof_by_hand_goes_before_a_visit() -> None:
    visited(place(), IN_TIME)
    make("proof", key=DECEMBER, met_on="2020-01-09", url="https://opcc.example/minute")
    found = duty()
    assert (found.met_on, found.published_at) == (
        dt.date(2020, 1, 9),
        "https://opcc.example/minute",
    )


# ---- every page says the same ----


@pytest.mark.parametrize("newest", [IN_TIME, dt.date(2017, 6, 5)])
def test_calendar_office_score_line_rule_feed_and_download_agree(newest: dt.date) -> None:
    visited(place(published_on="2020-01-14", covers_until="2019-12-31"), newest)
    office = Client()
    office.force_login(person("pat", "policy_officer"))
    is_met = newest == IN_TIME
    day = f"{newest.day} {newest:%B %Y}"
    closed = f"found it there, with the date {day}"
    opened = f"found no newer date than {day}"
    addresses = {
        "/calendar/?year=2019-20&basis=": Client(),
        "/office/duties/?year=2019-20": office,
        reverse("duty-rule", args=MONTHLY.split("/")): Client(),
    }
    for address, client in addresses.items():
        page = client.get(address).content.decode()
        assert (closed in page) is is_met, address
        assert "/publication/publication-money/expenditure/" in page
    for address in ("/publication/", "/publication/publication-money/expenditure/"):
        assert (opened in Client().get(address).content.decode()) is not is_met
    [line] = [one for one in scheme.lines(PUBLIC, TODAY) if one.rule.id == MONTHLY]
    assert line.standing == ("met" if is_met else "not_checked")
    table = Client().get("/calendar.csv?year=2019-20&basis=").content.decode()
    [row] = [row for row in table.splitlines() if row.rstrip().endswith(DECEMBER)]
    assert ("Met,2020-01-14,https://opcc.example/x" in row) is is_met
    feed = Client().get("/calendar.ics").content.decode().replace("\r\n ", "").replace("\\,", ",")
    assert (closed in feed) is is_met


def test_a_score_is_met_only_where_the_calendar_has_nothing_open_that_is_past() -> None:
    for rule in (MONTHLY, QUARTERLY, YEARLY, KEPT):
        visited(place(rule, published_on="2020-01-14"), IN_TIME)
    for line in scheme.lines(PUBLIC, TODAY):
        due = calendar.due_between(
            TODAY - scheme.BACK, TODAY + scheme.AHEAD, scope=PUBLIC, only=[line.rule]
        )
        past = [d for d in due if d.occurrence.due < TODAY]
        if line.standing == "met" and past:
            assert any(d.is_closed for d in due[due.index(past[-1]) :]), line.rule.id


def test_more_places_and_visits_ask_the_database_no_more() -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            Client().get("/calendar/?year=2019-20")
        return len(made)

    visited(place(), IN_TIME)
    few = asked()
    for rule in (QUARTERLY, YEARLY, KEPT):
        for day in (3, 10, 17):
            visited(place(rule), dt.date(2020, 1, day))
    assert asked() == few <= 12


def test_home_asks_at_most_twelve_times_also_where_visits_close_what_is_due(
    on_worked_example: None,
) -> None:
    for rule in (MONTHLY, QUARTERLY, KEPT):
        visited(place(rule), IN_TIME)
    with CaptureQueriesContext(connection) as made:
        Client().get("/")
    assert len(made) <= 12
