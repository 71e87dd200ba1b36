"""The commissioner's brief on two pages, and the three lists."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest

from peelian.blocks import text
from peelian.documents import pdf
from peelian.holding.brief import brief
from peelian.holding.mine import Lists, lists_of
from peelian.record.access import Command
from peelian.record.scope import Scope
from tests.holding.conftest import observe
from tests.makers import make

SEEN = Scope(Command("test"))
DAY = dt.date(2020, 3, 2)


@pytest.fixture
def half(office: Any) -> Any:
    """The commissioner's half of the plan."""
    return make("commitment", parent=office.objective, element="commissioner", title="All of it")


def lists() -> Lists:
    return lists_of(SEEN, DAY)


def titles(rows: Any) -> list[str]:
    return [own.promise.title for own in rows]


@pytest.mark.parametrize(
    ("values", "where", "words"),
    [
        ({}, "promised", "On track"),
        ({"due": dt.date(2020, 5, 1)}, "promised", "On track, due 1 May 2020"),
        ({"due": DAY}, "promised", "On track, due 2 March 2020"),
        ({"due": dt.date(2020, 3, 1)}, "stuck", "1 day late"),
        ({"progress": "on_hold"}, "stuck", "On hold"),
        ({"progress": "off_track"}, "stuck", "Off track"),
        (
            {"progress": "complete", "closed_on": dt.date(2020, 2, 1), "evidence": "Seen"},
            "done",
            "Done on 1 February 2020",
        ),
    ],
)
def test_each_promise_stands_in_one_list_with_the_reason(
    half: Any, values: dict[str, Any], where: str, words: str
) -> None:
    make("activity", parent=half, title="Write to them", **values)
    found = lists()
    every = {"promised": found.promised, "stuck": found.stuck, "done": found.done}
    assert {name: titles(rows) for name, rows in every.items() if rows} == {
        where: ["Write to them"]
    }
    assert every[where][0].words == words


def test_what_nobody_has_spoken_of_for_a_quarter_is_stuck(half: Any) -> None:
    activity = make("activity", parent=half)
    make("update", parent=activity, as_at=DAY - dt.timedelta(days=90))
    assert len(lists().promised) == 1
    quiet = make("activity", parent=half)
    make("update", parent=quiet, as_at=DAY - dt.timedelta(days=91))
    assert lists().stuck[0].words == "No update since 2 December 2019"


def test_it_is_the_commissioners_own_and_nobody_elses(office: Any, half: Any) -> None:
    role = make("role", body=office.pcc)
    make("duty-owner", covers="commissioner", owner=role)
    make("undertaking", title="Of the role", owner=role)
    make("undertaking", title="Of the body", owner=office.pcc)
    make("undertaking", title="Of the chief", owner=office.chief)
    make("activity", title="Of the force’s half")
    make(
        "undertaking",
        title="Long done",
        owner=role,
        progress="complete",
        closed_on=dt.date(2018, 1, 1),
        evidence="Seen",
        to_report=True,
    )
    assert sorted(titles(lists().promised)) == ["All of it", "Of the body", "Of the role"]
    assert lists().done == []


def test_the_brief_tells_the_theme_what_changed_what_is_stuck_and_what_will_be_asked(
    office: Any, enquiry: Any, half: Any
) -> None:
    observe(office.measure, office.area, [*[70.0, 72.0] * 12, 50.0, 49.0])
    late = make("activity", parent=half, title="Publish the list", due=dt.date(2020, 2, 1))
    make("update", parent=late, as_at=dt.date(2020, 2, 20), text="We shall publish it in March.")
    plan = make(
        "undertaking",
        title="Recovery plan",
        owner=office.chief,
        made_at=office.before,
        due=dt.date(2020, 1, 31),
    )
    make("public-question", parent=office.asked, question="Why does nobody answer?")
    said = text(brief(office.asked, SEEN))
    for told in (
        "Calls",
        "When will nine in ten be answered? Chief Constable. Now 49%, February 2020.",
        "Publish the list: On track, 20 February 2020. We shall publish it in March.",
        f"{plan.reference} Recovery plan (overdue: 31 January 2020)",
        "“We shall publish it in March.”",
        "Why does nobody answer?",
        "Why is “Publish the list” stuck (24 days late)?",
        "Stuck: 1",
    ):
        assert told in said, told


def test_an_empty_record_makes_a_short_brief(office: Any) -> None:
    said = text(brief(office.next, SEEN))
    assert "Promised and under way: 0" in said
    assert "What changed" not in said


def test_it_keeps_to_two_pages_however_much_there_is(office: Any, theme: Any, half: Any) -> None:
    long = "A long promise that goes on about what is to be done in each of the places. " * 7
    for n in range(7):
        make("enquiry", parent=theme, number=n, title=(long * 2)[:590], answerer=office.chief)
        for progress in ("on_track", "off_track", "complete"):
            closing = {"closed_on": DAY, "evidence": "Seen"} if progress == "complete" else {}
            made = make("activity", parent=half, title=long[:590], progress=progress, **closing)
            make("update", parent=made, as_at=dt.date(2020, 2, 27), text=long * 3)
        make(
            "undertaking",
            owner=office.chief,
            title=long[:590],
            made_at=office.before,
            due=dt.date(2020, 1, 1),
        )
        make("public-question", parent=office.asked, question=long)
        make(
            "recommendation",
            made_at=office.before,
            answer="noted",
            title=long[:590],
            responded_on=DAY,
            response=long * 3,
        )
    document = brief(office.asked, SEEN)
    assert "And 3 more." in text(document)
    with pikepdf.open(io.BytesIO(pdf.render(document))) as made:
        assert len(made.pages) <= 2
