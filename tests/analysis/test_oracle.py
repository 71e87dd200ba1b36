"""Every chart and rule against a slow reading of its definition, in plain Python.

Nothing here knows of arrays or of the library. Limits of XmR charts are worked out in fractions,
so that a point on a line is exactly on it; elsewhere series with a point too near a line to
say are passed over. Each rule is read from the sources that `peelian.analysis.rules` names.
"""

import itertools
import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from peelian.analysis import (
    PROFILES,
    Rules,
    c_chart,
    funnel,
    g_chart,
    p_chart,
    poisson_chart,
    run_chart,
    t_chart,
    u_chart,
    xmr,
)
from tests.analysis.definitions import MDC, SCHOOLS, too_few_crossings

FEW = settings(max_examples=40)
D2, D4 = Fraction("1.128"), Fraction("3.267")
SHOWN_FROM = 8
NAN = float("nan")

PROFILES_AND_SHORT = {
    **PROFILES,
    "short": Rules(
        shift=4, trend=4, four_of_five=True, hugging=5, mixture=4, alternating=5, runs=True
    ),
}

# ---- series: months of whole numbers, some missing, some that begin a phase, some left out


def plain(values):
    return [(value, False, False) for value in values]


level = st.integers(0, 12).map(Fraction)
steady = st.integers(0, 40).map(Fraction)
month = st.tuples(
    st.one_of(st.none(), level, level, level),
    st.sampled_from([False] * 14 + [True]),
    st.sampled_from([False] * 14 + [True]),
)


@st.composite
def patterned(draw):
    """Months in which runs, drifts and sawteeth are common, as they are not by chance."""
    values = []
    while len(values) < 24:
        length, start = draw(st.integers(1, 16)), draw(st.integers(0, 40))
        slope = draw(st.sampled_from([-2, -1, 0, 1, 2]))
        tooth = draw(st.sampled_from([0, 0, 0, 1, 6]))
        values += [Fraction(start + slope * n + tooth * (n % 2)) for n in range(length)]
    return plain(values)


months = st.one_of(
    st.lists(month, min_size=1, max_size=40),
    st.lists(steady, min_size=8, max_size=40).map(plain),
    st.tuples(level, st.integers(8, 30)).map(lambda pair: plain([pair[0]] * pair[1])),
    patterned(),
)


def phases_of(series):
    """The places of each phase's months, in order."""
    found = [[]]
    for place, (_value, begins, _left_out) in enumerate(series):
        if begins and place:
            found.append([])
        found[-1].append(place)
    return found


def arguments(series):
    values = [[NAN if value is None else float(value) for value, _begins, _out in series]]
    return values, {
        "starts": [begins for _value, begins, _out in series],
        "excluded": [out for _value, _begins, out in series],
    }


def judged(series, place_lines, rules):
    """What each rule says of each month, and whether any month is too near a line to say."""
    found = {name: [0] * len(series) for name in rules}
    for own in phases_of(series):
        kept = [n for n in own if series[n][0] is not None and not series[n][2]]
        kept = [n for n in kept if place_lines[n] is not None]
        values = [series[n][0] for n in kept]
        far = [in_sigmas(series[n][0], *place_lines[n]) for n in kept]
        varies = any(place_lines[n][0] != place_lines[n][2] for n in kept)
        for name, rule in rules.items():
            if name == "hugging" and not varies:
                continue
            for n, flag in zip(kept, rule(far, values), strict=True):
                found[name][n] = flag
    return found


def in_sigmas(value, centre, lower, upper):
    """How far a value is: 3 is on the upper limit, whichever way the limits are apart."""
    if value == centre:
        return 0
    reach = upper - centre if value > centre else centre - lower
    return math.copysign(math.inf, value - centre) if not reach else 3 * (value - centre) / reach


def agree(chart, place_lines, found):
    for place, lines in enumerate(place_lines):
        shown = (chart.centre[0, place], chart.lower[0, place], chart.upper[0, place])
        assert bool(chart.enough[0, place]) == (lines is not None)
        if lines is not None:
            assert shown == pytest.approx([float(line) for line in lines], rel=1e-9, abs=1e-9)
    assert {name: flags[0].tolist() for name, flags in chart.signals.items()} == found


# ---- XmR


def xmr_lines(values, *, screen, reach):
    """Centre and limits of months in order, None where missing; None where none can be told."""
    kept = [value for value in values if value is not None]
    if len(kept) < SHOWN_FROM:
        return None
    pairs = itertools.pairwise(values)
    ranges = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    if not ranges:
        return None
    middle = sum(ranges) / len(ranges)
    if screen:
        usual = [one for one in ranges if one < D4 * middle]
        if any(usual):
            middle = sum(usual) / len(usual)
    if not middle and len(set(kept)) > 1:
        return None
    centre = sum(kept) / len(kept)
    return centre, centre - reach * middle, centre + reach * middle


@pytest.mark.parametrize("school", SCHOOLS)
@given(months)
@FEW
def test_an_xmr_chart_and_every_set_of_rules_agree_with_their_definitions(school, series):
    reach = Fraction("2.66") if school == "plotthedots" else 3 / D2
    lines = [None] * len(series)
    for own in phases_of(series):
        values = [series[n][0] for n in own if not series[n][2]]
        told = xmr_lines(values, screen=school == "plotthedots", reach=reach)
        for n in own:
            lines[n] = told
    values, options = arguments(series)
    chart = xmr(values, rules=PROFILES_AND_SHORT[school], **options)
    agree(chart, lines, judged(series, lines, SCHOOLS[school]))


@given(months, st.integers(0, 30))
@FEW
def test_limits_of_a_baseline_are_those_of_its_months_alone(series, end):
    series = [(value, False, out) for value, _begins, out in series]
    before = [value for value, _begins, out in series[:end] if not out]
    told = xmr_lines(before, screen=False, reach=3 / D2)
    # Ranges are those between months of the baseline: the first month after it makes none.
    lines = [told] * len(series)
    values, options = arguments(series)
    baseline = [place < end for place in range(len(series))]
    chart = xmr(values, baseline=baseline, **options)
    agree(chart, lines, judged(series, lines, MDC))


# ---- counts, shares and rates

sized = st.integers(1, 60).flatmap(
    lambda n: st.tuples(st.one_of(st.none(), st.integers(0, n)), st.just(n))
)
amounts = st.one_of(
    st.lists(sized, min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 8), st.just(9)), min_size=8, max_size=30),
)


def attribute_lines(pairs, spread, *, prime, most):
    """Centre and limits of each period, None where they cannot be told."""
    known = [(c, n) for c, n in pairs if c is not None]
    nothing = [None] * len(pairs)
    if len(known) < SHOWN_FROM:
        return nothing
    centre = sum(c for c, _n in known) / sum(n for _c, n in known)
    widened = 1.0
    if prime:
        scores = [None if c is None else (c / n - centre) for c, n in pairs]
        scores = [
            None if x is None else x / spread(centre, n) if spread(centre, n) else 0.0
            for x, (_c, n) in zip(scores, pairs, strict=True)
        ]
        steps = itertools.pairwise(scores)
        ranges = [abs(b - a) for a, b in steps if a is not None and b is not None]
        if not ranges:
            return nothing
        widened = math.fsum(ranges) / len(ranges) / float(D2)
    reach = [3 * widened * spread(centre, n) for _c, n in pairs]
    return [(centre, max(centre - r, 0.0), min(centre + r, most)) for r in reach]


@pytest.mark.parametrize(
    ("draw", "spread", "prime", "most"),
    [
        (p_chart, lambda p, n: math.sqrt(p * (1 - p) / n), False, 1.0),
        (p_chart, lambda p, n: math.sqrt(p * (1 - p) / n), True, 1.0),
        (u_chart, lambda u, n: math.sqrt(u / n), False, math.inf),
        (u_chart, lambda u, n: math.sqrt(u / n), True, math.inf),
        (c_chart, lambda c, n: math.sqrt(c / n), False, math.inf),
    ],
    ids=["p", "p'", "u", "u'", "c"],
)
@given(amounts)
@FEW
def test_charts_of_counts_shares_and_rates_agree_with_their_definitions(
    draw, spread, prime, most, pairs
):
    pairs = [(c, 1) for c, _n in pairs] if draw is c_chart else pairs
    lines = attribute_lines(pairs, spread, prime=prime, most=most)
    counts = [[NAN if c is None else float(c) for c, _n in pairs]]
    sizes = [[float(n) for _c, n in pairs]]
    options = {} if draw is c_chart else {"prime": prime}
    given_to = (counts,) if draw is c_chart else (counts, sizes)
    chart = draw(*given_to, rules=Rules(shift=0, trend=0, two_of_three=""), **options)
    found = [0] * len(pairs)
    for place, ((c, n), told) in enumerate(zip(pairs, lines, strict=True)):
        if told is None or c is None:
            continue
        centre, lower, upper = told
        # A limit kept within what is possible is never crossed, rounding or none.
        assume(min(abs(c / n - lower), abs(c / n - upper)) > 1e-9 or c / n in (0, most, centre))
        found[place] = int(c / n > upper + 1e-9) - int(c / n < lower - 1e-9)
    agree(chart, lines, {"outside": found})


# ---- rare events


@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=1, max_size=30))
@FEW
def test_a_t_chart_is_that_of_times_to_the_power_turned_back(days):
    turned = [None if d is None else (d or 0.1) ** (1 / 3.6) for d in days]
    told = xmr_lines(turned, screen=False, reach=3 / float(D2))
    # Equal times to a power may differ in their last digit, and then have limits all the same.
    assume(told is None or told[1] == told[2] or told[2] - told[1] > 1e-6)
    if told is not None:
        told = tuple(max(line, 0) ** 3.6 for line in told)
    chart = t_chart(
        [[NAN if d is None else float(d) for d in days]],
        rules=Rules(outside=False, shift=0, trend=0, two_of_three=""),
    )
    agree(chart, [told] * len(days), {})


@given(st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=1, max_size=30))
@FEW
def test_a_g_chart_has_the_median_and_the_limits_of_a_geometric_distribution(cases):
    kept = [c for c in cases if c is not None]
    told = None
    if len(kept) >= SHOWN_FROM:
        mean = statistics.fmean(kept)
        reach = 3 * math.sqrt(mean * (mean + 1))
        told = (statistics.median(kept), max(mean - reach, 0.0), mean + reach)
        assume(min(abs(c - told[2]) for c in kept) > 1e-9 or not mean)
    found = [0] * len(cases)
    if told is not None:
        found = [int(c is not None and c > told[2]) for c in cases]
    chart = g_chart(
        [[NAN if c is None else float(c) for c in cases]],
        rules=Rules(shift=0, trend=0, two_of_three=""),
    )
    agree(chart, [told] * len(cases), {"outside": found})


def poisson_limits(mean):
    """The smallest counts that a Poisson variable is at or below in 0.135%, and in 99.865%."""
    chances = poisson(1, mean)
    below = list(itertools.accumulate(chances))
    return [next(k for k, x in enumerate(below) if x >= tail) for tail in (0.00135, 1 - 0.00135)]


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.integers(1, 4)),
        min_size=1,
        max_size=30,
    )
)
@FEW
def test_small_counts_have_the_exact_limits_of_a_poisson_distribution(pairs):
    known = [(c, n) for c, n in pairs if c is not None]
    lines, found = [None] * len(pairs), [0] * len(pairs)
    if len(known) >= SHOWN_FROM:
        rate = sum(c for c, _n in known) / sum(n for _c, n in known)
        lines = [(rate * n, *poisson_limits(rate * n)) for _c, n in pairs]
        for place, (c, _n) in enumerate(pairs):
            if c is not None:
                found[place] = int(c > lines[place][2]) - int(c < lines[place][1])
    counts = [[NAN if c is None else float(c) for c, _n in pairs]]
    chart = poisson_chart(counts, [float(n) for _c, n in pairs])
    agree(chart, lines, {"outside": found})


# ---- run charts


@given(months)
@FEW
def test_a_run_chart_has_each_phases_median_and_tests_of_runs(series):
    lines = [None] * len(series)
    for own in phases_of(series):
        kept = [series[n][0] for n in own if series[n][0] is not None and not series[n][2]]
        if len(kept) >= SHOWN_FROM:
            for n in own:
                # A sigma of 1 will do: only the side of the centre is asked for.
                middle = statistics.median(kept)
                lines[n] = (middle, middle - 3, middle + 3)
    values, options = arguments(series)
    chart = run_chart(values, **options)
    for place, told in enumerate(lines):
        assert bool(chart.enough[0, place]) == (told is not None)
        if told is not None:
            assert chart.centre[0, place] == told[0]
    found = judged(series, lines, {"runs": too_few_crossings})
    assert chart.signals["runs"][0].tolist() == found["runs"]


# ---- funnels


def binomial(size, centre):
    return [math.comb(size, k) * centre**k * (1 - centre) ** (size - k) for k in range(size + 1)]


def poisson(size, centre):
    mean, found = size * centre, [math.exp(-size * centre)]
    while len(found) < 4 * mean + 60:
        found.append(found[-1] * mean / len(found))
    return found


def interpolated(chances, share):
    """Spiegelhalter (2005), appendix A.1: the quantile less what of its chance is too much."""
    below = 0.0
    for count, chance in enumerate(chances):
        below += chance
        if below >= share:
            return count - (below - share) / chance
    raise AssertionError("the chances do not add up to the share")


@pytest.mark.parametrize(("of", "law"), [("share", binomial), ("rate", poisson)])
@given(
    st.lists(
        st.integers(5, 120).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=12,
    )
)
@FEW
def test_the_limits_of_a_funnel_are_exact_and_interpolated(of, law, pairs):
    counts, sizes = zip(*pairs, strict=True)
    centre = sum(counts) / sum(sizes)
    assume(0 < centre < 1)
    found = funnel(counts, sizes, of=of, allow_dispersion=False)
    most = 1.0 if of == "share" else math.inf
    for area, (count, size) in enumerate(pairs):
        chances = law(size, centre)
        lines = {
            share: min(max(interpolated(chances, share) / size, 0.0), most)
            for share in (0.001, 0.025, 0.975, 0.999)
        }
        shown = (found.lower_998, found.lower, found.upper, found.upper_998)
        told = [line[area] for line in shown]
        assert told == pytest.approx(list(lines.values()), rel=1e-6, abs=1e-9)
        value = count / size
        if all(abs(value - line) > 1e-6 for line in lines.values()):
            assert found.outside[area] == (value > lines[0.999]) - (value < lines[0.001])
            assert found.beyond_95[area] == (value > lines[0.975]) - (value < lines[0.025])
