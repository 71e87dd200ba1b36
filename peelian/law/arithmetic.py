"""The declarative forms in which a rule pack says when something is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from peelian.law import dates
from peelian.law.dates import Beginning, FinancialYear, Nation, Worked

Unit = Literal["days", "weeks", "months", "working_days"]

_BEGINNINGS: dict[Beginning, str] = {
    "with_event": "beginning with the day itself",
    "day_after": "starting the day after",
}


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
        return dates.fixed_date(self.month, self.day, year)


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
        return dates.day_before_fixed(self.month, self.day, year)


@dataclass(frozen=True)
class Period:
    """``{days: 56, beginning: with_event}``, and the same in weeks, months or working days."""

    unit: Unit
    number: int
    beginning: Beginning

    @property
    def words(self) -> str:
        """The form in words."""
        unit = self.unit.replace("_", " ")
        unit = unit.removesuffix("s") if self.number == 1 else unit
        return f"within {self.number} {unit} {_BEGINNINGS[self.beginning]}"

    def work_out(self, event: date, nation: Nation) -> Worked:
        """The last day of the period that the event opens."""
        match self.unit:
            case "days":
                return dates.counted_days(event, self.number, self.beginning)
            case "weeks":
                return dates.counted_weeks(event, self.number, self.beginning)
            case "months":
                return dates.counted_months(event, self.number, self.beginning)
            case "working_days":
                return dates.counted_working_days(event, self.number, self.beginning, nation)


@dataclass(frozen=True)
class ClearDays:
    """``{clear_days: 5, before: meeting}``: the last day on which notice is in time."""

    number: int

    @property
    def words(self) -> str:
        """The form in words."""
        return f"at least {self.number} clear day{'' if self.number == 1 else 's'} before"

    def work_out(self, event: date, nation: Nation) -> Worked:
        """The last day to give notice of the event."""
        return dates.clear_days_before(event, self.number, nation)


@dataclass(frozen=True)
class EndOfFinancialYear:
    """``{end_of: financial_year}``: 31 March of the financial year the event falls in."""

    @property
    def words(self) -> str:
        """The form in words."""
        return "by the end of the financial year it falls in"

    def work_out(self, event: date, _nation: Nation) -> Worked:
        """The last day of the event's financial year, the same in every nation."""
        return dates.end_of_financial_year(event)


Yearly = OnDate | BeforeDate
FromEvent = Period | ClearDays | EndOfFinancialYear
Arithmetic = Yearly | FromEvent


def arithmetic_from(form: Mapping[str, Any]) -> Arithmetic:
    """The arithmetic that a mapping valid under ``rules/schema.json`` declares.

    Raises ``ValueError`` for a month and day that not every year has.
    """
    if "fixed" in form:
        return OnDate(*_parse_month_day(form["fixed"]))
    if "day_before" in form:
        return BeforeDate(*_parse_month_day(form["day_before"]))
    if "clear_days" in form:
        return ClearDays(int(form["clear_days"]))
    if "end_of" in form:
        return EndOfFinancialYear()
    unit: Unit = next(unit for unit in get_args(Unit) if unit in form)
    return Period(unit, int(form[unit]), form["beginning"])


def _parse_month_day(text: str) -> tuple[int, int]:
    month, day = (int(part) for part in text.split("-"))
    date(2001, month, day)  # a year without 29 February
    return month, day


def _month_day(month: int, day: int) -> str:
    return dates.plain(date(2001, month, day)).removesuffix(" 2001")
