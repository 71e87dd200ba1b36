"""What an assessment says of a measure in an area, in words and small drawings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peelian.figures.assessments import read_back
from peelian.figures.icons import icon, sparkline
from peelian.figures.models import Assessment, Measure
from peelian.figures.periods import period_label
from peelian.figures.readings import Measured, Reading, is_judged
from peelian.figures.sentences import dashboard_line
from peelian.figures.wording import amount
from peelian.people.models import Area


@dataclass(frozen=True)
class Line:
    """A row of the dashboard, or a small chart among others."""

    assessment: Assessment
    measure: Measure
    area: Area
    measured: Measured
    found: Reading
    period: str
    value: str
    sentence: str
    variation: SafeString
    assurance: SafeString

    @property
    def spark(self) -> SafeString:
        """Return the newest values as a line without words."""
        return sparkline(self.assessment.spark)

    @property
    def limits(self) -> tuple[str, str]:
        """Return the average, and the limits from lower to upper; dashes where not judged."""
        found, measured = self.found, self.measured
        if not is_judged(measured, found) or found.centre is None:
            return "–", "–"
        ends = (amount(measured, found.lower or 0.0), amount(measured, found.upper or 0.0))
        average = amount(measured, found.centre, finer=1)
        return average, _("%(lower)s to %(upper)s") % dict(
            zip(("lower", "upper"), ends, strict=True)
        )


def line_of(row: Assessment, measure: Measure, area: Area) -> Line:
    """Return the assessment of a measure in an area as a row."""
    measured, found = read_back(row, measure, area)
    value = "–" if found.value is None else amount(measured, found.value)
    return Line(
        row,
        measure,
        area,
        measured,
        found,
        period_label(measure.frequency, row.period),
        value,
        dashboard_line(measured, found, row.period),
        icon(row.variation, row.get_variation_display()),
        icon(row.assurance, row.get_assurance_display()),
    )
