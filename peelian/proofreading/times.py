"""Which days a period means, however it is written: `Q2 2024/25`, `July to September 2024`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from peelian.expressions import expression
from peelian.recognition.dates import DateMention, dates

Days = tuple[dt.date, dt.date]

# Only dates with a year of their own are compared: any day will do.
_ANY_DAY = dt.date(2020, 1, 1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_A_MONTH = rf"((?:{'|'.join(_MONTHS)})[a-z]{{0,6}})"
_FROM_MONTH = expression(rf"{_A_MONTH}\s*(?:-|–|/|to)\s*{_A_MONTH}", re.IGNORECASE)
_MOST_READ = 600
# The days between the first and the last.
_LENGTHS = {"quarter": (88, 93), "half year": (179, 184), "year": (363, 366)}
_MONTHS_LONG = {"quarter": 3, "year": 12}
_UNTIL = expression(
    r"\b(?P<count>\d{1,2}|three|six|nine|twelve)?[\s-]*(?P<unit>months?|quarter|year)\s+"
    r"(?:period\s+)?(?:to|ending|ended|up\s+to)\s+(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
_IN_WORDS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_YEAR = expression(r"(?:in\s+|during\s+)?(?:the\s+)?(?:calendar\s+year\s+)?((?:19|20)\d\d)\W*")
_LONG_YEARS = expression(r"\b((?:19|20)\d\d)\s?[/–-]\s?(?:19|20)(\d\d)\b")
_IN_THE = expression(
    r"\b(?:in|during|over|for|of)\s+the\s+(quarter|half[- ]year|year|month|week|period|term)\b"
    r"(?!\s+(?:to|ending|ended|before|after|ahead|of)\b)",
    re.IGNORECASE,
)
# A time of before, for which the sentence has no date of its own.
_OF_OLD = expression(
    r"\b(?:(?:same|previous|preceding|last|next|coming|following)\s+(?:\w+\s+)?"
    r"(?:year|quarter|half|month|week|period)|(?:year|quarter|month)\s+(?:before|earlier|ago)|"
    r"earlier|ago)\b",
    re.IGNORECASE,
)
_DIGITS = expression(r"£?[\d,.]+")
# What follows it is a time that something is set against, or of another clause.
_SET_AGAINST = expression(
    r",\s+(?:the\s+)?(?:longer|shorter|higher|lower|more|fewer|less|highest|lowest|most|fewest|best|"
    r"worst|longest|up|down)\b|\b(?:than|against|compared)\b"
)
_ANOTHER_CLAUSE = expression(r",\s+(?:which|who|and\s+(?:that|the|it|they|we|I)|when|where|but)\b")
_CLAUSE_END = expression(r"[,;:()]|\band\b|\bbut\b")
_WHENCE = expression(
    r"\([^()]{0,160}\b(?:source|system|systems|published|survey|statistics|records?|bulletin|database|"
    r"accounts|read\s+on|reports?|returns?|data|figures|census|[A-Z]{2,5},)[^()]{0,160}\)",
    re.IGNORECASE,
)
_AT_END = expression(r"(?:as\s+)?(?:at|of)?\s*(?:the\s+)?end\s+(?:of\s+)?", re.IGNORECASE)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Return where the dates of a text stand."""
    return [(one.start, one.end) for one in dates(text, _ANY_DAY)]


@lru_cache(maxsize=2048)
def days_of(period: str) -> Days | None:
    """Return the first and last day of a period as printed; None where no year is told."""
    text = _LONG_YEARS.sub(r"\1/\2", period[:120])
    if year := _YEAR.fullmatch(text.strip()):
        return dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31)
    mentions = [one for one in dates(text, _ANY_DAY) if one.has_year]
    if len({(one.first, one.last) for one in mentions}) != 1:
        return None
    one = mentions[0]
    if until := _UNTIL.search(text, 0, one.start):
        return _months_before(one.last, _length(until)), one.last
    if _AT_END.match(text[max(one.start - 8, 0) :]) and one.first != one.last:
        return one.last, one.last
    return one.first, one.last


def _length(until: re.Match[str]) -> int:
    """Return how many months `year to` or `three months to` is."""
    unit, count = until["unit"].casefold(), (until["count"] or "").casefold()
    if unit in _MONTHS_LONG:
        return _MONTHS_LONG[unit]
    return _IN_WORDS.get(count) or int(count or 1)


def _months_before(last: dt.date, months: int) -> dt.date:
    """Return the first day of so many months of which the last ends on or about a day."""
    month = last.year * 12 + last.month - months
    return dt.date(max(month // 12, 1), month % 12 + 1, 1)


@dataclass(frozen=True)
class Time:
    """The time that a figure is of: its days, or words that name none; `since` a day is another."""

    days: Days | None = None
    words: str = ""
    lead: str = ""
    months: tuple[int, int] | None = None  # the first and the last, of no year that is told

    def __bool__(self) -> bool:
        return bool(self.days or self.words)

    def is_that_of(self, other: Time) -> bool:
        """Return whether both are surely one time; both none is not."""
        if self.days and other.days:
            return (self.days, self.lead) == (other.days, other.lead)
        for one, two in ((self, other), (other, self)):
            if one.months and two.days:
                return one.months == (two.days[0].month, two.days[1].month)
        if self.months and other.months:
            return self.months == other.months
        return bool(self.words) and (self.words, self.lead) == (other.words, other.lead)


def time_of(sentence: str, period: str, before: int, others: Sequence[str] = ()) -> Time:
    """Return the time of a figure whose number stands after `before` characters of its sentence.

    `period` is the one recognised, which may be that of its source: what stands in brackets after
    a figure says mostly whence it is. `others` are the other numbers of the sentence.
    """
    plain = without_sources(sentence)
    near = _IN_THE.search(_CLAUSE_END.split(plain[before : before + 120])[0])
    if near and not re.search(r"\d{4}", near.string) and not (period and near[0][:3] == "for"):
        return Time(words=_worded(near[1]))
    mentions = [
        one
        for one in dates(plain, _ANY_DAY)
        if (one.has_year or one.printed == period)
        and not _is_of_another(plain, one, before, others)
    ]
    if period and not any(m.printed in period or period in m.printed for m in mentions):
        period = period if period in plain and not days_of(period) else ""
    named = [m for m in mentions if m.printed in period or period in m.printed] if period else []
    if not named and period and period in plain and not days_of(period):
        return Time(words=_worded(period), lead=_lead(plain, plain.find(period)))
    if not named and len({(m.first, m.last) for m in mentions}) == 1 and not _OF_OLD.search(plain):
        named = mentions
    if named:
        before_it = [m for m in mentions if m.start < before]
        own = [m for m in named if not _is_apart(plain, before, m)] or before_it or named
        one = min(own, key=lambda m: abs(m.start - before))
        ends = [m.end for m in mentions if m.end <= one.start]
        start = max([one.start - 40, 0, *ends])
        days = days_of(plain[start : one.end]) if one.has_year else None
        days = days or ((one.first, one.last) if one.has_year else None)
        words = "" if days else _worded(one.printed)
        return Time(days, words, _lead(plain, one.start), None if days else _months(one))
    relative = list(_IN_THE.finditer(plain))
    if relative and not _OF_OLD.search(plain):
        return Time(words=_worded(min(relative, key=lambda m: abs(m.start() - before))[1]))
    return Time()


def time_named(text: str) -> Time:
    """Return the time that the heading of a column or a table is of."""
    days = days_of(text)
    if days:
        return Time(days)
    if found := _FROM_MONTH.fullmatch(text.strip()):
        first, last = (_MONTHS.index(one.casefold()[:3]) + 1 for one in (found[1], found[2]))
        return Time(words=_worded(text), months=(first, last))
    named = [one for one in dates(text, _ANY_DAY) if one.printed == text.strip()]
    if named:
        return Time(words=_worded(text), months=_months(named[0]))
    relative = _IN_THE.search(text)
    return Time(words=_worded(relative[1])) if relative else Time()


def _months(one: DateMention) -> tuple[int, int]:
    return one.first.month, one.last.month


def _is_of_another(plain: str, one: DateMention, before: int, others: Sequence[str]) -> bool:
    """Return whether a date says of what time another number is: `(2022/23: £4m)`."""
    if one.start < before:
        return False
    between = plain[before : one.start]
    if plain[one.end : one.end + 1] == ":" or _SET_AGAINST.search(between):
        return True
    number = _DIGITS.match(between)
    rest = between[number.end() if number else 0 :]
    in_digits = (other for other in others if re.search(r"\d", other))  # not `the first half of`
    return any(_stands_in(other, rest) for other in in_digits)


def _stands_in(number: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\w.,]){re.escape(number)}(?!\d)", text))


def _is_apart(plain: str, before: int, one: DateMention) -> bool:
    """Return whether a date stands in another clause, after the number's."""
    return one.start > before and bool(_ANOTHER_CLAUSE.search(plain, before, one.start))


def without_sources(sentence: str) -> str:
    """Return a sentence with spaces where brackets tell whence a figure is."""
    return _WHENCE.sub(lambda m: " " * len(m[0]), sentence)


def _worded(period: str) -> str:
    """Return a period in plain words: `the half-year` and `the half year` are one."""
    words = re.findall(r"\w+", period.casefold())
    return " ".join(word for word in words if word not in ("the", "my", "our", "a", "in", "of"))


def _lead(plain: str, start: int) -> str:
    """Return `since` or `until` before a time, and nothing where it is `in` it or `at` it."""
    found = re.search(r"\b(since|before|after|until)\s+(?:\w+\s+){0,2}$", plain[:start][-40:])
    return found[1].casefold() if found else ""


def reporting_periods(texts: Iterable[str]) -> dict[str, Days]:
    """Return which days `the quarter`, `the half-year` and `the year` are, by the first named."""
    found: dict[str, Days] = {}
    for text in texts:
        for one in dates(text[:_MOST_READ], _ANY_DAY):
            days = days_of(text[max(one.start - 40, 0) : one.end]) or (one.first, one.last)
            length = (days[1] - days[0]).days
            for name, (least, most) in _LENGTHS.items():
                if one.has_year and least <= length <= most:
                    found.setdefault(name, days)
    return found
