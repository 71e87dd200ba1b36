"""Areas beside one another: limits by size, and what is more varied than chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from peelian.analysis.funnel import expected_outside, funnel, limits_at

areas = st.lists(st.tuples(st.integers(0, 300), st.integers(500, 50_000)), min_size=2, max_size=30)


@given(areas, st.sampled_from(["rate", "share"]))
def test_limits_hold_the_centre_and_the_outer_ones_the_inner(pairs, of):
    counts, sizes = np.array(pairs, float).T
    found = funnel(counts, sizes, of=of)
    assert found.centre == pytest.approx(counts.sum() / sizes.sum())
    slack = 1e-9 + 1 / sizes  # exact limits step by whole events
    assert (found.lower_998 <= found.lower + slack).all()
    assert (found.upper <= found.upper_998 + slack).all()
    assert (found.lower <= found.centre + slack).all()
    assert (found.centre <= found.upper + slack).all()


def test_limits_draw_in_as_areas_grow():
    sizes = np.array([1e3, 4e3, 16e3, 64e3])
    found = funnel(sizes * 0.02, sizes)
    assert (np.diff(found.upper_998) < 0).all()
    assert (np.diff(found.lower_998) > 0).all()


@pytest.mark.parametrize("of", ["rate", "share"])
def test_exact_limits_leave_the_tail_they_say_to_within_one_event(of):
    sizes, centre = np.full(10, 1000.0), 0.02
    found = funnel(sizes * centre, sizes, of=of)
    law = poisson(20) if of == "rate" else binom(1000, centre)
    events = found.upper_998[0] * 1000
    assert law.sf(np.ceil(events)) <= 0.001 <= law.sf(np.floor(events) - 1)


def test_areas_that_differ_by_chance_alone_are_not_made_more_varied():
    rng = np.random.default_rng(5)
    sizes = rng.integers(20_000, 200_000, 40).astype(float)
    found = funnel(rng.poisson(sizes * 0.01), sizes)
    assert found.between == 0
    assert np.count_nonzero(found.outside) <= 1


def test_areas_that_truly_differ_widen_the_limits_and_only_odd_ones_stay_outside():
    rng = np.random.default_rng(6)
    sizes = rng.integers(50_000, 200_000, 40).astype(float)
    true = 0.01 * np.exp(rng.normal(0, 0.2, 40))
    true[0] = 0.03
    counts = rng.poisson(sizes * true)
    plain = funnel(counts, sizes, allow_dispersion=False)
    wide = funnel(counts, sizes)
    assert wide.dispersion > 5
    assert wide.between == pytest.approx(0.002, rel=0.5)
    assert np.count_nonzero(plain.outside) > 15
    assert wide.outside[0] == 1
    assert np.count_nonzero(wide.outside) <= 3


def test_too_few_areas_say_nothing_of_how_varied_they_are():
    assert funnel([10, 500, 90], [1000, 1000, 1000]).between == 0


def test_an_area_without_a_count_is_left_out():
    found = funnel([10, np.nan, 20], [1000, 1000, 0])
    assert np.isnan(found.value[1:]).all()
    assert found.centre == 0.01
    assert found.outside.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("counts", "sizes", "of", "words"),
    [
        ([[1.0]], [[2.0]], "rate", "each area"),
        ([-1.0], [2.0], "rate", "below 0"),
        ([3.0], [2.0], "share", "above 1"),
    ],
)
def test_what_cannot_be_compared_is_refused(counts, sizes, of, words):
    with pytest.raises(ValueError, match=words):
        funnel(counts, sizes, of=of)


# ---- drawn, and said ----


def test_limits_drawn_at_the_areas_own_sizes_are_the_areas_own():
    sizes = np.array([900.0, 1500.0, 4000.0])
    found = funnel([9, 15, 41], sizes)
    drawn = limits_at(found, sizes)
    own = (found.lower, found.upper, found.lower_998, found.upper_998)
    for line, limit in zip(drawn, own, strict=True):
        np.testing.assert_allclose(line, limit)
    wide = limits_at(found, [100.0])
    assert wide[0] < drawn[0].min()
    assert wide[1] > drawn[1].max()


@pytest.mark.parametrize("sizes", [[0.0], [-5.0], [np.nan]])
def test_no_limit_belongs_to_no_size(sizes):
    with pytest.raises(ValueError, match="above 0"):
        limits_at(funnel([1, 2], [10, 20]), sizes)


@pytest.mark.parametrize("of", ["rate", "share"])
def test_chance_puts_about_as_many_outside_as_is_said(of):
    draw = np.random.default_rng(5)
    sizes = draw.integers(200, 3000, 60).astype(float)
    known = funnel(0.04 * sizes, sizes, of=of)
    near, far = expected_outside(known, sizes, of=of)
    law = draw.poisson(0.04 * sizes, (5000, 60))
    counts = law if of == "rate" else draw.binomial(sizes.astype(int), 0.04, (5000, 60))
    lower, upper, far_lower, far_upper = limits_at(known, sizes, of=of)
    rates = counts / sizes
    outside = ((rates < lower) | (rates > upper)).sum(axis=1).mean()
    far_outside = ((rates < far_lower) | (rates > far_upper)).sum(axis=1).mean()
    assert (near, far) == pytest.approx((outside, far_outside), rel=0.1)
    assert near < 0.05 * 60


def test_where_limits_are_widened_chance_is_taken_by_their_name():
    sizes = np.full(20, 10000.0)
    found = funnel([300.0, 700.0] * 10, sizes)
    assert found.between > 0
    assert expected_outside(found, sizes) == pytest.approx((1.0, 0.04))


def test_no_area_no_limit_below_nothing():
    found = funnel([0, 1, 0, 2], [10, 12, 9, 30])
    assert (found.lower >= 0).all()
    assert (found.lower_998 >= 0).all()
