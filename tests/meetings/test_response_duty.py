"""A recommendation for whose response the panel set a day is a duty until it is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings

from peelian.duties.calendar import Duty, due_between
from peelian.duties.proofs import State
from peelian.record.scope import PUBLIC
from tests.makers import make

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2020, 12, 31)


def duties() -> list[Duty]:
    found = due_between(FIRST, LAST, scope=PUBLIC, today=dt.date(2020, 4, 1))
    return [d for d in found if d.occurrence.rule.trigger == "recommendation_requiring_response"]


@pytest.fixture
def minute() -> Any:
    body = make("body", reference=settings.OFFICE["panel"], form="panel")
    return make("minute", parent=make("meeting", body=body, held_on="2020-02-05"))


def test_the_last_day_is_the_day_the_panel_set(minute: Any) -> None:
    one = make("recommendation", made_at=minute, respond_by="2020-03-06")
    [duty] = duties()
    assert (duty.occurrence.due, duty.url) == (dt.date(2020, 3, 6), one.get_absolute_url())
    assert not duty.is_closed


@pytest.mark.parametrize(
    ("responded_on", "words"), [("2020-03-06", "in time"), ("2020-03-09", "3 days late")]
)
def test_the_response_itself_meets_it(minute: Any, responded_on: str, words: str) -> None:
    answered = {"answer": "accepted", "response": "Agreed.", "responded_on": responded_on}
    make("recommendation", made_at=minute, respond_by="2020-03-06", **answered)
    [duty] = duties()
    assert (duty.state, duty.met_words) == (State.MET, words)


@pytest.mark.parametrize(
    "values",
    [
        {},  # no day was set
        {"respond_by": "2020-03-06", "status": "draft"},
        {"respond_by": "2020-03-06", "progress": "superseded"},
    ],
)
def test_what_asks_for_no_response_is_no_duty(minute: Any, values: dict[str, Any]) -> None:
    make("recommendation", made_at=minute, **values)
    assert duties() == []


def test_another_bodys_recommendation_is_no_duty_of_law(minute: Any) -> None:
    other = make("minute", parent=make("meeting", body=make("body", form="committee")))
    make("recommendation", made_at=other, respond_by="2020-03-06")
    assert duties() == []
