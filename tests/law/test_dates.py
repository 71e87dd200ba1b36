"""Date arithmetic gives the last day the law allows, and says why."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law import dates
from peelian.law.dates import Beginning, FinancialYear, Nation

DAY = timedelta(days=1)
NATIONS: tuple[Nation, ...] = ("england", "wales")

# Bank holidays of England and Wales as announced, so that the oracle owes nothing to the code.
BANK_HOLIDAYS = {
    date(year, *map(int, day.split("-")))
    for year, days in {
        2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
        2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    }.items()
    for day in days.split()
}

a_day = st.dates(date(2019, 3, 1), date(2028, 9, 30))
a_nation = st.sampled_from(NATIONS)
a_beginning: st.SearchStrategy[Beginning] = st.sampled_from(("with_event", "day_after"))
a_number = st.integers(1, 60)


def works(on: date) -> bool:
    return on.strftime("%a") not in ("Sat", "Sun") and on not in BANK_HOLIDAYS


def start_of(event: date, beginning: Beginning) -> date:
    return event + DAY if beginning == "day_after" else event


@pytest.mark.parametrize(
    ("on", "key", "label"),
    [
        (date(2020, 3, 31), "2019-20", "2019/20"),
        (date(2020, 4, 1), "2020-21", "2020/21"),
        (date(2000, 1, 1), "1999-00", "1999/00"),
    ],
)
def test_a_financial_year_runs_from_april_to_march(on: date, key: str, label: str) -> None:
    year = dates.financial_year(on)
    assert (year.key, year.label) == (key, label)
    assert year.first <= on <= year.last


@pytest.mark.parametrize(
    ("month", "day", "on"),
    [
        (2, 8, date(2020, 2, 8)),
        (3, 31, date(2020, 3, 31)),
        (4, 1, date(2019, 4, 1)),
        (12, 31, date(2019, 12, 31)),
    ],
)
def test_a_fixed_date_falls_within_its_financial_year(month: int, day: int, on: date) -> None:
    assert dates.fixed_date(month, day, FinancialYear(2019)).on == on


def test_a_fixed_date_that_a_year_lacks_is_refused() -> None:
    assert dates.fixed_date(2, 29, FinancialYear(2019)).on == date(2020, 2, 29)
    with pytest.raises(ValueError, match="day"):
        dates.fixed_date(2, 29, FinancialYear(2020))


@pytest.mark.parametrize(
    ("month", "day", "on"),
    [(3, 1, date(2020, 2, 29)), (4, 1, date(2020, 3, 31)), (4, 2, date(2019, 4, 1))],
)
def test_before_a_date_means_by_the_day_before_it(month: int, day: int, on: date) -> None:
    worked = dates.day_before_fixed(month, day, FinancialYear(2019))
    assert worked.on == on
    assert f"so the last day is {dates.plain(on)}." in worked.because


def test_an_inspection_report_of_1_october_2026_is_answered_by_25_november() -> None:
    worked = dates.counted_days(date(2026, 10, 1), 56, "with_event")
    assert worked.on == date(2026, 11, 25)
    assert "Day 1 is 1 October 2026, so the last day is 25 November 2026" in worked.because


def test_counting_from_the_day_after_says_which_day_is_day_1() -> None:
    worked = dates.counted_days(date(2026, 10, 1), 28, "day_after")
    assert worked.on == date(2026, 10, 29)
    assert "day 1 is 2 October 2026" in worked.because


@given(event=a_day, number=a_number, beginning=a_beginning)
def test_days_and_weeks_agree_with_counting_on_a_calendar(
    event: date, number: int, beginning: Beginning
) -> None:
    on = start_of(event, beginning)
    counted = 1
    while counted < number:
        on, counted = on + DAY, counted + 1
    assert dates.counted_days(event, number, beginning).on == on
    weeks = dates.counted_weeks(event, number, beginning)
    assert weeks.on == dates.counted_days(event, 7 * number, beginning).on


@pytest.mark.parametrize(
    ("event", "number", "beginning", "on"),
    [
        (date(2026, 1, 1), 1, "with_event", date(2026, 1, 31)),
        (date(2026, 1, 1), 1, "day_after", date(2026, 2, 1)),
        (date(2026, 1, 31), 1, "day_after", date(2026, 2, 28)),
        (date(2026, 1, 31), 1, "with_event", date(2026, 2, 28)),
        (date(2024, 1, 30), 1, "day_after", date(2024, 2, 29)),
        (date(2026, 11, 30), 3, "day_after", date(2027, 2, 28)),
        (date(2026, 3, 1), 12, "with_event", date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_date(
    event: date, number: int, beginning: Beginning, on: date
) -> None:
    assert dates.counted_months(event, number, beginning).on == on


@given(event=a_day, number=st.integers(1, 30))
def test_months_agree_with_walking_to_the_same_day_of_a_later_month(
    event: date, number: int
) -> None:
    on, months = event, 0
    while months < number:
        on += DAY
        month_over = (on + DAY).month != on.month
        months += on.day == event.day or (month_over and on.day < event.day)
    assert dates.counted_months(event, number, "day_after").on == on


@pytest.mark.parametrize("nation", NATIONS)
def test_working_days_leave_out_weekends_and_bank_holidays(nation: Nation) -> None:
    on = date(2018, 1, 1)
    while on < date(2029, 1, 1):
        assert dates.is_working_day(on, nation) == works(on), on
        on += DAY


@given(event=a_day, number=a_number, beginning=a_beginning, nation=a_nation)
def test_working_days_agree_with_counting_on_a_calendar(
    event: date, number: int, beginning: Beginning, nation: Nation
) -> None:
    on = start_of(event, beginning)
    left = number - works(on)
    while left:
        on += DAY
        left -= works(on)
    while not works(on):
        on += DAY
    assert dates.counted_working_days(event, number, beginning, nation).on == on


def test_the_papers_of_5_february_2020_are_public_by_28_january() -> None:
    worked = dates.clear_days_before(date(2020, 2, 5), 5, "england")
    assert worked.on == date(2020, 1, 28)
    assert "5 clear days run from Wednesday 29 January 2020 to Tuesday 4 February" in worked.because
    assert "last day to publish is Tuesday 28 January 2020" in worked.because


@pytest.mark.parametrize(
    ("meeting", "number", "on"),
    [
        (date(2026, 4, 8), 5, date(2026, 3, 27)),  # Good Friday and Easter Monday between
        (date(2027, 1, 4), 5, date(2026, 12, 22)),  # Christmas, its substitute day, New Year
        (date(2026, 2, 9), 5, date(2026, 1, 30)),  # a Monday: notice on the Friday, not Sunday
        (date(2026, 2, 9), 1, date(2026, 2, 5)),
    ],
)
def test_clear_days_step_over_holidays(meeting: date, number: int, on: date) -> None:
    assert dates.clear_days_before(meeting, number, "england").on == on


@given(meeting=a_day, number=st.integers(1, 15), nation=a_nation)
def test_clear_days_are_the_latest_notice_that_leaves_enough_days(
    meeting: date, number: int, nation: Nation
) -> None:
    def clear_between(notice: date) -> int:
        between = (notice + n * DAY for n in range(1, (meeting - notice).days))
        return sum(works(day) for day in between)

    notice = meeting
    while not (works(notice) and notice < meeting and clear_between(notice) >= number):
        notice -= DAY
    assert dates.clear_days_before(meeting, number, nation).on == notice


@given(on=a_day, number=a_number, nation=a_nation)
def test_planning_back_leaves_that_many_working_days(on: date, number: int, nation: Nation) -> None:
    found = dates.working_days_before(on, number, nation).on
    assert works(found)
    assert sum(works(found + n * DAY) for n in range((on - found).days)) == number


@given(on=a_day, nation=a_nation)
def test_the_last_working_day_skips_only_days_off(on: date, nation: Nation) -> None:
    found = dates.last_working_day(on, nation)
    assert works(found)
    assert not any(works(found + n * DAY) for n in range(1, (on - found).days + 1))


def test_a_saturday_deadline_leaves_the_friday() -> None:
    assert dates.last_working_day(date(2020, 2, 8), "england") == date(2020, 2, 7)


@given(event=a_day)
def test_the_end_of_the_financial_year_is_the_next_31_march(event: date) -> None:
    on = event
    while (on.month, on.day) != (3, 31):
        on += DAY
    assert dates.end_of_financial_year(event).on == on


@given(on=a_day)
def test_a_month_ends_the_day_before_the_next_begins(on: date) -> None:
    end = dates.month_end(on)
    assert (end.year, end.month) == (on.year, on.month)
    assert (end + DAY).day == 1


@pytest.mark.parametrize("number", [0, -1])
def test_a_period_of_no_length_is_refused(number: int) -> None:
    event = date(2026, 10, 1)
    refused: tuple[Callable[[], object], ...] = (
        lambda: dates.counted_days(event, number, "with_event"),
        lambda: dates.counted_weeks(event, number, "with_event"),
        lambda: dates.counted_months(event, number, "with_event"),
        lambda: dates.counted_working_days(event, number, "with_event", "england"),
        lambda: dates.clear_days_before(event, number, "england"),
        lambda: dates.working_days_before(event, number, "england"),
    )
    for work_out in refused:
        with pytest.raises(ValueError, match="at least 1"):
            work_out()
