"""The office's calendar: which duties its rules and its record bring about, and who may know."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from peelian.duties import calendar, words
from peelian.duties.calendar import Duty, due_between, due_soon
from peelian.duties.facts import events
from peelian.inspections.facts import printed_date
from peelian.law.dates import plain
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.record.models import Record
from peelian.record.scope import PUBLIC, Scope

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "west-mercia-2020"
AUTHOR, APPROVER = Command("author"), Command("approver")
OFFICE = Scope(AUTHOR)


@pytest.fixture
def example(on_worked_example: None) -> None:
    """The meetings and inspections of the worked example, and all else it holds."""


@pytest.fixture
def panel(db: None) -> Record:
    return bring_in("body", reference="west-mercia-pcp", title="The panel", form="panel")


def bring_in(kind: str, **values: Any) -> Record:
    return operations.bring_in(kind_named(kind), values, by=AUTHOR, why="test")[0]


def meeting(held_on: date, **values: Any) -> dict[str, Any]:
    made = {"reference": f"m-{held_on}", "title": f"Meeting of {plain(held_on)}"}
    return {**made, "body": "body/west-mercia-pcp", "held_on": held_on, **values}


def in_year(begins_in: int, scope: Scope = PUBLIC) -> list[Duty]:
    return due_between(date(begins_in, 4, 1), date(begins_in + 1, 3, 31), scope=scope)


def papers(scope: Scope = PUBLIC) -> set[str]:
    duties = due_between(date(2019, 1, 1), date(2030, 1, 1), scope=scope)
    return {duty.occurrence.occasion for duty in duties if duty.rule.pack == "meetings"}


def one(duties: list[Duty], rule: str) -> Duty:
    (found,) = [duty for duty in duties if duty.rule.id == rule]
    return found


# ---- the worked example ----


def test_the_precept_of_2020_21_on_the_worked_example(example: None) -> None:
    found = {
        duty.rule.name: (duty.occurrence.working_due, duty.occurrence.due)
        for duty in in_year(2019)
        if duty.rule.pack == "precept"
    }
    assert (
        found.items()
        >= {
            "notify-panel": (date(2020, 1, 31), date(2020, 2, 1)),
            "panel-report": (date(2020, 2, 7), date(2020, 2, 8)),
            "respond-to-veto": (date(2020, 2, 14), date(2020, 2, 15)),
            "second-report": (date(2020, 2, 21), date(2020, 2, 22)),
            "issue": (date(2020, 2, 28), date(2020, 2, 29)),
            "respond-and-issue": (date(2020, 2, 28), date(2020, 3, 1)),
        }.items()
    )


def test_the_precept_report_is_planned_back_to_papers_before_the_notice(example: None) -> None:
    report = one(in_year(2019), "precept/panel-report")
    assert "Saturday 8 February 2020 falls at a weekend" in report.occurrence.warning
    assert [(step.on, step.rule is not None) for step in report.steps] == [
        (date(2019, 12, 17), False),
        (date(2020, 1, 17), False),
        (date(2020, 1, 24), False),
        (date(2020, 1, 28), True),
        (date(2020, 2, 5), False),
    ]


def test_papers_of_5_february_2020_have_to_be_out_on_28_january(example: None) -> None:
    duties = [duty for duty in in_year(2019) if duty.rule.id == "meetings/papers-england"]
    found = {duty.record.reference: duty.occurrence.due for duty in duties if duty.record}
    assert found == {
        "2019-09-10": date(2019, 9, 2),
        "2019-11-27": date(2019, 11, 19),
        "2020-02-05": date(2020, 1, 28),
    }
    assert duties[-1].url == "/meetings/2020-02-05/"


def test_a_report_of_september_2019_is_answered_by_24_november_at_the_latest(
    example: None,
) -> None:
    response = one(in_year(2019), "inspections/response")
    assert response.occurrence.due == date(2019, 11, 24)
    assert response.occurrence.working_due == date(2019, 11, 22)
    assert response.at_the_latest
    assert response.url == "/inspections/peel-2018-19/"


def test_reports_without_a_date_are_named_and_the_announced_one_is_not(example: None) -> None:
    rule = next(rule for rule in calendar.rules() if rule.id == "inspections/response")
    assert {record.reference for record in calendar.undated(rule, scope=PUBLIC)} == {
        "crime-data-integrity",
        "county-lines-thematic",
        "cyber-dependent-crime-thematic",
        "buss-reinspection-2016",
    }


# ---- events ----


@pytest.mark.parametrize(
    ("values", "due", "latest"),
    [
        ({"published_on": date(2026, 10, 1)}, date(2026, 11, 25), False),
        ({"published_as_printed": "1 October 2026"}, date(2026, 11, 25), False),
        ({"published_as_printed": "in October 2026"}, date(2026, 12, 25), True),
        (
            {"published_on": date(2026, 10, 1), "published_as_printed": "September 2026"},
            date(2026, 11, 25),
            False,
        ),
    ],
)
def test_fifty_six_days_begin_with_the_day_of_the_report(
    db: None, values: dict[str, Any], due: date, latest: bool
) -> None:
    bring_in("inspection", reference="r", title="Report", form="force", **values)
    response = one(in_year(2026), "inspections/response")
    assert (response.occurrence.due, response.at_the_latest) == (due, latest)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_printed_day_and_a_printed_month_are_read_back(on: date) -> None:
    assert printed_date(f"Published on {plain(on)}.") == (on, False)
    month = plain(on).partition(" ")[2]
    assert printed_date(f"at the end of {month}") == (on.replace(day=1), True)


@pytest.mark.parametrize(
    "text", ["", "Since the last update", "September", "2019", "31 June 2019", "0 May 2019"]
)
def test_words_that_give_no_month_and_year_give_no_date(text: str) -> None:
    assert printed_date(text) == (None, False)


def test_only_the_offices_own_panel_brings_about_notice_of_meetings(panel: Record) -> None:
    bring_in("body", reference="other", title="Another panel", form="panel")
    bring_in("oversight-mechanism", reference="west-mercia-pcp", title="X", purpose="Y")
    bring_in("meeting", **meeting(date(2026, 6, 1)))
    bring_in("meeting", **meeting(date(2026, 6, 8), body="body/other"))
    bring_in("meeting", **meeting(date(2026, 6, 9), body="oversight-mechanism/west-mercia-pcp"))
    bring_in("meeting", **meeting(date(2026, 6, 10), state="cancelled"))
    assert papers() == {"Meeting of 1 June 2026"}


def draft(values: dict[str, Any]) -> Record:
    return operations.create(kind_named("meeting"), values, by=AUTHOR)


def published(values: dict[str, Any], **options: Any) -> Record:
    waiting = operations.submit(draft(values), by=AUTHOR)
    return operations.publish(operations.approve(waiting, by=APPROVER), by=APPROVER, **options)


@pytest.mark.parametrize(
    ("form", "models", "counts"),
    [
        ("commissioner", "pcc", True),
        ("mayor", "pcc", False),
        ("mayor", "mayor", True),
        ("mayor", "pcc, 2027-05-10 mayor", True),  # elected on the 6th, in office from the 10th
        ("mayor", "pcc, 2028-05-08 mayor", False),
        ("mayor", "pcc, 2027-05-06 mayor", True),
    ],
)
def test_a_mayor_who_holds_no_police_starts_no_clock_of_the_office(
    db: None, settings: Any, form: str, models: str, counts: bool
) -> None:
    """Bedford elects a mayor; the police of Bedfordshire answer to somebody else."""
    settings.OFFICE = settings.OFFICE | {"body_model": models}
    bring_in("election", form=form, poll_on="2027-05-06")
    assert ("ordinary_election" in {event.fact.kind for event in events(OFFICE)}) is counts


@pytest.mark.parametrize(
    ("kind", "values", "rule"),
    [
        ("meeting", meeting(date(2020, 2, 5)), "meetings/papers-england"),
        (
            "inspection",
            {"reference": "i", "title": "A report", "form": "force", "published_on": "2019-10-01"},
            "inspections/response",
        ),
        ("election", {"form": "council", "poll_on": "2019-05-02"}, "elections/notice"),
    ],
)
def test_what_is_withdrawn_brings_about_no_duty_and_no_reminder(
    panel: Record, kind: str, values: dict[str, Any], rule: str
) -> None:
    record = bring_in(kind, **values)
    assert rule in {duty.rule.id for duty in in_year(2019, OFFICE) + in_year(2018, OFFICE)}
    operations.withdraw(record, by=APPROVER, why="Entered twice")
    assert rule not in {duty.rule.id for duty in in_year(2019, OFFICE) + in_year(2018, OFFICE)}


def test_a_meeting_that_is_not_public_brings_about_no_public_duty(panel: Record) -> None:
    now = timezone.now()
    hidden = [meeting(date(2026, 6, day)) for day in range(1, 7)]
    draft(hidden[0])
    operations.submit(draft(hidden[1]), by=AUTHOR)
    operations.withdraw(published(hidden[2]), by=APPROVER, why="test")
    published(hidden[3], embargo_until=now + timedelta(days=1))
    published(hidden[4], expires_at=now - timedelta(days=1))
    published({**hidden[5], "audience": "office"})
    published(meeting(date(2026, 6, 30)))
    assert papers() == {"Meeting of 30 June 2026"}
    kept = [one["title"] for one in hidden if one is not hidden[2]]  # a withdrawn one is no event
    assert papers(OFFICE) == {*kept, "Meeting of 30 June 2026"}


def test_a_new_date_that_waits_for_approval_moves_no_public_duty(panel: Record) -> None:
    record = published(meeting(date(2026, 6, 30)))
    operations.edit(record, {"held_on": date(2026, 7, 20)}, version=record.version, by=AUTHOR)
    due = one(in_year(2026), "meetings/papers-england").occurrence.due
    assert due == date(2026, 6, 22)


def test_the_office_is_led_to_its_own_page_of_a_record(panel: Record) -> None:
    draft(meeting(date(2026, 6, 1)))
    duty = one(in_year(2026, OFFICE), "meetings/papers-england")
    assert duty.url == "/office/meetings/m-2026-06-01/"


def test_a_reader_of_nothing_learns_of_no_meeting(panel: Record) -> None:
    bring_in("meeting", **meeting(date(2026, 6, 1)))
    assert papers(Scope(Command("nobody", roles=()))) == set()


# ---- what is due soon ----


@pytest.mark.parametrize(
    ("today", "days", "due"),
    [
        # The papers of 5 February are not among them: their pack proves that they went out.
        (date(2020, 1, 28), 4, ["notify-panel"]),
        (date(2020, 1, 28), 10, ["notify-panel", "panel-report"]),
        (date(2020, 2, 7), 0, ["panel-report"]),
        (date(2020, 2, 8), 0, ["panel-report"]),
        (date(2020, 2, 9), 0, []),
    ],
)
def test_due_soon_goes_by_the_working_deadline(
    example: None, today: date, days: int, due: list[str]
) -> None:
    watched = {"meetings/papers-england", "precept/notify-panel", "precept/panel-report"}
    found = [duty.rule for duty in due_soon(today, days, PUBLIC)]
    assert [rule.name for rule in found if rule.id in watched] == due


def test_due_soon_sees_over_easter(db: None) -> None:
    bring_in("inspection", reference="r", title="R", form="force", published_on=date(2027, 2, 2))
    response = one(due_soon(date(2027, 3, 25), 0, PUBLIC), "inspections/response")
    assert response.occurrence.due == date(2027, 3, 29)


# ---- the office ----


def test_a_welsh_office_has_the_welsh_rules(panel: Record, settings: Any) -> None:
    settings.OFFICE = settings.OFFICE | {"jurisdiction": "Wales"}
    bring_in("meeting", **meeting(date(2026, 6, 1)))
    found = {duty.rule.name for duty in in_year(2026) if duty.rule.pack == "meetings"}
    assert found >= {"papers-wales", "decision-note-wales"}
    assert "papers-england" not in found


@pytest.mark.parametrize("setting", ["jurisdiction", "body_model"])
def test_an_unknown_office_is_told_which_setting_to_mend(settings: Any, setting: str) -> None:
    settings.OFFICE = settings.OFFICE | {setting: "Atlantis"}
    with pytest.raises(
        ImproperlyConfigured, match=rf"PEELIAN_{setting.upper()}.*“atlantis”.*expec"
    ):
        calendar.office()


def test_every_rule_has_its_words() -> None:
    for rule in calendar.rules():
        assert rule.who in words.WHO
        assert rule.confidence in words.CONFIDENCE
        assert str(words.trigger(rule)) != rule.trigger
        assert str(words.role(rule))
        assert words.listed(rule.jurisdictions, words.NATIONS)
        assert words.listed(rule.body_models, words.BODY_MODELS)
