"""Dates in prose: `8 November 2019`, `18/11/19`, `mid November`, `Spring 2017`, `Q4 2019/20`.

Each becomes the days it covers. A date without a year is taken to be in the year nearest to the
day the text was written. Quarters are those of the financial year, which begins on 1 April.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from peelian.expressions import expression

Span = tuple[dt.date, dt.date]

_NAMES = [name for name in calendar.month_name if name]
_MONTHS = {name.casefold(): n for n, name in enumerate(_NAMES, 1)}
_MONTHS |= {name[:3].casefold(): n for n, name in enumerate(_NAMES, 1)} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# Words that are a month only where something before them says so: May, March, and what is short.
_DOUBTFUL = expression(r"may|march|\w{3,4}", re.IGNORECASE)
_CERTAIN_SHORT = {"june", "july"}

_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?:19|20)\d{2}(?![\d/])"
_FINANCIAL = r"(?:19|20)\d{2}\s?[/–-]?\s?\d{2}(?!\d)|(?<!\d)\d{2}/\d{2}(?![\d/])"
_FORMS = expression(
    rf"""
    (?<![\d./-])(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?![\d-])
  | (?<![\w./£-])(?P<nd>\d{{1,2}})(?P<sep>[./-])(?P<nm>\d{{1,2}})(?P=sep)(?P<ny>\d{{4}}|\d{{2}})
      (?![\w/-]|\.\d)
  | (?<![\w.,/£])(?P<d1>{_DAY})(?:\s*(?:-|–|to|and|&)\s*(?P<d2>{_DAY}))?\s+(?:of\s+)?
      (?P<dm>{_MONTH})\b(?:,?\s+(?P<dy>{_YEAR}))?
  | \b(?P<em>{_MONTH})\s+(?:the\s+)?(?:
        (?P<ed>\d{{1,2}}\s?(?:st|nd|rd|th))\b(?:,?\s+(?P<ey>{_YEAR}))?
      | (?P<fd>\d{{1,2}}),?\s+(?P<fy>{_YEAR}))
  | (?<![\w./-])(?P<hd>\d{{1,2}})-(?P<hm>{_MONTH})-(?P<hy>\d{{4}}|\d{{2}})(?![\w-])
  | \b(?P<sm>{_MONTH})(?:\s?['’‘]|-)(?P<smy>\d{{2}})(?![\w/-])
  | \b(?P<mm>{_MONTH})\b(?:\.(?=\s+\d))?(?:,?\s+(?:of\s+)?(?P<my>{_YEAR}))?
  | \b(?P<qf>{_FINANCIAL})[\s-]+q(?P<qn>[1-4])\b
  | \b(?:q|quarter\s+)(?P<q>[1-4])\b(?:\s*,?\s*(?:of\s+)?(?P<qy>{_FINANCIAL}|{_YEAR}))?
  | \b(?P<qo>first|second|third|fourth)\s+quarter\b(?:\s+of\s+(?P<oy>{_FINANCIAL}|{_YEAR}))?
  | \b(?P<season>spring|summer|autumn|winter)\b(?:,?\s+(?:of\s+)?(?P<sy>{_YEAR}))?
  | (?<![\w./£-])(?P<f>{_FINANCIAL})
  | (?<![\w./£,-])(?P<year>{_YEAR})(?![\w.%]*\d|\s?%)
  | \b(?P<xmas>christmas)(?:\s+(?P<cy>{_YEAR}))?(?!\s+[a-z])
  | \bnext\s+(?P<next>week|month|quarter|year)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# How any of the forms begins, in small letters: quick to look for.
_BEGINNING = expression(
    r"\d(?<!\d\d)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4u]|first|second|third|"
    r"fourth|spring|summer|autumn|winter|christmas|next)"
)
_PART = expression(
    r"\b(?:(?P<part>early|mid|late)(?:\s*-\s*|\s+(?:in\s+)?)|"
    r"(?P<end>(?:beginning|start|middle|end)(?=\s+of\b)|end)\s+(?:of\s+)?|"
    r"(?P<nth>first|second|third|last)\s+(?P<unit>week|half)\s+(?:of|in)\s+)(?:the\s+)?$",
    re.IGNORECASE,
)
_WHEN = expression(
    r"\b(?:in|on|by|before|after|until|till|from|since|during|of|for|to|and|or|between|next|last|"
    r"this|around|through|early|mid|late)[\s-]+(?:the\s+)?$|\d\s*[-–/]\s*$|[A-Za-z]\s*[-–/]\s*$",
    re.IGNORECASE,
)
# Four digits are a year only after one of these; "on 2019 calls" is a number.
_IN_YEAR = expression(
    r"\b(?:in|by|before|after|until|till|from|since|during|through|year)\s+$"
    r"|\b(?:from|between)\s+(?:19|20)\d{2}\s+(?:to|and|until)\s+$",
    re.IGNORECASE,
)
_BEFORE = 60  # letters before a date in which the word that makes it one may stand
_RANGE = expression(r"\s*(?:-|–|/|to|until)\s*(?:the\s+)?")
_BETWEEN = expression(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class DateMention:
    """A date in a text: where it stands, the days it covers, and what is printed.

    `has_year` is false where the year was chosen as the nearest.
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    printed: str
    has_year: bool = True

    @property
    def is_day(self) -> bool:
        """Return whether it is one day."""
        return self.first == self.last


def dates(text: str, near: dt.date) -> list[DateMention]:
    """Return the dates in a text, in order; `near` is the day it was written. Never raises."""
    return list(_dates(text, near))


@lru_cache(maxsize=8192)  # several checks read the same passages
def _dates(text: str, near: dt.date) -> tuple[DateMention, ...]:
    found: list[DateMention] = []
    for match in _matches(text):
        try:
            read = _read(match, near)
        except (ValueError, OverflowError):  # 31 November; the year 10000
            continue
        if read is None:
            continue
        (first, last), has_year = read
        start = match.start()
        if first != last and (part := _PART.search(text, max(start - _BEFORE, 0), start)):
            if part["nth"]:
                first, last = _nth(part["nth"].casefold(), part["unit"].casefold(), first, last)
            else:
                first, last = _third((part["part"] or part["end"]).casefold(), first, last)
            start = part.start()
        elif not _certain(match, has_year):
            continue
        mention = DateMention(start, match.end(), first, last, "", has_year)
        joined = _joined(found[-1], mention, text) if found else None
        if joined:
            found.pop()
        found.append(joined or mention)
    return tuple(replace(m, printed=text[m.start : m.end]) for m in found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what has the form of a date, looked for only where one can begin."""
    small = text.lower()
    if len(small) != len(text):  # a letter that becomes two would shift all places
        yield from _FORMS.finditer(text)
        return
    beginning = _BEGINNING.search(small)
    while beginning:
        match = _FORMS.match(text, beginning.start())
        if match:
            yield match
        end = match.end() if match else beginning.start() + 1
        beginning = _BEGINNING.search(small, end)


def _read(match: re.Match[str], near: dt.date) -> tuple[Span, bool] | None:
    """Return the days a match covers and whether it says the year; None where it is no date."""
    got = match.groupdict()
    if got["iso"]:
        day = dt.date.fromisoformat(got["iso"])
        return (day, day), True
    if got["nd"]:
        day = dt.date(_century(got["ny"], near), int(got["nm"]), int(got["nd"]))
        return (day, day), True
    for name, day_name, year_name in (("dm", "d1", "dy"), ("em", "ed", "ey"), ("em", "fd", "fy")):
        if got[name] and got[day_name]:
            return _dated(
                got[name], got[day_name], got["d2"] or got[day_name], got[year_name], near
            )
    if got["hd"]:
        day = dt.date(_century(got["hy"], near), _MONTHS[got["hm"].casefold()], int(got["hd"]))
        return (day, day), True
    if got["sm"]:
        return _month(_century(got["smy"], near), _MONTHS[got["sm"].casefold()]), True
    if got["mm"]:
        month = _MONTHS[got["mm"].casefold()]
        return _in_year(lambda year: _month(year, month), got["my"], near)
    if number := got["q"] or got["qn"] or _ORDINALS.get((got["qo"] or "").casefold()):
        printed = got["qy"] or got["qf"] or got["oy"]
        begins = str(_financial(printed, near)) if printed else None
        return _in_year(lambda year: _quarter(year, int(number)), begins, near)
    if got["season"]:
        begins_in = _SEASONS[got["season"].casefold()]
        return _in_year(lambda year: _months(year, begins_in, 3), got["sy"], near)
    if got["f"]:
        return _months(_financial(got["f"], near), 4, 12), True
    if got["year"]:
        return _months(int(got["year"]), 1, 12), True
    if got["xmas"]:
        return _in_year(lambda y: (dt.date(y, 12, 25), dt.date(y, 12, 25)), got["cy"], near)
    return _next(got["next"].casefold(), near), True


def _dated(
    month: str, day: str, last_day: str, year: str | None, near: dt.date
) -> tuple[Span, bool]:
    first, last = (int(re.match(r"\d+", d)[0]) for d in (day, last_day))  # type: ignore[index]
    number = _MONTHS[month.casefold()]
    return _in_year(lambda y: (dt.date(y, number, first), dt.date(y, number, last)), year, near)


def _in_year(made: Callable[[int], Span], year: str | None, near: dt.date) -> tuple[Span, bool]:
    """Return the days in the year printed, or in the year that brings them nearest to `near`."""
    if year:
        return made(int(year)), True
    spans: list[Span] = []
    for candidate in range(max(near.year - 1, 1), min(near.year + 1, 9998) + 1):
        try:
            spans.append(made(candidate))
        except ValueError:  # 29 February
            continue
    return min(spans, key=lambda span: _distance(span, near)), False


def _distance(span: Span, day: dt.date) -> int:
    return max((span[0] - day).days, (day - span[1]).days, 0)


def _month(year: int, month: int) -> Span:
    return _months(year, month, 1)


def _months(year: int, month: int, count: int) -> Span:
    end = month + count - 1
    last_year, last_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    last_day = calendar.monthrange(last_year, last_month)[1]
    return dt.date(year, month, 1), dt.date(last_year, last_month, last_day)


def _quarter(year: int, number: int) -> Span:
    return _months(year + number // 4, (number * 3) % 12 + 1, 3)


def _century(year: str, near: dt.date) -> int:
    return int(year) if len(year) == 4 else near.year // 100 * 100 + int(year)


def _financial(printed: str, near: dt.date) -> int:
    """Return the year a financial year begins in. Raises ValueError where it is none: 7/12."""
    digits = re.sub(r"\D", "", printed)
    if len(digits) == 4 and "/" not in printed:
        return int(digits)
    begins = _century(digits[:-2], near)
    if int(digits[-2:]) != (begins + 1) % 100:
        raise ValueError(printed)
    return begins


def _next(unit: str, near: dt.date) -> Span:
    if unit == "week":
        monday = near + dt.timedelta(days=7 - near.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "year":
        return _months(near.year + 1, 1, 12)
    step = 1 if unit == "month" else 3 - (near.month - 1) % 3
    following = near.month - 1 + step
    return _months(near.year + following // 12, following % 12 + 1, 1 if unit == "month" else 3)


def _nth(nth: str, unit: str, first: dt.date, last: dt.date) -> Span:
    """Return the first, second, third or last week of a period, or a half of it."""
    days = 7 if unit == "week" else ((last - first).days + 1) // 2
    if nth == "last" or (unit == "half" and nth != "first"):
        return last - dt.timedelta(days=days - 1), last
    begins = first + dt.timedelta(days=days * (_ORDINALS[nth] - 1))
    return begins, begins + dt.timedelta(days=days - 1)


def _third(part: str, first: dt.date, last: dt.date) -> Span:
    """Return a part of a period; each is a third, of a month about ten days."""
    third = ((last - first).days + 1) // 3
    early, late = first + dt.timedelta(days=third - 1), last - dt.timedelta(days=third)
    if part in ("early", "beginning", "start"):
        return first, early
    if part in ("mid", "middle"):
        return early + dt.timedelta(days=1), late
    return late + dt.timedelta(days=1), last


def _certain(match: re.Match[str], has_year: bool) -> bool:
    """Return whether it is a date at all: May, spring, Oct and 2019 need a word before them."""
    before = max(match.start() - _BEFORE, 0)
    if match["year"]:
        return bool(_IN_YEAR.search(match.string, before, match.start()))
    word = match["mm"] or match["season"]
    if has_year or not word:
        return True
    if match["mm"] and word[0].islower():
        return False
    sure = not match["season"] and (
        word.casefold() in _CERTAIN_SHORT or not _DOUBTFUL.fullmatch(word)
    )
    return sure or bool(_WHEN.search(match.string, before, match.start()))


def _joined(before: DateMention, after: DateMention, text: str) -> DateMention | None:
    """Return `10 October to 8 November 2019` as one mention; None where they are two."""
    between = text[before.end : after.start]
    near = max(before.start - _BEFORE, 0)
    both = between.strip() == "and" and _BETWEEN.search(text, near, before.start)
    if not (_RANGE.fullmatch(between) or both):
        return None
    try:
        first, last = before.first, after.last
        if not before.has_year:
            first = first.replace(year=last.year)
            first = first.replace(year=last.year - 1) if first > last else first
        elif not after.has_year:
            last = last.replace(year=first.year)
            last = last.replace(year=first.year + 1) if last < first else last
    except ValueError:
        return None
    if first > last:
        return None
    either = before.has_year or after.has_year
    return DateMention(before.start, after.end, first, last, "", either)
