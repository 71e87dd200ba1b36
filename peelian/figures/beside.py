"""The latest period beside others, and what each rule looks for, in words."""

from __future__ import annotations

import math

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.analysis import PROFILES
from peelian.analysis.comparisons import Change, compare_periods
from peelian.blocks import Table, plain
from peelian.figures.assess import Series, measured_of, steps_a_year
from peelian.figures.readings import Form, is_judged
from peelian.figures.wording import MANY, amount, spelled

COMPARED = {
    "previous": gettext_lazy("The %(period)s before"),
    "year_ago": gettext_lazy("The same %(period)s last year"),
    "rolling_year": gettext_lazy("Twelve months"),
    "year_to_date": gettext_lazy("Financial year so far"),
}
EXPLAINED = {
    "outside": gettext_lazy("Outside: a point beyond a limit."),
    "trend": gettext_lazy(
        "Trend: %(trend)s points, each higher (or each lower) than the one before."
    ),
    "two_of_three": gettext_lazy(
        "Two of three: two of three points beyond two thirds of the way to the same limit."
    ),
    "shift": gettext_lazy("Shift: %(shift)s points in a row on one side of the average."),
    "four_of_five": gettext_lazy("Four of five beyond a third of the way to the same limit."),
    "hugging": gettext_lazy("Fifteen points in a row close to the average."),
    "mixture": gettext_lazy("Eight points in a row away from the average, on either side."),
    "alternating": gettext_lazy("Fourteen points up and down by turns."),
    "runs": gettext_lazy(
        "Runs: too long a run on one side of the average, or too few crossings of it."
    ),
}


def comparison_table(series: Series) -> Table | None:
    """Return the newest period beside the one before, a year ago, twelve months, the year so far.

    Sums for counts, means for shares and times; None for measures that are not monthly or
    quarterly, or where nothing can be compared. Nothing partial is compared.
    """
    measure = series.measure
    if measure.frequency not in ("monthly", "quarterly"):
        return None
    measured = measured_of(measure, series.standard)
    found = compare_periods(
        np.array([[math.nan if v is None else v for v in series.values]]),
        first_month=series.periods[0].month,
        per_year=steps_a_year(measure.frequency),
        mean=measured.form is not Form.VOLUME,
    )
    period = {"monthly": _("month"), "quarterly": _("quarter")}[measure.frequency]
    rows = []
    for name, title in COMPARED.items():
        change: Change = getattr(found, name)
        now, then = float(change.now[0]), float(change.then[0])
        if math.isnan(now) or math.isnan(then):
            continue
        relative = float(change.relative[0])
        share = "–" if math.isnan(relative) else f"{relative * 100:+.1f}%".replace("-", "−")
        cells = (
            str(title) % {"period": period},
            amount(measured, now),
            amount(measured, then),
            share,
        )
        rows.append(tuple(plain(cell) for cell in cells))
    if not rows:
        return None
    caption = _("%(measure)s in %(area)s beside other periods") % {
        "measure": measure.title,
        "area": series.area.title,
    }
    head = (_("Compared with"), _("Now"), _("Then"), _("Change"))
    return Table(caption, tuple(plain(h) for h in head), tuple(rows), (3, 1.5, 1.5, 1.2), True)


def explained(series: Series) -> list[str]:
    """Return in words what each rule looks for that was asked of a series; none if not judged."""
    if not is_judged(measured_of(series.measure, series.standard), series.reading):
        return []
    rules = PROFILES[series.charting.rules]
    words = {
        "trend": spelled(rules.trend),
        "shift": spelled(rules.shift),
        "periods": MANY[series.measure.frequency],
    }
    return [str(EXPLAINED[name]) % words for name in rules.on]
