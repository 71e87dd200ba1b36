"""What the checks find of who sits on a body, and what they leave alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.checks import findings as checks
from peelian.people.models import Membership
from peelian.record.querysets import write_path
from peelian.record.scope import PUBLIC
from tests.makers import amend, approve_change, make, make_all

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 2, 5)


def found(name: str, day: dt.date = DAY) -> list[str]:
    return [finding.found for finding in checks.run(PUBLIC, day, only=[name])]


def panel(**values: Any) -> tuple[Any, Any]:
    body = make("body", **{"title": "Northshire Panel", "form": "panel"} | values)
    return body, make("role", title="Member", body=body, standing="member")


def sits(name: str, role: Any, **values: Any) -> Any:
    title = f"{name}, {role.title}"
    return make("membership", title=title, person=make("person"), role=role, **values)


def test_what_is_as_it_should_be_is_left_alone() -> None:
    council = make("body", form="council")
    body, role = panel()
    for nth in range(20):
        seat = make("seat", body=body, basis="nominated", nominated_by=council)
        sits(f"M{nth}", role, seat=seat, term_ends_on=DAY + dt.timedelta(days=61))
    names = ("held-twice", "too-many-members", "authority-without-member", "term-ends")
    assert [said for name in names for said in found(name)] == []


def test_a_role_that_became_a_members_counts_somebody_twice() -> None:
    body, role = panel()
    quiet = make("role", title="Substitute", body=body, standing="none")
    ann = make("person", title="Ann")
    make_all(
        "membership",
        {"reference": "a", "title": "Ann, Member", "person": ann, "role": role},
        {"reference": "b", "title": "Ann, Substitute", "person": ann, "role": quiet},
    )
    assert found("held-twice") == []
    amend(quiet, standing="member")
    approve_change(quiet)
    assert found("held-twice") == ["Ann, Member and Ann, Substitute are one person."]


def test_two_in_one_seat_are_found_however_they_came_there() -> None:
    body, role = panel()
    seat = make("seat", body=body)
    sits("Ann", role, seat=seat, ends_on="2020-01-31")
    other = sits("Bob", role, ends_on="2020-06-30", starts_on="2020-02-01")
    with write_path():  # as two who save at the same moment would leave it
        one = Membership.objects.get(pk=other.pk)
        one.seat_id, one.starts_on = seat.pk, dt.date(2020, 1, 31)
        one.save()
    assert found("held-twice") == ["Ann, Member and Bob, Member hold one seat at once."]


def test_a_panel_of_more_than_twenty_is_found_on_the_days_it_is() -> None:
    _body, role = panel()
    for nth in range(20):
        sits(f"M{nth}", role)
    sits("The last", role, starts_on="2020-02-05", ends_on="2020-02-06")
    days = [DAY + dt.timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [len(found("too-many-members", day)) for day in days] == [0, 1, 1, 0]
    assert found("too-many-members") == ["It has 21 members."]


def test_a_board_may_have_as_many_as_it_likes() -> None:
    _body, role = panel(form="board")
    for nth in range(21):
        sits(f"M{nth}", role)
    assert found("too-many-members") == []


def test_an_authority_without_a_member_is_found_only_where_every_members_is_known() -> None:
    area = make("area")
    body, role = panel(area=area)
    east, west = (make("body", title=name, form="council", area=area) for name in ("East", "West"))
    sits("Ann", role, seat=make("seat", body=body, basis="nominated", nominated_by=east))
    sits("Lay", role, seat=make("seat", body=body, basis="co_opted_independent"))
    assert found("authority-without-member") == ["West has no member."]
    unknown = sits("Bob", role, ends_on="2020-02-05")
    assert found("authority-without-member") == []
    after = DAY + dt.timedelta(days=1)
    assert found("authority-without-member", after) == ["West has no member."]
    assert unknown.seat_id is None
    sits("Cat", role, seat=make("seat", body=body, nominated_by=west))
    assert found("authority-without-member", after) == []


@pytest.mark.parametrize(
    ("ends", "told", "grave"),
    [
        ("2020-04-05", "the term ends on 5 April 2020.", "notice"),
        ("2020-04-06", None, None),
        ("2020-02-05", "the term ends on 5 February 2020.", "notice"),
        ("2020-02-04", "the term ended on 4 February 2020.", "warning"),
    ],
)
def test_a_term_that_runs_out_is_told_sixty_days_before(
    ends: str, told: str | None, grave: str | None
) -> None:
    _body, role = panel()
    sits("Ann", role, term_ends_on=ends)
    sits("Gone", role, term_ends_on=ends, ends_on="2020-02-04")
    said = [(f.found, f.severity) for f in checks.run(PUBLIC, DAY, only=["term-ends"])]
    assert said == ([(f"Ann, Member: {told}", grave)] if told else [])
