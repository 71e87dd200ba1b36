"""What is asked under a theme, what was answered, and what was said of the same thing before.

Beside what was said stands the figure that was quoted then, and what the figures say now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.figures.kinds import MEASURE
from peelian.figures.lines import Line, line_of
from peelian.figures.models import Assessment
from peelian.figures.periods import period_label
from peelian.figures.wording import amount
from peelian.holding.kinds import ANSWER, ENQUIRY, LED_TO
from peelian.holding.models import Answer, Enquiry, Theme
from peelian.meetings.kinds import MEETING
from peelian.meetings.models import Meeting
from peelian.people.models import Area
from peelian.promises.kinds import UNDERTAKING
from peelian.promises.models import Promise
from peelian.record.models import Link, Record, Status
from peelian.record.scope import Scope

# A figure as an enquiry names it: a measure, and an area or the whole of the force.
Figure = tuple[int, int | None]


@dataclass(frozen=True)
class Said:
    """An answer with its meeting, what was promised with it, and the figure then and now."""

    answer: Answer
    meeting: Meeting | None
    answered_by: Record | None
    promised: Sequence[Promise] = ()
    then: str = ""
    now: str = ""

    @property
    def day(self) -> str:
        """Return the day of the meeting in words; nothing where it may not be seen."""
        return date_format(self.meeting.held_on, "j F Y") if self.meeting else ""


@dataclass(frozen=True)
class Asked:
    """An enquiry, its answer at the meeting of its theme, and what was said before, newest first.

    `line` is what the figures say now, None where the enquiry has none.
    """

    enquiry: Enquiry
    answerer: Record | None
    said: Said | None = None
    before: Sequence[Said] = ()
    line: Line | None = None


@dataclass(frozen=True)
class Taken:
    """A theme with the meeting and the objective that may be seen, and all that is asked."""

    theme: Theme
    meeting: Meeting | None
    objective: Record | None
    asked: Sequence[Asked] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """Return how many of its enquiries have an answer at its meeting."""
        return sum(1 for one in self.asked if one.said)


@dataclass(frozen=True)
class _Known:
    enquiries: Sequence[Enquiry]
    answers: Sequence[Answer]
    meetings: Mapping[int, Meeting]
    records: Mapping[int, Record]
    promised: Mapping[int, list[Promise]]
    lines: Mapping[Figure, Line]


def taken(themes: Iterable[Theme], scope: Scope, named: Scope | None = None) -> list[Taken]:
    """Return themes with what is asked under each and was answered; eight queries, however many.

    Meetings, people, objectives and figures that these name are read as `named` may see them, where
    it is given: a note in the making holds drafts, but names nothing else that is not public.
    """
    themes = list(themes)
    known = _known(themes, scope, named or scope) if themes else None
    return [_taken(theme, known) for theme in themes] if known else []


def _known(themes: Sequence[Theme], scope: Scope, seen: Scope) -> _Known:
    followed = Enquiry.objects.exclude(follows=None).values("follows")
    mine = Q(parent__in=[theme.pk for theme in themes])
    found = scope.of(ENQUIRY).filter(mine | Q(pk__in=followed)).exclude(status=Status.WITHDRAWN)
    enquiries = list(found.order_by("number", "pk"))
    said = scope.of(ANSWER).filter(parent__in=[one.pk for one in enquiries])
    answers = list(said.exclude(status=Status.WITHDRAWN).order_by("pk"))
    held = {theme.meeting_id for theme in themes} | {one.meeting_id for one in answers}
    about = {theme.objective_id for theme in themes} | {one.answerer_id for one in enquiries}
    about |= {one.answered_by_id for one in answers}
    figures = [(one.measure_id, one.area_id) for one in (*enquiries, *answers)]
    return _Known(
        enquiries,
        answers,
        seen.of(MEETING).filter(pk__in=[pk for pk in held if pk]).in_bulk(),
        seen.by_id(about),
        promised_with(answers, scope),
        lines_now(figures, seen),
    )


def promised_with(answers: Sequence[Answer], scope: Scope) -> dict[int, list[Promise]]:
    """Return the undertakings that came of answers, by the id of the answer. Two queries."""
    ids = [answer.pk for answer in answers]
    pairs = list(
        Link.objects.filter(source__in=ids, form=LED_TO)
        .order_by("pk")
        .values_list("source_id", "target_id")
    )
    wanted = scope.of(UNDERTAKING).filter(pk__in=[target for _source, target in pairs])
    seen = wanted.exclude(status=Status.WITHDRAWN).in_bulk() if pairs else {}
    found: dict[int, list[Promise]] = {}
    for source, target in pairs:
        if target in seen:
            found.setdefault(source, []).append(seen[target])
    return found


def lines_now(figures: Iterable[tuple[int | None, int | None]], scope: Scope) -> dict[Figure, Line]:
    """Return what the figures say now of each measure and area that is named. One query.

    A measure named without an area is that of the whole force.
    """
    wanted = {measure for measure, _area in figures if measure}
    if not wanted:
        return {}
    rows = Assessment.objects.filter(
        measure__in=scope.of(MEASURE).filter(pk__in=wanted).values("pk"),
        area__in=scope.see(Area.objects.all()).values("pk"),
    ).select_related("measure", "area")
    found: dict[Figure, Line] = {}
    for row in sorted(rows, key=lambda row: row.area.force_first):
        line = line_of(row, row.measure, row.area)
        found[row.measure_id, row.area_id] = line
        found.setdefault((row.measure_id, None), line)
    return found


def _taken(theme: Theme, known: _Known) -> Taken:
    own = [one for one in known.enquiries if one.parent_id == theme.pk]
    return Taken(
        theme,
        known.meetings.get(theme.meeting_id or 0),
        known.records.get(theme.objective_id or 0),
        [_asked(one, theme, known) for one in own],
    )


def _asked(enquiry: Enquiry, theme: Theme, known: _Known) -> Asked:
    line = known.lines.get((enquiry.measure_id or 0, enquiry.area_id))
    taken_on = known.meetings.get(theme.meeting_id or 0)
    chain = _chain(enquiry, known.enquiries)
    here: Said | None = None
    before: list[Said] = []
    for answer in known.answers:
        if answer.parent_id not in chain:
            continue
        said = _said(answer, known)
        if answer.parent_id == enquiry.pk and answer.meeting_id == theme.meeting_id:
            here = said
        elif taken_on is None or _held(said) < taken_on.held_on.isoformat():
            before.append(said)
    before.sort(key=lambda one: (_held(one), one.answer.pk), reverse=True)
    answerer = known.records.get(enquiry.answerer_id or 0)
    return Asked(enquiry, answerer, here, before, line)


def _held(said: Said) -> str:
    return said.meeting.held_on.isoformat() if said.meeting else ""


def _chain(enquiry: Enquiry, every: Sequence[Enquiry]) -> set[int]:
    """Return the ids of an enquiry and of all that it takes up, however far back."""
    follows = {one.pk: one.follows_id for one in every}
    chain: set[int] = set()
    at: int | None = enquiry.pk
    while at and at not in chain:
        chain.add(at)
        at = follows.get(at)
    return chain


def _said(answer: Answer, known: _Known) -> Said:
    line = known.lines.get((answer.measure_id or 0, answer.area_id))
    return Said(
        answer,
        known.meetings.get(answer.meeting_id),
        known.records.get(answer.answered_by_id or 0),
        known.promised.get(answer.pk, []),
        _then(answer, line) if line else "",
        now_words(line) if line else "",
    )


def _then(answer: Answer, line: Line) -> str:
    """Return the figure that an answer quoted: `72% (August 2026)`; nothing where it has none."""
    if answer.quoted_value is None or answer.quoted_period is None:
        return ""
    says = {
        "value": amount(line.measured, answer.quoted_value),
        "period": period_label(line.measure.frequency, answer.quoted_period),
    }
    return _("%(value)s (%(period)s)") % says


def now_words(line: Line) -> str:
    """Return the newest value of a figure with its period: `86% (September 2026)`."""
    return _("%(value)s (%(period)s)") % {"value": line.value, "period": line.period}
