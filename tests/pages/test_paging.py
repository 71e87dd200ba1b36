"""A long list leads through its records a page at a time, and counts what its reader may see."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.pages import paging
from peelian.pages.related import related
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC, Scope
from tests.makers import make, make_all, make_user
from tests.reading import Page, read

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 12, 31)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a list count to sixty: one page of fifty, and one of ten."""
    monkeypatch.setattr(paging, "MOST", 60)


def _updates(count: int, **values: Any) -> list[Any]:
    activity = make("activity")
    every = [
        {"parent": activity, "as_at": DAY + n * dt.timedelta(1), "text": f"Number {n}."} | values
        for n in range(1, count + 1)
    ]
    return make_all("update", *every)


def _numbers(page: Page) -> list[int]:
    return [int(n) for n in re.findall(r"Number (\d+)\.", page.words)]


@pytest.mark.usefixtures("short")
def test_a_list_that_counts_no_further_says_so_and_leads_to_what_it_counts() -> None:
    _updates(61)
    first, second = (read(f"/updates/?page={n}") for n in (1, 2))
    assert _numbers(first) == list(range(1, 51))
    assert _numbers(second) == list(range(51, 61))
    assert "1 to 50 of more than 60" in first.words
    assert "filter the list to reach others" in first.words
    assert _numbers(read("/updates/?page=3")) == _numbers(second)  # the nearest page there is


@pytest.mark.usefixtures("short")
def test_a_list_of_just_as_many_as_it_counts_gives_their_number() -> None:
    _updates(60)
    assert "1 to 50 of 60" in read("/updates/").words


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"audience": "office"}])
def test_the_count_of_a_public_list_leaves_out_what_is_not_public(hidden: dict[str, str]) -> None:
    _updates(52)
    for _ in range(2):
        make("update", as_at="2019-01-01", text="No.", **hidden)
    assert "1 to 50 of 52" in read("/updates/").words
    assert "1 to 50 of 54" in read("/office/updates/", "policy_officer").words


def test_what_stands_under_something_hidden_is_neither_listed_nor_counted() -> None:
    _updates(2)
    hidden = make("activity", status="draft")
    make("update", parent=hidden, as_at="2020-02-01", text="Number 99.")
    page = read("/updates/")
    assert _numbers(page) == [1, 2]
    assert "2 records" in page.words


def test_the_download_goes_on_beyond_what_the_list_counts(short: None, client: Client) -> None:
    _updates(62)
    said = client.get(reverse("updates-csv")).content.decode()
    assert [n for n in range(1, 63) if f"Number {n}." in said] == list(range(1, 63))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("as_at_from=2020-01-03", [3, 4, 5]),
        ("as_at_until=2/1/2020", [1, 2]),
        ("as_at_from=2020-01-02&as_at_until=2020-01-02", [2]),
        ("as_at_from=2020-01-04&as_at_until=2020-01-02", []),
        ("as_at_from=soon", []),
    ],
)
def test_updates_are_narrowed_by_the_days_between_which_they_were_true(
    asked: str, found: list[int]
) -> None:
    _updates(5)
    page = read(f"/updates/?{asked}")
    assert _numbers(page) == found
    assert ("Give a day like 2019-11-27 or 27/11/2019." in page.words) == ("soon" in asked)


@pytest.mark.parametrize("few", [3, 300])
def test_all_that_refers_to_a_record_is_found_page_by_page(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("peelian.pages.related.PER_PAGE", 4)
    monkeypatch.setattr(paging, "FEW", few)
    owner = make("role")
    parent = make("commitment", owner=owner)
    shown = make_all("activity", *({"parent": parent, "owner": owner} for _ in range(8)))
    make("activity", parent=parent, owner=owner, status="draft", title="Not yet public")
    found: list[int] = []
    for number in ("1", "2", "3"):
        groups, page = related(owner, PUBLIC, number)
        found += [record.pk for group in groups for record in group.records]
        assert page.paginator.count == 9
    assert found == [parent.pk, *(one.pk for one in shown)]
    office = Scope(make_user("pat", "policy_officer"))
    assert related(owner, office)[1].paginator.count == 10


def test_an_owner_with_more_than_a_page_has_links_to_the_others() -> None:
    owner = make("role")
    parent = make("commitment")
    every = [{"parent": parent, "owner": owner, "title": f"Task {n:02}."} for n in range(60)]
    make_all("activity", *every)
    first, second = read(f"{owner.get_absolute_url()}"), read(f"{owner.get_absolute_url()}?page=2")
    assert first.links["Next page"] == "?page=2"
    assert "1 to 50 of 60" in first.words
    assert "Task 49." in first.words
    assert "Task 50." not in first.words
    assert re.findall(r"Task (\d\d)\.", second.words) == [f"{n}" for n in range(50, 60)]
    assert max(first.queries, second.queries) <= 12


def test_a_mechanism_leads_through_all_that_it_oversees() -> None:
    mechanism = make("oversight-mechanism")
    parent, named = make("commitment"), [f"oversight-mechanism/{mechanism.reference}"]
    every = [{"parent": parent, "overseen_by": named, "title": f"T {n:02}."} for n in range(60)]
    make_all("activity", *every)
    first, second = (read(f"{mechanism.get_absolute_url()}?page={n}") for n in (1, 2))
    assert "60 promises are overseen here." in first.words
    seen = re.findall(r"T (\d\d)\.", first.words + second.words)
    assert sorted(seen) == [f"{n:02}" for n in range(60)]


def test_another_order_is_kept_from_page_to_page() -> None:
    every = _updates(55)
    newest_first = kind_named("update").all().public().order_by("-as_at", "pk")
    pages = paging.Pages(newest_first, PUBLIC)
    found = [one.pk for n in pages.page_range for one in pages.page(n)]
    assert found == [one.pk for one in reversed(every)]
