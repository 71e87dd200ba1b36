"""The annual and the end-of-term report: what was promised, by objective, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.blocks import (
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Notice,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from peelian.promises.changes import Changes, Entry
from peelian.promises.models import Progress
from peelian.promises.stood import State
from peelian.record.kinds import kind_named
from peelian.reports.gather import Gathered
from peelian.reports.models import ReportSection
from peelian.reports.monitoring import document_of
from peelian.reports.past_figures import Ends
from peelian.reports.past_findings import Counted, Inspected
from peelian.reports.telling import (
    day_of,
    example_blocks,
    heads,
    number_of,
    section_blocks,
    status_of,
    update_of,
    words_of,
)

_Place = ReportSection.Place


class Outcome(models.TextChoices):
    """What became of a promise by the end of a term; the rule is printed in the report."""

    KEPT = "kept", gettext_lazy("Kept")
    PARTLY = "partly", gettext_lazy("Partly kept")
    NOT_KEPT = "not_kept", gettext_lazy("Not kept")
    SUPERSEDED = "superseded", gettext_lazy("Superseded")


def outcome_of(state: State) -> Outcome:
    """Return what became of a promise that stood so at the end, by the rule that `rules` says."""
    if state.progress == Progress.COMPLETE:
        return Outcome.KEPT
    if state.progress == Progress.SUPERSEDED:
        return Outcome.SUPERSEDED
    begun = state.progress in (Progress.ON_TRACK, Progress.AT_RISK)
    return Outcome.PARTLY if begun and state.said else Outcome.NOT_KEPT


def rules() -> dict[str, str]:
    """Return the rule for each outcome in words, as the report prints it."""
    return {
        Outcome.KEPT: _("reported complete by the last day."),
        Outcome.PARTLY: _("on track or at risk on the last day, with work reported."),
        Outcome.NOT_KEPT: _("not started, off track or on hold, or nothing was ever reported."),
        Outcome.SUPERSEDED: _("replaced by another promise; counted apart."),
    }


def term_document(gathered: Gathered) -> Document:
    """Return the report as a document: promises by objective with figures at start and end."""
    blocks = [
        *section_blocks(gathered.sections, _Place.OPENING),
        Heading(1, _("What was promised, and what became of it"), anchor="summary"),
        *_summary(gathered.changes),
        *section_blocks(gathered.sections, _Place.CHANGES),
        *_objectives(gathered),
        *example_blocks(gathered),
        Heading(1, _("Inspections at the start and the end"), anchor="inspections"),
        *_grades(gathered),
        *_record(gathered),
        *section_blocks(gathered.sections, _Place.CLOSING),
    ]
    return document_of(gathered, blocks)


def _summary(changes: Changes) -> list[Block]:
    """Return the promises of each objective counted by outcome, and the rule in words."""
    head = heads(_("Objective"), *(str(o.label) for o in Outcome), _("All"))
    totals: Counter[str] = Counter()
    rows: list[tuple[Cell, ...]] = []
    for objective in changes.objectives:
        own = Counter(str(outcome_of(e.after)) for e in _lines(changes, objective.key))
        totals.update(own)
        rows.append(_counted(objective.title, own))
    rows.append(_counted(_("All"), totals))
    said = [(Run(f"{Outcome(o).label}: ", bold=True), Run(words)) for o, words in rules().items()]
    return [
        Table(_("Promises by objective and outcome"), head, tuple(rows), row_header=True),
        Paragraph(plain(_("How each promise was judged:"))),
        Bullets(tuple(said)),
    ]


def _counted(title: str, counts: Counter[str]) -> tuple[Cell, ...]:
    cells = [str(counts[str(outcome)]) for outcome in Outcome]
    return (plain(title), *map(plain, cells), plain(str(counts.total())))


def _lines(changes: Changes, objective: str) -> list[Entry]:
    return [entry for entry in changes.under(objective) if entry.is_line]


def _objectives(gathered: Gathered) -> Iterator[Block]:
    changes = gathered.changes
    for objective in changes.objectives:
        own = _lines(changes, objective.key)
        ends = [one for one in gathered.ends if one.objective == objective.key]
        yield Heading(1, objective.title, number=objective.number)
        if own:
            yield _promises(objective.title, own)
        else:
            yield Paragraph(plain(_("Nothing was promised under it.")))
        yield from _figures(objective.title, ends)


def _promises(objective: str, entries: Sequence[Entry]) -> Table:
    order = [str(outcome) for outcome in Outcome]
    ranked = sorted(entries, key=lambda e: order.index(outcome_of(e.after)))
    rows = tuple(
        (
            number_of(entry),
            plain(words_of(entry.after)),
            plain(f"{outcome_of(entry.after).label} ({status_of(entry.after.progress).lower()})"),
            plain(entry.after.evidence) or update_of(entry.after),
        )
        for entry in ranked
    )
    head = heads(_("Ref"), _("Promise"), _("Outcome"), _("What shows it"))
    caption = _("Promises under “%(objective)s”") % {"objective": objective}
    return Table(caption, head, rows, (1, 3.4, 1.8, 4))


def _figures(objective: str, ends: Sequence[Ends]) -> Iterator[Block]:
    if not ends:
        yield Paragraph(plain(_("No figure of it is on the record for both ends of this time.")))
        return
    head = heads(_("Measure"), _("At the start"), _("At the end"), _("Source"))
    rows = tuple(_ends(one) for one in ends)
    caption = _("Figures under “%(objective)s” at the start and the end")
    yield Table(caption % {"objective": objective}, head, rows, (3, 2, 2, 3))
    if any(one.illustrative for one in ends):
        yield Notice(_("Some of its figures are illustrative."), "illustrative")


def _ends(one: Ends) -> tuple[Cell, ...]:
    title = f"{one.title} ({one.unit})"
    return (
        (Run(title, href=reverse("measures-show", args=[one.measure])),),
        plain(f"{one.first} ({one.first_period})"),
        plain(f"{one.last} ({one.last_period})"),
        plain(one.source),
    )


def _grades(gathered: Gathered) -> list[Block]:
    """Return for each question the grade that stood at the start and the one at the end.

    A grade is never turned into another scale: each is told as given, with its report. Where no
    report is from before the start, a later one may say what the grade was before.
    """
    since = gathered.terms.since.isoformat()
    first = _newest([one for one in gathered.inspections if "" < one.published_on <= since])
    first = _before(gathered.inspections) | first
    last = _newest(gathered.inspections)
    if not last:
        return [Paragraph(plain(_("No graded inspection is on the record.")))]
    rows = tuple(
        (plain(question), _grade(first.get((body, question))), _grade(told))
        for (body, question), told in sorted(last.items())
    )
    head = heads(_("Question"), _("At the start"), _("At the end"))
    return [Table(_("Grades at the start and the end"), head, rows, (3, 3, 3), row_header=True)]


_Told = tuple[str, Inspected]


def _newest(found: Sequence[Inspected]) -> dict[tuple[str, str], _Told]:
    """Return the newest grade of each body's question, with the report that gave it."""
    told: dict[tuple[str, str], _Told] = {}
    for one in found:  # the newest first, those without a day last
        for grade in one.grades:
            if grade.grade:
                told.setdefault((one.body, grade.question), (grade.grade, one))
    return told


def _before(found: Sequence[Inspected]) -> dict[tuple[str, str], _Told]:
    """Return the grade before, of each body's question, that the oldest report to say so tells."""
    told: dict[tuple[str, str], _Told] = {}
    for one in reversed(found):
        for grade in one.grades:
            if grade.before:
                told.setdefault((one.body, grade.question), (grade.before, one))
    return told


def _grade(told: _Told | None) -> Cell:
    if told is None:
        return plain(_("None on the record"))
    grade, report = told
    link = reverse("inspections-show", args=[report.reference])
    when = day_of(report.published_on) if report.published_on else report.published
    return (Run(f"{grade} ("), Run(report.title, href=link), Run(f", {when})" if when else ")"))


def _record(gathered: Gathered) -> list[Block]:
    """Return what else the record counts in this time, each leading to its register."""
    if not gathered.counted:
        return []
    said = _("Counted on the public record by their day, after %(since)s and up to %(until)s.")
    days = {"since": day_of(gathered.terms.since), "until": day_of(gathered.terms.until)}
    title = _("From the record: decisions, money and the public’s questions")
    return [
        Heading(1, title, anchor="record"),
        Paragraph(plain(said % days)),
        Bullets(tuple(_register(one) for one in gathered.counted)),
    ]


def _register(one: Counted) -> Runs:
    kind = kind_named(one.name)
    money = f" (£{Decimal(one.pounds):,})" if one.pounds else ""
    link = reverse(f"{kind.slug}-list")
    return (Run(f"{kind.plural}: {one.count}{money}. "), Run(_("See the register."), href=link))
