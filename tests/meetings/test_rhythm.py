"""When bodies last met, meet next and should meet: from how often they say they meet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from peelian.meetings.rhythm import MONTHS, WEEKS, Standing, due_after, rhythms, rhythms_of
from peelian.people.models import OversightMechanism
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.reading import read

day = dt.date.fromisoformat
TODAY = day("2020-02-05")


@pytest.mark.parametrize(
    ("frequency", "last", "due"),
    [
        ("weekly", "2020-02-05", "2020-02-16"),  # a Wednesday: until the Sunday of next week
        ("weekly", "2020-02-09", "2020-02-16"),  # a Sunday
        ("every_six_weeks", "2020-01-01", "2020-02-16"),
        ("monthly", "2020-01-31", "2020-02-29"),
        ("monthly", "2020-12-01", "2021-01-31"),
        ("every_two_months", "2019-12-31", "2020-02-29"),
        ("quarterly", "2019-11-27", "2020-02-29"),
        ("three_times_a_year", "2019-11-27", "2020-03-31"),
        ("twice_a_year", "2019-08-31", "2020-02-29"),
        ("yearly", "2019-06-15", "2020-06-30"),
        ("as_needed", "2019-06-15", None),
        ("", "2019-06-15", None),
    ],
)
def test_a_body_is_due_by_the_end_of_its_next_week_or_month(
    frequency: str, last: str, due: str | None
) -> None:
    assert due_after(frequency, day(last)) == (day(due) if due else None)


@given(
    st.sampled_from(sorted(WEEKS) + sorted(MONTHS)),
    st.dates(dt.date(2012, 1, 1), dt.date(2040, 1, 1)),
)
@settings(max_examples=60, deadline=None)
def test_the_due_day_is_found_by_walking_day_by_day(frequency: Any, last: dt.date) -> None:
    """A slow walk: count the week or month ends that are passed after the last meeting."""
    ends_wanted = (WEEKS.get(frequency) or MONTHS[frequency]) + 1
    walked, ends = last, 0
    while True:
        tomorrow = walked + dt.timedelta(days=1)
        is_end = walked.weekday() == 6 if frequency in WEEKS else tomorrow.day == 1
        ends += is_end
        if ends == ends_wanted:
            break
        walked = tomorrow
    assert due_after(frequency, last) == walked


def test_every_frequency_is_counted_or_said_to_have_no_day() -> None:
    known = {*WEEKS, *MONTHS, OversightMechanism.Frequency.AS_NEEDED}
    assert known == set(OversightMechanism.Frequency)


def board(frequency: str = "monthly", **meetings: str) -> Any:
    """Return a board and give it meetings, day by state."""
    made = make("oversight-mechanism", frequency=frequency)
    for state, held_on in meetings.items():
        make("meeting", body=made, held_on=day(held_on), state=state.rstrip("0123456789"))
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frequency", "meetings", "standing"),
    [
        ("monthly", {}, Standing.NONE),
        ("as_needed", {"held": "2012-01-01"}, Standing.FREE),
        ("", {}, Standing.FREE),
        ("monthly", {"held": "2019-12-31"}, Standing.LATE),
        ("monthly", {"held": "2019-12-31", "planned": "2020-02-20"}, Standing.LATE),
        ("monthly", {"held": "2020-01-01"}, Standing.DUE),
        ("monthly", {"held": "2020-01-01", "cancelled": "2020-02-20"}, Standing.DUE),
        ("monthly", {"held": "2020-01-01", "planned": "2020-02-29"}, Standing.MET),
        ("monthly", {"held": "2020-01-01", "planned": "2020-03-01"}, Standing.DUE),
        ("monthly", {"held": "2020-01-01", "planned": "2020-02-04"}, Standing.DUE),
        ("monthly", {"held1": "2012-01-01", "held2": "2020-02-05"}, Standing.DUE),
        ("monthly", {"held1": "2020-01-01", "held2": "2020-02-06"}, Standing.DUE),
    ],
)
def test_how_a_body_stands_follows_from_its_meetings(
    frequency: str, meetings: dict[str, str], standing: Standing
) -> None:
    made = board(frequency, **meetings)
    assert rhythms_of([made], PUBLIC, TODAY)[0].standing == standing


@pytest.mark.django_db
def test_the_overdue_stand_first_and_four_questions_do_for_all(
    django_assert_num_queries: Any,
) -> None:
    for n in range(5):
        board(held=f"2020-01-0{n + 1}")
    board()
    late = board(held="2019-11-01")
    with django_assert_num_queries(4):
        found = rhythms(PUBLIC, TODAY)
    assert found[0].body.pk == late.pk
    assert found[-1].standing == Standing.NONE
    assert [one.standing for one in found].count(Standing.DUE) == 5


@pytest.mark.django_db
def test_a_draft_meeting_is_in_no_count_no_page_and_no_diary(client: Client, on_day: Any) -> None:
    on_day("2020-02-05")
    made = board(held="2019-12-10")
    make("meeting", body=made, held_on=day("2020-01-15"), title="Secret", status="draft")
    assert rhythms_of([made], PUBLIC, TODAY)[0].standing == Standing.LATE
    for address in (
        "/meetings-by-body/",
        "/meetings-by-body.csv",
        "/meetings.ics",
        f"/oversight-mechanisms/{made.reference}/meetings.ics",
        made.get_absolute_url(),
    ):
        said = client.get(address).content.decode()
        assert "Secret" not in said, address
        assert "15 January 2020" not in said, address
        assert "2020-01-15" not in said, address
        assert "20200115" not in said, address
    office = read("/office/meetings-by-body/", "panel_officer")
    assert "15 January 2020" in office.words


@pytest.mark.django_db
def test_the_page_the_file_and_the_body_say_the_same(client: Client, on_day: Any) -> None:
    on_day("2020-02-05")
    made = board("quarterly", held="2019-10-03", planned="2020-04-02")
    page = read("/meetings-by-body/")
    board()
    assert "1 is overdue" in page.words
    assert "Of 1 no meeting is on the record." in read("/meetings-by-body/").words
    assert page.queries <= 12
    rows = list(csv.reader(io.StringIO(client.get("/meetings-by-body.csv").content.decode())))
    row = next(row for row in rows if row[0] == made.title)
    assert row[1:] == ["Quarterly", "2019-10-03", "2020-04-02", "2020-01-31", "Overdue"]
    own = read(made.get_absolute_url())
    assert "Meets quarterly and last met on 3 October 2019" in own.words
    assert "Overdue" in own.words
    listed = read(own.links["All its meetings"])
    assert "3 October 2019" in listed.words


@pytest.mark.django_db
def test_a_meeting_nobody_has_closed_is_said(on_day: Any) -> None:
    on_day("2020-02-05")
    made = board(held="2019-12-10", planned="2020-01-14")
    words = read(made.get_absolute_url()).words
    assert "Planned for 14 January 2020; whether it was held is not recorded." in words


@pytest.mark.django_db
def test_empty_states_say_what_is_missing() -> None:
    assert "Nothing has been published here yet." in read("/meetings-by-body/").words
    office = read("/office/meetings-by-body/", "panel_officer")
    assert "no body with a meeting" in office.words
    made = make("oversight-mechanism", frequency="")
    assert "Last met" not in read(made.get_absolute_url()).words


def events(client: Client, address: str) -> dict[str, Any]:
    """Return a diary's entries by their name, read by a parser of its own."""
    walked = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    return {str(one["uid"]).partition("@")[0]: one for one in walked}


@pytest.mark.django_db
def test_a_diary_has_the_time_the_place_the_agenda_and_the_way_to_the_page(
    client: Client, on_day: Any
) -> None:
    on_day("2020-06-01")
    held = day("2020-06-15")
    made = board()
    meeting = make(
        "meeting",
        body=made,
        title="Summer; meeting",
        held_on=held,
        starts_at=dt.time(11),
        ended_at=dt.time(13, 20),
        place="County Hall, Northtown",
        state="planned",
    )
    make("agenda-item", parent=meeting, number=2, title="Second")
    make("agenda-item", parent=meeting, number=1, title="First")
    make("agenda-item", parent=meeting, number=3, title="Hidden", status="draft")
    entry = events(client, f"/oversight-mechanisms/{made.reference}/meetings.ics")[
        f"meeting/{meeting.reference}"
    ]
    assert entry["dtstart"].dt == dt.datetime(2020, 6, 15, 10, tzinfo=dt.UTC)  # summer time
    assert entry["dtend"].dt == dt.datetime(2020, 6, 15, 12, 20, tzinfo=dt.UTC)
    assert str(entry["summary"]) == "Summer; meeting"
    assert str(entry["location"]) == "County Hall, Northtown"
    assert str(entry["description"]).split("\n") == [made.title, "1. First", "2. Second"]
    assert str(entry["url"]).endswith(meeting.get_absolute_url())


@pytest.mark.django_db
def test_a_meeting_without_a_time_takes_the_day_and_a_cancelled_one_says_so(
    client: Client, on_day: Any
) -> None:
    on_day("2020-01-01")
    made = board(planned="2020-01-31", cancelled="2020-02-14")
    found = sorted(events(client, "/meetings.ics").values(), key=lambda one: one["dtstart"].dt)
    assert [one["dtstart"].dt for one in found] == [day("2020-01-31"), day("2020-02-14")]
    assert found[0]["dtend"].dt == day("2020-02-01")
    assert [str(one["status"]) for one in found] == ["CONFIRMED", "CANCELLED"]
    assert str(found[1]["summary"]).startswith("Cancelled: ")
    assert made.title in str(found[0]["description"])


@pytest.mark.django_db
def test_a_diary_is_of_one_body_goes_back_a_year_and_is_not_sent_twice(
    client: Client, on_day: Any
) -> None:
    on_day("2020-02-05")
    made = board(held1="2019-02-04", held2="2019-02-05", planned="2020-03-01")
    board(planned="2020-03-02")
    address = f"/oversight-mechanisms/{made.reference}/meetings.ics"
    assert len(events(client, address)) == 2
    assert len(events(client, "/meetings.ics")) == 3
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_the_diary_of_a_body_that_is_not_public_is_not_there(client: Client) -> None:
    made = make("body", status="draft")
    assert client.get(f"/bodies/{made.reference}/meetings.ics").status_code == 404
    assert client.get("/bodies/no-such-body/meetings.ics").status_code == 404
    public = make("body")
    assert events(client, f"/bodies/{public.reference}/meetings.ics") == {}
