"""References in minutes and agenda items, and undertakings that left no trace."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.checks import findings as checks
from peelian.checks.findings import Finding
from peelian.meetings.kinds import MEETING
from peelian.meetings.references import resolve_minutes
from peelian.record.models import Link
from peelian.record.querysets import write_path
from peelian.record.scope import PUBLIC
from tests.makers import make, make_all
from tests.worked_example import Example, standing_on

DAY = dt.date(2020, 1, 28)
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "west-mercia-2020"


def found(name: str, day: dt.date = DAY) -> list[Finding]:
    return checks.run(PUBLIC, day, only=[name])


# ---- references ----


@pytest.mark.django_db
def test_a_minute_number_names_the_newest_minute_of_that_number_in_one_query() -> None:
    old, new = make("meeting", held_on="2010-01-01"), make("meeting", held_on="2019-11-27")
    first, second = make_all(
        "minute",
        {"reference": "z-321", "parent": old, "number": 321},
        {"reference": "a-321", "parent": new, "number": 321},
    )
    make("minute", number=322, parent=new, status="draft")
    with CaptureQueriesContext(connection) as queries:
        resolved = resolve_minutes({"321", "322", "999"}, PUBLIC, "2016")
    assert resolved == {"321": [second, first]}
    assert len(queries) == 1


@pytest.mark.django_db
def test_references_in_minutes_and_agenda_items_that_name_nothing_are_told() -> None:
    meeting = make("meeting", title="Panel meeting", held_on="2019-11-27")
    make("minute", parent=meeting, number=321, text="As minute 321 and minute 99 say.")
    make("agenda-item", parent=meeting, number=5, recommendation="To note activity A4.6.")
    told = [(f.where, f.found.split(" names")[0]) for f in found("unresolved-reference")]
    assert told == [
        ("Agenda item 5, Panel meeting", "“A4.6”"),
        ("Minute 321, Panel meeting", "“minute 99”"),
    ]


# ---- undertakings ----


def undertaking(**values: Any) -> Any:
    """Return an undertaking given at minute 321 of the meeting of 27 November 2019."""
    meeting = make("meeting", held_on="2019-11-27")
    minute = make("minute", parent=meeting, number=321)
    return make(
        "undertaking", **({"reference": "U3", "title": "Get Safe", "made_at": minute} | values)
    )


@pytest.mark.django_db
def test_an_undertaking_of_which_nothing_was_said_since_is_lost() -> None:
    given = undertaking()
    [one] = found("lost-undertaking")
    assert one.where == "Undertaking U3, minute 321, 27 November 2019"
    assert [record.kind for record in one.records] == ["undertaking", "minute"]
    assert one.record == given


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_at", "status", "is_lost"),
    [
        ("2019-12-31", "published", False),
        ("2019-11-27", "published", True),  # said at the meeting itself
        ("2019-12-31", "draft", True),
        ("2020-02-05", "published", True),  # not known yet
    ],
)
def test_a_later_published_update_is_a_trace(as_at: str, status: str, is_lost: bool) -> None:
    make("update", parent=undertaking(), as_at=as_at, status=status)
    assert bool(found("lost-undertaking")) is is_lost


@pytest.mark.django_db
def test_a_link_from_another_record_is_a_trace() -> None:
    given, item = undertaking(), make("work-programme-item")
    with write_path():
        Link(source_id=item.pk, target_id=given.pk, form="considers").save()
    assert found("lost-undertaking") == []


@pytest.mark.django_db
@pytest.mark.parametrize("progress", ["complete", "superseded"])
def test_what_is_closed_is_not_lost(progress: str) -> None:
    undertaking(progress=progress)
    assert found("lost-undertaking") == []


@pytest.mark.django_db
def test_an_undertaking_is_not_lost_before_its_meeting_is_over() -> None:
    undertaking()
    assert found("lost-undertaking", dt.date(2019, 11, 27)) == []
    assert len(found("lost-undertaking", dt.date(2019, 11, 28))) == 1


@pytest.mark.django_db
def test_an_undertaking_may_be_made_at_a_meeting_as_a_whole() -> None:
    undertaking(made_at=make("meeting", held_on="2019-09-10"))
    [one] = found("lost-undertaking")
    assert one.where == "Undertaking U3, meeting of 10 September 2019"


# ---- the worked example ----


@pytest.fixture(scope="module")
def example(_example_database: Example, django_db_blocker: Any) -> list[Finding]:
    """What the checks of meetings find on the worked example."""
    with django_db_blocker.unblock(), standing_on(_example_database):
        return checks.run(PUBLIC, DAY, only=["lost-undertaking", "unresolved-reference"])


def test_example_nine_of_the_twelve_undertakings_left_no_trace(example: list[Finding]) -> None:
    lost = [f.record.reference for f in example if f.check == "lost-undertaking" and f.record]
    assert lost == ["U1", "U2", "U3", "U6", "U7", "U8", "U9", "U11", "U12"]


def test_example_references_in_minutes_lead_somewhere(example: list[Finding]) -> None:
    assert [f.found for f in example if f.check == "unresolved-reference"] == []


# ---- recommendations, closings ----


def recommendation(**values: Any) -> Any:
    meeting = make("meeting", held_on="2019-11-27")
    return make("recommendation", made_at=make("minute", parent=meeting, number=321), **values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("respond_by", "responded_on", "is_late"),
    [
        ("2020-01-27", None, True),
        ("2020-01-28", None, False),  # today is still in time
        (None, None, False),
        ("2020-01-10", "2020-01-20", False),
        ("2020-01-10", "2020-02-01", True),  # not known on the day
    ],
)
def test_a_response_that_is_not_there_in_time_is_told(
    respond_by: str | None, responded_on: str | None, is_late: bool
) -> None:
    answered = {"answer": "noted", "response": "Yes.", "responded_on": responded_on}
    recommendation(respond_by=respond_by, **(answered if responded_on else {}))
    assert bool(found("response-overdue")) is is_late


@pytest.mark.django_db
def test_a_recommendation_is_lost_like_an_undertaking_unless_it_was_answered() -> None:
    one = recommendation(reference="R1")
    [lost] = found("lost-undertaking")
    assert (lost.record, lost.where) == (one, "Recommendation R1, minute 321, 27 November 2019")
    recommendation(reference="R2", answer="noted", response="Yes.", responded_on="2020-01-05")
    assert [f.record for f in found("lost-undertaking")] == [one]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("met", "state", "is_told"),
    [
        (None, "", False),  # it is to be reported to a meeting that has not been
        ("2020-01-15", "held", True),
        ("2020-01-15", "cancelled", False),
        ("2020-02-15", "planned", False),
        ("2019-12-01", "held", False),  # before the closing
    ],
)
def test_a_closing_that_no_minute_tells_of_is_told_once_the_body_has_met(
    met: str | None, state: str, is_told: bool
) -> None:
    one = undertaking(progress="complete", closed_on="2019-12-20", to_report=True)
    if met:
        given = MEETING.all().get(pk=one.made_at.parent_id)
        make("meeting", body=given.body, held_on=met, state=state)
    assert bool(found("closed-without-minute")) is is_told


@pytest.mark.django_db
def test_an_undertaking_of_no_meeting_is_told() -> None:
    make("undertaking", reference="U1")
    make("undertaking", reference="U2", progress="complete")
    undertaking(reference="U3")
    assert [f.where for f in found("undertaking-without-meeting")] == ["Undertaking U1"]
