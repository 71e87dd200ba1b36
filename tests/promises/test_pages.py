"""The pages of the plan, as anybody reads them and as the office does."""

from __future__ import annotations

import pytest

from peelian.promises.kinds import COMMITMENT, PLAN, UNDERTAKING
from peelian.record import operations
from peelian.record.kinds import kind_named
from tests.makers import CHRIS, amend, make
from tests.reading import read

pytestmark = pytest.mark.usefixtures("worked_example", "db")

PAGES = (
    "/plans/2016/",
    "/objectives/2016-1/",
    "/objectives/2016-2/",
    "/commitments/2016-4.2/",
    "/commitments/2016-A.4/",
    "/activities/2016-A4.6/",
    "/activities/2016-2.1.2/",
    "/undertakings/U1/",
    "/undertakings/U5/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_at_most_twelve_times_and_the_office_has_its_own(address: str) -> None:
    public, office = read(address), read(f"/office{address}", "policy_officer")
    assert (public.status, office.status) == (200, 200)
    assert public.queries <= 12
    assert not any(href.startswith("/office/") for href in public.links.values())
    inward = [h for h in office.links.values() if "/activities/2016" in h and h != address]
    assert all(href.startswith("/office/") for href in inward)


def test_a_plan_counts_its_activities_by_status_under_each_objective() -> None:
    page = read("/plans/2016/")
    assert page.links["1. Putting victims and survivors first"] == "/objectives/2016-1/"
    assert page.html.count("<h3") == 4
    total = page.html.partition('aria-label="Activities in the whole plan"')[2]
    counted = total.partition("</ul>")[0]
    assert sum(int(n) for n in _strong(counted)) == 110


def _strong(html: str) -> list[str]:
    return [part.partition("</strong>")[0] for part in html.split("<strong>")[1:]]


def test_an_objective_lists_both_halves_with_every_activity_and_what_measures_it() -> None:
    page = read("/objectives/2016-1/")
    assert "Policing element" in page.words
    assert "Commissioner’s commitments" in page.words
    assert page.links["A4.6"] == "/activities/2016-A4.6/"
    assert page.links["Activity under 1.1"] == "/activities/2016-1.1-activity-1/"
    assert page.links["Victim Satisfaction"] == "/topics/victim-satisfaction/"


def test_a_commitment_of_neither_half_is_not_lost() -> None:
    objective = kind_named("objective").all().get(reference="2016-1")
    make("commitment", parent=objective, title="A loose one")
    page = read("/objectives/2016-1/")
    assert "Other commitments" in page.words
    assert "A loose one" in page.links


def test_an_activity_says_how_it_stands_and_as_at_when() -> None:
    page = read("/activities/2016-A4.6/")
    assert "Complete as at 31 December 2019" in page.words
    assert "Status printed as “This action is now complete”" in page.words


def test_a_status_without_an_update_that_says_so_has_no_date() -> None:
    given = make("undertaking", title="Write", progress="not_started", due="2020-03-01")
    make("update", parent=given, as_at="2020-01-28", progress="on_track", text="Begun.")
    page = read(given.get_absolute_url())
    assert "Not started as at" not in page.words
    assert "As at 28 January 2020 On track" in page.words


def test_references_lead_on_from_4_2_to_3_5_and_from_there_to_1_2_and_2_1_2() -> None:
    page = read("/commitments/2016-4.2/")
    assert page.links["3.5"] == "/commitments/2016-3.5/"
    assert page.links["1.2"] == "/commitments/2016-1.2/"
    assert page.links["2.1.2"] == "/activities/2016-2.1.2/"
    leads = page.words.partition("Where it leads")[2]
    assert leads.startswith(" This refers to 3.5, 1.2, 2.1.2 3.5 refers on to 1.2, 2.1.2")
    assert "2.1.2 refers on to 3.4" in leads


def test_a_reference_to_something_withdrawn_is_plain_text() -> None:
    target = COMMITMENT.all().get(reference="2016-3.5")
    operations.withdraw(target, by=CHRIS, why="Superseded")
    page = read("/commitments/2016-4.2/")
    assert "3.5" not in page.links
    assert "Refer to 3.5, 1.2 & 2.1.2" in page.words
    assert page.links["1.2"] == "/commitments/2016-1.2/"


def test_oversight_is_linked_where_it_is_registered_and_plain_where_it_is_not() -> None:
    commitment = COMMITMENT.all().get(reference="2016-1.1")
    activity = make(
        "activity",
        parent=commitment,
        oversight_as_printed="Alliance Governance Group; The Moon Board",
        overseen_by=["oversight-mechanism/alliance-governance-group"],
    )
    page = read(activity.get_absolute_url())
    assert (
        page.links["Alliance Governance Group"]
        == "/oversight-mechanisms/alliance-governance-group/"
    )
    assert "The Moon Board" in page.words
    assert "The Moon Board" not in page.links
    assert "No oversight mechanism is named." in read("/commitments/2016-4.2/").words


def test_a_withdrawn_mechanism_is_still_named_as_printed_but_leads_nowhere() -> None:
    mechanism = kind_named("oversight-mechanism").all().get(reference="alliance-governance-group")
    before = read("/activities/2016-3.2.1/")
    name = next(w for w, href in before.links.items() if "alliance-governance" in href)
    operations.withdraw(mechanism, by=CHRIS, why="Ended")
    after = read("/activities/2016-3.2.1/")
    assert name not in after.links
    assert name in after.words


def test_an_activity_shows_the_figures_quoted_in_it_beside_their_measures() -> None:
    page = read("/activities/2016-2.1.2/")
    related = page.words.partition("Related figures")[2]
    assert "73.6" in related
    assert "12 months to June 2019" in related
    assert page.links["Overall confidence in the police"] == "/measures/confidence-csew/"


def test_an_undertaking_says_who_gave_it_to_whom_by_when_and_in_which_minute() -> None:
    page = read("/undertakings/U5/")
    assert page.links["Police and Crime Commissioner"].startswith("/roles/")
    assert page.links["West Mercia Police and Crime Panel"].startswith("/bodies/")
    assert "Due “in the coming months”" in page.words
    assert page.links["Rural Crime Strategy - Consultation Report"] == "/minutes/2019-11-27-321/"
    assert page.links["2.5"] == "/commitments/2016-2.5/"


def test_an_undertaking_without_a_trace_says_so() -> None:
    assert "Nothing has been reported since it was given." in read("/undertakings/U1/").words


def test_empty_pages_say_that_they_are_empty() -> None:
    plan = make("plan", title="A new plan")
    assert "No objectives have been published yet." in read(plan.get_absolute_url()).words
    objective = make("objective", parent=plan)
    said = read(objective.get_absolute_url()).words
    assert "No commitments have been published under this objective yet." in said
    activity = make("activity", parent=make("commitment", parent=objective))
    assert "No update has been published yet." in read(activity.get_absolute_url()).words


def test_nothing_unpublished_shows_and_the_office_sees_it() -> None:
    commitment = COMMITMENT.all().get(reference="2016-A.4")
    make("activity", parent=commitment, title="Secret activity", status="draft")
    activity = kind_named("activity").all().get(reference="2016-A4.6")
    make("update", parent=activity, as_at="2020-01-30", text="Secret update", status="draft")
    amend(activity, title="Secret title")
    for address in ("/commitments/2016-A.4/", "/activities/2016-A4.6/", "/objectives/2016-1/"):
        assert "Secret" not in read(address).html
    assert "Secret activity" in read("/office/commitments/2016-A.4/", "reader").words
    assert "Secret update" in read("/office/activities/2016-A4.6/", "analyst").words


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_has_no_page(status: str) -> None:
    for kind in (PLAN, UNDERTAKING):
        record = make(kind, status=status)
        assert read(record.get_absolute_url()).status == 404
