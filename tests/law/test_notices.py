"""Every precept year from 2013 to 2040, and 10,000 random notices, against the slow oracle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from peelian.law.arithmetic import ClearDays, Period, arithmetic_from
from peelian.law.calendar import Occurrence, occurrences, plan_back
from peelian.law.dates import Nation
from peelian.law.office import Office
from peelian.law.packs import all_rules, load_packs
from peelian.law.pauses import Pause
from tests.law import oracle

DAY = timedelta(days=1)
RULES = all_rules(load_packs())
PRECEPT = [rule for rule in RULES if rule.pack == "precept"]
YEARS = range(2013, 2041)
NATIONS: tuple[Nation, ...] = ("england", "wales")
CLEAR_DAYS: dict[Nation, int] = {"england": 5, "wales": 3}
# SI 2012/2271, regulations 3 to 8, and the Local Government Finance Act 1992, section 40(5).
BY_LAW = {
    "notify-panel": (2, 1),
    "panel-report": (2, 8),
    "veto-decision": (2, 8),
    "respond-to-veto": (2, 15),
    "second-report": (2, 22),
    "respond-and-issue": (3, 1),
}


def of_year(year: int, nation: Nation) -> dict[str, Occurrence]:
    found = occurrences(
        PRECEPT,
        office=Office.always(nation, "pcc"),
        facts=[],
        start=date(year, 1, 1),
        end=date(year, 3, 31),
    )
    return {one.rule.name: one for one in found}


def a_working_day(on: date, nation: Nation) -> date:
    while not oracle.works(on, nation):
        on -= DAY
    return on


def going_back(on: date, number: int, nation: Nation) -> date:
    return oracle.back(on, lambda day: oracle.works(day, nation), number)


@pytest.mark.parametrize("nation", NATIONS)
def test_every_precept_year_has_the_dates_that_a_walk_through_its_days_finds(
    nation: Nation,
) -> None:
    for year in YEARS:
        found = of_year(year, nation)
        assert {name: found[name].due for name in BY_LAW} == {
            name: date(year, *month_day) for name, month_day in BY_LAW.items()
        }
        assert found["issue"].due == date(year, 3, 1) - DAY
        for one in found.values():
            last = a_working_day(one.due, nation)
            assert one.working_due == last, (year, one.rule.name)
            assert bool(one.warning) == (last != one.due), (year, one.rule.name)


@pytest.mark.parametrize("nation", NATIONS)
def test_every_precept_year_has_its_meeting_and_the_last_day_for_its_agenda(
    nation: Nation,
) -> None:
    for year in YEARS:
        report = of_year(year, nation)["panel-report"]
        steps = plan_back(report, RULES, office=Office.always(nation, "pcc"))
        meeting = going_back(a_working_day(date(year, 2, 8), nation), 2, nation)
        papers = going_back(going_back(meeting, CLEAR_DAYS[nation], nation), 1, nation)
        assert [step.on for step in steps if step.step.startswith("The panel meets")] == [meeting]
        held_to = {s.on for s in steps if s.rule and isinstance(s.rule.form, ClearDays)}
        # Of Wales only the law since May 2021 has been read.
        assert held_to == ({papers} if nation == "england" or year >= 2022 else set()), year


def test_in_a_weekend_year_the_date_stands_and_the_working_day_before_it_is_named() -> None:
    for year, weekday, friday in (
        (2026, "Sunday", 6),
        (2031, "Saturday", 7),
        (2020, "Saturday", 7),
    ):
        report = of_year(year, "england")["panel-report"]
        assert (report.due, report.working_due) == (date(year, 2, 8), date(year, 2, friday))
        assert weekday in report.warning


def test_for_a_meeting_on_5_february_2020_papers_were_public_by_28_january() -> None:
    assert ClearDays(5).work_out(date(2020, 2, 5), "england").on == date(2020, 1, 28)


# ---- random notices ----


class Notice(NamedTuple):
    """A notice that was given: how it is counted, from when, where, and what stopped the clock."""

    form: dict[str, Any]
    on: date
    nation: Nation
    pause: Pause | None


def _forms(chance: random.Random) -> Iterator[dict[str, Any]]:
    beginning = chance.choice(("with_event", "day_after"))
    yield {"clear_days": 5, "before": "meeting"}
    yield {"clear_days": 3, "before": "meeting"}
    yield {"weeks": 3, "beginning": "with_event"}
    yield {"weeks": 6, "beginning": "with_event"}
    yield {"working_days": chance.randint(1, 40), "beginning": beginning}
    yield {"working_days": 20, "beginning": "day_after", "holidays": "uk"}
    yield {"days": chance.choice((7, 28, 56)), "beginning": beginning}


def notices(number: int) -> Iterator[Notice]:
    chance = random.Random(8_02_2013)
    first, length = date(2013, 1, 1), (date(2040, 12, 31) - date(2013, 1, 1)).days
    for _ in range(number):
        on = first + chance.randint(0, length) * DAY
        form = chance.choice(list(_forms(chance)))
        pause = None
        if "clear_days" not in form and chance.random() < 0.5:
            poll = on + chance.randint(-12, 45) * DAY
            pause = Pause("post_election_period", poll, poll + chance.randint(0, 10) * DAY)
        yield Notice(form, on, chance.choice(NATIONS), pause)


def _worked(notice: Notice) -> date:
    form = arithmetic_from(notice.form)
    if isinstance(form, Period):
        pauses = [notice.pause] if notice.pause else []
        return form.work_out(notice.on, notice.nation, pauses).on
    assert isinstance(form, ClearDays)
    return form.work_out(notice.on, notice.nation).on


def test_ten_thousand_random_notices_end_on_the_day_that_counting_day_by_day_ends_on() -> None:
    given = list(notices(10_000))
    wrong = {}
    for notice in given:
        pause = notice.pause
        idle = frozenset(oracle.days(pause.start, pause.last)) if pause else frozenset()
        expected = oracle.due_of(notice.form, notice.on, notice.nation, idle)
        if _worked(notice) != expected:
            wrong[notice] = (_worked(notice), expected)
    assert len(given) == 10_000
    assert wrong == {}


def test_the_random_notices_hold_every_form_with_and_without_a_pause() -> None:
    given = list(notices(10_000))
    forms = {(next(iter(one.form.items())), bool(one.pause)) for one in given}
    for unit in (("weeks", 3), ("weeks", 6)):
        assert (unit, True) in forms
        assert (unit, False) in forms
    for number in (3, 5):
        assert (("clear_days", number), False) in forms
    moved = [
        one for one in given if one.pause and _worked(one) != _worked(one._replace(pause=None))
    ]
    assert len(moved) > 500
