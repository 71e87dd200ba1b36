"""Results that are printed elsewhere, worked out again from the figures printed beside them.

NIST/SEMATECH, *e-Handbook of Statistical Methods*, chapter 6 (public domain), and D. C. Montgomery,
*Introduction to Statistical Quality Control*, chapter 7.
"""

import numpy as np
import pytest

from peelian.analysis import c_chart, p_chart, u_chart, xmr

FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WAFER_DEFECTS = [
    16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31,
    13,
]  # fmt: skip
# Of 50 each: faulty cans of juice in Montgomery, faulty chips of a wafer in the handbook.
FAULTY = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12,
    7, 13, 9, 6,
]  # fmt: skip
CIRCUIT_BOARDS = [
    21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19,
    17, 15,
]  # fmt: skip


def fifty(counts):
    return p_chart([counts], [[50] * len(counts)])


@pytest.mark.parametrize(
    ("chart", "centre", "lower", "upper", "digits", "outside"),
    [
        # Handbook 6.3.2.2, individuals; 6.3.3.1, counts; 6.3.3.2, proportions.
        (xmr([FLOW_RATES]), 50.81, 45.8159, 55.8041, 4, []),
        (c_chart([WAFER_DEFECTS]), 16, 4, 28, 4, [24]),
        (fifty(FAULTY), 0.2313, 0.0524, 0.4102, 4, [15, 23]),
        # Montgomery: both are left out for a cause, and then number 21 is too high.
        (fifty([n for n in FAULTY if n not in (22, 24)]), 0.2150, 0.0407, 0.3893, 4, [20]),
        (c_chart([CIRCUIT_BOARDS]), 19.85, 6.48, 33.22, 2, [6, 20]),
    ],
    ids=["flow rate", "wafer defects", "faulty of fifty", "without causes", "circuit boards"],
)
def test_limits_and_points_outside_are_those_printed(chart, centre, lower, upper, digits, outside):
    found = [line[0, -1] for line in (chart.centre, chart.lower, chart.upper)]
    # Some are printed after rounding on the way.
    assert found == pytest.approx([centre, lower, upper], abs=1.1 * 10**-digits)
    assert (np.flatnonzero(chart.outside[0]) + 1).tolist() == outside


def test_the_mean_moving_range_is_the_one_printed():
    assert xmr([FLOW_RATES]).mean_range[0, -1] == pytest.approx(1.8778, abs=5e-5)


def test_rolls_of_cloth_of_unequal_size_have_the_limits_printed():
    """Montgomery: faults of dyed cloth for each 50 square metres, 153 in 107.5 such units."""
    faults = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
    units = [10.0, 8.0, 13.0, 10.0, 9.5, 10.0, 12.0, 10.5, 12.0, 12.5]
    chart = u_chart([faults], [units])
    assert chart.centre[0, 0] == pytest.approx(1.42, abs=0.005)
    assert chart.upper[0, :3] == pytest.approx([2.55, 2.68, 2.41], abs=0.011)
    assert chart.lower[0, :3] == pytest.approx([0.29, 0.16, 0.43], abs=0.011)
    assert not chart.outside.any()
