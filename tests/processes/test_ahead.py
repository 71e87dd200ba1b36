"""What is next in every process at once: in the list and on the office's home."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.processes.ahead import runs_of, soonest
from peelian.processes.kinds import PROCESS
from peelian.record import operations
from peelian.record.models import Record
from tests.makers import PAT, make, make_user
from tests.processes.conftest import OFFICE, Panel, prove, stands
from tests.reading import read

pytestmark = pytest.mark.django_db
LIST, HOME = "/office/processes/", "/office/"


@pytest.fixture(autouse=True)
def today(on_day: Any) -> None:
    on_day("2020-01-20")


def precept(**values: Any) -> Any:
    return make("process", process="precept", year=2019, reference="precept", **values)


def hearing(number: int, day: dt.date, **values: Any) -> Any:
    """Return a confirmation hearing that a notification of a day began."""
    event = "senior_appointment_notified"
    clock = make("clock", reference=f"told-{number}", event=event, opened_on=day)
    named = {"reference": f"hearing-{number}", "title": f"Hearing {number}"}
    return make(
        "process", process="confirmation-hearing", year=None, begun_by=[clock], **named | values
    )


def response(number: int) -> Any:
    """Return the response to an inspection whose report was published in December."""
    report = make(
        "inspection",
        reference=f"report-{number}",
        form="force",
        published_on=dt.date(2019, 12, 10),
        title=f"Report {number}",
    )
    named = {"reference": f"response-{number}", "title": f"Response {number}"}
    return make("process", process="inspection-response", year=None, begun_by=[report], **named)


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make_user("officer", "panel_officer"))
    return client


def asked(client: Client, address: str) -> tuple[str, int]:
    """Return a page of the office, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        page = unescape(client.get(address).content.decode())
    return page, len(queries)


def told() -> list[tuple[str, str, str, bool]]:
    return [
        (one.process.title, one.step.declared.id, str(one.day), one.is_late)
        for one in soonest(OFFICE)
    ]


def test_what_is_next_is_told_for_every_process_the_soonest_first(
    panel: Panel, officer: Client
) -> None:
    precept(title="Precept", meeting=panel.meeting)
    hearing(1, dt.date(2020, 1, 15))
    hearing(2, dt.date(2019, 12, 2))
    hearing(3, dt.date(2020, 1, 14), status="withdrawn")
    found = told()
    assert sorted(title for title, *_rest in found) == ["Hearing 1", "Hearing 2", "Precept"]
    assert found[0][0] == "Hearing 2"
    assert [day for _title, _step, day, _late in found] == sorted(day for _, _, day, _ in found)
    assert found[0][3] is True
    listed, home = asked(officer, LIST)[0], asked(officer, HOME)[0]
    names = {s.declared.id: s.declared.name for run in runs_of(_all(), OFFICE) for s in run.steps}
    for _title, step, _day, _late in found:
        assert names[step] in listed
        assert names[step] in home


def _all() -> list[Any]:
    return list(PROCESS.all().in_order())


def test_together_they_stand_as_each_does_alone(panel: Panel) -> None:
    panel.vote(4)
    prove("precept/2019-20/notify-panel", dt.date(2020, 1, 10))
    precept(meeting=panel.meeting)
    hearing(1, dt.date(2020, 1, 15), meeting=panel.meeting)
    hearing(2, dt.date(2019, 12, 2))
    response(1)
    response(2)
    together = {
        run.held.process.pk: {step.declared.id: str(step.stand) for step in run.steps}
        for run in runs_of(_all(), OFFICE)
    }
    assert len(together) == 5
    for one in _all():
        assert together[one.pk] == stands(one), one.reference


def test_what_waits_for_approval_is_part_of_what_is_next(panel: Panel) -> None:
    process = hearing(1, dt.date(2020, 1, 15))
    assert told()[0][1] == "call"
    version = Record.objects.get(pk=process.pk).version
    operations.edit(
        process, {"meeting": panel.meeting}, version=version, by=PAT, why="Meeting chosen"
    )
    (run,) = runs_of(_all(), OFFICE)
    assert run.held.meeting == panel.meeting
    assert told()[0][1] == "report"  # called, and held
    untouched: Any = PROCESS.all().get(pk=process.pk)
    assert untouched.meeting_id is None


@pytest.mark.parametrize("address", [LIST, HOME])
def test_ten_times_as_many_processes_ask_no_more(
    panel: Panel, officer: Client, address: str
) -> None:
    panel.vote(4)
    precept(meeting=panel.meeting)
    hearing(0, dt.date(2020, 1, 15), meeting=panel.meeting)
    response(0)
    asked(officer, address)  # what is read once is read
    _page, few = asked(officer, address)
    for number in range(1, 11):
        hearing(number, dt.date(2020, 1, number), meeting=panel.meeting)
        response(number)
    page, many = asked(officer, address)
    assert many == few
    assert "Hearing 10" in page


def test_the_public_list_says_nothing_of_what_is_next(panel: Panel) -> None:
    precept(title="Precept", meeting=panel.meeting)
    page = read("/processes/")
    assert "Precept" in page.words
    assert "Next" not in page.words.split("Precept", 1)[0].split("Processes")[-1]
    assert page.queries <= 12
