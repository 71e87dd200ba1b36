"""Each line of the order stands as its places, its days and its visits say."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from peelian.cli import main
from peelian.intake.tables import Rejected
from peelian.law.dates import FinancialYear
from peelian.publication import assessment, scheme
from peelian.publication.models import Visit
from peelian.publication.operations import keep_visits, watch
from peelian.publication.verdicts import Verdict
from peelian.publication.visiting import Found
from peelian.record.access import Command
from peelian.record.errors import Invalid, Refused, WriteRefused
from peelian.record.load import load_file
from peelian.record.models import Record
from peelian.record.operations import delete
from peelian.record.scope import PUBLIC
from tests.every.world import person
from tests.makers import PAT, amend, approve_change, bring_to, make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2020, 1, 28)
BY = Command("watch")
MONTHLY, QUARTERLY, YEARLY = (
    "publication-money/expenditure",
    "publication-people/allowances",
    "publication-money/total-budget",
)
KEPT = "publication-people/names"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"today": TODAY.isoformat()}


def place(rule: str = MONTHLY, **values: Any) -> Any:
    return make("publication-place", **{"rule": rule, "url": "https://opcc.example/"} | values)


def visited(one: Any, verdict: Verdict = Verdict.ANSWERS, **values: Any) -> Visit:
    found = Found(one.url, verdict, timezone.now(), **values)
    return keep_visits([one], {one.pk: found}, by=BY)[0]


def line(rule: str = MONTHLY) -> scheme.Line:
    return next(one for one in scheme.lines(PUBLIC, TODAY) if one.rule.id == rule)


# ---- when it is next due ----


@pytest.mark.parametrize(
    ("rule", "until", "due", "standing"),
    [
        # A month is due thirty days after it ends, by the standard that ships.
        (MONTHLY, "2019-12-31", "2020-03-01", "met"),
        (MONTHLY, "2019-11-30", "2020-01-30", "not_checked"),
        (MONTHLY, "2019-10-31", "2019-12-30", "late"),
        (QUARTERLY, "2019-12-31", "2020-04-30", "met"),
        (QUARTERLY, "2019-09-30", "2020-01-30", "not_checked"),
        (QUARTERLY, "2019-06-30", "2019-10-30", "late"),
        # The budget of the year that begins is due the day before it does.
        (YEARLY, "2020-03-31", "2020-03-31", "not_checked"),
        (YEARLY, "2021-03-31", "2021-03-31", "met"),
        (YEARLY, "2019-03-31", "2019-03-31", "late"),
    ],
)
def test_what_is_covered_decides_what_is_next_due(
    rule: str, until: str, due: str, standing: str
) -> None:
    visited(place(rule, published_on="2020-01-15", covers_until=until), modified=TODAY)
    found = line(rule)
    assert found.due is not None
    assert (found.due.due.isoformat(), found.standing) == (due, standing)


@pytest.mark.parametrize(
    ("rule", "on", "due"),
    [
        (MONTHLY, "2020-01-15", "2020-03-01"),  # December was over, January was not
        (MONTHLY, "2019-12-31", "2020-01-30"),
        (KEPT, "2019-06-15", "2020-06-30"),
        (KEPT, "2020-01-20", "2020-06-30"),
    ],
)
def test_where_only_the_day_is_known_it_counts_for_what_was_over(
    rule: str, on: str, due: str
) -> None:
    visited(place(rule, published_on=on))
    found = line(rule)
    assert found.due is not None
    assert found.due.due.isoformat() == due


def test_without_a_day_the_newest_date_a_visit_found_is_taken_and_said() -> None:
    one = place(url="https://opcc.example/spending.csv")
    visited(one, modified=dt.date(2020, 1, 10))
    [found] = line().places
    assert (found.basis, found.published.on, found.standing) == (
        "found",
        dt.date(2020, 1, 10),
        "met",
    )


def test_a_date_that_is_too_old_does_not_bear_out_what_is_said() -> None:
    visited(
        place(covers_until="2019-12-31", published_on="2020-01-10"), modified=dt.date(2019, 6, 1)
    )
    assert line().places[0].bears_out is False


# ---- how it stands ----


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [
        (Verdict.ANSWERS, "met"),
        (Verdict.MOVED, "met"),
        (Verdict.GONE, "not_found"),
        (Verdict.NOT_FOUND_PAGE, "not_found"),
        (Verdict.WRONG_TYPE, "not_found"),
        (Verdict.CERTIFICATE, "not_found"),
        (Verdict.SLOW, "not_checked"),
        (Verdict.ROBOTS, "not_checked"),
        (Verdict.REFUSED, "not_checked"),
    ],
)
def test_the_last_visit_decides_whether_it_is_there(verdict: Verdict, standing: str) -> None:
    one = place(published_on="2020-01-15")
    visited(one, Verdict.GONE)
    visited(one, verdict, modified=dt.date(2020, 1, 15))
    assert line().standing == standing


def test_a_line_stands_as_the_worst_of_its_places() -> None:
    visited(place(published_on="2020-01-15"))
    visited(place(published_on="2020-01-15"), Verdict.GONE)
    assert line().standing == "not_found"


def test_a_line_without_a_place_is_not_published_anywhere_and_a_draft_changes_nothing() -> None:
    assert line().standing == "unpublished"
    make("publication-place", rule=MONTHLY, status="draft")
    assert (line().standing, line().places) == ("unpublished", ())


def test_a_visit_to_an_address_it_had_before_says_nothing_of_the_new_one() -> None:
    one = place(published_on="2020-01-15")
    visited(one, Verdict.GONE)
    approve_change(amend(one, url="https://opcc.example/new"))
    assert line().standing == "not_checked"


def test_an_old_visit_counts_no_longer() -> None:
    one = place(published_on="2020-01-15")
    visited(one)
    found = Visit.objects.get()
    [seen] = scheme.assembled(
        [line().rule], [one], {MONTHLY: []}, {one.pk: found}, TODAY + dt.timedelta(days=60)
    )
    assert seen.standing == "not_checked"


# ---- what may be entered ----


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://opcc.example/", "opcc.example", "//opcc.example/", "http://me:pw@opcc.example/"),
        *("/no/such/page/", "/office/", "javascript:alert(1)", "https://opcc.example:22/"),
    ],
)
def test_an_address_that_the_public_cannot_open_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        place(url=url)
    assert set(refused.value.errors) == {"url"}


def test_a_line_there_is_not_and_a_day_to_come_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        place("publication-money/no-such-thing", published_on="2031-01-01")
    assert set(refused.value.errors) == {"rule", "published_on"}


def test_a_malformed_file_is_refused_by_row_and_column_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    file = tmp_path / "publication-places.csv"
    file.write_text(f"rule,url\n{MONTHLY},/calendar/\n{QUARTERLY},nowhere\n", encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        load_file(file, by=BY)
    [problem] = refused.value.problems
    assert (problem.row, problem.column) == (3, "url")
    assert not Record.objects.exists()


def test_what_was_visited_is_not_deleted_and_a_visit_is_never_changed() -> None:
    one = bring_to(place(status="draft"), "draft")
    visit = visited(one)
    with pytest.raises(Refused, match="visited"):
        delete(one, by=PAT, why="Twice")
    with pytest.raises(WriteRefused):
        visit.save()


# ---- the round ----


def test_a_round_looks_at_own_pages_without_the_network_and_tells_what_is_there() -> None:
    place(url="/calendar/")
    place(QUARTERLY, url="/people/nobody/")
    place(YEARLY, url="/calendar.csv", form="pdf")
    kept, left = watch(by=BY, only_here=True)
    found = {visit.url: (visit.verdict, visit.status) for visit in kept}
    assert left == 0
    assert found == {
        "/calendar/": ("answers", 200),
        "/people/nobody/": ("gone", 404),
        "/calendar.csv": ("wrong_type", 200),
    }
    assert {visit.by for visit in kept} == {BY.name}


def test_the_command_visits_what_is_public_and_says_what_it_found() -> None:
    place(url="/calendar/")
    make("publication-place", rule=QUARTERLY, url="/people/", status="approved")
    ran = CliRunner().invoke(main, ["watchdog", "--here"])
    assert ran.exit_code == 0, ran.output
    assert ("answers" in ran.output, "1 visited." in ran.output) == (True, True)
    assert "/people/" not in ran.output


def test_the_command_reaches_nothing_on_this_machine_whatever_is_entered() -> None:
    place(url="http://127.0.0.1/")
    ran = CliRunner().invoke(main, ["watchdog"])
    assert ran.exit_code == 0, ran.output
    assert Visit.objects.get().verdict == Verdict.REFUSED


# ---- pages ----


def rows(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_score_counts_and_filters_and_is_downloaded_alike() -> None:
    visited(place(published_on="2019-06-15"))
    client = Client()
    page = client.get("/publication/").content.decode()
    assert "0 of 34 lines are met" in page
    late = client.get("/publication/?standing=late").content.decode()
    assert ("item of expenditure" in late, "total budget" in late) == (True, False)
    [row] = rows(client.get("/publication.csv?standing=late").content)
    assert (row["Line"], row["How it stands"], row["Where"]) == (
        "3(g)",
        "Late",
        "https://opcc.example/",
    )
    book = client.get("/publication.xlsx?standing=late").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [one[0] for one in sheet] == ["Line", "3(g)"]
    assert rows(client.get("/publication.csv?standing=nonsense").content) == []


def test_a_line_shows_its_evidence_and_another_page_there_is_not() -> None:
    one = place(published_on="2019-12-15", covers_until="2019-11-30")
    visited(one, sha256="ab" * 32)
    approve_change(amend(one, published_on="2020-01-15", covers_until="2019-12-31"))
    page = Client().get("/publication/publication-money/expenditure/").content.decode()
    for said in ("15 December 2019", "15 January 2020", "ab" * 32, "What counts as done"):
        assert said in page
    assert Client().get("/publication/precept/report/").status_code == 404


def test_a_day_that_waits_as_a_draft_is_nowhere() -> None:
    one = place(published_on="2019-12-15")
    amend(one, published_on="2020-01-27")
    for address in ("/publication/", "/publication/publication-money/expenditure/"):
        assert "27 January 2020" not in Client().get(address).content.decode()


def test_the_office_is_told_what_to_do_next_and_the_public_is_not() -> None:
    visited(place(published_on="2020-01-15"), Verdict.GONE)
    client = Client()
    client.force_login(person("pat", "policy_officer"))
    remedy = "Find where it is now"
    assert remedy in client.get("/office/publication/").content.decode()
    assert remedy not in client.get("/publication/").content.decode()


# ---- the year ----


def test_a_year_is_assessed_by_every_day_on_which_something_came() -> None:
    one = place(published_on="2019-05-20", covers_until="2019-04-30")
    for on, until in (("2019-06-20", "2019-05-31"), ("2019-09-15", "2019-07-31")):
        approve_change(amend(one, published_on=on, covers_until=until))
    visited(one)
    found = assessment.assess(FinancialYear(2019), PUBLIC, TODAY)
    [monthly] = [a for a in found if a.rule.id == MONTHLY]
    # March's came late with April's; June's and July's came together, both too late.
    assert (monthly.in_time, monthly.late, monthly.missing) == (2, 3, 4)
    assert monthly.result == "not_met"


def test_the_assessment_is_a_page_a_workbook_and_a_document() -> None:
    place(published_on="2020-01-15", note="The force’s items are on its own site.")
    client = Client()
    client.force_login(person("pat", "policy_officer"))
    page = client.get("/office/publication/assessment/?year=2019-20").content.decode()
    assert ("2019/20" in page, "The force’s items" in page) == (True, True)
    book = client.get("/office/publication/assessment.xlsx?year=2019-20").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 35
    document = client.get("/office/publication/assessment.pdf?year=2019-20")
    assert document.content.startswith(b"%PDF-")
    assert client.get("/office/publication/assessment/?year=1066").status_code == 404
