"""What the statistics say, in plain English: a clause for the summary, a sentence for the page.

Every phrase is chosen by rule and says no more than was found. Nothing here reads the database:
`Measured` and `Reading` hold what a sentence needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.analysis.change import Latest

# Below five a month counts are too skewed for limits that assume two equal sides.
RARE = 5.0

# A measure named after another with one of these endings holds what that one is compared with.
COMPARATORS: Mapping[str, str] = {
    "-msg": gettext_lazy("most similar group average"),
    "-national": gettext_lazy("national average"),
}


class Form(StrEnum):
    """How a measure is spoken of."""

    VOLUME = "volume"  # a count of what happened in the month
    STOCK = "stock"  # what is outstanding: each month carries the last one with it
    RATE = "rate"
    DURATION = "duration"
    SNAPSHOT = "snapshot"  # a quarter's value, stated as it is
    ROLLING = "rolling"  # overlapping years: never judged as if they were separate points


@dataclass(frozen=True)
class Measured:
    """What sentences need of a measure; the words are those of its columns."""

    title: str
    unit: str
    decimals: int = 0
    polarity: str = "neutral"
    frequency: str = "monthly"
    standard: float | None = None

    @property
    def form(self) -> Form:
        """How this measure is spoken of, by its frequency and unit."""
        if self.frequency == "quarterly":
            return Form.SNAPSHOT
        if self.frequency == "rolling_year":
            return Form.ROLLING
        words = self.unit.split()
        if "%" in self.unit or "per" in words:
            return Form.RATE
        if "outstanding" in words:
            return Form.STOCK
        return Form.DURATION if words and words[0] in DURATIONS else Form.VOLUME


DURATIONS = frozenset({"seconds", "minutes", "hours", "days", "weeks"})


@dataclass(frozen=True)
class Comparator:
    """The value of others for the same period: ``title`` as in "the national average"."""

    title: str
    value: float


@dataclass(frozen=True)
class Reading:
    """One measure in one area at one period; None is a value that is not there.

    ``whole`` marks the force's own area. The signs and flags are those of
    `peelian.analysis.change.Latest`.
    """

    area: str
    whole: bool = False
    latest: float | None = None
    previous: float | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    count: int = 0
    enough: bool = False
    provisional: bool = False
    change: int = 0
    slight: bool = False
    level: int = 0
    significant: bool = False
    outside: int = 0
    shift: int = 0
    trend: int = 0
    two_of_three: int = 0
    comparators: tuple[Comparator, ...] = ()

    @property
    def signals(self) -> tuple[int, int, int, int]:
        """The rules that speak, the weightiest first: outside, trend, two of three, shift."""
        return (self.outside, self.trend, self.two_of_three, self.shift)


@dataclass(frozen=True)
class Part:
    """One measure of a topic with its readings, the force's own among them."""

    measured: Measured
    readings: Sequence[Reading]

    @property
    def force(self) -> Reading | None:
        """The reading of the whole force area, if it has a value."""
        whole = (r for r in self.readings if r.whole and r.latest is not None)
        return next(whole, None)


@dataclass(frozen=True)
class Statement:
    """A topic's line in the summary: the data statement and what is unusual about it."""

    data: str
    commentary: str


def reading(
    area: str,
    judged: Latest,
    row: int,
    *,
    whole: bool = False,
    comparators: Iterable[Comparator] = (),
) -> Reading:
    """Return the reading of one row of what `analysis.change.latest` found."""

    def number(values: np.ndarray) -> float | None:
        return None if np.isnan(values[row]) else float(values[row])

    return Reading(
        area=area,
        whole=whole,
        latest=number(judged.value),
        previous=number(judged.previous),
        centre=number(judged.centre),
        lower=number(judged.lower),
        upper=number(judged.upper),
        count=int(judged.count[row]),
        enough=bool(judged.enough[row]),
        provisional=bool(judged.provisional[row]),
        change=int(judged.change[row]),
        slight=bool(judged.slight[row]),
        level=int(judged.level[row]),
        significant=bool(judged.significant[row]),
        outside=int(judged.outside[row]),
        shift=int(judged.shift[row]),
        trend=int(judged.trend[row]),
        two_of_three=int(judged.two_of_three[row]),
        comparators=tuple(comparators),
    )


def rare(measured: Measured, found: Reading) -> bool:
    """Say whether a count is too small for limits (under five a month on average)."""
    return measured.form is Form.VOLUME and found.centre is not None and found.centre < RARE


def judged(measured: Measured, found: Reading) -> bool:
    """Say whether rules may speak of this reading: a value, enough points, a form with limits."""
    limited = measured.form in (Form.VOLUME, Form.RATE, Form.DURATION)
    return limited and found.latest is not None and found.enough and not rare(measured, found)


def is_exceptional(parts: Iterable[Part]) -> bool:
    """Say whether any area of a topic is outside its limits, high or low."""
    return any(
        found.outside and judged(part.measured, found)
        for part in parts
        for found in part.readings
    )


def state(parts: Sequence[Part], period: date) -> Statement:
    """Return the line of a topic of one or more measures; ``period`` is the month's first day.

    A topic without measures is not included, and says so.
    """
    if not parts:
        return Statement(_("Not included: no measure is defined for this topic yet"), "")
    alone = parts[0]
    if len(parts) == 1 and alone.measured.form is Form.VOLUME and alone.force:
        if not rare(alone.measured, alone.force):
            data = _capital(_volume(alone.measured, alone.force))
            return Statement(data, commentary(parts))
    titles: dict[str, list[str]] = {}
    for part in parts:
        titles.setdefault(_clause(part, period), []).append(part.measured.title)
    lines = [
        _("%(measures)s: %(finding)s") % {"measures": _list(names), "finding": clause}
        for clause, names in titles.items()
    ]
    if not any(part.force for part in parts):
        lines = [_capital(clause) for clause in titles]
    return Statement("; ".join(lines), commentary(parts))


def commentary(parts: Sequence[Part]) -> str:
    """Return what is unusual and where, "No exceptional volumes", or why that is not known."""
    lines: list[str] = []
    for part in parts:
        found = _unusual(part)
        if len(parts) > 1:
            pattern = _("%(measure)s: %(finding)s")
            found = [pattern % {"measure": part.measured.title, "finding": f} for f in found]
        lines += found
        if not found and len(parts) == 1 and part.measured.form is Form.VOLUME:
            if any(judged(part.measured, r) for r in part.readings):
                lines.append(_("No exceptional volumes"))
    if len(parts) == 1:
        lines += _caveats(parts[0])
    return "; ".join(_capital(line) if n == 0 else line for n, line in enumerate(lines))


def page_summary(measured: Measured, found: Reading, period: date) -> str:
    """Return one sentence on a measure in an area: value, change, average, what is unusual."""
    name = measured.title
    if not found.whole:
        name = _("%(measure)s in %(area)s") % {"measure": measured.title, "area": found.area}
    if found.latest is None:
        return _("%(name)s: %(finding)s.") % {"name": name, "finding": _no_data(measured)}
    value = _("%(value)s in %(period)s") % {
        "value": amount(measured, found.latest),
        "period": period_name(measured.frequency, period),
    }
    comparisons = _comparisons(measured, found, period)
    value = ", ".join([value, comparisons]) if comparisons else value
    notes = "; ".join([value, *_notes(measured, found)])
    return _("%(name)s: %(finding)s.") % {"name": name, "finding": notes}


def amount(measured: Measured, value: float) -> str:
    """Return a value with its thousands, decimals and unit; counts stand without a unit."""
    number = f"{value:,.{measured.decimals}f}"
    if measured.unit.startswith("%"):
        return number + measured.unit
    if measured.form in (Form.RATE, Form.DURATION):
        return f"{number} {measured.unit}"
    return number


def period_name(frequency: str, period: date) -> str:
    """Name the month, quarter or twelve months that begin on ``period``."""
    if frequency == "monthly":
        return f"{MONTHS[period.month]} {period.year}"
    end = _months_on(period, 2 if frequency == "quarterly" else 11)
    last = f"{MONTHS[end.month]} {end.year}"
    if frequency == "rolling_year":
        return _("the 12 months to %(month)s") % {"month": last}
    return _("%(first)s to %(last)s") % {"first": MONTHS[period.month], "last": last}


# -- the clauses of the data statement ---------------------------------------------------------


def _clause(part: Part, period: date) -> str:
    """What is said of one measure behind its title."""
    measured, found = part.measured, part.force
    if found is None or found.latest is None:
        return _no_data(measured)
    value = amount(measured, found.latest)
    if measured.form is Form.SNAPSHOT:
        return _("%(value)s in the quarter") % {"value": value}
    if rare(measured, found):
        month = period_name("monthly", period)
        return _("%(value)s in %(period)s") % {"value": value, "period": month}
    if measured.standard is not None:
        return _against_standard(measured, found.latest)
    if found.previous is None:
        return _("%(value)s, with nothing for the previous period to compare") % {"value": value}
    if measured.form is Form.ROLLING:
        compared = _against_others(measured, found, plain=True)
        moved = _change(found, _("on the previous period"))
        return _("%(change)s and %(others)s") % {"change": moved, "others": compared} \
            if compared else moved
    if measured.form is Form.DURATION and found.enough:
        if found.outside:
            return _("exceptionally long") if found.outside > 0 else _("exceptionally short")
        return _("not exceptional")
    return _change(found, _("on the previous month"))


def _volume(measured: Measured, found: Reading) -> str:
    """Say how a count moved and where it stands beside the monthly average."""
    if found.previous is None:
        change = _("no figure for the previous month to compare with")
    else:
        change = _change(found, _("on the previous month"))
    if not found.enough:
        return change
    calm = found.slight or (found.change == 0 and found.previous is not None)
    if calm and found.level == 0 and not any(found.signals):
        return _("stable on the previous month and within expected limits")
    words = {"change": change, "level": _level(found)}
    if found.previous is not None and found.change * found.level < 0:
        return _("%(change)s but %(level)s") % words
    return _("%(change)s and %(level)s") % words


def _change(found: Reading, on: str) -> str:
    if found.change == 0:
        return _("unchanged %(on)s") % {"on": on}
    if found.change > 0:
        text = _("increased slightly %(on)s") if found.slight else _("increased %(on)s")
    else:
        text = _("decreased slightly %(on)s") if found.slight else _("decreased %(on)s")
    return text % {"on": on}


def _level(found: Reading) -> str:
    """Beside the average; a month outside the limits has its own word, in the commentary."""
    if found.level == 0:
        return _("in line with the monthly average")
    strong = found.significant and not found.outside
    if found.level > 0:
        return _("significantly above the monthly average") if strong \
            else _("above the monthly average")
    return _("significantly below the monthly average") if strong \
        else _("below the monthly average")


def _against_standard(measured: Measured, value: float) -> str:
    assert measured.standard is not None  # noqa: S101 -- the callers ask first
    words = {"standard": amount(measured, measured.standard)}
    if value > measured.standard:
        return _("above the standard of %(standard)s") % words
    if value < measured.standard:
        return _("below the standard of %(standard)s") % words
    return _("at the standard of %(standard)s") % words
