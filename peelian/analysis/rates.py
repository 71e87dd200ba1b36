"""Rates and shares with the interval that sampling gives them.

Byar's approximation to the exact Poisson interval: N. E. Breslow and N. E. Day, *Statistical
Methods in Cancer Research II* (1987), p. 69; below ten events, where it is poor, the exact one by
the chi-squared distribution, as in the public health indicators of England. E. B. Wilson, *Probable
Inference, the Law of Succession, and Statistical Inference*, J. Am. Stat. Assoc. 22 (1927), for
shares. Ratio of two rates: K. J. Rothman, *Modern Epidemiology*, by the logarithm, with its
variance 1/a + 1/b.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Floats, as_amount, as_floats, as_level

FEW = 10  # events below which the interval of a rate is the exact one


@dataclass(frozen=True)
class Interval:
    """Estimates with the lower and upper end of their intervals, each of one shape."""

    value: Floats
    lower: Floats
    upper: Floats

    @property
    def width(self) -> Floats:
        """Return how far apart the ends are."""
        return self.upper - self.lower

    def differs_from(self, level: ArrayLike) -> Bools:
        """Return where a level lies outside the interval."""
        line = np.asarray(level, dtype=np.float64)
        outside: Bools = (line < self.lower) | (line > self.upper)
        return outside


def normal_deviate(level: float) -> float:
    """Return how many sigmas either side hold ``level`` of a normal distribution: 1.96 for 0.95.

    Raises ValueError unless the level is between 0 and 1.
    """
    from scipy.special import ndtri

    return float(ndtri(0.5 + as_level(level) / 2))


def rate(
    counts: ArrayLike, exposure: ArrayLike, *, per: float = 1000.0, level: float = 0.95
) -> Interval:
    """Return events for each ``per`` of exposure (people, hours) with Byar's interval.

    Shapes broadcast; NaN where either is missing or the exposure is 0. Below ten events the
    interval is exact; for a count of 0 the lower end is 0. Raises ValueError for counts, exposures
    or ``per`` that are below 0 or infinite, and for shapes that do not broadcast.
    """
    from scipy.special import gammaincinv

    found, size = _amounts(counts, exposure)
    z, per = normal_deviate(level), as_amount(per, "what a rate is for each of", least=0)
    more, tail = found + 1, (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = found * (1 - 1 / (9 * found) - z / (3 * np.sqrt(found))) ** 3
        high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    few = found < FEW
    # Half a chi-squared of 2n degrees is a gamma of n; below 0 events there is nothing.
    low = np.where(few, np.where(found == 0, 0.0, gammaincinv(found, tail)), low)
    high = np.where(few, gammaincinv(more, 1 - tail), high)
    scale = per / size
    return Interval(found * scale, low * scale, high * scale)


def proportion(counts: ArrayLike, sizes: ArrayLike, *, level: float = 0.95) -> Interval:
    """Return the share that ``counts`` are of ``sizes``, 0 to 1, with Wilson's interval.

    Shapes broadcast; NaN where either is missing or the size is 0. Raises ValueError for amounts
    below 0 and for a count above its size.
    """
    found, size = _amounts(counts, sizes)
    if (found > size).any():
        raise ValueError("a count is larger than what it is out of")
    z = normal_deviate(level)
    share = found / size
    middle = share + z**2 / (2 * size)
    reach = z * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    below = 1 + z**2 / size
    lower = np.where(found == 0, 0.0, np.maximum((middle - reach) / below, 0.0))
    upper = np.where(found == size, 1.0, np.minimum((middle + reach) / below, 1.0))
    gone = np.isnan(share)
    return Interval(share, np.where(gone, np.nan, lower), np.where(gone, np.nan, upper))


def rate_ratio(
    counts: ArrayLike,
    exposure: ArrayLike,
    other_counts: ArrayLike,
    other_exposure: ArrayLike,
    *,
    level: float = 0.95,
) -> Interval:
    """Return how many times one rate is another, with the interval of its logarithm.

    Shapes broadcast. Where either count is 0 the ratio is given (0, or NaN for a rate of 0 below)
    and its interval is NaN: so few say nothing. Raises ValueError for amounts below 0.
    """
    one, size = _amounts(counts, exposure)
    other, other_size = _amounts(other_counts, other_exposure)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (one / size) / (other / other_size)
        spread = normal_deviate(level) * np.sqrt(1 / one + 1 / other)
        few = (one == 0) | (other == 0)
        factor = np.where(few, np.nan, np.exp(spread))
    ratio = np.where(np.isinf(ratio), np.nan, ratio)
    return Interval(ratio, ratio / factor, ratio * factor)


def _amounts(counts: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    one, other = as_floats(counts, "counts"), as_floats(sizes, "sizes")
    try:
        found, size = np.broadcast_arrays(one, other)
    except ValueError:
        raise ValueError(
            f"counts and sizes must have shapes that go together; found {one.shape}, {other.shape}"
        ) from None
    if np.isinf(found).any() or np.isinf(size).any() or (found < 0).any() or (size < 0).any():
        raise ValueError("counts and sizes must be finite and not below 0")
    return found, np.where(size > 0, size, np.nan)
