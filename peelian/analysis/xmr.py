"""XmR charts of many series at once: centre, process limits and the rules that find signals.

Constants and rules are those of NHS England, *Making Data Count* (with the two-of-three rule it
announced in November 2023); the chart itself is described in D. J. Wheeler, *Understanding
Variation* (1993). A series is a row, a month is a column, a missing month is NaN.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]
Counts = NDArray[np.int64]

D2 = 1.128  # mean range of two normal values, in sigmas
D4 = 3.267  # upper limit of a moving range, in mean moving ranges
ROUNDING = 1e-12  # of the largest value: nearer to a line than this is on the line
BLOCK = 2_000  # rows that stay in the processor's cache


@dataclass(frozen=True)
class Rules:
    """The lengths that make a signal, and how many points limits need.

    ``shift`` and ``trend`` count points; limits are shown from ``shown_from`` points and
    provisional below ``settled_from``.
    """

    shift: int = 7
    trend: int = 7
    shown_from: int = 8
    settled_from: int = 12


MDC = Rules()


@dataclass(frozen=True)
class Xmr:
    """An XmR chart of each of S series of T months.

    Shape (S,): ``centre`` (mean), ``lower`` and ``upper`` process limits, ``mean_range``,
    ``range_limit``, in the unit of the values; ``count`` of points that made them; ``enough``
    for limits to be shown and ``provisional`` where there are limits that are not yet settled.
    Limits are NaN and no rule speaks where ``enough`` is false.

    Shape (S, T): the ``values``, and per rule +1 (high, or rising), -1 (low, or falling) or 0.
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    mean_range: Floats
    range_limit: Floats
    count: Counts
    enough: Bools
    provisional: Bools
    outside: Signs
    shift: Signs
    trend: Signs
    two_of_three: Signs

    @property
    def sigma(self) -> Floats:
        """One third of the way from centre to limit, (S,): mean moving range / 1.128."""
        return self.mean_range / D2


def xmr(values: ArrayLike, *, rules: Rules = MDC, baseline: ArrayLike | None = None) -> Xmr:
    """Return the chart of every row of ``values``, shape (S, T), NaN where a month is missing.

    Limits are mean ± 3/1.128 × mean moving range (the familiar 2.66); the range across a missing
    month is not used, since it spans more than one step. ``baseline``, shape (T,) of booleans,
    says which months make the limits (all by default); the rules look at every month. Runs go on
    over a missing month: it neither joins nor breaks them.

    Raises ValueError for another shape and for infinite values.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"values must have two dimensions, series by months; found {table.ndim}")
    if np.isinf(table).any():
        raise ValueError("values must be finite, or NaN where a month is missing")
    months = table.shape[1]
    used = np.ones(months, bool) if baseline is None else np.asarray(baseline, dtype=np.bool_)
    if used.shape != (months,):
        raise ValueError(f"baseline must say yes or no to {months} months; found {used.shape}")
    starts = range(0, max(len(table), 1), BLOCK)
    blocks = [_chart(table[start : start + BLOCK], used, rules) for start in starts]
    if len(blocks) == 1:
        return blocks[0]
    names = [field.name for field in fields(Xmr)]
    return Xmr(**{name: np.concatenate([getattr(b, name) for b in blocks]) for name in names})


def _chart(values: Floats, used: Bools, rules: Rules) -> Xmr:
    base = np.where(used, values, np.nan)
    present = ~np.isnan(base)
    count = present.sum(axis=1)
    centre = _mean(base, present)
    ranges = np.abs(np.diff(base, axis=1))
    mean_range = _mean(ranges, ~np.isnan(ranges))
    # Steps of nothing on both sides of a gap, but another level after it: no limit can be told.
    spread = np.nanmax(np.abs(base - centre[:, None]), axis=1, initial=0.0)
    grain = ROUNDING * np.nanmax(np.abs(values), axis=1, initial=0.0)
    told = ~np.isnan(mean_range) & ((mean_range > grain) | (spread <= grain))
    enough = (count >= rules.shown_from) & told
    reach = np.where(enough, 3.0 / D2 * mean_range, np.nan)
    flags = _flags(values, centre, reach, grain, rules)
    return Xmr(
        values=values,
        centre=centre,
        lower=centre - reach,
        upper=centre + reach,
        mean_range=mean_range,
        range_limit=np.where(enough, D4 * mean_range, np.nan),
        count=count,
        enough=enough,
        provisional=enough & (count < rules.settled_from),
        outside=flags[0],
        shift=flags[1],
        trend=flags[2],
        two_of_three=flags[3],
    )


def _mean(values: Floats, present: Bools) -> Floats:
    """Mean of each row's present values; exact for equal values, NaN for none."""
    count = present.sum(axis=1)
    first = np.zeros(len(values))
    if values.shape[1]:
        first = values[np.arange(len(values)), present.argmax(axis=1)]
    total = np.where(present, values - first[:, None], 0.0).sum(axis=1)
    return np.where(count > 0, first + total / np.maximum(count, 1), np.nan)


def _flags(
    values: Floats, centre: Floats, reach: Floats, grain: Floats, rules: Rules
) -> tuple[Signs, Signs, Signs, Signs]:
    """Outside, shift, trend, two of three; without limits (reach NaN) none of them."""
    gaps = np.isnan(values)
    order = np.argsort(gaps, axis=1, kind="stable") if gaps.any() else None
    points = values if order is None else np.take_along_axis(values, order, axis=1)
    above = points - centre[:, None]
    judged = ~np.isnan(reach)[:, None]
    high, low = above > grain[:, None], above < -grain[:, None]
    limit, warning = (reach + grain)[:, None], (reach * 2 / 3 + grain)[:, None]
    steps = np.diff(points, axis=1)
    shifts = (_runs(side & judged, rules.shift) for side in (high, low))
    trends = (_runs(move & judged, rules.trend - 1) for move in (steps > 0, steps < 0))
    months = values.shape[1]
    found = (
        _signs(above > limit, above < -limit),
        _signs(*(_cover(begins, rules.shift, months) for begins in shifts)),
        _signs(*(_cover(begins, rules.trend, months) for begins in trends)),
        _signs(_two_of_three(high, above > warning), _two_of_three(low, above < -warning)),
    )
    if order is None:
        return found
    for flag in found:
        np.put_along_axis(flag, order, flag.copy(), axis=1)
    return found


def _signs(up: Bools, down: Bools) -> Signs:
    return up.astype(np.int8) - down.astype(np.int8)


def _runs(hit: Bools, length: int) -> Bools:
    """Where a run of ``length`` hits begins, shape (S, T - length + 1)."""
    windows = max(hit.shape[1] - length + 1, 0)
    begins = np.ones((len(hit), windows), bool)
    for offset in range(length):
        begins &= hit[:, offset : offset + windows]
    return begins


def _cover(begins: Bools, length: int, months: int) -> Bools:
    """Every point of the windows that begin there, shape (S, months)."""
    windows = begins.shape[1]
    covered = np.zeros((len(begins), months), bool)
    for offset in range(length if windows else 0):
        covered[:, offset : offset + windows] |= begins
    return covered


def _two_of_three(side: Bools, beyond: Bools) -> Bools:
    """Points beyond the warning line in a window of three on one side with two beyond."""
    months = side.shape[1]
    if months < 3:
        return np.zeros_like(side)
    b0, b1, b2 = beyond[:, :-2], beyond[:, 1:-1], beyond[:, 2:]
    two = (b0 & b1) | (b1 & b2) | (b0 & b2)
    return _cover(_runs(side, 3) & two, 3, months) & beyond
