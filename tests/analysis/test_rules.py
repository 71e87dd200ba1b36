"""Run rules: each against a slow reading of its definition, over phases, ties and gaps."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis import PROFILES, RULES, Rules, run_test, xmr
from peelian.analysis.rules import UNDIRECTED, crossings_needed, find_signals, longest_run_allowed

NAN = float("nan")
# Quarters of a sigma about a centre of 0: ties, points on lines and beyond them all come up.
point = st.one_of(st.just(NAN), st.integers(-16, 16).map(lambda n: n / 4))
points = st.lists(point, min_size=1, max_size=30)
EVERY = Rules(
    shift=4,
    trend=4,
    two_of_three="mdc",
    four_of_five=True,
    hugging=5,
    mixture=4,
    alternating=5,
    runs=True,
)


def signals(values, rules=EVERY, starts=()):
    table = np.array([values], dtype=float)
    phase = np.cumsum(np.isin(np.arange(len(values)), list(starts)))[None, :]
    lines = [np.full(table.shape, level) for level in (0.0, -3.0, 3.0)]
    return {
        name: flags[0].tolist()
        for name, flags in find_signals(table, *lines, rules=rules, phase=phase).items()
    }


def windows(kept, length):
    return [kept[n : n + length] for n in range(len(kept) - length + 1)]


def slowly(values, phases, rules):
    """Every rule read from its definition, phase by phase, one window after the other."""
    found = {name: [0] * len(values) for name in rules.on}
    for number in sorted(set(phases)):
        kept = [n for n, v in enumerate(values) if phases[n] == number and not math.isnan(v)]
        for sign in (1, -1):
            at = {n: sign * values[n] for n in kept}
            for n in kept:
                if "outside" in found and at[n] > 3:
                    found["outside"][n] = sign
            for some in windows(kept, rules.shift) if rules.shift else ():
                if all(at[n] > 0 for n in some):
                    mark(found["shift"], some, sign)
            for some in windows(kept, 3) if rules.two_of_three else ():
                far = [n for n in some if at[n] > 2]
                if rules.two_of_three == "mdc-2022":
                    far = [n for n in far if at[n] <= 3]
                side = rules.two_of_three == "western-electric" or all(at[n] > 0 for n in some)
                if len(far) >= 2 and side:
                    mark(found["two_of_three"], far, sign)
            for some in windows(kept, 5) if rules.four_of_five else ():
                far = [n for n in some if at[n] > 1]
                if len(far) >= 4:
                    mark(found["four_of_five"], far, sign)
        for some in windows(kept, rules.trend) if rules.trend else ():
            steps = [values[b] - values[a] for a, b in itertools.pairwise(some)]
            for sign in (1, -1):
                if all(sign * step > 0 for step in steps):
                    # A turning point keeps what was said of it first.
                    mark(found["trend"], [n for n in some if not found["trend"][n]], sign)
        if rules.hugging:
            for some in windows(kept, rules.hugging):
                if all(abs(values[n]) <= 1 for n in some):
                    mark(found["hugging"], some, 1)
        if rules.mixture:
            for some in windows(kept, rules.mixture):
                if all(abs(values[n]) > 1 for n in some):
                    mark(found["mixture"], some, 1)
        if rules.alternating:
            for some in windows(kept, rules.alternating):
                steps = [values[b] - values[a] for a, b in itertools.pairwise(some)]
                if all(a * b < 0 for a, b in itertools.pairwise(steps)):
                    mark(found["alternating"], some, 1)
        if rules.runs:
            mark(found["runs"], kept if has_long_run(values, kept) else [], 1)
    return found


def mark(flags, some, sign):
    for n in some:
        flags[n] = sign


def has_long_run(values, kept):
    sides = [math.copysign(1, values[n]) for n in kept if values[n]]
    if len(sides) < 2:
        return False
    crossings = sum(a != b for a, b in itertools.pairwise(sides))
    longest = best = 1
    for a, b in itertools.pairwise(sides):
        longest = longest + 1 if a == b else 1
        best = max(best, longest)
    n = len(sides)
    chance, needed = 0.0, 0
    for needed in range(n):
        chance += math.comb(n - 1, needed) / 2 ** (n - 1)
        if chance >= 0.05:
            break
    return best > round(math.log2(n)) + 3 or crossings < needed


@given(points, st.sets(st.integers(1, 29), max_size=3), st.sampled_from(["profiles", "every"]))
def test_every_rule_agrees_with_its_definition(values, starts, which):
    phases = np.cumsum([n in starts for n in range(len(values))]).tolist()
    for rules in [*PROFILES.values()] if which == "profiles" else [EVERY]:
        assert signals(values, rules, starts) == slowly(values, phases, rules)


@given(points)
def test_mirrored_points_give_mirrored_signals(values):
    for name, flags in signals(values).items():
        mirrored = signals([-v for v in values])[name]
        assert mirrored == (flags if name in UNDIRECTED else [-flag for flag in flags])


@pytest.mark.parametrize(
    ("profile", "on"),
    [
        ("mdc", ("outside", "trend", "two_of_three", "shift")),
        ("western-electric", ("outside", "two_of_three", "shift", "four_of_five")),
        ("nelson", tuple(name for name in RULES if name != "runs")),
        ("anhoej", ("outside", "runs")),
    ],
)
def test_a_profile_has_its_rules_the_weightiest_first(profile, on):
    assert PROFILES[profile].on == on


SAW = [0.5, -0.5] * 8


@pytest.mark.parametrize(
    ("profile", "rule", "values"),
    [
        ("mdc", "shift", [0.5] * 7),
        ("mdc", "trend", [n / 4 for n in range(7)]),
        ("plotthedots", "shift", [0.5] * 7),
        ("plotthedots", "trend", [n / 4 for n in range(7)]),
        ("eight-point", "shift", [0.5] * 8),
        ("western-electric", "shift", [0.5] * 8),
        ("western-electric", "four_of_five", [1.5, 0.5, 1.5, 1.5, 1.5]),
        ("nelson", "shift", [0.5] * 9),
        ("nelson", "trend", [n / 4 for n in range(6)]),
        ("nelson", "alternating", SAW[:14]),
        ("nelson", "hugging", SAW[:15]),
        ("nelson", "mixture", [1.5, -1.5] * 4),
        ("nelson", "two_of_three", [2.5, -0.5, 2.5]),
    ],
)
def test_a_pattern_of_a_profile_is_one_from_its_last_point_on(profile, rule, values):
    whole = signals(values, PROFILES[profile])[rule]
    assert whole[0] == whole[-1] == 1
    assert not any(signals(values[:-1], PROFILES[profile])[rule])


@pytest.mark.parametrize("sign", [1, -1])
def test_where_a_trend_turns_into_its_opposite_the_turning_point_keeps_the_first(sign):
    values = [sign * v for v in (0.0, 1.0, 2.0, 3.0, 2.5, 1.5, 0.5)]
    expected = [sign] * 4 + [-sign] * 3
    assert signals(values, Rules(trend=4, shift=0))["trend"] == expected


def test_each_rule_can_be_given_by_itself():
    lone = Rules(outside=False, shift=0, trend=6, two_of_three="")
    assert lone.on == ("trend",)
    assert signals([1.0, 2.0, 3.0, 3.5, 3.6, 3.7], lone) == {"trend": [1] * 6}


def test_no_rule_speaks_where_there_is_no_limit():
    table = np.arange(40.0)[None, :]
    nothing = np.full(table.shape, NAN)
    found = find_signals(table, nothing, nothing, nothing, rules=EVERY)
    assert not any(flags.any() for flags in found.values())


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("value", [0.0, 0.1, -7.0])
def test_what_never_moves_gives_no_signal_under_any_rules(profile, value):
    table = np.full((1, 40), value)
    assert not xmr(table, rules=PROFILES[profile]).any_signal.any()
    assert not xmr(table, rules=EVERY).any_signal.any()


# Anhøj and Vingaard Olesen print these for so many useful points.
@pytest.mark.parametrize(
    ("points", "longest", "crossings"),
    [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (40, 8, 14), (60, 9, 23)],
)
def test_the_bounds_of_a_run_chart_are_those_printed(points, longest, crossings):
    assert (longest_run_allowed(points), crossings_needed(points)) == (longest, crossings)


def test_runs_and_crossings_are_counted_without_the_points_on_the_centre():
    found = run_test(np.array([[1, 1, 0, 1, -1, -1, 0, 1]], dtype=np.int8))
    assert (found.useful[0], found.longest[0], found.crossings[0]) == (6, 3, 2)
