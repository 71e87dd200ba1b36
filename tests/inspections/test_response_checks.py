"""What the checks say of responses: near, late, incomplete; nothing of what is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.inspections.checks import incomplete_response, late_response
from peelian.record.kinds import kind_named
from peelian.record.operations import bring_in
from peelian.record.scope import Scope
from tests.makers import CHRIS, DAY, make

pytestmark = pytest.mark.django_db
OFFICE = Scope(CHRIS)
PUBLISHED = dt.date(2020, 5, 1)  # the last day is 25 June


@pytest.mark.parametrize(
    ("day", "severity", "said"),
    [
        (dt.date(2020, 6, 10), "", ""),
        (dt.date(2020, 6, 11), "warning", "is due on 25 June 2020"),
        (dt.date(2020, 6, 25), "warning", "is due on 25 June 2020"),
        (dt.date(2020, 6, 26), "error", "was due on 25 June 2020"),
    ],
)
def test_a_response_is_near_a_fortnight_before_and_late_after(
    day: dt.date, severity: str, said: str
) -> None:
    make("inspection", published_on=PUBLISHED)
    found = list(late_response(OFFICE, day))
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert all(said in one.found for one in found)


@pytest.mark.parametrize("form", ["coroner", "learning"])
def test_coroners_and_the_watchdog_have_clocks_of_their_own(form: str) -> None:
    make("inspection", form=form, published_on=PUBLISHED)
    assert [one.severity for one in late_response(OFFICE, dt.date(2020, 7, 10))] == ["error"]


def test_what_is_proved_or_excused_is_not_late() -> None:
    report = make("inspection", published_on=PUBLISHED)
    make("proof", key=f"inspections/{report.reference}/response", met_on=PUBLISHED, letter="L")
    make("inspection", form="thematic", published_on=PUBLISHED, answered_in=report)
    make("inspection", form="internal", published_on=PUBLISHED)
    out = make("inspection", published_on=PUBLISHED)
    make("inspection-response", parent=out)
    assert list(late_response(OFFICE, dt.date(2020, 7, 10))) == []


def test_a_response_brought_in_without_an_answer_is_told() -> None:
    report = make("inspection", published_on=DAY)
    make("finding", parent=report, title="Fill the posts")
    values: dict[str, Any] = {"parent": report, "comments": "Ours.", "invited_on": DAY}
    values |= {"no_comments": True}
    bring_in(kind_named("inspection-response"), values, by=CHRIS, why="Loaded")
    (finding,) = incomplete_response(OFFICE, DAY)
    assert "an answer to “Fill the posts”" in finding.found


def test_a_complete_one_is_not(django_assert_max_num_queries: Any) -> None:
    for _n in range(4):
        report = make("inspection", published_on=DAY)
        make("finding-answer", parent=make("finding", parent=report))
        make("inspection-response", parent=report)
    with django_assert_max_num_queries(5):
        assert list(incomplete_response(OFFICE, DAY)) == []
