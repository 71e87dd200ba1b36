"""Date arithmetic in the forms the law uses, each answer with its reason in plain words.

Nothing here knows a duty: rule packs say which form applies, with which number.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from peelian.law import workdays
from peelian.law.dates import (
    FinancialYear,
    Span,
    Worked,
    counted,
    full,
    month_end,
    plain,
    stretch,
)
from peelian.law.pauses import Pause, moved
from peelian.law.workdays import (
    Holidays,
    is_working_day,
    nth_working_day,
    nth_working_day_before,
)

Beginning = Literal["with_event", "day_after"]

_DAY = timedelta(days=1)
_SPANS: dict[Span, str] = {
    "month": "the month",
    "quarter": "",  # its name says that it is a quarter
    "financial_year": "the financial year",
}


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


def counted_days(
    event: date, number: int, beginning: Beginning, pauses: Sequence[Pause] = ()
) -> Worked:
    """*Within N days beginning with the day of the event* (day 1 is that day), or *N days
    starting with the day after*.

    Every calendar day outside the pauses counts. Raises ``ValueError`` for a number below 1.
    """
    first = _day_one(event, number, beginning)
    on = first + (number - 1) * _DAY
    because = f"{_opening(event, first)}, so the last day is {plain(on)} (day {number})."
    return moved(Worked(on, because), first, pauses)


def counted_weeks(
    event: date, number: int, beginning: Beginning, pauses: Sequence[Pause] = ()
) -> Worked:
    """*Within N weeks beginning with the day of the event*, or starting with the day after.

    A week is seven days from day 1; days within the pauses are left out. Raises ``ValueError``
    when the number is below 1.
    """
    first = _day_one(event, number, beginning)
    on = first + (7 * number - 1) * _DAY
    weeks = counted(number, "week")
    because = f"{_opening(event, first)}, so the last day of {weeks} is {plain(on)}."
    return moved(Worked(on, because), first, pauses)


def counted_months(
    event: date, number: int, beginning: Beginning, pauses: Sequence[Pause] = ()
) -> Worked:
    """*Within N months beginning with the day of the event*, or starting with the day after.

    Calendar months (Interpretation Act 1978, Schedule 1). Starting the day after, the period
    ends on the corresponding date (Dodds v Walker [1981] 1 WLR 1027, HL); beginning with the
    day, it ends on the day before that; where the month is too short, at its end. Each day of
    a pause moves the end by a day. Raises ``ValueError`` when the number is below 1.
    """
    return _months(event, number, beginning, pauses, counted(number, "month"))


def counted_years(
    event: date, number: int, beginning: Beginning, pauses: Sequence[Pause] = ()
) -> Worked:
    """*Within N years*, which are twelve months each: see `counted_months`."""
    return _months(event, 12 * number, beginning, pauses, counted(number, "year"))


def counted_working_days(
    event: date,
    number: int,
    beginning: Beginning,
    where: Holidays,
    pauses: Sequence[Pause] = (),
) -> Worked:
    """*Within N working days beginning with the day of the event*, or starting the day after.

    Weekends, the bank holidays there and the pauses do not count, so day 1 is the first day
    that does on or after the start. Raises ``ValueError`` when the number is below 1.
    """
    start = _day_one(event, number, beginning)
    first, on = nth_working_day(start, 1, where), nth_working_day(start, number, where)
    across = " anywhere in the United Kingdom" if where == "uk" else ""
    worked = Worked(
        on,
        f"{_opening(event, first)}. Weekends and bank holidays{across} do not count, "
        f"so the last day is {full(on)} (working day {number}).",
    )
    return moved(worked, start, pauses, counts=lambda day: is_working_day(day, where))


def clear_days_before(event: date, number: int, where: Holidays) -> Worked:
    """*At least N clear days before the meeting*: the last day on which notice is in time.

    Neither the day of notice nor the day of the meeting counts. Weekends and bank holidays do
    not count either, and notice is given on a working day: councils' working of Local
    Government Act 1972 s.100A(6) and s.100B. Raises ``ValueError`` for a number below 1.
    """
    earliest = nth_working_day_before(event, number, where)
    latest = nth_working_day_before(event, 1, where)
    on = nth_working_day_before(event, number + 1, where)
    return Worked(
        on,
        f"The meeting is on {full(event)}. That day, the day of notice, weekends and bank "
        f"holidays do not count. {_clear_span(earliest, latest, number)}, "
        f"so the last day to publish is {full(on)}.",
    )


def days_before(event: date, number: int) -> Worked:
    """*Not later than the Nth day before the event*; the event's own day is not counted.

    Every calendar day counts. Raises ``ValueError`` when the number is below 1.
    """
    _require_positive(number)
    on = event - number * _DAY
    return Worked(on, f"{counted(number, 'day')} before {full(event)}, so by {full(on)}.")


def working_days_before(event: date, number: int, where: Holidays) -> Worked:
    """*Not later than the Nth working day before the event*, as notice of an election runs.

    The event's own day, weekends and bank holidays are not counted. Raises ``ValueError`` when
    the number is below 1.
    """
    worked = workdays.working_days_before(event, number, where)
    because = worked.because.removesuffix(".")
    return Worked(
        worked.on,
        f"{because}, not counting weekends and bank holidays, so by {full(worked.on)}.",
    )


def end_of(event: date, span: Span) -> Worked:
    """*Within the month, quarter or financial year in which the event falls*: its last day."""
    within = stretch(event, span)
    named = f"{_SPANS[span]} {within.label}".strip()
    return Worked(
        within.last,
        f"{plain(event)} falls in {named}, which ends on {plain(within.last)}.",
    )


def _months(
    event: date, number: int, beginning: Beginning, pauses: Sequence[Pause], period: str
) -> Worked:
    first = _day_one(event, number, beginning)
    months = event.year * 12 + event.month - 1 + number
    on = month_end(date(months // 12, months % 12 + 1, 1))
    if event.day <= on.day:
        corresponding = on.replace(day=event.day)
        on = corresponding if beginning == "day_after" else corresponding - _DAY
    because = f"{_opening(event, first)}, so the last day of {period} is {plain(on)}."
    return moved(Worked(on, because), first, pauses)


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


def _clear_span(earliest: date, latest: date, number: int) -> str:
    if number == 1:
        return f"The clear day is {full(latest)}"
    return f"The {number} clear days run from {full(earliest)} to {full(latest)}"
