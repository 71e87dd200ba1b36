"""The full default analysis of many series at once: the chart by the data, the season, the steps.

Where one month resembles the next, moving ranges are too small by √(1 - r), and limits are widened
by as much: A. V. Vasilopoulos and A. P. Stamboulis, *Modification of Control Chart Limits in the
Presence of Data Correlation*, J. Quality Technology 10 (1978). Runs on one side and in one
direction are then what chance gives, and prove nothing: those rules are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from peelian.analysis.alarms import expected_flags
from peelian.analysis.arrays import Bools, Counts, Floats, as_mask, as_table, as_whole, blocks, cut
from peelian.analysis.attributes import p_chart, u_chart
from peelian.analysis.chance import chance_of_latest
from peelian.analysis.charts import Chart
from peelian.analysis.levels import YEAR, within
from peelian.analysis.rare import RARE, poisson_chart
from peelian.analysis.rebase import Account, Steps, account, join
from peelian.analysis.rules import MDC, Rules, as_rules, find_signals
from peelian.analysis.runs import run_chart
from peelian.analysis.scale import are_counts
from peelian.analysis.season import known_starts
from peelian.analysis.xmr import xmr

BLOCK = 5_000  # rows at once: memory stays level
SMALL = 5.0  # a mean count below which limits must be exact
CHARTS = ("auto", "xmr", "poisson", "p", "u", "run")


@dataclass(frozen=True)
class Analysis:
    """What was found of S series of T periods.

    ``chart``: limits and signals in the unit of the values; where seasonal they differ by month.
    Shape (S,): ``method`` (xmr, poisson, p, p', u, u', run), ``seasonal``, ``widened`` (limits
    allow for periods that resemble one another), ``autocorrelation`` (lag one, of what is left when
    season and steps are taken out), ``chance`` (how seldom a stable series ends as this one does),
    ``expected`` (how often a stable one is flagged at its last period). ``factors`` (S, 12) from
    January to December, NaN where there is no season; ``adjusted`` (S, T) the values without it.
    ``steps`` are proposed, and change no limit until they are passed as ``starts``.
    """

    chart: Chart
    method: NDArray[np.str_]
    seasonal: Bools
    factors: Floats
    adjusted: Floats
    autocorrelation: Floats
    widened: Bools
    steps: Steps
    chance: Floats
    expected: Floats


@dataclass(frozen=True)
class _Asked:
    """What is asked of every block alike."""

    first_month: int
    rules: Rules
    chart: str
    seasonal: bool
    rebase: bool


def analyse(
    values: ArrayLike,
    *,
    sizes: ArrayLike | None = None,
    first_month: int = 1,
    starts: ArrayLike | None = None,
    baseline: ArrayLike | None = None,
    rules: Rules = MDC,
    chart: str = "auto",
    seasonal: str = "auto",
    rebase: bool = True,
) -> Analysis:
    """Return the default analysis of every row of ``values``, (S, T), NaN where missing.

    With ``sizes`` (S, T) the values are counts out of them, charted as shares (``p``) or rates
    (``u``); p′ or u′ where they vary more than sampling gives. Else whole counts of under five on
    average get exact Poisson limits, unless they vary more than that, and all others XmR. ``chart``
    asks for one of these, or for ``run``; without sizes p and u are XmR. ``first_month`` is the
    calendar month, 1 to 12, of the first column; ``seasonal`` "never" looks for no season, as for
    weeks and quarters, nor does any chart but XmR. ``starts`` and ``baseline`` are as for `xmr`;
    ``rebase`` False proposes no steps.

    Series of no periods have nothing found of them. Raises ValueError for another shape, infinite
    values, an unknown chart, and a month there is not; TypeError for rules that are none.
    """
    _check_choices(chart, seasonal, first_month, rules)
    table = as_table(values)
    out_of = None if sizes is None else _as_sizes(sizes, table.shape)
    fixed = known_starts(starts, table.shape)
    base = as_mask(baseline, table.shape, "baseline")
    asked = _Asked(first_month, rules, chart, seasonal == "auto", rebase)
    parts = [
        _block(table[rows], cut(out_of, rows), cut(fixed, rows), cut(base, rows), asked)
        for rows in blocks(len(table), BLOCK)
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _check_choices(chart: str, seasonal: str, first_month: int, rules: Rules) -> None:
    """Raise ValueError or TypeError for what cannot be asked of `analyse`."""
    if chart not in CHARTS:
        raise ValueError(f"chart must be one of {', '.join(CHARTS)}; found {chart!r}")
    if seasonal not in ("auto", "never"):
        raise ValueError(f"seasonal must be auto or never; found {seasonal!r}")
    as_whole(first_month, "the first month", 1, YEAR)
    as_rules(rules)


def _as_sizes(sizes: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """Return sizes of the shape of the counts; one row may be for all."""
    out_of = as_table(sizes, "sizes")
    if out_of.shape not in (shape, (1, *shape[1:])):
        raise ValueError(f"sizes must have the shape of values, {shape}; found {out_of.shape}")
    return np.broadcast_to(out_of, shape)


def _block(
    values: Floats, sizes: Floats | None, fixed: Bools, base: Bools | None, asked: _Asked
) -> Analysis:
    if sizes is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            shown = values / np.where(sizes > 0, sizes, np.nan)
    else:
        shown = values
    may_have_season = asked.seasonal and sizes is None and asked.chart in ("auto", "xmr")
    found = account(
        shown,
        np.broadcast_to(fixed, shown.shape),
        counts=None if sizes is None else False,
        seasonal=may_have_season,
        first_month=asked.first_month,
    )
    method = _methods(values, sizes, fixed, asked)
    memory = _memory(found)
    # r is above 2/√n in about one series of forty that has none.
    present = np.maximum((~np.isnan(shown)).sum(axis=1), 1)
    widened = (memory > 2 / np.sqrt(present)) & (method == "xmr")
    factor = np.where(widened, 1 / np.sqrt(1 - np.minimum(memory, 0.95)), 1.0)
    drawn = _charts(values, sizes, shown, fixed, base, found, method, factor, asked)
    chance = chance_of_latest(drawn, poisson=method == "poisson")
    expected = np.zeros(len(values))
    # Summed, so that of no periods it is 0: the last one alone counts.
    count = np.where(drawn.enough[:, -1:], drawn.count[:, -1:], 0).sum(axis=1)
    for kind, rules in _rules_of(asked.rules).items():
        rows = (widened if kind == "widened" else ~widened & _is(kind, method)) & (count > 0)
        expected[rows] = expected_flags(count[rows], rules)
    steps = found.steps if asked.rebase else _none(found.steps)
    return Analysis(
        drawn,
        method,
        found.season.present,
        found.season.factors,
        found.season.adjusted,
        memory,
        widened,
        steps,
        chance,
        expected,
    )


def _is(kind: str, method: NDArray[np.str_]) -> Bools:
    rare: Bools = method == "poisson"
    return rare if kind == "rare" else ~rare


def _rules_of(rules: Rules) -> dict[str, Rules]:
    """Return the rules for plain series, for those with memory, and for small counts."""
    without_runs = replace(rules, shift=0, trend=0, runs=False, alternating=0, hugging=0, mixture=0)
    return {"plain": rules, "widened": without_runs, "rare": replace(RARE, outside=rules.outside)}


def _none(steps: Steps) -> Steps:
    """Return no steps of the same series."""
    empty = {name: getattr(steps, name)[:0] for name in vars(steps) if name != "starts"}
    return replace(steps, starts=np.zeros_like(steps.starts), **empty)


def _methods(values: Floats, sizes: Floats | None, fixed: Bools, asked: _Asked) -> NDArray[np.str_]:
    """Return the chart of each series: as asked, or by the data."""
    method = np.full(len(values), "xmr", dtype="<U7")
    if asked.chart == "run":
        method[:] = "run"
    elif sizes is not None:
        form = asked.chart if asked.chart in ("p", "u") else "u"
        prime = _varies_beyond_sampling(values, sizes, form)
        method[:] = form
        method[prime] = f"{form}'"
    elif asked.chart == "poisson":
        method[:] = "poisson"
    elif asked.chart == "auto":
        method[_is_small(values)] = "poisson"
    return method


def _is_small(values: Floats) -> Bools:
    """Return which series are whole counts of under five on average that vary as Poisson does.

    By the index of dispersion: R. A. Fisher, *Statistical Methods for Research Workers* (1925),
    Σ(x - m)²/m, which is near a chi-square of n - 1, above its mean by over two of its sigmas.
    """
    present = ~np.isnan(values)
    count = np.maximum(present.sum(axis=1), 1)
    mean = np.where(present, values, 0.0).sum(axis=1) / count
    spread = np.where(present, values - mean[:, None], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(mean > 0, (spread**2).sum(axis=1) / mean, 0.0)
    free = np.maximum(count - 1, 1)
    small: Bools = are_counts(values) & (mean < SMALL) & (index <= free + 2 * np.sqrt(2 * free))
    return small


def _varies_beyond_sampling(counts: Floats, sizes: Floats, form: str) -> Bools:
    """Return which series of shares or rates vary more than sampling gives, by the same index."""
    known = ~np.isnan(counts) & (sizes > 0)
    size = np.where(known, sizes, 1.0)
    total = np.where(known, counts, 0.0).sum(axis=1)
    centre = (total / np.maximum(np.where(known, sizes, 0.0).sum(axis=1), 1e-300))[:, None]
    variance = centre * (1 - centre if form == "p" else 1) / size
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(known & (variance > 0), (counts / size - centre) ** 2 / variance, 0.0)
    free = np.maximum(known.sum(axis=1) - 1, 1)
    prime: Bools = np.nansum(score, axis=1) > free + 2 * np.sqrt(2 * free)
    return prime


def _memory(found: Account) -> Floats:
    """Return the lag-one autocorrelation of what is left without season, spikes and steps, (S,)."""
    left = np.nan_to_num(within(found.levels.steady, found.levels.starts))
    square = (left**2).sum(axis=1)
    lag = (left[:, 1:] * left[:, :-1]).sum(axis=1)
    memory: Floats = np.where(square > 0, lag / np.where(square > 0, square, 1.0), 0.0)
    return memory


def _charts(
    values: Floats,
    sizes: Floats | None,
    shown: Floats,
    fixed: Bools,
    base: Bools | None,
    found: Account,
    method: NDArray[np.str_],
    factor: Floats,
    asked: _Asked,
) -> Chart:
    """Return one chart of all series, each drawn by its own method."""
    parts: list[tuple[Counts, Chart]] = []
    for name in np.unique(method).tolist() or ["xmr"]:
        rows = np.flatnonzero(method == name)
        options: dict[str, Any] = {"starts": cut_to(fixed, rows), "baseline": cut_to(base, rows)}
        if name == "run":
            drawn = run_chart(shown[rows], **options)
        elif name == "poisson":
            drawn = poisson_chart(values[rows], **options)
        elif sizes is not None and name[0] in "pu":
            kind = p_chart if name[0] == "p" else u_chart
            prime = name.endswith("'")
            drawn = kind(values[rows], sizes[rows], prime=prime, rules=asked.rules, **options)
        else:
            drawn = _xmr(shown[rows], found, rows, factor[rows], options, asked)
        parts.append((rows, drawn))
    return parts[0][1] if len(parts) == 1 else _laid(values.shape, parts)


def cut_to(table: Bools | None, rows: Counts) -> Bools | None:
    """Return the rows of a mask, or the mask where it has one row for all; None for None."""
    return table if table is None or len(table) == 1 else table[rows]


def _xmr(
    shown: Floats,
    found: Account,
    rows: Counts,
    factor: Floats,
    options: dict[str, Any],
    asked: _Asked,
) -> Chart:
    """Return XmR charts of the series without season, put back on it, and widened by a factor."""
    season = found.season
    drawn = xmr(season.adjusted[rows], rules=asked.rules, **options)
    widened = factor > 1
    if not season.present[rows].any() and not widened.any():
        return replace(drawn, values=shown)
    factor = factor[:, None]
    reach = (drawn.upper - drawn.centre) * factor
    lower, upper = drawn.centre - reach, drawn.centre + reach
    signals = dict(drawn.signals)
    if widened.any():
        kept = find_signals(
            season.adjusted[rows], drawn.centre, lower, upper,
            rules=_rules_of(asked.rules)["widened"], phase=drawn.phase,
        )  # fmt: skip
        for name, flags in signals.items():
            other = kept.get(name, np.zeros_like(flags))
            signals[name] = np.where(widened[:, None], other, flags)
    effect = season.over(shown.shape[1], asked.first_month)[rows]
    ratio = season.multiplicative[rows][:, None]
    times, plus = np.where(ratio, effect, 1.0), np.where(ratio, 0.0, effect)
    return replace(
        drawn,
        values=shown,
        centre=drawn.centre * times + plus,
        lower=lower * times + plus,
        upper=upper * times + plus,
        sigma=drawn.sigma * factor * times,
        signals=signals,
    )


def _laid(shape: tuple[int, ...], parts: list[tuple[Counts, Chart]]) -> Chart:
    """Return one chart of charts of some rows each."""
    names = [name for name in vars(parts[0][1]) if name != "signals"]
    laid: dict[str, Any] = {}
    for name in names:
        sample = getattr(parts[0][1], name)
        laid[name] = np.empty(shape, sample.dtype)
        for rows, drawn in parts:
            laid[name][rows] = getattr(drawn, name)
    rules = dict.fromkeys(rule for _rows, drawn in parts for rule in drawn.signals)
    signals = {rule: np.zeros(shape, np.int8) for rule in rules}
    for rows, drawn in parts:
        for rule, flags in drawn.signals.items():
            signals[rule][rows] = flags
    return Chart(**laid, signals=signals)


def _joined(parts: list[Analysis]) -> Analysis:
    """Return the analysis of blocks one after the other."""
    charts = [part.chart for part in parts]
    names = [name for name in vars(charts[0]) if name != "signals"]
    rules = dict.fromkeys(rule for chart in charts for rule in chart.signals)
    signals = {rule: np.concatenate([chart.rule(rule) for chart in charts]) for rule in rules}
    chart = Chart(
        **{name: np.concatenate([getattr(c, name) for c in charts]) for name in names},
        signals=signals,
    )
    rest = [name for name in vars(parts[0]) if name not in ("chart", "steps")]
    return Analysis(
        chart=chart,
        steps=join([part.steps for part in parts]),
        **{name: np.concatenate([getattr(p, name) for p in parts]) for name in rest},
    )
