"""A control chart of many series at once: lines, phases, and what the rules say of each point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import Bools, Counts, Floats, Signs, as_mask, as_whole, by_blocks, cut
from peelian.analysis.phases import Phases, limit_makers, phase_numbers
from peelian.analysis.rules import RULES, Rules, find_signals


@dataclass(frozen=True)
class Chart:
    """The chart of each of S series of T periods; every array has shape (S, T).

    ``centre``, ``lower`` and ``upper`` are in the unit of the ``values`` and NaN where no limit is
    shown; ``sigma`` is a third of the way from centre to limit as the method has it, before a limit
    is kept within what is possible. ``phase`` numbers the phases from 0; ``count`` is how many
    points of the phase made its limits, ``enough`` whether they are shown, ``provisional`` whether
    they rest on few. ``mean_range`` and ``range_limit`` are those of an XmR chart, else NaN.
    ``signals`` holds, by rule, +1 (high, rising), -1 (low, falling) or 0. Level lines are read-only
    views of one column.
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats
    phase: Counts
    count: Counts
    enough: Bools
    provisional: Bools
    mean_range: Floats
    range_limit: Floats
    signals: Mapping[str, Signs]

    def rule(self, name: str) -> Signs:
        """Return what a rule says of each point; zeros where the rule is off."""
        found = self.signals.get(name)
        return np.zeros(self.values.shape, np.int8) if found is None else found

    @property
    def outside(self) -> Signs:
        """Points beyond a limit."""
        return self.rule("outside")

    @property
    def shift(self) -> Signs:
        """Points of a run on one side of the centre."""
        return self.rule("shift")

    @property
    def trend(self) -> Signs:
        """Points of a run in one direction."""
        return self.rule("trend")

    @property
    def two_of_three(self) -> Signs:
        """Two of three points near, or beyond, a limit."""
        return self.rule("two_of_three")

    @property
    def any_signal(self) -> Bools:
        """Points of which any rule speaks."""
        found = np.zeros(self.values.shape, np.bool_)
        for flags in self.signals.values():
            found |= flags != 0
        return found

    def weightiest(self) -> Signs:
        """Return the place in `rules.RULES` of the weightiest rule at each point, -1 for none."""
        found = np.full(self.values.shape, -1, np.int8)
        for place, name in reversed(list(enumerate(RULES))):
            if name in self.signals:
                found = np.where(self.signals[name] != 0, np.int8(place), found)
        return found


@dataclass(frozen=True)
class Piece:
    """A block of series of which a chart is made: ``base`` is NaN where a point makes no limits."""

    rows: slice
    values: Floats
    base: Floats
    phases: Phases
    ignored: Bools | None

    def signals(
        self, centre: Floats, lower: Floats, upper: Floats, rules: Rules, grain: Floats
    ) -> dict[str, Signs]:
        """Return what the rules say of each point; ``grain`` (S,) is how near a line is on it."""
        ignored = self.ignored
        return find_signals(
            self.values,
            centre,
            lower,
            upper,
            rules=rules,
            phase=self.phases.number,
            ignored=None if ignored is None else np.broadcast_to(ignored, self.values.shape),
            grain=grain[:, None],
        )


def draw(
    values: Floats,
    work: Callable[[Piece], dict[str, Any]],
    *,
    baseline: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    excluded: ArrayLike | None = None,
    frozen: int = 0,
) -> Chart:
    """Return the chart of ``values``, (S, T), of which ``work`` draws block after block.

    It gives the fields of a chart by name, each (s, 1) where level or (s, T); those of ranges may
    be left out.
    """
    frozen = as_whole(frozen, "the number of first points that make the limits", 0)
    marks = phase_numbers(starts, values.shape)
    used = limit_makers(values, baseline, excluded, frozen, marks)
    ignored = as_mask(excluded, values.shape, "excluded")

    def block(rows: slice) -> dict[str, Any]:
        own, kept = values[rows], cut(used, rows)
        base = own if kept is None else np.where(kept, own, np.nan)
        phases = Phases(cut(marks, rows), own.shape)
        found = work(Piece(rows, own, base, phases, cut(ignored, rows)))
        signals = {f"signals.{name}": flags for name, flags in found.pop("signals").items()}
        return found | signals

    parts = by_blocks(len(values), block)
    signals = {name: parts.pop(f"signals.{name}") for name in RULES if f"signals.{name}" in parts}
    nothing = np.full((1, 1), np.nan)
    lines = {"mean_range": nothing, "range_limit": nothing} | parts
    number = np.zeros((1, 1), np.int64) if marks is None else marks
    return Chart(
        values=values,
        phase=np.broadcast_to(number, values.shape),
        signals=signals,
        **{name: np.broadcast_to(line, values.shape) for name, line in lines.items()},
    )
