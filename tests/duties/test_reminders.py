"""Reminders: to the owner at set distances, to the monitoring officer when late, never twice."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from peelian.cli import main
from peelian.duties import reminders
from peelian.duties.kinds import DUTY_OWNER
from peelian.duties.models import Reminder
from peelian.record import operations
from tests.makers import CHRIS, make
from tests.makers import make_user as user

pytestmark = pytest.mark.django_db
REPORT = "precept/2019-20/panel-report"


@pytest.fixture(autouse=True)
def office(settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"duties_since": "2020-01-01", "escalate_days": "2"}


def person(name: str, role: str) -> Any:
    made = user(name, role)
    made.email = f"{name}@office.example"
    made.save()
    return made


@pytest.fixture
def chris() -> Any:
    return person("chris", "chief_executive")


@pytest.fixture
def sam() -> Any:
    return person("sam", "panel_officer")


def sent(on_day: Any, day: str) -> list[mail.EmailMessage]:
    """What a run on that day sends."""
    mail.outbox.clear()
    on_day(day)
    reminders.remind()
    return list(mail.outbox)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2020-01-09", False),
        ("2020-01-10", True),  # 28 days before the last working day, Friday 7 February
        ("2020-01-24", True),
        ("2020-02-06", True),
        ("2020-02-07", True),
        ("2020-02-08", True),
    ],
)
def test_the_owner_is_told_at_set_distances(on_day: Any, sam: Any, day: str, told: bool) -> None:
    messages = sent(on_day, day)
    assert any("Report on the proposed precept" in str(m.body) for m in messages) == told
    assert {to for m in messages for to in m.to} <= {sam.email}


def test_one_message_a_day_lists_all_and_says_why_and_where(on_day: Any, sam: Any) -> None:
    body = make("body", reference="west-mercia-pcp", form="panel")
    make("meeting", body=body, reference="2020-02-05", held_on="2020-02-05", state="planned")
    [message] = sent(on_day, "2020-01-27")
    text = str(message.body)
    assert message.to == ["sam@office.example"]
    assert message.subject.startswith("West Mercia: ")
    assert message.subject.endswith(" duties to look at")
    assert "1 day left: by Tuesday 28 January 2020" in text
    assert "11 days left: by Friday 7 February 2020" in text
    assert "The date is fixed: 8 February 2020" in text
    assert f"/office/duties/prove/?key={REPORT.replace('/', '%2F')}" in text
    assert "&#" not in text
    assert "&amp;" not in text


def test_nobody_is_told_the_same_twice(on_day: Any, sam: Any) -> None:
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(60)]
    told = [m for day in days for m in sent(on_day, day.isoformat())]
    lines = [line for m in told for line in str(m.body).splitlines()]
    before = [one for one in lines if "last working day in time" in one]
    assert len(told) == len({str(m.body) for m in told})
    assert len(before) > 8
    steps = Reminder.objects.filter(key=REPORT).values_list("step", flat=True)
    assert sorted(steps) == ["1", "14", "28", "3", "7", "overdue"]
    assert not Reminder.objects.exclude(state="sent").exists()


def test_two_runs_a_day_send_one_message(on_day: Any, sam: Any) -> None:
    assert len(sent(on_day, "2020-02-06")) == 1
    body = make("body", reference="west-mercia-pcp", form="panel")
    make("meeting", body=body, held_on="2020-02-14", state="planned", reference="m")
    assert sent(on_day, "2020-02-06") == []
    assert len(sent(on_day, "2020-02-07")) == 1  # what came in between is told the next day


def test_days_on_which_it_did_not_run_are_made_up_for_once(on_day: Any, sam: Any) -> None:
    [message] = sent(on_day, "2020-02-05")  # 14 and 7 days before went by
    assert str(message.body).count("Report on the proposed precept") == 1
    assert sent(on_day, "2020-02-05") == []
    assert Reminder.objects.filter(key=REPORT).count() == 1


def test_a_proof_ends_the_reminders_and_withdrawing_it_begins_them_again(
    on_day: Any, sam: Any
) -> None:
    on_day("2020-02-06")
    proof = make("proof", key=REPORT, met_on="2020-02-06", letter="L")
    assert not any(REPORT in str(m.body) for m in sent(on_day, "2020-02-06"))
    operations.withdraw(proof, by=CHRIS, why="Wrong")
    assert any("OVERDUE" in str(m.body) for m in sent(on_day, "2020-02-10"))


def test_a_moved_meeting_is_told_anew(on_day: Any, sam: Any) -> None:
    body = make("body", reference="west-mercia-pcp", form="panel")
    meeting = make("meeting", body=body, held_on="2020-06-15", state="planned", reference="m")
    papers = "Give notice of the meeting"
    # Five clear days before 15 June 2020 end on Friday 5 June.
    assert any(papers in str(m.body) for m in sent(on_day, "2020-06-04"))
    operations.edit(meeting, {"held_on": "2020-06-22"}, version=meeting.version, by=CHRIS)
    operations.release(meeting, by=person("di", "chief_executive"))
    assert any(papers in str(m.body) for m in sent(on_day, "2020-06-11"))


# ---- the monitoring officer ----


def test_the_monitoring_officer_is_told_shortly_before_and_when_it_is_late(
    on_day: Any, chris: Any
) -> None:
    pat = person("pat", "policy_officer")
    make(DUTY_OWNER, covers="precept/notify-panel", owner=make("role"), holder="pat")
    key = "precept/2019-20/notify-panel"  # by Saturday 1, so by Friday 31 January
    by_day = {}
    for day in ("2020-01-28", "2020-01-29", "2020-01-30", "2020-02-03", "2020-02-04"):
        told = {m.to[0]: str(m.body) for m in sent(on_day, day)}
        by_day[day] = {to for to, body in told.items() if "Tell the panel" in body}
    assert by_day["2020-01-28"] == {pat.email}
    assert by_day["2020-01-29"] == {chris.email}
    assert by_day["2020-02-03"] == {pat.email, chris.email}
    assert by_day["2020-02-04"] == set()
    steps = Reminder.objects.filter(key=key, username="chris").values_list("step", flat=True)
    assert set(steps) == {"escalated", "escalated-overdue"}


def test_an_owner_who_is_the_monitoring_officer_reads_of_it_once(on_day: Any, chris: Any) -> None:
    [message] = sent(on_day, "2020-02-03")
    body = str(message.body)
    assert body.count("- Tell the panel the proposed precept") == 1
    assert "You are told as monitoring officer" in body


def test_the_panels_duties_are_not_held_against_the_office(on_day: Any, chris: Any) -> None:
    bodies = [str(m.body) for day in ("2020-02-07", "2020-02-10") for m in sent(on_day, day)]
    assert bodies
    assert not any("Report on the proposed precept" in body for body in bodies)


def test_what_arises_only_under_a_condition_is_asked_about_and_not_called_late(
    on_day: Any, chris: Any
) -> None:
    [message] = sent(on_day, "2020-02-17")
    body = str(message.body)
    part = body.partition("Respond to a veto")[2].partition("\n- ")[0]
    assert "or that it did not arise" in part
    assert "OVERDUE" not in part


# ---- what can go wrong ----


def test_a_message_that_does_not_leave_is_tried_again(
    on_day: Any, sam: Any, monkeypatch: Any
) -> None:
    def refuse(self: Any, fail_silently: bool = False) -> int:
        raise SMTPException("no such host")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        on_day("2020-02-06")
        outcome = reminders.remind()
    assert (outcome.letters, outcome.failed) == ([], ["sam: no such host"])
    assert not Reminder.objects.exists()
    assert len(sent(on_day, "2020-02-06")) == 1


def test_an_owner_without_address_is_reported(on_day: Any, sam: Any) -> None:
    user("chris", "chief_executive")
    on_day("2020-01-30")
    assert "Commissioner" in reminders.remind().without_address


@pytest.mark.parametrize("days", ["soon", "28; 14", "-1", "400", "7,,x"])
def test_days_that_are_no_numbers_are_told(settings: Any, sam: Any, days: str) -> None:
    settings.OFFICE = settings.OFFICE | {"remind_days": days}
    with pytest.raises(ImproperlyConfigured, match="PEELIAN_REMIND_DAYS"):
        reminders.remind()


def test_other_days_need_no_code(settings: Any, on_day: Any, sam: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"remind_days": "10"}
    assert not any("proposed precept" in str(m.body) for m in sent(on_day, "2020-01-27"))
    assert any("proposed precept" in str(m.body) for m in sent(on_day, "2020-01-28"))


def test_the_command_prints_and_keeps_nothing_when_dry(on_day: Any, sam: Any) -> None:
    on_day("2020-02-06")
    shown = CliRunner().invoke(main, ["remind", "--dry-run"])
    assert shown.exit_code == 0
    assert "To: sam@office.example" in shown.output
    assert "1 message would be sent" in shown.output
    assert (len(mail.outbox), Reminder.objects.count()) == (0, 0)
    told = CliRunner().invoke(main, ["remind"])
    assert "1 message sent" in told.output
    assert len(mail.outbox) == 1
