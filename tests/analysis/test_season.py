"""The season: recognised only where it is, taken out, and put back."""

import numpy as np
import pytest

from peelian.analysis import RULES, analyse, seasonality
from peelian.analysis.levels import choose
from peelian.analysis.scale import are_counts, stabilise

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


def test_rounding_is_no_spike():
    """A season taken off and put back leaves a month where it was, to rounding."""
    values = RNG.poisson(50 * np.tile(YEAR, 4), (200, 48)).astype(float)
    found = choose(stabilise(values, are_counts(values)), np.zeros(values.shape, np.bool_))
    seasonal = found.waves > 0
    assert seasonal.mean() > 0.9
    assert found.spikes[seasonal].mean() < 0.02


def _mixed() -> np.ndarray:
    """Series of every kind: seasonal, stepped, few, gapped, constant, empty."""
    values = RNG.normal(50, 5, (60, 48))
    values[RNG.random(values.shape) < 0.08] = np.nan
    values[:10] = np.round(np.abs(values[:10]) / 20)
    values[10:14, 30:] += 20
    values[14], values[15] = np.nan, 7
    return np.vstack([values, RNG.poisson(50 * np.tile(YEAR, 4), (40, 48)).astype(float)])


def test_a_series_is_judged_alike_in_any_company():
    values = _mixed()
    together = analyse(values).chart
    assert any(together.signals[rule].any() for rule in RULES if rule in together.signals)
    for row in range(len(values)):
        alone = analyse(values[row : row + 1]).chart
        for line in ("centre", "lower", "upper"):
            of_all, own = getattr(together, line)[row], getattr(alone, line)[0]
            np.testing.assert_allclose(of_all, own, rtol=1e-9, atol=1e-9)
        for rule, flags in together.signals.items():
            own_flags = alone.signals.get(rule, np.zeros_like(flags[:1]))
            np.testing.assert_array_equal(flags[row], own_flags[0], err_msg=f"{rule} {row}")


def test_the_order_of_memory_changes_nothing():
    values = _mixed()
    by_rows, by_columns = seasonality(values), seasonality(np.asfortranarray(values))
    np.testing.assert_allclose(by_rows.factors, by_columns.factors, rtol=1e-9)
    np.testing.assert_array_equal(by_rows.present, by_columns.present)
