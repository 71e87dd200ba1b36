"""Which days a period means, however it is written: `Q2 2024/25`, `July to September 2024`."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from peelian.recognition.dates import dates

Days = tuple[dt.date, dt.date]

# Only dates with a year of their own are compared: any day will do.
_ANY_DAY = dt.date(2020, 1, 1)
_MONTHS_LONG = {"quarter": 3, "year": 12}
_UNTIL = re.compile(
    r"\b(?P<count>\d{1,2}|three|six|nine|twelve)?[\s-]*(?P<unit>months?|quarter|year)\s+"
    r"(?:period\s+)?(?:to|ending|ended|up\s+to)\s+(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
_IN_WORDS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_YEAR = re.compile(r"(?:in\s+|during\s+)?(?:the\s+)?(?:calendar\s+year\s+)?((?:19|20)\d\d)\W*")
_LONG_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?[/–-]\s?(?:19|20)(\d\d)\b")
_AT_END = re.compile(r"(?:as\s+)?(?:at|of)?\s*(?:the\s+)?end\s+(?:of\s+)?", re.IGNORECASE)


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
