"""The public site needs no sign-in, works before anything is published, and asks little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peelian.record.kinds import kinds
from tests.makers import make, make_tree

PAGES = (
    "home",
    "about",
    "accessibility",
    "search",
    "search-csv",
    "feed",
    "health",
    "robots",
    "sign-in",
)
OFFICE = ("office-home", "office-search", "office-search-csv")
PUBLIC_KINDS = [kind for kind in kinds() if not kind.closed]


def _fill() -> list[Any]:
    """Return published records of many kinds, twenty updates among them."""
    tree = make_tree()
    made = list(tree.values())
    for day in range(1, 21):
        as_at = dt.date(2019, 12, day)
        made.append(make("update", parent=tree["activity"], as_at=as_at, reference=f"u{day}"))
    panel = make("body", reference=settings.OFFICE["panel"], form="panel")
    made += [panel, make("meeting", body=panel, held_on="2020-02-05", state="planned")]
    made += [make(name) for name in ("edition", "undertaking", "inspection", "grade", "membership")]
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_anybody_may_open_the_public_pages(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", OFFICE)
def test_the_back_office_asks_a_stranger_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('sign-in')}?next={reverse(name)}"


@pytest.mark.parametrize("name", OFFICE)
def test_every_role_may_open_its_own_pages(client: Client, robin: Any, name: str) -> None:
    client.force_login(robin)
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", OFFICE)
def test_a_user_without_a_role_may_not_enter(client: Client, name: str) -> None:
    from tests.makers import make_user

    client.force_login(make_user("nobody"))
    response = client.get(reverse(name))
    assert response.status_code == 403
    assert "Your role" in response.content.decode() or "your role" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", PUBLIC_KINDS, ids=lambda kind: kind.slug)
def test_a_list_says_so_when_nothing_is_published(client: Client, kind: Any) -> None:
    response = client.get(reverse(f"{kind.slug}-list"))
    assert response.status_code == 200
    if not kind.views:
        assert "Nothing has been published here yet." in response.content.decode()


def test_both_homes_say_what_to_do_when_there_is_nothing(client: Client, chris: Any) -> None:
    assert "Nothing has been published yet." in client.get("/").content.decode()
    assert "peelian load" in client.get("/").content.decode()
    client.force_login(chris)
    assert "Nothing has been recorded yet." in client.get(reverse("office-home")).content.decode()


@pytest.mark.django_db
def test_public_pages_ask_the_database_at_most_twelve_times(client: Client) -> None:
    records = _fill()
    pages = [reverse(name) for name in PAGES] + ["/search/?q=begun", "/search/?q=update"]
    pages += [reverse(f"{kind.slug}-list") for kind in PUBLIC_KINDS]
    pages += [record.get_absolute_url() for record in records]
    asked = {}
    for page in dict.fromkeys(pages):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        asked[page] = len(queries)
    assert {page: n for page, n in asked.items() if n > 12} == {}


@pytest.mark.django_db
def test_more_records_ask_no_more_often(client: Client) -> None:
    _fill()
    pages = ["/", "/activities/", "/search/?q=begun", "/feed/", "/about/"]
    few = _asked(client, pages)
    parent = make("activity", text="More work was begun.")
    for day in range(1, 9):
        make("update", parent=parent, as_at=dt.date(2019, 11, day), text="Work was begun again.")
    many = _asked(client, pages)
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}


def _asked(client: Client, pages: list[str]) -> dict[str, int]:
    """Return how often each page asks the database, when what is read once has been read."""
    asked = {}
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        asked[page] = len(queries)
    return asked


@pytest.mark.django_db
def test_the_frame_of_a_public_page_asks_only_whether_an_election_is_near(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert client.get(reverse("accessibility")).status_code == 200
    with django_assert_num_queries(0):
        assert client.get(reverse("robots")).status_code == 200


@pytest.mark.django_db
def test_home_shows_what_is_next_and_how_the_plan_stands(client: Client, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": "2020-01-28"}
    _fill()
    html = client.get("/").content.decode()
    assert "This is a worked example, set on 28 January 2020." in html
    assert "5 February 2020" in html
    assert "given at meetings and still open" in html
    assert "Objective 1" in html


@pytest.mark.django_db
def test_an_ordinary_day_is_not_called_an_example(client: Client, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": ""}
    assert "worked example" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_an_unknown_page_is_told_plainly(client: Client, settings: Any) -> None:
    settings.DEBUG = False
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert 'href="/search/"' in response.content.decode()


@pytest.mark.django_db
def test_health_says_when_the_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def gone(*_args: Any) -> None:
        raise OperationalError("gone")

    assert client.get("/health/").content == b"ok\n"
    monkeypatch.setattr(connection, "cursor", gone)
    assert client.get("/health/").status_code == 503


def test_crawlers_stay_out_of_the_back_office(client: Client) -> None:
    assert "Disallow: /office/" in client.get("/robots.txt").content.decode()


@pytest.mark.django_db
def test_about_lists_what_can_be_taken_away_and_counts_only_what_is_public(
    client: Client,
) -> None:
    make("plan")
    make("plan", status="draft", title="A secret plan")
    html = client.get(reverse("about")).content.decode()
    assert "/plans.csv" in html
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">1</td>' in html
    assert "A secret plan" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Home"),
        ("/plans/", "Plan"),
        ("/undertakings/", "Plan"),
        ("/measures/", "Performance"),
        ("/minutes/", "Meetings"),
        ("/oversight-mechanisms/", "Oversight"),
        ("/search/", "Search"),
        ("/about/", "About the data"),
    ],
)
def test_the_navigation_says_where_one_is(client: Client, path: str, label: str) -> None:
    navigation = client.get(path).context["navigation"]
    assert [str(name) for name, _url, current in navigation if current] == [label]


def test_the_office_has_its_own_navigation(client: Client, robin: Any) -> None:
    client.force_login(robin)
    page: Callable[[str], Any] = lambda path: client.get(path).context  # noqa: E731
    assert "sub_navigation" not in page("/")
    for path, label in (("/office/", "Home"), ("/office/undertakings/", "Undertakings")):
        entries = page(path)["sub_navigation"]
        assert [str(name) for name, _url, current in entries if current] == [label]
