"""Run charts: the median, no limits, and whether points vary by chance."""

import numpy as np

from peelian.analysis import run_chart


def test_the_centre_is_the_median_and_there_are_no_limits():
    drawn = run_chart([[5.0, 1, 9, 2, 8, 3, 7, 4, 100]])
    assert drawn.centre[0, 0] == 5
    assert np.isnan(drawn.upper).all()
    assert not drawn.any_signal.any()


def test_a_run_too_long_or_too_few_crossings_mark_the_whole_phase():
    drawn = run_chart([[1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8, 9, 8, 9, 8]])
    assert drawn.rule("runs").all()


def test_each_phase_has_its_own_median_and_a_gap_is_no_point():
    values = [1.0, 3, 1, 3, 1, 3, 1, 3, np.nan, 11, 13, 11, 13, 11, 13, 11, 13]
    drawn = run_chart([values], starts=np.arange(17) == 9)
    assert drawn.centre[0, [0, -1]].tolist() == [2, 12]
    assert not drawn.any_signal.any()
