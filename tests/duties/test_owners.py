"""Who owns a duty, the office's calendar, and what can still be done by whom."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from peelian.duties import calendar
from peelian.duties.kinds import DUTY_OWNER
from peelian.duties.owners import Owner, read_owners
from peelian.duties.plan import acts, working_days_until
from peelian.duties.rulebook import rule_named
from peelian.intake.tables import Rejected
from peelian.law.workdays import is_working_day
from peelian.record.access import ROLES, Command, may
from peelian.record.errors import Invalid
from peelian.record.load import load_file
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, make
from tests.makers import make_user as user

pytestmark = pytest.mark.django_db
OFFICE = Scope(CHRIS)
YEAR = (date(2019, 4, 1), date(2020, 3, 31))


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-01-28")


def owner_of(rule: str) -> Owner:
    found = rule_named(rule)
    assert found
    return read_owners(OFFICE).of(found)


def named(covers: str, title: str, holder: str = "") -> Any:
    role = make("role", title=title)
    return make(DUTY_OWNER, covers=covers, owner=role, holder=holder)


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


# ---- owners ----


def test_a_rule_belongs_to_the_role_in_law_until_the_office_says_who_that_is() -> None:
    assert owner_of("precept/issue").title == "Chief finance officer"
    named("chief_finance_officer", "Treasurer")
    assert owner_of("precept/issue").title == "Treasurer"
    named("precept/issue", "Head of finance")
    assert owner_of("precept/issue").title == "Head of finance"


def test_whoever_is_named_acts_and_else_whoever_has_the_role_here() -> None:
    chris, sam = user("chris", "chief_executive"), user("sam", "panel_officer")
    pat = user("pat", "policy_officer")
    assert owner_of("precept/issue").users == (chris,)
    assert owner_of("precept/panel-report").users == (sam,)
    named("chief_finance_officer", "Treasurer", holder="pat")
    assert owner_of("precept/issue").users == (pat,)


def test_somebody_who_left_or_may_see_nothing_acts_for_nobody() -> None:
    gone, stranger = user("gone", "chief_executive"), user("stranger")
    gone.is_active = False
    gone.save()
    named("precept/issue", "Treasurer", holder="stranger")
    assert owner_of("precept/issue").users == ()
    assert stranger.is_active


@pytest.mark.parametrize("covers", ["precept/nothing", "king", "", "precept"])
def test_an_owner_covers_a_rule_or_a_role_there_is(covers: str) -> None:
    with pytest.raises(Invalid, match="covers"):
        make(DUTY_OWNER, covers=covers, owner=make("role"), title="T", reference="r")


def test_an_owner_has_a_name() -> None:
    with pytest.raises(Invalid, match="Say who owns it"):
        make(DUTY_OWNER, covers="chair", owner=None)


def test_owners_are_loaded_by_bulk_for_the_office_and_bad_ones_refused(tmp_path: Path) -> None:
    make("role", reference="treasurer", title="Treasurer")
    path = tmp_path / "duty-owners.csv"
    path.write_text("covers,owner\nchief_finance_officer,treasurer\n", encoding="utf-8")
    by = Command("peelian load")
    assert dict(load_file(path, by=by).outcome) == {"new": 1}
    assert DUTY_OWNER.all().get().audience == "office"
    path.write_text("covers,owner\nchair,treasurer\nnobody,treasurer\n", encoding="utf-8")
    with pytest.raises(Rejected, match="precept/panel-report"):
        load_file(path, by=by)
    path.write_text("covers,owner\nchair,stranger\n", encoding="utf-8")
    with pytest.raises(Rejected, match="role or body"):
        load_file(path, by=by)
    assert DUTY_OWNER.all().count() == 1


def test_the_public_learns_of_no_owner() -> None:
    named("commissioner", "Zqowner")
    assert {duty.owner for duty in calendar.due_between(*YEAR, scope=PUBLIC)} == {None}


# ---- the office's calendar ----


def test_the_office_sees_states_owners_and_counts(client: Client) -> None:
    client.force_login(user("chris", "chief_executive"))
    page = text(client, "/office/duties/?year=2019-20")
    for said in ("Overdue ", "Due ", "Not yet ", "Chief finance officer", "Record the proof"):
        assert said in page, said


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("", True),
        ("&owner=mine", True),
        ("&state=overdue", True),
        ("&state=overdue&owner=mine", True),
        ("&owner=Chair of the panel", True),
        ("&state=asleep", False),
        ("&owner=nobody", False),
    ],
)
def test_its_filters_narrow_page_and_downloads_alike(
    client: Client, query: str, some: bool
) -> None:
    client.force_login(user("chris", "chief_executive"))
    page = client.get(f"/office/duties/?year=2019-20{query}").content.decode()
    count = page.count('class="app-timeline__item"')
    assert (count > 0) == some
    rows = client.get(f"/office/duties.csv?year=2019-20{query}").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(rows)))) == count
    assert client.get(f"/office/duties.xlsx?year=2019-20{query}").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_edit_is_offered_no_proof_and_no_clock(client: Client, role: str) -> None:
    person = user("somebody", role)
    client.force_login(person)
    page = text(client, "/office/duties/")
    assert ("Record the proof" in page, "Open a clock" in page) == (
        may(person, "edit", "duties"),
        may(person, "edit", "duties"),
    )
    opened = client.get("/office/duties/open/").status_code
    assert opened == (200 if may(person, "edit", "duties") else 403)


def test_the_whole_year_is_read_in_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(user("chris", "chief_executive"))
    for n in range(20):
        make("clock", event="plan_issued", opened_on=f"2019-06-{n + 1:02}")
    with django_assert_max_num_queries(12):
        assert client.get("/office/duties/?year=2019-20").status_code == 200


@pytest.mark.parametrize("address", ["/calendar/month/", "/office/duties/month/"])
@pytest.mark.parametrize(
    "query", ["?year=2020&month=13", "?year=1066&month=1", "?year=x&month=2", "?year=99999&month=1",
              "?month=2", "?year=2020"],
)  # fmt: skip
def test_a_month_there_is_not_has_no_page(client: Client, address: str, query: str) -> None:
    client.force_login(user("chris", "chief_executive"))
    assert client.get(address + query).status_code == 404


def test_a_month_shows_last_days_last_working_days_and_steps(client: Client) -> None:
    page = text(client, "/calendar/month/?year=2020&month=2")
    friday, saturday = page.index("Friday 7"), page.index("Saturday 8")
    assert "Last working day for: Report on the proposed precept" in page[friday:saturday]
    assert "Report on the proposed precept" in page[saturday : saturday + 120]
    assert "Step: The panel meets to review the proposed precept" in page
    assert "duties have their last day in this month" in page


# ---- what can still be done ----


def steps(client: Client, query: str, prefix: str = "/calendar/plan/") -> list[list[str]]:
    table = client.get(prefix + query).content.decode().partition("<tbody")[2]
    rows = re.findall(r"<tr.*?</tr>", table.partition("</tbody>")[0], re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", c).split()) for c in row] for row in cells]


def test_the_founding_year_is_planned_back_from_the_panels_report(client: Client) -> None:
    *_earlier, reached, papers, meeting, report = steps(client, "?key=precept/2019-20/panel-report")
    assert reached[0] == "Friday 24 January 2020"
    assert (reached[2], reached[3]) == ("Chief finance officer", "Past")
    assert papers[0] == "Tuesday 28 January 2020"  # before the Commissioner's own 1 February
    assert (papers[2], papers[3]) == ("Panel support officer", "Next today")
    assert meeting[0] == "Wednesday 5 February 2020"
    assert (meeting[2], meeting[3]) == ("Chair of the panel", "6 working days remain")
    assert (report[0], report[3]) == ("Friday 7 February 2020", "8 working days remain")


def test_2027_is_planned_back_round_the_weekend(client: Client, on_day: Any) -> None:
    on_day("2027-01-20")
    rows = steps(client, "?key=precept/2026-27/panel-report")
    assert [row[0] for row in rows][-4:] == [
        "Monday 25 January 2027",
        "Wednesday 27 January 2027",
        "Thursday 4 February 2027",
        "Monday 8 February 2027",
    ]
    assert rows[-4][3] == "Next 3 working days remain"


def test_a_step_that_was_proved_is_met(client: Client) -> None:
    body = make("body", reference="west-mercia-pcp", form="panel")
    make("meeting", body=body, reference="2020-02-05", held_on="2020-02-05", state="planned")
    make("proof", key="meetings/2020-02-05/papers-england", met_on="2020-01-28", letter="Pack")
    *_earlier, papers, meeting, _report = steps(client, "?key=precept/2019-20/panel-report")
    assert papers[3] == "Met"
    assert meeting[3].startswith("Next")


def test_without_a_duty_named_it_shows_the_next_with_steps(client: Client) -> None:
    assert steps(client, "") == steps(client, "?key=precept/2019-20/panel-report")
    assert client.get("/calendar/plan/?key=precept/2019-20/nothing").status_code == 404


def test_the_office_sees_who_has_the_role(client: Client) -> None:
    named("chair", "Chairman")
    client.force_login(user("chris", "chief_executive"))
    rows = steps(client, "?key=precept/2019-20/panel-report", "/office/duties/plan/")
    assert rows[-2][2] == "Chairman"


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(-40, 200))
def test_working_days_are_those_a_slow_count_finds(today: date, ahead: int) -> None:
    on = today + timedelta(days=ahead)
    days = [today + timedelta(days=n) for n in range(1, ahead + 1)]
    slow = sum(is_working_day(day, "england") for day in days)
    assert working_days_until(on, today, "england") == slow


@given(st.dates(date(2019, 4, 1), date(2020, 3, 31)))
def test_only_one_step_is_next_on_any_day(today: date) -> None:
    [duty] = [
        d
        for d in calendar.due_between(*YEAR, scope=PUBLIC)
        if d.occurrence.key == "precept/2019-20/panel-report"
    ]
    standings = [act.standing for act in acts(duty, today, "england", None)]
    assert standings.count("next") == (today <= date(2020, 2, 7))
    assert standings == sorted(standings, key=["past", "next", "ahead"].index)


# ---- settings ----


@pytest.mark.parametrize(
    ("text_", "said"),
    [
        ("pcc, 2028-05-08 king", "king"),
        ("pcc, mayor", "a date and a body model"),
        ("2028-05-08 mayor", "a body model"),
        ("pcc, 2028-13-08 mayor", "YYYY-MM-DD"),
        ("pcc, 2028-05-08 mayor, 2027-01-01 board", "follow one another"),
        ("", "a body model"),
    ],
)
def test_a_body_model_that_cannot_be_is_told(settings: Any, text_: str, said: str) -> None:
    settings.OFFICE = settings.OFFICE | {"body_model": text_}
    with pytest.raises(ImproperlyConfigured, match=f"PEELIAN_BODY_MODEL.*{said}"):
        calendar.office()
