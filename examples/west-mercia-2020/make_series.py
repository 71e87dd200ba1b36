"""Make observations-illustrative.csv: the monthly series that the panel's pack does not print.

The pack says of each topic how December 2019 compares, and where it is unusual, but gives few
values. Each series here is drawn at random from a fixed seed until the statistics say of it what
the pack says; the values that the pack does print stand as they are, marked as such.

Run from the repository: python examples/west-mercia-2020/make_series.py
"""

import csv
import io
import random
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from peelian.analysis.change import Latest, latest
from peelian.analysis.xmr import xmr

FOLDER = Path(__file__).parent
FORCE = "west-mercia"
# Roughly each area's share of the work; North and South Worcestershire are parts of one county.
SHARES = {
    "herefordshire": 0.15,
    "shropshire": 0.20,
    "telford-and-wrekin": 0.18,
    "north-worcestershire": 0.22,
    "south-worcestershire": 0.25,
}
MONTHS = [date(2017 + n // 12, n % 12 + 1, 1) for n in range(36)]
QUARTERS = MONTHS[::3]
ILLUSTRATIVE = "Illustrative series made for this example"
SUMMARY = "Item 8, Appendix 2, December 2019"
PLAN_2_1_2 = "Item 8, Appendix 1, 2.1.2"
PLAN_C2 = "Item 8, Appendix 1, C2"
REPORT = "End of Term report, headline figures"
TRIES = 50_000
RULES = ("outside", "shift", "trend", "two_of_three")


@dataclass(frozen=True)
class Volume:
    """A count in five areas: its monthly mean, and what December is to look like.

    ``change`` and ``level`` are +1, -1 or 0; ``high``, ``low`` and ``up`` name the areas that are
    exceptionally high or low, or whose average has risen. ``together`` is how far areas move
    alike, from 0 to 1.
    """

    measure: str
    mean: float
    change: int
    level: int
    significant: bool = False
    stable: bool = False
    exceptional: bool = False
    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    up: tuple[str, ...] = ()
    together: float = 0.3


@dataclass(frozen=True)
class Level:
    """A force-wide monthly rate, time or stock, with the values that are set beforehand.

    ``printed`` are values the pack gives, with their source; ``fixed`` are set by us so that the
    printed ones read as the pack says. ``also`` is a further condition on all values.
    """

    measure: str
    mean: float
    spread: float
    change: int
    slight: bool = False
    decimals: int = 1
    months: int = 36
    printed: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    fixed: Mapping[str, float] = field(default_factory=dict)
    also: Callable[[Sequence[float]], bool] = lambda values: True


def april_to_october(mean: float) -> Callable[[Sequence[float]], bool]:
    """The seven months of 2019/20 for which the pack prints an average."""
    return lambda values: abs(sum(values[27:34]) / 7 - mean) < 0.5


WORCESTERSHIRE = ("north-worcestershire", "south-worcestershire")
VOLUMES = (
    Volume("repeat-victims", 1450, -1, -1),
    Volume("total-recorded-crime", 8300, -1, -1),
    Volume("violence-with-injury", 1010, 1, 1, high=("herefordshire",), up=("shropshire",)),
    Volume("violence-without-injury", 1880, -1, 1),
    Volume("rape", 105, -1, 0),
    Volume("other-sexual-offences", 180, 1, 0),
    Volume("residential-burglary", 330, -1, 1),
    Volume("robbery", 62, -1, 0),
    Volume("drug-offences", 205, 1, 1, exceptional=True, together=0.8),
    Volume(
        "anti-social-behaviour",
        4250,
        -1,
        -1,
        significant=True,
        low=("herefordshire", *WORCESTERSHIRE),
        together=0.5,
    ),
    Volume("missing-persons", 470, 1, -1),
    Volume("hate-crime", 119, -1, -1, up=("south-worcestershire",), together=0.1),
    Volume("domestic-abuse", 1920, 1, 1),
    Volume("child-at-risk", 455, -1, -1),
    Volume("child-sexual-exploitation", 64, 1, -1),
    Volume("cyber-crime", 240, -1, 1),
    Volume("unresourced-incidents", 780, 0, 0, stable=True),
    Volume("business-crime", 905, -1, -1),
)
LEVELS = (
    Level("victim-satisfaction", 77.5, 1.2, 1, slight=True),
    Level("repeat-victimisation-rate", 21.5, 0.7, -1),
    Level("hate-crime-satisfaction", 81, 2, 1),
    Level("emergency-response-time", 13, 0.25, -1),
    Level("intelligence-outstanding", 1400, 170, -1, decimals=0),
    Level("file-quality", 610, 35, 1, decimals=0, months=6),
    Level(
        "officer-sickness",
        5.8,
        0.3,
        1,
        decimals=2,
        printed={"2018-09": (6.29, PLAN_C2), "2019-09": (5.5, PLAN_C2)},
        fixed={"2019-08": 5.43},
    ),
    Level(
        "staff-sickness",
        4.6,
        0.3,
        -1,
        decimals=2,
        printed={"2018-09": (5.26, PLAN_C2), "2019-09": (4.19, PLAN_C2)},
        fixed={"2019-08": 4.12},
    ),
    Level("calls-999-abandoned", 1.1, 0.25, 1),
    Level("calls-101-abandoned", 9.5, 1.3, -1),
    Level(
        "calls-999-answered-10s",
        89.2,
        1.3,
        -1,
        decimals=0,
        printed={"2019-11": (91, PLAN_2_1_2), "2019-12": (88, PLAN_2_1_2)},
        also=april_to_october(90),
    ),
    Level("calls-101-answered-30s", 63, 3, -1, also=april_to_october(62)),
)


@dataclass(frozen=True)
class Row:
    """One observation; ``source`` is empty for an illustrative one."""

    measure: str
    area: str
    period: str
    value: float
    as_at: date
    source: str = ""
    decimals: int = 0

    def cells(self) -> tuple[str, ...]:
        """Return the row as the file has it."""
        return (
            self.measure,
            self.area,
            self.period,
            f"{self.value:.{self.decimals}f}",
            self.as_at.isoformat(),
            self.source or ILLUSTRATIVE,
            "no" if self.source else "yes",
            "Value as printed" if self.source else "",
        )


def signals(found: Latest, row: int) -> dict[str, int]:
    """The rules that speak of a row's last month."""
    return {r: int(getattr(found, r)[row]) for r in RULES if getattr(found, r)[row]}


def volume_values(spec: Volume) -> dict[str, list[int]]:
    """Draw the areas' months until December looks as wanted; the force is their sum."""
    draw = random.Random(f"peelian {spec.measure}")  # noqa: S311 -- a fixed series, no secret
    for _attempt in range(TRIES):
        areas = {area: _area_months(spec, area, draw) for area in SHARES}
        _share_out(spec, areas, draw)
        whole = [sum(months) for months in zip(*areas.values(), strict=True)]
        values = {FORCE: whole, **areas}
        if _as_wanted(spec, values):
            return values
    raise RuntimeError(f"{spec.measure}: no series found in {TRIES} tries")


def _spread(spec: Volume, area: str) -> float:
    mean = spec.mean * SHARES[area]
    return max(1.05 * mean**0.5, 0.045 * mean)


def _area_months(spec: Volume, area: str, draw: random.Random) -> list[int]:
    mean, spread = spec.mean * SHARES[area], _spread(spec, area)
    raised = 1.1 * spread if area in spec.up else 0.0
    own = spread * (1 - spec.together) ** 0.5
    return [
        round(draw.gauss(mean, own) + (raised if month >= len(MONTHS) - 9 else 0))
        for month in range(len(MONTHS))
    ]


def _share_out(spec: Volume, areas: dict[str, list[int]], draw: random.Random) -> None:
    """Add what all areas have in common, and December's own story."""
    common = [draw.gauss(0, spec.together**0.5) for _month in MONTHS]
    strength = 2.3 if spec.exceptional or spec.significant else draw.uniform(0.5, 1.1)
    common[-1] = spec.level * strength
    common[-2] = common[-1] - spec.change * draw.uniform(0.6, 1.4)
    for area, months in areas.items():
        spread = _spread(spec, area)
        for month, shared in enumerate(common):
            months[month] = max(0, months[month] + round(spread * shared))
        months[-1] += round(spread * ((area in spec.high) * 3.2 - (area in spec.low) * 1.2))


def _as_wanted(spec: Volume, values: Mapping[str, Sequence[float]]) -> bool:
    found = latest(xmr(list(values.values())))
    wanted: dict[str, dict[str, int]] = {area: {} for area in values}
    wanted |= {area: {"outside": 1} for area in spec.high}
    wanted |= {area: {"outside": -1} for area in spec.low}
    wanted |= {area: {"shift": 1} for area in spec.up}
    if spec.exceptional:
        wanted[FORCE] = {"outside": 1}
    calm = bool(found.slight[0] or found.change[0] == 0)
    return (
        calm == spec.stable
        and (spec.stable or found.change[0] == spec.change)
        and found.level[0] == spec.level
        and bool(found.significant[0]) == (spec.significant or spec.exceptional)
        and [signals(found, row) for row in range(len(values))] == list(wanted.values())
    )


def level_values(spec: Level) -> list[float]:
    """Draw a force-wide series until December looks as wanted."""
    draw = random.Random(f"peelian {spec.measure}")  # noqa: S311 -- a fixed series, no secret
    months = [f"{month:%Y-%m}" for month in MONTHS[-spec.months :]]
    given = {**spec.fixed, **{month: value for month, (value, _) in spec.printed.items()}}
    for _attempt in range(TRIES):
        values = [
            given.get(month, round(draw.gauss(spec.mean, spec.spread), spec.decimals))
            for month in months
        ]
        found = latest(xmr([values]))
        if (
            found.change[0] == spec.change
            and bool(found.slight[0]) == spec.slight
            and not signals(found, 0)
            and spec.also(values)
        ):
            return values
    raise RuntimeError(f"{spec.measure}: no series found in {TRIES} tries")


def volume_rows(spec: Volume) -> list[Row]:
    """The force's months, then each area's."""
    return [
        Row(spec.measure, area, f"{month:%Y-%m}", value, month_end(month))
        for area, values in volume_values(spec).items()
        for month, value in zip(MONTHS, values, strict=True)
    ]


def level_rows(spec: Level) -> list[Row]:
    """The force's months of a rate, time or stock."""
    rows = []
    for month, value in zip(MONTHS[-spec.months :], level_values(spec), strict=True):
        period = f"{month:%Y-%m}"
        source = spec.printed[period][1] if period in spec.printed else ""
        known = month_end(month)
        rows.append(Row(spec.measure, FORCE, period, value, known, source, spec.decimals))
    return rows


def road_death_rows() -> list[Row]:
    """Deaths on the roads: few a month, with the five that are printed for December 2019."""
    draw = random.Random("peelian road-deaths")  # noqa: S311 -- a fixed series, no secret
    rows = []
    for month in MONTHS:
        count = sum(draw.random() < 0.5 for _chance in range(8))
        printed = month == MONTHS[-1]
        source = SUMMARY if printed else ""
        value = 5 if printed else count
        rows.append(Row("road-deaths", FORCE, f"{month:%Y-%m}", value, month_end(month), source))
    return rows


def quarter_rows(
    measure: str, mean: float, spread: float, printed: Mapping[str, tuple[float, str]], last: str
) -> list[Row]:
    """A quarterly series up to the quarter ``last``."""
    draw = random.Random(f"peelian {measure}")  # noqa: S311 -- a fixed series, no secret
    rows = []
    for first in QUARTERS:
        year, quarter = first.year - (first.month < 4), (first.month - 4) % 12 // 3 + 1
        period = f"{year}/{(year + 1) % 100:02}-Q{quarter}"
        value, source = printed.get(period, (round(draw.gauss(mean, spread)), ""))
        known = month_end(date(first.year, first.month + 2, 1))
        rows.append(Row(measure, FORCE, period, value, known, source))
        if period == last:
            break
    return rows


def confidence_rows() -> list[Row]:
    """Overlapping years of the national survey, by the month that each begins."""
    begins = QUARTERS[:7]
    printed = {
        ("confidence-csew", "2017-10"): "Item 8, paragraph 26",
        ("confidence-csew", "2018-07"): PLAN_2_1_2,
    }
    series = {
        "confidence-csew": (72.8, 72.4, 71.9, 71.0, 72.6, 73.9, 73.6),
        "confidence-csew-msg": (76.9, 76.8, 76.4, 76.2, 75.9, 75.8, 75.4),
        "confidence-csew-national": (76.6, 76.3, 76.1, 75.8, 75.5, 75.2, 74.9),
    }
    rows = []
    for measure, values in series.items():
        for first, value in zip(begins, values, strict=True):
            period = f"{first:%Y-%m}"
            # The survey comes out about three months after the year it covers.
            known = month_end(date(first.year + 1, first.month + 2, 1))
            source = printed.get((measure, period), "")
            rows.append(Row(measure, FORCE, period, value, known, source, 1))
    return rows


def month_end(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def rows() -> list[Row]:
    """Every observation, in the order of the file."""
    made = [row for volume in VOLUMES for row in volume_rows(volume)]
    made += [row for level in LEVELS for row in level_rows(level)]
    made += road_death_rows()
    for measure, value in (("recorded-10-days", 91), ("finalised-120-days", 90)):
        printed = {"2019/20-Q3": (float(value), SUMMARY)}
        made += quarter_rows(f"complaints-{measure}", value, 2, printed, "2019/20-Q3")
    made += quarter_rows("organised-crime-groups", 58, 4, {}, "2019/20-Q3")
    made += quarter_rows("disruptions", 41, 7, {}, "2019/20-Q3")
    survey = {"2019/20-Q2": (80.0, "Item 8, Appendix 1, D4.1")}
    made += quarter_rows("confidence-local-survey", 84, 0.6, survey, "2019/20-Q2")
    made += confidence_rows()
    made.append(Row("rape-conviction-rate", FORCE, "2019-10", 75, date(2019, 10, 31), REPORT))
    return made


def text() -> str:
    """The whole file, as it is committed."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(
        ("measure", "area", "period", "value", "as_at", "source", "illustrative", "note")
    )
    write.writerows(row.cells() for row in rows())
    return out.getvalue()


if __name__ == "__main__":
    (FOLDER / "observations-illustrative.csv").write_text(text(), encoding="utf-8")
