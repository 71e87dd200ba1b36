"""Whether what is quoted of an edition is what the edition says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.figures.checks import Value, read
from peelian.figures.kinds import EDITION
from peelian.figures.models import Edition, Measure, QuotedFigure
from peelian.figures.periods import parse_period
from peelian.figures.snapshot import Frozen, frozen_of
from peelian.record.models import Record
from peelian.record.scope import Scope


@check("misquoted-edition", gettext_lazy("Figures that are not as their edition has them"),
       Severity.ERROR)  # fmt: skip
def misquoted_editions(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find quoted values that the edition they are taken from has otherwise."""
    figures = read(scope, as_at)
    taken = [f for f in figures.quoted if f.edition_id and f.value is not None]
    editions: dict[int, Edition] = scope.of(EDITION).in_bulk([f.edition_id for f in taken])
    frozen = {pk: frozen_of(edition) for pk, edition in editions.items()}
    for figure in taken:
        edition, issued = editions.get(figure.edition_id or 0), frozen.get(figure.edition_id or 0)
        area = figures.areas.get(figure.area_id or 0)
        if edition is None or issued is None or area is None or figure.value is None:
            continue
        had = value_in(issued, figures.measures[figure.measure_id], area, figure)
        if had is None or Value(had, "", "").same_as(Value(figure.value, "", "")):
            continue
        yield Finding(
            figure,
            figure.stated_in,
            _("%(measure)s for %(period)s is quoted as %(said)s; %(edition)s has %(had)s.")
            % {
                "measure": figures.name(figure.measure_id, figure.area_id),
                "period": figure.period_aloud,
                "said": f"{figure.value:g}",
                "edition": edition.title,
                "had": f"{had:g}",
            },
            _("A reader who follows the figure to its edition finds another."),
            _("Correct the quotation, or say which edition it is really taken from."),
            (edition,),
        )


def value_in(issued: Frozen, measure: Measure, area: Record, figure: QuotedFigure) -> float | None:
    """Return the value that an edition froze for what is quoted; None where it has none."""
    series = issued.series.get(f"{measure.reference}/{area.reference}")
    period = parse_period(figure.period, measure.frequency)
    if series is None or period is None:
        return None
    values = dict(zip(series["periods"], series["values"], strict=True))
    found: float | None = values.get(period.isoformat())
    return found
