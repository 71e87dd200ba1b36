"""The year's duties on the work programme: placed at the last meeting in time, and once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.checks import findings as checks
from peelian.law.dates import FinancialYear
from peelian.meetings.kinds import WORK_PROGRAMME
from peelian.meetings.programme_moves import move_item
from peelian.meetings.programme_slots import Slot, place_slots, slots_in
from peelian.record import operations
from peelian.record.errors import Refused
from peelian.record.models import Audience, Status
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, amend, make, make_user
from tests.reading import read

pytestmark = pytest.mark.django_db
day = dt.date.fromisoformat
OFFICE = Scope(CHRIS)
YEAR = FinancialYear(2026)
PRECEPT, REPORT, COMPLAINTS = (
    "Proposed police precept for 2027/28",
    "Annual report for 2025/26",
    "Annual report on complaints in 2025/26",
)
PAGE = "/office/programme/duties/?year=2026-27"


@pytest.fixture
def panel(on_day: Any) -> Any:
    on_day("2026-05-01")
    return make("body", form="panel", reference="west-mercia-pcp", title="The Panel")


def meeting(body: Any, held_on: str, **values: Any) -> Any:
    named = {"reference": held_on, "title": f"Meeting of {held_on}", "state": "planned"}
    return make("meeting", **named | {"body": body, "held_on": day(held_on)} | values)


def slots(on: str = "2026-05-01", scope: Scope = OFFICE) -> dict[str, Slot]:
    return {slot.title: slot for slot in slots_in(YEAR, scope, day(on))}


def stands(title: str = PRECEPT) -> tuple[str, str | None]:
    slot = slots()[title]
    return slot.standing.value, slot.best.reference if slot.best else None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], ("none", None)),
        (["2027-01-31"], ("none", None)),  # the proposal may come until 1 February
        (["2027-02-01"], ("open", "2027-02-01")),
        (["2027-02-02", "2027-02-05"], ("open", "2027-02-05")),
        (["2027-02-08"], ("open", "2027-02-08")),
        (["2027-02-09"], ("none", None)),
        (["2026-12-01", "2027-03-01"], ("none", None)),
    ],
)
def test_the_precept_stands_at_the_last_meeting_from_1_to_8_february(
    panel: Any, days: list[str], expected: tuple[str, str | None]
) -> None:
    for held_on in days:
        meeting(panel, held_on)
    meeting(make("body"), "2027-02-03", reference="others")
    meeting(panel, "2027-02-04", reference="off", state="cancelled")
    meeting(panel, "2027-02-04", reference="held", state="held")
    assert stands() == expected


def test_a_proposal_that_came_early_lets_an_earlier_meeting_take_it(
    panel: Any, on_day: Any
) -> None:
    meeting(panel, "2027-01-29")
    assert stands() == ("none", None)
    on_day("2027-01-20")
    make("proof", key="precept/2026-27/notify-panel", met_on=day("2027-01-15"))
    assert stands() == ("open", "2027-01-29")


def test_what_the_year_asks_is_placed_as_drafts_and_a_second_press_adds_nothing(
    panel: Any,
) -> None:
    for held_on in ("2026-06-16", "2026-07-21", "2027-02-02"):
        meeting(panel, held_on)
    made = {item.title: item for item in place_slots(YEAR, by=PAT)}
    assert {title: (i.meeting.reference, i.form, i.status) for title, i in made.items()} == {
        REPORT: ("2026-07-21", "statutory", "draft"),
        COMPLAINTS: ("2026-07-21", "routine", "draft"),
        PRECEPT: ("2027-02-02", "statutory", "draft"),
    }
    precept = made[PRECEPT]
    assert (precept.reference, precept.duty) == (
        "precept.2026-27.panel-report",
        "precept/2026-27/panel-report",
    )
    assert (precept.month, precept.note) == (
        day("2027-02-01"),
        "By 8 February 2027, as the law has it.",
    )
    assert made[REPORT].note == "By 31 July 2026, a local standard."
    assert place_slots(YEAR, by=PAT) == []
    assert {slot.standing for slot in slots().values()} == {"placed"}
    assert PRECEPT not in read("/programme/").words


def test_what_was_deleted_or_withdrawn_is_placed_anew_under_another_reference(panel: Any) -> None:
    meeting(panel, "2027-02-02")
    first: Any
    [first] = place_slots(YEAR, by=PAT)
    operations.delete(first, by=PAT, why="Made in error")
    [second] = place_slots(YEAR, by=PAT)
    for step in (operations.submit, operations.approve, operations.publish):
        second = step(second, by=PAT if step is operations.submit else CHRIS)
    operations.withdraw(second, by=CHRIS, why="Made in error")
    [third] = place_slots(YEAR, by=PAT)
    names = [first.reference, second.reference, third.reference]
    assert names == [f"precept.2026-27.panel-report{end}" for end in ("", "-2", "-3")]


def test_an_item_that_says_which_duty_it_meets_counts_also_where_that_waits(panel: Any) -> None:
    at = meeting(panel, "2027-02-02")
    one = make("work-programme-item", meeting=at, form="statutory", title="Precept")
    assert "Statutory items that name no duty" in read(PAGE, "panel_officer").words
    amend(one, duty="precept/2026-27/panel-report")
    assert slots()[PRECEPT].standing == "placed"
    assert slots(scope=PUBLIC)[PRECEPT].standing == "open"
    assert place_slots(YEAR, by=PAT) == []


@pytest.mark.parametrize(
    ("held_on", "standing"),
    [("2027-01-12", "out_of_time"), ("2027-02-08", "placed"), ("2027-03-02", "out_of_time")],
)
def test_an_item_at_a_meeting_out_of_time_is_said_to_be_so(
    panel: Any, held_on: str, standing: str
) -> None:
    at = meeting(panel, held_on)
    make("work-programme-item", meeting=at, duty="precept/2026-27/panel-report")
    assert slots()[PRECEPT].standing == standing


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("2027-03-02", "The law asks for it by 8 February 2027"),
        (None, "“Meeting of 2027-02-08” is in time."),
        ("2027-02-02", None),
        ("2027-01-12", None),  # the proposal may come early
    ],
)
def test_what_the_law_dates_is_not_moved_past_its_day_while_a_meeting_is_in_time(
    panel: Any, to: str | None, said: str | None
) -> None:
    days = ("2027-01-12", "2027-02-02", "2027-02-08", "2027-03-02")
    at = {held_on: meeting(panel, held_on) for held_on in days}
    one = make("work-programme-item", meeting=at["2027-02-08"], duty="precept/2026-27/panel-report")
    target = at[to] if to else None
    if said is None:
        moved: Any = move_item(one, target, version=one.version, by=PAT, why="Sooner")
        assert moved.pk == one.pk
        assert slots()[PRECEPT].placed.meeting.reference == to  # type: ignore[union-attr]
        return
    with pytest.raises(Refused, match=said):
        move_item(one, target, version=one.version, by=PAT, why="Later")
    assert slots()[PRECEPT].standing == "placed"


def test_where_no_meeting_is_in_time_what_the_law_dates_may_be_moved(panel: Any) -> None:
    first, second = meeting(panel, "2027-03-02"), meeting(panel, "2027-03-16")
    one = make("work-programme-item", meeting=first, duty="precept/2026-27/panel-report")
    moved: Any = move_item(one, second, version=one.version, by=PAT, why="No room")
    assert moved.status == "published"
    assert slots()[PRECEPT].placed.meeting == second  # type: ignore[union-attr]


def test_the_board_says_which_meetings_a_duty_refuses_and_offers_no_step_to_them(
    panel: Any,
) -> None:
    at = {held_on: meeting(panel, held_on) for held_on in ("2027-02-08", "2027-03-02")}
    make(
        "work-programme-item",
        reference="precept",
        meeting=at["2027-02-08"],
        duty="precept/2026-27/panel-report",
    )
    make("work-programme-item", reference="drones", meeting=at["2027-02-08"])
    client = Client()
    client.force_login(make_user("sam", "panel_officer"))
    page = client.get("/office/programme/").content.decode()
    assert page.count('data-refuses="2027-03-02 none"') == 1
    assert page.count('data-refuses=""') == 1
    assert "/office/work-programme/drones/move/?to=2027-03-02" in page
    assert "/office/work-programme/precept/move/?to=2027-03-02" not in page
    assert "data-card" not in read("/office/programme/", "reader").html
    assert "data-card" not in read("/programme/").html


def test_what_is_met_or_past_is_not_placed(panel: Any, on_day: Any) -> None:
    meeting(panel, "2026-07-21")
    on_day("2026-07-10")
    make("proof", key="plan-and-report/2026-27/annual-report-meeting", met_on=day("2026-06-16"))
    assert stands(REPORT)[0] == "met"
    assert slots("2026-08-01")[COMPLAINTS].standing == "past"
    assert [item.title for item in place_slots(YEAR, by=PAT)] == [COMPLAINTS]


def test_a_hearing_stands_after_its_notice_and_within_three_weeks(panel: Any) -> None:
    for held_on in ("2026-09-30", "2026-10-06", "2026-10-20", "2026-10-22"):
        meeting(panel, held_on)
    values = {"event": "senior_appointment_notified", "opened_on": day("2026-10-01")}
    make("clock", title="Chief finance officer", audience="office", **values)
    title = "Confirmation hearing: Chief finance officer"
    assert stands(title) == ("open", "2026-10-20")
    made = {item.title: item for item in place_slots(YEAR, by=PAT)}
    assert made[title].audience == Audience.OFFICE
    assert title not in slots(scope=PUBLIC)


def test_without_a_panel_on_the_record_nothing_is_placed(on_day: Any) -> None:
    on_day("2026-05-01")
    with pytest.raises(Refused, match="The panel is not on the record"):
        place_slots(YEAR, by=PAT)
    assert read(PAGE, "panel_officer").status == 200


# ---- the page and the findings ----


@pytest.mark.parametrize(
    ("role", "may_place"),
    [
        ("reader", False),
        ("policy_officer", False),
        ("analyst", False),
        ("panel_officer", True),
        ("chief_executive", True),
        ("administrator", True),
    ],
)
def test_who_may_edit_meetings_places_the_years_duties(
    panel: Any, role: str, may_place: bool
) -> None:
    meeting(panel, "2026-07-21")
    client = Client()
    client.force_login(make_user("somebody", role), "django.contrib.auth.backends.ModelBackend")
    page = client.get(PAGE).content.decode()
    assert "no meeting of the panel is planned from 1 February 2027 to 8 February 2027" in page
    assert ("Place the year’s duties (2 items)" in page) == may_place
    answer = client.post("/office/programme/duties/place/", {"year": "2026-27"}, follow=True)
    assert answer.status_code == (200 if may_place else 403)
    assert WORK_PROGRAMME.all().count() == (2 if may_place else 0)
    if may_place:
        assert "2 items were placed as drafts." in answer.content.decode()
        again = client.post("/office/programme/duties/place/", {"year": "2026-27"}, follow=True)
        assert "Nothing was left to place." in again.content.decode()
        assert client.get("/office/programme/duties/place/?year=2026-27").status_code == 302
        assert WORK_PROGRAMME.all().count() == 2


@pytest.mark.parametrize("year", ["1999-00", "2026", "next", "2026-27'"])
def test_a_year_there_is_not_has_no_page(panel: Any, year: str) -> None:
    assert read(f"/office/programme/duties/?year={year}", "panel_officer").status == 404


def found() -> list[str]:
    return [f.found for f in checks.run(OFFICE, day("2026-05-01"), only=["programme-duty"])]


def test_a_duty_is_found_until_it_stands_at_a_meeting_in_time(panel: Any) -> None:
    meeting(panel, "2026-07-21")
    says = (
        "It is due by 31 July 2026 and stands at no meeting. “Meeting of 2026-07-21” lies in time."
    )
    assert found() == [says, says]
    place_slots(YEAR, by=PAT)
    assert found() == []
    late = meeting(panel, "2027-03-02")
    assert found() == ["No meeting is planned from 1 February 2027 to 8 February 2027."]
    one = make("work-programme-item", meeting=late, duty="precept/2026-27/panel-report")
    assert found() == [
        "It stands at “Meeting of 2027-03-02”. A meeting is in time from 1 February 2027 to "
        "8 February 2027."
    ]
    amend(one, meeting=None)
    assert found() == []  # loose, and no meeting it could be put to
    meeting(panel, "2027-02-02")
    assert "“Meeting of 2027-02-02” lies in time." in found()[0]
    assert one.status == Status.PUBLISHED
