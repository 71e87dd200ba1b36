"""Values that cannot be, or hardly can: told where they stand, and silent on good data."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis.quality import Odd, oddities, repeated_returns, unequal_totals

NAN = float("nan")
RNG = np.random.default_rng(21)
GOOD = RNG.poisson(80, 36).astype(float)


def told(values, **options) -> list[tuple[int, Odd]]:
    return [(one.period, one.odd) for one in oddities([values], **options)]


def with_one(value: float, at: int = 30) -> np.ndarray:
    values = GOOD.copy()
    values[at] = value
    return values


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        (with_one(-4), {"counts": True}, [(30, Odd.NEGATIVE)]),
        (with_one(83.5), {"counts": True}, [(30, Odd.FRACTION)]),
        (with_one(83.5), {"counts": False}, []),
        (with_one(0), {"counts": True}, [(30, Odd.SUDDEN_ZERO)]),
        (np.full(12, 88.0) + np.arange(12) % 3, {"most": 100}, []),
        ([88.0, 101.0, 87.0], {"most": 100}, [(1, Odd.ABOVE_ALL)]),
        ([88.0, 0.86, 87.0, 86, 88, 85, 86, 87, 88, 89], {"most": 100}, [(1, Odd.UNIT_SLIP)]),
        (with_one(8000), {"counts": True}, [(30, Odd.UNIT_SLIP)]),
        (with_one(160), {"counts": True}, []),
    ],
)
def test_each_sort_of_oddity_is_told_with_its_place(values, options, expected):
    assert told(values, **options) == expected


def test_a_nought_is_sudden_only_after_values_far_from_nought_and_told_once():
    values = np.concatenate([GOOD, [0.0, 0.0, 0.0]])
    assert told(values, counts=True) == [(36, Odd.SUDDEN_ZERO)]
    assert told(RNG.poisson(2, 40).astype(float), counts=True) == []


def test_the_same_value_four_times_in_a_row_is_told_of_a_series_that_moves():
    values = np.concatenate([RNG.poisson(400, 20), [417.0] * 4]).astype(float)
    assert told(values) == [(23, Odd.REPEATED)]
    assert told(np.full(24, 417.0)) == []


def test_a_return_sent_again_is_told_of_all_its_areas_at_once():
    table = np.random.default_rng(4).poisson(60, (6, 24)).astype(float)
    assert repeated_returns(table) == []
    table[:, 17] = table[:, 16]
    assert repeated_returns(table) == [(17, 6, 6)]
    assert repeated_returns(table[:3]) == []  # three may be alike by chance
    assert repeated_returns(np.full((6, 24), 60.0)) == []  # these never move
    assert repeated_returns([[NAN, 20.0]] * 9) == repeated_returns([[5.0]]) == []


@given(st.integers(0, 2**31), st.sampled_from([3, 10, 300]))
def test_areas_that_were_counted_anew_are_not_taken_for_a_copy(seed, mean):
    values = np.random.default_rng(seed).poisson(mean, (8, 36)).astype(float)
    assert repeated_returns(values) == []


def test_what_would_be_credible_is_told_beside_it():
    [one] = oddities([with_one(8000)], counts=True)
    assert one.low == np.delete(GOOD, 30).min()
    assert one.high == np.delete(GOOD, 30).max()


@given(st.integers(0, 2**31), st.sampled_from([5, 30, 300]))
def test_good_counts_are_not_suspected(seed, mean):
    values = np.random.default_rng(seed).poisson(mean, (20, 36)).astype(float)
    assert oddities(values, counts=True) == []


@pytest.mark.parametrize("values", [[[]], [[NAN] * 20], [[5.0]], [[NAN, 1.0, NAN]]])
def test_too_little_is_not_suspected(values):
    assert oddities(values, counts=True) == []


def test_a_total_that_is_not_the_sum_of_its_parts_is_told_where_all_parts_are_there():
    parts = [[1.0, 2.0, NAN, 4.0], [10.0, 20.0, 30.0, 40.0]]
    assert unequal_totals([11, 25, 99, 44.6], parts) == [(1, 25.0, 22.0)]
    with pytest.raises(ValueError, match="by period"):
        unequal_totals([1.0], parts)
