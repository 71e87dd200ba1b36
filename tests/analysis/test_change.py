"""The latest month beside the month before, its average and its limits."""

import numpy as np
import pytest

from peelian.analysis import xmr
from peelian.analysis.change import Latest, latest

NAN = float("nan")
STEP = 1.128 / 2
# Twenty months whose mean is 0 and whose sigma is 1, before the months that are judged.
QUIET = [STEP, -STEP] * 10


def judged(tail: list[float]) -> Latest:
    values = QUIET + tail
    return latest(xmr([values], baseline=np.arange(len(values)) < len(QUIET)))


@pytest.mark.parametrize(
    ("value", "level", "significant"),
    [
        (0.0, 0, False),
        (0.5, 0, False),  # half a sigma is still in line
        (0.51, 1, False),
        (-0.51, -1, False),
        (1.99, 1, False),
        (2.01, 1, True),
        (-2.01, -1, True),
    ],
)
def test_level_is_in_line_within_half_a_sigma_and_significant_from_two(value, level, significant):
    found = judged([0.0, value])
    assert (found.level[0], found.significant[0]) == (level, significant)


@pytest.mark.parametrize(
    ("previous", "value", "change", "slight"),
    [
        (1.0, 1.0, 0, False),
        (0.0, 0.5, 1, True),  # the usual step is 1.128: less than half of it is slight
        (0.0, 0.6, 1, False),
        (0.6, 0.0, -1, False),
        (0.5, 0.0, -1, True),
        (NAN, 0.5, 0, False),
        (0.5, NAN, 0, False),
    ],
)
def test_change_on_the_month_before(previous, value, change, slight):
    found = judged([previous, value])
    assert (found.change[0], found.slight[0]) == (change, slight)


def test_an_older_month_never_stands_in_for_a_missing_one():
    found = judged([5.0, NAN, 1.0])
    assert np.isnan(found.previous[0])
    assert found.change[0] == 0


def test_the_monthly_average_changed_only_while_the_run_goes_on():
    assert judged([0.6, 0.9] * 4).shift[0] == 1
    assert judged([-0.6, -0.9] * 4).shift[0] == -1
    assert judged([0.6, 0.9] * 4 + [-0.1]).shift[0] == 0


def test_of_too_few_points_only_the_change_is_told():
    found = latest(xmr([[1.0, 9.0, 1.0, 50.0]]))
    assert found.change[0] == 1
    assert not found.enough[0]
    assert not any((found.level[0], found.significant[0], found.slight[0], found.outside[0]))


def test_a_chart_of_no_months_has_no_latest():
    with pytest.raises(ValueError, match="no months"):
        latest(xmr(np.zeros((2, 0))))
