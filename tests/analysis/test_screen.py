"""The default analysis: the chart by the data, and no more flags than it says."""

import numpy as np
import pytest

from peelian.analysis import PROFILES, Rules, analyse, expected_flags, poisson_chart, xmr

RNG = np.random.default_rng(13)
MONTHS = 36


def test_small_counts_get_exact_limits_and_others_moving_ranges():
    values = np.vstack([RNG.poisson(1.5, (5, MONTHS)), RNG.poisson(80, (5, MONTHS))]).astype(float)
    found = analyse(values)
    assert found.method.tolist() == ["poisson"] * 5 + ["xmr"] * 5
    np.testing.assert_array_equal(found.chart.upper[:5], poisson_chart(values[:5]).upper)
    plain = ~found.seasonal[5:] & ~found.widened[5:]
    np.testing.assert_allclose(found.chart.upper[5:][plain], xmr(values[5:][plain]).upper)


def test_small_counts_that_vary_more_than_chance_get_no_exact_limits():
    burst = np.zeros((1, MONTHS))
    burst[0, ::6] = 15
    assert analyse(burst).method[0] == "xmr"


def test_shares_and_rates_are_widened_where_they_vary_beyond_sampling():
    sizes = np.full((2, MONTHS), 5000.0)
    plain = RNG.binomial(5000, 0.3, MONTHS)
    varied = RNG.binomial(5000, np.clip(0.3 + RNG.normal(0, 0.05, MONTHS), 0, 1))
    found = analyse([plain, varied], sizes=sizes, chart="p")
    assert found.method.tolist() == ["p", "p'"]
    assert (found.chart.upper <= 1).all()
    assert analyse([plain], sizes=sizes[:1], chart="u").method[0] in ("u", "u'")


def test_limits_follow_the_season_and_the_values_stay_as_they_were():
    season = 100 * (1 + 0.3 * np.sin(2 * np.pi * np.arange(MONTHS) / 12))
    values = RNG.poisson(season, (200, MONTHS)).astype(float)
    found = analyse(values)
    assert found.seasonal.mean() > 0.9
    np.testing.assert_array_equal(found.chart.values, values)
    assert np.ptp(found.chart.centre[found.seasonal][0]) > 30
    assert found.chart.any_signal[:, -1].mean() < 0.05
    assert not analyse(values, seasonal="never").seasonal.any()


def test_months_that_resemble_one_another_have_wider_limits_and_runs_prove_nothing():
    memory = np.zeros((300, MONTHS + 100))
    for month in range(1, memory.shape[1]):
        memory[:, month] = 0.7 * memory[:, month - 1] + RNG.normal(size=300)
    values = 100 + 10 * memory[:, 100:]
    found = analyse(values, seasonal="never")
    assert found.widened.mean() > 0.7
    rows = found.widened
    assert not found.chart.shift[rows].any()
    assert (found.chart.upper[rows] > xmr(values[rows]).upper).all()
    assert found.chart.any_signal[:, -1].mean() < xmr(values).any_signal[:, -1].mean() / 2


def test_a_step_is_proposed_and_changes_no_limit_until_it_is_accepted():
    values = RNG.normal(100, 8, (20, 60))
    values[:, 30:] += 40
    found = analyse(values, seasonal="never")
    assert (found.chart.phase == 0).all()
    assert (found.steps.refused == "").sum() >= 19
    accepted = analyse(values, seasonal="never", starts=found.steps.starts)
    assert accepted.chart.phase.max() == 1
    assert accepted.chart.centre[0, -1] == pytest.approx(140, abs=6)
    assert not analyse(values, rebase=False).steps.starts.any()


@pytest.mark.parametrize("profile", ["mdc", "western-electric", "nelson"])
def test_as_many_are_flagged_as_chance_alone_is_said_to_flag(profile):
    rules = PROFILES[profile]
    values = RNG.normal(100, 10, (6000, MONTHS))
    flagged = xmr(values, rules=rules).any_signal[:, -1].mean()
    [expected] = expected_flags([MONTHS], rules)
    assert expected == pytest.approx(flagged, abs=0.006)


def test_what_is_too_short_or_has_no_rule_is_expected_to_be_flagged_never():
    assert expected_flags([3, 0]).tolist() == [0, 0]
    assert expected_flags([36], Rules(outside=False, shift=0, trend=0, two_of_three="")) == 0


def test_the_further_out_the_less_likely_and_chance_is_even_for_stable_series():
    values = np.tile(RNG.normal(100, 10, MONTHS), (4, 1))
    values[:, -1] = [100, 130, 160, 300]
    chance = analyse(values, seasonal="never").chance
    assert (np.diff(chance) <= 0).all()
    assert chance[-1] < 1e-6
    stable = analyse(RNG.normal(100, 10, (3000, MONTHS)), seasonal="never").chance
    assert (stable < 0.05).mean() < 0.06
    assert stable.min() > 0


def test_a_missing_last_month_and_a_short_series_have_no_chance():
    values = RNG.normal(100, 10, (2, MONTHS))
    values[0, -1] = np.nan
    values[1, :-5] = np.nan
    found = analyse(values)
    assert np.isnan(found.chance).all()
    assert found.chart.enough[:, -1].tolist() == [True, False]


def test_a_fixed_baseline_and_other_charts_are_respected():
    values = RNG.normal(100, 10, (3, MONTHS))
    values[:, 18:] += 50
    base = np.arange(MONTHS) < 18
    found = analyse(values, seasonal="never", baseline=base)
    np.testing.assert_allclose(found.chart.centre[:, -1], values[:, :18].mean(axis=1))
    assert analyse(values, chart="run").method.tolist() == ["run"] * 3
    with pytest.raises(ValueError, match="chart must be"):
        analyse(values, chart="pie")


@pytest.mark.parametrize("shape", [(0, 12), (2, 1), (2, 3), (1, 24)])
def test_whatever_there_is_it_is_answered(shape):
    for values in (np.full(shape, np.nan), np.zeros(shape), np.full(shape, 7.5)):
        found = analyse(values)
        assert found.chart.values.shape == shape
        assert not found.chart.any_signal.any()


def test_blocks_of_series_come_back_in_their_order():
    values = np.arange(12_000.0)[:, None] + np.zeros(12)
    found = analyse(values, seasonal="never")
    np.testing.assert_allclose(found.chart.centre[:, -1], np.arange(12_000.0))
    assert len(found.method) == len(found.chance) == 12_000
