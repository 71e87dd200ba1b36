"""Working days: neither a weekend nor a bank holiday where the office, or the law, looks."""

from bisect import bisect_left
from calendar import isleap
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import Literal

import holidays

from peelian.law.dates import Nation, Worked, counted, full

Holidays = Nation | Literal["uk"]

_DAY = timedelta(days=1)
_SUBDIVISIONS: dict[Holidays, tuple[str, ...]] = {
    "england": ("ENG",),
    "wales": ("WLS",),
    "uk": ("ENG", "WLS", "SCT", "NIR"),
}


@cache
def bank_holidays(where: Holidays, year: int) -> frozenset[date]:
    """Bank and public holidays of a calendar year, substitute and one-off days included.

    Banking and Financial Dealings Act 1971, Schedule 1, and royal proclamations, as kept by
    the ``holidays`` library. ``uk`` holds those of any of the four nations, as the Freedom of
    Information Act 2000, section 10(6), counts them.
    """
    nations = (
        holidays.country_holidays("GB", subdiv=nation, years=year)
        for nation in _SUBDIVISIONS[where]
    )
    return frozenset(chain.from_iterable(nations))


def is_working_day(on: date, where: Holidays) -> bool:
    """Whether a day is neither a weekend nor a bank holiday there."""
    return on.weekday() < 5 and on not in bank_holidays(where, on.year)


def last_working_day(on: date, where: Holidays) -> date:
    """The day itself when it is a working day, else the last working day before it."""
    while not is_working_day(on, where):
        on -= _DAY
    return on


def nth_working_day(start: date, number: int, where: Holidays) -> date:
    """The Nth working day from a day on, which is the first if it is one itself.

    Raises ``ValueError`` when the number is below 1.
    """
    _require_positive(number)
    days = _working_days_of(where, start.year)
    at = bisect_left(days, start) + number - 1
    while at >= len(days):
        at -= len(days)
        days = _working_days_of(where, days[0].year + 1)
    return days[at]


def nth_working_day_before(event: date, number: int, where: Holidays) -> date:
    """The Nth working day before a day, which is not counted itself.

    Raises ``ValueError`` when the number is below 1.
    """
    _require_positive(number)
    days = _working_days_of(where, event.year)
    at = bisect_left(days, event) - number
    while at < 0:
        days = _working_days_of(where, days[0].year - 1)
        at += len(days)
    return days[at]


def working_days_before(on: date, number: int, where: Holidays) -> Worked:
    """The working day N working days before a date; the date itself is not counted.

    Raises ``ValueError`` when the number is below 1.
    """
    found = nth_working_day_before(on, number, where)
    return Worked(found, f"{counted(number, 'working day')} before {full(on)}.")


@cache
def _working_days_of(where: Holidays, year: int) -> tuple[date, ...]:
    """The working days of a calendar year in order."""
    first, length = date(year, 1, 1), 366 if isleap(year) else 365
    days = (first + n * _DAY for n in range(length))
    return tuple(day for day in days if is_working_day(day, where))


def _require_positive(number: int) -> None:
    if number < 1:
        raise ValueError(f"a period has at least 1 working day, not {number}")
