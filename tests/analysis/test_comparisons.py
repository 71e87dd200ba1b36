"""The latest period beside others: whole windows only, and the financial year from April."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis.comparisons import compare_periods

NAN = float("nan")


def found(values, **options):
    return compare_periods(np.array([values], float), **options)


def test_each_comparison_of_a_plain_count():
    values = list(range(1, 31))  # January of year one to June of year three
    seen = found(values, first_month=1)
    assert (seen.previous.now[0], seen.previous.then[0]) == (30, 29)
    assert (seen.year_ago.now[0], seen.year_ago.then[0]) == (30, 18)
    assert seen.rolling_year.now[0] == sum(range(19, 31))
    assert seen.rolling_year.then[0] == sum(range(7, 19))
    assert seen.year_to_date.need == 3  # April, May and June
    assert seen.year_to_date.now[0] == 28 + 29 + 30
    assert seen.year_to_date.then[0] == 16 + 17 + 18
    assert seen.year_ago.relative[0] == pytest.approx(12 / 18)


@given(st.integers(1, 12), st.integers(14, 60))
def test_the_financial_year_begins_in_april(first_month, length):
    last = (first_month - 1 + length - 1) % 12 + 1
    need = found([1.0] * length, first_month=first_month).year_to_date.need
    assert need == (last - 4) % 12 + 1


def test_nothing_partial_is_compared():
    values = [1.0] * 30
    values[20] = NAN
    seen = found(values)
    assert np.isnan(seen.rolling_year.now[0])
    assert (seen.rolling_year.have_now[0], seen.rolling_year.need) == (11, 12)
    assert not np.isnan(seen.previous.now[0])
    short = found([1.0, 2.0])
    assert np.isnan(short.year_ago.then[0])
    assert short.rolling_year.have_then[0] == 0


def test_shares_are_averaged_and_quarters_have_four_to_a_year():
    seen = found([10, 20, 30, 40, 50, 60, 70, 80], first_month=4, per_year=4, mean=True)
    assert (seen.rolling_year.now[0], seen.rolling_year.then[0]) == (65, 25)
    assert (seen.year_ago.now[0], seen.year_ago.then[0]) == (80, 40)
    assert seen.year_to_date.need == 4  # the last quarter of the financial year


def test_a_change_from_nothing_has_no_share():
    assert np.isnan(found([0.0, 5.0]).previous.relative[0])


def test_other_years_are_refused():
    with pytest.raises(ValueError, match="4 or 12"):
        found([1.0], per_year=52)


def test_a_quarter_that_straddles_two_financial_years_is_refused():
    with pytest.raises(ValueError, match="begins in month"):
        found([1.0] * 8, first_month=2, per_year=4)
