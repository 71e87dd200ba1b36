"""An analyst issues an edition on screen, adds to it, and somebody else publishes all of it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation

from peelian.figures.kinds import EDITION, STATEMENT
from peelian.figures.operations import issue_edition
from peelian.record.access import Command
from tests.makers import make, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> Client:
    make("topic", title="Robbery", inclusion_rule="month_and_quarter")
    make("topic", title="Drug offences", inclusion_rule="quarter_report")
    client = Client()
    client.force_login(make_user("ana", "analyst"))
    return client


@pytest.fixture
def chief() -> Client:
    client = Client()
    client.force_login(make_user("chief", "chief_executive"))
    return client


def issue(client: Client, **changed: str) -> None:
    told = {"period": "1/12/2019", "form": "quarterly", "known": "20/1/2020", **changed}
    client.post("/office/editions/issue/", told)


def test_adding_an_edition_leads_to_issuing_one(analyst: Client) -> None:
    answer = analyst.get("/office/editions/new/")
    assert answer["Location"] == "/office/editions/issue/"
    assert analyst.get("/office/editions/issue/").status_code == 200


def test_the_edition_and_its_statements_begin_as_drafts_that_nobody_sees(analyst: Client) -> None:
    issue(analyst, period="17/12/2019")
    edition = EDITION.all().get()
    assert (edition.reference, edition.period) == ("2019-12-quarterly", dt.date(2019, 12, 1))
    assert {s.status for s in STATEMENT.all()} == {"draft"}
    assert STATEMENT.all().count() == 2
    assert Client().get(edition.get_absolute_url()).status_code == 404


def test_a_monthly_edition_holds_what_its_rule_lets_in(analyst: Client) -> None:
    issue(analyst, form="monthly")
    assert [s.title for s in STATEMENT.all()] == ["Robbery"]


def test_all_of_it_is_sent_and_published_by_two_people(analyst: Client, chief: Client) -> None:
    issue(analyst)
    edition = EDITION.all().get()
    page = f"/office/editions/{edition.reference}/"
    assert analyst.post(f"{page}all/publish/").status_code == 403
    analyst.post(f"{page}all/submit/")
    assert {r.status for r in (EDITION.all().get(), *STATEMENT.all())} == {"in_review"}
    chief.post(f"{page}all/publish/")
    assert {r.status for r in (EDITION.all().get(), *STATEMENT.all())} == {"published"}
    shown = Client().get(edition.get_absolute_url()).content.decode()
    assert "Robbery" in shown
    assert "Add commentary" not in shown


def test_who_issued_it_may_not_publish_it_and_none_of_it_goes_out(chief: Client) -> None:
    make("topic", title="Robbery")
    issue(chief)
    page = f"/office/editions/{EDITION.all().get().reference}/"
    chief.post(f"{page}all/submit/")
    answer = chief.post(f"{page}all/publish/", follow=True)
    assert "Someone other than the author" in answer.content.decode()
    assert {r.status for r in (EDITION.all().get(), *STATEMENT.all())} == {"in_review"}


def test_a_second_edition_of_the_month_is_refused_in_words(analyst: Client) -> None:
    issue(analyst)
    told = {"period": "1/12/2019", "form": "quarterly", "known": "20/1/2020"}
    answer = analyst.post("/office/editions/issue/", told)
    assert "has been issued already" in answer.content.decode()
    assert EDITION.all().count() == 1


def test_a_date_that_is_none_is_told(analyst: Client) -> None:
    answer = analyst.post("/office/editions/issue/", {"period": "December", "form": "quarterly"})
    assert answer.status_code == 200
    assert "Enter a valid date" in answer.content.decode()
    assert not EDITION.all().exists()


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("analyst", True),
        ("administrator", True),
        ("reader", False),
        ("policy_officer", False),
        ("panel_officer", False),
        ("chief_executive", True),
    ],
)
def test_commentary_is_offered_to_whoever_may_edit_figures(
    analyst: Client, role: str, offered: bool
) -> None:
    issue(analyst)
    client = Client()
    client.force_login(make_user("other", role))
    page = client.get(EDITION.all().get().get_office_url()).content.decode()
    assert "Robbery" in page
    assert ("Add commentary" in page) is offered
    address = STATEMENT.all()[0].get_office_url() + "edit/"
    assert (client.get(address).status_code == 200) is offered


def test_the_words_of_an_edition_are_in_the_offices_language() -> None:
    make("topic", title="Robbery", reference="robbery")
    with translation.override("cy"):
        issue_edition(
            dt.date(2019, 12, 1),
            form="quarterly",
            known=dt.date(2020, 1, 20),
            by=Command("ana", ("analyst",)),
        )
    assert EDITION.all().get().title == "Performance summary, December 2019"
