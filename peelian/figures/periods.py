"""The periods that figures are for: how they follow one another, are written and are read aloud.

A period is known by its first day: a week by its Monday, a rolling year by the first of the month
that its twelve months begin with.
"""

from __future__ import annotations

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ROLLING = "12 months to "
MONTHS_IN = {"monthly": 1, "quarterly": 3, "yearly": 12}
# How a period is written in files, by frequency; also what a message says it expected.
WRITTEN = {
    "weekly": gettext_lazy("a week like 2019-W50"),
    "monthly": gettext_lazy("a month like 2019-12"),
    "rolling_year": gettext_lazy("a month like 2019-12, the first of the twelve"),
    "quarterly": gettext_lazy("a quarter like 2019/20-Q3"),
    "yearly": gettext_lazy("a year like 2019"),
}
_QUARTER = re.compile(r"([0-9]{4})/([0-9]{2})-Q([1-4])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")


def months_on(day: dt.date, months: int) -> dt.date:
    """Return the first of the month so many months on."""
    place = day.year * 12 + day.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def is_regular(frequency: str) -> bool:
    """Return whether periods follow one another without overlap: all but rolling years."""
    return frequency == "weekly" or frequency in MONTHS_IN


def step_on(frequency: str, period: dt.date, steps: int) -> dt.date:
    """Return the period so many steps on. Raises KeyError for rolling years, which overlap."""
    if frequency == "weekly":
        return period + dt.timedelta(weeks=steps)
    return months_on(period, steps * MONTHS_IN[frequency])


def holding(frequency: str, day: dt.date) -> dt.date:
    """Return the first day of the week, month, quarter or calendar year that a day is in."""
    if frequency == "weekly":
        return day - dt.timedelta(days=day.weekday())
    if frequency == "quarterly":
        return dt.date(day.year, day.month - (day.month - 1) % 3, 1)
    return dt.date(day.year, 1 if frequency == "yearly" else day.month, 1)


def end_of(frequency: str, period: dt.date) -> dt.date:
    """Return the last day of a period."""
    if frequency == "rolling_year":
        return months_on(period, 12) - dt.timedelta(days=1)
    return step_on(frequency, period, 1) - dt.timedelta(days=1)


def parse_period(text: str, frequency: str) -> dt.date | None:
    """Return the first day of `2019-12`, `2019/20-Q3`, `2019-W50` or `2019`, else None.

    A rolling year is also written `12 months to 2020-03`.
    """
    try:
        if frequency == "quarterly":
            return _quarter(text)
        if frequency == "weekly":
            week = _WEEK.fullmatch(text)
            return dt.date.fromisocalendar(int(week[1]), int(week[2]), 1) if week else None
        if frequency == "yearly":
            return dt.date(int(text), 1, 1) if _YEAR.fullmatch(text) else None
        if frequency == "rolling_year" and text.startswith(ROLLING):
            last = parse_period(text.removeprefix(ROLLING), "monthly")
            return months_on(last, -11) if last else None
        month = _MONTH.fullmatch(text)
        return dt.date(int(month[1]), int(month[2]), 1) if month else None
    except ValueError:
        return None


def _quarter(text: str) -> dt.date | None:
    if not (match := _QUARTER.fullmatch(text)):
        return None
    year, end, quarter = map(int, match.groups())
    return quarter_start(year, quarter) if 1 <= year < 9999 and end == (year + 1) % 100 else None


def quarter_start(year: int, quarter: int) -> dt.date:
    """Return the first day of a financial year's quarter, 1 to 4."""
    return dt.date(year + (quarter == 4), 4 + 3 * (quarter - 1) - 12 * (quarter == 4), 1)


def written(frequency: str, period: dt.date) -> str:
    """Return a period as files have it, which `parse_period` reads back."""
    if frequency == "quarterly":
        year, quarter = _financial(period)
        return f"{year:04}/{(year + 1) % 100:02}-Q{quarter}"
    if frequency == "weekly":
        year, week, _day = period.isocalendar()
        return f"{year:04}-W{week:02}"
    return f"{period.year:04}" if frequency == "yearly" else f"{period.year:04}-{period.month:02}"


def _financial(period: dt.date) -> tuple[int, int]:
    """Return the financial year that a month is in, by its first calendar year, and its quarter."""
    return period.year - (period.month < 4), (period.month - 4) % 12 // 3 + 1


def period_label(frequency: str, period: dt.date) -> str:
    """Return a period as people read it: December 2019, Q3 2019/20, 12 months to June 2019."""
    if frequency == "weekly":
        return _("Week of %(day)s") % {"day": date_format(period, "j F Y")}
    if frequency == "yearly":
        return str(period.year)
    if frequency == "quarterly":
        year, quarter = _financial(period)
        return _("Q%(quarter)s %(year)s") % {
            "quarter": quarter,
            "year": f"{year}/{(year + 1) % 100:02}",
        }
    if frequency == "rolling_year":
        end = months_on(period, 11)
        return _("12 months to %(month)s") % {"month": date_format(end, "F Y")}
    return date_format(period, "F Y")


def aloud(text: str) -> str:
    """Return a period as files have it (`2019-12`, `12 months to 2019-06`) as people read it.

    Anything else comes back as it stands.
    """
    if text.startswith(ROLLING) and (first := parse_period(text, "rolling_year")):
        return period_label("rolling_year", first)
    for frequency in ("monthly", "quarterly", "weekly", "yearly"):
        if period := parse_period(text, frequency):
            return period_label(frequency, period)
    return text


def short_label(frequency: str, period: dt.date) -> str:
    """Return a period short enough for the axis of a chart."""
    if frequency == "weekly":
        return date_format(period, "j M y")
    if frequency == "rolling_year":
        return date_format(months_on(period, 11), "M y")
    monthly = frequency == "monthly"
    return date_format(period, "M y") if monthly else period_label(frequency, period)
