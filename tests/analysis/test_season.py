"""The season: recognised only where it is, taken out, and put back."""

import numpy as np
import pytest

from peelian.analysis import seasonality

RNG = np.random.default_rng(12)
YEAR = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)


def test_a_season_of_counts_is_found_as_factors_of_the_months():
    values = RNG.poisson(200 * np.tile(YEAR, 4), (100, 48)).astype(float)
    found = seasonality(values)
    assert found.present.mean() > 0.99
    assert found.multiplicative.all()
    np.testing.assert_allclose(np.median(found.factors, axis=0), YEAR, atol=0.04)
    assert found.adjusted.std() < values.std() / 2


def test_a_season_of_other_values_is_added():
    values = 50 + 10 * np.tile(YEAR - 1, 4) * 5 + RNG.normal(0, 2, (100, 48))
    found = seasonality(values)
    assert found.present.mean() > 0.95
    assert not found.multiplicative.any()
    assert np.median(found.factors, axis=0).sum() == pytest.approx(0, abs=1)


def test_where_there_is_none_it_is_seldom_seen():
    assert seasonality(RNG.normal(100, 10, (400, 60))).present.mean() < 0.08
    assert seasonality(RNG.poisson(30, (400, 60)).astype(float)).present.mean() < 0.08


def test_two_years_are_needed():
    values = RNG.poisson(200 * np.tile(YEAR, 2)[:23], (50, 23)).astype(float)
    found = seasonality(values)
    assert not found.present.any()
    np.testing.assert_array_equal(found.adjusted, values)


def test_the_months_are_those_of_the_calendar():
    values = RNG.poisson(200 * np.tile(np.roll(YEAR, -3), 4), (20, 48)).astype(float)
    found = seasonality(values, first_month=4)
    np.testing.assert_allclose(np.median(found.factors, axis=0), YEAR, atol=0.06)


def test_lines_of_the_adjusted_series_are_put_back_among_the_values():
    values = RNG.poisson(200 * np.tile(YEAR, 4), (5, 48)).astype(float)
    found = seasonality(values)
    np.testing.assert_allclose(found.restore(found.adjusted), values)


def test_a_step_hides_no_season():
    values = RNG.poisson(100 * np.tile(YEAR, 4), (60, 48)).astype(float)
    values[:, 24:] = RNG.poisson(160 * np.tile(YEAR, 2), (60, 24))
    assert seasonality(values).present.mean() > 0.9


@pytest.mark.parametrize("month", [0, 13])
def test_there_is_no_such_month(month):
    with pytest.raises(ValueError, match="first month"):
        seasonality([[1.0, 2.0]], first_month=month)
