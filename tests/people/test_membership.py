"""Who sits on a body on any day, and what cannot be: seats, vacancies, standing, days."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from peelian.intake.tables import Rejected
from peelian.law.majority import two_thirds
from peelian.people.kinds import PERSON, ROLE
from peelian.people.membership import Roll, Sitting, roll_of, veto_out_of_reach
from peelian.people.models import Body, Membership, Seat
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.errors import Invalid
from peelian.record.load import load_file
from peelian.record.models import Status
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, amend, make, make_all

DAY = dt.date(2020, 2, 5)
_SEATS = count(1)


@pytest.fixture
def panel(db: None) -> Any:
    """A panel whose roles are a chair, a member, and a substitute without a vote."""
    body = make("body", reference="panel", title="Northshire Panel", form="panel")
    for name, standing in (("chair", "chair"), ("member", "member"), ("substitute", "none")):
        make("role", reference=name, title=name.title(), body=body, standing=standing)
    return body


def seat(panel: Any, **values: Any) -> Any:
    return make("seat", reference=f"s{next(_SEATS)}", **{"body": panel} | values)


def sits(person: str, role: str = "member", **values: Any) -> Any:
    """Return the membership of somebody by name in a role by its reference."""
    known = PERSON.all().filter(title=person).first() or make("person", title=person)
    office = ROLE.all().get(reference=role)
    return make(
        "membership", **{"title": f"{person}, {office.title}"} | values, person=known, role=office
    )


def names(sittings: list[Sitting]) -> list[str]:
    return [s.name for s in sittings]


# ---- who sits on a day ----


def test_members_vacancies_and_two_thirds_follow_from_the_day(panel: Any) -> None:
    council = make("body", title="Northshire Council", form="council")
    first, second = seat(panel, nominated_by=council, starts_on="2019-05-01"), seat(panel)
    sits("Ann", seat=first, starts_on="2019-05-01", ends_on="2019-12-31", party="Red")
    sits("Bob", seat=first, starts_on="2020-01-15")
    sits("Cat", "chair", seat=second)
    sits("Dan", "substitute")
    roll = roll_of(panel, PUBLIC)
    for day, members, vacant in (
        ("2019-04-30", ["Cat"], 0),
        ("2019-05-01", ["Cat", "Ann"], 0),
        ("2019-12-31", ["Cat", "Ann"], 0),
        ("2020-01-01", ["Cat"], 1),
        ("2020-01-15", ["Cat", "Bob"], 0),
    ):
        on = dt.date.fromisoformat(day)
        assert names(roll.members(on)) == members
        assert len(roll.vacancies(on)) == vacant
        assert roll.two_thirds(on) == two_thirds(len(members))
        assert names(roll.others(on)) == ["Dan"]
    [vacancy] = roll.vacancies(dt.date(2020, 1, 3))
    assert (vacancy.seat, vacancy.since) == (first, dt.date(2020, 1, 1))
    assert vacancy.authority is not None
    assert vacancy.authority.title == "Northshire Council"
    assert names(roll.past(DAY)) == ["Ann"]


def test_a_roll_takes_three_queries_however_long(panel: Any) -> None:
    for nth in range(12):
        sits(f"Member {nth}", seat=seat(panel))
    with CaptureQueriesContext(connection) as asked:
        roll = roll_of(panel, PUBLIC)
        assert len(roll.members(DAY)) == 12
        assert roll.vacancies(DAY) == roll.past(DAY) == []
    assert len(asked) == 3


def test_a_withdrawn_membership_counts_for_nobody_and_a_draft_for_the_office_alone(
    panel: Any,
) -> None:
    gone = sits("Ann", seat=seat(panel))
    sits("Bob", status=Status.DRAFT)
    operations.withdraw(gone, by=CHRIS, why="Made in error")
    office = roll_of(panel, Scope(CHRIS))
    assert names(office.members(DAY)) == ["Bob"]
    assert len(office.vacancies(DAY)) == 1
    assert roll_of(panel, PUBLIC).members(DAY) == []
    sits("Cat", seat=Seat.objects.get())  # the seat of a withdrawn membership is free


def test_a_member_whose_name_is_not_public_is_counted_without_it(panel: Any) -> None:
    hidden = make("person", title="Secret Zq", status=Status.DRAFT)
    role = make("role", body=panel, standing="member")
    make("membership", person=hidden, role=role, title="A member")
    assert names(roll_of(panel, PUBLIC).members(DAY)) == ["Name not published"]
    assert names(roll_of(panel, Scope(CHRIS)).members(DAY)) == ["Secret Zq"]


@pytest.mark.parametrize(
    ("members", "can_vote", "warned"),
    [(15, 13, False), (15, 10, False), (15, 9, True), (14, 9, True), (13, 9, False), (0, 0, False)],
)
def test_too_few_present_for_a_veto_is_told(members: int, can_vote: int, warned: bool) -> None:
    said = veto_out_of_reach(members, can_vote)
    assert bool(said) == warned
    if warned:
        assert said == (
            f"{can_vote} who can vote are present. A veto needs 10 votes, two-thirds of all"
            f" {members} members: it is impossible."
        )


# ---- and a slow count agrees ----

DAYS = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(12)]
_days = st.tuples(st.none() | st.integers(0, 11), st.none() | st.integers(0, 11)).filter(
    lambda pair: None in pair or pair[0] <= pair[1]
)


def _span(pair: tuple[int | None, int | None]) -> dict[str, Any]:
    first, last = pair
    return {
        "starts_on": None if first is None else DAYS[first],
        "ends_on": None if last is None else DAYS[last],
    }


def _covers(pair: tuple[int | None, int | None], day: int) -> bool:
    """The slow way: walk from the first day to the last, and see whether the day comes by."""
    first = 0 if pair[0] is None else pair[0]
    last = 11 if pair[1] is None else pair[1]
    return day in list(range(first, last + 1))


@settings(max_examples=150)
@given(
    st.lists(_days, min_size=1, max_size=4),
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.booleans(), _days), max_size=9
    ),
)  # fmt: skip
def test_members_and_vacancies_agree_with_a_count_day_by_day(
    seats: list[Any], held: list[Any]
) -> None:
    """Without a database: the roll alone, with any overlap, as a race could leave it."""
    made = tuple(Seat(pk=n, **_span(days)) for n, days in enumerate(seats))
    sittings = tuple(
        Sitting(
            Membership(pk=n, person_id=person, seat_id=place or None, **_span(days)),
            "member" if votes else "none", None, None, None, None,
        )
        for n, (person, place, votes, days) in enumerate(held)
    )  # fmt: skip
    roll = Roll(Body(form="panel"), sittings, made, {})
    for number, day in enumerate(DAYS):
        voting = [(p, place) for p, place, v, days in held if v and _covers(days, number)]
        people = {person for person, _seat in voting}
        empty = {
            n for n, days in enumerate(seats)
            if _covers(days, number) and n not in {place or None for _p, place in voting}
        }  # fmt: skip
        assert {s.membership.person_id for s in roll.members(day)} == people
        assert len(roll.members(day)) == len(people)
        assert {v.seat.pk for v in roll.vacancies(day)} == empty
        assert roll.two_thirds(day) == next(n for n in range(99) if 3 * n >= 2 * len(people))


@pytest.mark.django_db
@settings(max_examples=8)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), _days), min_size=2, max_size=6))
def test_what_would_count_twice_is_refused_and_nothing_else_is(held: list[Any]) -> None:
    body = make("body", form="panel")
    role = make("role", body=body, standing="member")
    seats, people = [seat(body) for _n in "ab"], [make("person") for _n in "abc"]
    taken: list[Any] = []
    for nth, (person, place, days) in enumerate(held):
        clash = any(
            (person == p or place == s)
            and any(_covers(days, day) and _covers(other, day) for day in range(12))
            for p, s, other in taken
        )
        values = {"person": people[person], "role": role, "seat": seats[place], **_span(days)}
        try:
            make_all("membership", values | {"reference": f"m{nth}-{role.pk}", "title": "M"})
        except Invalid:
            assert clash
        else:
            assert not clash
            taken.append((person, place, days))


# ---- what cannot be ----


def refused(**values: Any) -> str:
    with pytest.raises(Invalid) as error:
        sits(values.pop("who", "Zoe"), **values)
    return " ".join(said for some in error.value.errors.values() for said in some)


def test_a_seat_is_not_held_by_two_at_once(panel: Any) -> None:
    place = seat(panel)
    sits("Ann", seat=place, starts_on="2019-05-01", ends_on="2020-02-05")
    assert refused(seat=place, starts_on="2020-02-05") == (
        "“Ann, Member” holds this seat from 1 May 2019 to 5 February 2020. End that the day before."
    )
    sits("Zoe", seat=place, starts_on="2020-02-06")


def test_a_person_is_a_member_of_a_body_once(panel: Any) -> None:
    sits("Ann", ends_on="2020-02-05")
    assert refused(who="Ann", role="chair", starts_on="2020-02-05") == (
        "“Ann, Member” is a membership of the same body until 5 February 2020, and counts once."
        " End it the day before."
    )
    sits("Ann", "chair", starts_on="2020-02-06")
    sits("Ann", "substitute")  # no member, so nothing counts twice
    other = make("role", reference="elsewhere", standing="member")
    assert other.body_id != panel.pk
    sits("Ann", "elsewhere")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({}, "There is such a seat from 1 May 2019 to 5 February 2020 only."),
        ({"starts_on": "2019-04-30", "ends_on": "2020-01-01"}, "There is such a seat"),
        ({"starts_on": "2019-05-01", "ends_on": "2020-02-06"}, "There is such a seat"),
    ],
)
def test_a_membership_lies_within_the_days_of_its_seat(
    panel: Any, days: dict[str, Any], told: str
) -> None:
    place = seat(panel, starts_on="2019-05-01", ends_on="2020-02-05")
    assert refused(seat=place, **days).startswith(told)
    sits("Ann", seat=place, starts_on="2019-05-01", ends_on="2020-02-05")
    with pytest.raises(Invalid, match="holds this seat"):
        amend(place, ends_on=dt.date(2020, 2, 4))


def test_only_a_member_holds_a_seat_and_one_of_the_same_body(panel: Any) -> None:
    assert refused(role="substitute", seat=seat(panel)).startswith("Only a member holds a seat")
    other = seat(make("body", title="Other panel"))
    assert refused(seat=other) == "This seat is of another body than the role."


def test_a_seat_that_is_held_does_not_move_to_another_body(panel: Any) -> None:
    place = seat(panel)
    sits("Ann", seat=place)
    with pytest.raises(Invalid) as error:
        amend(place, body=make("body", title="Other panel"))
    assert error.value.errors["body"] == ["“Ann, Member” holds this seat, on another body."]


@pytest.mark.parametrize("column", ["ends_on", "term_ends_on"])
def test_a_membership_ends_after_it_starts(panel: Any, column: str) -> None:
    assert "The last day must not be before the first." in refused(
        starts_on="2020-02-05", **{column: "2020-02-04"}
    )


def test_a_task_group_is_part_of_its_panel_and_counts_apart(panel: Any) -> None:
    group = make("body", title="Precept Task Group", form="task_group", parent=panel)
    make("role", reference="group-member", body=group, standing="member")
    sits("Ann")
    sits("Ann", "group-member")
    assert len(roll_of(panel, PUBLIC).members(DAY)) == 1
    assert names(roll_of(group, PUBLIC).members(DAY)) == ["Ann"]


# ---- files ----


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("seats", "reference,title,body,basis\ns,S,panel,elected\n", ["row 2", "basis", "elected"]),
        ("seats", "reference,title,body\ns,S,nobody\n", ["row 2", "body", "nobody"]),
        (
            "seats",
            "reference,title,body,starts_on\ns,S,panel,5.13.2020\n",
            ["row 2", "starts_on", "5.13.2020", "a date like 2020-02-05"],
        ),
        ("roles", "reference,title,body,standing\nr,R,panel,boss\n", ["row 2", "standing", "boss"]),
        ("memberships", "person,role,seat\nann,member,none\n", ["row 2", "seat", "none"]),
        (
            "memberships",
            "person,role,seat,starts_on\nann,member,one,\nbob,member,one,\n",
            ["row 3", "seat", "one", "holds this seat"],
        ),
        ("memberships", "person,role,chair\nann,member,yes\n", ["row 1", "chair"]),
    ],
)
def test_a_file_that_is_wrong_is_told_by_row_and_column_and_nothing_is_kept(
    panel: Any, tmp_path: Any, name: str, text: str, told: list[str]
) -> None:
    for person in ("ann", "bob"):
        make("person", reference=person, title=person.title())
    make("seat", reference="one", title="One", body=panel)
    before = Membership.objects.count() + Seat.objects.count()
    file = tmp_path / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as error:
        load_file(file, by=Command("load"))
    said = str(error.value)
    assert [part for part in (f"{name}.csv", *told) if part not in said] == []
    assert Membership.objects.count() + Seat.objects.count() == before
