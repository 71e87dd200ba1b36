"""Which days of publication meet an occasion of a line: as the office says, and as a visit shows.

What the office says may be late and still count. What a visit shows counts only where the day lies
in the occasion's own time, for a page does not tell what it was late for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peelian.law.arithmetic import BeforeDate, EndOf, OnDate
from peelian.law.calendar import Occurrence
from peelian.law.dates import financial_year, stretch

REVIEWED = dt.timedelta(days=31)  # a look so long before a review counts for it
SEASON = dt.timedelta(days=91)  # what is due before a year begins comes out in the quarter before
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Published:
    """What was published last, or at one time: on which day, and to which day it covers."""

    on: dt.date | None
    until: dt.date | None = None


@dataclass(frozen=True)
class Window:
    """The days of publication that show an occasion met, both included."""

    first: dt.date
    last: dt.date


def covers(published: Published, occasion: Occurrence) -> bool:
    """Return whether what was published meets an occasion of its rule, be it in time or late.

    What is said to be covered decides. Where only the day is known it counts for the last month or
    quarter that was over by then, the yearly date nearest to it, the reviews up to it, or the
    events up to it and those that it comes shortly before.
    """
    needed = covered_by(occasion)
    if needed is not None and published.until is not None:
        return published.until >= needed
    if published.on is None:
        return False
    if occasion.fact is not None:
        on = occasion.fact.on
        starts = on if on is None or on <= occasion.due else occasion.due - REVIEWED
        return starts is not None and published.on >= starts
    rule = occasion.rule
    if rule.recurs in ("month", "quarter"):
        return needed is not None and published.on > needed
    if rule.continuous:
        return published.on >= occasion.due - REVIEWED
    return published.on >= occasion.due - dt.timedelta(days=182)


def window(occasion: Occurrence) -> Window | None:
    """Return the days of which one, found by a visit, shows an occasion met; None where none can.

    For a month, quarter or year that is over they run from its end to the last day, and not into
    the time of the next; for a year to come they are the quarter before it; for a review they run
    from a month before it to a month before the next. What an event brings about is one of many on
    its page: no day tells which.
    """
    if occasion.fact is not None:
        return None
    rule, due = occasion.rule, occasion.due
    if rule.continuous:
        return Window(due - REVIEWED, _next_review(occasion) - REVIEWED - _DAY)
    over = covered_by(occasion)
    if over is None or over >= due:
        return Window(due - SEASON, due)
    if rule.recurs in ("month", "quarter"):  # no longer than until the next is over in its turn
        due = min(due, stretch(over + _DAY, rule.recurs).last)
    return Window(over + _DAY, due)


def covered_by(occasion: Occurrence) -> dt.date | None:
    """Return the last day that a publication has to cover for an occasion; None where none is."""
    rule = occasion.rule
    if occasion.fact is not None or rule.continuous:
        return None
    if rule.recurs in ("month", "quarter"):
        return _last_of(occasion)
    if isinstance(rule.form, BeforeDate):  # before the year begins: the year that begins
        return financial_year(occasion.due + _DAY).last
    if isinstance(rule.form, EndOf):
        return occasion.due
    return financial_year(occasion.due).shifted(-1).last  # after the year: the year that is over


def _next_review(occasion: Occurrence) -> dt.date:
    form, due = occasion.rule.form, occasion.due
    if isinstance(form, EndOf):
        return stretch(due + _DAY, form.span).last
    if isinstance(form, OnDate):
        return form.work_out(financial_year(due).shifted(1)).on
    return due + dt.timedelta(days=365)


def _last_of(occasion: Occurrence) -> dt.date | None:
    """Return the last day of the month or quarter that an occasion's key names."""
    key = occasion.key.split("/")[1]
    day = occasion.due
    for _month in range(40):
        for span in ("month", "quarter"):
            one = stretch(day, span)
            if one.key == key:
                return one.last
        day = day.replace(day=1) - _DAY
    return None
