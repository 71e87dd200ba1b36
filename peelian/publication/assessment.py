"""The yearly self-assessment: for each line, what fell due in a financial year and whether it came.

It is made from proofs, the days the office gave, visits and the rules, and judges nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.blocks import Block, Document, Heading, Notice, PageBreak, Paragraph, Table, plain
from peelian.duties.calendar import Duty
from peelian.law.dates import FinancialYear
from peelian.law.packs import Rule
from peelian.publication import scheme, visits, words
from peelian.publication.history import publications_of
from peelian.publication.kinds import PLACE
from peelian.publication.models import PublicationPlace
from peelian.publication.periods import Published, covers
from peelian.publication.scheme import Line
from peelian.publication.telling import cadence, moment
from peelian.record.scope import Scope

RESULTS: dict[str, words.Text] = {
    "met": gettext_lazy("Met"),
    "met_late": gettext_lazy("Met, but late"),
    "not_met": gettext_lazy("Not met"),
    "not_found": gettext_lazy("Not found where it should be"),
    "unpublished": gettext_lazy("Not published anywhere yet"),
    "unknown": gettext_lazy("Cannot be told"),
}
HEAD = (
    gettext_lazy("Line"),
    gettext_lazy("What must be published"),
    gettext_lazy("How often"),
    gettext_lazy("Result"),
    gettext_lazy("Since"),
    gettext_lazy("Fell due"),
    gettext_lazy("In time"),
    gettext_lazy("Late"),
    gettext_lazy("Missing"),
    gettext_lazy("Evidence"),
    gettext_lazy("Note"),
    gettext_lazy("Law"),
)


@dataclass(frozen=True)
class Assessed:
    """How one line did in a year. `since` is the day of publication that the result rests on."""

    line: Line
    result: str
    since: dt.date | None
    in_time: int
    late: int
    missing: int

    @property
    def rule(self) -> Rule:
        """Return the rule of the line."""
        return self.line.rule

    @property
    def due(self) -> int:
        """Return how often it fell due."""
        return self.in_time + self.late + self.missing


def assess(year: FinancialYear, scope: Scope, today: dt.date) -> list[Assessed]:
    """Return how each line that bound the office did in a year, as far as the year has come."""
    end = min(year.last, today)
    wanted = scheme.requirements(end)
    places = list(scope.of(PLACE).in_order())
    due = scheme.due_of(wanted, scope, end)
    lines = scheme.assembled(wanted, places, due, visits.latest(places), today)
    said = publications_of(places)
    found = []
    for line in lines:
        fell_due = [d for d in due[line.rule.id] if year.first <= d.occurrence.due <= end]
        found.append(_assessed(line, fell_due, said))
    return found


def _assessed(
    line: Line,
    fell_due: Sequence[Duty],
    said: dict[int, list[Published]],
) -> Assessed:
    in_time = late = missing = 0
    for duty in fell_due:
        day = duty.met_on or _said(line, duty, said)
        if day is None:
            missing += 1
        elif day > duty.occurrence.due:
            late += 1
        else:
            in_time += 1
    result = _result(line, late, missing, bool(fell_due))
    return Assessed(line, result, line.published, in_time, late, missing)


def _said(line: Line, duty: Duty, said: dict[int, list[Published]]) -> dt.date | None:
    """Return the day on which the last of a line's places met a duty; None where one never did."""
    days = [_came(one.place, duty, said) for one in line.places]
    came = [day for day in days if day]
    return max(came) if came and len(came) == len(days) else None


def _came(place: PublicationPlace, duty: Duty, said: dict[int, list[Published]]) -> dt.date | None:
    """Return the first day on which a place met a duty, None where it never did."""
    now = Published(place.published_on, place.covers_until)
    every = [*said.get(place.pk, ()), now]
    return min((p.on for p in every if p.on and covers(p, duty.occurrence)), default=None)


def _result(line: Line, late: int, missing: int, fell_due: bool) -> str:
    if line.standing in ("unpublished", "not_found"):
        return line.standing
    if missing:
        return "not_met"
    if late:
        return "met_late"
    return "met" if fell_due or line.standing == "met" else "unknown"


def rows_of(found: Sequence[Assessed]) -> list[list[object]]:
    """Return the assessment as rows under `HEAD`."""
    return [
        [
            one.rule.item,
            one.rule.title,
            str(cadence(one.rule)),
            str(RESULTS[one.result]),
            one.since,
            one.due,
            one.in_time,
            one.late,
            one.missing,
            evidence(one),
            " ".join(p.place.note for p in one.line.places if p.place.note),
            one.rule.citation,
        ]
        for one in found
    ]


def evidence(one: Assessed) -> str:
    """Return where a line is published and what the last visit found there, in words."""
    said = []
    for place in one.line.places:
        visit = place.visit
        found = (
            _("visited %(when)s: %(what)s")
            % {"when": moment(visit.at), "what": str(words.VERDICTS[visit.verdict]).lower()}
            if visit
            else _("never visited")
        )
        said.append(f"{place.place.url} ({found})")
    return "; ".join(said)


def document(year: FinancialYear, found: Sequence[Assessed], today: dt.date) -> Document:
    """Return the assessment as a document, for the PDF."""
    met = sum(one.result == "met" for one in found)
    says = {"met": met, "all": len(found), "year": year.label}
    head = tuple(plain(str(HEAD[n])) for n in (0, 1, 2, 3, 4, 5, 9, 10))
    body = tuple(
        tuple(plain(shown(value)) for n, value in enumerate(row) if n in (0, 1, 2, 3, 4, 5, 9, 10))
        for row in rows_of(found)
    )
    blocks: tuple[Block, ...] = (
        Heading(1, _("What this is")),
        Paragraph(
            plain(
                _("In %(year)s, %(met)s of %(all)s lines were met in time each time.") % says
                + " "
                + _(
                    "It goes by proofs and by the visits of the watchdog, by the days the office "
                    "gave where there is neither, and by the rules. A line whose timing has still "
                    "to be checked against the law says so on its page."
                )
            )
        ),
        *([Notice(_("The year is not over yet."), "warning")] if today < year.last else []),
        PageBreak(landscape=True),
        Heading(1, _("Line by line")),
        Table(
            _("What had to be published in %(year)s") % says,
            head,
            body,
            (0.6, 2.6, 1.1, 1.2, 1.1, 0.6, 3.0, 1.6),
            True,
        ),
    )
    title = _("Publication self-assessment %(year)s") % says
    return Document(title, str(settings.OFFICE["name"]), today, blocks, cover=False)


def shown(value: object) -> str:
    """Return a value as people read it."""
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    return "" if value is None else str(value)
