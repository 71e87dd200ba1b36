"""Run rules: when points vary in a way that chance alone seldom gives.

Sources: NHS England, *Making Data Count* (the default, with the two-of-three rule announced in
November 2023); *Western Electric Statistical Quality Control Handbook* (1956); L. S. Nelson, *The
Shewhart Control Chart: Tests for Special Causes*, J. Quality Technology 16 (1984); J. Anhøj and
A. Vingaard Olesen, *Run Charts Revisited*, PLoS ONE 9 (2014). Rules start anew at each phase; a
missing period neither joins nor breaks a run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np

from peelian.analysis.arrays import (
    ROUNDING,
    Bools,
    Counts,
    Floats,
    Signs,
    as_amount,
    as_whole,
    largest,
)

TwoOfThree = Literal["", "mdc", "mdc-2022", "western-electric"]
# Points without which a pattern is none.
FEWEST = {"shift": 2, "trend": 3, "hugging": 2, "mixture": 2, "alternating": 3}


@dataclass(frozen=True)
class Rules:
    """Which rules speak, and the lengths they ask for; 0, False or "" leaves a rule out.

    ``outside``: a point beyond a limit. ``shift``: so many points on one side of the centre.
    ``trend``: so many points, each higher (or lower) than the last. ``two_of_three``: two of three
    points beyond two thirds of the way to a limit: `mdc` wants all three on one side of the
    centre, `mdc-2022` also none beyond the limit, `western-electric` only those two on one side.
    ``four_of_five``: four of five beyond one third of the way, on one side. ``hugging``: so many
    within that third. ``mixture``: so many beyond it, on either side. ``alternating``: so many up
    and down by turns. ``runs``: the longest run too long or crossings too few for the number of
    points. ``screen``: leave outlying moving ranges out of the limits, once (Nelson, 1982).
    ``reach``: the mean moving ranges from the centre to a limit; 2.66 is what it is rounded to.

    Limits are shown from ``shown_from`` points and are provisional below ``settled_from``.
    """

    outside: bool = True
    shift: int = 7
    trend: int = 7
    two_of_three: TwoOfThree = "mdc"
    four_of_five: bool = False
    hugging: int = 0
    mixture: int = 0
    alternating: int = 0
    runs: bool = False
    screen: bool = False
    reach: float = 3 / 1.128
    shown_from: int = 8
    settled_from: int = 12

    def __post_init__(self) -> None:
        """Raise ValueError for what cannot be a rule."""
        for name, fewest in FEWEST.items():
            if as_whole(length := getattr(self, name), name, 0) and length < fewest:
                raise ValueError(f"{name} takes {fewest} points or more, or 0; found {length}")
        if self.two_of_three not in get_args(TwoOfThree):
            known = ", ".join(map(repr, get_args(TwoOfThree)))
            raise ValueError(f"two_of_three must be one of {known}; found {self.two_of_three!r}")
        if not as_amount(self.reach, "the reach of the limits", least=0):
            raise ValueError("the reach of the limits must be above 0; found 0")
        for name in ("shown_from", "settled_from"):
            as_whole(getattr(self, name), name, 1)

    @property
    def on(self) -> tuple[str, ...]:
        """The names of the rules that speak, the weightiest first."""
        return tuple(name for name in RULES if getattr(self, name))

    def settle(self, count: Counts, told: Bools | bool = True) -> dict[str, Any]:
        """Return count, enough and provisional of phases; ``told``: their limits can be told."""
        enough = (count >= self.shown_from) & told
        few = enough & (count < self.settled_from)
        return {"count": count, "enough": enough, "provisional": few}


def as_rules(rules: Rules) -> Rules:
    """Return rules. Raises TypeError for anything else, such as the name of a profile."""
    if not isinstance(rules, Rules):
        raise TypeError(f"rules must be Rules, such as PROFILES['mdc']; found {rules!r}")
    return rules


# In the order in which they are told where several apply.
RULES = (
    "outside",
    "trend",
    "two_of_three",
    "shift",
    "four_of_five",
    "hugging",
    "mixture",
    "alternating",
    "runs",
)
# These say that points do not vary as chance would have them, and not which way: +1 is "yes".
UNDIRECTED = frozenset({"hugging", "mixture", "alternating", "runs"})

PROFILES: Mapping[str, Rules] = MappingProxyType(
    {
        "mdc": Rules(),
        "mdc-2022": Rules(two_of_three="mdc-2022"),
        "plotthedots": Rules(two_of_three="mdc-2022", screen=True, reach=2.66),
        "western-electric": Rules(
            shift=8, trend=0, two_of_three="western-electric", four_of_five=True
        ),
        "nelson": Rules(
            shift=9,
            trend=6,
            two_of_three="western-electric",
            four_of_five=True,
            hugging=15,
            mixture=8,
            alternating=14,
        ),
        "anhoej": Rules(shift=0, trend=0, two_of_three="", runs=True),
        "eight-point": Rules(shift=8),
    }
)
MDC = PROFILES["mdc"]


def find_signals(
    values: Floats,
    centre: Floats,
    lower: Floats,
    upper: Floats,
    *,
    rules: Rules = MDC,
    phase: Counts | None = None,
    ignored: Bools | None = None,
    grain: Floats | None = None,
) -> dict[str, Signs]:
    """Return for each rule that is on +1 (high, rising), -1 (low, falling) or 0, shape (S, T).

    ``centre``, ``lower`` and ``upper`` have shape (S, T), or (S, 1) where they are level; where a
    limit is NaN no rule speaks of that point. ``phase`` (S, T) numbers the phases, ``ignored``
    (S, T) marks points that no rule looks at. ``grain`` (S, 1) is how near a line counts as on it.
    """
    if grain is None:
        grain = ROUNDING * largest(values)[:, None]
    gaps = np.isnan(values) if ignored is None else np.isnan(values) | ignored
    order = np.argsort(gaps, axis=1, kind="stable") if gaps.any() else None
    if order is not None:
        blanked = np.where(gaps, np.nan, values)
        values, centre, lower, upper = (
            along(part, order) for part in (blanked, centre, lower, upper)
        )
        phase = None if phase is None else along(phase, order)
    points = _Points(values, centre, lower, upper, grain, phase)
    found = {name: getattr(points, name)(rules) for name in rules.on}
    if order is not None:
        for flag in found.values():
            np.put_along_axis(flag, order, flag.copy(), axis=1)
    return found


def along(part: Any, order: Counts) -> Any:
    """Return columns in an order of each row's own; a level line stays as it is."""
    return part if part.shape[1] == 1 else np.take_along_axis(part, order, axis=1)


class _Points:
    """Points one after the other, gaps at the end, beside their lines."""

    def __init__(
        self,
        values: Floats,
        centre: Floats,
        lower: Floats,
        upper: Floats,
        grain: Floats,
        phase: Counts | None,
    ) -> None:
        self.values, self.grain, self.phase = values, grain, phase
        self.up, self.down = upper - centre, centre - lower
        # NaN compares as false, so that a point without limits is on no side of anything.
        self.judged = ~np.isnan(self.up)
        self.above = values - np.where(self.judged, centre, np.nan)
        self.high, self.low = self.above > grain, self.above < -grain

    def beyond(self, share: float) -> tuple[Bools, Bools]:
        """Return the points further than a share of the way to the upper, and the lower limit."""
        high: Bools = self.above > self.up * share + self.grain
        low: Bools = self.above < -(self.down * share + self.grain)
        return high, low

    def together(self, begins: Bools, length: int) -> Bools:
        """Return those windows of points that lie within one phase."""
        if self.phase is None:
            return begins
        same: Bools = begins & (self.phase[:, length - 1 :] == self.phase[:, : begins.shape[1]])
        return same

    def runs_of(self, hits: Bools, length: int, points: int | None = None) -> Bools:
        """Return the points of every run of hits; ``points`` where a hit is of two points."""
        points = points or length
        begins = _runs(hits, length)
        months = self.values.shape[1]
        if begins.shape[1]:
            begins = self.together(begins, points)
        return _cover(begins, points, months)

    def outside(self, rules: Rules) -> Signs:
        return _signs(*self.beyond(1.0))

    def shift(self, rules: Rules) -> Signs:
        return _signs(*(self.runs_of(side, rules.shift) for side in (self.high, self.low)))

    def trend(self, rules: Rules) -> Signs:
        before, after = self.values[:, :-1], self.values[:, 1:]
        length = max(rules.trend - 1, 1)
        moves = (before < after, before > after)
        up, down = (self.runs_of(move, length, rules.trend) for move in moves)
        found = _signs(up, down)
        # A point where one trend ends and the other begins keeps the one that ends there.
        turns = (up & down)[:, 1:]
        if turns.any():
            found[:, 1:][turns] = np.where(moves[0][turns], 1, -1)
        return found * self.judged

    def two_of_three(self, rules: Rules) -> Signs:
        way = rules.two_of_three
        limits = self.beyond(1.0) if way == "mdc-2022" else None
        found = []
        for which, (side, far) in enumerate(
            zip((self.high, self.low), self.beyond(2 / 3), strict=True)
        ):
            if limits is not None:
                far = far & ~limits[which]
            found.append(self.some_of(far, 2, 3, None if way == "western-electric" else side))
        return _signs(*found)

    def four_of_five(self, rules: Rules) -> Signs:
        return _signs(*(self.some_of(far, 4, 5, None) for far in self.beyond(1 / 3)))

    def hugging(self, rules: Rules) -> Signs:
        high, low = self.beyond(1 / 3)
        # Where nothing varies, being near the centre is no finding.
        near = ~high & ~low & (self.up > self.grain) & ~np.isnan(self.values)
        return self.runs_of(near, rules.hugging).astype(np.int8)

    def mixture(self, rules: Rules) -> Signs:
        high, low = self.beyond(1 / 3)
        return self.runs_of(high | low, rules.mixture).astype(np.int8)

    def alternating(self, rules: Rules) -> Signs:
        steps = np.sign(np.diff(self.values, axis=1))
        turns = steps[:, 1:] * steps[:, :-1] < 0
        length = max(rules.alternating - 2, 1)
        found = self.runs_of(turns, length, rules.alternating) & self.judged
        return found.astype(np.int8)

    def runs(self, rules: Rules) -> Signs:
        found: Signs = np.zeros(self.values.shape, np.int8)
        phases = np.zeros(self.values.shape, np.int64) if self.phase is None else self.phase
        side = self.high.astype(np.int8) - self.low.astype(np.int8)
        for number in range(int(phases.max(initial=0)) + 1):
            here = phases == number
            test = run_test(np.where(here, side, 0))
            found |= (here & test.signal[:, None] & ~np.isnan(self.values)).astype(np.int8)
        return found

    def some_of(self, far: Bools, most: int, length: int, side: Bools | None) -> Bools:
        """Return the far points of windows that hold so many of them, and stay on one side."""
        months = far.shape[1]
        windows = months - length + 1
        if windows < 1:
            return np.zeros_like(far)
        count = sum(far[:, k : k + windows].astype(np.int8) for k in range(length))
        begins = (np.asarray(count) >= most) & ~np.isnan(self.values[:, length - 1 :])
        if side is not None:
            begins &= _runs(side, length)
        covered: Bools = _cover(self.together(begins, length), length, months) & far
        return covered


@dataclass(frozen=True)
class RunTest:
    """Anhøj's two tests of each of S series, shape (S,): what was found and what is allowed."""

    useful: Counts
    longest: Counts
    longest_allowed: Counts
    crossings: Counts
    crossings_needed: Counts
    signal: Bools


def run_test(side: Signs) -> RunTest:
    """Return the longest run and the crossings of points by their side of the centre, (S, T).

    Sides are +1, -1, or 0 for a point on the centre, which neither test counts. The longest run
    may be round(log2 n) + 3; crossings must reach the lower 5% point of a binomial of n - 1 and a
    half (Anhøj and Vingaard Olesen, 2014). Raises ValueError for another shape and other sides.
    """
    side = np.asarray(side)
    if side.ndim != 2 or not np.isin(side, (-1, 0, 1)).all():
        raise ValueError(f"sides, series by periods, must be +1, -1 or 0; found shape {side.shape}")
    order = np.argsort(side == 0, axis=1, kind="stable")
    packed = np.take_along_axis(side, order, axis=1).astype(np.int64)
    useful = (packed != 0).sum(axis=1)
    longest = np.zeros(len(packed), np.int64)
    length = np.zeros(len(packed), np.int64)
    crossings = np.zeros(len(packed), np.int64)
    for column in range(packed.shape[1]):
        here = packed[:, column]
        before = packed[:, column - 1] if column else np.zeros_like(here)
        length = np.where(here == 0, 0, np.where(here == before, length + 1, 1))
        longest = np.maximum(longest, length)
        crossings += (here * before < 0).astype(np.int64)
    allowed = np.array([longest_run_allowed(n) for n in useful.tolist()], np.int64)
    needed = np.array([crossings_needed(n) for n in useful.tolist()], np.int64)
    signal = (useful > 1) & ((longest > allowed) | (crossings < needed))
    return RunTest(useful, longest, allowed, crossings, needed, signal)


def longest_run_allowed(points: int) -> int:
    """Return round(log2 n) + 3, the longest run that chance readily gives among n points."""
    return round(math.log2(points)) + 3 if points > 0 else 3


@cache
def crossings_needed(points: int) -> int:
    """Return the 5% point of a binomial of n - 1 and a half: fewer crossings are a signal."""
    trials = max(points - 1, 0)
    total, reached = 0, 0
    for crossings in range(trials + 1):
        total += math.comb(trials, crossings)
        reached = crossings
        if total * 20 >= 2**trials:
            break
    return reached


def _signs(up: Bools, down: Bools) -> Signs:
    return up.astype(np.int8) - down.astype(np.int8)


def _runs(hit: Bools, length: int) -> Bools:
    """Where a run of ``length`` hits begins, shape (S, T - length + 1)."""
    return _windows(np.logical_and, hit, length)


def _cover(begins: Bools, length: int, months: int) -> Bools:
    """Every point of the windows that begin there, shape (S, months)."""
    if not begins.shape[1]:
        return np.zeros((len(begins), months), np.bool_)
    wide = np.zeros((len(begins), months + length - 1), np.bool_)
    wide[:, length - 1 : months] = begins
    return _windows(np.logical_or, wide, length)


def _windows(join: np.ufunc, table: Bools, length: int) -> Bools:
    """Join each point with those after it to windows of a length, doubling it as far as it goes."""
    have = 1
    while have < length:
        step = min(have, length - have)
        table = join(table[:, :-step], table[:, step:])
        have += step
    return table
