"""A panel's meeting: its members that day, who could vote, and a substitute who is a member."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.checks import findings as checks
from peelian.meetings.kinds import MEETING
from peelian.people.kinds import PERSON
from peelian.record.scope import PUBLIC
from tests.makers import make
from tests.reading import read

DAY = dt.date(2020, 2, 5)


@pytest.fixture
def meeting(db: None) -> Any:
    """A meeting of a panel of three, Ann, Bob and Cat; Dan is a substitute."""
    body = make("body", reference="panel", form="panel")
    role = make("role", title="Member", body=body, standing="member")
    for name in ("Ann", "Bob", "Cat"):
        person = make("person", reference=name.lower(), title=name)
        make("membership", title=f"{name}, Member", person=person, role=role)
    make("person", reference="dan", title="Dan")
    return make("meeting", title="Panel meeting", body=body, held_on=DAY)


def came(meeting: Any, name: str, capacity: str, place: str = "") -> Any:
    people = {person.reference: person for person in PERSON.all()}
    values = {"for_person": people[place]} if place else {}
    return make(
        "attendance", title=name.title(), parent=meeting, person=people[name], capacity=capacity,
        **values,
    )  # fmt: skip


def words(meeting: Any) -> str:
    page = read(meeting.get_absolute_url())
    assert page.queries <= 12
    return page.words.partition("Members and votes")[2]


def test_members_and_substitutes_who_were_there_could_vote(meeting: Any) -> None:
    came(meeting, "ann", "present")
    came(meeting, "dan", "present")
    came(meeting, "dan", "substitute", "bob")
    came(meeting, "cat", "apologies")
    said = words(meeting)
    assert (
        "On 5 February 2020 the panel had 3 members. Two-thirds of all members is 2 votes." in said
    )
    assert "2 who could vote were there, substitutes included." in said
    assert "impossible" not in said


def test_too_few_for_a_veto_is_told(meeting: Any) -> None:
    came(meeting, "ann", "present")
    came(meeting, "dan", "present")  # stands in for nobody
    said = words(meeting)
    assert "1 who could vote was there" in said
    assert "A veto needs 2 votes, two-thirds of all 3 members: it is impossible." in said


def test_before_anybody_came_there_is_no_warning(meeting: Any) -> None:
    said = words(meeting)
    assert "Two-thirds of all members is 2 votes." in said
    assert "could vote" not in said
    assert "impossible" not in said


@pytest.mark.parametrize("form", ["board", "committee", "force"])
def test_a_meeting_of_another_body_has_no_such_part(db: None, form: str) -> None:
    body = make("body", form=form)
    role = make("role", body=body, standing="member")
    make("membership", person=make("person"), role=role)
    assert words(make("meeting", body=body)) == ""


def test_a_meeting_of_an_oversight_mechanism_or_a_panel_without_members_has_none(
    db: None,
) -> None:
    for body in (make("oversight-mechanism"), make("body", form="panel")):
        assert words(make("meeting", body=body)) == ""


def test_a_substitute_who_is_a_member_is_found(meeting: Any) -> None:
    came(meeting, "dan", "substitute", "bob")
    assert checks.run(PUBLIC, DAY, only=["substitute-is-member"]) == []
    wrong = came(meeting, "ann", "substitute", "cat")
    [finding] = checks.run(PUBLIC, DAY, only=["substitute-is-member"])
    assert finding.record == wrong
    assert finding.found == ("Ann sat as a substitute and was a member on that day (Ann, Member).")


@pytest.mark.usefixtures("on_worked_example")
def test_thirteen_could_vote_at_the_founding_meeting_and_ten_were_needed() -> None:
    said = words(MEETING.all().get(reference="2019-11-27"))
    assert "the panel had 15 members. Two-thirds of all members is 10 votes." in said
    assert "13 who could vote were there" in said
    assert checks.run(PUBLIC, DAY, only=["substitute-is-member", "held-twice"]) == []
