"""The analysis measured: agreement with printed charts, false alarms, delay, speed.

``python -m bench.analysis`` prints the tables of docs/measured.md.
"""

from __future__ import annotations

import csv
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from peelian.analysis import PROFILES, Rules, analyse, c_chart, p_chart, xmr

VECTORS = Path(__file__).resolve().parents[1] / "../shared/data/spc"
SERIES, MONTHS = 20_000, 36
SHIFTS = (0.5, 1.0, 2.0, 3.0)
SEED = 2024


def main() -> None:
    """Print every table."""
    for title, rows in (
        ("Agreement with printed charts", agreement()),
        ("False alarms", false_alarms()),
        ("Months until a shift is seen", delays()),
        ("Speed", speed()),
    ):
        print(f"\n## {title}\n")
        print("\n".join(rows))


def _column(name: str, key: str) -> list[float]:
    with (VECTORS / name).open() as lines:
        return [float(row[key]) if row[key] else float("nan") for row in csv.DictReader(lines)]


def agreement() -> list[str]:
    """Largest relative difference of centre and limits from each printed chart."""
    lines = ["| Chart | Largest relative difference |", "|---|---:|"]
    if not VECTORS.exists():
        return [*lines, "| the printed charts are not on this machine | – |"]
    six, seven = "montgomery_6.5_individuals_expected.csv", "montgomery_7.1_p_expected.csv"
    part, include = (np.array(_column(seven, key)) for key in ("part", "include"))
    found = {
        "expected_XmR_chart.csv": (xmr([_column("expected_XmR_chart.csv", "y")]), 1),
        "expected_C_chart.csv": (c_chart([_column("expected_C_chart.csv", "y")]), 1),
        "expected_P_chart.csv": (
            p_chart(
                [_column("expected_P_chart.csv", "y_numerator")],
                [_column("expected_P_chart.csv", "n")],
            ),
            100,
        ),
        six: (xmr([_column(six, "y")], baseline=np.array(_column(six, "baseline")) == 1), 1),
        seven: (
            p_chart(
                [_column(seven, "y.sum")],
                [_column(seven, "n")],
                starts=np.diff(part, prepend=part[0]) > 0,
                excluded=include == 0,
            ),
            1,
        ),
    }
    for name, (chart, factor) in found.items():
        worst = 0.0
        for ours, theirs in (("centre", "cl"), ("upper", "ucl"), ("lower", "lcl")):
            printed = np.array(_column(name, theirs))
            mine = getattr(chart, ours)[0] * factor
            there = ~np.isnan(printed) & (printed != 0)
            worst = max(worst, float(np.abs(mine[there] / printed[there] - 1).max(initial=0.0)))
        lines.append(f"| {name} | {worst:.1e} |")
    return lines


def false_alarms() -> list[str]:
    """Share of stable series with any flag in 36 months, and with one at the last month."""
    values = np.random.default_rng(SEED).standard_normal((SERIES, MONTHS))
    alone = Rules(shift=0, trend=0, two_of_three="")
    known = 1 - (1 - 0.0027) ** MONTHS
    rules = {
        f"outside alone (limits known: {known:.1%})": alone,
        f"shift of 7 alone (centre known: {_run_chance(7):.1%})": replace(
            alone, outside=False, shift=7
        ),
        "trend of 7 alone": replace(alone, outside=False, trend=7),
        "two of three alone": replace(alone, outside=False, two_of_three="mdc"),
        **{f"profile {name}": profile for name, profile in PROFILES.items()},
    }
    lines = [
        f"{SERIES:,} independent normal series of {MONTHS} months; limits from the series itself.",
        "",
        "| Rules | Any flag | Flag at the last month |",
        "|---|---:|---:|",
    ]
    for name, one in rules.items():
        flagged = xmr(values, rules=one).any_signal
        lines.append(f"| {name} | {flagged.any(axis=1).mean():.1%} | {flagged[:, -1].mean():.2%} |")
    return [*lines, "", *_by_kind()]


def _run_chance(length: int) -> float:
    """The chance of a run of this length, on either side, in 36 tosses of a fair coin."""
    counts = np.zeros(length)
    counts[1] = 1.0
    for _toss in range(MONTHS - 1):
        after = np.zeros(length)
        after[1] = counts.sum() / 2
        after[2:] = counts[1:-1] / 2
        counts = after
    return 1 - float(counts.sum())


def _by_kind() -> list[str]:
    """The same for kinds of series, plain XmR beside the default analysis."""
    rng = np.random.default_rng(SEED + 1)
    shocks = rng.standard_normal((4_000, 136))
    memory = np.zeros_like(shocks)
    for month in range(1, 136):
        memory[:, month] = 0.4 * memory[:, month - 1] + shocks[:, month]
    season = 100 * (1 + 0.3 * np.sin(2 * np.pi * np.arange(MONTHS) / 12))
    kinds = {
        "normal": rng.normal(100, 10, (4_000, MONTHS)),
        "Poisson, mean 0.5": rng.poisson(0.5, (4_000, MONTHS)).astype(float),
        "Poisson, mean 3": rng.poisson(3, (4_000, MONTHS)).astype(float),
        "AR(1) 0.4": 100 + 10 * memory[:, 100:],
        "seasonal 30%": rng.poisson(season, (4_000, MONTHS)).astype(float),
    }
    lines = [
        "| Stable series | Any: XmR, four rules | Any: default analysis | At the last month |",
        "|---|---:|---:|---:|",
    ]
    for name, values in kinds.items():
        plain = xmr(values).any_signal
        chosen = analyse(values).chart.any_signal
        lines.append(
            f"| {name} | {plain.any(axis=1).mean():.1%} | {chosen.any(axis=1).mean():.1%} "
            f"| {chosen[:, -1].mean():.2%} |"
        )
    return lines


def delays() -> list[str]:
    """Median months until a flag after a shift at month 25, judged month by month."""
    rng = np.random.default_rng(SEED + 2)
    names = ("mdc", "western-electric", "nelson", "anhoej", "eight-point")
    lines = [
        "Median over 1,000 series; judged anew each month; at most 24 months are waited.",
        "",
        "| Shift in sigmas | " + " | ".join(names) + " |",
        "|---:|" + "---:|" * len(names),
    ]
    for size in SHIFTS:
        values = rng.standard_normal((1_000, 48))
        values[:, 24:] += size
        row = [f"{_delay(values, PROFILES[name]):.0f}" for name in names]
        lines.append(f"| {size} | " + " | ".join(row) + " |")
    return lines


def _delay(values: np.ndarray[tuple[int, int], np.dtype[np.float64]], rules: Rules) -> float:
    waited = np.full(len(values), 24.0)
    for month in range(24, 48):
        seen = xmr(values[:, : month + 1], rules=rules).any_signal[:, -1]
        waited = np.where(seen & (waited == 24), month - 23, waited)
    return float(np.median(waited))


def speed() -> list[str]:
    """CPU seconds on one core, the best of three."""
    rng = np.random.default_rng(SEED + 3)
    large = rng.normal(100, 10, (100_000, 48))
    counts = rng.poisson(60, (100_000, 48)).astype(float)
    lines = ["| What | CPU seconds | Series a second |", "|---|---:|---:|"]
    for name, size, work, times in (
        ("limits and four rules, 100,000 × 48", 100_000, lambda: xmr(large), 3),
        ("full default analysis, 100,000 × 48", 100_000, lambda: analyse(counts), 3),
    ):
        taken = min(_timed(work) for _n in range(times))
        lines.append(f"| {name} | {taken:.2f} | {size / taken:,.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines.append(f"| most memory until here | {peak:,.0f} MB | – |")
    million = rng.normal(100, 10, (1_000_000, 48))
    taken = _timed(lambda: xmr(million))
    lines.append(f"| limits and four rules, 1,000,000 × 48 | {taken:.2f} | {1e6 / taken:,.0f} |")
    return lines


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
