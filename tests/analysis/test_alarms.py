"""Many findings at once: which of them stand out all the same."""

import numpy as np

from peelian.analysis import discoveries


def test_the_worked_example_of_benjamini_and_hochberg():
    """Their 1995 paper, section 4.1: fifteen p-values, of which four stand out at 5%."""
    chance = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
        0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert np.count_nonzero(discoveries(chance)) == 4


def test_what_was_not_tested_is_not_found_and_counts_for_nothing():
    chance = np.array([np.nan] * 1000 + [0.01])
    assert discoveries(chance).tolist() == [False] * 1000 + [True]
    assert not discoveries([]).any()
