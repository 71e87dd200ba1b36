"""The declarative forms in which a rule pack says when something is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

from peelian.law import counting
from peelian.law.counting import Beginning
from peelian.law.dates import FinancialYear, Nation, Span, Worked, counted, plain
from peelian.law.pauses import Pause
from peelian.law.workdays import Holidays

Unit = Literal["days", "weeks", "months", "years", "working_days"]
UnitBefore = Literal["days_before", "working_days_before"]

_BEGINNINGS: dict[Beginning, str] = {
    "with_event": "beginning with the day itself",
    "day_after": "starting the day after",
}
# The longest that one of each unit can be; a working day is never a fortnight from the last.
_LONGEST: dict[Unit, int] = {"days": 1, "weeks": 7, "months": 31, "years": 366, "working_days": 2}
_LONGEST_BREAK = timedelta(days=14)


@dataclass(frozen=True)
class OnDate:
    """``{fixed: "02-08"}``: a date every financial year has."""

    month: int
    day: int

    @property
    def words(self) -> str:
        """The form in words."""
        return f"by {_month_day(self.month, self.day)} each financial year"

    def work_out(self, year: FinancialYear) -> Worked:
        """The date in one financial year."""
        return counting.fixed_date(self.month, self.day, year)


@dataclass(frozen=True)
class BeforeDate:
    """``{day_before: "04-01"}``: the day before a date, in the financial year it falls in."""

    month: int
    day: int

    @property
    def words(self) -> str:
        """The form in words."""
        return f"before {_month_day(self.month, self.day)} each year"

    def work_out(self, year: FinancialYear) -> Worked:
        """The last day in time in one financial year."""
        return counting.day_before_fixed(self.month, self.day, year)


@dataclass(frozen=True)
class Period:
    """``{days: 56, beginning: with_event}``, and the same in weeks, months, years or working days.

    ``holidays: uk`` counts bank holidays anywhere in the United Kingdom and not only those of
    the office's own nation.
    """

    unit: Unit
    number: int
    beginning: Beginning
    holidays: Literal["uk"] | None = None

    @property
    def words(self) -> str:
        """The form in words."""
        unit = self.unit.replace("_", " ").removesuffix("s")
        return f"within {counted(self.number, unit)} {_BEGINNINGS[self.beginning]}"

    @property
    def reach(self) -> timedelta:
        """No due date is further from its event, unless a pause moves it."""
        return timedelta(days=_LONGEST[self.unit] * self.number) + _LONGEST_BREAK

    def work_out(self, event: date, nation: Nation, pauses: Sequence[Pause] = ()) -> Worked:
        """The last day of the period that the event opens, without the pauses in it."""
        number, beginning = self.number, self.beginning
        match self.unit:
            case "days":
                return counting.counted_days(event, number, beginning, pauses)
            case "weeks":
                return counting.counted_weeks(event, number, beginning, pauses)
            case "months":
                return counting.counted_months(event, number, beginning, pauses)
            case "years":
                return counting.counted_years(event, number, beginning, pauses)
            case "working_days":
                where: Holidays = self.holidays or nation
                return counting.counted_working_days(event, number, beginning, where, pauses)


@dataclass(frozen=True)
class ClearDays:
    """``{clear_days: 5, before: meeting}``: the last day on which notice is in time."""

    number: int

    @property
    def words(self) -> str:
        """The form in words."""
        return f"at least {counted(self.number, 'clear day')} before"

    @property
    def reach(self) -> timedelta:
        """No due date is further from its event."""
        return timedelta(days=2 * self.number) + _LONGEST_BREAK

    def work_out(self, event: date, nation: Nation) -> Worked:
        """The last day to give notice of the event."""
        return counting.clear_days_before(event, self.number, nation)


@dataclass(frozen=True)
class BeforeEvent:
    """``{working_days_before: 25, before: poll}``, and the same in days."""

    unit: UnitBefore
    number: int

    @property
    def words(self) -> str:
        """The form in words."""
        unit = self.unit.removesuffix("s_before").replace("_", " ")
        return f"no later than {counted(self.number, unit)} before"

    @property
    def reach(self) -> timedelta:
        """No due date is further from its event."""
        return timedelta(days=2 * self.number) + _LONGEST_BREAK

    def work_out(self, event: date, nation: Nation) -> Worked:
        """The last day in time before the event."""
        if self.unit == "days_before":
            return counting.days_before(event, self.number)
        return counting.working_days_before(event, self.number, nation)


@dataclass(frozen=True)
class EndOf:
    """``{end_of: month}``, ``quarter`` or ``financial_year``: that in which the event falls."""

    span: Span

    @property
    def words(self) -> str:
        """The form in words."""
        return f"by the end of the {self.span.replace('_', ' ')} it falls in"

    @property
    def reach(self) -> timedelta:
        """No due date is further from its event."""
        return timedelta(days=366)

    def work_out(self, event: date, _nation: Nation) -> Worked:
        """The last day of the event's month, quarter or year, the same in every nation."""
        return counting.end_of(event, self.span)


@dataclass(frozen=True)
class Standard:
    """``{standard: {days: 20, beginning: day_after}}``: the office's own standard.

    For what the law wants as soon as practicable, without a number. Never shown as law.
    """

    form: "Yearly | FromEvent"

    @property
    def words(self) -> str:
        """The form in words."""
        return (
            "as soon as practicable, with no date in law; "
            f"the office's own standard: {self.form.words}"
        )

    def explained(self, worked: Worked) -> Worked:
        """The date with a reason that does not pass for law."""
        said = "The law gives no date. By the office's own standard, which is not law: "
        return Worked(worked.on, said + worked.because)


@dataclass(frozen=True)
class UpToDate:
    """A continuous duty: kept up to date, which the law does not tie to a date.

    ``review`` is the office's own standard for looking whether it still is, if it has one.
    """

    review: "OnDate | BeforeDate | EndOf | None" = None

    @property
    def words(self) -> str:
        """The form in words."""
        kept = "kept up to date at all times, with no date in law"
        if self.review is None:
            return kept
        if isinstance(self.review, EndOf):
            every = f"at the end of each {self.review.span.replace('_', ' ')}"
        else:
            every = self.review.words
        return f"{kept}; the office's own standard for review: {every}"

    def explained(self, worked: Worked) -> Worked:
        """The date of a review with a reason that does not pass for law."""
        said = (
            "The law gives no date: it must be up to date at all times. It is reviewed by the "
            "office's own standard, which is not law: "
        )
        return Worked(worked.on, said + worked.because)


Yearly = OnDate | BeforeDate
FromEvent = Period | ClearDays | BeforeEvent | EndOf
Arithmetic = Yearly | FromEvent | Standard | UpToDate


def arithmetic_from(form: Mapping[str, Any] | None) -> Arithmetic:
    """The arithmetic that a mapping valid under ``rules/schema.json`` declares.

    None, as a continuous duty has it, is `UpToDate` without a review. Raises ``ValueError`` for
    a month and day that not every year has.
    """
    if form is None:
        return UpToDate()
    if "standard" in form:
        return Standard(_plain_form(form["standard"]))
    return _plain_form(form)


def _plain_form(form: Mapping[str, Any]) -> Yearly | FromEvent:
    if "fixed" in form:
        return OnDate(*_parse_month_day(form["fixed"]))
    if "day_before" in form:
        return BeforeDate(*_parse_month_day(form["day_before"]))
    if "clear_days" in form:
        return ClearDays(int(form["clear_days"]))
    if "end_of" in form:
        return EndOf(form["end_of"])
    for before in get_args(UnitBefore):
        if before in form:
            return BeforeEvent(before, int(form[before]))
    unit: Unit = next(unit for unit in get_args(Unit) if unit in form)
    return Period(unit, int(form[unit]), form["beginning"], form.get("holidays"))


def _parse_month_day(text: str) -> tuple[int, int]:
    month, day = (int(part) for part in text.split("-"))
    date(2001, month, day)  # a year without 29 February
    return month, day


def _month_day(month: int, day: int) -> str:
    return plain(date(2001, month, day)).removesuffix(" 2001")
