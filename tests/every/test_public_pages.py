"""On the worked example every public page is whole, well made, and asks the database little."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.config.database import count_rows
from peelian.pages.paging import PER_PAGE
from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE, PLAN, UPDATE
from peelian.record.kinds import kinds
from peelian.record.models import Record
from tests.every.crawl import fixed_pages
from tests.makers import make_all

pytestmark = pytest.mark.usefixtures("worked_example", "db")

AT_MOST = 12
# Kinds with many records that all look alike: this many of each are read, evenly spread.
OF_EACH = 5
TIMES = 4


class Page(HTMLParser):
    """What is checked of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _attrs in self.tags)

    def with_attribute(self, name: str) -> list[str]:
        return [tag for tag, attrs in self.tags if name in attrs]


def _pages() -> list[str]:
    """Return the addresses of public pages: every fixed one, and some records of every kind."""
    found = fixed_pages()
    for kind in kinds():
        shown = list(kind.all().public().in_order())
        step = max(len(shown) // OF_EACH, 1)
        found += [record.get_absolute_url() for record in shown[::step]]
        if len(shown) > PER_PAGE:
            found.append(reverse(f"{kind.slug}-list") + "?page=2")
    return list(dict.fromkeys(found))


def _asked(client: Client, address: str) -> tuple[int, str]:
    """Return how often a page asks the database, and what it says."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries), response.content.decode()


def _title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return " ".join(unescape(found[1]).split()) if found else ""


def test_every_public_page_is_well_made_and_asks_at_most_twelve_times() -> None:
    client, wrong = Client(), {}
    titles: dict[str, list[str]] = {}
    pages = _pages()
    assert len(pages) > 120
    for address in pages:
        asked, html = _asked(client, address)
        page = Page(html)
        titles.setdefault(_title(html), []).append(address)
        faults = {
            "queries": asked > AT_MOST and asked,
            "h1": page.count("h1") != 1 and page.count("h1"),
            "lang": 'lang="en-gb"' not in html[:200],
            "style": page.with_attribute("style") or page.count("style"),
            "script": [a for tag, a in page.tags if tag == "script" and "src" not in a],
            "handlers": [n for _tag, a in page.tags for n in a if n.startswith("on")],
            "main": page.count("main") != 1,
            "alt": [a for tag, a in page.tags if tag == "img" and "alt" not in a],
            "ids": [
                i for i, n in Counter(a.get("id", "") for _t, a in page.tags).items() if n > 1 and i
            ],
            "odd words": re.findall(r"\{[{%]|None</|&amp;amp;|\bTrue</|<object ", html),
        }
        if found := {name: fault for name, fault in faults.items() if fault}:
            wrong[address] = found
    assert wrong == {}
    assert {title: where for title, where in titles.items() if len(where) > 1} == {}


def test_pages_hold_no_inline_code_that_the_policy_would_stop() -> None:
    response = Client().get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.fixture
def fourfold() -> dict[str, tuple[int, int]]:
    """How often a page asks with one more of each sort, and with four times the commitments."""
    client = Client()
    pages = _growing_pages()
    before = COMMITMENT.all().count()
    _add(0, 2)
    for address in pages:
        _asked(client, address)  # what is read once and kept
    few = {address: _asked(client, address)[0] for address in pages}
    _add(2, (TIMES - 1) * before)
    count_rows()
    assert COMMITMENT.all().count() == TIMES * before
    return {address: (few[address], _asked(client, address)[0]) for address in pages}


def _referring() -> tuple[Any, Any]:
    """Return a commitment and its activity whose references lead several steps on already."""
    commitment: Any = COMMITMENT.all().get(reference="2016-4.2")
    return commitment, ACTIVITY.all().get(reference="2016-4.2-activity-1")


def _growing_pages() -> list[str]:
    commitment, activity = _referring()
    lists = ("plans", "objectives", "commitments", "activities", "updates")
    records = [PLAN.all().get(), OBJECTIVE.all().in_order()[0], commitment, activity]
    mechanism = Record.objects.get(kind="oversight-mechanism", reference="victims-board")
    return [
        *(reverse(f"{slug}-list") for slug in lists),
        *(reverse(f"{slug}-csv") for slug in lists),
        *(record.get_absolute_url() for record in [*records, mechanism]),
        *("/", "/search/?q=police", "/feed/", "/about/", "/calendar/"),
    ]


def _add(start: int, end: int) -> None:
    """Give the objectives more commitments; one has more activities, and its own more updates."""
    last, activity = _referring()
    mechanism = Record.objects.get(kind="oversight-mechanism", reference="victims-board")
    objectives = list(OBJECTIVE.all().in_order())
    shared = {"overseen_by": [mechanism], "text": "Refer to A4.6 and 3.5."}
    numbers = range(start, end)
    made = make_all(
        COMMITMENT,
        *(
            {
                **shared,
                "reference": f"2016-9.{n}",
                "printed_reference": f"9.{n}",
                "parent": objectives[n % len(objectives)],
                "element": "policing",
            }
            for n in numbers
        ),
    )
    make_all(
        ACTIVITY,
        *(
            {
                **shared,
                "reference": f"2016-A9.{n}",
                "printed_reference": f"A9.{n}",
                "parent": last if n % 2 else made[n - start],
            }
            for n in numbers[:60]
        ),
    )
    days = (dt.date(2018, 1, 1) + dt.timedelta(days=n) for n in numbers[:30])
    make_all(UPDATE, *({"parent": activity, "as_at": day, "text": "Refer to 3.5."} for day in days))


def test_four_times_the_commitments_are_asked_for_as_often(
    fourfold: dict[str, tuple[int, int]],
) -> None:
    assert {page: asked for page, asked in fourfold.items() if asked[1] > asked[0]} == {}
    assert {page: asked for page, asked in fourfold.items() if asked[1] > AT_MOST} == {}
