"""The scale on which months vary equally whatever the level, and months that are far off it."""

from __future__ import annotations

import numpy as np

from peelian.analysis.arrays import Bools, Floats

WINDOW = 7  # months of the running median: an episode of up to three months leaves it alone
FAR = 4.0  # sigmas from the running median that make a spike: one normal month in 16,000


def are_counts(values: Floats) -> Bools:
    """Whether each series, (S, T) in and (S,) out, is of whole numbers from nought up."""
    missing = np.isnan(values)
    whole = missing | ((values >= 0) & (values == np.floor(np.where(missing, 0.0, values))))
    return np.asarray(whole.all(axis=1) & ~missing.all(axis=1), dtype=np.bool_)


def stabilise(values: Floats, counts: Bools) -> Floats:
    """Return the values (S, T) on a scale of equal variance, in units near the series' spread.

    Counts by Anscombe's root, 2√(x + 3/8), under which a Poisson count has variance 1 at any
    level (F. J. Anscombe, *Biometrika* 35, 1948, 246-254, eq. 1.2); others as they are. Then each
    series is centred and divided by its standard deviation, so that what follows does not depend
    on the unit. A constant series becomes noughts.
    """
    scale = np.where(counts[:, None], 2 * np.sqrt(np.maximum(values, 0.0) + 0.375), values)
    present = ~np.isnan(values)
    # Beside the roots and not the counts: of a Poisson count of 10^12 they still vary by 1.
    largest = np.where(present, np.abs(scale), 0.0).max(axis=1, initial=0.0)[:, None]
    number = np.maximum(present.sum(axis=1), 1)[:, None]
    low = np.where(present, scale, np.inf).min(axis=1, initial=np.inf)[:, None]
    scale = scale - np.where(np.isinf(low), 0.0, low)
    scale = scale - np.where(present, scale, 0.0).sum(axis=1)[:, None] / number
    spread = np.sqrt(np.where(present, scale**2, 0.0).sum(axis=1)[:, None] / number)
    steady = spread <= 1e-12 * largest
    return np.asarray(np.where(steady, scale * 0.0, scale / np.where(steady, 1.0, spread)))


def calm(values: Floats) -> Floats:
    """Return the series with spikes replaced by the median of the seven months around them.

    A spike is further from that running median than four sigmas, sigma being 1.4826 times the
    median distance (F. R. Hampel, *JASA* 69, 1974, 383-393), or the mean distance where more than
    half are nought. Steps stay where they are: a running median keeps edges.
    """
    middle = running_median(values)
    distance = np.abs(values - middle)
    ordered = np.sort(distance, axis=1)
    count = (~np.isnan(values)).sum(axis=1)
    typical = 1.4826 * ordered[np.arange(len(values)), np.maximum(count - 1, 0) // 2]
    mean = 1.2533 * np.where(np.isnan(distance), 0.0, distance).sum(axis=1) / np.maximum(count, 1)
    sigma = np.where(typical > 0.3 * mean, typical, mean)
    spike = distance > FAR * sigma[:, None]
    return np.where(spike, middle, values)


def running_median(values: Floats) -> Floats:
    """Median of the present months among the three before, the month and the three after."""
    series, months = values.shape
    if not months:
        return values.copy()
    half = WINDOW // 2
    padded = np.full((series, months + 2 * half), np.nan)
    padded[:, half : half + months] = values
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW, axis=1)
    ordered = np.sort(windows, axis=2)
    count = (~np.isnan(windows)).sum(axis=2)
    low = np.maximum(count - 1, 0) // 2
    high = np.maximum(count, 1) // 2
    high = np.minimum(high, np.maximum(count - 1, 0))
    pick = [np.take_along_axis(ordered, at[..., None], axis=2)[..., 0] for at in (low, high)]
    return np.asarray((pick[0] + pick[1]) / 2)
