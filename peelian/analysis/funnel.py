"""Areas compared at one time: a funnel of limits about their common level.

D. J. Spiegelhalter, *Funnel Plots for Comparing Institutional Performance*, Statist. Med. 24
(2005): exact limits by interpolation (appendix A.1), over-dispersion by winsorised scores and,
where there is some, additive random effects (section 5 and appendix A.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Floats, Signs, as_row

WINSORISED = 0.1  # of the scores at each end are drawn in to the rest
FEWEST = 8  # areas from which over-dispersion can be told from chance
TAILS = (0.025, 0.001)  # beyond each of the 95% and of the 99.8% limits

Limits = tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True)
class Funnel:
    """Areas beside the limits that chance sets for their sizes; every array has shape (A,).

    ``value`` is the rate or share, ``centre`` their common level. ``lower`` and ``upper`` are the
    95% limits, ``lower_998`` and ``upper_998`` the 99.8% limits. ``dispersion`` is how many times
    as variable the areas are as chance makes them, ``between`` the standard deviation of true
    differences that was allowed for (0: none). ``outside`` is +1 or -1 beyond the 99.8% limits,
    ``beyond_95`` the same for the inner ones. ``score`` is how many sigmas from the centre.
    """

    value: Floats
    centre: float
    lower: Floats
    upper: Floats
    lower_998: Floats
    upper_998: Floats
    score: Floats
    outside: Signs
    beyond_95: Signs
    dispersion: float
    between: float


def funnel(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    of: Literal["rate", "share"] = "rate",
    allow_dispersion: bool = True,
) -> Funnel:
    """Return the funnel of A areas: ``counts`` for each unit of ``sizes``, both (A,).

    A ``share`` is binomial, a ``rate`` Poisson. Where areas differ by more than chance gives,
    limits are widened for it, so that they tell which areas differ even from such a varied lot;
    below eight areas they are not. NaN for an area without a count or size. Raises ValueError for
    amounts that are below 0 or infinite, other shapes, and a share above 1.
    """
    if of not in ("rate", "share"):
        raise ValueError(f"a funnel is of a rate or a share; found {of!r}")
    found = as_row(counts, "counts, one for each area,")
    size = as_row(sizes, "sizes", len(found))
    if (found < 0).any() or (size < 0).any() or (of == "share" and (found > size).any()):
        raise ValueError("counts and sizes must not be below 0, nor a share above 1")
    known = ~np.isnan(found) & ~np.isnan(size) & (size > 0)
    size = np.where(known, size, np.nan)
    value = found / size
    centre = float(found[known].sum() / size[known].sum()) if known.any() else float("nan")
    sigma = np.sqrt(centre * (1 - centre if of == "share" else 1) / size)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(sigma > 0, (value - centre) / sigma, 0.0 * value)
    dispersion, between = _between(score[known], sigma[known]) if known.any() else (1.0, 0.0)
    if not allow_dispersion:
        between = 0.0
    spread = np.sqrt(sigma**2 + between**2)
    if between:
        score = (value - centre) / spread
    lower, upper, far_lower, far_upper = _all_limits(centre, size, spread, of, exact=not between)
    return Funnel(
        value,
        centre,
        lower,
        upper,
        far_lower,
        far_upper,
        score,
        _side(value, far_lower, far_upper),
        _side(value, lower, upper),
        dispersion,
        between,
    )


def limits_at(found: Funnel, sizes: ArrayLike, *, of: Literal["rate", "share"] = "rate") -> Limits:
    """Return the limits of a funnel at other sizes, each of their shape, to draw it as lines.

    In order: lower and upper at 95%, lower and upper at 99.8%. Raises ValueError for sizes that are
    not above 0.
    """
    size = np.asarray(sizes, np.float64)
    if not (size > 0).all():
        raise ValueError("a limit belongs to a size above 0")
    sigma = np.sqrt(found.centre * (1 - found.centre if of == "share" else 1) / size)
    spread = np.sqrt(sigma**2 + found.between**2)
    return _all_limits(found.centre, size, spread, of, exact=not found.between)


def expected_outside(
    found: Funnel, sizes: ArrayLike, *, of: Literal["rate", "share"] = "rate"
) -> tuple[float, float]:
    """Return how many areas chance alone would put beyond the 95% and beyond the 99.8% limits.

    Exact where the limits are, since a count moves in whole steps; by their name (5% and 0.2%)
    where over-dispersion was allowed for. ``sizes`` are those the funnel was made of.
    """
    from scipy.stats import binom, poisson

    size = np.asarray(sizes, np.float64)[~np.isnan(found.value)]
    if found.between:
        return tuple(len(size) * 2 * tail for tail in TAILS)  # type: ignore[return-value]
    law = binom(np.round(size), found.centre) if of == "share" else poisson(size * found.centre)
    lower, upper, far_lower, far_upper = limits_at(found, size, of=of)
    near, far = (
        float(
            (law.sf(np.floor(high * size + 1e-9)) + law.cdf(np.ceil(low * size - 1e-9) - 1)).sum()
        )
        for low, high in ((lower, upper), (far_lower, far_upper))
    )
    return near, far


def _side(value: Floats, lower: Floats, upper: Floats) -> Signs:
    above: Bools = value > upper
    below: Bools = value < lower
    return above.astype(np.int8) - below.astype(np.int8)


def _between(score: Floats, sigma: Floats) -> tuple[float, float]:
    """Return the over-dispersion of winsorised scores, and the spread of true differences.

    Both from Spiegelhalter (2005): φ = Σ z² / A, and τ² = (Aφ - (A - 1)) / (Σw - Σw²/Σw) with
    w = 1/σ², 0 where φ is not above 1 by more than two of its standard errors, √(2/A).
    """
    areas = len(score)
    if areas < 2 or not (sigma > 0).all():
        return 1.0, 0.0
    low, high = np.quantile(score, [WINSORISED, 1 - WINSORISED])
    drawn_in = np.clip(score, low, high)
    phi = float((drawn_in**2).mean())
    if areas < FEWEST or phi <= 1 + 2 * np.sqrt(2 / areas):
        return phi, 0.0
    weight = 1 / sigma**2
    below = weight.sum() - (weight**2).sum() / weight.sum()
    tau2 = max((areas * phi - (areas - 1)) / below, 0.0)
    return phi, float(np.sqrt(tau2))


def _all_limits(centre: float, size: Floats, spread: Floats, of: str, *, exact: bool) -> Limits:
    near, far = (_limits(centre, size, spread, of, tail, exact=exact) for tail in TAILS)
    return (*near, *far)


def _limits(
    centre: float, size: Floats, spread: Floats, of: str, tail: float, *, exact: bool
) -> tuple[Floats, Floats]:
    """Return the limits with ``tail`` beyond each, kept within what is possible."""
    from scipy.special import ndtri

    most = 1.0 if of == "share" else np.inf
    if not exact or np.isnan(centre):
        reach = -ndtri(tail) * spread
        return np.maximum(centre - reach, 0.0), np.minimum(centre + reach, most)
    lower, upper = (_exact(centre, size, of, share) for share in (tail, 1 - tail))
    return np.clip(lower, 0.0, most), np.clip(upper, 0.0, most)


def _exact(centre: float, size: Floats, of: str, share: float) -> Floats:
    """Return the value below which lies this share of a discrete distribution, interpolated."""
    from scipy.stats import binom, poisson

    whole = np.round(np.nan_to_num(size, nan=1.0))
    name = binom(whole, centre) if of == "share" else poisson(np.nan_to_num(size, nan=1.0) * centre)
    at = name.ppf(share)
    above, step = name.cdf(at), name.pmf(at)
    with np.errstate(divide="ignore", invalid="ignore"):
        back = np.where(step > 0, (above - share) / step, 0.0)
    found: Floats = np.where(np.isnan(size), np.nan, (at - back) / size)
    return found
