"""Disproportionality: how many times as often one group meets something as another does.

As stop and search is reported by self-defined ethnicity: the rate of a group over that of a
reference group. The Race Disparity Unit (2021) warns that such ratios rest on old populations,
hide that searches cluster in a few places, and leave out people whose ethnicity nobody recorded;
the caveats here say so, and the bounds show how much the last could matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Floats, as_amount, as_row
from peelian.analysis.rates import Interval, rate, rate_ratio

FEWEST = 20  # events below which a ratio moves too much to lead on
UNSTATED = 0.1  # a share of unrecorded ethnicity above which the ratio may be quite another
YEARS = 2  # after which populations are called old


class Caveat(StrEnum):
    """What a reader of a ratio must know; codes, which the caller puts into words."""

    FEW = "few"
    UNSTATED = "unstated"
    OLD_POPULATION = "old-population"
    CLUSTERED = "clustered"


@dataclass(frozen=True)
class Disproportion:
    """Ratios of G groups to one reference group; every array has shape (G,).

    ``ratio`` holds the ratio with its interval, ``rates`` the groups' rates per thousand with
    theirs, ``reference`` that of the reference group. ``lowest`` and ``highest`` are the ratio if
    all the unstated belonged to the reference group, or to the group. ``more`` and ``less`` say
    where the interval leaves out 1. ``caveats`` are those of each group.
    """

    ratio: Interval
    rates: Interval
    reference: Interval
    lowest: Floats
    highest: Floats
    more: Bools
    less: Bools
    caveats: tuple[tuple[Caveat, ...], ...]


def disproportion(
    counts: ArrayLike,
    populations: ArrayLike,
    reference_count: float,
    reference_population: float,
    *,
    unstated: float = 0.0,
    population_age: float = 0.0,
    level: float = 0.95,
) -> Disproportion:
    """Return how many times as often each of G groups was met with as the reference group.

    ``counts`` and ``populations`` have shape (G,); ``unstated`` is how many events have no group,
    ``population_age`` how many years old the populations are. Intervals take events as
    independent, which repeated searches of a few people and places are not. A group without a count
    or people has NaN. Raises ValueError for another shape, for amounts that are below 0 or not
    finite, and for a reference group without population.
    """
    found = as_row(counts, "counts")
    size = as_row(populations, "populations", len(found))
    reference_count, reference_population = _reference(reference_count, reference_population)
    unstated = as_amount(unstated, "the unstated", least=0)
    population_age = as_amount(population_age, "the age of the populations", least=0)
    ratio = rate_ratio(found, size, reference_count, reference_population, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        base = reference_count / reference_population
        lowest = (found / size) / ((reference_count + unstated) / reference_population)
        highest = ((found + unstated) / size) / base
    lowest, highest = (np.where(np.isfinite(end), end, np.nan) for end in (lowest, highest))
    total = float(np.nansum(found)) + reference_count + unstated
    common = [Caveat.CLUSTERED]
    if total and unstated / total > UNSTATED:
        common.append(Caveat.UNSTATED)
    if population_age > YEARS:
        common.append(Caveat.OLD_POPULATION)
    few = (found < FEWEST) | (reference_count < FEWEST)
    return Disproportion(
        ratio,
        rate(found, size, level=level),
        rate(reference_count, reference_population, level=level),
        lowest,
        highest,
        ratio.lower > 1,
        ratio.upper < 1,
        tuple(((Caveat.FEW,) if is_few else ()) + tuple(common) for is_few in few),
    )


def _reference(count: float, population: float) -> tuple[float, float]:
    """Return the count and the population of the reference group, checked."""
    population = as_amount(population, "the population of the reference group", least=0)
    if not population:
        raise ValueError("the reference group needs a population above 0; found 0")
    return as_amount(count, "the count of the reference group", least=0), population
