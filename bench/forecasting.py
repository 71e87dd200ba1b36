"""How often the year ends within the interval that was told for it, on series whose end is known.

``python -m bench.forecasting`` prints the table, of seeds 1000-1003. While the method was chosen,
only seeds 0-3 were looked at: ``python -m bench.forecasting tuning``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from peelian.analysis.forecast import year_end

Floats = NDArray[np.float64]
Family = Callable[[np.random.Generator, int], Floats]

EACH = 50  # series of one family and length from one seed
LEVEL = 0.9
SO_FAR = 4  # months of the year that are known
BEFORE = (36, 60)  # months before the year
TUNED_ON = range(4)
REPORTED = range(1000, 1004)


def poisson(mean: float) -> Family:
    """Independent Poisson counts of one mean."""
    return lambda rng, months: rng.poisson(mean, (EACH, months)).astype(float)


def normal(rng: np.random.Generator, months: int) -> Floats:
    """Independent normal months."""
    return rng.normal(100, 10, (EACH, months))


def remembering(rng: np.random.Generator, months: int) -> Floats:
    """Stable months that remember 0.4 of the month before (AR(1))."""
    noise = rng.normal(0, 10, (EACH, months + 50))
    for month in range(1, months + 50):
        noise[:, month] += 0.4 * noise[:, month - 1]
    return 100 + noise[:, 50:]


def seasonal(rng: np.random.Generator, months: int) -> Floats:
    """Poisson counts about 100 that swing 30% either side over the year."""
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(months) / 12)
    return rng.poisson(100 * season, (EACH, months)).astype(float)


def rising(rng: np.random.Generator, months: int) -> Floats:
    """A straight rise of half a sigma a month."""
    return 100 + 5.0 * np.arange(months) + rng.normal(0, 10, (EACH, months))


def wandering(rng: np.random.Generator, months: int) -> Floats:
    """A level that moves by a fifth of a sigma each month."""
    return 200 + np.cumsum(rng.normal(0, 2, (EACH, months)), 1) + rng.normal(0, 10, (EACH, months))


def stepped(rng: np.random.Generator, months: int) -> Floats:
    """Poisson counts whose level changed by two sigma, eighteen months before the year."""
    mean = np.where(np.arange(months) < months - 30, 60.0, 75.0)
    return rng.poisson(mean, (EACH, months)).astype(float)


FAMILIES: dict[str, Family] = {
    "Poisson, mean 5": poisson(5),
    "Poisson, mean 60": poisson(60),
    "normal": normal,
    "AR(1) 0.4": remembering,
    "seasonal 30%": seasonal,
    "steady rise": rising,
    "wandering level": wandering,
    "step of two sigma": stepped,
}


def main() -> None:
    """Print the table."""
    seeds = TUNED_ON if "tuning" in sys.argv else REPORTED
    print("\n## The year's end\n\n" + "\n".join(table(seeds)))


def table(seeds: range) -> list[str]:
    """Return, for each family, how many ends lie in their interval, and how wide that is."""
    lines = [
        f"| {EACH * len(seeds) * len(BEFORE)} series a row | Year's end within its interval "
        "| Months so far within theirs | Width of the year's interval |",
        "|---|---:|---:|---:|",
    ]
    found, started = [], time.process_time()
    for name, family in FAMILIES.items():
        rows = [row for seed in seeds for row in _measured(family, seed)]
        end, start, width = np.mean(rows, axis=0)
        found.append((end, start))
        lines.append(f"| {name} | {end:.1%} | {start:.1%} | {width:.1%} |")
    end, start = np.mean(found, axis=0)
    taken = (time.process_time() - started) / (len(FAMILIES) * EACH * len(seeds) * len(BEFORE))
    lines.append(f"| all | {end:.1%} | {start:.1%} | – |")
    return [*lines, "", f"One series takes {1000 * taken:.0f} ms of CPU time."]


def _measured(family: Family, seed: int) -> list[tuple[float, float, float]]:
    """Return, for each series, whether both intervals held, and the width beside the sum."""
    rows = []
    for before in BEFORE:
        for values in family(np.random.default_rng([seed, before]), before + 12):
            told = year_end(values[: before + SO_FAR], first_month=4, level=LEVEL)
            end = float(values[before:].sum())
            width = (told.upper - told.lower) / end
            rows.append((float(told.lower <= end <= told.upper), float(told.beside == 0), width))
    return rows


if __name__ == "__main__":
    main()
