"""Date arithmetic in the forms the law uses, each answer with its reason in plain words.

Nothing here knows a duty: rule packs say which form applies, with which number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

import holidays

Nation = Literal["england", "wales"]
Beginning = Literal["with_event", "day_after"]

_DAY = timedelta(days=1)
_SUBDIVISIONS: dict[Nation, str] = {"england": "ENG", "wales": "WLS"}
# Own names rather than strftime, whose words follow the machine's locale.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Worked:
    """A date that was worked out, and why it is that date, in sentences."""

    on: date
    because: str


@dataclass(frozen=True, order=True)
class FinancialYear:
    """The public financial year, 1 April to 31 March, named by the year it begins in."""

    begins_in: int

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.begins_in, 4, 1)

    @property
    def last(self) -> date:
        """31 March of the year after."""
        return date(self.begins_in + 1, 3, 31)

    @property
    def key(self) -> str:
        """The year as a stable key: ``2019-20``."""
        return f"{self.begins_in}-{(self.begins_in + 1) % 100:02d}"

    @property
    def label(self) -> str:
        """The year as people write it: ``2019/20``."""
        return self.key.replace("-", "/")

    def shifted(self, years: int) -> "FinancialYear":
        """The financial year this many years later, or earlier when negative."""
        return FinancialYear(self.begins_in + years)


def financial_year(on: date) -> FinancialYear:
    """The financial year (April to March) that a day falls in."""
    return FinancialYear(on.year if on.month >= 4 else on.year - 1)


def plain(on: date) -> str:
    """A date in words, such as ``5 February 2020``."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def full(on: date) -> str:
    """A date in words with its weekday, such as ``Wednesday 5 February 2020``."""
    return f"{_WEEKDAYS[on.weekday()]} {plain(on)}"


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """Bank and public holidays of a calendar year, substitute and one-off days included.

    Banking and Financial Dealings Act 1971, Schedule 1, and royal proclamations, as kept by
    the ``holidays`` library.
    """
    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))


def is_working_day(on: date, nation: Nation) -> bool:
    """Whether a day is neither a weekend nor a bank holiday in that nation."""
    return on.weekday() < 5 and on not in bank_holidays(nation, on.year)


def last_working_day(on: date, nation: Nation) -> date:
    """The day itself when it is a working day, else the last working day before it."""
    while not is_working_day(on, nation):
        on -= _DAY
    return on


def month_end(on: date) -> date:
    """The last day of the calendar month a day falls in."""
    first_of_next = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return first_of_next - _DAY


def fixed_date(month: int, day: int, year: FinancialYear) -> Worked:
    """*By 8 February of the relevant financial year*: a calendar date, which does not move.

    Raises ``ValueError`` when that financial year has no such day (29 February).
    """
    on = date(year.begins_in + (month < 4), month, day)
    return Worked(on, f"The date is fixed: {plain(on)}, in the financial year {year.label}.")


def day_before_fixed(month: int, day: int, year: FinancialYear) -> Worked:
    """*Before 1 April*: the last day in time is the day before that date.

    The financial year is the one the last day falls in. Raises ``ValueError`` as `fixed_date`.
    """
    starts_next_year = (month, day) == (4, 1)
    limit = fixed_date(month, day, year.shifted(1) if starts_next_year else year).on
    on = limit - _DAY
    return Worked(on, f"It must be before {plain(limit)}, so the last day is {plain(on)}.")


def counted_days(event: date, number: int, beginning: Beginning) -> Worked:
    """*Within N days beginning with the day of the event* (day 1 is that day), or *N days
    starting with the day after*.

    Every calendar day counts. Raises ``ValueError`` when the number is below 1.
    """
    first = _day_one(event, number, beginning)
    on = first + (number - 1) * _DAY
    return Worked(on, f"{_opening(event, first)}, so the last day is {plain(on)} (day {number}).")


def counted_weeks(event: date, number: int, beginning: Beginning) -> Worked:
    """*Within N weeks beginning with the day of the event*, or starting with the day after.

    A week is seven days from day 1. Raises ``ValueError`` when the number is below 1.
    """
    first = _day_one(event, number, beginning)
    on = first + (7 * number - 1) * _DAY
    weeks = _counted(number, "week")
    return Worked(on, f"{_opening(event, first)}, so the last day of {weeks} is {plain(on)}.")


def counted_months(event: date, number: int, beginning: Beginning) -> Worked:
    """*Within N months beginning with the day of the event*, or starting with the day after.

    Calendar months (Interpretation Act 1978, Schedule 1). Starting the day after, the period
    ends on the corresponding date (Dodds v Walker [1981] 1 WLR 1027, HL); beginning with the
    day, it ends on the day before that; where the month is too short, at its end.
    Raises ``ValueError`` when the number is below 1.
    """
    first = _day_one(event, number, beginning)
    months = event.year * 12 + event.month - 1 + number
    on = month_end(date(months // 12, months % 12 + 1, 1))
    if event.day <= on.day:
        corresponding = on.replace(day=event.day)
        on = corresponding if beginning == "day_after" else corresponding - _DAY
    period = _counted(number, "month")
    return Worked(on, f"{_opening(event, first)}, so the last day of {period} is {plain(on)}.")


def counted_working_days(event: date, number: int, beginning: Beginning, nation: Nation) -> Worked:
    """*Within N working days beginning with the day of the event*, or starting the day after.

    Weekends and the nation's bank holidays do not count, so day 1 is the first working day on
    or after the start. Raises ``ValueError`` when the number is below 1.
    """
    days = _working_days(_day_one(event, number, beginning), 1, nation)
    first = next(days)
    on = first
    for _ in range(number - 1):
        on = next(days)
    return Worked(
        on,
        f"{_opening(event, first)}. Weekends and bank holidays do not count, "
        f"so the last day is {full(on)} (working day {number}).",
    )


def clear_days_before(event: date, number: int, nation: Nation) -> Worked:
    """*At least N clear days before the meeting*: the last day on which notice is in time.

    Neither the day of notice nor the day of the meeting counts. Weekends and bank holidays do
    not count either, and notice is given on a working day: councils' working of Local
    Government Act 1972 s.100A(6) and s.100B. Raises ``ValueError`` for a number below 1.
    """
    _require_positive(number)
    days = _working_days(event - _DAY, -1, nation)
    clear = [next(days) for _ in range(number)]
    on = next(days)
    return Worked(
        on,
        f"The meeting is on {full(event)}. That day, the day of notice, weekends and bank "
        f"holidays do not count. {_clear_span(clear)}, so the last day to publish is {full(on)}.",
    )


def working_days_before(on: date, number: int, nation: Nation) -> Worked:
    """The working day N working days before a date; the date itself is not counted.

    A planning form, not a legal one. Raises ``ValueError`` when the number is below 1.
    """
    _require_positive(number)
    days = _working_days(on - _DAY, -1, nation)
    found = [next(days) for _ in range(number)][-1]
    return Worked(found, f"{_counted(number, 'working day')} before {full(on)}.")


def end_of_financial_year(event: date) -> Worked:
    """*Within the financial year in which the event falls*: 31 March that ends it."""
    year = financial_year(event)
    return Worked(
        year.last,
        f"{plain(event)} falls in the financial year {year.label}, "
        f"which ends on {plain(year.last)}.",
    )


def _working_days(start: date, step: Literal[1, -1], nation: Nation) -> Iterator[date]:
    on = start
    while True:
        if is_working_day(on, nation):
            yield on
        on += step * _DAY


def _require_positive(number: int) -> None:
    if number < 1:
        raise ValueError(f"a period has at least 1 day, week or month, not {number}")


def _day_one(event: date, number: int, beginning: Beginning) -> date:
    _require_positive(number)
    return event if beginning == "with_event" else event + _DAY


def _opening(event: date, first: date) -> str:
    if first == event:
        return f"Day 1 is {plain(first)}"
    return f"Counting starts after {plain(event)}: day 1 is {plain(first)}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _clear_span(clear: list[date]) -> str:
    if len(clear) == 1:
        return f"The clear day is {full(clear[0])}"
    return f"The {len(clear)} clear days run from {full(clear[-1])} to {full(clear[0])}"
