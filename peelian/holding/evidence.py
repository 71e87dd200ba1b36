"""The evidence for a theme, gathered from the record as it was known on a day.

What belongs to the theme's objective comes by itself; an officer takes more in and leaves some out.
Each piece says where it comes from and of what day it is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.kinds import MEASURE, TOPIC
from peelian.figures.models import Measure
from peelian.figures.sentences import page_summary
from peelian.holding.answering import series_of
from peelian.holding.kinds import ENQUIRY, EVIDENCE, THEME
from peelian.holding.models import Evidence, Theme
from peelian.inspections.kinds import GRADE, INSPECTION
from peelian.inspections.models import Inspection
from peelian.law.dates import FinancialYear, financial_year
from peelian.meetings.arising import Matter, followed, given_at, matters, newest
from peelian.meetings.arising_blocks import due_words
from peelian.meetings.arising_blocks import given_at as given_words
from peelian.meetings.kinds import MEETING
from peelian.people.models import Body, Role
from peelian.promises.models import CLOSED, FOLLOWED, Progress, ProgressUpdate, Promise
from peelian.record.models import Record, Status
from peelian.record.scope import Scope

STUCK = (Progress.AT_RISK, Progress.OFF_TRACK, Progress.ON_HOLD)
YEARS_BACK = 3  # an inspection of before is offered no more


@dataclass(frozen=True)
class Piece:
    """One piece of evidence: what it says, where from and of what day; `series` of a figure.

    `is_in` says whether it stands in the bundle, `by_itself` whether it would if nobody had picked.
    """

    record: Record
    words: str
    source: str
    by_itself: bool
    is_in: bool = False
    series: Series | None = None


@dataclass(frozen=True)
class Bundle:
    """What there is for a theme, by sort, and what an officer wrote where there is no record."""

    theme: Theme
    day: dt.date
    groups: Mapping[str, Sequence[Piece]]
    written: Sequence[Evidence]

    def taken(self, group: str) -> list[Piece]:
        """Return the pieces of a sort that stand in the bundle."""
        return [piece for piece in self.groups.get(group, ()) if piece.is_in]

    @property
    def offered(self) -> dict[int, bool]:
        """Return the ids of all records that are offered, with whether each is in by itself."""
        return {one.record.pk: one.by_itself for every in self.groups.values() for one in every}

    @property
    def count(self) -> int:
        """Return how many pieces stand in the bundle."""
        return sum(len(self.taken(group)) for group in self.groups) + len(self.written)


FIGURES, PROMISES, INSPECTIONS, UNDERTAKINGS, OTHERS = (
    "figures",
    "promises",
    "inspections",
    "undertakings",
    "others",
)


def bundles(themes: Iterable[Theme], day: dt.date, scope: Scope) -> list[Bundle]:
    """Return the bundle of each theme as known on a day; some twenty queries, however many."""
    themes = list(themes)
    rows: dict[int | None, list[Evidence]] = defaultdict(list)
    found = scope.of(EVIDENCE).filter(parent__in=[theme.pk for theme in themes])
    for row in found.exclude(status=Status.WITHDRAWN).in_order():
        rows[row.parent_id].append(row)
    named = {row.about_id for own in rows.values() for row in own if row.about_id}
    figures = _figures(themes, named, day, scope)
    promises = _promises(themes, named, day, scope)
    inspections = _inspections(day, scope)
    undertakings = _undertakings(day, scope)
    records = scope.by_id(named)
    made = []
    for theme in themes:
        groups = {
            FIGURES: figures[theme.pk],
            PROMISES: promises[theme.pk],
            UNDERTAKINGS: undertakings,
            INSPECTIONS: inspections,
        }
        made.append(_bundle(theme, day, groups, rows[theme.pk], records))
    return made


def _bundle(
    theme: Theme,
    day: dt.date,
    groups: Mapping[str, Sequence[Piece]],
    rows: Sequence[Evidence],
    records: Mapping[int, Record],
) -> Bundle:
    """Return a bundle of what was gathered and of what an officer said of it."""
    picks = {row.about_id: not row.left_out for row in rows if row.about_id}
    known = {piece.record.pk for every in groups.values() for piece in every}
    others = [
        Piece(records[row.about_id], row.note, row.source, by_itself=False)
        for row in rows
        if row.about_id and row.about_id in records and row.about_id not in known
    ]
    chosen = {
        name: [replace(one, is_in=picks.get(one.record.pk, one.by_itself)) for one in every]
        for name, every in {**groups, OTHERS: others}.items()
    }
    written = [row for row in rows if not row.about_id and not row.left_out]
    return Bundle(theme, day, chosen, written)


# ---- figures ----


def _figures(
    themes: Sequence[Theme], named: Iterable[int], day: dt.date, scope: Scope
) -> dict[int, list[Piece]]:
    asked = list(
        scope.of(ENQUIRY)
        .filter(parent__in=[theme.pk for theme in themes], measure__isnull=False)
        .values_list("parent_id", "measure_id", "area_id")
    )
    topics = scope.of(TOPIC).filter(objective__in=[t.objective_id for t in themes])
    objectives = dict(topics.values_list("pk", "objective_id"))
    wanted = {*named, *(measure for _theme, measure, _area in asked)}
    own = scope.of(MEASURE).filter(Q(parent__in=objectives) | Q(pk__in=wanted))
    measures: list[Measure] = list(own.order_by("order", "pk"))
    assessed = assess(measures, scope, known=day)
    found: dict[int, list[Piece]] = {theme.pk: [] for theme in themes}
    for theme in themes:
        areas = {measure: area for parent, measure, area in asked if parent == theme.pk}
        for measure in measures:
            by_itself = measure.pk in areas or (
                theme.objective_id is not None
                and objectives.get(measure.parent_id or 0) == theme.objective_id
            )
            series = series_of(assessed, measure.pk, areas.get(measure.pk))
            if series and (by_itself or measure.pk in wanted):
                found[theme.pk].append(_figure(series, by_itself=by_itself))
    return found


def _figure(series: Series, *, by_itself: bool) -> Piece:
    measured = measured_of(series.measure, series.standard)
    words = page_summary(measured, series.reading, series.periods[-1])
    says = {
        "sources": "; ".join(series.sources),
        "day": date_format(series.known, "j F Y"),
    }
    source = _("%(sources)s; known on %(day)s") % says
    if series.illustrative:
        source = _("%(source)s; illustrative") % {"source": source}
    return Piece(series.measure, words, source, by_itself, series=series)


# ---- promises of the plan ----


def _promises(
    themes: Sequence[Theme], named: Iterable[int], day: dt.date, scope: Scope
) -> dict[int, list[Piece]]:
    objectives = {theme.objective_id for theme in themes if theme.objective_id}
    lines = Promise.objects.filter(kind__in=("commitment", "activity"))
    own = Q(parent__in=objectives) | Q(parent__parent__in=objectives)
    seen = scope.see(lines.filter(own & ~Q(progress__in=CLOSED) | Q(pk__in=list(named))))
    promises: list[Any] = list(
        seen.exclude(status=Status.WITHDRAWN)
        .annotate(above=F("parent__parent_id"))
        .order_by("sort_key", "pk")
    )
    updates = newest(promises, scope, day)
    found: dict[int, list[Piece]] = {theme.pk: [] for theme in themes}
    picked = set(named)
    for theme in themes:
        for promise in promises:
            serves = theme.objective_id in (promise.parent_id, promise.above)
            if (theme.objective_id and serves) or promise.pk in picked:
                stuck = is_stuck(promise, day)
                piece = _promise(promise, updates.get(promise.pk), day, by_itself=stuck)
                found[theme.pk].append(piece)
    return found


def is_stuck(promise: Promise, day: dt.date) -> bool:
    """Return whether an open promise is late, at risk, off track or on hold."""
    late = promise.due is not None and promise.due < day
    return promise.is_open and (late or promise.progress in STUCK)


def _promise(
    promise: Promise, update: ProgressUpdate | None, day: dt.date, *, by_itself: bool
) -> Piece:
    said = [str(Progress(promise.progress).label)]
    if promise.due:
        late = promise.is_open and promise.due < day
        due = date_format(promise.due, "j F Y")
        said.append((_("was due %(day)s") if late else _("due %(day)s")) % {"day": due})
    words = ", ".join(said) + (f". {update.text}" if update else ".")
    if update is None:
        return Piece(promise, words, _("The plan; no update has been given"), by_itself)
    source = _("Progress update as at %(day)s") % {"day": date_format(update.as_at, "j F Y")}
    return Piece(promise, words, source, by_itself)


# ---- inspections ----


def _inspections(day: dt.date, scope: Scope) -> list[Piece]:
    """Return the reports of the last years with their grades; the newest of the force is in."""
    since = FinancialYear(financial_year(day).begins_in - YEARS_BACK).first
    found = scope.of(INSPECTION).exclude(status=Status.WITHDRAWN)
    found = found.exclude(form=Inspection.Form.ANNOUNCED).filter(
        Q(published_on=None) | Q(published_on__range=(since, day))
    )
    reports = list(found.order_by(F("published_on").desc(nulls_last=True), "pk"))
    grades: dict[int | None, list[str]] = defaultdict(list)
    for grade in scope.of(GRADE).filter(parent__in=[one.pk for one in reports]).in_order():
        grades[grade.parent_id].append(f"{grade.question}: {grade.grade}")
    of_force = [one for one in reports if one.form == Inspection.Form.FORCE]
    pieces = []
    for report in reports:
        words = " ".join(filter(None, [report.summary, "; ".join(grades[report.pk])]))
        published = (
            date_format(report.published_on, "j F Y")
            if report.published_on
            else report.published_as_printed or _("no day stated")
        )
        source = _("Inspection report, published: %(day)s") % {"day": published}
        pieces.append(Piece(report, words, source, report in of_force[:1]))
    return pieces


# ---- undertakings ----


def _undertakings(day: dt.date, scope: Scope) -> list[Piece]:
    """Return what the force owes to meetings, and all that was promised to the commissioner's."""
    found = matters(owed_by_force(scope), scope, day)
    a_year_ago = day - dt.timedelta(days=366)
    recent = [
        matter
        for matter in found
        if not matter.closed or (matter.promise.closed_on or a_year_ago) > a_year_ago
    ]
    return [_undertaking(matter) for matter in recent]


def owed_by_force(scope: Scope) -> Any:
    """Return the undertakings and recommendations that the force owes, to whomever.

    And all that were given at a meeting at which a theme is taken.
    """
    meetings = scope.of(MEETING).filter(pk__in=scope.of(THEME).values("meeting"))
    owed = of_force() | given_at(meetings, scope)
    return followed(scope, *FOLLOWED).filter(owed).order_by("sort_key", "pk")


def of_force() -> Q:
    """Return the condition that the force, or somebody in it, owes a promise."""
    force = Body.objects.filter(form=Body.Form.FORCE).values("pk")
    return Q(owner__in=force) | Q(owner__in=Role.objects.filter(body__in=force).values("pk"))


def _undertaking(matter: Matter) -> Piece:
    update = matter.update
    owner = matter.owner.title if matter.owner else _("nobody is named")
    says = {"owner": owner, "due": due_words(matter)}
    said = _("%(owner)s; due: %(due)s") % says
    if matter.is_late:
        said += " " + _("(overdue)")
    if matter.closed:
        said += " " + _("(closed)")
    words = f"{said}. {update.text}" if update else f"{said}."
    return Piece(
        matter.promise,
        words,
        _("Given %(given)s") % {"given": given_words(matter)},
        by_itself=not matter.closed,
    )
