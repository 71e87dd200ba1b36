"""Whether a standard will be met: by what lies between the limits, also at the very edge."""

import numpy as np
import pytest

from peelian.analysis import assurance, p_chart, xmr

STEADY = [[88.0, 92.0] * 8]  # centre 90; limits 79.4 and 100.6


@pytest.mark.parametrize(
    ("target", "at_least", "expected"),
    [
        (75, True, 1),
        (85, True, 0),
        (105, True, -1),
        (75, False, -1),
        (95, False, 0),
        (105, False, 1),
        (float("nan"), True, 0),
    ],
)
def test_a_standard_is_sure_only_where_all_or_nothing_between_the_limits_meets_it(
    target, at_least, expected
):
    assert assurance(xmr(STEADY), target, at_least=at_least)[0] == expected


@pytest.mark.parametrize("at_least", [True, False])
def test_a_standard_on_a_limit_is_met(at_least):
    chart = xmr(STEADY)
    line = chart.lower if at_least else chart.upper
    assert assurance(chart, line[:, -1], at_least=at_least)[0] == 1


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [(1.0, 1.0, 1), (1.0, 0.9, 1), (0.0, 0.1, -1), (0.0, 0.0, 1)],
)
def test_a_share_that_never_moves_is_sure_at_nothing_and_at_all(value, target, expected):
    sizes = np.full((1, 12), 40.0)
    assert assurance(p_chart(sizes * value, sizes), target)[0] == expected
    assert assurance(xmr(np.full((1, 12), value)), target)[0] == expected


def test_nothing_is_sure_without_limits():
    assert assurance(xmr([[1.0, 2.0]]), 0.0)[0] == 0


def test_each_series_has_its_own_standard_and_direction():
    table = np.repeat(STEADY, 3, axis=0)
    found = assurance(xmr(table), [75, 75, 105], at_least=[True, False, False])
    assert found.tolist() == [1, -1, 1]


def test_a_chart_of_no_periods_is_refused():
    with pytest.raises(ValueError, match="no periods"):
        assurance(xmr(np.zeros((2, 0))), 1.0)
