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

from peelian.analysis.arrays import (
    ROUNDING,
    Bools,
    Counts,
    Floats,
    as_mask,
    as_table,
    by_blocks,
    cut,
    largest,
)
from peelian.analysis.charts import Chart
from peelian.analysis.rules import MDC, Rules, find_signals
from peelian.analysis.xmr import (
    D2,
    as_chart,
    as_parts,
    by_phase,
    limit_makers,
    middle_range,
    moving_ranges,
    phase_numbers,
)

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
    found = as_table(counts, "counts")
    form = _Form(lambda c, n: np.sqrt(c / n), False, 0.0, np.inf)
    return _chart(found, np.ones_like(found), form, **options)


def _pair(counts: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    """Return counts and sizes of one shape; where a size is missing or 0 there is no value."""
    found = as_table(counts, "counts")
    out_of = np.broadcast_to(np.asarray(sizes, dtype=np.float64), found.shape)
    if np.isinf(out_of).any() or (out_of < 0).any() or (found < 0).any():
        raise ValueError("counts and sizes must be finite and not below 0")
    return found, np.where(out_of > 0, out_of, np.nan)


def _chart(
    counts: Floats,
    sizes: Floats,
    form: _Form,
    *,
    rules: Rules = MDC,
    baseline: ArrayLike | None = None,
    starts: ArrayLike | None = None,
    excluded: ArrayLike | None = None,
    frozen: int = 0,
) -> Chart:
    values = counts / sizes
    marks = phase_numbers(starts, values.shape)
    used = limit_makers(values, baseline, excluded, frozen, marks)
    ignored = as_mask(excluded, values.shape, "excluded")
    parts = by_blocks(
        len(values),
        lambda rows: _block(
            (counts[rows], sizes[rows], values[rows]),
            (cut(marks, rows), cut(used, rows), cut(ignored, rows)),
            form,
            rules,
        ),
    )
    return as_chart(values, parts, marks)


def _block(
    data: tuple[Floats, Floats, Floats],
    marks: tuple[Counts | None, Bools | None, Bools | None],
    form: _Form,
    rules: Rules,
) -> dict[str, Any]:
    """Return the lines and signals of one block."""
    counts, sizes, values = data
    phase, used, ignored = marks
    base = values if used is None else np.where(used, values, np.nan)

    def limits(here: Bools | None) -> dict[str, Any]:
        own = base if here is None else np.where(here, base, np.nan)
        return _limits(counts, sizes, own, form, rules)

    lines = by_phase(values.shape, phase, limits)
    sigma = form.spread(lines["centre"], sizes) * lines.pop("widened")
    sigma = np.where(lines["enough"], sigma, np.nan)
    lower, upper = lines["centre"] - 3 * sigma, lines["centre"] + 3 * sigma
    shape = values.shape
    signals = find_signals(
        values,
        np.broadcast_to(lines["centre"], shape),
        lower,
        upper,
        rules=rules,
        phase=None if phase is None else np.broadcast_to(phase, shape),
        ignored=None if ignored is None else np.broadcast_to(ignored, shape),
        grain=ROUNDING * largest(values)[:, None],
    )
    shown = {"lower": np.maximum(lower, form.least), "upper": np.minimum(upper, form.most)}
    return lines | {"sigma": sigma, **shown, **as_parts(signals)}


def _limits(
    counts: Floats, sizes: Floats, own: Floats, form: _Form, rules: Rules
) -> dict[str, Any]:
    """Return the centre of one phase, (S,), what widens its limits and how many points it has."""
    present = ~np.isnan(own)
    count = present.sum(axis=1)
    total = np.where(present, counts, 0.0).sum(axis=1)
    out_of = np.where(present, sizes, 0.0).sum(axis=1)
    centre = total / np.where(count > 0, out_of, np.nan)
    widened = np.ones(len(own))
    if form.prime:
        spread = form.spread(centre[:, None], sizes)
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = np.where(spread > 0, (own - centre[:, None]) / spread, 0.0 * own)
        ranges = moving_ranges(scores)
        widened = middle_range(ranges, screen=rules.screen, median=False) / D2
    enough = (count >= rules.shown_from) & ~np.isnan(widened)
    return {
        "centre": centre,
        "widened": widened,
        "count": count,
        "enough": enough,
        "provisional": enough & (count < rules.settled_from),
    }
