"""How often members came: counted for who was a member on the day, and never guessed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from peelian.law.dates import FinancialYear
from peelian.meetings.attendance import attendance_in, years_of
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.reading import read

pytestmark = pytest.mark.django_db
day = dt.date.fromisoformat
YEAR = FinancialYear(2019)


class Panel:
    """A panel of three members; the third came in January 2020."""

    def __init__(self) -> None:
        self.body = make("body", form="panel")
        role = make("role", body=self.body, standing="member")
        self.people = [make("person", title=name) for name in ("Ash", "Birch", "Cedar")]
        starts = (None, None, day("2020-01-01"))
        for person, first in zip(self.people, starts, strict=True):
            make("membership", person=person, role=role, starts_on=first)

    def meeting(self, held_on: str, state: str = "held", **capacities: str) -> Any:
        """Return a meeting with the capacities of people by name."""
        made = make("meeting", body=self.body, held_on=day(held_on), state=state)
        by_name = {person.title: person for person in self.people}
        for name, capacity in capacities.items():
            make("attendance", parent=made, person=by_name[name], capacity=capacity)
        return made

    def rows(self) -> dict[str, tuple[int, ...]]:
        found = attendance_in(self.body, YEAR, PUBLIC).rows
        return {r.name: (r.could, r.came, r.sent, r.apologies, r.absent) for r in found}


@pytest.fixture
def panel() -> Panel:
    return Panel()


def test_a_meeting_counts_for_who_was_a_member_that_day(panel: Panel) -> None:
    panel.meeting("2019-11-27", Ash="present", Birch="apologies")
    panel.meeting("2020-02-05", Ash="present", Cedar="present")
    assert panel.rows() == {
        "Ash": (2, 2, 0, 0, 0),
        "Birch": (2, 0, 0, 1, 1),
        "Cedar": (1, 1, 0, 0, 0),
    }


def test_what_is_not_held_not_recorded_or_of_another_year_counts_for_nobody(panel: Panel) -> None:
    panel.meeting("2019-11-27", Ash="present")
    panel.meeting("2019-12-01", state="cancelled", Ash="present")
    panel.meeting("2019-12-02", state="planned", Ash="present")
    panel.meeting("2019-12-03")
    panel.meeting("2019-03-31", Ash="present")
    panel.meeting("2020-04-01", Ash="present")
    found = attendance_in(panel.body, YEAR, PUBLIC)
    assert (len(found.meetings), len(found.unrecorded)) == (1, 1)
    assert panel.rows()["Ash"] == (1, 1, 0, 0, 0)
    assert [y.key for y in years_of(panel.body, PUBLIC)] == ["2020-21", "2019-20", "2018-19"]


@pytest.mark.parametrize("apologies_first", [True, False])
def test_who_sent_a_substitute_and_apologies_sent_a_substitute(
    panel: Panel, apologies_first: bool
) -> None:
    meeting = panel.meeting("2019-11-27", Ash="present")
    birch, guest = panel.people[1], make("person", title="Guest")
    steps = [
        {"person": birch, "capacity": "apologies"},
        {"person": guest, "capacity": "substitute", "for_person": birch},
    ]
    for values in steps if apologies_first else reversed(steps):
        make("attendance", parent=meeting, **values)
    assert panel.rows()["Birch"] == (1, 0, 1, 0, 0)
    assert "Guest" not in panel.rows()


def test_who_came_after_all_came(panel: Panel) -> None:
    meeting = panel.meeting("2019-11-27", Birch="present")
    guest = make("person", title="Guest")
    make(
        "attendance",
        parent=meeting,
        person=guest,
        capacity="substitute",
        for_person=panel.people[1],
    )
    assert panel.rows()["Birch"] == (1, 1, 0, 0, 0)


def test_the_page_and_the_file_say_the_same(panel: Panel) -> None:
    panel.meeting("2019-11-27", Ash="present", Birch="apologies")
    panel.meeting("2018-11-27", Birch="present")
    address = f"/bodies/{panel.body.reference}/attendance"
    page = read(f"{address}/")
    assert "Attendance in 2019/20" in page.words
    assert "Birch 1 0 0 1 0" in page.words
    assert page.queries <= 12
    earlier = read(f"{address}/?year=2018-19")
    assert "Birch 1 1 0 0 0" in earlier.words
    content = Client().get(f"{address}.csv?year=2019-20").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[1:] == [["Ash", "1", "1", "0", "0", "0"], ["Birch", "1", "0", "0", "1", "0"]]
    assert read(panel.body.get_absolute_url()).links["How often members came"] == f"{address}/"


def test_a_year_there_is_not_is_not_found_and_an_empty_body_says_so(panel: Panel) -> None:
    address = f"/bodies/{panel.body.reference}/attendance/"
    assert "No meeting that was held is on the record." in read(address).words
    assert Client().get(f"{address}?year=2019-20").status_code == 404
    assert Client().get(f"{address}?year=nonsense").status_code == 404
    assert Client().get("/bodies/none/attendance/").status_code == 404
    assert Client().get(f"/bodies/{panel.body.reference}/attendance.csv").status_code == 200


def test_a_draft_counts_only_in_the_office(panel: Panel) -> None:
    meeting = panel.meeting("2019-11-27", Ash="present")
    birch = panel.people[1]
    make("attendance", parent=meeting, person=birch, capacity="present", status="draft")
    address = f"/bodies/{panel.body.reference}/attendance/"
    assert "Birch 1 0 0 0 1" in read(address).words
    assert "Birch 1 1 0 0 0" in read(f"/office{address}", "reader").words
