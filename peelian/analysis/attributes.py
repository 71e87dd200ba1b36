"""Charts of counts, shares and rates: c, p and u, and p′ and u′ where sizes are large.

W. A. Shewhart's charts for attributes, as in D. C. Montgomery, *Introduction to Statistical Quality
Control*, chapter 7. D. B. Laney, *Improved Control Charts for Attributes*, Quality Engineering 14
(2002), equations (3) to (6), for p′ and u′: the limits are widened by how far the values vary from
one period to the next beyond what sampling alone would give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from peelian.analysis.arrays import ROUNDING, Floats, as_floats, as_table, largest
from peelian.analysis.charts import Chart, Piece, draw
from peelian.analysis.rules import MDC, Rules, as_rules
from peelian.analysis.xmr import D2, middle_range, moving_ranges

Spread = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class _Form:
    """What sort of chart: its spread by centre and size, whether Laney's, and what is possible."""

    spread: Spread
    prime: bool
    least: float
    most: float


def p_chart(counts: ArrayLike, sizes: ArrayLike, *, prime: bool = False, **options: Any) -> Chart:
    """Return the chart of shares: ``counts`` out of ``sizes``, both (S, T); values are 0 to 1.

    The centre is all counted out of all; limits are 3 √(p(1-p)/n), kept within 0 and 1. ``prime``
    makes it Laney's p′. Further options are ``rules``, ``starts``, ``baseline``, ``excluded`` and
    ``frozen`` as for `xmr`. Raises ValueError also for a count above its size.
    """
    found, out_of = _pair(counts, sizes)
    if (found > out_of * (1 + ROUNDING)).any():
        raise ValueError("a count is larger than what it is out of")
    form = _Form(lambda p, n: np.sqrt(np.maximum(p * (1 - p), 0) / n), prime, 0.0, 1.0)
    return _chart(found, out_of, form, **options)


def u_chart(counts: ArrayLike, sizes: ArrayLike, *, prime: bool = False, **options: Any) -> Chart:
    """Return the chart of rates: ``counts`` for each unit of ``sizes``, both (S, T).

    The centre is all counted for all units; limits are 3 √(u/n), not below 0. ``prime`` makes it
    Laney's u′. Options and errors as for `p_chart`.
    """
    found, out_of = _pair(counts, sizes)
    form = _Form(lambda u, n: np.sqrt(u / n), prime, 0.0, np.inf)
    return _chart(found, out_of, form, **options)


def c_chart(counts: ArrayLike, **options: Any) -> Chart:
    """Return the chart of ``counts``, (S, T), from opportunities that do not change.

    Limits are 3 √c, not below 0. Options and errors as for `p_chart`.
    """
    found, ones = _pair(counts, 1.0)
    form = _Form(lambda c, n: np.sqrt(c / n), False, 0.0, np.inf)
    return _chart(found, ones, form, **options)


def _pair(counts: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    """Return counts and sizes of one shape; sizes may be (T,) too, or one for all.

    Where a size is missing or 0 there is no value.
    """
    found = as_table(counts, "counts")
    out_of = as_floats(sizes, "sizes")
    if out_of.shape not in ((), found.shape[1:], found.shape):
        raise ValueError(
            f"sizes must have the shape of counts, {found.shape}; found {out_of.shape}"
        )
    out_of = np.broadcast_to(out_of, found.shape)
    if np.isinf(out_of).any() or (out_of < 0).any() or (found < 0).any():
        raise ValueError("counts and sizes must be finite and not below 0")
    return found, np.where(out_of > 0, out_of, np.nan)


def _chart(
    counts: Floats, sizes: Floats, form: _Form, *, rules: Rules = MDC, **options: Any
) -> Chart:
    as_rules(rules)

    def block(piece: Piece) -> dict[str, Any]:
        return _block(piece, counts[piece.rows], sizes[piece.rows], form, rules)

    return draw(counts / sizes, block, **options)


def _block(
    piece: Piece, counts: Floats, sizes: Floats, form: _Form, rules: Rules
) -> dict[str, Any]:
    """Return the lines and signals of one block."""
    lines, widened = _lines(piece, counts, sizes, form, rules)
    sigma = form.spread(lines["centre"], sizes) * widened
    sigma = np.where(lines["enough"], sigma, np.nan)
    lower, upper = lines["centre"] - 3 * sigma, lines["centre"] + 3 * sigma
    centre = np.broadcast_to(lines["centre"], lower.shape)
    signals = piece.signals(centre, lower, upper, rules, ROUNDING * largest(piece.values))
    shown = {"lower": np.maximum(lower, form.least), "upper": np.minimum(upper, form.most)}
    return lines | {"sigma": sigma, **shown, "signals": signals}


def _lines(
    piece: Piece, counts: Floats, sizes: Floats, form: _Form, rules: Rules
) -> tuple[dict[str, Any], Floats]:
    """Return each phase's centre and how many points made it, and what widens its limits."""
    base, phases = piece.base, piece.phases
    present = ~np.isnan(base)
    count = phases.count(present)
    out_of = phases.total(sizes, present)
    centre = phases.total(counts, present) / np.where(count > 0, out_of, np.nan)
    widened = np.ones(len(centre))
    if form.prime:
        level = phases.lay(centre)
        spread = form.spread(level, sizes)
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = np.where(spread > 0, (base - level) / spread, 0.0 * base)
        ranges = moving_ranges(scores, phases, piece.ignored)
        widened = middle_range(ranges, phases, screen=rules.screen) / D2
    found = {"centre": centre, **rules.settle(count, ~np.isnan(widened))}
    return {name: phases.lay(part) for name, part in found.items()}, phases.lay(widened)
