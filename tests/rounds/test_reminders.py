"""Reminders of a round: by rule, to whom, and never the same twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from peelian.cli import main
from peelian.people.models import User
from peelian.rounds import letters, reminders
from peelian.rounds.links import forget_knocks, too_many
from peelian.rounds.models import Answer, Invitation, Knock, Reminded
from peelian.rounds.operations import holder_of, take_answer
from tests.makers import make_user
from tests.rounds.invited import an_invitation

pytestmark = pytest.mark.django_db

CLOSES = dt.date(2020, 4, 14)
LONG_AGO = dt.datetime(2020, 3, 20, 9, tzinfo=dt.UTC)
SAID: dict[str, Any] = {"progress": "on_track", "text": "Well.", "release": "public", "way": "link"}


@pytest.fixture
def asked(on_day):
    on_day("2020-03-20")
    return an_invitation(sent_at=LONG_AGO, expires_at=LONG_AGO + dt.timedelta(days=60))


def on(on_day, days: int, **options: Any) -> reminders.Outcome:
    """Return what a run does so many days after the round closed."""
    on_day(str(CLOSES + dt.timedelta(days=days)))
    return reminders.remind(**options)


@pytest.mark.parametrize(
    ("day", "told"), [(-8, 0), (-7, 1), (-6, 1), (-1, 1), (0, 1), (1, 1), (3, 1), (30, 1), (61, 0)]
)
def test_an_owner_is_told_of_the_last_step_that_has_come(asked, on_day, day, told) -> None:
    assert len(on(on_day, day).reminded) == told
    assert len(on(on_day, day).reminded) == 0  # the same day again
    assert len(mail.outbox) == told


def test_an_owner_who_says_nothing_is_reminded_before_before_and_after(asked, on_day) -> None:
    days = [day for day in range(-10, 11) if on(on_day, day).reminded]
    assert days == [-7, -1, 1]
    _invitation, activity = asked
    assert all(activity.title in m.body and "/answer/" in m.body for m in mail.outbox)
    assert "still welcome" in mail.outbox[-1].body


def test_whoever_has_answered_or_was_asked_only_now_is_left_in_peace(asked, on_day) -> None:
    invitation, activity = asked
    Invitation.objects.update(sent_at=dt.datetime(2020, 4, 8, 9, tzinfo=dt.UTC))
    assert on(on_day, -6).reminded == []  # asked on that day, after the first step
    on_day("2020-04-09")
    take_answer(invitation, activity, **SAID, version=None, by=holder_of(invitation))
    assert on(on_day, 1).reminded == []
    assert Answer.objects.exists()


@pytest.mark.parametrize("ended", [{"revoked_at": LONG_AGO}, {"expires_at": LONG_AGO}])
def test_whose_link_has_ended_is_not_reminded(asked, on_day, ended) -> None:
    Invitation.objects.update(**ended)
    assert on(on_day, 1).reminded == []


def test_the_office_is_told_once_of_what_stays_open(asked, on_day) -> None:
    for name, role in (("pat", "policy_officer"), ("chris", "chief_executive"), ("ro", "reader")):
        make_user(name, role)
    User.objects.update(email="")
    assert on(on_day, 5).nobody == ["Updates as at 31 March 2020"]
    for user in User.objects.all():
        user.email = f"{user.username}@office.example"
        user.save()
    days = {day: on(on_day, day).escalated for day in (4, 5, 6, 9)}
    assert days[4] == []
    assert sorted(days[5]) == ["chris@office.example", "pat@office.example"]
    assert days[6] == days[9] == []
    told = [m.body for m in mail.outbox if m.to == ["pat@office.example"]]
    assert len(told) == 1
    assert "Head of Crime, Alex Reed (alex@force.example): 1 line of 1 open" in told[0]


def test_a_trial_run_sends_and_keeps_nothing(asked, on_day) -> None:
    make_user("pat", "policy_officer")
    User.objects.update(email="pat@office.example")
    outcome = on(on_day, 6, dry_run=True)
    assert outcome.reminded == ["alex@force.example"]
    assert outcome.escalated == ["pat@office.example"]
    assert mail.outbox == []
    assert not Reminded.objects.exists()


def test_what_did_not_leave_is_tried_again(asked, on_day, monkeypatch) -> None:
    def refuse(*args: Any) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr(letters, "send", refuse)
        outcome = on(on_day, -7)
    assert (outcome.reminded, outcome.failed) == ([], ["alex@force.example: no route"])
    assert on(on_day, -7).reminded == ["alex@force.example"]


def test_what_another_run_is_sending_is_not_sent_twice(asked, on_day) -> None:
    invitation, _activity = asked
    Reminded.objects.create(
        round=invitation.round,
        email=invitation.email,
        key=f"invitation/{invitation.pk}/-7",
        state="sending",
    )
    outcome = on(on_day, -7)
    assert (outcome.reminded, outcome.unsure) == ([], 1)


@pytest.mark.parametrize("days", ["seven", "-7; 1", "4000"])
def test_days_that_are_none_are_named(settings, days) -> None:
    settings.OFFICE = settings.OFFICE | {"round_remind_days": days}
    with pytest.raises(ImproperlyConfigured, match="PEELIAN_ROUND_REMIND_DAYS: found"):
        reminders.remind()


def test_addresses_are_forgotten_a_year_after_the_link_ran_out(asked, on_day) -> None:
    on_day("2021-05-01")
    reminders.remind()
    assert Invitation.objects.exists()
    on_day("2021-06-01")
    reminders.remind()
    assert not Invitation.objects.exists()


def test_what_was_counted_is_forgotten_after_a_day() -> None:
    too_many("somebody", ())
    Knock.objects.update(at=LONG_AGO)
    too_many("somebody", ())
    forget_knocks()
    assert Knock.objects.count() == 1


def test_the_command_says_what_it_did(asked, on_day) -> None:
    on_day(str(CLOSES))
    said = CliRunner().invoke(main, ["rounds", "remind"])
    assert (said.exit_code, said.output) == (
        0,
        "1 reminders sent to owners.\n0 messages sent to the office.\n",
    )
