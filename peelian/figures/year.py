"""The financial year so far beside what was expected of it, for measures that count by the month.

A series takes a thirtieth of a second, a thousand of them half a minute: it is done when somebody
first asks, and kept with the assessment until figures change.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.analysis.comparisons import APRIL
from peelian.analysis.forecast import year_end
from peelian.blocks import Table, plain
from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.chart import ChartData
from peelian.figures.models import Assessment, Measure
from peelian.figures.periods import months_on, short_label
from peelian.figures.readings import Form, Measured
from peelian.figures.wording import amount, month
from peelian.people.models import Area
from peelian.record.scope import Scope

LEVEL = 0.9  # of the ranges
FEWEST = 12  # months before the year from which it can be expected
WHY_NOT = {
    "none": gettext_lazy("No figures have been loaded for this measure yet."),
    "sums": gettext_lazy(
        "This measure does not count by the month, so that its year cannot be added up."
    ),
    "gap": gettext_lazy("A month of this year has no figure, so that the year cannot be added up."),
    "short": gettext_lazy("There are fewer than twelve months before this year to expect it from."),
}
BESIDE = {
    -1: gettext_lazy(
        "below what was expected at the start of the year, which was %(low)s to %(high)s"
    ),
    0: gettext_lazy(
        "within what was expected at the start of the year, which was %(low)s to %(high)s"
    ),
    1: gettext_lazy(
        "above what was expected at the start of the year, which was %(low)s to %(high)s"
    ),
}


@dataclass(frozen=True)
class Year:
    """A financial year as it stands; `why` says what is missing where nothing can be said.

    `values` are those of its months so far; `by_month` the mean, lower and upper of the sum up to
    each of its twelve months, as expected at its start; `ends` the same of its end, as it is now
    expected; `beside` is -1, 0 or 1: below, within or above what was expected so far.
    """

    starts: str
    values: tuple[float, ...] = ()
    by_month: tuple[tuple[float, ...], ...] = ()
    ends: tuple[float, float, float] = (0.0, 0.0, 0.0)
    beside: int = 0
    why: str = ""

    @property
    def months(self) -> list[dt.date]:
        """Return the first days of its twelve months."""
        first = dt.date.fromisoformat(self.starts)
        return [months_on(first, n) for n in range(12)]

    @property
    def so_far(self) -> list[float]:
        """Return the sum up to each month there has been."""
        return [math.fsum(self.values[: n + 1]) for n in range(len(self.values))]


def counts_by_month(measure: Measure) -> bool:
    """Return whether a measure's months add up to a year."""
    return measure.frequency == "monthly" and measured_of(measure).form is Form.VOLUME


def year_of(row: Assessment, measure: Measure, area: Area, scope: Scope) -> Year:
    """Return the year that an assessment's newest month is in, from what is kept where it is."""
    if not counts_by_month(measure):
        return Year("", why="sums")
    if row.year is None:
        series = assess([measure], scope)[measure.pk, area.pk]
        row.year = asdict(worked_out(series))
        Assessment.objects.filter(pk=row.pk, made_at=row.made_at).update(year=row.year)
    kept = row.year
    by_month = tuple(tuple(line) for line in kept["by_month"])
    return Year(**kept | {"by_month": by_month, "values": tuple(kept["values"])})


def worked_out(series: Series) -> Year:
    """Return the year of a series' newest month, from its values since it was counted this way."""
    newest = series.periods[-1]
    months = (newest.month - APRIL) % 12 + 1
    starts = months_on(newest, 1 - months).isoformat()
    since = max((day for day in series.charting.starts if day <= newest), default=dt.date.min)
    pairs = zip(series.periods, series.values, strict=True)
    values = [math.nan if v is None else v for p, v in pairs if p >= since]
    now, before = values[-months:], values[:-months]
    if any(math.isnan(v) for v in now) or len(now) < months:
        return Year(starts, why="gap")
    if sum(not math.isnan(v) for v in before) < FEWEST:
        return Year(starts, why="short")
    first = months_on(newest, 1 - len(values)).month
    found = year_end(values, first_month=first, level=LEVEL)
    ends = (found.expected, found.lower, found.upper)
    by_month = tuple(tuple(line) for line in found.by_month.tolist())
    return Year(starts, tuple(now), by_month, ends, found.beside)


def said_of_year(measured: Measured, year: Year) -> list[str]:
    """Return in sentences how the year stands, how it is expected to end, and how that is known."""
    if year.why:
        return [str(WHY_NOT[year.why])]
    months, so_far = year.months, len(year.values)
    _mean, low, high = (line[so_far - 1] for line in year.by_month)
    words = {"low": amount(measured, low), "high": amount(measured, high)}
    said = [
        _("%(value)s from %(first)s to %(last)s: %(beside)s.")
        % {
            "value": amount(measured, year.so_far[-1]),
            "first": month(months[0]),
            "last": month(months[so_far - 1]),
            "beside": BESIDE[year.beside] % words,
        }
    ]
    if so_far < len(months):
        ends = [amount(measured, n) for n in year.ends]
        said.append(
            _("If the rest of the year goes as the past suggests, it ends at about %(mean)s: nine"
              " times in ten from %(low)s to %(high)s.")
            % dict(zip(("mean", "low", "high"), ends, strict=True))
        )  # fmt: skip
    said.append(
        _("What was expected follows from the months before %(first)s alone: their level, and their"
          " trend and season where they have one.")
        % {"first": month(months[0])}
    )  # fmt: skip
    return said


def chart_of_year(measure: Measure, area: Area, year: Year, sentence: str) -> ChartData:
    """Return by how much the sum so far is above or below what was expected of it.

    The sums themselves would rise so high that no difference between them could be seen.
    """
    expected, low, high = year.by_month
    apart = [had - mean for had, mean in zip(year.so_far, expected, strict=False)]
    return ChartData(
        title=_("%(measure)s: %(area)s, the sum so far beside what was expected")
        % {"measure": measure.title, "area": area.title},
        description=sentence,
        unit=_("%(unit)s more (or fewer) than expected by the end of the month")
        % {"unit": measure.unit},
        labels=tuple(short_label(measure.frequency, m) for m in year.months),
        values=(*apart, *[None] * (12 - len(apart))),
        decimals=measure.decimals,
        centre=0.0,
        lower=tuple(end - mean for end, mean in zip(low, expected, strict=True)),
        upper=tuple(end - mean for end, mean in zip(high, expected, strict=True)),
        names={"upper": _("At most"), "centre": _("Expected"), "lower": _("At least")},
    )


def table_of_year(measure: Measure, area: Area, year: Year) -> Table:
    """Return the months of the year: each one's figure, their sum, and what was expected of it."""
    measured = measured_of(measure)
    sums = year.so_far
    rows = []
    for n, first in enumerate(year.months):
        there = n < len(sums)
        cells = (
            month(first),
            amount(measured, year.values[n]) if there else "–",
            amount(measured, sums[n]) if there else "–",
            *(amount(measured, year.by_month[line][n]) for line in range(3)),
        )
        rows.append(tuple(plain(cell) for cell in cells))
    head = (_("Month"), _("In the month"), _("So far"), _("Expected"), _("At least"), _("At most"))
    caption = _("%(measure)s in %(area)s: the year so far, and what was expected at its start") % {
        "measure": measure.title,
        "area": area.title,
    }
    return Table(caption, tuple(plain(h) for h in head), tuple(rows), (2, 1.3, 1.3, 1.3, 1.3, 1.3))
