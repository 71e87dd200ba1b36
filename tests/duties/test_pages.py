"""The public calendar of duties and its downloads."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from python_calamine import CalamineWorkbook

from peelian.duties import calendar
from peelian.record import operations
from peelian.record.access import PUBLIC, Command
from peelian.record.kinds import kind_named

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "west-mercia-2020"


@pytest.fixture(autouse=True)
def today(db: None, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": "2020-01-28"}


@pytest.fixture
def example(on_worked_example: None) -> None:
    """The meetings and inspections of the worked example, and all else it holds."""


def text(client: Client, address: str) -> str:
    """What a reader of the page reads, on one line."""
    page = client.get(address)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def entry(client: Client, key: str, year: str = "2019-20") -> str:
    page = client.get(f"/calendar/?year={year}&basis=").content.decode()
    item = page.partition(f'id="{key}"')[2].partition('<li class="app-timeline__item"')[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", "<" + item)).split())


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    content = client.get(f"/calendar.csv{query or '?basis='}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_calendar_opens_on_the_year_of_today_by_month(example: None, client: Client) -> None:
    page = text(client, "/calendar/?basis=")
    assert "Calendar of duties 2019/20" in page
    months = ["June 2019", "July 2019", "September 2019", "November 2019", "January 2020"]
    body = page.partition("duties in 2019/20")[2]
    places = [body.index(month) for month in [*months, "February 2020", "March 2020"]]
    assert places == sorted(places)


def test_a_duty_says_what_who_when_why_and_under_which_law(client: Client) -> None:
    report = entry(client, "precept/2019-20/panel-report")
    for said in (
        "Report on the proposed precept",
        "by Saturday 8 February 2020 · Panel",
        "Police precept for 2020/21",
        "Working deadline: Friday 7 February 2020",
        "The date is fixed: 8 February 2020",
        "Schedule 5, paragraphs 3 and 4",
        "Checked against the text of the law",
        "Friday 24 January 2020 The proposed precept and its papers reach",
    ):
        assert said in report
    assert "To verify" not in report.partition("To be in time")[0]


def test_what_is_not_yet_verified_says_so(example: None, client: Client) -> None:
    papers = entry(client, "meetings/2020-02-05/papers-england")
    assert "To verify" in papers
    assert "by Tuesday 28 January 2020" in papers
    assert "The 5 clear days run from" in papers


def test_a_local_standard_is_never_called_law(client: Client) -> None:
    draft = entry(client, "plan-and-report/2019-20/annual-report-draft")
    assert "Local standard, not law" in draft
    assert not re.search(r"\bLaw\b", draft)


def test_a_report_known_by_its_month_is_due_at_the_latest(example: None, client: Client) -> None:
    response = entry(client, "inspections/peel-2018-19/response")
    assert "by, at the latest, Sunday 24 November 2019" in response
    assert "The source gives only September 2019" in response


def test_a_duty_under_a_condition_says_the_condition(client: Client) -> None:
    assert "only if the panel has vetoed" in entry(client, "precept/2019-20/respond-to-veto")


def test_a_duty_leads_to_the_record_that_brings_it_about(example: None, client: Client) -> None:
    page = client.get("/calendar/").content.decode()
    assert 'href="/meetings/2020-02-05/"' in page
    assert 'href="/inspections/peel-2018-19/"' in page


@pytest.mark.parametrize("form", ["/calendar/", "/calendar.csv", "/calendar.xlsx"])
@pytest.mark.parametrize(
    "year", ["2019", "2019-21", "1066-67", "2199-00", "2019/20", "x", "２０１９-２０", "-1"]
)
def test_a_year_there_is_not_has_no_page(client: Client, form: str, year: str) -> None:
    assert client.get(form, {"year": year}).status_code == 404


def test_every_year_offered_has_a_page_and_the_ends_lead_no_further(client: Client) -> None:
    years = calendar.years(date(2020, 1, 28))
    assert (years[0].key, years[-1].key) == ("2012-13", "2024-25")
    for year in years:
        assert f"Calendar of duties {year.label}" in text(client, f"/calendar/?year={year.key}")
    assert "Year before" not in text(client, "/calendar/?year=2012-13")
    assert "Year after" not in text(client, "/calendar/?year=2024-25")


@pytest.mark.parametrize(
    ("query", "count"),
    [("?pack=precept&basis=", 11), ("?pack=precept", 7), ("?pack=precept&basis=law", 7),
     ("?pack=precept&basis=own", 4), ("?who=panel&pack=precept&basis=", 4), ("?who=king", 0),
     ("?pack=inspections&who=panel", 0), ("?pack=plan-and-report&year=2013-14&basis=", 5)],
)  # fmt: skip
def test_filters_narrow_the_page_and_both_downloads_alike(
    example: None, client: Client, query: str, count: int
) -> None:
    page = client.get(f"/calendar/{query}").content.decode()
    assert page.count('class="app-timeline__item"') == count
    assert len(rows(client, query)) == count
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/calendar.xlsx{query}").content))
    assert len(book.get_sheet_by_index(0).to_python()) == count + 1


def test_the_downloads_carry_dates_reasons_law_and_steps(example: None, client: Client) -> None:
    (report,) = [row for row in rows(client) if row["Rule"] == "precept/panel-report"]
    assert (report["Due"], report["Working deadline"]) == ("2020-02-08", "2020-02-07")
    assert report["Who"] == "Panel"
    assert report["Steps before"].startswith("17 December 2019: ")
    (papers,) = [
        row
        for row in rows(client)
        if (row["Record"], row["Rule"]) == ("meeting/2020-02-05", "meetings/papers-england")
    ]
    assert papers["Due"] == "2020-01-28"
    assert papers["How sure"].startswith("To verify")
    workbook = client.get("/calendar.xlsx?basis=")
    assert "calendar-2019-20-" in workbook["Content-Disposition"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1][0] == date(2019, 4, 10)


def test_a_hidden_meeting_leaks_into_no_page_or_download(example: None, client: Client) -> None:
    values = {
        "reference": "secret",
        "title": "Extraordinary meeting",
        "body": "body/west-mercia-pcp",
        "held_on": date(2020, 3, 21),
    }
    operations.create(kind_named("meeting"), values, by=Command("author"))
    workbook = client.get("/calendar.xlsx?basis=").content
    cells = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    shown = text(client, "/calendar/?basis=") + str(rows(client)) + str(cells)
    shown += text(client, "/duties/rules/meetings/papers-england/")
    for trace in ("Extraordinary", "secret", "21 March 2020", "2020-03-21"):
        assert trace not in shown
    assert "2020, 3, 21" not in shown


@pytest.mark.parametrize(
    "address",
    ["/calendar/", "/calendar.csv", "/calendar.xlsx"],
)
def test_everybody_may_see_it_at_few_queries(
    example: None, client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    assert resolve(address).func.needs == PUBLIC  # type: ignore[attr-defined]
    with django_assert_max_num_queries(9):
        assert client.get(address).status_code == 200
