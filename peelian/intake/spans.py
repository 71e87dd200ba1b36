"""The periods that published tables name: `Apr 2019 to Mar 2020`, `2019/20`, `31-03-2003`.

Each becomes what files of figures have: `2019-12` a month, `2019/20-Q3` a quarter, `2019` a year,
`12 months to 2020-03` any twelve months. Footnote marks are taken off first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from peelian.expressions import expression
from peelian.intake.readings import MONTH_NAMES, as_period

# [note 1], [r], (p), and the figure of a footnote stuck to a year or a name: 20192, 20191,2.
_MARKS = expression(
    r"\s*(?:\[[a-z0-9 ,]{1,20}\]|\((?:r|p|provisional|revised)\))\s*", re.IGNORECASE
)
_STUCK = expression(r"(?<=\b(?:19|20)[0-9]{2})[0-9](?:,[0-9])*$")
MONTH = "(" + "|".join(MONTH_NAMES) + r")[a-z]*\.?"
_DAY = expression(r"(?:as at )?(\d{1,2})(?:st|nd|rd|th)? " + MONTH + r"[ -](\d{4})")
_ISO = expression(r"(\d{4})-(\d{2})-(\d{2})")
_BRITISH = expression(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ENDING = expression(r"(?:the )?(?:12 months|twelve months|year) (?:to|ending|ended)(?: in)? (.+)")
_FROM_TO = expression(MONTH + r"(?: (\d{4}))? ?(?:to|-|–) ?" + MONTH + r" (\d{4})")
_PAIR = expression(r"(\d{4}|\d{2})[/-](\d{2}|\d{4})")
_QUARTER = expression(r"(?:q([1-4]) )?(\d{4})/(\d{2})(?:[- ]q([1-4]))?")
PERIOD = frozenset(
    {
        "period",
        "time period",
        "year",
        "financial year",
        "quarter",
        "month",
        "date",
        "as at",
        "12 months ending",
        "year ending",
        "12 months to",
        "year to",
    }
)
ROLLING = frozenset(("12 months ending", "year ending", "12 months to", "year to"))
QUARTER = frozenset(("financial quarter", "quarter"))
YEARS = range(1950, 2100)


def unmarked(text: str) -> str:
    """Return a cell's text without footnote marks, leading stars and surplus spaces."""
    return " ".join(_MARKS.sub(" ", text).strip().lstrip("*").split())


def span(text: str, *, rolling: bool = False) -> str | None:
    """Return the period a cell names, None where it names none.

    With ``rolling`` a day or month is the end of twelve months, as under "12 months ending".
    """
    plain = _STUCK.sub("", unmarked(text)).casefold()
    if ending := _ENDING.fullmatch(plain):
        return span(ending[1], rolling=True)
    found = _month(plain)
    if found:
        return f"12 months to {found}" if rolling else found
    if between := _FROM_TO.fullmatch(plain):
        return _between(*between.groups())
    if quarter := _QUARTER.fullmatch(plain):
        which = quarter[1] or quarter[4]
        if which and int(quarter[3]) == (int(quarter[2]) + 1) % 100:
            return f"{quarter[2]}/{quarter[3]}-Q{which}"
    if re.fullmatch(r"\d{4}", plain) and int(plain) in YEARS:
        return None if rolling else plain
    year = _financial(plain)
    return f"12 months to {year + 1}-03" if year else None


def financial_year(text: str) -> str | None:
    """Return `12 months to 2004-03` for `2003/04` where that can be no month, else None."""
    year = _financial(_STUCK.sub("", unmarked(text)).casefold())
    return f"12 months to {year + 1}-03" if year else None


def spans(texts: Sequence[str]) -> list[str | None]:
    """Return the period each heading of a table names, None for those that name none.

    `2011/12` may be a month or a financial year: it is a year where all the others like it are,
    and where it stands alone it is neither.
    """
    plain = [_STUCK.sub("", unmarked(text)).casefold() for text in texts]
    pairs = [text for text in plain if _PAIR.fullmatch(text)]
    financial = [text for text in pairs if _financial(text)]
    found: list[str | None] = []
    for raw, text in zip(texts, plain, strict=True):
        if text not in pairs:
            found.append(span(raw))
        elif len(financial) == len(pairs) and not (len(pairs) == 1 and _month(text)):
            found.append(f"12 months to {(_financial(text) or 0) + 1}-03")
        else:
            found.append(None if text in financial else _month(text))
    return found


def _month(plain: str) -> str | None:
    """Return the month of a day or month, as `2019-12`."""
    if day := _ISO.fullmatch(plain):
        return _valid(int(day[1]), int(day[2]), int(day[3]))
    if day := _BRITISH.fullmatch(plain):
        return _valid(int(day[3]), int(day[2]), int(day[1]))
    if day := _DAY.fullmatch(plain):
        return _valid(int(day[3]), MONTH_NAMES.index(day[2]) + 1, int(day[1]))
    found = as_period(plain.removeprefix("as at "))
    is_month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", found)
    return found if is_month and int(found[:4]) in YEARS else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return f"{dt.date(year, month, day):%Y-%m}" if year in YEARS else None
    except ValueError:
        return None


def _between(first: str, year: str | None, last: str, end: str) -> str | None:
    """Return the period from one month to another: a quarter, twelve months, or none we keep."""
    begin, close = MONTH_NAMES.index(first), MONTH_NAMES.index(last)
    until = int(end) * 12 + close
    since = int(year) * 12 + begin if year else until - (close - begin) % 12
    if until - since == 11:
        return f"12 months to {end}-{close + 1:02}"
    if until - since == 2 and begin % 3 == 0:
        first_year = since // 12 - (begin < 3)
        return f"{first_year}/{(first_year + 1) % 100:02}-Q{(begin // 3 - 1) % 4 + 1}"
    return f"{end}-{close + 1:02}" if until == since else None


def _financial(plain: str) -> int | None:
    """Return the calendar year in which a financial year begins, as 2019 of `2019/20`."""
    if not (pair := _PAIR.fullmatch(plain)):
        return None
    year = int(pair[1]) if len(pair[1]) == 4 else 2000 + int(pair[1])
    if year not in YEARS or int(pair[2][-2:]) != (year + 1) % 100:
        return None
    return year if len(pair[2]) == 2 or int(pair[2]) == year + 1 else None


class When(NamedTuple):
    """The column that says of each row its period, and how: with another for the quarter, or not.

    A day or month in it is the end of a `rolling` year; in a `financial` one `2003/04` is no month.
    """

    column: int
    quarter: int | None
    rolling: bool
    financial: bool

    def written(self, cells: list[str]) -> str:
        """Return how a row writes its period."""
        if self.quarter is None:
            return cells[self.column]
        return f"{cells[self.column].strip()} Q{cells[self.quarter].strip().upper().lstrip('Q')}"

    def of(self, cells: list[str]) -> str | None:
        """Return a row's period, None where it names none."""
        written = self.written(cells)
        if self.financial and (year := financial_year(written)):
            return year
        return span(written, rolling=True) if self.rolling else spans([written])[0]


def when_said(names: list[str]) -> When | None:
    """Return the column of periods, None where there is none."""
    column = next((n for n, name in enumerate(names) if name in PERIOD), None)
    if column is None:
        return None
    quarter = next((n for n, name in enumerate(names) if name in QUARTER), None)
    year = next((n for n, name in enumerate(names) if name in ("financial year", "year")), None)
    if quarter is None or year is None:
        return When(column, None, names[column] in ROLLING, names[column] == "financial year")
    return When(year, quarter, rolling=False, financial=False)
