"""However many promises stand under something, its page shows some at a time and counts all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.makers import make, make_all
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective() -> Any:
    """An objective with 70 activities under two of its three commitments, in both halves."""
    made = make("objective", number=1)
    first = make("commitment", parent=made, element="policing", printed_reference="1.1")
    make("commitment", parent=made, element="policing", printed_reference="1.2", title="Alone")
    last = make("commitment", parent=made, element="commissioner", printed_reference="A.1")
    make_all(
        "activity",
        *({"parent": last, "progress": "at_risk"} for _ in range(30)),
        *({"parent": first, "progress": "on_track"} for _ in range(40)),
    )
    make("activity", parent=first, status="draft", progress="off_track")
    return made


def _activities(words: str) -> list[tuple[str, str]]:
    return re.findall(r"Activity (\d+) under (\S+)", words)


def test_an_objective_shows_its_promises_a_page_at_a_time_each_once(objective: Any) -> None:
    first, second = (read(f"{objective.get_absolute_url()}?page={n}") for n in (1, 2))
    forty = [(f"{n}", "1.1") for n in range(2, 41)]
    thirty = [(f"{n}", "A.1") for n in range(2, 31)]
    assert _activities(first.words) == [*forty, *thirty[:8]]
    assert _activities(second.words) == thirty[8:]
    assert "Alone" in first.links
    assert "Alone" not in second.links
    assert "1 to 50 of 71" in first.words
    assert max(first.queries, second.queries) <= 12


def test_the_counts_of_an_objective_are_of_all_pages_and_of_no_draft(objective: Any) -> None:
    for number in (1, 2):
        page = read(f"{objective.get_absolute_url()}?page={number}")
        assert "40 On track" in page.words
        assert "30 At risk" in page.words
        assert "Off track" not in page.words


def test_the_second_page_names_the_half_and_the_commitment_it_goes_on_with(objective: Any) -> None:
    second = read(f"{objective.get_absolute_url()}?page=2")
    assert "Commissioner’s commitments" in second.words
    assert "Policing element" not in second.words
    assert "A.1" in second.words


@pytest.mark.parametrize("few", [3, 300])
def test_a_commitment_shows_its_activities_a_page_at_a_time_with_what_was_said_last(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("peelian.pages.paging.FEW", few)
    commitment = make("commitment")
    every = [{"parent": commitment, "title": f"Task {n:02}."} for n in range(55)]
    tasks = make_all("activity", *every)
    make("update", parent=tasks[0], as_at="2020-03-31", text="Said later.")
    make("update", parent=tasks[0], as_at="2019-12-31", text="Said before.")
    make("update", parent=tasks[0], as_at="2020-06-30", text="Not yet public.", status="draft")
    make("update", parent=tasks[54], as_at="2020-03-31", text="Said of the last.")
    first, second = (read(f"{commitment.get_absolute_url()}?page={n}") for n in (1, 2))
    assert "Said later." in first.words
    assert "Said before." not in first.words
    assert "Not yet public." not in first.words
    assert "55 On track" in first.words
    assert re.findall(r"Task (\d\d)\.", second.words) == ["50", "51", "52", "53", "54"]
    assert "Said of the last." in second.words
    assert max(first.queries, second.queries) <= 12


def test_a_plan_shows_its_objectives_a_page_at_a_time_and_counts_all() -> None:
    plan = make("plan")
    objectives = make_all(
        "objective", *({"parent": plan, "number": n, "title": f"Aim {n}."} for n in range(1, 53))
    )
    make("activity", parent=make("commitment", parent=objectives[-1]))
    first, second = (read(f"{plan.get_absolute_url()}?page={n}") for n in (1, 2))
    seen = re.findall(r"Aim (\d+)\.", f"{first.words} {second.words}")
    assert sorted({int(n) for n in seen}) == list(range(1, 53))
    assert "Aim 52." not in first.words
    assert "1 On track" in first.words
