"""The office asks owners by e-mail and sees how far a round is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from peelian.promises import operations as promises
from peelian.promises.kinds import ROUND
from peelian.promises.models import UpdateRound
from peelian.promises.rounds import read_grid
from peelian.record.access import ROLES, may
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC, Scope
from peelian.rounds import inviting
from peelian.rounds.asking import plan_of
from peelian.rounds.forms import RoundForm
from peelian.rounds.models import Contact, Invitation, Link
from peelian.rounds.operations import decline, holder_of, take_answer
from peelian.rounds.standing import standing_of
from tests.makers import PAT, make, make_user
from tests.rounds.invited import APRIL, MARCH, invite_to
from tests.tables import kept_for_a_module

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {"progress": "on_track", "text": "Well.", "release": "public", "way": "link"}


@pytest.fixture(autouse=True)
def _in_march(on_day) -> None:
    on_day("2020-03-20")


@pytest.fixture(scope="module")
def _shared_lines(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    with kept_for_a_module(django_db_blocker):
        yield _lines()


@pytest.fixture
def lines(_shared_lines: dict[str, Any], db: None) -> dict[str, Any]:
    """Two objectives; three lines of Crime, one of Safety by its commitment, one of nobody."""
    return deepcopy(_shared_lines)


def _lines() -> dict[str, Any]:
    plan = make("plan", reference="2016")
    first = make("objective", parent=plan, title="Putting victims first")
    second = make("objective", parent=plan, title="Building a secure area")
    board = make("oversight-mechanism", title="Victims Board")
    crime, safety = make("role", title="Head of Crime"), make("role", title="Head of Safety")
    one = make("commitment", parent=first, owner=safety, overseen_by=[board])
    two = make("commitment", parent=second)
    return {
        "plan": plan,
        "first": first,
        "board": board,
        "crime": crime,
        "safety": safety,
        "a": make("activity", parent=one, owner=crime),
        "b": make("activity", parent=one),
        "c": make("activity", parent=two, owner=crime),
        "d": make("activity", parent=two, owner=crime),
        "e": make("activity", parent=two),
        "done": make("activity", parent=two, owner=crime, progress="complete"),
    }


@pytest.fixture
def round_(lines) -> UpdateRound:
    return promises.open_round(lines["plan"], as_at=MARCH, closes_on=APRIL, by=PAT)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(name: str, round_: UpdateRound) -> str:
    return reverse(f"office-round-{name}", args=[round_.reference])


def addresses(lines, **of) -> dict[str, str]:
    return {f"email-{lines[who].pk}": email for who, email in of.items()}


# ---- opening ----


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_sees_the_pages_its_permissions_say(round_, role) -> None:
    user = make_user("someone", role)
    client = signed_in(user)
    expected = 200 if may(user, "edit", "promises") else 403
    for address in (reverse("office-round-open"), page("ask", round_), page("answers", round_)):
        assert client.get(address).status_code == expected, address
    assert client.post(page("ask", round_), {"step": "send"}).status_code in (302, 403)
    assert Client().get(page("ask", round_)).status_code == 302


def test_opening_a_round_shows_what_is_asked_of_whom_and_writes_to_nobody(lines, pat) -> None:
    typed = {
        "plan": lines["plan"].pk,
        "every": "quarter",
        "as_at": "31/3/2020",
        "closes_on": "14/4/2020",
    }
    client = signed_in(pat)
    answer = client.post(reverse("office-round-open"), typed, follow=True)
    assert answer.redirect_chain[-1][0] == "/office/rounds/2016-2020-03-31/ask/"
    said = answer.content.decode()
    assert "5 lines" not in said  # one of them names no owner
    assert "4 lines, 2 owners" in said
    assert "1 line names no owner" in said
    assert "2 owners have no address yet." in said
    assert mail.outbox == []
    assert not PUBLIC.of(ROUND).exists()
    again = client.post(reverse("office-round-open"), typed)
    assert (again.status_code, "Error:" in again.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("narrowed", "asked"),
    [
        ({}, "abcde"),
        ({"objective": "first"}, "ab"),
        ({"asked_of": "crime"}, "acd"),
        ({"asked_of": "safety"}, "b"),
        ({"board": "board"}, "ab"),
        ({"board": "board", "asked_of": "crime"}, "a"),
    ],
)
def test_a_round_asks_only_for_its_part_of_the_plan(lines, narrowed, asked) -> None:
    scope = {name: lines[of] for name, of in narrowed.items()}
    made = promises.open_round(lines["plan"], as_at=MARCH, closes_on=APRIL, by=PAT, **scope)
    rows = [row.promise for row in read_grid(made, Scope(PAT)).rows if row.is_asked]
    assert rows == [lines[name] for name in asked]


def test_parts_of_a_plan_may_be_asked_for_on_the_same_day_but_no_part_twice(lines) -> None:
    days: dict[str, Any] = {"as_at": MARCH, "closes_on": APRIL, "by": PAT}
    promises.open_round(lines["plan"], **days)
    promises.open_round(lines["plan"], objective=lines["first"], **days)
    with pytest.raises(Invalid):
        promises.open_round(lines["plan"], objective=lines["first"], **days)


def test_an_objective_of_another_plan_is_refused(lines) -> None:
    other = make("objective")
    typed = {"plan": lines["plan"].pk, "objective": other.pk, "every": "month"}
    form = RoundForm(Scope(PAT), typed | {"as_at": "2020-03-31", "closes_on": "2020-04-14"})
    assert list(form.errors) == ["objective"]


@pytest.mark.parametrize(
    ("every", "as_at", "then"),
    [
        ("month", dt.date(2020, 1, 31), dt.date(2020, 2, 29)),
        ("month", dt.date(2020, 11, 30), dt.date(2020, 12, 31)),
        ("quarter", dt.date(2019, 12, 31), dt.date(2020, 3, 31)),
        ("quarter", dt.date(2020, 6, 30), dt.date(2020, 9, 30)),
        ("quarter", dt.date(2020, 9, 30), dt.date(2020, 12, 31)),
    ],
)
def test_the_next_round_begins_with_the_scope_of_the_last_and_its_day(
    lines, every, as_at, then
) -> None:
    before = promises.open_round(
        lines["plan"],
        as_at=as_at,
        closes_on=as_at,
        every=every,
        objective=lines["first"],
        by=PAT,
    )
    offered = RoundForm(Scope(PAT), before=before).initial
    assert (offered["as_at"], offered["objective"]) == (then, lines["first"].pk)


# ---- asking ----


def test_each_owner_gets_one_message_with_all_their_lines(lines, round_, pat) -> None:
    client = signed_in(pat)
    typed = addresses(lines, crime="crime@force.example", safety="safety@force.example")
    answer = client.post(page("ask", round_), typed | {"step": "send"}, follow=True)
    assert "2 owners have been written to." in answer.content.decode()
    letters = {m.to[0]: m.body for m in mail.outbox}
    assert sorted(letters) == ["crime@force.example", "safety@force.example"]
    crime = letters["crime@force.example"]
    assert all(lines[x].title in crime for x in "acd")
    assert lines["b"].title not in crime.replace(lines["a"].title, "")
    assert lines["done"].title not in crime
    assert "/answer/" in crime
    # Pressed again, nobody is written to twice; a new line is.
    client.post(page("ask", round_), {"step": "send"})
    assert len(mail.outbox) == 2
    make("activity", parent=lines["c"].parent, owner=lines["crime"], title="Came later")
    client.post(page("ask", round_), {"step": "send"})
    assert [m.to[0] for m in mail.outbox[2:]] == ["crime@force.example"]
    assert "Came later" in mail.outbox[-1].body


def test_addresses_are_kept_all_or_none_and_known_in_the_next_round(lines, round_, pat) -> None:
    client = signed_in(pat)
    typed = addresses(lines, crime="crime@force.example", safety="nonsense")
    answer = client.post(page("ask", round_), typed | {"step": "send"})
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "Head of Safety: “nonsense” is no e-mail address" in said
    assert 'value="crime@force.example"' in said  # what was typed is still there
    assert (Contact.objects.count(), len(mail.outbox)) == (0, 0)
    typed = addresses(lines, crime="crime@force.example")
    client.post(page("ask", round_), typed | {"step": "keep"})
    assert mail.outbox == []
    later = promises.open_round(lines["plan"], as_at=APRIL, closes_on=APRIL, by=PAT)
    assert 'value="crime@force.example"' in client.get(page("ask", later)).content.decode()
    client.post(page("ask", later), addresses(lines, crime="") | {"step": "keep"})
    assert not Contact.objects.exists()


def test_an_owner_asked_at_the_wrong_address_is_asked_again_at_the_right_one(
    lines, round_, pat
) -> None:
    client = signed_in(pat)
    for email in ("wrong@force.example", "right@force.example"):
        client.post(page("ask", round_), addresses(lines, crime=email) | {"step": "send"})
    wrong, right = (m.body.partition("/answer/")[2].split()[0] for m in mail.outbox)
    assert [m.to[0] for m in mail.outbox] == ["wrong@force.example", "right@force.example"]
    assert Client().get(f"/answer/{wrong}").status_code == 404
    assert Client().get(f"/answer/{right}").status_code == 200


def test_a_mail_that_did_not_leave_is_told_and_tried_again(
    lines, round_, pat, monkeypatch, settings
) -> None:
    client = signed_in(pat)
    typed = addresses(lines, crime="crime@force.example") | {"step": "send"}
    from peelian.rounds import letters

    def refuse(*args: Any) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr(letters, "send", refuse)
        answer = client.post(page("ask", round_), typed, follow=True)
    assert "The mail to crime@force.example did not leave." in answer.content.decode()
    client.post(page("ask", round_), {"step": "send"})
    assert [m.to[0] for m in mail.outbox] == ["crime@force.example"]
    assert Invitation.objects.get().sent_at


def test_a_round_that_asks_for_nothing_says_so(pat) -> None:
    made = promises.open_round(make("plan"), as_at=MARCH, closes_on=APRIL, by=PAT)
    assert "nobody to ask" in signed_in(pat).get(page("ask", made)).content.decode()
    assert "0 of 0 lines in" in signed_in(pat).get(page("answers", made)).content.decode()


# ---- following up ----


def test_how_far_a_round_is_by_owner_board_and_objective(lines, round_, on_day) -> None:
    crime = invite_to(round_, *(lines[x] for x in "acd"))
    safety = invite_to(round_, lines["b"], owner=lines["safety"], email="s@force.example")
    take_answer(crime, lines["a"], **SAID, version=None, by=holder_of(crime))
    decline(safety, lines["b"], reason="Not ours.", way="link", by=holder_of(safety))
    on_day("2020-04-20")  # it closed on the 14th
    take_answer(crime, lines["c"], **SAID, version=None, by=holder_of(crime))
    standing = standing_of(round_, Scope(PAT))
    counts = {
        table: {c.title: (c.asked, c.came_in, c.in_time, c.open) for c in rows}
        for table, rows in (
            ("owner", standing.by_owner),
            ("board", standing.by_board),
            ("objective", standing.by_objective),
        )
    }
    assert counts == {
        "owner": {
            "Head of Crime": (3, 2, 1, 1),
            "Head of Safety": (1, 1, 1, 0),
            "Nobody yet": (1, 0, 0, 1),
        },
        "board": {"Victims Board": (2, 2, 2, 0), "No board named": (3, 1, 0, 2)},
        "objective": {
            "Putting victims first": (2, 2, 2, 0),
            "Building a secure area": (3, 1, 0, 2),
        },
    }
    assert (standing.whole.came_in, standing.whole.in_time_share) == (3, 40)
    assert [(row.promise, answer.reason) for row, answer in standing.declined] == [
        (lines["b"], "Not ours.")
    ]


def test_the_officer_writes_again_closes_a_link_and_lets_it_live_longer(lines, round_, pat) -> None:
    invitation = invite_to(round_, lines["a"])
    client = signed_in(pat)

    def press(step: str) -> str:
        typed = {"invitation": invitation.pk, "step": step}
        return client.post(page("answers", round_), typed, follow=True).content.decode()

    assert "alex@force.example has been written to again." in press("again")
    link = mail.outbox[0].body.partition("/answer/")[2].split()[0]
    assert Client().get(f"/answer/{link}").status_code == 200
    assert "The links of alex@force.example are closed." in press("revoke")
    assert Client().get(f"/answer/{link}").status_code == 404
    assert "is closed" in press("again")
    until = Invitation.objects.get().expires_at
    press("extend")
    invitation = Invitation.objects.get()
    assert invitation.expires_at - until == dt.timedelta(days=inviting.LONGER)
    assert (invitation.by, invitation.is_open) == ("pat", True)
    assert Client().get(f"/answer/{link}").status_code == 200
    assert Link.objects.count() == 1


def test_an_invitation_of_another_round_is_not_touched(lines, round_, pat) -> None:
    other = promises.open_round(lines["plan"], as_at=APRIL, closes_on=APRIL, by=PAT)
    invitation = invite_to(other, lines["a"])
    typed = {"invitation": invitation.pk, "step": "revoke"}
    assert signed_in(pat).post(page("answers", round_), typed).status_code == 302
    assert Invitation.objects.get().revoked_at is None


def test_what_is_asked_asks_the_database_as_often_for_many_lines(
    lines, round_, pat, django_assert_max_num_queries
) -> None:
    for _n in range(5):
        made = make("activity", parent=lines["c"].parent, owner=make("role"))
        invite_to(round_, made, owner=made.owner, email="x@force.example")
    with django_assert_max_num_queries(12):
        plan_of(round_, Scope(PAT))
    with django_assert_max_num_queries(12):
        standing_of(round_, Scope(PAT))


def test_a_link_lives_as_many_days_after_the_round_as_the_office_says(
    lines, round_, settings
) -> None:
    settings.OFFICE = settings.OFFICE | {"round_link_days": "3"}
    inviting.keep_contact(lines["crime"], email="c@force.example", name="", by=PAT)
    inviting.ask_owners(round_, plan_of(round_, Scope(PAT)).asked, by=PAT)
    last = Invitation.objects.get().expires_at
    assert last.date() == APRIL + dt.timedelta(days=3)  # until the end of that day, in London
