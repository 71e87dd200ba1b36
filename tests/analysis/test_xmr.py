"""XmR charts: the limits printed elsewhere, the rules one by one, and what must never matter."""

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis import PROFILES, Chart, Rules, xmr

VECTORS = Path(__file__).resolve().parents[2] / "../shared/data/spc"
NAN = float("nan")
FLAGS = ("outside", "shift", "trend", "two_of_three")
# Whole numbers keep the arithmetic exact, so that a tie stays a tie when scaled.
series = st.lists(st.integers(-1000, 1000), min_size=8, max_size=40)


def chart(values, **options) -> Chart:
    return xmr(np.array([values], dtype=float), **options)


def flags(values, rule, **options) -> list[int]:
    return getattr(chart(values, **options), rule)[0].tolist()


def column(name: str, key: str) -> list[float]:
    path = VECTORS / name
    if not path.exists():
        pytest.skip("the published charts are not on this machine")
    with path.open() as lines:
        return [float(row[key]) if row[key] else NAN for row in csv.DictReader(lines)]


def test_agrees_with_a_published_xmr_chart():
    name = "expected_XmR_chart.csv"
    drawn = chart(column(name, "y"))
    for ours, theirs in (("centre", "cl"), ("upper", "ucl"), ("lower", "lcl")):
        assert getattr(drawn, ours)[0, -1] == pytest.approx(column(name, theirs)[0], rel=1e-9)
    assert drawn.mean_range[0, -1] == pytest.approx(column(name, "amr")[0], rel=1e-9)
    assert drawn.range_limit[0, -1] == pytest.approx(column(name, "url")[1], rel=1e-9)


def test_agrees_with_the_textbook_chart_whose_limits_are_those_of_its_first_months():
    name = "montgomery_6.5_individuals_expected.csv"
    drawn = chart(column(name, "y"), baseline=np.array(column(name, "baseline")) == 1)
    assert drawn.centre[0, -1] == pytest.approx(column(name, "cl")[0], rel=1e-9)
    assert drawn.upper[0, -1] == pytest.approx(column(name, "ucl")[0], rel=1e-9)
    assert drawn.lower[0, -1] == pytest.approx(column(name, "lcl")[0], rel=1e-9)
    assert (drawn.outside[0] != 0).tolist() == [x == 1 for x in column(name, "sigma.signal")]


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        # Strictly beyond the limit, on either side.
        ("outside", [10, 11] * 6 + [40] + [10, 11] * 3, [0] * 12 + [1] + [0] * 6),
        ("outside", [10, 11] * 6 + [-20] + [10, 11] * 3, [0] * 12 + [-1] + [0] * 6),
        # Seven points, six rises; a tie breaks it.
        ("trend", [5, 4, 1, 2, 3, 4, 5, 6, 7, 4, 3, 5], [0, 0] + [1] * 7 + [0] * 3),
        ("trend", [5, 4, 7, 6, 5, 4, 3, 2, 1, 4, 3, 5], [0, 0] + [-1] * 7 + [0] * 3),
        ("trend", [5, 4, 1, 2, 3, 3, 4, 5, 6, 4, 3, 5], [0] * 12),
    ],
)
def test_each_rule_marks_the_points_that_make_it(rule, values, expected):
    assert flags(values, rule) == expected


def fixed(tail: list[float]) -> tuple[list[float], np.ndarray]:
    """Months whose centre is 0 and whose sigma is 1, then a tail judged against them."""
    step = 1.128 / 2
    start = [step, -step] * 10
    return start + tail, np.arange(20 + len(tail)) < 20


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ([2.5, 0.5, 2.5], [1, 0, 1]),  # the one between is near the centre: not marked
        ([2.5, -0.5, 2.5], [0, 0, 0]),  # not all three on one side
        ([3.5, 2.5, 0.5], [1, 1, 0]),  # beyond the limit counts as beyond two sigma
        ([-2.5, -2.5, -0.5], [-1, -1, 0]),
        ([2.5, 0.0, 2.5], [0, 0, 0]),  # on the centre is on neither side
        ([1.9, 2.5, 1.9], [0, 0, 0]),
    ],
)
def test_two_of_three_needs_three_on_one_side_and_marks_those_beyond_two_sigma(tail, expected):
    values, baseline = fixed(tail)
    # The month before the tail is on the other side of the centre, or the run would be longer.
    assert flags(values, "two_of_three", baseline=baseline)[-3:] == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ([-0.1] + [0.1] * 7, [0] + [1] * 7),
        ([-0.1] + [0.1] * 6, [0] * 7),
        ([0.1] + [-0.1] * 7, [0] + [-1] * 7),
        ([-0.1] + [0.1] * 5 + [0.0] + [0.1] * 5, [0] * 12),  # on the centre breaks the run
        ([-0.1] + [0.1] * 8 + [-0.1], [0] + [1] * 8 + [0]),
    ],
)
def test_seven_on_one_side_are_a_shift_and_all_are_marked(tail, expected):
    values, baseline = fixed(tail)
    assert flags(values, "shift", baseline=baseline)[20:] == expected


def test_a_point_on_the_limit_is_inside():
    values, baseline = fixed([3.0, 3.001, -3.0, -3.001])
    assert flags(values, "outside", baseline=baseline)[-4:] == [0, 1, 0, -1]


@pytest.mark.parametrize("value", [0.0, 0.1, 7.0, -3.3, 1e9 / 3])
def test_a_constant_series_has_its_limits_at_its_value_and_no_signal(value):
    drawn = chart([value] * 24)
    assert drawn.centre[0, -1] == drawn.lower[0, -1] == drawn.upper[0, -1] == value
    assert drawn.enough[0, -1]
    assert not any(getattr(drawn, flag).any() for flag in FLAGS)


def test_a_step_hidden_in_a_gap_between_constants_gives_no_limits():
    assert not chart([5.0] * 6 + [NAN] + [9.0] * 6).enough.any()


@pytest.mark.parametrize(
    ("points", "enough", "provisional"),
    [(0, False, False), (7, False, False), (8, True, True), (11, True, True), (12, True, False)],
)
def test_limits_are_shown_from_eight_points_and_settled_from_twelve(points, enough, provisional):
    drawn = chart(([1.0, 5.0] * 6)[:points] + [NAN] * (12 - points))
    assert (drawn.count[0, -1], drawn.enough[0, -1], drawn.provisional[0, -1]) == (
        points,
        enough,
        provisional,
    )
    assert np.isnan(drawn.upper[0, -1]) == (not enough)


def test_without_limits_no_rule_speaks():
    drawn = chart([1, 2, 3, 4, 5, 6, 7])
    assert not any(getattr(drawn, flag).any() for flag in FLAGS)


def test_the_range_across_a_missing_month_is_not_used():
    drawn = chart([1, 2, 1, 2, NAN, 102, 101, 102, 101, 102])
    assert drawn.mean_range[0, -1] == 1


@given(series, st.integers(0, 5), st.integers(0, 5))
def test_months_missing_before_and_after_change_nothing_but_the_dates(values, before, after):
    plain, padded = chart(values), chart([NAN] * before + values + [NAN] * after)
    for name in ("centre", "lower", "upper", "range_limit", "count", "enough", "provisional"):
        np.testing.assert_array_equal(getattr(plain, name)[:, 0], getattr(padded, name)[:, 0])
    inside = slice(before, before + len(values))
    for flag in FLAGS:
        found = getattr(padded, flag)[0]
        np.testing.assert_array_equal(found[inside], getattr(plain, flag)[0])
        assert np.count_nonzero(found) == np.count_nonzero(found[inside])


@given(series, st.data())
def test_a_month_missing_inside_leaves_out_one_range_and_breaks_no_run(values, data):
    at = data.draw(st.integers(1, len(values) - 1))
    plain, gapped = chart(values), chart([*values[:at], NAN, *values[at:]])
    assert gapped.centre[0, -1] == pytest.approx(plain.centre[0, -1], abs=1e-9)
    assert gapped.count[0, -1] == plain.count[0, -1]
    ranges = np.delete(np.abs(np.diff(values)), at - 1)
    assert gapped.mean_range[0, -1] == pytest.approx(ranges.mean())
    if gapped.enough[0, -1]:
        for flag in ("shift", "trend"):
            found = np.delete(getattr(gapped, flag)[0], at)
            np.testing.assert_array_equal(found, getattr(plain, flag)[0])


@given(series, st.sampled_from([-4, -1, 2, 10]), st.integers(-1000, 1000))
def test_another_unit_or_zero_moves_the_limits_and_keeps_the_findings(values, scale, offset):
    plain, moved = chart(values), chart([scale * value + offset for value in values])
    lower, upper = (plain.lower, plain.upper) if scale > 0 else (plain.upper, plain.lower)
    for ours, theirs in (
        (moved.centre, plain.centre),
        (moved.lower, lower),
        (moved.upper, upper),
    ):
        np.testing.assert_allclose(ours, scale * theirs + offset, atol=1e-8)
    for flag in FLAGS:
        expected = np.sign(scale) * getattr(plain, flag)
        np.testing.assert_array_equal(getattr(moved, flag), expected)


@given(st.lists(series, min_size=2, max_size=6))
def test_series_are_judged_each_by_itself(many):
    table = np.full((len(many), 40), NAN)
    for row, values in enumerate(many):
        table[row, : len(values)] = values
    together = xmr(table)
    for row in range(len(many)):
        alone = xmr(table[row : row + 1])
        for name in ("centre", "upper", *FLAGS):
            np.testing.assert_array_equal(getattr(together, name)[row], getattr(alone, name)[0])


def test_more_series_than_one_block_come_back_in_their_order():
    table = np.arange(2_500.0)[:, None] + np.zeros(9)
    np.testing.assert_array_equal(xmr(table).centre[:, 0], np.arange(2_500.0))


def test_rules_can_be_longer():
    values, baseline = fixed([-0.1] + [0.1] * 7)
    assert any(flags(values, "shift", baseline=baseline))
    assert not any(flags(values, "shift", baseline=baseline, rules=Rules(shift=8)))


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (3, 0), (1, 1)])
def test_nothing_in_nothing_out(shape):
    drawn = xmr(np.full(shape, NAN))
    assert drawn.outside.shape == shape
    assert not drawn.enough.any()


@pytest.mark.parametrize(
    ("values", "words"),
    [([1.0, 2.0], "two dimensions"), ([[1.0, float("inf")]], "finite")],
)
def test_what_is_not_a_table_of_numbers_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        xmr(values)


@given(series, st.lists(st.integers(0, 40), max_size=4))
def test_missing_months_change_nothing_but_the_dates_where_gaps_are_bridged(values, places):
    table, kept = list(values), list(range(len(values)))
    for place in places:
        at = min(place, len(table))
        table.insert(at, NAN)
        kept = [k + (k >= at) for k in kept]
    plain, gapped = chart(values, bridge_gaps=True), chart(table, bridge_gaps=True)
    for name in ("centre", "lower", "upper", "mean_range", "count"):
        np.testing.assert_allclose(getattr(plain, name)[0], getattr(gapped, name)[0, kept])
    for flag in FLAGS:
        np.testing.assert_array_equal(getattr(plain, flag)[0], getattr(gapped, flag)[0, kept])


@given(series)
def test_a_further_month_equal_to_the_last_never_widens_the_limits(values):
    """Its range is 0, so that the mean range can only fall; the centre moves a little."""
    more = chart([*values, values[-1]])
    assert more.mean_range[0, 0] <= chart(values).mean_range[0, 0] * (1 + 1e-12)


@given(series, st.integers(1, 39))
def test_each_phase_is_charted_as_if_it_stood_alone(values, at):
    at = min(at, len(values) - 1)
    starts = np.arange(len(values)) == at
    whole = chart(values, starts=starts)
    for part, own in ((slice(0, at), values[:at]), (slice(at, None), values[at:])):
        alone = chart(own)
        for name in ("centre", "lower", "upper", "count", "enough", "provisional"):
            np.testing.assert_array_equal(getattr(whole, name)[0, part], getattr(alone, name)[0])
        grain = 1e-12 * max(map(abs, values))
        near = np.abs(np.abs(np.array(own) - alone.centre[0]) - 3 * alone.sigma[0]) < 2 * grain
        if not near.any():
            for flag in FLAGS:
                found = getattr(whole, flag)[0, part]
                np.testing.assert_array_equal(found, getattr(alone, flag)[0])
    assert whole.phase[0].tolist() == [int(n >= at) for n in range(len(values))]


def test_an_excluded_month_makes_no_limits_and_takes_part_in_no_run():
    values = [10.0, 11.0] * 6 + [90.0] + [10.0, 11.0] * 3
    shown = chart(values, excluded=np.array(values) == 90)
    assert shown.upper[0, 0] == pytest.approx(10.5 + 3 / 1.128)
    assert not any(getattr(shown, flag).any() for flag in FLAGS)


def test_the_first_points_alone_can_make_the_limits():
    assert chart([1.0, 3.0] * 5 + [50.0] * 3, frozen=10).centre[0, -1] == 2


def test_a_phase_without_a_month_of_the_baseline_uses_all_its_own():
    values = [1.0, 3.0] * 5 + [11.0, 13.0] * 5
    baseline, starts = np.arange(20) < 6, np.arange(20) == 10
    assert chart(values, baseline=baseline, starts=starts).centre[0, [0, -1]].tolist() == [2, 12]


def test_screening_leaves_out_an_outlying_range_and_never_all_of_them():
    values = [10.0, 11.0] * 12 + [60.0]
    assert chart(values).mean_range[0, 0] > 2
    screened = chart(values, rules=Rules(screen=True))
    assert screened.mean_range[0, 0] == 1
    one_event = chart([0.0] * 12 + [5.0] + [0.0] * 12, rules=Rules(screen=True))
    assert one_event.upper[0, 0] > one_event.centre[0, 0]
    assert np.count_nonzero(one_event.outside) == 1


@pytest.mark.parametrize(
    ("options", "sigma"),
    [
        ({}, 1 / 1.128),
        ({"exact_d2": True}, np.sqrt(np.pi) / 2),
        ({"median_range": True}, 1 / 0.954),
    ],
)
def test_sigma_is_the_middle_range_over_the_constant_asked_for(options, sigma):
    assert chart([1.0, 2.0] * 6, **options).sigma[0, 0] == pytest.approx(sigma)


def test_a_limit_shown_can_be_kept_at_nothing_or_above():
    assert chart([0.0, 4.0] * 6).lower[0, 0] < 0
    assert chart([0.0, 4.0] * 6, floor=0).lower[0, 0] == 0


def test_an_unusual_range_is_told_by_the_mean_or_the_median_range():
    """Wheeler's 3.267 mean ranges, and 3.865 median ones."""
    values = [1.0, 2.0] * 6
    assert chart(values).range_limit[0, 0] == pytest.approx(3.267)
    assert chart(values, median_range=True).range_limit[0, 0] == pytest.approx(3.865)


def test_one_profile_has_the_rounded_constant_of_the_tool_it_is_named_after():
    values = [1.0, 2.0] * 6
    assert chart(values, rules=PROFILES["plotthedots"]).upper[0, 0] == pytest.approx(1.5 + 2.66)
    assert chart(values).upper[0, 0] == pytest.approx(1.5 + 3 / 1.128)


def test_neighbours_of_an_excluded_month_are_neighbours():
    values = [10.0, 11.0, 10.0, 90.0, 14.0, 11.0, 10.0, 11.0, 10.0, 11.0]
    kept = np.array(values) != 90
    shown, without = chart(values, excluded=~kept), chart(np.array(values)[kept])
    for name in ("centre", "upper", "mean_range", "count"):
        np.testing.assert_array_equal(getattr(shown, name)[0, kept], getattr(without, name)[0])


def slowly(values, phases, excluded, options):
    """Centre, sigma and count at each month, read from the definitions."""
    found = []
    for number in phases:
        own = [n for n, phase in enumerate(phases) if phase == number and not excluded[n]]
        kept = [values[n] for n in own if not np.isnan(values[n])]
        if options["bridge_gaps"]:
            own = [n for n in own if not np.isnan(values[n])]
        steps = [abs(values[b] - values[a]) for a, b in itertools.pairwise(own)]
        steps = [step for step in steps if not np.isnan(step)]
        middle = np.mean(steps) if steps else NAN
        if options["rules"].screen:
            usual = [step for step in steps if step < 3.267 * middle]
            steps = usual if any(usual) else steps
            middle = np.mean(steps) if steps else NAN
        if options["median_range"] and steps:
            middle = np.median(steps)
        middle *= 1 / 0.954 if options["median_range"] else 1 / 1.128
        told = middle > 0 or (middle == 0 and len(set(kept)) == 1)
        centre = np.mean(kept) if kept else NAN
        found.append((centre, middle if told and len(kept) >= 8 else NAN, len(kept)))
    return np.array(found).T


months = st.tuples(
    st.one_of(st.just(NAN), st.integers(-20, 20).map(float)),
    st.sampled_from([False] * 11 + [True]),  # begins a phase
    st.sampled_from([False] * 11 + [True]),  # left out
)


@given(
    st.lists(st.lists(months, min_size=30, max_size=30), min_size=1, max_size=3),
    st.fixed_dictionaries(
        {
            "rules": st.sampled_from([Rules(), Rules(screen=True)]),
            "median_range": st.booleans(),
            "bridge_gaps": st.booleans(),
        }
    ),
)
def test_limits_agree_with_their_definition_over_gaps_phases_and_points_left_out(table, options):
    values, starts, excluded = (np.array(part) for part in np.moveaxis(np.array(table), 2, 0))
    starts, excluded = starts.astype(bool), excluded.astype(bool)
    drawn = xmr(values, starts=starts, excluded=excluded, **options)
    for row in range(len(values)):
        expected = slowly(values[row], drawn.phase[row].tolist(), excluded[row], options)
        for ours, theirs in zip((drawn.centre, drawn.sigma, drawn.count), expected, strict=True):
            np.testing.assert_allclose(ours[row], theirs, rtol=1e-9, atol=1e-9)


def test_a_table_laid_out_the_other_way_in_memory_gives_the_same_chart():
    table = np.random.default_rng(7).normal(size=(5, 24))
    starts = np.arange(24) % 7 == np.arange(5)[:, None]
    plain, turned = (xmr(own, starts=starts) for own in (table, np.asfortranarray(table)))
    np.testing.assert_array_equal(plain.upper, turned.upper)
    np.testing.assert_array_equal(plain.any_signal, turned.any_signal)


def test_first_points_fewer_than_none_are_refused():
    with pytest.raises(ValueError, match="found -1"):
        xmr([[1.0, 2.0]], frozen=-1)


def test_a_baseline_of_another_length_is_refused():
    with pytest.raises(ValueError, match="2 periods"):
        xmr([[1.0, 2.0]], baseline=[True])
