"""Areas beside one another: limits by size, and what is more varied than chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from peelian.analysis.funnel import funnel

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
