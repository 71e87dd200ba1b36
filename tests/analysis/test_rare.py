"""Rare events: times and cases between them, and small counts by exact limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis import Rules, g_chart, poisson_chart, t_chart, xmr


def test_times_between_events_are_charted_to_a_power_and_turned_back():
    days = [3.0, 10, 1, 25, 7, 14, 2, 30, 9, 12]
    turned = xmr([np.array(days) ** (1 / 3.6)])
    drawn = t_chart([days])
    np.testing.assert_allclose(drawn.upper, turned.upper**3.6)
    np.testing.assert_allclose(drawn.centre, turned.centre**3.6)
    np.testing.assert_array_equal(drawn.values, [days])


def test_two_events_on_one_day_are_a_tenth_of_a_day_apart():
    assert not np.isnan(t_chart([[0.0, 4, 9, 2, 1, 7, 5, 0]]).upper).any()


def test_cases_between_events_have_the_limits_of_a_geometric_distribution():
    cases = [4.0, 12, 0, 7, 20, 3, 9, 5, 11, 2]
    mean = np.mean(cases)
    drawn = g_chart([cases])
    assert drawn.upper[0, 0] == pytest.approx(mean + 3 * math.sqrt(mean * (mean + 1)))
    assert drawn.centre[0, 0] == 6  # the median: half of the points are on each side
    assert drawn.lower[0, 0] == 0


def test_the_limits_of_cases_between_are_those_of_their_mean_and_the_line_that_of_the_median():
    cases = [0.0] * 11 + [30.0]
    drawn = g_chart([cases])
    assert (drawn.centre[0, 0], drawn.upper[0, 0]) == (0, pytest.approx(2.5 + 3 * math.sqrt(8.75)))
    assert drawn.outside[0].tolist() == [0] * 11 + [1]


@pytest.mark.parametrize("mean", [0.25, 0.5, 1.5, 3.0, 4.75])
def test_a_stable_small_count_is_seldom_beyond_its_exact_limits(mean):
    counts = [math.floor(mean), math.ceil(mean)] * 2
    while len(counts) < 12 or not math.isclose(np.mean(counts), mean):
        counts.append(math.ceil(mean) if np.mean(counts) < mean else math.floor(mean))
    drawn = poisson_chart([counts])
    chances = [math.exp(-mean) * mean**k / math.factorial(k) for k in range(60)]
    upper, lower = int(drawn.upper[0, 0]), int(drawn.lower[0, 0])
    assert sum(chances[upper + 1 :]) <= 0.00135 < sum(chances[upper:])
    assert sum(chances[:lower]) <= 0.00135


def test_one_event_in_three_years_is_not_exceptional_and_five_at_once_are():
    quiet = [0.0] * 20 + [1.0] + [0.0] * 15
    assert not poisson_chart([quiet]).any_signal.any()
    assert poisson_chart([[*quiet[:-1], 5.0]]).outside[0, -1] == 1


def test_more_is_expected_where_there_is_more_exposure():
    drawn = poisson_chart([[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]], [[1, 2] * 5])
    np.testing.assert_allclose(drawn.centre[0], [1, 2] * 5)
    assert drawn.upper[0, 1] > drawn.upper[0, 0]


@given(
    st.lists(st.integers(0, 6), min_size=16, max_size=30),
    st.sampled_from(["g", "poisson", "t"]),
)
def test_each_phase_of_rare_events_is_charted_as_if_it_stood_alone(counts, which):
    chart = {"g": g_chart, "poisson": poisson_chart, "t": t_chart}[which]
    at = len(counts) // 2
    whole = chart([counts], starts=np.arange(len(counts)) == at)
    for part, own in ((slice(0, at), counts[:at]), (slice(at, None), counts[at:])):
        alone = chart([own])
        for name in ("centre", "lower", "upper", "enough", "count"):
            np.testing.assert_allclose(getattr(whole, name)[0, part], getattr(alone, name)[0])


@pytest.mark.parametrize("chart", [t_chart, g_chart, poisson_chart])
def test_less_than_nothing_is_refused(chart):
    with pytest.raises(ValueError, match="below 0"):
        chart([[1.0, -1.0]])


def test_other_rules_can_be_asked_for():
    counts = [[3.0, 1, 2, 4] * 3 + [1, 1, 1, 1, 1, 1, 1, 1]]
    assert not poisson_chart(counts).any_signal.any()
    assert poisson_chart(counts, rules=Rules(shift=7)).shift.any()


@pytest.mark.parametrize("exposure", [[[1.0, 2.0]], [1.0, -2.0, 1.0], [1.0, math.inf, 1.0]])
def test_an_exposure_that_cannot_be_is_refused(exposure):
    with pytest.raises(ValueError, match="exposure"):
        poisson_chart([[1.0, 2.0, 3.0]], exposure)


def test_a_month_without_exposure_expects_nothing_and_makes_no_limits():
    drawn = poisson_chart([[1.0, 2.0, 3.0] * 4], [1.0, 0.0, 1.0] * 4)
    assert np.isnan(drawn.upper[0, 1])
    assert (drawn.centre[0, 0], drawn.count[0, 0]) == (2, 8)
