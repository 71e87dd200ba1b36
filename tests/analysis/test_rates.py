"""Rates and shares: their intervals held to the exact ones they stand for."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from peelian.analysis.rates import normal_deviate, proportion, rate, rate_ratio

events = st.integers(0, 5000)
people = st.integers(1, 10_000_000)


@pytest.mark.parametrize("count", range(10))
def test_below_ten_events_the_interval_is_the_exact_one(count):
    found = rate(count, 1, per=1)
    exact = chi2.ppf(0.025, 2 * count) / 2 if count else 0, chi2.ppf(0.975, 2 * count + 2) / 2
    assert (float(found.lower), float(found.upper)) == pytest.approx(exact, rel=1e-9)


def test_a_rate_and_a_share_as_others_have_published_them():
    """100 in 10,000 and 100 of 1,000, as a port of PHEindicatormethods prints them.

    Its upper end of the rate, 1216.246, is neither Byar's nor as near the exact 1216.268 as ours.
    """
    found = rate(100, 10_000, per=100_000)
    assert found.lower == pytest.approx(813.621054905, rel=1e-9)
    assert abs(found.upper - 1216.267938) < abs(1216.245876 - 1216.267938)
    share = proportion(100, 1000)
    assert (share.lower, share.upper) == pytest.approx((0.0829094436, 0.1201519632), rel=1e-8)


@pytest.mark.parametrize("count", [1, 5, 10, 65, 389, 4000])
def test_byars_interval_is_the_exact_poisson_one_to_a_hundredth(count):
    found = rate(count, 100_000, per=100_000)
    exact = chi2.ppf(0.025, 2 * count) / 2, chi2.ppf(0.975, 2 * count + 2) / 2
    assert found.value == count
    assert found.upper == pytest.approx(exact[1], rel=0.01)
    assert found.lower == pytest.approx(exact[0], abs=0.03 * count)


def test_no_event_has_an_interval_from_nothing_up():
    found = rate(0, 1000)
    assert (found.value, found.lower) == (0, 0)
    assert found.upper == pytest.approx(3.69, abs=0.1)  # exact: -ln(0.025)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_ends_are_the_shares_that_the_one_found_is_just_compatible_with(pair):
    count, size = pair
    found = proportion(count, size)
    z = normal_deviate(0.95)
    for end in (float(found.lower), float(found.upper)):
        if 0 < end < 1:
            distance = abs(count / size - end) / math.sqrt(end * (1 - end) / size)
            assert distance == pytest.approx(z, rel=1e-6)
    assert 0 <= found.lower <= found.value <= found.upper <= 1


def test_a_share_worked_by_hand():
    """81 of 263, as Newcombe (1998) prints it: 0.2553 to 0.3662."""
    found = proportion(81, 263)
    assert [round(float(x), 4) for x in (found.lower, found.upper)] == [0.2553, 0.3662]


@given(events, people, st.sampled_from([0.8, 0.95, 0.998]))
def test_the_rate_lies_within_and_more_confidence_is_wider(count, size, level):
    found, wider = rate(count, size, level=level), rate(count, size, level=0.999)
    assert found.lower <= found.value <= found.upper
    assert wider.width >= found.width


@given(events, people)
def test_another_base_is_the_same_rate(count, size):
    small, large = rate(count, size, per=1000), rate(count, size, per=100_000)
    assert large.upper == pytest.approx(100 * small.upper)


def test_a_ratio_of_rates_and_its_interval_by_hand():
    found = rate_ratio(30, 1000, 20, 1000)
    spread = math.exp(1.959964 * math.sqrt(1 / 30 + 1 / 20))
    assert found.value == pytest.approx(1.5)
    assert found.upper == pytest.approx(1.5 * spread, rel=1e-6)
    assert found.lower == pytest.approx(1.5 / spread, rel=1e-6)


def test_a_ratio_with_nothing_on_either_side_has_no_interval():
    found = rate_ratio([0, 5], 1000, [5, 0], 1000)
    assert found.value[0] == 0
    assert np.isnan([*found.lower, *found.upper, found.value[1]]).all()


def test_where_nobody_lives_there_is_no_rate():
    assert np.isnan(rate(3, 0).value)
    assert np.isnan(proportion(float("nan"), 5).lower)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: rate(-1, 5), "below 0"),
        (lambda: proportion(6, 5), "larger"),
        (lambda: rate(1, 5, level=95), "between 0 and 1"),
    ],
)
def test_what_cannot_be_is_refused(work, words):
    with pytest.raises(ValueError, match=words):
        work()
