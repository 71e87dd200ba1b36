"""Returns in: tables of figures, long or wide, become observations as known on a day.

A return is taken whole or not at all. What is stored stays: a later value is a further vintage with
an `as_at` of its own, and a value already stored for the same day must be the same.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from peelian.figures.breaks import begin_phases
from peelian.figures.kinds import MEASURE
from peelian.figures.models import Measure, Return
from peelian.figures.periods import WRITTEN, parse_period, written
from peelian.figures.preview import Preview, preview_of
from peelian.figures.register import Register
from peelian.figures.staging import Stage, Staged, stage
from peelian.figures.street import Tally
from peelian.intake.layouts import LAYOUTS, layout_of
from peelian.intake.opening import open_return
from peelian.intake.readings import GAPS, Layout, Read, as_period, listed
from peelian.intake.stream import Progress, Stream, place, sha256_of
from peelian.intake.tables import Problem, Rejected, Sheet, as_day, as_number
from peelian.people.models import Area
from peelian.record import clock
from peelian.record.access import Actor
from peelian.record.errors import RecordError
from peelian.record.guards import questions
from peelian.record.scope import PUBLIC

MOST_PROBLEMS = 200
MOST_TEXT = 300


@dataclass(frozen=True)
class Given:
    """What is said once of a whole return: how to read it, and what its rows leave out.

    ``names`` translates what a file calls a measure or area into our references; ``register`` makes
    the measures and areas that are missing. A dry run keeps nothing and gives a preview; `agreed`
    is the mark of the preview that somebody agreed to, if anybody has.
    """

    layout: str = ""
    as_at: dt.date | None = None
    source: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    register: bool = False
    dry_run: bool = False
    agreed: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a return did, or would do: how many values are new, revise others, are the same.

    ``gaps`` is how many values it leaves out, ``totals`` holds for each measure (by id) the sum and
    number of its values by period, ``measures`` the ids of all it touches. ``repeated`` names the
    return that held the very same file before, if any; then nothing was done. ``notes`` is what the
    file lacks, or was left out of it, in sentences.
    """

    file: str
    layout: str
    new: int = 0
    revised: int = 0
    same: int = 0
    gaps: int = 0
    measures: tuple[int, ...] = ()
    totals: Mapping[int, list[tuple[dt.date, float, int]]] = field(default_factory=dict)
    repeated: Return | None = None
    came_in: Return | None = None
    preview: Preview | None = None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.repeated:
            return f"{self.file}: the very same file came in on {self.repeated.loaded_at:%Y-%m-%d}"
        counts = {
            "new": self.new,
            "revised": self.revised,
            "same": self.same,
            "left out": self.gaps,
        }
        said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
        return f"{self.file}: {said or 'nothing'}"


class Overtaken(Rejected):
    """Somebody else loaded some of the same figures at the same time: to be loaded again."""


class NotAsAgreed(RecordError):
    """The record changed after the preview: `outcome` is what the return would do now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(_("The stored figures have changed since you looked."))
        self.outcome = outcome


def load_return(
    path: Path, given: Given, *, by: Actor, progress: Progress = lambda _bytes: None
) -> Outcome:
    """Load a file of figures and assess them anew.

    Raises Rejected, or NotAsAgreed where a preview was agreed to and no longer holds; then nothing
    of it is kept.
    """
    sha256 = sha256_of(path) if path.is_file() else ""
    earlier = Return.objects.filter(sha256=sha256).exclude(sha256="").first()
    # Of a national file there may be more to take now than there was.
    if earlier and not LAYOUTS[earlier.layout].national:
        return Outcome(path.name, earlier.layout, repeated=earlier)
    stream = open_return(path, sheet=given.sheet, progress=progress)
    return load_stream(stream, given, by=by, sha256=sha256)


def load_observations(sheet: Sheet, by: Actor, why: str) -> Counter[str]:
    """Load a table of observations as any other file of the record, with all its columns."""
    rows = ((r.number, [r[column] for column in sheet.columns]) for r in sheet.rows)
    found = load_stream(Stream(sheet.file, sheet.columns, rows), Given(layout="long"), by=by)
    counts = {"new": found.new, "revised": found.revised, "same": found.same}
    return Counter({what: count for what, count in counts.items() if count})


def load_stream(stream: Stream, given: Given, *, by: Actor, sha256: str = "") -> Outcome:
    """Load the rows of a table in one transaction, and assess what they touch.

    Raises Rejected with every problem found, up to two hundred; then nothing of it is kept.
    """
    layout = layout_of(stream, given.layout)
    _require_once(stream, given)
    with transaction.atomic():
        with stage() as staged:
            outcome = _load(stream, layout, given, staged, by, sha256)
        if given.dry_run:
            transaction.set_rollback(True)
    return outcome


def _require_once(stream: Stream, given: Given) -> None:
    """Raise Rejected unless the day and the source are in the table or said of it as a whole."""
    said = {"as_at": given.as_at, "source": given.source}
    missing = [name for name, value in said.items() if not value and name not in stream.columns]
    found = f"the columns {', '.join(stream.columns[:12])}"
    if missing:
        raise Rejected([Problem(stream.file, found, f"a column “{c}”", 1) for c in missing])


def _load(
    stream: Stream, layout: Layout, given: Given, staged: Stage, by: Actor, sha256: str
) -> Outcome:
    reader = _Reader(stream, layout, given, by)
    for one in reader.observations():
        staged.add(one)
    reader.raise_problems()
    staged.flush()
    _refuse_what_contradicts(stream, staged)
    notes = reader.notes()
    new, revised, same = staged.counts()
    measures = staged.measures()
    if new + revised:
        _refuse_what_must_wait(stream, measures)
    totals: dict[int, list[tuple[dt.date, float, int]]] = {pk: [] for pk in measures}
    for measure, period, total, count in staged.totals():
        totals[measure].append((period, total, count))
    outcome = Outcome(
        stream.file, layout.name, new, revised, same, reader.gaps, tuple(measures), totals,
        notes=tuple(notes),
    )  # fmt: skip
    if given.dry_run or given.agreed:
        preview = preview_of(staged, totals, sha256)
        outcome = replace(outcome, preview=preview)
        if given.agreed and preview.mark != given.agreed:
            raise NotAsAgreed(outcome)
    came_in = None
    if new + revised and not given.dry_run:
        came_in = Return.objects.create(
            file=stream.file[:300], sha256=sha256, layout=layout.name, loaded_by=by.name,
            new=new, revised=revised, same=same,
            note=textwrap.shorten(" ".join(notes), MOST_TEXT, placeholder=" …"),
        )  # fmt: skip
        try:
            staged.append(came_in)
        except IntegrityError as error:
            found, expected = "figures that somebody else loaded meanwhile", "to be loaded again"
            raise Overtaken([Problem(stream.file, found, expected)]) from error
        from peelian.figures.assessments import refresh

        notes += begin_phases(reader.register, layout.renamed.values(), measures, by=by)
        refresh(measures)
    return replace(outcome, came_in=came_in, notes=tuple(notes))


def _refuse_what_must_wait(stream: Stream, measures: Iterable[int]) -> None:
    """Raise Rejected where a guard asks of public measures: their figures are public at once."""
    public = PUBLIC.of(MEASURE).filter(pk__in=measures).first()
    found = _("figures that are public at once")
    expected = _("a routine publication of measures. %(because)s")
    if asked := questions(public, clock.today()) if public else []:
        told = [expected % {"because": question.because} for question in asked]
        raise Rejected([Problem(stream.file, found, one) for one in told])


def _refuse_what_contradicts(stream: Stream, staged: Stage) -> None:
    """Raise Rejected for rows that say a thing twice, or other than is stored for the same day."""
    problems = []
    for first, row, measure, period in staged.twice(MOST_PROBLEMS):
        frequency = Measure.objects.values_list("frequency", flat=True).get(pk=measure)
        found = written(frequency, period)
        expected = "each month of a series once"
        expected += f" (it is in row {first} too)" if first else " (do two names mean the same?)"
        problems.append(place(stream, row, "period", found, expected))
    for where, value, stored, of, area, period in staged.conflicts(MOST_PROBLEMS):
        found = f"“{value:.15g}”" + ("" if where else _of_what(of, area, period))
        expected = f"{stored:.15g}, as stored for this day; give a revision its own as_at"
        problems.append(Problem(stream.file, found, expected, where, "value"))
    if problems:
        raise Rejected(problems)


def _of_what(measure: int, area: int, period: dt.date) -> str:
    """Return in words what a value is of that stands in no row."""
    of = Measure.objects.get(pk=measure)
    place, when = Area.objects.get(pk=area).title, written(of.frequency, period)
    return f" for {of.title}, {place}, {when}"


class _Reader:
    """From text to observations: each name and date is looked up once, each fault told."""

    def __init__(self, stream: Stream, layout: Layout, given: Given, by: Actor) -> None:
        self.stream, self.layout, self.given = stream, layout, given
        self.register = Register(given.names, layout, by if given.register else None)
        self.problems: list[Problem] = []
        self.lacking: dict[tuple[str, str], None] = {}
        self.gaps = self.kept = 0
        self.days: dict[str, dt.date | None] = {}
        self.periods: dict[tuple[str, str], dt.date | None] = {}

    def observations(self) -> Iterator[Staged]:
        """Yield an observation for each value, until there are too many problems to go on."""
        for read in self._reads():
            if self.layout.national and self._is_foreign(read):
                continue
            if read.value in GAPS and (read.value or self.layout.name != "long"):
                self.gaps += 1
                continue
            made = self._observation(read)
            if made:
                self.kept += 1
                yield made
            elif len(self.problems) >= MOST_PROBLEMS:
                return

    def _reads(self) -> Iterator[Read]:
        reads = self.layout.read(self.stream)
        if self.layout.counted:
            return Tally(self.register, self.stream.notes).added_up(reads)
        return reads

    def _is_foreign(self, read: Read) -> bool:
        """Return whether a value is of a measure or place that this office has not; keep which."""
        lacks = []
        if self.register.measure(read.measure, read.period) is None:
            lacks.append(("measure", read.measure))
        if self.register.force(read.area) is None:
            lacks.append(("area", read.area))
        self.lacking.update(dict.fromkeys(lacks))
        for what, name in lacks:
            if why := self.register.refused.pop(name, ""):
                self.problems.append(
                    place(self.stream, read.row, what, name, f"another name. {why}")
                )
        return bool(lacks)

    def notes(self) -> list[str]:
        """Return what the file lacks, and what was left out of it, in sentences."""
        notes = list(self.stream.notes)
        for what, names in self._lacking().items():
            notes.append(f"Left out, as the register has no such {what}: {listed(names)}.")
        return notes

    def _lacking(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for what, name in self.lacking:
            found.setdefault(what, []).append(name)
        return found

    def raise_problems(self) -> None:
        """Raise Rejected if anything is wrong with the table or a value, or all is foreign."""
        if not self.kept and not self.problems and not self.stream.problems:
            self.problems += [
                Problem(
                    self.stream.file,
                    f"no {what} on the register, only {listed(names)}",
                    f"at least one {what} that is on it; register some, or map their names",
                )
                for what, names in self._lacking().items()
            ]
        # A row of many cells says its fault once.
        told = dict.fromkeys(self.stream.problems + self.problems)
        if problems := sorted(told, key=lambda p: p.row or 0):
            raise Rejected(problems)

    def _observation(self, read: Read) -> Staged | None:
        measure = self.register.measure(read.measure, read.period)
        named = self.register.force if self.layout.national else self.register.area
        area = named(read.area)
        frequency = measure[1] if measure else ""
        period = self._period(read.period, frequency)
        known = self._day(read.as_at) if read.as_at else self.given.as_at
        value = as_number(read.value)
        source = read.source or self.given.source
        if (
            measure is None or area is None or period is None or known is None or value is None
            or not source or len(source) > MOST_TEXT or read.illustrative or read.provisional
            or read.note
        ):  # fmt: skip
            faults = list(self._faults(read, measure, area, period, known, value, source))
            self.problems += faults
            if faults:
                return None
        if measure is None or area is None or period is None or known is None or value is None:
            return None
        return Staged(
            read.row or None, measure[0], area, period, known, source, value,
            read.illustrative.casefold() == "yes", read.provisional.casefold() == "yes", read.note,
        )  # fmt: skip

    def _period(self, text: str, frequency: str) -> dt.date | None:
        key = (text, frequency)
        if key not in self.periods:
            self.periods[key] = parse_period(as_period(text), frequency)
        return self.periods[key]

    def _day(self, text: str) -> dt.date | None:
        if text not in self.days:
            self.days[text] = as_day(text)
        return self.days[text]

    def _faults(
        self, read: Read, measure: tuple[int, str] | None, area: int | None,
        period: dt.date | None, known: dt.date | None, value: float | None, source: str,
    ) -> Iterator[Problem]:  # fmt: skip
        """Yield what is wrong with one value, with its place."""

        def told(column: str, found: str, expected: str) -> Problem:
            there = column if column in self.stream.columns else read.column
            return place(self.stream, read.row, there, found, expected)

        if measure is None:
            yield told("measure", read.measure, "the reference of a measure on the register")
        if area is None:
            yield told("area", read.area, "the reference of an area on the record")
        if period is None and measure is not None:
            yield told("period", read.period, str(WRITTEN[measure[1]]))
        if known is None:
            yield told("as_at", read.as_at, "a date like 2020-01-20")
        if value is None:
            yield told("value", read.value, "a number")
        if not source:
            yield told("source", source, "where the figure comes from")
        for column, text in (("source", source), ("note", read.note)):
            if len(text) > MOST_TEXT:
                yield told(column, text, f"at most {MOST_TEXT} characters")
        for column, text in (
            ("illustrative", read.illustrative),
            ("provisional", read.provisional),
        ):
            if text.casefold() not in ("", "yes", "no"):
                yield told(column, text, "yes or no")
