"""Observations in: long tables of measure, area, period and value, as known on a day."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, field

from peelian.figures.models import Measure, Observation
from peelian.intake.tables import Problem, Rejected, Row, Sheet
from peelian.people.models import Area
from peelian.record.access import Actor

COLUMNS = ("measure", "area", "period", "value", "as_at", "source")
Key = tuple[int, int, dt.date, dt.date, str]


@dataclass
class _Table:
    """What has been read so far, and what is on the record already."""

    sheet: Sheet
    measures: dict[str, int]
    areas: dict[str, int]
    stored: dict[Key, float]
    read: dict[Key, int] = field(default_factory=dict)


def load_observations(sheet: Sheet, by: Actor, why: str) -> Counter[str]:
    """Append the observations that are new. Raises Rejected; then nothing of the file is kept.

    A value that differs from the one stored for the same day is refused: a revision is a further
    vintage, with its own `as_at`.
    """
    sheet.require(COLUMNS)
    table = _table(sheet)
    outcome: Counter[str] = Counter()
    problems: list[Problem] = []
    fresh: list[Observation] = []
    for row in sheet.rows:
        try:
            made = _observation(table, row, by, why)
        except Rejected as error:
            problems += error.problems
            if len(problems) >= 200:
                break
            continue
        outcome["new" if made else "same"] += 1
        if made:
            fresh.append(made)
    if problems:
        raise Rejected(problems)
    Observation.objects.bulk_create(fresh, batch_size=1000)
    return outcome


def _table(sheet: Sheet) -> _Table:
    measures = dict(Measure.objects.values_list("reference", "pk"))
    areas = dict(Area.objects.values_list("reference", "pk"))
    wanted = {measures[r["measure"]] for r in sheet.rows if r["measure"] in measures}
    stored = {
        (o.measure_id, o.area_id, o.period, o.known, o.source): o.value
        for o in Observation.objects.filter(measure__in=wanted).iterator()
    }
    return _Table(sheet, measures, areas, stored)


def _observation(table: _Table, row: Row, by: Actor, why: str) -> Observation | None:
    """Return the observation a row holds, or None where it is stored already."""
    problems: list[Problem] = []

    def told(column: str, expected: str) -> None:
        problems.append(table.sheet.problem(row, column, row[column], expected))

    measure = table.measures.get(row["measure"])
    area = table.areas.get(row["area"])
    period, known = parse_period(row["period"]), _day(row["as_at"])
    value = _number(row["value"])
    if measure is None:
        told("measure", "the reference of a measure on the register")
    if area is None:
        told("area", "the reference of an area on the record")
    if period is None:
        told("period", "a month like 2019-12, or a quarter like 2019/20-Q3")
    if known is None:
        told("as_at", "a date like 2020-01-20")
    if value is None:
        told("value", "a number")
    if not row["source"]:
        told("source", "where the figure comes from")
    if row["illustrative"] not in ("", "yes", "no"):
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
        illustrative=row["illustrative"] == "yes",
        note=row["note"],
        loaded_from=f"{why}, row {row.number}",
        loaded_by=by.name,
    )


def _refuse_second(table: _Table, row: Row, key: Key, value: float) -> None:
    if key in table.read:
        expected = f"each month of a series once (it is in row {table.read[key]} too)"
        raise Rejected([table.sheet.problem(row, "period", row["period"], expected)])
    table.read[key] = row.number
    if key in table.stored and table.stored[key] != value:
        expected = f"{table.stored[key]:g}, as stored for this day; give a revision its own as_at"
        raise Rejected([table.sheet.problem(row, "value", row["value"], expected)])


def parse_period(text: str) -> dt.date | None:
    """Return the first day of a month `2019-12` or financial quarter `2019/20-Q3`, else None."""
    try:
        if len(text) == 7:
            return dt.date.fromisoformat(f"{text}-01")
        year, _slash, quarter = text.partition("/")
        _end, _dash, number = quarter.partition("-Q")
        return quarter_start(int(year), int(number))
    except ValueError:
        return None


def quarter_start(year: int, quarter: int) -> dt.date:
    """Return the first day of a financial year's quarter. Raises ValueError beyond 1 to 4."""
    if not 1 <= quarter <= 4:
        raise ValueError(quarter)
    return dt.date(year + (quarter == 4), 4 + 3 * (quarter - 1) - 12 * (quarter == 4), 1)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
