"""Exponential smoothing: its equations, and how unsure it is of what it had to choose."""

import numpy as np
import pytest

from peelian.analysis.smoothing import Shares, fit, futures, grid, run_through, simulate

RNG = np.random.default_rng(17)
QUARTERS = RNG.normal(50, 5, 32) + np.tile([6.0, -2, -5, 1], 8)


@pytest.mark.parametrize("trend", [False, True])
@pytest.mark.parametrize("per_year", [1, 4])
def test_errors_are_those_of_statsmodels_for_the_same_parameters_and_beginning(trend, per_year):
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    season = [4.0, -1.0, -2.5, -0.5] if per_year > 1 else []
    alpha, beta, gamma, phi, level, slope = 0.3, 0.12, 0.2, 0.9, 48.0, 0.7
    shares = Shares(*(np.array([x]) for x in (alpha, beta, phi if trend else 1.0, gamma)))
    model = ETSModel(
        QUARTERS,
        error="add",
        trend="add" if trend else None,
        damped_trend=trend,
        seasonal="add" if season else None,
        seasonal_periods=per_year if season else None,
    )
    given = {
        "smoothing_level": alpha, "smoothing_trend": beta, "smoothing_seasonal": gamma,
        "damping_trend": phi, "initial_level": level, "initial_trend": slope,
        # There the season that comes first is the last one before the values.
        **{f"initial_seasonal.{n}": x for n, x in enumerate(season[::-1])},
    }  # fmt: skip
    theirs = model.smooth([given[name] for name in model.param_names]).resid
    errors, _end = run_through(QUARTERS, per_year, shares, trend=trend)
    began = [1.0, level, *([slope] if trend else []), *season[:-1]]
    np.testing.assert_allclose(errors[0] @ began, theirs, atol=1e-9)


def test_the_futures_of_a_mean_are_as_unsure_as_student_says():
    """A level that takes up nothing is a mean, whose futures are known exactly."""
    from scipy.stats import t

    values = RNG.normal(20, 3, 14)
    model = fit(values, 1, Shares(*np.array([[0.0], [0.0], [1.0], [0.0]])), trend=False)
    totals = simulate(model, 14, 6, 40_000, np.random.default_rng(1)).sum(axis=1)
    sigma = values.std(ddof=1) * np.sqrt(6 + 36 / 14)
    expected = values.mean() * 6 + sigma * t.ppf([0.05, 0.5, 0.95], 13)
    assert np.quantile(totals, [0.05, 0.5, 0.95]) == pytest.approx(expected, abs=0.03 * sigma)


def test_every_set_of_parameters_is_one_that_the_models_allow():
    for trend in (False, True):
        for season in (False, True):
            shares = grid(trend=trend, season=season)
            assert (shares.trend <= shares.level).all()
            assert (shares.season <= 1 - shares.level).all()
            assert trend == bool(shares.trend.any())
            assert season == bool(shares.season.any())
            sets = np.stack([shares.level, shares.trend, shares.damping, shares.season])
            assert np.unique(sets, axis=1).shape == sets.shape


@pytest.mark.parametrize(("factor", "shift"), [(1e6, 0.0), (1e-6, 0.0), (-1.0, 0.0), (1.0, 1e7)])
def test_the_unit_of_the_values_does_not_matter(factor, shift):
    one, other = (
        futures(values, 6, 4, paths=2000, rng=np.random.default_rng(2))
        for values in (QUARTERS, QUARTERS * factor + shift)
    )
    ends = np.quantile((other - shift) / factor, [0.05, 0.95], axis=0)
    np.testing.assert_allclose(ends, np.quantile(one, [0.05, 0.95], axis=0), atol=1.5)


def test_a_straight_line_goes_straight_on():
    paths = futures(3.0 * np.arange(30), 12, 12, paths=500, rng=np.random.default_rng(3))
    np.testing.assert_allclose(np.median(paths, axis=0), 3.0 * np.arange(30, 42), rtol=0.01)


def test_where_months_wander_a_far_month_is_less_sure_than_a_near_one():
    values = np.cumsum(RNG.normal(0, 3, 60)) + 100
    ends = np.quantile(
        futures(values, 12, 12, paths=2000, rng=np.random.default_rng(4)), [0.05, 0.95], axis=0
    )
    width = ends[1] - ends[0]
    assert width[-1] > 2 * width[0]
