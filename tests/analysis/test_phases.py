"""Sums, means and medians over every phase of many series at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from peelian.analysis.phases import Phases, phase_numbers

NAN = float("nan")
SHAPE = (3, 8)
tables = arrays(np.float64, SHAPE, elements=st.sampled_from([NAN, -3.0, 0.0, 1.0, 2.5, 7.0]))


@given(tables, arrays(np.bool_, SHAPE), st.booleans())
def test_every_phase_is_counted_by_itself(values, starts, one_phase):
    number = None if one_phase else phase_numbers(starts, SHAPE)
    phases, present = Phases(number, SHAPE), ~np.isnan(values)
    numbers = np.zeros(SHAPE, int) if number is None else number
    for name, work in (
        ("count", len),
        ("total", np.sum),
        ("largest", lambda own: np.abs(own).max(initial=0)),
        ("mean", lambda own: own.mean() if own.size else NAN),
        ("median", lambda own: np.median(own) if own.size else NAN),
    ):
        given_to = {"count": (present,), "largest": (values,)}.get(name, (values, present))
        laid = np.broadcast_to(phases.lay(getattr(phases, name)(*given_to)), SHAPE)
        for row, column in np.ndindex(SHAPE):
            own = values[row][(numbers[row] == numbers[row, column]) & present[row]]
            assert laid[row, column] == pytest.approx(work(own), nan_ok=True)


def test_the_first_period_begins_a_phase_whether_it_is_marked_or_not():
    marked = phase_numbers([[True, False, True], [False, False, True]], (2, 3))
    assert marked.tolist() == [[0, 0, 1], [0, 0, 1]]
    assert phase_numbers([True, False, False], (2, 3)) is None


def test_the_mean_of_equal_values_is_that_value():
    values = np.full((1, 7), 0.1)
    assert Phases(None, (1, 7)).mean(values, values > 0)[0] == 0.1
