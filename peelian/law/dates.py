"""Days, months, quarters and financial years, and their names in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Nation = Literal["england", "wales"]
Span = Literal["month", "quarter", "financial_year"]

_DAY = timedelta(days=1)
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


@dataclass(frozen=True)
class Stretch:
    """One month, quarter or financial year: a stable key, its last day and its name in words."""

    key: str
    last: date
    label: str


def financial_year(on: date) -> FinancialYear:
    """The financial year (April to March) that a day falls in."""
    return FinancialYear(on.year if on.month >= 4 else on.year - 1)


def month_end(on: date) -> date:
    """The last day of the calendar month a day falls in."""
    first_of_next = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return first_of_next - _DAY


def stretch(on: date, span: Span) -> Stretch:
    """The month, quarter or financial year that a day falls in.

    Keys are ``2020-01``, ``2019-20-q4`` and ``2019-20``: quarters are those of the financial
    year, so the first is April to June.
    """
    year = financial_year(on)
    if span == "financial_year":
        return Stretch(year.key, year.last, year.label)
    if span == "month":
        return Stretch(f"{on:%Y-%m}", month_end(on), month_of(on))
    quarter = (on.month - 4) % 12 // 3 + 1
    first = on.replace(month=(quarter * 3) % 12 + 1, day=1)
    last = month_end(first.replace(month=first.month + 2))
    months = f"{_MONTHS[first.month - 1]} to {month_of(last)}"
    return Stretch(f"{year.key}-q{quarter}", last, f"quarter {quarter} of {year.label} ({months})")


def stretches(span: Span, start: date, end: date) -> Iterator[Stretch]:
    """Every month, quarter or financial year whose last day is from start to end, in order."""
    found = stretch(start, span)
    while found.last <= end:
        yield found
        found = stretch(found.last + _DAY, span)


def plain(on: date) -> str:
    """A date in words, such as ``5 February 2020``."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def full(on: date) -> str:
    """A date in words with its weekday, such as ``Wednesday 5 February 2020``."""
    return f"{_WEEKDAYS[on.weekday()]} {plain(on)}"


def month_of(on: date) -> str:
    """The month a day falls in, in words, such as ``February 2020``."""
    return f"{_MONTHS[on.month - 1]} {on.year}"


def counted(number: int, unit: str) -> str:
    """A number with its unit, which is given in the singular: ``1 day``, ``2 days``."""
    return f"{number} {unit}{'' if number == 1 else 's'}"
