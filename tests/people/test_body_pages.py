"""The page of a body and the report on its balance: what they show, to whom, and on which day."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from peelian.people.kinds import BODY, MEMBERSHIP, PERSON, ROLE, SEAT
from peelian.record import operations
from peelian.record.access import ROLES
from peelian.record.models import Status
from tests.makers import CHRIS, make, make_user
from tests.reading import Page, read

ADDRESS = "/bodies/panel/"
BALANCE = "/office/bodies/panel/balance/"


@pytest.fixture
def panel(db: None) -> Any:
    """A panel of an area in two parts: a chair, a member who left, an independent, a draft."""
    force = make("area", reference="force", title="Northshire")
    parts = [
        make("area", title=title, parent=force, level="local_authority")
        for title in ("East", "West")
    ]
    body = make("body", reference="panel", title="Northshire Panel", form="panel", area=force)
    roles = {
        name: make("role", title=name.title(), body=body, standing=name)
        for name in ("chair", "member")
    }
    east, west = (
        make("body", title=f"{part.title} Council", form="council", area=part) for part in parts
    )
    first, second, lay = (
        make("seat", title=title, body=body, basis=basis, nominated_by=council)
        for title, basis, council in (
            ("East seat", "nominated", east),
            ("West seat", "nominated", west),
            ("Lay seat", "co_opted_independent", None),
        )
    )
    for name, role, place, values in (
        ("Ann Ash", "chair", first, {"party": "Red", "term_ends_on": "2027-05-06"}),
        ("Bob Bay", "member", second, {"ends_on": "2020-01-31"}),
        ("Cat Cox", "member", lay, {"starts_on": "2019-06-01"}),
        ("Dan Zq", "member", None, {"status": Status.DRAFT}),
    ):
        person = make("person", title=name)
        title = f"{name}, {role}"
        make("membership", title=title, person=person, role=roles[role], seat=place, **values)
    return body


def _error(page: Page) -> bool:
    return "Give a day like 2019-11-27 or 27/11/2019." in page.words


def test_a_panel_shows_its_members_vacancies_and_the_votes_of_a_veto_on_any_day(
    panel: Any,
) -> None:
    page = read(f"{ADDRESS}?on=2020-02-05")
    assert "Who sat on it on 5 February 2020 2 members and 1 vacant seat." in page.words
    assert (
        "A veto needs 2 votes: two-thirds of all members, however many are present." in page.words
    )
    assert (
        "Ann Ash Chair Councillor nominated by an authority East Council Red 6 May 2027"
        in page.words
    )
    assert (
        "West seat Councillor nominated by an authority West Council 1 February 2020" in page.words
    )
    assert (
        "Past members Name Role From Until Bob Bay Member Not recorded 31 January 2020"
        in page.words
    )
    earlier = read(f"{ADDRESS}?on=2020-01-31")
    assert "3 members." in earlier.words
    assert "Vacant seats" not in earlier.words
    assert "2 members and 1 vacant seat." in read(f"{ADDRESS}?on=2019-05-31").words


def test_the_number_stands_with_the_law_and_the_way_to_its_rule(panel: Any) -> None:
    page = read(ADDRESS)
    assert "of all members, not of those present" in page.words
    assert "Schedule 5, paragraph 4" in page.words
    assert "Schedule 8, paragraph 5" in page.words
    for address in ("/duties/rules/precept/veto-decision/", "/duties/rules/chief-constable/veto/"):
        assert address in page.links.values()
        assert read(address).status == 200
    assert page.queries <= 12
    other = read(make("body", form="council").get_absolute_url())
    assert "Two-thirds" not in other.words


@pytest.mark.parametrize("day", ["nonsense", "2019-13-01", "2019-02-30", "31/31/2019", "1e9", "٣"])
def test_a_day_that_is_none_is_told_and_today_is_shown(panel: Any, day: str) -> None:
    for address, role in ((ADDRESS, ()), ("/office" + ADDRESS, ("reader",))):
        page = read(f"{address}?on={day}", *role)
        assert (page.status, _error(page)) == (400, True)
        assert "Who sits on it today" in page.words
    client = Client()
    client.force_login(make_user("r2", "reader"))
    assert client.get(f"{BALANCE}?on={day}").status_code == 400
    assert client.get(f"{BALANCE[:-1]}.csv?on={day}").status_code == 404


@pytest.mark.parametrize("day", ["", "27/11/2019", "2019-11-27", "0001-01-01", "9999-12-31"])
def test_any_other_day_is_taken(panel: Any, day: str) -> None:
    page = read(f"{ADDRESS}?on={day}")
    assert (page.status, _error(page)) == (200, False)


def test_a_draft_is_for_the_office_which_is_told_that_the_public_counts_without_it(
    panel: Any,
) -> None:
    public = read(ADDRESS)
    assert "Dan Zq" not in public.html
    assert "2 members" in public.words
    assert "Change" not in public.words
    office = read("/office" + ADDRESS, "panel_officer")
    assert "Dan Zq" in office.words
    assert "3 members and 1 vacant seat" in office.words
    assert "1 of these memberships is not published" in office.words
    dan = MEMBERSHIP.all().get(person=PERSON.all().get(title="Dan Zq"))
    assert office.links["Change Dan Zq"] == f"{dan.get_office_url()}edit/"
    assert office.links["Add a seat"] == f"/office/seats/new/?body={panel.pk}"


@pytest.mark.parametrize("role", ROLES)
def test_who_may_edit_people_is_offered_to_and_who_may_not_is_refused(
    panel: Any, role: str
) -> None:
    edits = ("edit", "people") in ROLES[role]
    page = read("/office" + ADDRESS, role)
    assert ("Add a member" in page.links) == edits
    assert page.links["Report on balance"].startswith(BALANCE)
    client = Client()
    client.force_login(make_user("other", role))
    assert client.get(BALANCE).status_code == 200
    one = MEMBERSHIP.all().first()
    answer = client.post(f"{one.get_office_url()}edit/", {"party": "Blue"})
    assert (answer.status_code == 403) == (not edits)
    assert client.get("/office/seats/new/").status_code == (200 if edits else 403)


def test_the_public_has_no_report_on_balance(panel: Any) -> None:
    assert Client().get(BALANCE).status_code == 302
    assert "balance" not in read(ADDRESS).html


def test_a_panel_support_officer_records_a_member_in_a_seat(panel: Any) -> None:
    client = Client()
    client.force_login(make_user("officer", "panel_officer"))
    values = {
        "person": make("person", reference="eve", title="Eve Elm").pk,
        "role": ROLE.all().get(title="Member").pk,
        "seat": SEAT.all().get(title="West seat").pk,
        "starts_on": "2020-01-31", "party": "Blue", "audience": "public",
    }  # fmt: skip
    refused = client.post("/office/memberships/new/", values)
    assert refused.status_code == 200
    assert "holds this seat until 31 January 2020" in refused.content.decode()
    taken = client.post("/office/memberships/new/", values | {"starts_on": "2020-02-01"})
    assert taken.status_code == 302
    page = read(f"/office{ADDRESS}?on=2020-02-01", "reader")
    assert "Eve Elm Member Councillor nominated by an authority West Council Blue" in page.words


def test_a_body_without_members_says_who_has_a_role_in_it(db: None) -> None:
    body = make("body", title="Northshire Commissioner", form="policing_body")
    role = make("role", title="Commissioner", body=body, standing="none")
    make("membership", person=make("person", title="Jo Dee"), role=role)
    page = read(f"{body.get_absolute_url()}?on=2020-02-05")
    assert "Who had a role in it on 5 February 2020" in page.words
    assert "In a role without a vote Name Role From Until Jo Dee Commissioner" in page.words
    assert "0 members" not in page.words


def test_a_body_of_nobody_says_nothing_of_members(db: None) -> None:
    page = read(make("body", form="inspectorate").get_absolute_url())
    assert "Members on" not in page.words


def test_a_task_group_leads_to_its_panel(panel: Any) -> None:
    group = make("body", title="Precept Task Group", form="task_group", parent=panel)
    assert read(group.get_absolute_url()).links["Northshire Panel"] == ADDRESS
    assert read(ADDRESS).links["Precept Task Group"] == group.get_absolute_url()


# ---- interests ----


def test_the_interests_of_members_are_reached_from_their_body(panel: Any) -> None:
    assert "Interests of the members" not in read(ADDRESS).words
    ann, bob = (PERSON.all().get(title=title) for title in ("Ann Ash", "Bob Bay"))
    for person, status in ((ann, "published"), (ann, "published"), (ann, "draft"), (bob, "draft")):
        make("interest", person=person, status=status, title="An interest")
    page = read(ADDRESS)
    assert "Interests of the members Member Interests declared Ann Ash 2" in page.words
    assert f"/interests/?person={ann.pk}" in page.html
    assert f"person={bob.pk}" not in page.html
    assert page.queries <= 12


# ---- balance ----


def test_the_report_says_what_is_balanced_and_what_it_cannot_judge(panel: Any) -> None:
    words = read(f"{BALANCE}?on=2020-02-05", "panel_officer").words
    assert "2 members and 1 vacant seat" not in words  # the office counts the draft
    assert "3 members and 1 vacant seat" in words
    assert "Councillors nominated by authorities 1" in words
    assert "Cannot be judged" in words  # of the draft's seat nothing is known
    assert "Members altogether 3 At most 20 Yes" in words
    assert "East Council 1 0" in words
    assert "West Council 0 1" in words
    assert "East 1" in words
    assert "West 0" in words
    assert "Authority not recorded 1" in words
    assert "Part of the area not recorded 2" in words
    assert "Red 1 Not recorded 2" in words
    assert "These authorities have no member:" not in words
    assert "of 1 member the authority is not recorded" in words
    assert "Skills, knowledge and experience" in words


def test_an_authority_without_a_member_is_named_once_every_other_is_known(panel: Any) -> None:
    operations.delete(MEMBERSHIP.all().get(status="draft"), by=CHRIS, why="Mistaken")
    words = read(f"{BALANCE}?on=2020-02-05", "panel_officer").words
    assert "These authorities have no member: West Council" in words
    assert "Councillors nominated by authorities 1 10, or one of each authority" in words
    assert "Cannot be judged" not in words


def test_who_sits_for_whom_is_downloaded(panel: Any) -> None:
    client = Client()
    client.force_login(make_user("officer", "panel_officer"))
    answer = client.get(f"{BALANCE[:-1]}.csv?on=2020-02-05")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(r["Seat"], r["Nominated by"], r["Name"], r["Party"]) for r in rows] == [
        ("East seat", "East Council", "Ann Ash", "Red"),
        ("Lay seat", "", "Cat Cox", ""),
        ("", "", "Dan Zq", ""),
        ("West seat", "West Council", "Vacant", ""),
    ]
    assert client.get(f"{BALANCE[:-1]}.xlsx").content[:2] == b"PK"


# ---- the worked example ----


@pytest.mark.usefixtures("on_worked_example")
@pytest.mark.parametrize(
    ("day", "said", "needed"),
    [
        ("2019-11-26", "16 members.", "11 votes"),
        ("2019-11-27", "15 members and 1 vacant seat.", "10 votes"),
        ("2020-02-05", "15 members and 1 vacant seat.", "10 votes"),
    ],
)
def test_on_the_days_of_the_founding_papers_the_numbers_follow(
    day: str, said: str, needed: str
) -> None:
    page = read(f"/bodies/west-mercia-pcp/?on={day}")
    assert f"{said} A veto needs {needed}:" in page.words
    assert page.queries <= 12


@pytest.mark.usefixtures("on_worked_example")
def test_the_example_names_no_party_and_no_authority_that_is_not_printed() -> None:
    assert not MEMBERSHIP.all().exclude(party="").exists()
    named = SEAT.all().exclude(nominated_by=None)
    assert [seat.reference for seat in named] == ["pcp-shropshire-co-opted"]
    shropshire = BODY.all().get(reference="shropshire-council")
    assert named.get().nominated_by_id == shropshire.pk
