"""What a careful reader would notice about figures: two values for one thing, no source, no date.

A quoted figure with a comparator and no area is the comparator's own figure, say the national
average: it is never taken for the area's.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, once
from peelian.figures.charting import Chartings, read_chartings
from peelian.figures.kinds import MEASURE, QUOTED_FIGURE
from peelian.figures.models import Measure, Observation, QuotedFigure
from peelian.figures.periods import months_on, written
from peelian.record.models import Record
from peelian.record.scope import Scope

Claim = QuotedFigure.Claim
OPPOSITES = {
    frozenset(pair)
    for pair in (
        (Claim.ABOVE, Claim.BELOW),
        (Claim.MET, Claim.MISSED),
        (Claim.INCREASE, Claim.DECREASE),
        (Claim.INCREASE, Claim.STABLE),
        (Claim.DECREASE, Claim.STABLE),
    )
}
STANDARD = "standard"


@dataclass(frozen=True)
class Value:
    """A value of a measure in an area: quoted somewhere, or as observed."""

    value: float
    period: str
    said: str
    figure: QuotedFigure | None = None

    def same_as(self, other: Value) -> bool:
        """Return whether the two say the same, one perhaps rounded further."""
        places = min(_places(self.value), _places(other.value))
        return round(self.value, places) == round(other.value, places)

    def may_be_of_one_period(self, other: Value) -> bool:
        """Return whether nothing printed says that they are for different periods."""
        return self.period == other.period or not (self.period and other.period)


def _places(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


@dataclass(frozen=True)
class Figures:
    """What the checks of figures read."""

    quoted: list[QuotedFigure]
    measures: dict[int, Measure]
    areas: dict[int, Record]
    chartings: Chartings
    as_at: dt.date

    def name(self, measure: int, area: int | None) -> str:
        """Return `Rape conviction rate, West Mercia`."""
        title = self.measures[measure].title
        return f"{title}, {self.areas[area].title}" if area in self.areas else title

    def own(self) -> dict[tuple[int, int | None], list[QuotedFigure]]:
        """Return the figures quoted of each measure and area, comparators' own left out."""
        groups: dict[tuple[int, int | None], list[QuotedFigure]] = defaultdict(list)
        for figure in self.quoted:
            if not is_comparators(figure):
                groups[figure.measure_id, figure.area_id].append(figure)
        return groups


def is_comparators(figure: QuotedFigure) -> bool:
    """Return whether a quoted figure is the value of what others are compared with."""
    return bool(figure.comparator) and figure.area_id is None


def read(scope: Scope, as_at: dt.date) -> Figures:
    """Return the quoted figures a scope may see, with their measures and areas.

    Six queries, once for all the checks of a run.
    """
    return once("figures", lambda: _read(scope, as_at))


def _read(scope: Scope, as_at: dt.date) -> Figures:
    quoted = [
        figure
        for figure in scope.of(QUOTED_FIGURE).in_order()
        if figure.as_at is None or figure.as_at <= as_at
    ]
    wanted = {figure.measure_id for figure in quoted}
    measures = scope.of(MEASURE).filter(pk__in=wanted).in_bulk()
    areas = scope.by_id(figure.area_id for figure in quoted)
    own = [f for f in quoted if f.measure_id in measures]
    return Figures(own, measures, areas, read_chartings(measures), as_at)


# ---- two values ----


@check("conflicting-figure", gettext_lazy("Figures that contradict one another"), Severity.ERROR)
def conflicting_figures(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find different values of one measure in one area for one period, or for none that is said."""
    figures = read(scope, as_at)
    observed = _observed(figures, as_at)
    for (measure, area), group in figures.own().items():
        values = [
            Value(f.value, f.period, f.stated_in, f) for f in group if f.value is not None
        ] + observed.get((measure, area), [])
        if against := _against_one_another(values):
            yield _conflict(figures, measure, area, against)


def _against_one_another(values: list[Value]) -> list[Value]:
    against: dict[Value, None] = {}
    for one, other in combinations(values, 2):
        either_quoted = one.figure or other.figure
        if either_quoted and one.may_be_of_one_period(other) and not one.same_as(other):
            against |= {one: None, other: None}
    return list(against)


def _observed(figures: Figures, as_at: dt.date) -> dict[tuple[int, int | None], list[Value]]:
    """Return the newest real observation of what is quoted, where it is not what is quoted."""
    rows = (
        Observation.objects.filter(
            measure__in=figures.measures, known__lte=as_at, illustrative=False
        )
        .order_by("known", "pk")
        .values_list("measure_id", "area_id", "period", "value", "source")
    )
    quoted: dict[tuple[int, int | None, str], list[float | None]] = defaultdict(list)
    for figure in figures.quoted:
        quoted[figure.measure_id, figure.area_id, figure.period].append(figure.value)
    newest: dict[tuple[int, int, str], Value] = {}
    for measure, area, day, value, source in rows:
        period = period_printed(day, figures.measures[measure].frequency)
        if (measure, area, period) in quoted:
            newest[measure, area, period] = Value(value, period, source or _("observed"))
    found: dict[tuple[int, int | None], list[Value]] = defaultdict(list)
    for (measure, area, period), one in newest.items():
        said = [Value(v, period, "") for v in quoted[measure, area, period] if v is not None]
        if not any(one.same_as(other) for other in said):
            found[measure, area].append(one)
    return found


def period_printed(day: dt.date, frequency: str) -> str:
    """Return the period that begins on a day as quoted figures print it: `2019/20-Q2`.

    Quarters are those of the financial year; a rolling year is named by its last month.
    """
    if frequency == Measure.Frequency.ROLLING_YEAR:
        return f"12 months to {written('monthly', months_on(day, 11))}"
    return written(frequency, day)


def _conflict(figures: Figures, measure: int, area: int | None, against: list[Value]) -> Finding:
    unit = figures.measures[measure].unit
    said = "; ".join(
        f"{_with_unit(one.value, unit)} ({one.said}; {one.period or _('no period')})"
        for one in against
    )
    involved = [one.figure for one in against if one.figure]
    known = {one.period for one in against if one.period}
    twice = any(len({o.value for o in against if o.period == p}) > 1 for p in known)
    return Finding(
        involved[0],
        figures.name(measure, area),
        said,
        _("One period cannot have two values: the reader does not know which to believe.")
        if twice
        else _("Where a figure has no period, the reader cannot tell whether the others deny it."),
        _("Give each its period and source; correct or withdraw the one that is wrong."),
        (*involved[1:], figures.measures[measure]),
    )


def _with_unit(value: float, unit: str) -> str:
    number = f"{value:,.{_places(value)}f}"
    return f"{number}%" if unit == "%" else number


# ---- opposite claims ----


@check("opposite-claims", gettext_lazy("Claims that contradict one another"), Severity.ERROR)
def opposite_claims(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find opposite claims about one comparator, and claims that the values themselves deny."""
    figures = read(scope, as_at)
    for (measure, area), group in figures.own().items():
        claims: dict[str, list[QuotedFigure]] = defaultdict(list)
        for figure in group:
            if figure.claim:
                claims[figure.comparator].append(figure)
        for comparator, made in claims.items():
            denied = _denied(figures, figures.measures[measure], comparator, group, made)
            if against := list(dict.fromkeys([*_opposed(made), *denied])):
                yield _opposite(figures, measure, area, comparator, against)


def _opposed(made: list[QuotedFigure]) -> Iterator[QuotedFigure]:
    for one, other in combinations(made, 2):
        same = one.period == other.period or not (one.period and other.period)
        if same and frozenset((one.claim, other.claim)) in OPPOSITES:
            yield from (one, other)


def _denied(
    figures: Figures,
    measure: Measure,
    comparator: str,
    group: list[QuotedFigure],
    made: list[QuotedFigure],
) -> Iterator[QuotedFigure]:
    """Yield claims that a value of the same period denies, each followed by that value's figure."""
    for claim in made:
        for level in _levels(figures, measure, comparator, claim):
            for figure in group:
                is_same = figure is claim or (claim.period and figure.period == claim.period)
                if is_same and figure.value is not None and _denies(figure.value, claim, level):
                    yield from (claim, figure)


def _levels(
    figures: Figures, measure: Measure, comparator: str, claim: QuotedFigure
) -> Iterator[float]:
    """Yield the value of what is compared with: the measure's standard, or a figure quoted."""
    standard = figures.chartings.standard(measure.pk, claim.as_at or figures.as_at)
    if comparator == STANDARD and standard is not None:
        yield standard.value
    for figure in figures.quoted:
        if (
            is_comparators(figure)
            and (figure.measure_id, figure.comparator) == (measure.pk, comparator)
            and claim.period
            and figure.period == claim.period
            and figure.value is not None
        ):
            yield figure.value


def _denies(value: float, claim: QuotedFigure, level: float) -> bool:
    if claim.claim == Claim.ABOVE:
        return value < level
    return claim.claim == Claim.BELOW and value > level


def _opposite(
    figures: Figures,
    measure: int,
    area: int | None,
    comparator: str,
    against: list[QuotedFigure],
) -> Finding:
    unit = figures.measures[measure].unit
    said = "; ".join(_claimed(figure, unit) for figure in against)
    return Finding(
        against[0],
        figures.name(measure, area),
        _("Against the %(comparator)s: %(said)s") % {"comparator": comparator, "said": said}
        if comparator
        else said,
        _("Both cannot be true of one period, and the public reads both."),
        _("Give each claim its period and its value; correct or withdraw the one that is wrong."),
        (*against[1:], figures.measures[measure]),
    )


def _claimed(figure: QuotedFigure, unit: str) -> str:
    return f"{_said(figure, unit)} ({figure.stated_in}; {figure.period or _('no period')})"


def _said(figure: QuotedFigure, unit: str) -> str:
    words = [figure.get_claim_display().lower()] if figure.claim else []
    words += [_with_unit(figure.value, unit)] if figure.value is not None else []
    return _(" at ").join(words) or figure.title


# ---- no source ----


@check("unsourced-figure", gettext_lazy("Figures without source, period or date"), Severity.WARNING)
def unsourced_figures(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find quoted figures that do not say where they come from, what for, or as at when.

    An error where the source is missing.
    """
    figures = read(scope, as_at)
    for figure in figures.quoted:
        lacks = list(_lacking(figure))
        if lacks:
            unit = figures.measures[figure.measure_id].unit
            name = figures.name(figure.measure_id, figure.area_id)
            yield Finding(
                figure,
                _("%(figure)s: %(place)s") % {"figure": name, "place": figure.stated_in},
                _("“%(said)s” has no %(lacks)s.")
                % {"said": _said(figure, unit), "lacks": _(" or ").join(lacks)},
                _("Nobody can check it, or say whether a newer figure has replaced it."),
                _("Add what is missing, or put a figure in its place that has it."),
                severity=Severity.ERROR if not figure.source else Severity.WARNING,
            )


def _lacking(figure: QuotedFigure) -> Iterable[str]:
    if not figure.source:
        yield _("source")
    if not figure.period:
        yield _("period")
    if figure.as_at is None:
        yield _("as-at date")
