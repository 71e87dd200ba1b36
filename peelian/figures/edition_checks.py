"""Whether what is quoted of an edition is what the edition says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check
from peelian.figures.checks import Value, read
from peelian.figures.kinds import EDITION, STATEMENT
from peelian.figures.models import Edition, Measure, QuotedFigure
from peelian.figures.periods import parse_period
from peelian.figures.snapshot import Frozen, frozen_of
from peelian.recognition.references import mentions
from peelian.record.models import Record
from peelian.record.references import Resolved, resolve
from peelian.record.scope import Scope


@check("misquoted-edition", gettext_lazy("Figures that are not as their edition has them"),
       Severity.ERROR)  # fmt: skip
def misquoted_editions(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find quoted values that the edition they are taken from has otherwise."""
    figures = read(scope, as_at)
    quoted = [f for f in figures.quoted if f.value is not None]
    named = resolve((f.source for f in quoted), scope)
    taken = {f: pk for f in quoted if (pk := edition_in(f.source, named))}
    editions: dict[int, Edition] = scope.of(EDITION).in_bulk(set(taken.values()))
    frozen = {pk: frozen_of(edition) for pk, edition in editions.items()}
    for figure, pk in taken.items():
        area, issued = figures.areas.get(figure.area_id or 0), frozen.get(pk)
        if issued is None or area is None or figure.value is None:
            continue
        edition = editions[pk]
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


def edition_in(text: str, named: Resolved) -> int | None:
    """Return the id of the edition that a text names, by itself or by one of its lines."""
    for mention in mentions(text):
        for record in named.of(mention):
            if record.kind == STATEMENT.name:
                return record.parent_id
            if record.kind == EDITION.name:
                return record.pk
    return None


def value_in(issued: Frozen, measure: Measure, area: Record, figure: QuotedFigure) -> float | None:
    """Return the value that an edition froze for what is quoted; None where it has none."""
    series = issued.series.get(f"{measure.reference}/{area.reference}")
    period = parse_period(figure.period, measure.frequency)
    if series is None or period is None:
        return None
    values = dict(zip(series["periods"], series["values"], strict=True))
    found: float | None = values.get(period.isoformat())
    return found
