"""The public pages of the rules: what each says, and that none is passed off as law or as sure."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from peelian.duties import calendar, words
from peelian.record.access import PUBLIC, Command
from peelian.record.load import load_paths

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "west-mercia-2020"
CHECKED = "Checked against the text of the law"


@pytest.fixture(autouse=True)
def today(db: None, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": "2020-01-28"}


@pytest.fixture
def example(db: None) -> None:
    names = ("areas", "bodies", "oversight-mechanisms", "meetings", "inspections")
    list(load_paths([EXAMPLE / f"{name}.csv" for name in names], by=Command("peelian load")))


def text(client: Client, address: str) -> str:
    """What a reader of the page reads, on one line."""
    page = client.get(address)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def listed(client: Client, query: str = "") -> set[str]:
    """The ids of the rules that the list shows."""
    page = client.get(f"/duties/rules/{query}").content.decode()
    return set(re.findall(r'href="/duties/rules/([a-z0-9-]+/[a-z0-9-]+)/"', page))


def test_the_list_of_rules_keeps_other_nations_apart(client: Client) -> None:
    page = text(client, "/duties/rules/")
    ours, _, others = page.partition("Rules that do not bind this office")
    assert "Give notice of the meeting and publish agenda and reports" in ours
    assert "A meeting of the panel: at least 5 clear days before" in ours
    assert "Publish notice, agenda and reports electronically" in others
    assert "Publish notice, agenda and reports electronically" not in ours


def test_every_rule_has_a_page_with_all_it_says(client: Client) -> None:
    for rule in calendar.rules():
        page = text(client, f"/duties/rules/{rule.id}/")
        for said in (
            rule.title,
            rule.duty,
            rule.citation,
            rule.condition,
            rule.note,
            rule.id,
            rule.done,
            rule.silence,
        ):
            assert " ".join(said.split()) in page  # fmt: skip
        assert ("To verify" in page.partition("Steps before it")[0]) >= rule.to_verify
        assert (CHECKED in page) == (rule.confidence == "A")
        by_standard = rule.local_standard or not words.cites_law(rule)
        assert ("local standard, not law" in page.lower()) == by_standard


def test_a_rule_shows_what_it_brings_about_this_year_and_next(client: Client) -> None:
    page = text(client, "/duties/rules/precept/panel-report/")
    assert "By Saturday 8 February 2020" in page
    assert "By Monday 8 February 2021" in page
    assert "8 February 2022" not in page
    assert "From 22 November 2012, no end date" in page


def test_a_rule_of_another_nation_says_that_it_does_not_bind(client: Client) -> None:
    assert "does not bind this office" in text(client, "/duties/rules/meetings/papers-wales/")


@pytest.mark.parametrize("address", ["precept/no-such-rule", "nothing/panel-report"])
def test_a_rule_there_is_not_has_no_page(client: Client, address: str) -> None:
    assert client.get(f"/duties/rules/{address}/").status_code == 404


def test_the_list_counts_the_rules_by_how_sure_they_are(client: Client) -> None:
    page = text(client, "/duties/rules/")
    rules = calendar.rules()
    assert f"How sure the {len(rules)} rules below are" in page
    for letter, said in (("A", CHECKED), ("B", "From a reliable second"), ("C", "To verify")):
        number = sum(rule.confidence == letter for rule in rules)
        assert re.search(rf"{letter}: {said}[^0-9]* {number} ", page)
    standards = sum(rule.local_standard for rule in rules)
    assert f"with a date by local standard {standards} " in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", lambda rule: True),
        ("?pack=precept", lambda rule: rule.pack == "precept"),
        ("?confidence=C", lambda rule: rule.confidence == "C"),
        ("?who=panel", lambda rule: rule.who == "panel"),
        ("?date=standard", lambda rule: rule.local_standard),
        ("?date=law&confidence=A&who=panel",
         lambda rule: not rule.local_standard and rule.confidence == "A" and rule.who == "panel"),
        ("?confidence=D", lambda rule: False),
        ("?pack=nothing", lambda rule: False),
    ],
)  # fmt: skip
def test_filters_keep_the_rules_that_match(client: Client, query: str, kept: Any) -> None:
    assert listed(client, query) == {rule.id for rule in calendar.rules() if kept(rule)}


def test_filters_without_a_match_say_so(client: Client) -> None:
    assert "No rule matches these filters" in text(client, "/duties/rules/?pack=boards&who=panel")


def test_a_line_of_the_publication_order_says_which_and_how_often(client: Client) -> None:
    page = text(client, "/duties/rules/publication-money/grants/")
    assert "Line 3(f) of the publication order, Each month (M)" in page
    assert "Policing body: Chief finance officer" in page


def test_a_duty_in_law_with_a_date_by_standard_keeps_the_two_apart(client: Client) -> None:
    page = text(client, "/duties/rules/publication-people/names/")
    assert "Law SI 2011/3050" in page
    assert "Date by local standard, not law" in page


def test_a_habit_of_the_office_cites_no_law(client: Client) -> None:
    page = text(client, "/duties/rules/house-calendar/close-grants/")
    assert "Local standard, not law Local standard: the office's own calendar" in page
    assert not re.search(r"Law [A-Z]", page)


def test_a_clock_that_stops_says_for_what(client: Client) -> None:
    assert "The clock stops From the poll" in text(client, "/duties/rules/hearings/report/")
    page = text(client, "/duties/rules/information/foi-answer/")
    assert "The clock begins again after While a clarification" in page


@pytest.mark.parametrize(
    "address",
    ["/duties/rules/", "/duties/rules/?confidence=C", "/duties/rules/precept/panel-report/",
     "/duties/rules/inspections/response/"],
)  # fmt: skip
def test_everybody_may_see_the_rules_at_few_queries(
    example: None, client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    assert resolve(address.partition("?")[0]).func.needs == PUBLIC  # type: ignore[attr-defined]
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200
