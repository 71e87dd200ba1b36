"""A control chart of many series at once: lines, phases, and what the rules say of each point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from peelian.analysis.arrays import Bools, Counts, Floats, Signs
from peelian.analysis.rules import RULES


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
