"""Matters arising: nothing promised to a meeting is lost, until a minute says that it is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from peelian.blocks import text
from peelian.meetings.arising import Matter, age, arising
from peelian.meetings.arising_blocks import matters_blocks
from peelian.meetings.kinds import MEETING
from peelian.record import operations
from peelian.record.kinds import kind_named
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, make, make_all

pytestmark = [pytest.mark.django_db]

DAYS = [
    dt.date(2019, 9, 10),
    dt.date(2019, 11, 27),
    dt.date(2020, 2, 5),
    dt.date(2020, 6, 15),
    dt.date(2020, 9, 21),
]


class Year:
    """A panel that meets five times, with a minute at each meeting."""

    def __init__(self) -> None:
        [self.body] = make_all("body", {"form": "panel"})
        values = [{"body": self.body, "held_on": day, "title": f"{day:%B}"} for day in DAYS]
        self.meetings = make_all("meeting", *values)
        self.minutes = make_all(
            "minute", *({"parent": m, "number": 300 + n} for n, m in enumerate(self.meetings))
        )

    def given(self, at: int, *, kind: str = "undertaking", **values: Any) -> Any:
        return make(kind, made_at=self.minutes[at], **values)

    def on_agenda(self, of: int, scope: Scope = PUBLIC) -> list[Matter]:
        return arising(self.meetings[of], scope)


@pytest.fixture
def year() -> Year:
    return Year()


def refs(found: list[Matter]) -> list[str]:
    return [matter.promise.reference for matter in found]


def said(found: list[Matter]) -> str:
    return "\n".join(text(block) for block in matters_blocks(found, {}))


@pytest.mark.parametrize("kind", ["undertaking", "recommendation"])
def test_what_is_open_comes_to_every_later_meeting_and_not_to_its_own(
    year: Year, kind: str
) -> None:
    one = year.given(1, kind=kind)
    assert [refs(year.on_agenda(n)) for n in range(5)] == [[], [], *[[one.reference]] * 3]


def test_the_oldest_comes_first_whatever_its_number(year: Year) -> None:
    year.given(1, reference="A1")
    year.given(0, reference="Z1")
    year.given(0, reference="Z10")
    year.given(0, reference="Z2")
    assert refs(year.on_agenda(2)) == ["Z1", "Z2", "Z10", "A1"]


def test_another_body_is_not_told(year: Year) -> None:
    year.given(0)
    other = make("meeting", held_on=DAYS[3], body=make("body", form="committee"))
    assert arising(other, PUBLIC) == []


def test_a_board_is_told_as_a_panel_is() -> None:
    board = make("oversight-mechanism")
    first = make("meeting", body=board, held_on=DAYS[0])
    make("undertaking", made_at=first, reference="B1")
    assert refs(arising(make("meeting", body=board, held_on=DAYS[1]), PUBLIC)) == ["B1"]


def test_each_says_its_age_its_minute_who_owes_it_and_that_nothing_was_said(year: Year) -> None:
    role = make("role", title="Commissioner")
    year.given(1, reference="U3", title="Get Safe", owner=role, due_as_printed="in June")
    words = said(year.on_agenda(2))
    assert "U3\tGet Safe\t10 weeks ago (70 days), at the meeting of 27 November 2019" in words
    assert ", minute 301\tCommissioner; due: in June\tNo update has been given." in words
    assert "1 of 1 open matters have no update yet." in words


def test_the_last_update_stands_with_its_day_as_it_was_known_at_the_meeting(year: Year) -> None:
    one = year.given(0)
    make("update", parent=one, as_at="2019-10-01", text="Asked.")
    make("update", parent=one, as_at="2019-12-01", text="Answered.")
    make("update", parent=one, as_at="2019-11-20", text="Secret.", status="draft")
    assert "On track as at 1 October 2019: Asked." in said(year.on_agenda(1))
    assert "On track as at 1 December 2019: Answered." in said(year.on_agenda(2))


def closed(year: Year, on: str, at: int | None = None, **values: Any) -> Any:
    where = {"to_report": True} if at is None else {"closed_at": year.minutes[at]}
    done = {"progress": "complete", "closed_on": on, "evidence": "The letter of 6 January."}
    return year.given(0, **done | where | values)


@pytest.mark.parametrize(
    ("on", "at", "states"),
    [
        # At the meeting itself: open on its agenda, gone after it.
        ("2019-11-27", 1, ["open"]),
        # Between meetings, and minuted at the next.
        ("2019-12-20", 2, ["open", "closed"]),
        # Between meetings, and minuted one meeting late.
        ("2019-12-20", 3, ["open", "closed", "closed"]),
        # Not minuted at all: it stays until a minute is named.
        ("2019-12-20", None, ["open", "closed", "closed", "closed"]),
    ],
)
def test_what_is_closed_stays_until_a_minute_says_so(
    year: Year, on: str, at: int | None, states: list[str]
) -> None:
    closed(year, on, at)
    found = [[m.state for m in year.on_agenda(n)] for n in range(1, 5)]
    assert [state for one in found for state in one] == states
    assert all(len(one) <= 1 for one in found)


def test_closed_since_the_last_meeting_says_how_when_and_by_what(year: Year) -> None:
    closed(year, "2019-12-20")
    words = said(year.on_agenda(2))
    assert "Closed since the last meeting: Complete, 20 December 2019; still to be minuted" in words
    assert "The letter of 6 January." in words


def test_a_closing_whose_minute_is_not_public_is_still_to_be_minuted_for_the_public(
    year: Year, chris: Any
) -> None:
    hidden = make("minute", parent=year.meetings[2], number=999, status="draft")
    one = closed(year, "2019-12-20", 2, closed_at=hidden)
    assert refs(year.on_agenda(3)) == [one.reference]
    assert "999" not in said(year.on_agenda(3))
    assert year.on_agenda(3, Scope(chris)) == []


@pytest.mark.parametrize("what", ["undertaking", "minute", "meeting"])
def test_nothing_that_is_not_public_shows(year: Year, chris: Any, what: str) -> None:
    meeting = make("meeting", body=year.body, held_on="2019-10-01", title="Hidden")
    minute = make("minute", parent=meeting, number=777)
    one = make("undertaking", made_at=minute, title="Hidden")
    hidden = {"undertaking": one, "minute": minute, "meeting": meeting}[what]
    operations.withdraw(hidden, by=CHRIS, why="Wrong")
    assert year.on_agenda(2) == []
    if what == "minute":
        assert refs(year.on_agenda(2, Scope(chris))) == [one.reference]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (70, "10 weeks"),
        (729, "104 weeks"),
        (730, "2 years"),
    ],
)
def test_an_age_in_words(days: int, words: str) -> None:
    assert age(days) == words


@pytest.mark.parametrize(
    ("values", "words", "state"),
    [
        ({}, "the panel set no date for one", "open"),
        ({"respond_by": "2020-02-05"}, "Response due by 5 February 2020", "open"),
        ({"respond_by": "2020-02-04"}, "due on 4 February 2020 and has not been", "overdue"),
        (
            {"respond_by": "2020-01-01", "answer": "in_part", "responded_on": "2020-01-02"},
            "Accepted in part on 2 January 2020",
            "open",
        ),
        (
            {"respond_by": "2020-02-20", "answer": "noted", "responded_on": "2020-02-10"},
            "Response due by 20 February 2020",  # not answered yet on the day of the meeting
            "open",
        ),
        ({"due": "2020-01-31"}, "overdue", "overdue"),
    ],
)
def test_a_recommendation_says_what_was_answered(
    year: Year, values: dict[str, Any], words: str, state: str
) -> None:
    response = {"response": "We agree."} if "answer" in values else {}
    year.given(1, kind="recommendation", **values, **response)
    [matter] = found = year.on_agenda(2)
    assert (matter.state, words in said(found)) == (state, True)


@pytest.mark.parametrize("many", [1, 40])
def test_the_queries_do_not_grow_with_what_is_open(
    year: Year, many: int, django_assert_max_num_queries: Any
) -> None:
    values = [{"made_at": year.minutes[n % 2], "owner": year.body} for n in range(many)]
    promises = make_all("undertaking", *values)
    make_all("update", *({"parent": p, "as_at": "2019-12-01"} for p in promises))
    with django_assert_max_num_queries(5):
        assert len(year.on_agenda(2)) == many


# ---- by construction ----

_LIVES = st.lists(
    st.tuples(
        st.integers(0, 4),  # given at
        st.booleans(),  # a recommendation
        st.lists(st.integers(0, 400), max_size=2),  # updates, in days since
        st.none() | st.integers(0, 400),  # closed, in days since it was given
        st.none() | st.integers(0, 4),  # minuted at
    ),
    min_size=1,
    max_size=6,
)


class TestByConstruction(TestCase):
    """Whatever is given, told and closed, over five meetings."""

    @settings(max_examples=8)
    @given(_LIVES)
    def test_all_that_is_open_or_not_minuted_is_on_the_next_agenda_exactly_once(
        self, lives: list[tuple[int, bool, list[int], int | None, int | None]]
    ) -> None:
        year = Year()
        expected: list[set[str]] = [set() for _day in DAYS]
        for nth, (at, is_recommendation, told, after, minuted) in enumerate(lives):
            kind = "recommendation" if is_recommendation else "undertaking"
            values: dict[str, Any] = {"reference": f"{kind}-{nth}", "made_at": year.minutes[at]}
            last = len(DAYS)  # the last agenda that it stands on
            if after is not None:
                on = DAYS[at] + dt.timedelta(days=after)
                values |= {"progress": "complete", "closed_on": on, "evidence": "Seen."}
                if minuted is not None and DAYS[minuted] >= on:
                    values["closed_at"], last = year.minutes[minuted], minuted
                else:
                    values["to_report"] = True
            [promise] = make_all(kind, values)
            days = sorted({DAYS[at] + dt.timedelta(days=n) for n in told})
            make_all("update", *({"parent": promise, "as_at": day} for day in days))
            for of in range(at + 1, len(DAYS)):
                if of <= last:
                    expected[of].add(promise.reference)
        for of, wanted in enumerate(expected):
            found = refs(year.on_agenda(of))
            assert (len(found), set(found)) == (len(wanted), wanted)


def test_the_twelve_of_november_are_all_on_the_agenda_of_february(on_worked_example: None) -> None:
    """The founding pack traced 3 of 12."""
    february = MEETING.all().get(reference="2020-02-05")
    assert sorted(refs(arising(february, PUBLIC))) == sorted(f"U{n}" for n in range(1, 13))
    assert len(kind_named("undertaking").all().filter(made_at__isnull=False)) == 12
