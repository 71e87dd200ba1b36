"""Observations in: long tables of measure, area, period and value, as known on a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from peelian.figures.models import Measure, Observation, Return
from peelian.figures.periods import WRITTEN, parse_period
from peelian.intake.tables import Problem, Rejected, Row, Sheet, as_day, as_number
from peelian.people.models import Area
from peelian.record.access import Actor

COLUMNS = ("measure", "area", "period", "value", "as_at", "source")
OPTIONAL = ("illustrative", "note")
MOST_PROBLEMS = 200
MOST_TEXT = 300
Key = tuple[int, int, dt.date, dt.date, str]


@dataclass
class _Table:
    """What has been read so far, and what is on the record already."""

    sheet: Sheet
    measures: dict[str, tuple[int, str]]
    areas: dict[str, int]
    stored: dict[Key, float]
    read: dict[Key, int] = field(default_factory=dict)


def load_observations(sheet: Sheet, by: Actor, why: str) -> Counter[str]:
    """Append the observations that are new. Raises Rejected; then nothing of the file is kept.

    A value that differs from the one stored for the same day is refused: a revision is a further
    vintage, with its own `as_at`.
    """
    sheet.require(COLUMNS)
    sheet.allow((*COLUMNS, *OPTIONAL))
    table = _table(sheet)
    outcome: Counter[str] = Counter()
    problems: list[Problem] = []
    fresh: list[Observation] = []
    came_in = Return(file=sheet.file, loaded_by=by.name, note=why)
    for row in sheet.rows:
        try:
            made = _observation(table, row, came_in)
        except Rejected as error:
            problems += error.problems
            if len(problems) >= MOST_PROBLEMS:
                break
            continue
        outcome["new" if made else "same"] += 1
        if made:
            fresh.append(made)
    if problems:
        raise Rejected(problems)
    try:
        with transaction.atomic():
            came_in.new = len(fresh)
            came_in.save()
            Observation.objects.bulk_create(fresh, batch_size=1000)
    except IntegrityError as error:
        found, expected = "figures that somebody else loaded meanwhile", "to be loaded again"
        raise Rejected([Problem(sheet.file, found, expected)]) from error
    return outcome


def _table(sheet: Sheet) -> _Table:
    measures = {
        reference: (pk, frequency)
        for reference, pk, frequency in Measure.objects.values_list("reference", "pk", "frequency")
    }
    areas = dict(Area.objects.values_list("reference", "pk"))
    wanted = {measures[r["measure"]][0] for r in sheet.rows if r["measure"] in measures}
    columns = ("measure_id", "area_id", "period", "known", "source", "value")
    stored = Observation.objects.filter(measure__in=wanted).values_list(*columns).iterator()
    return _Table(
        sheet, measures, areas, {(m, a, p, k, s): value for m, a, p, k, s, value in stored}
    )


def _observation(table: _Table, row: Row, came_in: Return) -> Observation | None:
    """Return the observation a row holds, or None where it is stored already."""
    problems: list[Problem] = []

    def told(column: str, expected: str) -> None:
        problems.append(table.sheet.problem(row, column, row[column], expected))

    measure, frequency = table.measures.get(row["measure"], (None, ""))
    area = table.areas.get(row["area"])
    period = parse_period(row["period"], frequency)
    known, value = as_day(row["as_at"]), as_number(row["value"])
    if measure is None:
        told("measure", "the reference of a measure on the register")
    if area is None:
        told("area", "the reference of an area on the record")
    if period is None and measure is not None:
        told("period", str(WRITTEN[frequency]))
    if known is None:
        told("as_at", "a date like 2020-01-20")
    if value is None:
        told("value", "a number")
    if not row["source"]:
        told("source", "where the figure comes from")
    for column in ("source", "note"):
        if len(row[column]) > MOST_TEXT:
            told(column, f"at most {MOST_TEXT} characters")
    if row["illustrative"].casefold() not in ("", "yes", "no"):
        told("illustrative", "yes or no")
    if problems or not (measure and area and period and known) or value is None:
        raise Rejected(problems)
    key = (measure, area, period, known, row["source"])
    _refuse_second(table, row, key, value)
    if key in table.stored:
        return None
    return Observation(
        measure_id=measure,
        area_id=area,
        period=period,
        known=known,
        value=value,
        source=row["source"],
        illustrative=row["illustrative"].casefold() == "yes",
        note=row["note"],
        came_in=came_in,
        row=row.number,
    )


def _refuse_second(table: _Table, row: Row, key: Key, value: float) -> None:
    if key in table.read:
        expected = f"each month of a series once (it is in row {table.read[key]} too)"
        raise Rejected([table.sheet.problem(row, "period", row["period"], expected)])
    table.read[key] = row.number
    if key in table.stored and table.stored[key] != value:
        expected = (
            f"{table.stored[key]:.15g}, as stored for this day; give a revision its own as_at"
        )
        raise Rejected([table.sheet.problem(row, "value", row["value"], expected)])
