"""Date arithmetic gives the last day the law allows, and says why."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law import counting, dates, workdays
from peelian.law.counting import Beginning
from peelian.law.dates import FinancialYear, Nation, Span, Stretch

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

# What the United Kingdom adds to them on working days, in the years whose lists were looked up.
ELSEWHERE_IN_THE_UK = {
    date(year, *map(int, day.split("-")))
    for year, days in {
        2024: "01-02 03-18 07-12 08-05 12-02",
        2025: "01-02 03-17 07-14 08-04 12-01",
        2026: "01-02 03-17 06-15 07-13 08-03 11-30",
        2027: "01-04 03-17 07-12 08-02 11-30",
    }.items()
    for day in days.split()
}

a_day = st.dates(date(2019, 3, 1), date(2028, 9, 30))
a_nation = st.sampled_from(NATIONS)
a_beginning: st.SearchStrategy[Beginning] = st.sampled_from(("with_event", "day_after"))
a_number = st.integers(1, 60)


def works(on: date) -> bool:
    return on.strftime("%a") not in ("Sat", "Sun") and on not in BANK_HOLIDAYS


def works_in_the_uk(on: date) -> bool:
    return works(on) and on not in ELSEWHERE_IN_THE_UK


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
    assert counting.fixed_date(month, day, FinancialYear(2019)).on == on


def test_a_fixed_date_that_a_year_lacks_is_refused() -> None:
    assert counting.fixed_date(2, 29, FinancialYear(2019)).on == date(2020, 2, 29)
    with pytest.raises(ValueError, match="day"):
        counting.fixed_date(2, 29, FinancialYear(2020))


@pytest.mark.parametrize(
    ("month", "day", "on"),
    [(3, 1, date(2020, 2, 29)), (4, 1, date(2020, 3, 31)), (4, 2, date(2019, 4, 1))],
)
def test_before_a_date_means_by_the_day_before_it(month: int, day: int, on: date) -> None:
    worked = counting.day_before_fixed(month, day, FinancialYear(2019))
    assert worked.on == on
    assert f"so the last day is {dates.plain(on)}." in worked.because


def test_an_inspection_report_of_1_october_2026_is_answered_by_25_november() -> None:
    worked = counting.counted_days(date(2026, 10, 1), 56, "with_event")
    assert worked.on == date(2026, 11, 25)
    assert "Day 1 is 1 October 2026, so the last day is 25 November 2026" in worked.because


def test_counting_from_the_day_after_says_which_day_is_day_1() -> None:
    worked = counting.counted_days(date(2026, 10, 1), 28, "day_after")
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
    assert counting.counted_days(event, number, beginning).on == on
    weeks = counting.counted_weeks(event, number, beginning)
    assert weeks.on == counting.counted_days(event, 7 * number, beginning).on


@pytest.mark.parametrize(
    ("event", "number", "beginning", "on"),
    [
        (date(2026, 1, 1), 1, "with_event", date(2026, 1, 31)),
        (date(2026, 1, 1), 1, "day_after", date(2026, 2, 1)),
        (date(2026, 1, 31), 1, "day_after", date(2026, 2, 28)),
        (date(2026, 1, 31), 1, "with_event", date(2026, 2, 28)),
        (date(2024, 1, 30), 1, "day_after", date(2024, 2, 29)),
        (date(2026, 1, 31), 2, "day_after", date(2026, 3, 31)),
        (date(2026, 1, 31), 2, "with_event", date(2026, 3, 30)),
        (date(2026, 11, 30), 3, "day_after", date(2027, 2, 28)),
        (date(2026, 3, 1), 12, "with_event", date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_date(
    event: date, number: int, beginning: Beginning, on: date
) -> None:
    assert counting.counted_months(event, number, beginning).on == on


@given(event=a_day, number=st.integers(1, 30))
def test_months_agree_with_walking_to_the_same_day_of_a_later_month(
    event: date, number: int
) -> None:
    on, months = event, 0
    while months < number:
        on += DAY
        month_over = (on + DAY).month != on.month
        months += on.day == event.day or (month_over and on.day < event.day)
    assert counting.counted_months(event, number, "day_after").on == on


@pytest.mark.parametrize(
    ("event", "number", "beginning", "on"),
    [
        (date(2024, 2, 29), 1, "day_after", date(2025, 2, 28)),
        (date(2024, 2, 29), 4, "day_after", date(2028, 2, 29)),
        (date(2024, 4, 6), 4, "day_after", date(2028, 4, 6)),
        (date(2024, 4, 6), 4, "with_event", date(2028, 4, 5)),
    ],
)
def test_years_end_on_the_corresponding_date(
    event: date, number: int, beginning: Beginning, on: date
) -> None:
    worked = counting.counted_years(event, number, beginning)
    assert worked.on == on
    assert f"so the last day of {dates.counted(number, 'year')} is {dates.plain(on)}." in (
        worked.because
    )


@given(event=a_day, number=st.integers(1, 30), beginning=a_beginning)
def test_a_year_is_twelve_months(event: date, number: int, beginning: Beginning) -> None:
    years = counting.counted_years(event, number, beginning)
    assert years.on == counting.counted_months(event, 12 * number, beginning).on


@pytest.mark.parametrize("nation", NATIONS)
def test_working_days_leave_out_weekends_and_bank_holidays(nation: Nation) -> None:
    on = date(2018, 1, 1)
    while on < date(2029, 1, 1):
        assert workdays.is_working_day(on, nation) == works(on), on
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
    assert counting.counted_working_days(event, number, beginning, nation).on == on


def test_a_working_day_of_the_united_kingdom_works_in_every_nation() -> None:
    on = date(2024, 1, 1)
    while on < date(2028, 1, 1):
        assert workdays.is_working_day(on, "uk") == works_in_the_uk(on), on
        on += DAY


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 6, 30), date(2026, 7, 29)),  # 13 July is a holiday in Northern Ireland
        (date(2026, 2, 16), date(2026, 3, 16)),
        (date(2026, 2, 17), date(2026, 3, 18)),  # 17 March likewise
        (date(2025, 12, 2), date(2026, 1, 5)),  # 2 January is one in Scotland
        (date(2025, 12, 6), date(2026, 1, 8)),  # a request can come on a Saturday
    ],
)
def test_a_request_for_information_skips_holidays_of_all_four_nations(
    received: date, due: date
) -> None:
    worked = counting.counted_working_days(received, 20, "day_after", "uk")
    assert worked.on == due
    assert "bank holidays anywhere in the United Kingdom do not count" in worked.because


@given(event=st.dates(date(2024, 1, 1), date(2027, 8, 31)), number=a_number, beginning=a_beginning)
def test_working_days_of_the_united_kingdom_agree_with_counting(
    event: date, number: int, beginning: Beginning
) -> None:
    on = start_of(event, beginning)
    left = number - works_in_the_uk(on)
    while left or not works_in_the_uk(on):
        on += DAY
        left -= works_in_the_uk(on)
    assert counting.counted_working_days(event, number, beginning, "uk").on == on


def test_the_papers_of_5_february_2020_are_public_by_28_january() -> None:
    worked = counting.clear_days_before(date(2020, 2, 5), 5, "england")
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
    assert counting.clear_days_before(meeting, number, "england").on == on


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
    assert counting.clear_days_before(meeting, number, nation).on == notice


# Polls with the last day to publish notice of them, read off a wall calendar.
@pytest.mark.parametrize(
    ("poll", "notice"),
    [
        (date(2024, 5, 2), date(2024, 3, 26)),  # Good Friday and Easter Monday between
        (date(2021, 5, 6), date(2021, 3, 29)),
        (date(2028, 5, 4), date(2028, 3, 27)),  # Easter and the May bank holiday
    ],
)
def test_notice_of_an_election_is_25_working_days_before_the_poll(poll: date, notice: date) -> None:
    worked = counting.working_days_before(poll, 25, "england")
    assert worked.on == notice
    assert worked.because == (
        f"25 working days before {dates.full(poll)}, not counting weekends and bank holidays, "
        f"so by {dates.full(notice)}."
    )


@given(event=a_day, number=a_number, nation=a_nation)
def test_days_before_an_event_agree_with_walking_back(
    event: date, number: int, nation: Nation
) -> None:
    on, left = event, number
    while left:
        on, left = on - DAY, left - 1
    assert counting.days_before(event, number).on == on
    on, left = event, number
    while left:
        on -= DAY
        left -= works(on)
    assert counting.working_days_before(event, number, nation).on == on


@given(on=a_day, number=a_number, nation=a_nation)
def test_planning_back_leaves_that_many_working_days(on: date, number: int, nation: Nation) -> None:
    found = counting.working_days_before(on, number, nation).on
    assert works(found)
    assert sum(works(found + n * DAY) for n in range((on - found).days)) == number


@given(on=a_day, nation=a_nation)
def test_the_last_working_day_skips_only_days_off(on: date, nation: Nation) -> None:
    found = workdays.last_working_day(on, nation)
    assert works(found)
    assert not any(works(found + n * DAY) for n in range(1, (on - found).days + 1))


def test_a_saturday_deadline_leaves_the_friday() -> None:
    assert workdays.last_working_day(date(2020, 2, 8), "england") == date(2020, 2, 7)


@given(event=a_day)
def test_a_month_quarter_or_year_ends_where_walking_meets_the_next(event: date) -> None:
    spans: dict[Span, Sequence[int]] = {
        "month": range(1, 13),
        "quarter": (1, 4, 7, 10),
        "financial_year": (4,),
    }
    for span, begins in spans.items():
        on = event
        while not ((on + DAY).day == 1 and (on + DAY).month in begins):
            on += DAY
        worked = counting.end_of(event, span)
        assert worked.on == on
        assert worked.because.endswith(f"which ends on {dates.plain(on)}.")


@pytest.mark.parametrize(
    ("on", "span", "key", "last", "label"),
    [
        (date(2020, 2, 8), "month", "2020-02", date(2020, 2, 29), "February 2020"),
        (date(2019, 12, 1), "month", "2019-12", date(2019, 12, 31), "December 2019"),
        (date(2020, 1, 1), "quarter", "2019-20-q4", date(2020, 3, 31),
         "quarter 4 of 2019/20 (January to March 2020)"),
        (date(2020, 4, 1), "quarter", "2020-21-q1", date(2020, 6, 30),
         "quarter 1 of 2020/21 (April to June 2020)"),
        (date(2020, 12, 31), "quarter", "2020-21-q3", date(2020, 12, 31),
         "quarter 3 of 2020/21 (October to December 2020)"),
        (date(2020, 3, 31), "financial_year", "2019-20", date(2020, 3, 31), "2019/20"),
    ],
)  # fmt: skip
def test_a_month_quarter_or_year_has_a_key_and_a_name(
    on: date, span: Span, key: str, last: date, label: str
) -> None:
    assert dates.stretch(on, span) == Stretch(key, last, label)


@given(days=st.lists(a_day, min_size=2, max_size=2))
def test_the_months_of_a_time_are_those_that_end_in_it(days: list[date]) -> None:
    start, end = sorted(days)
    ends, on = [], start
    while on <= end:
        ends += [on] if (on + DAY).day == 1 else []
        on += DAY
    assert [month.last for month in dates.stretches("month", start, end)] == ends
    quarters = [quarter.last for quarter in dates.stretches("quarter", start, end)]
    assert quarters == [on for on in ends if on.month % 3 == 0]


@given(on=a_day)
def test_a_month_ends_the_day_before_the_next_begins(on: date) -> None:
    end = dates.month_end(on)
    assert (end.year, end.month) == (on.year, on.month)
    assert (end + DAY).day == 1


@pytest.mark.parametrize("number", [0, -1])
def test_a_period_of_no_length_is_refused(number: int) -> None:
    event = date(2026, 10, 1)
    refused: tuple[Callable[[], object], ...] = (
        lambda: counting.counted_days(event, number, "with_event"),
        lambda: counting.counted_weeks(event, number, "with_event"),
        lambda: counting.counted_months(event, number, "with_event"),
        lambda: counting.counted_working_days(event, number, "with_event", "england"),
        lambda: counting.clear_days_before(event, number, "england"),
        lambda: counting.counted_years(event, number, "with_event"),
        lambda: counting.days_before(event, number),
        lambda: counting.working_days_before(event, number, "england"),
        lambda: workdays.working_days_before(event, number, "england"),
    )
    for work_out in refused:
        with pytest.raises(ValueError, match="at least 1"):
            work_out()
