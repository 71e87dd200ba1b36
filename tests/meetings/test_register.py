"""The public register of undertakings and recommendations, and what a body achieved in a year."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from peelian.law.dates import FinancialYear
from peelian.meetings.achieved import achieved, years_of
from peelian.record import clock, operations
from tests.makers import CHRIS, make, make_all
from tests.reading import read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2020, 2, 10)


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": TODAY.isoformat(), "panel": "panel"}


@pytest.fixture
def panel() -> dict[str, Any]:
    """A panel with two meetings in 2019/20, each with a minute."""
    body = make("body", form="panel", reference="panel", title="The Panel")
    made: dict[str, Any] = {"body": body, "role": make("role", title="Commissioner")}
    for name, day in (("autumn", "2019-11-27"), ("winter", "2020-02-05")):
        made[name] = make("meeting", body=body, held_on=day, title=f"Meeting in {name}")
        made[f"{name}-minute"] = make("minute", parent=made[name], number=321)
    return made


def three(panel: Any) -> None:
    """Give an open, an overdue and a closed undertaking, and a draft one."""
    autumn, winter = panel["autumn-minute"], panel["winter-minute"]
    make("undertaking", reference="U2", title="Share", made_at=winter, owner=panel["role"])
    make("undertaking", reference="U1", title="Write", made_at=autumn, due="2020-01-01")
    done = {"progress": "complete", "closed_on": "2020-02-05", "closed_at": winter}
    make("undertaking", reference="U0", title="Invite", made_at=autumn, evidence="Came.", **done)
    make("undertaking", reference="U9", title="Secret", made_at=autumn, status="draft")


def rows(page: Any) -> list[str]:
    return [words for words in page.links if words in ("Share", "Write", "Invite", "Secret")]


def test_the_oldest_open_one_comes_first_and_the_counts_are_of_what_is_shown(panel: Any) -> None:
    three(panel)
    page = read("/undertakings/")
    assert rows(page) == ["Write", "Share", "Invite"]
    assert "3 given, 2 open, 1 overdue on 10 February 2020" in page.words
    assert page.queries <= 12


def test_a_draft_is_listed_to_the_office_and_in_no_count(panel: Any) -> None:
    three(panel)
    page = read("/office/undertakings/", "panel_officer")
    assert set(rows(page)) == {"Write", "Share", "Invite", "Secret"}
    assert "3 given, 2 open, 1 overdue" in page.words


def test_each_says_its_age_its_minute_and_that_nothing_was_said(panel: Any) -> None:
    make("undertaking", title="Write", made_at=panel["autumn-minute"])
    words = read("/undertakings/").words
    assert "Write undertaking-1 10 weeks ago27 November 2019, 75 days 321" in words
    assert "Nobody is named No date given Open No update has been given" in words


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=open", ["Write", "Share"]),
        ("state=overdue", ["Write"]),
        ("state=closed", ["Invite"]),
        ("meeting={winter}", ["Share"]),
        ("owner={role}", ["Share"]),
        ("body={body}", ["Write", "Share", "Invite"]),
        ("progress=complete", ["Invite"]),
        ("q=wRi", ["Write"]),
        ("q=nothing", []),
        ("state=unheard", []),
        ("owner=999999", []),
        ("body=x%00&meeting=%F0%9F%98%80", []),
    ],
)
def test_a_filter_narrows_the_list_and_its_downloads_alike(
    panel: Any, query: str, shown: list[str]
) -> None:
    three(panel)
    query = query.format(**{name: record.pk for name, record in panel.items() if "-" not in name})
    page = read(f"/undertakings/?{query}")
    assert (page.status, rows(page)) == (200, shown)
    content = Client().get(f"/undertakings.csv?{query}").content.decode("utf-8-sig")
    assert [row["Title"] for row in csv.DictReader(io.StringIO(content))] == shown


def test_the_download_has_all_that_is_known(panel: Any) -> None:
    told = {"answer": "rejected", "response": "No.", "responded_on": "2020-02-06"}
    made = make("recommendation", made_at=panel["autumn-minute"], made_to=panel["body"], **told)
    make("update", parent=made, as_at="2020-02-07", text="Considered.")
    content = Client().get("/recommendations.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(content))
    assert (row["Body"], row["Owed by"], row["Meeting"]) == (
        "The Panel",
        "The Panel",
        "Meeting in autumn",
    )
    assert (row["Given on"], row["Minute"], row["Age in days"]) == ("2019-11-27", "321", "75")
    assert (row["Answer"], row["Response"], row["Answered on"]) == ("Rejected", "No.", "2020-02-06")
    assert (row["Last update as at"], row["Last update"]) == ("2020-02-07", "Considered.")
    assert Client().get("/recommendations.xlsx").status_code == 200


def test_an_empty_register_says_so() -> None:
    assert "Nothing has been published here yet." in read("/recommendations/").words
    assert "There is nothing here yet." in read("/office/recommendations/", "reader").words


def test_the_minute_that_is_not_public_is_not_named(panel: Any) -> None:
    three(panel)
    operations.withdraw(panel["autumn"], by=CHRIS, why="Wrong")
    page = read("/undertakings/")
    assert "autumn" not in page.html
    assert "27 November" not in page.html
    assert "Not known" in page.words


@pytest.mark.parametrize("many", [3, 60])
def test_the_queries_do_not_grow(panel: Any, many: int) -> None:
    make_all("undertaking", *({"made_at": panel["autumn-minute"]} for _n in range(many)))
    assert read("/undertakings/").queries <= 8


# ---- what a body achieved ----

PAGE = "/bodies/panel/achieved/"


def test_a_year_says_what_was_done_answered_given_and_kept(panel: Any) -> None:
    three(panel)
    make("recommendation", title="Publish", made_at=panel["autumn"], respond_by="2020-01-15")
    said = {"answer": "in_part", "response": "Some.", "responded_on": "2020-01-20"}
    make("recommendation", title="Consult", made_at=panel["autumn-minute"], **said)
    make("agenda-item", parent=panel["winter"], title="Precept", text="The report.")
    make("agenda-item", parent=panel["winter"], title="Welcome", number=2)
    make("agenda-item", parent=panel["winter"], title="Last time", number=3, section="minutes")
    make("agenda-item", parent=panel["winter"], title="Hidden", text="x", status="draft", number=4)
    page = read(PAGE)
    assert "What the panel achieved, 2019/20" in page.words
    assert "2 meetings held At least 1 item scrutinised 2 recommendations made" in page.words
    assert "3 undertakings given: 1 kept, 2 open, 1 overdue" in page.words
    assert "Accepted in part: 1" in page.words
    assert "No response on the record: 1" in page.words
    assert {"Precept", "Meeting in autumn", "U1: Write"} <= set(page.links)
    assert not {"Welcome", "Last time", "Hidden"} & set(page.links)
    assert "The agenda of the meeting of 27 November 2019 is not on the record." in page.words
    assert page.queries <= 12


def test_what_the_record_does_not_know_is_said(panel: Any) -> None:
    make("meeting", body=panel["body"], held_on="2019-06-10", state="planned")
    make("meeting", body=panel["body"], held_on="2019-09-10", title="Unminuted")
    make("meeting", body=panel["body"], held_on="2019-10-10", state="cancelled", title="Off")
    words = read(PAGE).words
    assert "does not say whether 1 meeting of this year was held" in words
    assert "The minutes of the meeting of 10 September 2019 are not on the record" in words
    assert "Not known: items scrutinised" in words
    assert "Off" not in words


def test_only_years_with_meetings_are_offered_and_a_meeting_to_come_is_not_counted(
    panel: Any,
) -> None:
    make("meeting", body=panel["body"], held_on="2018-06-10")
    make("meeting", body=panel["body"], held_on="2020-06-10", state="planned")
    years = years_of(panel["body"], clock.today())
    assert [year.key for year in years] == ["2019-20", "2018-19"]
    assert read(f"{PAGE}?year=2018-19").links["2019/20"] == f"{PAGE}?year=2019-20"
    assert len(achieved(panel["body"], FinancialYear(2019), clock.today()).meetings) == 2


@pytest.mark.parametrize("query", ["?year=2031-32", "?year=x", "?year=2019", "?year=%00"])
def test_a_year_that_is_not_there_is_not_found(panel: Any, query: str) -> None:
    assert read(f"{PAGE}{query}").status == 404


def test_a_body_that_has_not_met_says_so() -> None:
    make("body", reference="young", form="committee")
    page = read("/bodies/young/achieved/")
    assert "The record has no meeting of this body in this year." in page.words
    assert "/achieved/" not in read("/bodies/young/").html


def test_a_body_that_is_not_public_has_no_page_and_leads_to_none(panel: Any) -> None:
    assert f'href="{PAGE}"' in read("/bodies/panel/").html
    operations.withdraw(panel["body"], by=CHRIS, why="Wrong")
    assert read(PAGE).status == 404
    assert PAGE not in read("/office/bodies/panel/", "reader").html


def test_the_download_lists_what_the_page_lists(panel: Any) -> None:
    three(panel)
    content = Client().get("/bodies/panel/achieved.csv?year=2019-20").content.decode("utf-8-sig")
    found = [(row["What"], row["Title"]) for row in csv.DictReader(io.StringIO(content))]
    assert found == [
        ("Meeting", "Meeting in autumn"),
        ("Meeting", "Meeting in winter"),
        ("Undertaking", "Invite"),
        ("Undertaking", "Write"),
        ("Undertaking", "Share"),
    ]


def test_a_board_has_its_page_too() -> None:
    board = make("oversight-mechanism", reference="board")
    make("meeting", body=board, held_on="2020-01-10")
    assert "What was achieved, 2019/20" in read("/oversight-mechanisms/board/achieved/").words
