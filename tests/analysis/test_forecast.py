"""Levels expected this year: near what comes, wide enough, and honest with little to go by."""

import numpy as np
import pytest

from peelian.analysis.forecast import forecast, year_end

RNG = np.random.default_rng(31)
SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)


def test_a_level_a_season_and_a_trend_are_carried_on():
    level = forecast(RNG.poisson(100, 36).astype(float), 6)
    assert level.method == "ets"
    assert np.abs(level.mean - 100).max() < 12
    seasonal = forecast(RNG.poisson(200 * np.tile(SEASON, 4)).astype(float), 12)
    assert np.corrcoef(seasonal.mean, SEASON)[0, 1] > 0.9
    rising = forecast(100 + 2.0 * np.arange(48) + RNG.normal(0, 3, 48), 6)
    assert rising.mean[0] > 185


def test_the_interval_holds_about_as_many_as_it_says():
    inside = total = 0
    for _n in range(6):
        values = RNG.poisson(60, 42).astype(float)
        found = forecast(values[:36], 6, level=0.9)
        inside += np.count_nonzero((found.lower <= values[36:]) & (values[36:] <= found.upper))
        total += 6
    assert inside / total > 0.75


def test_nothing_is_forecast_below_what_can_be():
    found = forecast(RNG.poisson(1, 36).astype(float), 12)
    assert (found.lower >= 0).all()
    assert (found.mean <= found.upper).all()


@pytest.mark.parametrize("values", [[5.0], [5.0, 6.0, 7.0], [0.0] * 36, [7.5] * 36])
def test_with_little_to_go_by_the_mean_is_given_and_said_so(values):
    found = forecast(values, 3)
    assert found.method == "mean"
    assert found.mean == pytest.approx([np.mean(values)] * 3)


def test_gaps_are_bridged_and_the_same_question_has_the_same_answer():
    values = RNG.poisson(80, 36).astype(float)
    values[[0, 7, 20]] = np.nan
    one, other = forecast(values, 4), forecast(values, 4)
    np.testing.assert_array_equal(one.paths, other.paths)
    assert not np.isnan(one.mean).any()


def test_what_is_missing_at_the_end_does_not_move_the_season():
    values = np.tile(100 * SEASON, 5) + RNG.normal(0, 2, 60)
    values[-2:] = np.nan
    assert forecast(values, 4).mean == pytest.approx(100 * SEASON[:4], rel=0.1)


def test_one_value_has_a_mean_and_no_interval():
    found = forecast([5.0], 2)
    assert found.mean.tolist() == [5, 5]
    assert np.isnan([*found.lower, *found.upper]).all()


def test_few_values_are_as_unsure_as_they_are():
    rng = np.random.default_rng(3)
    draws = rng.normal(80, 9, (300, 5))
    found = [forecast(row[:4], 1, level=0.9) for row in draws]
    inside = [f.lower[0] <= x <= f.upper[0] for f, x in zip(found, draws[:, 4], strict=True)]
    assert np.mean(inside) > 0.85


def test_a_year_is_what_there_is_and_what_is_expected_of_the_rest():
    values = np.concatenate([RNG.poisson(100, 36), [70.0] * 6])  # April to September, far below
    found = year_end(values, first_month=4)
    assert (found.so_far, found.periods) == (420, 6)
    assert found.projected == pytest.approx(600, rel=0.06)
    assert found.beside == -1
    assert found.lower < found.expected < found.upper
    steady = np.concatenate([RNG.poisson(100, 36), [100.0] * 6])
    assert year_end(steady, first_month=4).beside == 0


def test_nine_years_in_ten_end_within_their_interval():
    """Levels that wander a little: with a model taken as known, three years in four do."""
    rng = np.random.default_rng(77)
    moves, noise = rng.normal(0, 2, (24, 48)), rng.normal(0, 10, (24, 48))
    series = 200 + np.cumsum(moves, axis=1) + noise
    told = [year_end(values[:40], first_month=4) for values in series]
    ends = series[:, 36:].sum(axis=1)
    inside = [one.lower <= end <= one.upper for one, end in zip(told, ends, strict=True)]
    assert 0.8 <= np.mean(inside) <= 0.975


def test_a_whole_year_is_itself():
    values = RNG.poisson(100, 48).astype(float)
    found = year_end(values, first_month=4)
    assert found.periods == 12
    assert found.expected == found.lower == found.upper == values[-12:].sum()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([100.0] * 11, "less than a year"),
        ([100.0] * 30 + [np.nan], "no value"),
    ],
)
def test_what_cannot_be_told_of_a_year_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        year_end(values, first_month=4)


@pytest.mark.parametrize(("values", "horizon"), [([np.nan], 1), ([1.0], 0), ([[1.0]], 1)])
def test_what_has_no_forecast_is_refused(values, horizon):
    with pytest.raises(ValueError, match=r"found|without any"):
        forecast(values, horizon)
